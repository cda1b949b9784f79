//! How recent the amounts are.

use super::{Facts, Filter, RowsNeeded};
use crate::budget::{Date, Stage};

/// The latest day the amounts of the budget lines that a filter takes were read from the accounts; `None` where none says.
///
/// # Errors
/// [`RowsNeeded`] where the filter reaches past the cube and there are no rows.
pub fn latest(facts: &Facts, filter: &Filter) -> Result<Option<Date>, RowsNeeded> {
    let lines = facts.source(Stage::Accrued, filter, &[])?;
    if lines.days().is_empty() {
        return Ok(None);
    }
    Ok(filter.rows(facts, lines).iter().filter_map(|line| lines.as_of(line)).max())
}
