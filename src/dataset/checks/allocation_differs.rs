//! What was published for a section is what the rule gives it, to the minor unit.

use std::collections::BTreeMap;

use super::{at, plain, table, whole};
use crate::allocation::allocate;
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "allocations") else { return };
    let inputs = ["sections", "section_figures", "allocation_rule"];
    if inputs.iter().any(|name| whole(tables, name).is_none()) {
        return;
    }
    let mut given: BTreeMap<(FiscalYear, String), i64> = BTreeMap::new();
    let mut told = Vec::new();
    for process in &package.processes {
        // Of two rounds of one year the first that the rule can be told of; where it cannot, other checks say so if that is a fault.
        let fund = process.participatory_fund.filter(|_| !told.contains(&process.year));
        let Some((fund, rule)) = fund.zip(package.allocation_rule(process.year)) else { continue };
        if let Ok(allocated) = allocate(fund.minor, &rule, &package.allocation_inputs(process.year)) {
            told.push(process.year);
            for section in allocated.sections {
                given.entry((process.year, section.section)).or_insert(section.amount_minor);
            }
        }
    }
    for (row, allocation) in table.rows().zip(&package.allocations) {
        let computed = given.get(&(allocation.year, allocation.section.clone())).copied();
        if let Some(computed) = computed.filter(|&computed| computed != allocation.amount.minor) {
            let problem = at(Code::AllocationDiffers, row, "amount").value(allocation.amount.to_plain());
            let problem = problem.arg("year", allocation.year.to_string()).arg("section", &allocation.section);
            report.add(problem.arg("computed", plain(i128::from(computed), allocation.amount.currency)));
        }
    }
}
