//! The allocations of a round total its fund.

use std::collections::BTreeMap;

use super::{at, plain, whole};
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::{Row, TableData};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = whole(tables, "allocations") else { return };
    let mut totals: BTreeMap<FiscalYear, (Row<'_>, i128)> = BTreeMap::new();
    for (row, allocation) in table.rows().zip(&package.allocations) {
        totals.entry(allocation.year).or_insert((row, 0)).1 += i128::from(allocation.amount.minor);
    }
    for process in &package.processes {
        let Some(fund) = process.participatory_fund else { continue };
        let Some(&(row, total)) = totals.get(&process.year) else { continue };
        if total != i128::from(fund.minor) {
            let problem = at(Code::AllocationTotal, row, "amount").value(plain(total, fund.currency));
            report.add(problem.arg("year", process.year.to_string()).arg("fund", fund.to_plain()));
        }
    }
}
