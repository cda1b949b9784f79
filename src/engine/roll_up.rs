//! Cells gathered further, by fewer keys.

use super::{Key, SumTooLarge, Table, tally};
use crate::budget::Stage;

/// Gathers the cells that have the same values of `keep` and forgets the other keys. None kept gives the total: one cell,
/// or none of no rows.
///
/// # Errors
/// [`SumTooLarge`] rather than a wrong sum.
pub fn roll_up(cells: &Table, keep: &[Key]) -> Result<Table, SumTooLarge> {
    let stages: Vec<Stage> = cells.stages().collect();
    tally(cells, None, keep, &stages)
}
