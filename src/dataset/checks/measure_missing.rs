//! Every measure of the rule is a column of the figures, with a figure for every section of that year.

use std::collections::BTreeMap;

use super::{at, table, whole};
use crate::budget::{Criterion, FiscalYear, SectionFigures};
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::spec::Kind;
use crate::dataset::table::{Row, TableData};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(rule) = table(tables, "allocation_rule") else { return };
    let Some(figures) = whole(tables, "section_figures") else { return };
    let mut by_section: BTreeMap<(FiscalYear, &str), (Row<'_>, &SectionFigures)> = BTreeMap::new();
    for (row, figure) in figures.rows().zip(&package.figures) {
        by_section.entry((figure.year, &figure.section)).or_insert((row, figure));
    }
    for (row, criterion) in rule.rows().zip(&package.rule) {
        let column = figures.column(&criterion.measure).and_then(|column| figures.columns.get(column));
        if column.is_none_or(|column| column.kind != Kind::Integer) {
            let problem = at(Code::MeasureUnknown, row, "measure").value(&criterion.measure);
            report.add(problem.arg("target", &figures.file));
            continue;
        }
        for section in &package.sections {
            let found = by_section.get(&(criterion.year, section.id.as_str()));
            if found.is_none_or(|(_, figure)| figure.measure(&criterion.measure).is_none()) {
                report.add(missing(figures, found.map(|&(row, _)| row), criterion, &section.id));
            }
        }
    }
}

/// Placed where the figure is to be typed, or at the table where the section has no row.
fn missing(figures: &TableData, row: Option<Row<'_>>, criterion: &Criterion, section: &str) -> Problem {
    let problem = match row {
        Some(row) => at(Code::MeasureMissing, row, &criterion.measure),
        None => Problem::new(Code::MeasureMissing, &figures.file).column(figures.label(&criterion.measure)),
    };
    problem.arg("year", criterion.year.to_string()).arg("section", section).arg("criterion", &criterion.id)
}
