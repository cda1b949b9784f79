//! What was published for a section is what the rule gives it, to the minor unit.

use std::collections::BTreeMap;

use super::{at, plain, table, whole};
use crate::allocation::{RuleInput, allocate};
use crate::budget::{Criterion, Direction, FiscalYear, Process, SectionFigures};
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
    let mut figures = BTreeMap::new();
    for found in &package.figures {
        figures.entry((found.year, found.section.as_str())).or_insert(found);
    }
    let mut given: BTreeMap<(FiscalYear, &str), i64> = BTreeMap::new();
    let mut told = Vec::new();
    for process in &package.processes {
        // Of two rounds of one year the first that the rule can be told of.
        if let Some(amounts) = amounts(package, process, &figures).filter(|_| !told.contains(&process.year)) {
            told.push(process.year);
            package.sections.iter().zip(amounts).for_each(|(section, amount)| {
                given.entry((process.year, &section.id)).or_insert(amount);
            });
        }
    }
    for (row, allocation) in table.rows().zip(&package.allocations) {
        let computed = given.get(&(allocation.year, allocation.section.as_str())).copied();
        if let Some(computed) = computed.filter(|&computed| computed != allocation.amount.minor) {
            let problem = at(Code::AllocationDiffers, row, "amount").value(allocation.amount.to_plain());
            let problem = problem.arg("year", allocation.year.to_string()).arg("section", &allocation.section);
            report.add(problem.arg("computed", plain(i128::from(computed), allocation.amount.currency)));
        }
    }
}

/// What the rule gives each section, in the sections' order; `None` where it cannot be told, which other checks report where it is a fault.
///
/// An inverse criterion has no one formula (DOMAIN.md 3.1): nothing is held against it.
fn amounts(
    package: &Package,
    process: &Process,
    figures: &BTreeMap<(FiscalYear, &str), &SectionFigures>,
) -> Option<Vec<i64>> {
    let fund = process.participatory_fund?;
    let rule: Vec<&Criterion> = package.rule.iter().filter(|criterion| criterion.year == process.year).collect();
    if rule.is_empty() || rule.iter().any(|criterion| criterion.direction == Direction::Inverse) {
        return None;
    }
    let inputs = rule.into_iter().map(|criterion| {
        let of = |section: &str| figures.get(&(process.year, section))?.measure(&criterion.measure);
        RuleInput {
            criterion: criterion.id.clone(),
            weight_percent: criterion.weight_percent,
            measures: package.sections.iter().map(|section| of(&section.id)).collect(),
        }
    });
    allocate(fund.minor, &inputs.collect::<Vec<_>>()).ok()
}
