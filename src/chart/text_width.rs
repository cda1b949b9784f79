//! How wide a line of text is, near enough to keep labels apart.
//!
//! Owns one table of average glyph widths, on the wide side of the usual system fonts, so that a
//! label thought to fit does fit. Refuses to measure: the same text has the same width in a browser,
//! on a server and in a test.

use crate::chart::shape::Weight;

/// Bold letters are about this much wider than regular ones.
const BOLD_FACTOR: f64 = 1.09;

/// The estimated width in CSS px of one line of `text` at a font size of `size_px`.
pub fn text_width_px(text: &str, size_px: f64, weight: Weight) -> f64 {
    let ems: f64 = text.chars().map(glyph_em).sum();
    let factor = match weight {
        Weight::Regular => 1.0,
        Weight::Bold => BOLD_FACTOR,
    };
    ems * size_px * factor
}

/// The average advance of a character at font size 1.
fn glyph_em(glyph: char) -> f64 {
    match glyph {
        // Marks that only keep directions of writing apart.
        '\u{2066}'..='\u{2069}' => 0.0,
        '0'..='9' => 0.62,
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '·' => 0.31,
        '\u{2009}' | '\u{202f}' => 0.2,
        'i' | 'j' | 'l' | 'í' | 'I' => 0.3,
        'f' | 'r' | 't' | '/' | '(' | ')' | '-' | '"' => 0.4,
        'm' | 'w' => 0.92,
        'M' | 'W' | '%' | '@' | '—' | '…' => 0.98,
        '+' | '−' | '=' | '<' | '>' | '±' => 0.82,
        'a'..='z' | 'á' | 'é' | 'ó' | 'ú' | 'ñ' | 'ü' | '–' => 0.6,
        'A'..='Z' => 0.7,
        _ if glyph.is_lowercase() => 0.62,
        _ if glyph.is_ascii() => 0.65,
        _ => 1.0,
    }
}

/// Breaks a text between words into lines no wider than `width_px`. A single word that is wider
/// stands alone on its line.
pub(super) fn wrap(text: &str, size_px: f64, width_px: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width_px(&format!("{line} {word}"), size_px, Weight::Regular) <= width_px => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text if it fits, or as much of its beginning as does, with an ellipsis; empty where not even two letters do.
pub(super) fn fitted(text: &str, size_px: f64, weight: Weight, width_px: f64) -> String {
    if text_width_px(text, size_px, weight) <= width_px {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut taken_px = text_width_px("…", size_px, weight);
    for letter in text.chars() {
        taken_px += text_width_px(letter.encode_utf8(&mut [0; 4]), size_px, weight);
        if taken_px > width_px {
            break;
        }
        cut.push(letter);
    }
    if cut.chars().count() < 2 {
        return String::new();
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_ends() {
        let cut = |width_px| fitted("Sección 3", 13.0, Weight::Regular, width_px);
        assert_eq!(cut(200.0), "Sección 3");
        assert!(cut(45.0).starts_with("Se") && cut(45.0).ends_with('…'));
        assert_eq!(cut(10.0), "");
        for width_px in [20.0, 33.0, 45.0, 60.0] {
            assert!(text_width_px(&cut(width_px), 13.0, Weight::Regular) <= width_px);
        }
    }

    #[test]
    fn width_grows_with_text_size_and_weight() {
        let width = |text, size_px| text_width_px(text, size_px, Weight::Regular);
        assert!(width("", 12.0) < 1e-9);
        assert!(width("2024", 12.0) < width("20240", 12.0));
        assert!((width("2024", 24.0) - 2.0 * width("2024", 12.0)).abs() < 1e-9);
        assert!(text_width_px("2024", 12.0, Weight::Bold) > width("2024", 12.0));
        assert!(width("iiii", 12.0) < width("mmmm", 12.0));
    }

    #[test]
    fn digits_line_up() {
        let ten = text_width_px("1111", 10.0, Weight::Regular);
        assert!((ten - text_width_px("8080", 10.0, Weight::Regular)).abs() < 1e-9);
    }

    #[test]
    fn wrapping_keeps_every_word_in_order() {
        let text = "Presupuesto y gasto devengado, millones de soles";
        for width_px in [1.0, 80.0, 160.0, 1000.0] {
            let lines = wrap(text, 13.0, width_px);
            assert_eq!(lines.join(" "), text);
            assert!(
                lines.iter().all(|line| !line.contains(' ') || text_width_px(line, 13.0, Weight::Regular) <= width_px)
            );
        }
        assert!(wrap("  ", 13.0, 100.0).is_empty());
    }
}
