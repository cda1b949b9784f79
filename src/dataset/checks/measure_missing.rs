//! Every measure of the rule, and what it is a part of, is a column of the figures, with a figure for every section of that year.

use std::collections::BTreeMap;

use super::{at, table, whole};
use crate::allocation::base_of;
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
        for (named_in, measure) in needed(criterion) {
            let column = figures.column(measure).and_then(|column| figures.columns.get(column));
            if column.is_none_or(|column| column.kind != Kind::Integer) {
                let problem = at(Code::MeasureUnknown, row, named_in).value(measure);
                report.add(problem.arg("target", &figures.file));
                continue;
            }
            for section in &package.sections {
                let found = by_section.get(&(criterion.year, section.id.as_str()));
                if found.is_none_or(|(_, figure)| figure.measure(measure).is_none()) {
                    report.add(missing(figures, found.map(|&(row, _)| row), measure, criterion, &section.id));
                }
            }
        }
        if criterion.needs_base() && base(criterion).is_none() {
            report.add(at(Code::BaseMissing, row, "base").value(&criterion.measure));
        }
    }
}

/// The columns of figures that a criterion needs, each with the column of the rule that names it.
fn needed(criterion: &Criterion) -> Vec<(&'static str, &str)> {
    let base = base(criterion).filter(|_| criterion.needs_base());
    [("measure", criterion.measure.as_str())].into_iter().chain(base.map(|base| ("base", base))).collect()
}

fn base(criterion: &Criterion) -> Option<&str> {
    criterion.base.as_deref().or_else(|| base_of(&criterion.measure))
}

/// Placed where the figure is to be typed, or at the table where the section has no row.
fn missing(figures: &TableData, row: Option<Row<'_>>, measure: &str, criterion: &Criterion, section: &str) -> Problem {
    let problem = match row {
        Some(row) => at(Code::MeasureMissing, row, measure),
        None => Problem::new(Code::MeasureMissing, &figures.file).column(figures.label(measure)),
    };
    problem.arg("year", criterion.year.to_string()).arg("section", section).arg("criterion", &criterion.id)
}
