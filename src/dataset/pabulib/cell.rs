//! One cell of a file: from text to a value, or what is wrong with it.

use crate::dataset::amount;
use crate::dataset::problem::Code;
use crate::dataset::value::{Fault, number_fault};
use crate::money::Currency;
use crate::money::parse::{NumberMarks, parse_decimal, parse_integer};

/// An amount in minor units, `lowest_minor` or more. Zeros after the currency's decimals are let pass, because programs
/// write them (`75000.0`).
pub(super) fn amount(text: &str, currency: Option<Currency>, lowest_minor: i64) -> Result<i64, Fault> {
    let marks = NumberMarks::default();
    let written = parse_decimal(text, marks).map_err(|error| number_fault(error, text, marks))?;
    let currency = currency.unwrap_or(Currency::NONE);
    let minor = amount::minor(written.normalize(), Some(currency)).map_err(|refusal| {
        let (decimals, code) = (currency.exponent().to_string(), currency.to_string());
        Fault::new(refusal.code()).arg("allowed", decimals).arg("currency", code)
    })?;
    if minor >= lowest_minor {
        return Ok(minor);
    }
    Err(Fault::new(Code::ValueRange).arg("allowed", if lowest_minor == 0 { "≥ 0" } else { "> 0" }))
}

/// A number of votes, or of rows.
pub(super) fn count(text: &str) -> Result<u64, Fault> {
    let number = parse_integer(text, NumberMarks::default()).map_err(|_error| Fault::new(Code::IntegerFormat))?;
    u64::try_from(number).map_err(|_negative| Fault::new(Code::ValueRange).arg("allowed", "≥ 0"))
}

/// Whether a project is selected: 1, and not 0. Pabulib has 2 and 3 for works paid from another budget.
pub(super) fn selected(text: &str) -> Result<bool, Fault> {
    match text {
        "1" => Ok(true),
        "0" | "2" | "3" => Ok(false),
        _ => Err(Fault::new(Code::ValueEnum).arg("allowed", "0, 1, 2, 3")),
    }
}

/// Whether some points are more than none.
pub(super) fn has_points(text: &str) -> Result<bool, Fault> {
    let marks = NumberMarks::default();
    let points = parse_decimal(text, marks).map_err(|error| number_fault(error, text, marks))?;
    Ok(points.is_sign_positive() && !points.is_zero())
}
