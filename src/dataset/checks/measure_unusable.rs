//! Every measure of the rule gives shares: nothing below zero, no more of a part than of its base, not zero everywhere.

use std::collections::BTreeMap;

use super::{at, placed, table, whole};
use crate::allocation::{Inputs, Rule, RuleCriterion, RuleError, Weight, allocate};
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::table::{Row, TableData};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(rule) = table(tables, "allocation_rule") else { return };
    let Some(figures) = whole(tables, "section_figures") else { return };
    let mut by_section: BTreeMap<(FiscalYear, &str), Row<'_>> = BTreeMap::new();
    for (row, figure) in figures.rows().zip(&package.figures) {
        by_section.entry((figure.year, &figure.section)).or_insert(row);
    }
    let mut inputs: BTreeMap<FiscalYear, Inputs> = BTreeMap::new();
    for (row, criterion) in rule.rows().zip(&package.rule) {
        let inputs = inputs.entry(criterion.year).or_insert_with(|| package.allocation_inputs(criterion.year));
        // The criterion alone, with all the weight: what is wrong with others is said of them.
        let alone = Rule::weighing(vec![RuleCriterion::published(criterion, Weight::WHOLE)]);
        let problem = match allocate(0, &alone, inputs) {
            Err(
                RuleError::Negative { section, column, value, .. }
                | RuleError::AboveBase { section, column, value, .. },
            ) => cell(&by_section, criterion.year, &section, &column, value),
            Err(RuleError::BaseZero { section, base, .. }) => cell(&by_section, criterion.year, &section, &base, 0),
            Err(RuleError::AllZero { column, .. }) => Some(at(Code::MeasureUnusable, row, "measure").value(column)),
            // What is missing is said elsewhere.
            _ => None,
        };
        if let Some(problem) = problem {
            report.add(problem.arg("criterion", &criterion.id).arg("year", criterion.year.to_string()));
        }
    }
}

/// Placed where the figure stands.
fn cell(
    rows: &BTreeMap<(FiscalYear, &str), Row<'_>>,
    year: FiscalYear,
    section: &str,
    column: &str,
    value: i64,
) -> Option<Problem> {
    let row = *rows.get(&(year, section))?;
    let problem = Problem::new(Code::MeasureUnusable, &row.table.file).value(value.to_string());
    Some(placed(problem, row, column))
}
