//! Execution: accrued over modified budget (DOMAIN.md section 4).

use rust_decimal::Decimal;

use crate::budget::{OfficialTotal, Stage};
use crate::money::ratio;

/// What was accrued as a percentage of the modified budget, one decimal, half up; `None` where either is not published or
/// there was no budget. Over 100 and under 0 are shown as they are.
pub fn execution_percent(total: &OfficialTotal) -> Option<Decimal> {
    let (spent, budget) = (total.at(Stage::Accrued)?, total.at(Stage::Pim)?);
    ratio::percent(spent.minor, budget.minor, 1)
}
