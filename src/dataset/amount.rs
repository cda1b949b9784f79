//! From a number to minor units of its row's currency, or the reason it does not fit.

use rust_decimal::Decimal;

use super::problem::{Code, Problem};
use crate::money::Currency;

/// Why an amount cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its currency is said nowhere.
    NoCurrency,
    /// It has more decimals than its currency.
    Decimals(Currency),
    /// It is too large.
    Range,
}

/// An amount in minor units.
pub(super) fn minor(amount: Decimal, currency: Option<Currency>) -> Result<i64, Refusal> {
    let currency = currency.ok_or(Refusal::NoCurrency)?;
    let exponent = u32::from(currency.exponent());
    let zeros = exponent.checked_sub(amount.scale()).ok_or(Refusal::Decimals(currency))?;
    let minor = amount.mantissa().checked_mul(10i128.pow(zeros));
    minor.and_then(|minor| i64::try_from(minor).ok()).ok_or(Refusal::Range)
}

impl Refusal {
    pub fn code(self) -> Code {
        match self {
            Self::NoCurrency => Code::CurrencyUnknown,
            Self::Decimals(_) => Code::NumberDecimals,
            Self::Range => Code::NumberRange,
        }
    }

    /// The facts its message is filled with.
    pub fn fill(self, problem: Problem, amount: Decimal) -> Problem {
        let problem = problem.value(amount.to_string());
        match self {
            Self::Decimals(currency) => {
                problem.arg("allowed", currency.exponent().to_string()).arg("currency", currency.to_string())
            }
            Self::NoCurrency | Self::Range => problem,
        }
    }
}
