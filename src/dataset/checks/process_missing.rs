//! Every round that projects, allocations or the rule name has a process.

use super::{at, table, whole};
use crate::budget::FiscalYear;
use crate::dataset::columns::Value;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(processes) = whole(tables, "processes") else { return };
    let mut known: Vec<FiscalYear> = package.processes.iter().map(|process| process.year).collect();
    for name in ["projects", "allocations", "allocation_rule"] {
        let Some(table) = table(tables, name) else { continue };
        let Some(column) = table.column("fiscal_year") else { continue };
        for row in table.rows() {
            let Value::Year(year) = row.value(column) else { continue };
            if !known.contains(&year) {
                // Once a year and not once a row: one row in the other table mends them all.
                known.push(year);
                let problem = at(Code::ProcessMissing, row, "fiscal_year").value(year.to_string());
                report.add(problem.arg("target", &processes.file));
            }
        }
    }
}
