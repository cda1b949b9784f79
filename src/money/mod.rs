//! Money: exact amounts of one currency, in whole minor units.
//!
//! Owns: the currency and its decimals, checked sums, strict reading of amounts, rounding of shares, and how amounts look in
//! each place. Refuses: floats, sums across currencies, and numbers that could be read in two ways.

mod currency;
pub mod format;
pub mod parse;
pub mod ratio;

pub use currency::{Currency, InvalidCurrency};

use rust_decimal::Decimal;
use thiserror::Error;

/// An exact amount: `minor` whole minor units (céntimos for soles) of `currency`.
///
/// ```
/// use yupay::money::{Currency, Money};
/// let soles: Currency = "PEN".parse().unwrap();
/// let amount = Money::new(36_332_266, soles);
/// assert_eq!(amount.to_decimal().to_string(), "363322.66");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units; negative for a correction.
    pub minor: i64,
    /// The one currency this amount is in.
    pub currency: Currency,
}

/// Why two amounts could not be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The two amounts are of different currencies.
    #[error("amounts of {left} and {right} cannot be added")]
    CurrencyMismatch {
        /// Currency of the first amount.
        left: Currency,
        /// Currency of the second.
        right: Currency,
    },
    /// The sum does not fit in 64 bits of minor units.
    #[error("the sum is too large to hold exactly")]
    Overflow,
}

impl Money {
    /// An amount of `minor` minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`. Not the same as "no data", which is `Option::None` everywhere in this crate.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError`] when the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Its size, whatever its sign; the largest there is for one that has no opposite.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::new(self.minor.saturating_abs(), self.currency)
    }

    /// The exact decimal, with the currency's decimals: 363322.66.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, u32::from(self.currency.exponent()))
    }

    /// The exact decimal as machines read it: no grouping, a point, the currency's decimals.
    pub fn to_plain(self) -> String {
        self.to_decimal().to_string()
    }
}

/// The sum of amounts of `currency`; an empty list is zero.
///
/// # Errors
/// [`MoneyError`] when one amount is of another currency or the sum does not fit.
pub fn try_sum(amounts: impl IntoIterator<Item = Money>, currency: Currency) -> Result<Money, MoneyError> {
    amounts.into_iter().try_fold(Money::zero(currency), Money::checked_add)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn currencies_never_mix() {
        let error = Money::new(1, currency("PEN")).checked_add(Money::new(1, currency("USD"))).unwrap_err();
        assert_eq!(error.to_string(), "amounts of PEN and USD cannot be added");
    }

    #[test]
    fn overflow_is_an_error() {
        let pen = currency("PEN");
        assert_eq!(Money::new(i64::MAX, pen).checked_add(Money::new(1, pen)), Err(MoneyError::Overflow));
    }

    #[test]
    fn plain_decimals_follow_the_currency() {
        for (code, minor, plain) in [
            ("PEN", 36_332_266, "363322.66"),
            ("PEN", -5, "-0.05"),
            ("CLP", 1234, "1234"),
            ("KWD", 1, "0.001"),
            ("PEN", 0, "0.00"),
        ] {
            assert_eq!(Money::new(minor, currency(code)).to_plain(), plain);
        }
    }

    proptest! {
        #[test]
        fn a_sum_is_the_sum_of_its_parts_in_any_order(mut parts in proptest::collection::vec(-1_000_000_000i64..1_000_000_000, 0..40)) {
            let pen = currency("PEN");
            let expected: i64 = parts.iter().sum();
            let sum = try_sum(parts.iter().map(|&minor| Money::new(minor, pen)), pen).unwrap();
            parts.reverse();
            let reversed = try_sum(parts.iter().map(|&minor| Money::new(minor, pen)), pen).unwrap();
            prop_assert_eq!(sum.minor, expected);
            prop_assert_eq!(sum, reversed);
        }
    }
}
