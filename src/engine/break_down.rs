//! The same rows told apart by one key after another.

use super::{Bitset, Key, SumTooLarge, Table, roll_up, tally};
use crate::budget::Stage;

/// One [`tally`] for each of `keys`, in their order. Rows are gone through once for all of them, and rolled up from the
/// cells by all keys together; cells are few enough to be gone through for each.
///
/// # Errors
/// [`SumTooLarge`] rather than a wrong sum.
pub fn break_down(
    table: &Table,
    rows: Option<&Bitset>,
    keys: &[Key],
    stages: &[Stage],
) -> Result<Vec<Table>, SumTooLarge> {
    // A sum by all keys may be too large where those by one are not.
    let together = if table.weights().is_none() { tally(table, rows, keys, stages).ok() } else { None };
    let by_one = |&key: &Key| match &together {
        Some(cells) => roll_up(cells, &[key]),
        None => tally(table, rows, &[key], stages),
    };
    keys.iter().map(by_one).collect()
}
