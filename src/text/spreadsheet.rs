//! Tables as CSV that a spreadsheet opens as what it is: no cell is ever a formula.

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// Words, from anyone: what a spreadsheet would run is made to stand as text.
    Text(String),
    /// A number, as machines write it: digits, a point, a minus sign.
    Number(String),
}

/// What makes a spreadsheet take a cell for a formula, where it begins with it.
const FORMULA_MARKS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

impl SheetCell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Nothing.
    pub fn blank() -> Self {
        Self::Text(String::new())
    }

    fn written(&self) -> String {
        match self {
            Self::Number(number) if is_number(number) => number.clone(),
            Self::Number(text) | Self::Text(text) => quoted(&inert(text)),
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.split('.');
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_part) && parts.next().is_none_or(is_part) && parts.next().is_none()
}

/// The text with an apostrophe before it where it would be a formula, as spreadsheets themselves write such a text. Spaces and
/// marks that nobody sees do not hide one.
fn inert(text: &str) -> String {
    let first = text.chars().find(|letter| !letter.is_whitespace() && !letter.is_control() && !is_unseen(*letter));
    let begins_unseen = text.starts_with(['\t', '\r', '\n']);
    let is_formula = first.is_some_and(|first| FORMULA_MARKS.contains(&first));
    if is_formula || begins_unseen { format!("'{text}") } else { text.to_owned() }
}

/// Marks without width: byte order, joiners, directions.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Always in quotation marks: spreadsheets of other languages part cells at semicolons or tabs.
fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// The rows as a CSV file: commas, CRLF, and a byte order mark, without which Excel reads no accents.
pub fn csv(rows: &[Vec<SheetCell>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(SheetCell::written).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stand_as_text_and_numbers_as_numbers() {
        for (cell, expected) in [
            (SheetCell::text("=1+1"), "\"'=1+1\""),
            (SheetCell::text(" @SUM(A1)"), "\"' @SUM(A1)\""),
            (SheetCell::text("\t=1"), "\"'\t=1\""),
            (SheetCell::text("\u{200b}=1"), "\"'\u{200b}=1\""),
            (SheetCell::text("＝1"), "\"'＝1\""),
            (SheetCell::text("-5"), "\"'-5\""),
            (SheetCell::text("Sección 3, \"norte\""), "\"Sección 3, \"\"norte\"\"\""),
            (SheetCell::Number("-12.50".into()), "-12.50"),
            (SheetCell::Number("-1+1".into()), "\"'-1+1\""),
            (SheetCell::Number("1.2.3".into()), "\"1.2.3\""),
            (SheetCell::blank(), ""),
        ] {
            assert_eq!(csv(&[vec![cell]]), format!("\u{feff}{expected}\r\n"));
        }
    }
}
