//! One foreign cell: from text as the map declares it to text as a package holds it, or the rule it breaks.

use super::map::{DateOrder, Plan};
use super::roles::{List, Role, Shape};
use super::sheet::Reason;
use crate::budget::{Date, FiscalYear, Scope};
use crate::dataset::Code;
use crate::money::Money;
use crate::money::parse::{NumberError, parse_integer, parse_minor};

/// Reads a cell; `None` where nothing is published.
pub(super) fn read(plan: &Plan, role: &Role, label: &str, cell: &str) -> Result<Option<String>, Reason> {
    let text = cell.trim();
    let refuse = |code| Reason::new(code, label, cell);
    if is_missing(plan, text) {
        return if role.required { Err(refuse(Code::ValueRequired)) } else { Ok(None) };
    }
    let read = match role.shape {
        Shape::Text => text.to_owned(),
        Shape::Scope => {
            let scope = Scope::from_name(translate(plan, role, text));
            let scope = scope.ok_or_else(|| refuse(Code::ValueEnum).arg("allowed", Scope::NAMES.join(", ")))?;
            scope.name().to_owned()
        }
        Shape::Amount => Money::new(minor(plan, label, cell)?, plan.currency).to_plain(),
        Shape::Integer => match parse_integer(cell, plan.marks) {
            Ok(count) if count >= 0 => count.to_string(),
            Ok(_negative) => return Err(refuse(Code::ValueRange).arg("allowed", "≥ 0")),
            Err(_not_a_count) => return Err(refuse(Code::IntegerFormat)),
        },
        Shape::Year => text.parse::<FiscalYear>().map_err(|_not_a_year| refuse(Code::YearFormat))?.to_string(),
        Shape::Start | Shape::End => {
            let date = date(text, plan.dates, role.shape == Shape::End);
            date.ok_or_else(|| refuse(Code::DateFormat).arg("allowed", plan.dates.name()))?.to_string()
        }
        Shape::Code(list) => code(plan, role, list, text).ok_or_else(|| {
            let known = plan.listed(list).unwrap_or_default().iter().map(|entry| entry.id.as_str());
            refuse(Code::ReferenceUnknown).arg("allowed", known.collect::<Vec<_>>().join(", ")).arg("role", role.name)
        })?,
    };
    Ok(Some(read))
}

/// Whether a cell stands for "nothing published".
pub(super) fn is_missing(plan: &Plan, text: &str) -> bool {
    text.is_empty() || plan.map.file.missing.iter().any(|word| word == text)
}

/// An amount in minor units, by the marks the map declares and no others.
pub(super) fn minor(plan: &Plan, label: &str, cell: &str) -> Result<i64, Reason> {
    parse_minor(cell, plan.currency.exponent(), plan.marks).map_err(|error| {
        let code = match error {
            NumberError::Format => Code::NumberFormat,
            NumberError::Groups => Code::NumberGroups,
            NumberError::Decimals { .. } => Code::NumberDecimals,
            NumberError::Range => Code::NumberRange,
        };
        let reason = Reason::new(code, label, cell).arg("decimal", plan.marks.decimal);
        let reason = reason.arg("group", plan.marks.group.map(String::from).unwrap_or_default());
        reason.arg("decimals", plan.currency.exponent().to_string()).arg("currency", plan.currency.to_string())
    })
}

/// A code of a list the map gives, or else the name a list will be made from; `None` where the list does not have it.
fn code(plan: &Plan, role: &Role, list: List, text: &str) -> Option<String> {
    let value = translate(plan, role, text);
    let is_known = plan.listed(list).is_none_or(|entries| entries.iter().any(|entry| entry.id == value));
    is_known.then(|| value.to_owned())
}

fn translate<'a>(plan: &'a Plan, role: &Role, text: &'a str) -> &'a str {
    plan.map.values.get(role.name).and_then(|values| values.get(text)).map_or(text, String::as_str)
}

/// A date in the order the map declares. A month alone stands for its first day, or its last where something ends.
fn date(text: &str, order: DateOrder, is_end: bool) -> Option<Date> {
    let iso = |year: &str, month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}").parse().ok();
    let parts: Vec<&str> = text.split('/').collect();
    match (order, parts.as_slice()) {
        (DateOrder::YearMonthDay, _) => text.parse().ok(),
        (DateOrder::DayMonthYear, [day, month, year]) => iso(year, month, day),
        (DateOrder::MonthDayYear, [month, day, year]) => iso(year, month, day),
        (DateOrder::YearMonth, _) => {
            let days: &[&str] = if is_end { &["31", "30", "29", "28"] } else { &["01"] };
            let (year, month) = text.split_once('-').filter(|(_, month)| month.len() == 2)?;
            days.iter().find_map(|day| iso(year, month, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_declared_order_only() {
        for (text, order, is_end, expected) in [
            ("2001-12-31", DateOrder::YearMonthDay, false, Some("2001-12-31")),
            ("31/12/2001", DateOrder::YearMonthDay, false, None),
            ("31/12/2001", DateOrder::DayMonthYear, false, Some("2001-12-31")),
            ("1/2/2001", DateOrder::DayMonthYear, false, Some("2001-02-01")),
            ("1/2/2001", DateOrder::MonthDayYear, false, Some("2001-01-02")),
            ("12/31/2001", DateOrder::DayMonthYear, false, None),
            ("31/12/01", DateOrder::DayMonthYear, false, None),
            ("/12/2001", DateOrder::DayMonthYear, false, None),
            ("2001-02", DateOrder::YearMonth, false, Some("2001-02-01")),
            ("2000-02", DateOrder::YearMonth, true, Some("2000-02-29")),
            ("2001-02", DateOrder::YearMonth, true, Some("2001-02-28")),
            ("2001-2", DateOrder::YearMonth, false, None),
            ("2001-13", DateOrder::YearMonth, true, None),
        ] {
            let read = date(text, order, is_end).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text} {order:?}");
        }
    }
}
