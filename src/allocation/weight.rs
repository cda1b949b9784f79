//! Weights in percent with two decimals: whole hundredths, so that they total 100 or do not.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::money::parse::{NumberMarks, parse_decimal};

/// A weight or share, from 0 to 100 percent, in hundredths of a percent.
///
/// ```
/// use yupay::allocation::Weight;
/// let third: Weight = "33.33".parse().unwrap();
/// assert_eq!((third.hundredths(), third.to_string().as_str()), (3333, "33.33"));
/// assert!("100.01".parse::<Weight>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Weight(u16);

/// A text or number that is no weight.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not a percentage from 0 to 100 with at most two decimals")]
pub struct InvalidWeight {
    /// What was read.
    pub text: String,
}

impl Weight {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// All of it: 100 percent.
    pub const WHOLE: Self = Self(10_000);

    /// A weight of so many hundredths of a percent; `None` above 10,000.
    pub fn from_hundredths(hundredths: u16) -> Option<Self> {
        (hundredths <= Self::WHOLE.0).then_some(Self(hundredths))
    }

    /// Hundredths of a percent, up to 10,000.
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// A weight of so many percent.
    ///
    /// # Errors
    /// [`InvalidWeight`] below 0, above 100, or with more than two decimals.
    pub fn from_percent(percent: Decimal) -> Result<Self, InvalidWeight> {
        let hundredths = percent.checked_mul(Decimal::ONE_HUNDRED).filter(Decimal::is_integer);
        let weight = hundredths.and_then(|hundredths| Self::from_hundredths(u16::try_from(hundredths).ok()?));
        weight.ok_or_else(|| InvalidWeight { text: percent.to_string() })
    }

    /// In percent, without trailing zeros: 30, 33.33.
    pub fn to_percent(self) -> Decimal {
        percent_of(u32::from(self.0))
    }
}

/// Hundredths of a percent as percent, for totals that may pass 100.
pub(super) fn percent_of(hundredths: u32) -> Decimal {
    Decimal::new(i64::from(hundredths), 2).normalize()
}

impl FromStr for Weight {
    type Err = InvalidWeight;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidWeight { text: text.to_owned() };
        if text.starts_with('-') {
            return Err(invalid());
        }
        let percent = parse_decimal(text, NumberMarks::default()).map_err(|_not_a_number| invalid())?;
        Self::from_percent(percent).map_err(|_out_of_range| invalid())
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_percent().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_strictly() {
        for (text, hundredths) in [
            ("30", Some(3000)),
            ("33.33", Some(3333)),
            ("0.5", Some(50)),
            ("5.10", Some(510)),
            ("0", Some(0)),
            ("100.00", Some(10_000)),
            ("33.330", Some(3333)),
            ("100.01", None),
            ("33.333", None),
            ("-5", None),
            ("-0", None),
            ("33,33", None),
            ("30%", None),
            (" 30", None),
            ("1e1", None),
            ("", None),
            ("99999999999999999999999999999999", None),
        ] {
            assert_eq!(text.parse().ok().map(Weight::hundredths), hundredths, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for hundredths in 0..=10_000 {
            let weight = Weight::from_hundredths(hundredths).unwrap();
            assert_eq!(weight.to_string().parse(), Ok(weight));
            assert_eq!(Weight::from_percent(weight.to_percent()), Ok(weight));
        }
        assert_eq!(Weight::from_hundredths(10_001), None);
    }
}
