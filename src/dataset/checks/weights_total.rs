//! Weights are percentages with two decimals, and those of a round total 100.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{at, whole};
use crate::allocation::Weight;
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::{Row, TableData};
use crate::dataset::value::exact_sum;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = whole(tables, "allocation_rule") else { return };
    let mut totals: BTreeMap<FiscalYear, (Row<'_>, Option<Decimal>)> = BTreeMap::new();
    for (row, criterion) in table.rows().zip(&package.rule) {
        if Weight::from_percent(criterion.weight_percent).is_err() {
            let problem = at(Code::WeightInvalid, row, "weight_percent").value(criterion.weight_percent.to_string());
            report.add(problem.arg("criterion", &criterion.id));
        }
        let (_, total) = totals.entry(criterion.year).or_insert((row, Some(Decimal::ZERO)));
        *total = total.and_then(|total| exact_sum(total, criterion.weight_percent));
    }
    for (year, (row, total)) in totals {
        let problem = match total {
            Some(total) if total == Decimal::ONE_HUNDRED => continue,
            Some(total) => at(Code::WeightsTotal, row, "weight_percent").value(total.normalize().to_string()),
            None => at(Code::SumTooLarge, row, "weight_percent"),
        };
        report.add(problem.arg("year", year.to_string()));
    }
}
