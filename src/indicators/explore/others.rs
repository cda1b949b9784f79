//! Small rows gathered into one, which opens.

use std::cmp::Reverse;

use super::pivot::{Pivot, PivotRow, RowKind};
use crate::engine::Unanswered;

/// So many rows stand on their own at most.
pub const FEW_ROWS: usize = 12;

/// So many rows are few enough to be read, however small.
const ALL_SHOWN: usize = 8;

/// Fewer than these are not worth hiding.
const FEWEST_GATHERED: usize = 3;

/// A row under one part in so many of all that is shown is small.
const SMALL_PART: i64 = 100;

/// The same pivot with its small rows as one at the end: those past the [`FEW_ROWS`] greatest, and those under one part in a
/// hundred of the positive amounts. Never fewer than three, nor where there are eight rows at most; rows without an amount only
/// where there are many; negative ones stay on their own, as no tile shows them.
///
/// # Errors
/// [`Unanswered`] rather than a wrong sum.
pub fn gathered(pivot: &Pivot) -> Result<Pivot, Unanswered> {
    let positive = |row: &PivotRow| row.total.size().filter(|size| *size > 0).unwrap_or_default();
    let all: i128 = pivot.rows.iter().map(|row| i128::from(positive(row))).sum();
    let mut order: Vec<usize> = (0..pivot.rows.len()).collect();
    let size = |at: usize| pivot.rows.get(at).and_then(|row| row.total.size());
    order.sort_unstable_by_key(|&at| (Reverse(size(at).map(i64::unsigned_abs)), at));
    let mut is_gathered = vec![false; pivot.rows.len()];
    for (rank, &at) in order.iter().enumerate() {
        let is_small = match size(at) {
            Some(size) if size < 0 => false,
            Some(size) => i128::from(size) * i128::from(SMALL_PART) < all,
            None => false,
        };
        if let Some(slot) = is_gathered.get_mut(at) {
            *slot = is_small || rank >= FEW_ROWS;
        }
    }
    let few = is_gathered.iter().filter(|is_gathered| **is_gathered).count();
    if few < FEWEST_GATHERED || pivot.rows.len() <= ALL_SHOWN {
        return Ok(pivot.clone());
    }
    let mut others = PivotRow { kind: RowKind::Others(few), cells: Vec::new(), total: Default::default() };
    let mut rows = Vec::new();
    for (row, is_gathered) in pivot.rows.iter().zip(is_gathered) {
        if !is_gathered {
            rows.push(row.clone());
            continue;
        }
        others.cells.resize(row.cells.len(), Default::default());
        for (sum, cell) in others.cells.iter_mut().zip(&row.cells) {
            sum.add(cell, pivot.stage)?;
        }
        others.total.add(&row.total, pivot.stage)?;
    }
    rows.push(others);
    let mut gathered = Pivot { rows, ..pivot.clone() };
    gathered.evaluate_last_row();
    Ok(gathered)
}
