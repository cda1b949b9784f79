//! Strict reading of numbers: what could be read in two ways is refused, with the reason.
//!
//! A number is digits, at most one decimal mark with digits on both sides, and an optional minus. `1e3`, `NaN`, `+5`,
//! `(12.50)`, `S/ 12` and `1,234` are refused. Group marks are accepted only where the table's schema declares one,
//! and then only in groups of exactly three (a validator that strips them reads `3,09.37` as 309.37).

use rust_decimal::Decimal;
use thiserror::Error;

/// The marks a table's schema declares for its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberMarks {
    /// Between whole and fraction; `.` unless declared.
    pub decimal: char,
    /// Between groups of three digits; none unless declared.
    pub group: Option<char>,
}

impl Default for NumberMarks {
    fn default() -> Self {
        Self { decimal: '.', group: None }
    }
}

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Something other than digits, one decimal mark and a leading minus.
    #[error("not a plain number")]
    Format,
    /// Digits between the group marks are not three.
    #[error("group marks in the wrong place")]
    Groups,
    /// More decimals than the currency has.
    #[error("more than {allowed} decimals")]
    Decimals {
        /// Decimals the currency has.
        allowed: u8,
    },
    /// Too large for exact arithmetic.
    #[error("too large")]
    Range,
}

/// Reads an amount as whole minor units of a currency with `exponent` decimals.
///
/// # Errors
/// [`NumberError`] saying which rule the text breaks.
///
/// ```
/// use yupay::money::parse::{parse_minor, NumberMarks};
/// assert_eq!(parse_minor("363322.66", 2, NumberMarks::default()), Ok(36_332_266));
/// assert!(parse_minor("3,09.37", 2, NumberMarks::default()).is_err());
/// ```
pub fn parse_minor(text: &str, exponent: u8, marks: NumberMarks) -> Result<i64, NumberError> {
    let parts = split(text, marks)?;
    let exponent_len = usize::from(exponent);
    if parts.fraction.len() > exponent_len {
        return Err(NumberError::Decimals { allowed: exponent });
    }
    let mut minor: i64 = 0;
    let padding = std::iter::repeat_n(b'0', exponent_len - parts.fraction.len());
    for digit in parts.whole.bytes().chain(parts.fraction.bytes()).chain(padding) {
        minor = minor
            .checked_mul(10)
            .and_then(|value| value.checked_sub(i64::from(digit - b'0')))
            .ok_or(NumberError::Range)?;
    }
    // Accumulated below zero, so that the smallest i64 is read too.
    if parts.negative { Ok(minor) } else { minor.checked_neg().ok_or(NumberError::Range) }
}

/// Reads a number that is not money (a percentage, an index): exact, with as many decimals as written.
///
/// # Errors
/// [`NumberError`] saying which rule the text breaks.
pub fn parse_decimal(text: &str, marks: NumberMarks) -> Result<Decimal, NumberError> {
    let parts = split(text, marks)?;
    let sign = if parts.negative { "-" } else { "" };
    let plain = if parts.fraction.is_empty() {
        format!("{sign}{}", parts.whole)
    } else {
        format!("{sign}{}.{}", parts.whole, parts.fraction)
    };
    Decimal::from_str_exact(&plain).map_err(|_reason| NumberError::Range)
}

/// Reads a whole number without decimals.
///
/// # Errors
/// [`NumberError`] saying which rule the text breaks.
pub fn parse_integer(text: &str, marks: NumberMarks) -> Result<i64, NumberError> {
    parse_minor(text, 0, marks)
}

/// What one could type instead, when the text has one plausible reading; shown as an example, never used as a value.
pub fn suggestion(text: &str) -> Option<String> {
    let kept: String =
        text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '(' | ')')).collect();
    let negative = kept.starts_with('-') || (kept.starts_with('(') && kept.ends_with(')'));
    let body: String = kept.chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect();
    let last_mark = body.rfind(['.', ','])?;
    let (whole, fraction) = body.split_at(last_mark);
    let fraction = fraction.get(1..)?;
    let marks_are_one_kind = body.contains('.') != body.contains(',');
    // One mark followed by exactly three digits could be thousands or decimals: no example for those.
    if fraction.len() > 2 || fraction.is_empty() || (marks_are_one_kind && body.matches(['.', ',']).count() > 1) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() {
        return None;
    }
    Some(format!("{}{whole}.{fraction}", if negative { "-" } else { "" }))
}

