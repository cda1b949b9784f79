//! One foreign cell: from text as the map declares it to a value as a package holds it, or the rule it breaks.

use std::borrow::Cow;

use super::layout::{DateOrder, Layout};
use super::map::Plan;
use super::roles::{List, Role, Shape};
use super::sheet::Reason;
use crate::budget::{Date, FiscalYear, Scope};
use crate::cli::Failure;
use crate::dataset::Code;
use crate::money::parse::{NumberError, parse_integer, parse_minor};

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Nothing is published.
    Missing,
    Text(Cow<'a, str>),
    /// Money of the package's currency, in minor units.
    Minor(i64),
}

/// Reads cells of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellReader<'a> {
    pub plan: &'a Plan,
    pub layout: &'a Layout,
}

impl<'a> CellReader<'a> {
    /// Reads a cell under its label.
    pub fn read(self, role: &Role, label: &str, cell: &'a str) -> Result<Value<'a>, Reason> {
        let text = cell.trim();
        let refuse = |code| Reason::new(code, label, cell);
        if self.is_missing(text) {
            return if self.plan.is_required(role) { Err(refuse(Code::ValueRequired)) } else { Ok(Value::Missing) };
        }
        let split = self.plan.code_and_name(role, text);
        if split == Some(None) {
            let between = self.plan.map.codes.get(role.name).map_or("", String::as_str);
            return Err(refuse(Code::ValuePattern).arg("allowed", format!("010101{between}NAME")));
        }
        let read: Cow<str> = match role.shape {
            // What a section lies in is known by its name.
            Shape::Text if role.of_section => split.flatten().map_or(text, |(_, name)| name).into(),
            Shape::Amount => return Ok(Value::Minor(self.minor(label, cell)?)),
            Shape::Text => text.into(),
            Shape::Scope => {
                let scope = Scope::from_name(self.translate(role, text));
                let scope = scope.ok_or_else(|| refuse(Code::ValueEnum).arg("allowed", Scope::NAMES.join(", ")))?;
                scope.name().into()
            }
            Shape::Integer => match parse_integer(cell, self.layout.marks) {
                Ok(count) if count >= 0 => count.to_string().into(),
                Ok(_negative) => return Err(refuse(Code::ValueRange).arg("allowed", "≥ 0")),
                Err(_not_a_count) => return Err(refuse(Code::IntegerFormat)),
            },
            Shape::Year => self.year(text).map_err(|(code, form)| refuse(code).arg("allowed", form))?.into(),
            Shape::Start | Shape::End => {
                let date = date(text, self.layout.dates, role.shape == Shape::End);
                let date = date.ok_or_else(|| refuse(Code::DateFormat).arg("allowed", self.layout.dates.name()))?;
                date.to_string().into()
            }
            Shape::Code(list) => self.code(role, list, text).map(Cow::from).ok_or_else(|| {
                let known = self.plan.listed(list).unwrap_or_default().iter().map(|entry| entry.id.as_str());
                let known = known.collect::<Vec<_>>().join(", ");
                refuse(Code::ReferenceUnknown).arg("allowed", known).arg("role", role.name)
            })?,
        };
        Ok(Value::Text(read))
    }

    /// The one value the map gives every row; missing where it gives none.
    pub fn constant(self, role: &Role) -> Result<Value<'a>, Failure> {
        let Some(constant) = self.layout.constants.get(role.name) else { return Ok(Value::Missing) };
        let read = self.read(role, role.name, constant);
        read.map_err(|reason| Failure::said("map.constant-unread", [("role", role.name), ("value", &reason.value)]))
    }

    /// Whether a cell stands for "nothing published".
    fn is_missing(self, text: &str) -> bool {
        text.is_empty() || self.layout.missing.iter().any(|word| word == text)
    }

    /// What a cell of money adds to its column, found without regard to the rest of its row: nothing published adds
    /// nothing, and `None` is an amount nobody can add up.
    pub fn adds(self, role: &Role, cell: &str) -> Option<i64> {
        match self.is_missing(cell.trim()) {
            true if self.plan.is_required(role) => None,
            true => Some(0),
            false => self.minor("", cell).ok(),
        }
    }

    /// An amount in minor units, by the marks the map declares and no others.
    fn minor(self, label: &str, cell: &str) -> Result<i64, Reason> {
        let (currency, marks) = (self.plan.currency, self.layout.marks);
        parse_minor(cell, currency.exponent(), marks).map_err(|error| {
            let code = match error {
                NumberError::Format => Code::NumberFormat,
                NumberError::Groups => Code::NumberGroups,
                NumberError::Decimals { .. } => Code::NumberDecimals,
                NumberError::Range => Code::NumberRange,
            };
            let reason = Reason::new(code, label, cell).arg("decimal", marks.decimal);
            let reason = reason.arg("group", marks.group.map(String::from).unwrap_or_default());
            reason.arg("decimals", currency.exponent().to_string()).arg("currency", currency.to_string())
        })
    }

    /// A year as the map says it is written: alone, or as that of a day. The rule it breaks, and the form it should have.
    fn year(self, text: &str) -> Result<String, (Code, &'static str)> {
        let year = match self.layout.years {
            None => text.to_owned(),
            Some(order) => {
                let date = date(text, order, false).ok_or((Code::DateFormat, order.name()))?;
                format!("{:04}", date.year())
            }
        };
        year.parse::<FiscalYear>().map(|year| year.to_string()).map_err(|_not_a_year| (Code::YearFormat, ""))
    }

    /// A code of a list the map gives, or else the name a list will be made from; `None` where the list does not have it.
    fn code(self, role: &Role, list: List, text: &'a str) -> Option<&'a str> {
        let value = self.translate(role, text);
        let is_known = self.plan.listed(list).is_none_or(|entries| entries.iter().any(|entry| entry.id == value));
        is_known.then_some(value)
    }

    fn translate(self, role: &Role, text: &'a str) -> &'a str {
        self.plan.map.values.get(role.name).and_then(|values| values.get(text)).map_or(text, String::as_str)
    }
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
