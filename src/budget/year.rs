//! Fiscal years.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A fiscal year between 1900 and 2200. In Peru it is the calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FiscalYear(u16);

/// A text that is not a fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not a year: four digits between 1900 and 2200")]
pub struct InvalidYear {
    /// What was read.
    pub text: String,
}

impl FiscalYear {
    /// The year of a number; `None` where it is none that a budget may have.
    pub fn new(number: u16) -> Option<Self> {
        (1900..=2200).contains(&number).then_some(Self(number))
    }

    /// The year as a number.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl FromStr for FiscalYear {
    type Err = InvalidYear;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let year = text.parse().ok().filter(|_year| all_digits).and_then(Self::new);
        year.ok_or_else(|| InvalidYear { text: text.to_owned() })
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
