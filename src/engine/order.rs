//! Cells in another order.

use std::cmp::Reverse;

use super::Table;
use crate::budget::Stage;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The declared order, in which cells come anyway.
    #[default]
    Declared,
    /// The greatest sum of a stage; cells without one last.
    Amount(Stage),
    /// The most rows.
    Count,
}

/// The same cells in an order; those that are equal in it stay as they stood.
#[must_use]
pub fn order(cells: &Table, order: Order) -> Table {
    let mut places: Vec<usize> = (0..cells.len()).collect();
    match order {
        Order::Declared => return cells.clone(),
        Order::Amount(stage) => places.sort_unstable_by_key(|&cell| (Reverse(cells.amount(stage, cell)), cell)),
        Order::Count => {
            let count = |cell| cells.weights().map_or(1, |weights| weights.rows.get(cell).unwrap_or_default());
            places.sort_unstable_by_key(|&cell| (Reverse(count(cell)), cell));
        }
    }
    cells.at(&places)
}
