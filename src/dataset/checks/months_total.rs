//! What the months add of a work in a year totals its budget lines of that year, stage by stage.
//!
//! A warning: accounts are often closed in the lines first. Works without lines, and months of sections or of all together,
//! have nothing to be held against.

use std::collections::BTreeMap;

use super::{placed, plain, whole};
use crate::budget::Stage;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;
use crate::engine::Key;

/// Sums by stage; `None` where nothing is published.
type Sums = [Option<i128>; 7];

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some((months, budget)) = whole(tables, "execution_months").zip(whole(tables, "budget")) else { return };
    let mut told: BTreeMap<(u32, u32), (usize, Sums)> = BTreeMap::new();
    let code = |key: Key, value: &str| package.facts.dictionary(key)?.code(value);
    for (place, month) in package.months.iter().enumerate() {
        let Some(project) = month.project.as_ref().and_then(|project| code(Key::Project, project)) else { continue };
        let Some(year) = code(Key::FiscalYear, &month.year.to_string()) else { continue };
        let (_, sums) = told.entry((year, project)).or_insert((place, Sums::default()));
        add(sums, month.amounts.minor);
    }
    let Some(lines) = package.facts.table(Stage::Accrued).filter(|_| !told.is_empty()) else { return };
    let mut of_lines: BTreeMap<(u32, u32), Sums> = BTreeMap::new();
    for place in 0..lines.len() {
        let key = (lines.code(Key::FiscalYear, place), lines.code(Key::Project, place));
        if told.contains_key(&key) {
            let amounts = Stage::OF_A_LINE.map(|stage| lines.amounts(stage)?.get(place));
            add(of_lines.entry(key).or_default(), amounts);
        }
    }
    let rows: Vec<_> = months.rows().collect();
    for (key, (place, sums)) in told {
        let Some((expected, month)) = of_lines.get(&key).zip(package.months.get(place)) else { continue };
        let Some(&row) = rows.get(place) else { continue };
        for ((stage, sum), expected) in Stage::OF_A_LINE.into_iter().zip(sums).zip(*expected) {
            let Some((sum, expected)) = sum.zip(expected).filter(|(sum, expected)| sum != expected) else { continue };
            let Some(problem) = report.found(Code::MonthsTotal, &months.file) else { continue };
            let problem = placed(problem, row, stage.column()).value(plain(sum, month.currency));
            let problem = problem.arg("expected", plain(expected, month.currency)).arg("target", &budget.file);
            let problem = problem.arg("year", month.year.to_string());
            report.list(problem.arg("project", month.project.as_deref().unwrap_or_default()));
        }
    }
}

fn add(sums: &mut Sums, amounts: [Option<i64>; 7]) {
    for (sum, amount) in sums.iter_mut().zip(amounts) {
        if let Some(amount) = amount {
            *sum = Some(sum.unwrap_or_default() + i128::from(amount));
        }
    }
}
