//! No section is promised more than it was allocated.

use std::collections::BTreeMap;

use super::{at, plain, table};
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;
use crate::money::Currency;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "allocations") else { return };
    let mut promised: BTreeMap<(FiscalYear, &str, Currency), i128> = BTreeMap::new();
    for project in &package.projects {
        if let (Some(section), Some(agreed)) = (&project.section, project.agreed) {
            *promised.entry((project.round, section, agreed.currency)).or_default() += i128::from(agreed.minor);
        }
    }
    for (row, allocation) in table.rows().zip(&package.allocations) {
        let key = (allocation.year, allocation.section.as_str(), allocation.amount.currency);
        let promised = promised.get(&key).copied().unwrap_or_default();
        if promised > i128::from(allocation.amount.minor) {
            let problem = at(Code::AllocationExceeded, row, "amount").value(allocation.amount.to_plain());
            let problem = problem.arg("year", allocation.year.to_string()).arg("section", &allocation.section);
            report.add(problem.arg("agreed", plain(promised, allocation.amount.currency)));
        }
    }
}
