//! What was published for a section is what the rule gives it, to the minor unit.

use super::{at, plain, table, whole};
use crate::allocation::{RuleInput, allocate};
use crate::budget::{Criterion, Direction, FiscalYear, Process};
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
    let of_year = package.processes.iter().filter_map(|process| Some((process.year, given(package, process)?)));
    let of_year: Vec<(FiscalYear, Vec<(&str, i64)>)> = of_year.collect();
    for (row, allocation) in table.rows.iter().zip(&package.allocations) {
        let of_round = of_year.iter().find(|(year, _)| *year == allocation.year);
        let computed = of_round.and_then(|(_, given)| given.iter().find(|(section, _)| *section == allocation.section));
        if let Some((_, computed)) = computed.filter(|(_, computed)| *computed != allocation.amount.minor) {
            let problem = at(Code::AllocationDiffers, table, row, "amount").value(allocation.amount.to_plain());
            let problem = problem.arg("year", allocation.year.to_string()).arg("section", &allocation.section);
            report.add(problem.arg("computed", plain(i128::from(*computed), allocation.amount.currency)));
        }
    }
}

/// What the rule gives each section; `None` where it cannot be told, which other checks report where it is a fault.
///
/// An inverse criterion has no one formula (DOMAIN.md 3.1): nothing is held against it.
fn given<'a>(package: &'a Package, process: &Process) -> Option<Vec<(&'a str, i64)>> {
    let fund = process.participatory_fund?;
    let rule: Vec<&Criterion> = package.rule.iter().filter(|criterion| criterion.year == process.year).collect();
    if rule.is_empty() || rule.iter().any(|criterion| criterion.direction == Direction::Inverse) {
        return None;
    }
    let inputs = rule.into_iter().map(|criterion| {
        let of = |section: &str| {
            let mut figures = package.figures.iter();
            figures.find(|found| found.year == process.year && found.section == section)?.measure(&criterion.measure)
        };
        RuleInput {
            criterion: criterion.id.clone(),
            weight_percent: criterion.weight_percent,
            measures: package.sections.iter().map(|section| of(&section.id)).collect(),
        }
    });
    let amounts = allocate(fund.minor, &inputs.collect::<Vec<_>>()).ok()?;
    Some(package.sections.iter().map(|section| section.id.as_str()).zip(amounts).collect())
}
