//! The amounts of a budget line, and the whole municipality's yearly totals.

use super::{Date, FiscalYear, Stage};
use crate::money::{Currency, Money};

/// The amounts of one line at each stage, in minor units; `None` where not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageAmounts {
    /// In the order of [`Stage::OF_A_LINE`].
    pub minor: [Option<i64>; 7],
}

impl StageAmounts {
    /// The amount at a stage; the promise stands on projects, so it is never here.
    pub fn at(&self, stage: Stage) -> Option<i64> {
        let position = Stage::OF_A_LINE.iter().position(|&known| known == stage)?;
        self.minor.get(position).copied().flatten()
    }
}

/// What was added to the stages in one month, of one project or section or of all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthAmounts {
    /// Fiscal year.
    pub year: FiscalYear,
    /// Month, 1 to 12.
    pub month: u8,
    /// Project, where it is told apart.
    pub project: Option<String>,
    /// Section, where it is told apart; a project has its own.
    pub section: Option<String>,
    /// Currency.
    pub currency: Currency,
    /// What was added in that month, by stage.
    pub amounts: StageAmounts,
}

/// What the ministry publishes for the whole municipality in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialTotal {
    /// Fiscal year.
    pub year: FiscalYear,
    /// Currency.
    pub currency: Currency,
    /// Amounts by stage.
    pub amounts: StageAmounts,
    /// Day the amounts were read.
    pub as_of: Option<Date>,
    /// Months the amounts cover; under 12 is a partial year.
    pub months_covered: Option<i64>,
    /// Where the record comes from.
    pub source: Option<String>,
}

impl OfficialTotal {
    /// Whether the year was not over when the amounts were read.
    pub fn is_partial(&self) -> bool {
        self.months_covered.is_some_and(|months| months < 12)
    }

    /// The amount at a stage.
    pub fn at(&self, stage: Stage) -> Option<Money> {
        self.amounts.at(stage).map(|minor| Money::new(minor, self.currency))
    }
}
