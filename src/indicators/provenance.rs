//! How many records stand on each source.

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Filter, Key};

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
    let of_rounds = package.processes.iter().map(|process| process.source.clone());
    let of_rows = package.facts.values(Key::Source).into_iter().map(|source| Some(source.to_owned()));
    let of_totals = package.official_totals.iter().map(|total| total.source.clone());
    let mut sources: Vec<Option<String>> = Vec::new();
    for source in of_rounds.chain(of_rows).chain(of_totals).chain([None]) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let rows = |stage: Stage, source: &Option<String>| {
        let filter = Filter::default().with(Key::Source, source.as_deref());
        filter.rows(&package.facts, package.facts.table(stage)).count()
    };
    let counts = sources.into_iter().map(|source| SourceCount {
        rounds: package.processes.iter().filter(|process| process.source == source).count(),
        projects: rows(Stage::Agreed, &source),
        lines: rows(Stage::Accrued, &source),
        totals: package.official_totals.iter().filter(|total| total.source == source).count(),
        source,
    });
    counts.filter(|count| count.rounds + count.projects + count.lines + count.totals > 0).collect()
}
