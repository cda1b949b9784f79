//! What stands in a cell: its sum, what stands behind it, and what it is worth in the measure chosen.

use rust_decimal::Decimal;

use crate::budget::Stage;
use crate::engine::{SumTooLarge, Tally};
use crate::money::Money;

/// The figures of some rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// Sum in minor units, in the prices chosen; `None` when no row has an amount, which is not zero.
    pub minor: Option<i64>,
    /// Rows.
    pub count: u64,
    /// Rows among them with no amount published.
    pub missing: u64,
    /// Rows among them whose year has no price index: their amounts are in no sum of real prices.
    pub without_index: u64,
    /// People it is divided by, where that is asked for and known.
    pub people: Option<i64>,
    /// What it comes to.
    pub value: Value,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Value {
    /// No rows: neither zero nor missing.
    #[default]
    Empty,
    /// Rows, and no amount published.
    NoData,
    /// Amounts, and no price index of their years.
    NoIndex,
    /// Amounts, and nobody to divide them by: people not published, or of several years at once.
    NoPeople,
    /// No part of a total that is zero, negative or not known.
    NoShare,
    /// An amount.
    Amount(Money),
    /// A count.
    Count(i64),
    /// A percentage with one decimal.
    Percent(Decimal),
}

impl Figure {
    /// Adds what an engine's cell says.
    pub(super) fn add_tally(
        &mut self,
        tally: Tally,
        in_prices: impl FnOnce(i64) -> Option<i64>,
        stage: Stage,
    ) -> Result<(), SumTooLarge> {
        let shown = tally.minor.and_then(in_prices);
        let without_index = if tally.minor.is_some() && shown.is_none() { tally.count - tally.missing } else { 0 };
        self.add(
            &Self { minor: shown, count: tally.count, missing: tally.missing, without_index, ..Self::default() },
            stage,
        )
    }

    /// Adds the rows of another, of the same stage and currency.
    pub(super) fn add(&mut self, other: &Self, stage: Stage) -> Result<(), SumTooLarge> {
        self.minor = match (self.minor, other.minor) {
            (Some(one), Some(other)) => Some(one.checked_add(other).ok_or(SumTooLarge { stage })?),
            (one, other) => one.or(other),
        };
        self.count = self.count.saturating_add(other.count);
        self.missing = self.missing.saturating_add(other.missing);
        self.without_index = self.without_index.saturating_add(other.without_index);
        Ok(())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How large it is drawn: minor units, things counted, or tenths of a percent.
    pub fn size(&self) -> Option<i64> {
        match self.value {
            Value::Amount(money) => Some(money.minor),
            Value::Count(count) => Some(count),
            Value::Percent(percent) => i64::try_from(percent.mantissa()).ok(),
            Value::Empty | Value::NoData | Value::NoIndex | Value::NoPeople | Value::NoShare => None,
        }
    }
}
