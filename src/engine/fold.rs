//! Letters as a search sees them: without case, and without accents.

/// What a search ignores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    /// Case, and accents: `Señal` is found by `senal`. Latin letters up to U+017F lose their marks, as do all letters
    /// whose marks stand apart; Greek and Cyrillic ones only their case; others are themselves.
    #[default]
    Accents,
    /// The case of A to Z.
    AsciiCase,
}

/// U+00C0 to U+017F without case and marks; `.` for those that [`latin`] has no base letter for.
const BASES: &[u8; 192] = b"aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnn..oooooo..rrrrrrsssssssstttttt\
uuuuuuuuuuuuwwyyyzzzzzzs";

/// A text as a search sees it.
pub fn folded(text: &str, fold: Fold) -> String {
    match fold {
        Fold::Accents => text.chars().filter_map(without_accent).collect(),
        Fold::AsciiCase => text.to_ascii_lowercase(),
    }
}

/// A letter without case and accent; `None` for a mark that stands apart.
#[inline]
pub(super) fn without_accent(letter: char) -> Option<char> {
    let moved = |by: u32| char::from_u32(u32::from(letter) + by).unwrap_or(letter);
    match letter {
        '\0'..='\u{7f}' => Some(letter.to_ascii_lowercase()),
        '\u{c0}'..='\u{17f}' => Some(latin(letter)),
        '\u{300}'..='\u{36f}' => None,
        '\u{391}'..='\u{3a9}' | '\u{410}'..='\u{42f}' => Some(moved(0x20)),
        '\u{400}'..='\u{40f}' => Some(moved(0x50)),
        _ => Some(letter),
    }
}

fn latin(letter: char) -> char {
    match BASES.get((letter as usize).wrapping_sub(0xc0)).copied() {
        None | Some(b'.') => match letter {
            'Æ' => 'æ',
            'Ð' => 'ð',
            'Þ' => 'þ',
            'Ĳ' => 'ĳ',
            'Ŋ' => 'ŋ',
            'Œ' => 'œ',
            other => other,
        },
        Some(base) => base.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_case_and_marks() {
        for (text, expected) in [
            ("ÁÉÍÓÚÜÑÇ áéíóúüñç", "aeiouunc aeiouunc"),
            ("ÀÂÃÄÅ ÊËÈ ÎÏÌ ÔÖÒÕØ ÛÙ ÝŸÿ", "aaaaa eee iii ooooo uu yyy"),
            ("Přílíš žluťoučký kůň Łódź Ğİı Ĳĳ ŉ ĸ ſ", "prilis zlutoucky kun lodz gii ĳĳ n k s"),
            ("Æ æ Œ œ ß Þ Ð × ÷ Ŋ", "æ æ œ œ ß þ ð × ÷ ŋ"),
            ("n\u{303}andu\u{301}", "nandu"),
            ("Αθήνα МОСКВА Ёж", "αθήνα москва ёж"),
            ("中文 🏗 ½", "中文 🏗 ½"),
        ] {
            assert_eq!(folded(text, Fold::Accents), expected);
        }
        assert_eq!(folded("Señal Ñ", Fold::AsciiCase), "señal Ñ");
    }

    /// Against the standard library: a letter without marks is the same letter, and none is missed.
    #[test]
    fn every_letter_of_the_table_is_its_own_base() {
        for letter in '\u{c0}'..='\u{17f}' {
            let folded = without_accent(letter).unwrap();
            let lower: String = letter.to_lowercase().filter(|part| !('\u{300}'..='\u{36f}').contains(part)).collect();
            assert_eq!(without_accent(lower.chars().next().unwrap()), Some(folded), "{letter}");
            assert_eq!(without_accent(folded), Some(folded), "{letter}");
            assert!(folded.is_ascii_lowercase() || "æðþßĳŋœ×÷".contains(folded), "{letter} {folded}");
        }
    }
}
