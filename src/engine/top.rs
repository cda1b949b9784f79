//! The first cells, and all others as one.

use super::{SumTooLarge, Table, roll_up};

/// The first cells of some, with what is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// The first ones.
    pub cells: Table,
    /// How many are left.
    pub others: usize,
    /// What is left as one cell, so that nothing is lost; no cell when none is.
    pub rest: Table,
}

/// The first `n` cells as they stand; see [`order`](super::order()).
///
/// # Errors
/// [`SumTooLarge`] when what is left cannot be added up exactly.
pub fn top(cells: &Table, n: usize) -> Result<Top, SumTooLarge> {
    let places: Vec<usize> = (0..cells.len()).collect();
    let (first, others) = places.split_at(n.min(places.len()));
    Ok(Top { cells: cells.at(first), others: others.len(), rest: roll_up(&cells.at(others), &[])? })
}
