//! The amounts of every budget line and of every official total, for the rules that both must keep.

use super::rows_by_year;
use crate::budget::{Stage, StageAmounts};
use crate::dataset::package::Package;
use crate::dataset::table::{Row, TableData};
use crate::engine::{Amounts, Key};
use crate::money::Currency;

/// Tells of each row whose amounts break a rule, budget lines first.
pub(super) fn each_row_that(
    breaks: fn(StageAmounts) -> bool,
    package: &Package,
    tables: &[TableData],
    tell: &mut dyn FnMut(Row<'_>, StageAmounts, Currency),
) {
    if let (Some(table), Some(lines)) = (super::table(tables, "budget"), package.facts.table(Stage::Accrued)) {
        let columns = Stage::OF_A_LINE.map(|stage| lines.amounts(stage));
        for place in 0..lines.len() {
            let amounts = StageAmounts { minor: columns.map(|column: Option<&Amounts>| column?.get(place)) };
            if breaks(amounts)
                && let Some(currency) = currency_of_line(package, place)
            {
                tell(Row { table, place }, amounts, currency);
            }
        }
    }
    if let Some(table) = super::table(tables, "official_totals") {
        let rows = rows_by_year(table);
        for total in package.official_totals.iter().filter(|total| breaks(total.amounts)) {
            if let Some(&row) = rows.get(&total.year) {
                tell(row, total.amounts, total.currency);
            }
        }
    }
}

/// The currency of a budget line.
pub(super) fn currency_of_line(package: &Package, place: usize) -> Option<Currency> {
    let code = package.facts.table(Stage::Accrued)?.code(Key::Currency, place);
    package.facts.dictionary(Key::Currency)?.value(code)?.parse().ok()
}
