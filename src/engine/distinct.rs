//! The values that rows have.

use super::{Bitset, Key, Table, tally};

/// The codes of a key that rows (all, without `rows`) hold, in declared order, no value last, each with its number of rows.
pub fn distinct(table: &Table, rows: Option<&Bitset>, key: Key) -> Vec<(u32, u64)> {
    // Nothing is summed that could be too large.
    let cells = tally(table, rows, &[key], &[]).unwrap_or_default();
    let rows = cells.weights().map(|weights| &weights.rows);
    let count = |cell| rows.and_then(|rows| rows.get(cell)).unwrap_or_default().unsigned_abs();
    (0..cells.len()).map(|cell| (cells.code(key, cell), count(cell))).collect()
}
