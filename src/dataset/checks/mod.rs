//! What a validator misses: totals, weights, ladders, dates, controls (DATASET.md). One rule a file.
//!
//! Nothing is set aside here. A total is only held against a table that was read whole: what a set-aside row leaves out is
//! reported where that row is, and blaming the total too would say it twice.

mod allocation_differs;
mod allocation_exceeded;
mod allocation_total;
mod community_match;
mod control_total;
mod date_order;
mod financing_total;
mod measure_missing;
mod measure_unusable;
mod months_total;
mod process_missing;
mod section_differs;
mod section_missing;
mod share_differs;
mod spent_without_budget;
mod stage_order;
mod stages;
mod sum_too_large;
mod weights_total;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::columns::Value;
use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;
use super::table::{Row, TableData};
use crate::budget::FiscalYear;
use crate::money::Currency;

/// A rule, or what is left of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// Held against the package at one go.
    Whole(fn(&Package, &[TableData], &mut Report)),
    /// The control totals from this place of their table on, one at a go: each may look at every row of another table.
    Controls(usize),
}

/// In the order a clerk would look: the rule and the money it gives, then projects, then spending, then controls.
pub(super) const ALL: &[Check] = &[
    Check::Whole(weights_total::check),
    Check::Whole(measure_missing::check),
    Check::Whole(measure_unusable::check),
    Check::Whole(allocation_total::check),
    Check::Whole(allocation_differs::check),
    Check::Whole(allocation_exceeded::check),
    Check::Whole(share_differs::check),
    Check::Whole(process_missing::check),
    Check::Whole(section_missing::check),
    Check::Whole(section_differs::check),
    Check::Whole(date_order::check),
    Check::Whole(financing_total::check),
    Check::Whole(community_match::check),
    Check::Whole(stage_order::check),
    Check::Whole(spent_without_budget::check),
    Check::Whole(months_total::check),
    Check::Controls(0),
    Check::Whole(sum_too_large::check),
];

impl Check {
    /// Holds the rule against a package as read, and gives what is left of it; `tables` give the places.
    pub fn run(self, package: &Package, tables: &[TableData], report: &mut Report) -> Option<Self> {
        match self {
            Self::Whole(check) => {
                check(package, tables, report);
                None
            }
            Self::Controls(place) => control_total::check(place, package, tables, report).map(Self::Controls),
        }
    }
}

/// The table the package's values of that kind were taken from. Its rows stand beside them, one for one and in order,
/// but for rounds and official totals, which the package keeps by year (see [`rows_by_year`]).
fn table<'a>(tables: &'a [TableData], name: &str) -> Option<&'a TableData> {
    tables.iter().find(|table| table.name == name).filter(|table| table.is_readable)
}

/// A table no row of which was set aside.
fn whole<'a>(tables: &'a [TableData], name: &str) -> Option<&'a TableData> {
    table(tables, name).filter(|table| table.is_whole())
}

/// The first row of each year.
fn rows_by_year(table: &TableData) -> BTreeMap<FiscalYear, Row<'_>> {
    let mut rows = BTreeMap::new();
    let Some(column) = table.column("fiscal_year") else { return rows };
    for row in table.rows() {
        if let Value::Year(year) = row.value(column) {
            rows.entry(year).or_insert(row);
        }
    }
    rows
}

/// A problem at a cell.
fn at(code: Code, row: Row<'_>, column: &str) -> Problem {
    placed(Problem::new(code, &row.table.file), row, column)
}

/// A problem of a row's file at a cell of it.
fn placed(problem: Problem, row: Row<'_>, column: &str) -> Problem {
    problem.row(row.number()).column(row.table.label(column))
}

/// An amount as it would be typed: 309307.37. Sums are kept wider than an amount, so that adding up cannot overflow.
fn plain(minor: i128, currency: Currency) -> String {
    let exponent = u32::from(currency.exponent());
    // Wider than a decimal holds: whole minor units say as much.
    Decimal::try_from_i128_with_scale(minor, exponent).map_or_else(|_too_wide| minor.to_string(), |d| d.to_string())
}
