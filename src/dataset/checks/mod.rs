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
mod process_missing;
mod section_differs;
mod section_missing;
mod share_differs;
mod spent_without_budget;
mod stage_order;
mod sum_too_large;
mod weights_total;

use rust_decimal::Decimal;

use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;
use super::table::{DataRow, TableData};
use super::value::Value;
use crate::budget::{FiscalYear, StageAmounts};
use crate::money::Currency;

type Check = fn(&Package, &[TableData], &mut Report);

/// In the order a clerk would look: the rule and the money it gives, then projects, then spending, then controls.
const CHECKS: &[Check] = &[
    weights_total::check,
    measure_missing::check,
    allocation_total::check,
    allocation_differs::check,
    allocation_exceeded::check,
    share_differs::check,
    process_missing::check,
    section_missing::check,
    section_differs::check,
    date_order::check,
    financing_total::check,
    community_match::check,
    stage_order::check,
    spent_without_budget::check,
    control_total::check,
    sum_too_large::check,
];

/// Runs every check on a package as read; `tables` give the places.
pub(super) fn run(package: &Package, tables: &[TableData], report: &mut Report) {
    CHECKS.iter().for_each(|check| check(package, tables, report));
}

/// The table the package's values of that kind were taken from. Its rows stand beside them, one for one and in order,
/// but for rounds and official totals, which the package keeps by year (see [`row_of_year`]).
fn table<'a>(tables: &'a [TableData], name: &str) -> Option<&'a TableData> {
    tables.iter().find(|table| table.name == name).filter(|table| table.is_readable)
}

/// A table no row of which was set aside.
fn whole<'a>(tables: &'a [TableData], name: &str) -> Option<&'a TableData> {
    table(tables, name).filter(|table| table.is_whole())
}

/// The first row of a year.
fn row_of_year(table: &TableData, year: FiscalYear) -> Option<&DataRow> {
    table.rows.iter().find(|row| table.value(row, "fiscal_year") == &Value::Year(year))
}

/// A problem at a cell.
fn at(code: Code, table: &TableData, row: &DataRow, column: &str) -> Problem {
    Problem::new(code, &table.file).row(row.row).column(table.label(column))
}

/// The stages of every budget line and every official total, with their rows.
fn stages<'a>(
    package: &'a Package,
    tables: &'a [TableData],
) -> impl Iterator<Item = (&'a TableData, &'a DataRow, StageAmounts, Currency)> {
    let lines = table(tables, "budget").into_iter().flat_map(|table| {
        let rows = table.rows.iter().zip(&package.lines);
        rows.map(move |(row, line)| (table, row, line.amounts, line.currency))
    });
    let totals = table(tables, "official_totals").into_iter().flat_map(|table| {
        let totals = package.official_totals.iter();
        totals.filter_map(move |total| Some((table, row_of_year(table, total.year)?, total.amounts, total.currency)))
    });
    lines.chain(totals)
}

/// An amount as it would be typed: 309307.37. Sums are kept wider than an amount, so that adding up cannot overflow.
fn plain(minor: i128, currency: Currency) -> String {
    let exponent = u32::from(currency.exponent());
    // Wider than a decimal holds: whole minor units say as much.
    Decimal::try_from_i128_with_scale(minor, exponent).map_or_else(|_too_wide| minor.to_string(), |d| d.to_string())
}
