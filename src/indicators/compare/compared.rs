//! What a comparison says: both sides, each row of them, how they differ, and why where there is no plain difference. Values only.

use rust_decimal::Decimal;
use thiserror::Error;

use super::query::ComparedAs;
use super::side::{Lacking, Partial};
use crate::budget::{Date, FiscalYear, Stage};
use crate::engine::{Key, Unanswered};
use crate::indicators::crosswalk::Change;
use crate::money::{Currency, Money};

/// Two sides, row by row. Amounts are all of one currency, told in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The currency of every amount.
    pub currency: Currency,
    /// What the rows are told apart by.
    pub key: Key,
    /// In what they are told.
    pub measure: ComparedAs,
    /// The year in whose prices; `None` for the prices of their own years.
    pub real: Option<FiscalYear>,
    /// What is compared.
    pub sides: [ComparedSide; 2],
    /// Values in declared order that either side has, rows with no value last.
    pub rows: Vec<ComparedRow>,
    /// All rows together: whole amounts are the sums of the rows'.
    pub total: ComparedRow,
    /// The last month taken of every year, where years that are not over are set against the same months of the others.
    pub same_months: Option<u8>,
    /// Whether rows have ranks: not while a side is a year that is not over.
    pub is_ranked: bool,
    /// Currencies that can be chosen.
    pub currencies: Vec<Currency>,
}

/// What one side is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedSide {
    /// Whether it is the other municipality.
    pub is_other: bool,
    /// Its stage.
    pub stage: Stage,
    /// Its years, oldest first.
    pub years: Vec<String>,
    /// Its sections, where the sides differ in them.
    pub sections: Vec<Option<String>>,
    /// The year of the people its amounts are divided by, where they are.
    pub people_year: Option<FiscalYear>,
    /// Its years that are not over.
    pub partial: Vec<Partial>,
    /// The latest day its amounts were read from the accounts; `None` for what is promised, and where it is not published.
    pub as_of: Option<Date>,
}

/// One row of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedRow {
    /// The value; `None` for rows with none published, and for the total.
    pub value: Option<String>,
    /// What each side has.
    pub sides: [Compared; 2],
    /// Side B less side A, of what is shown; a side without rows takes nothing away. `None` where one is not known or the two
    /// cannot be compared.
    pub difference: Option<Shown>,
    /// The difference in percent of side A, one decimal; `None` where A is not above zero, or a side is not over.
    pub percent: Option<Decimal>,
    /// Its place in each side, the greatest first; equal amounts share a place.
    pub ranks: [Option<u32>; 2],
    /// Places gained from A to B.
    pub climbed: Option<i64>,
    /// Why the difference is no plain one.
    pub why: Vec<WhyDifferent>,
}

/// What a side has of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compared {
    /// As told.
    pub shown: Option<Shown>,
    /// The whole amount behind it, in minor units, in the prices told in.
    pub minor: Option<i64>,
    /// Rows behind it; without any, the place is empty.
    pub count: u64,
    /// Rows among them with no amount.
    pub missing: u64,
    /// Why nothing is shown though there are rows.
    pub lacking: Option<Lacking>,
}

/// An amount, or a part of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Money.
    Money(Money),
    /// Percent of the side's total, one decimal; as a difference, percentage points.
    Percent(Decimal),
}

/// Why a difference is no plain one. `side` is 0 for A and 1 for B.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyDifferent {
    /// Only the later years have it.
    New {
        /// The side that has it.
        side: usize,
    },
    /// Only the earlier years have it.
    Ended {
        /// The side that has it.
        side: usize,
    },
    /// Only this side has it, and neither side is the later.
    Only {
        /// The side that has it.
        side: usize,
    },
    /// The crosswalk leads here from another code; or from this and others; or says that it cannot be compared.
    Crossed(Change),
    /// A side has rows and no amount to show.
    Lacking {
        /// The side.
        side: usize,
        /// What lacks.
        what: Lacking,
    },
    /// A side is not over.
    Partial {
        /// The side.
        side: usize,
    },
}

/// Why two sides are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Not with what is loaded, or a sum would be wrong.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The other municipality's amounts are in another currency, and nothing is converted.
    #[error("{own} is not {other}")]
    Currency {
        /// This one's.
        own: Currency,
        /// The other's.
        other: Currency,
    },
    /// A side has no year, or no section, that the package has.
    #[error("side {side} is empty")]
    Empty {
        /// The side.
        side: usize,
    },
}

impl Shown {
    /// How much more `other` is; `None` where the two are not told alike, or it does not fit.
    pub(super) fn to(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Money(a), Self::Money(b)) if a.currency == b.currency => {
                Some(Self::Money(Money::new(b.minor.checked_sub(a.minor)?, a.currency)))
            }
            (Self::Percent(a), Self::Percent(b)) => Some(Self::Percent(b.checked_sub(a)?)),
            _ => None,
        }
    }

    pub(super) fn negated(self) -> Option<Self> {
        match self {
            Self::Money(money) => Some(Self::Money(Money::new(money.minor.checked_neg()?, money.currency))),
            Self::Percent(percent) => Some(Self::Percent(-percent)),
        }
    }

    /// For putting amounts of one kind in order.
    pub(super) fn size(self) -> Decimal {
        match self {
            Self::Money(money) => money.to_decimal(),
            Self::Percent(percent) => percent,
        }
    }
}
