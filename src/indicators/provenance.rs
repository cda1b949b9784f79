//! How many records stand on each source.

use std::collections::BTreeMap;

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::Key;

/// Records of one source. `source` is `paper`, `ministry`, `illustrative` or the publisher's own word; `None` says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCount {
    /// The source.
    pub source: Option<String>,
    /// Rounds.
    pub rounds: usize,
    /// Projects.
    pub projects: usize,
    /// Budget lines.
    pub lines: usize,
    /// Yearly totals of the whole municipality.
    pub totals: usize,
}

/// The sources of a package with the records each stands behind, in order of appearance; those behind none are left out.
pub fn records_by_source(package: &Package) -> Vec<SourceCount> {
    let mut counts = Counts::default();
    package.processes.iter().for_each(|process| counts.of(process.source.as_deref()).rounds += 1);
    let values = package.facts.values(Key::Source);
    values.iter().for_each(|value| {
        counts.of(Some(value));
    });
    package.official_totals.iter().for_each(|total| counts.of(total.source.as_deref()).totals += 1);
    for (code, rows) in rows_by_code(package, Stage::Agreed, values.len()) {
        counts.of(value(&values, code)).projects += rows;
    }
    for (code, rows) in rows_by_code(package, Stage::Accrued, values.len()) {
        counts.of(value(&values, code)).lines += rows;
    }
    let mut counts = counts.in_order();
    counts.retain(|count| count.rounds + count.projects + count.lines + count.totals > 0);
    counts
}

/// How many rows of a stage's table have each source, by its code from [`NO_VALUE`] on.
fn rows_by_code(package: &Package, stage: Stage, values: usize) -> impl Iterator<Item = (usize, usize)> {
    let table = package.facts.table(stage);
    let mut rows = vec![0; values + 1];
    for row in 0..table.len() {
        if let Some(count) = rows.get_mut(table.code(Key::Source, row) as usize) {
            *count += 1;
        }
    }
    rows.into_iter().enumerate()
}

fn value<'a>(values: &[&'a str], code: usize) -> Option<&'a str> {
    values.get(code.checked_sub(1)?).copied()
}

/// Counts by source, each with its turn in the order of appearance.
#[derive(Default)]
struct Counts(BTreeMap<Option<String>, (usize, SourceCount)>);

impl Counts {
    fn of(&mut self, source: Option<&str>) -> &mut SourceCount {
        let source = source.map(str::to_owned);
        let turn = self.0.len();
        let count = SourceCount { source: source.clone(), rounds: 0, projects: 0, lines: 0, totals: 0 };
        &mut self.0.entry(source).or_insert((turn, count)).1
    }

    fn in_order(self) -> Vec<SourceCount> {
        let mut counts: Vec<(usize, SourceCount)> = self.0.into_values().collect();
        counts.sort_unstable_by_key(|(turn, _)| *turn);
        counts.into_iter().map(|(_, count)| count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{FileContent, load};

    #[test]
    fn each_record_counts_for_its_source_and_those_of_none_stand_apart() {
        let tables = [
            ("processes", "fiscal_year,currency,source\n2000,PEN,paper\n2001,PEN,ministry\n"),
            ("projects", "project_id,fiscal_year,title,source\nP1,2000,A,paper\nP2,2001,B,\nP3,2001,C,own\n"),
            ("budget", "budget_line_id,fiscal_year,source\nL1,2000,own\nL2,2000,own\nL3,2001,new\nL4,2001,\n"),
            ("official_totals", "fiscal_year,source\n2000,ministry\n"),
        ];
        let resources = tables.map(|(name, _)| format!(r#"{{"name":"{name}","path":"{name}.csv"}}"#)).join(",");
        let descriptor = format!(r#"{{"name":"small","countryCode":"PE","resources":[{resources}]}}"#);
        let files = tables.map(|(name, text)| (format!("{name}.csv"), FileContent::Bytes(text.as_bytes().to_vec())));
        let (package, report) = load(descriptor.as_bytes(), &files.into());
        assert!(report.is_clean(), "{:?}", report.problems);
        let found = records_by_source(&package);
        let found: Vec<_> =
            found.iter().map(|c| (c.source.as_deref(), [c.rounds, c.projects, c.lines, c.totals])).collect();
        let expected = [
            (Some("paper"), [1, 1, 0, 0]),
            (Some("ministry"), [1, 0, 0, 1]),
            (Some("own"), [0, 1, 2, 0]),
            (Some("new"), [0, 0, 1, 0]),
            (None, [0, 1, 1, 0]),
        ];
        assert_eq!(found, expected);
    }
}
