//! Every measure of the rule is a column of the figures, with a figure for every section of that year.

use super::{at, table, whole};
use crate::budget::{Criterion, FiscalYear};
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::spec::Kind;
use crate::dataset::table::{DataRow, TableData};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(rule) = table(tables, "allocation_rule") else { return };
    let Some(figures) = whole(tables, "section_figures") else { return };
    let find = |year: FiscalYear, section: &str| {
        let mut rows = figures.rows.iter().zip(&package.figures);
        rows.find(|(_, figure)| figure.year == year && figure.section == section)
    };
    for (row, criterion) in rule.rows.iter().zip(&package.rule) {
        let column = figures.column(&criterion.measure).and_then(|column| figures.columns.get(column));
        if column.is_none_or(|column| column.kind != Kind::Integer) {
            let problem = at(Code::MeasureUnknown, rule, row, "measure").value(&criterion.measure);
            report.add(problem.arg("target", &figures.file));
            continue;
        }
        for section in &package.sections {
            let found = find(criterion.year, &section.id);
            if found.is_none_or(|(_, figure)| figure.measure(&criterion.measure).is_none()) {
                report.add(missing(figures, found.map(|(row, _)| row), criterion, &section.id));
            }
        }
    }
}

/// Placed where the figure is to be typed, or at the table where the section has no row.
fn missing(figures: &TableData, row: Option<&DataRow>, criterion: &Criterion, section: &str) -> Problem {
    let problem = match row {
        Some(row) => at(Code::MeasureMissing, figures, row, &criterion.measure),
        None => Problem::new(Code::MeasureMissing, &figures.file).column(figures.label(&criterion.measure)),
    };
    problem.arg("year", criterion.year.to_string()).arg("section", section).arg("criterion", &criterion.id)
}