struct Parts {
    negative: bool,
    whole: String,
    fraction: String,
}

fn split(text: &str, marks: NumberMarks) -> Result<Parts, NumberError> {
    let (negative, body) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = match body.split_once(marks.decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    let whole = ungroup(whole, marks.group)?;
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || fraction.is_some_and(|part| !all_digits(part)) {
        return Err(NumberError::Format);
    }
    Ok(Parts { negative, whole, fraction: fraction.unwrap_or_default().to_owned() })
}

fn ungroup(whole: &str, group: Option<char>) -> Result<String, NumberError> {
    let Some(mark) = group.filter(|&mark| whole.contains(mark)) else {
        return Ok(whole.to_owned());
    };
    let groups: Vec<&str> = whole.split(mark).collect();
    let placed_well = groups.iter().enumerate().all(|(position, digits)| match position {
        0 => (1..=3).contains(&digits.len()),
        _ => digits.len() == 3,
    });
    if placed_well { Ok(groups.concat()) } else { Err(NumberError::Groups) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: NumberMarks = NumberMarks { decimal: '.', group: None };
    const GROUPED: NumberMarks = NumberMarks { decimal: '.', group: Some(',') };
    const CONTINENTAL: NumberMarks = NumberMarks { decimal: ',', group: Some('.') };

    #[test]
    fn amounts_are_read_strictly() {
        for (text, marks, expected) in [
            ("0", PLAIN, Ok(0)),
            ("309307.37", PLAIN, Ok(30_930_737)),
            ("-12.5", PLAIN, Ok(-1250)),
            ("007", PLAIN, Ok(700)),
            ("-92233720368547758.08", PLAIN, Ok(i64::MIN)),
            ("92233720368547758.08", PLAIN, Err(NumberError::Range)),
            ("1e3", PLAIN, Err(NumberError::Format)),
            ("NaN", PLAIN, Err(NumberError::Format)),
            ("INF", PLAIN, Err(NumberError::Format)),
            ("+5", PLAIN, Err(NumberError::Format)),
            ("(12.50)", PLAIN, Err(NumberError::Format)),
            ("S/ 12", PLAIN, Err(NumberError::Format)),
            (" 12", PLAIN, Err(NumberError::Format)),
            ("1234.", PLAIN, Err(NumberError::Format)),
            (".5", PLAIN, Err(NumberError::Format)),
            ("1.2.3", PLAIN, Err(NumberError::Format)),
            ("--5", PLAIN, Err(NumberError::Format)),
            ("-", PLAIN, Err(NumberError::Format)),
            ("", PLAIN, Err(NumberError::Format)),
            ("١٢", PLAIN, Err(NumberError::Format)),
            ("1,234", PLAIN, Err(NumberError::Format)),
            ("12.345", PLAIN, Err(NumberError::Decimals { allowed: 2 })),
            ("3,09.37", GROUPED, Err(NumberError::Groups)),
            (",309.37", GROUPED, Err(NumberError::Groups)),
            ("309,307.37", GROUPED, Ok(30_930_737)),
            ("1234,567.00", GROUPED, Err(NumberError::Groups)),
            ("309.307,37", CONTINENTAL, Ok(30_930_737)),
        ] {
            assert_eq!(parse_minor(text, 2, marks), expected, "{text:?}");
        }
    }

    #[test]
    fn an_example_is_offered_only_for_one_plausible_reading() {
        for (text, expected) in [
            ("S/ 12.50", Some("12.50")),
            ("3,09.37", Some("309.37")),
            ("309.307,37", Some("309307.37")),
            ("(12.50)", Some("-12.50")),
            ("1,234", None),
            ("1.234.567", None),
            ("abc", None),
        ] {
            assert_eq!(suggestion(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in any::<i64>(), exponent in 0u8..=4) {
            let text = Decimal::new(minor, u32::from(exponent)).to_string();
            prop_assert_eq!(parse_minor(&text, exponent, PLAIN), Ok(minor));
        }

        #[test]
        fn no_text_panics(text in ".{0,30}", exponent in 0u8..=4) {
            for marks in [PLAIN, GROUPED, CONTINENTAL] {
                let read = parse_minor(&text, exponent, marks);
                prop_assert!(read.is_err() || text.bytes().any(|byte| byte.is_ascii_digit()));
            }
            let shown = suggestion(&text);
            prop_assert!(shown.is_none_or(|example| parse_minor(&example, 4, PLAIN).is_ok() || example.len() > 15));
        }
    }
}
