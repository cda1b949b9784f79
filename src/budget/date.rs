//! Calendar dates, in ISO form only.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A day that exists, written `2001-12-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(time::Date);

/// A text that is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not a date such as 2001-12-31")]
pub struct InvalidDate {
    /// What was read.
    pub text: String,
}

impl Date {
    /// The day of a year of four digits at most; `None` where there is none.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        let day = time::Date::from_calendar_date(i32::from(year), month, day).ok()?;
        (year <= 9999).then_some(Self(day))
    }

    /// The year of the day.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// Days since another day; below zero where this one comes first.
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0.to_julian_day()) - i64::from(earlier.0.to_julian_day())
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| InvalidDate { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0')))
    };
    let small = |digits: &[u8]| u8::try_from(number(digits)?).ok();
    Date::new(number(&[y1, y2, y3, y4])?, small(&[m1, m2])?, small(&[d1, d2])?)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for (text, is_date) in [
            ("2001-12-31", true),
            ("2000-02-29", true),
            ("2001-02-29", false),
            ("30/11/2025", false),
            ("2001-13-01", false),
            ("2001-1-1", false),
            ("20011231", false),
            ("２００１", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Date>().is_ok(), is_date, "{text:?}");
        }
    }
}
