//! One cell: from text to a value, or the rule it breaks.

use rust_decimal::Decimal;

use super::columns::Value;
use super::problem::{Code, Problem};
use super::schema::{Bound, Constraints, Field};
use super::spec::Kind;
use crate::budget::Date;
use crate::money::parse::{NumberError, NumberMarks, parse_decimal, parse_integer, suggestion};

/// The exact sum; `None` where it cannot be held to its last decimal (`checked_add` alone would round it).
pub(super) fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    match (a.is_zero(), b.is_zero()) {
        (true, _) => Some(b),
        (_, true) => Some(a),
        _ => a.checked_add(b).filter(|sum| sum.scale() >= a.scale().max(b.scale())),
    }
}

/// What a cell breaks, to be placed by the caller.
pub(super) struct Fault {
    pub code: Code,
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    pub fn new(code: Code) -> Self {
        Self { code, args: Vec::new() }
    }

    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub fn at(self, file: &str, row: u32, column: &str, value: &str) -> Problem {
        Problem { args: self.args, ..Problem::new(self.code, file).row(row).column(column).value(value) }
    }
}

/// What a column holds by the descriptor's `type`, for tables this project does not know.
pub(super) fn kind_of(field: &Field) -> Kind {
    match field.kind.as_str() {
        "number" => Kind::Percent,
        "integer" => Kind::Integer,
        // Another way of writing dates is the publisher's to choose where this project does not use them.
        "date" if matches!(field.format.as_str(), "" | "default") => Kind::Date,
        "year" => Kind::Year,
        "boolean" => Kind::Boolean,
        _ => Kind::Text,
    }
}

/// Reads a cell that is not missing.
pub(super) fn read<'a>(text: &'a str, kind: Kind, field: &Field) -> Result<Value<'a>, Fault> {
    let value = match kind {
        Kind::Text => Value::Text(text.trim()),
        Kind::Amount | Kind::Percent => {
            Value::Number(parse_decimal(text, field.marks).map_err(|e| number_fault(e, text, field.marks))?)
        }
        Kind::Integer => Value::Integer(parse_integer(text, field.marks).map_err(|error| match error {
            NumberError::Range => Fault::new(Code::NumberRange),
            _ => Fault::new(Code::IntegerFormat),
        })?),
        Kind::Year => Value::Year(text.parse().map_err(|_not_a_year| Fault::new(Code::YearFormat))?),
        Kind::Date => Value::Date(text.parse().map_err(|_not_a_date| date_fault(text))?),
        Kind::Boolean if field.true_values.iter().any(|known| known == text) => Value::Boolean(true),
        Kind::Boolean if field.false_values.iter().any(|known| known == text) => Value::Boolean(false),
        Kind::Boolean => {
            let allowed: Vec<&str> =
                [&field.true_values, &field.false_values].into_iter().flatten().map(String::as_str).collect();
            return Err(Fault::new(Code::BooleanFormat).arg("allowed", allowed.join(", ")));
        }
    };
    check_constraints(&value, text, &field.constraints)?;
    Ok(value)
}

pub(super) fn number_fault(error: NumberError, text: &str, marks: NumberMarks) -> Fault {
    let code = match error {
        NumberError::Groups => Code::NumberGroups,
        NumberError::Range => Code::NumberRange,
        NumberError::Format | NumberError::Decimals { .. } => Code::NumberFormat,
    };
    Fault::new(code).arg("example", example(text).replace('.', &marks.decimal.to_string()))
}

/// What could be typed instead of a number that was refused; a fixed example where no single reading is plausible.
fn example(text: &str) -> String {
    suggestion(text)
        .filter(|example| parse_decimal(example, NumberMarks::default()).is_ok())
        .unwrap_or_else(|| "1234.50".to_owned())
}

/// What could be typed instead of a date that was refused, when it is day first with a four-digit year.
fn date_fault(text: &str) -> Fault {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let day_first = match parts.as_slice() {
        [day, month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        _ => None,
    };
    let example = day_first.filter(|date| date.parse::<Date>().is_ok()).unwrap_or_else(|| "2001-12-31".to_owned());
    Fault::new(Code::DateFormat).arg("example", example)
}

fn check_constraints(value: &Value<'_>, text: &str, constraints: &Constraints) -> Result<(), Fault> {
    // A text is judged as it is kept; the spaces around it have their own notice.
    let text = if let Value::Text(kept) = value { kept } else { text };
    let listed = &constraints.allowed;
    let is_listed = || {
        let written = value.key().unwrap_or_default();
        listed.iter().any(|known| *known == written || known == text)
    };
    if !listed.is_empty() && !is_listed() {
        return Err(Fault::new(Code::ValueEnum).arg("allowed", listed.join(", ")));
    }
    if let Some(pattern) = constraints.pattern.as_ref().filter(|pattern| !pattern.is_match(text)) {
        let shown = pattern.written().strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$")).unwrap_or_default();
        return Err(Fault::new(Code::ValuePattern).arg("allowed", shown));
    }
    let len = text.chars().count();
    let (shortest, longest) = (constraints.min_length.unwrap_or(0), constraints.max_length.unwrap_or(usize::MAX));
    if len < shortest || len > longest {
        let allowed = match (constraints.min_length, constraints.max_length) {
            (_, None) => format!("≥ {shortest}"),
            (None, _) => format!("≤ {longest}"),
            _ => format!("{shortest}–{longest}"),
        };
        return Err(Fault::new(Code::ValueLength).arg("allowed", allowed).arg("found", len.to_string()));
    }
    let Some(number) = value.number() else { return Ok(()) };
    let too_low = constraints.minimum.filter(|low| number < low.value || (low.exclusive && number == low.value));
    let too_high = constraints.maximum.filter(|high| number > high.value || (high.exclusive && number == high.value));
    let sign = |bound: Bound, open: &str, closed: &str| {
        format!("{} {}", if bound.exclusive { open } else { closed }, bound.value)
    };
    match (too_low, too_high) {
        (Some(low), _) => Err(Fault::new(Code::ValueRange).arg("allowed", sign(low, ">", "≥"))),
        (_, Some(high)) => Err(Fault::new(Code::ValueRange).arg("allowed", sign(high, "<", "≤"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_exact_or_refused() {
        for (a, b, expected) in [
            ("1.50", "1.5", Some("3.00")),
            ("0.00", "7", Some("7")),
            ("-2.5", "2.5", Some("0.0")),
            ("79228162514264337593543950335", "1", None),
            ("79228162514264337593543950335", "0.4", None),
        ] {
            let sum = exact_sum(a.parse().unwrap(), b.parse().unwrap());
            assert_eq!(sum.map(|sum| sum.to_string()).as_deref(), expected, "{a} + {b}");
        }
    }
}
