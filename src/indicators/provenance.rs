//! How many records stand on each source.

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Filter, Key, NO_VALUE, RowsNeeded, distinct};

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
///
/// # Errors
/// [`RowsNeeded`] where the cubes do not tell sources apart and there are no rows.
pub fn records_by_source(package: &Package) -> Result<Vec<SourceCount>, RowsNeeded> {
    let facts = &package.facts;
    let rows =
        |stage| facts.source(stage, &Filter::default(), &[Key::Source]).map(|rows| distinct(rows, None, Key::Source));
    let (projects, lines) = (rows(Stage::Agreed)?, rows(Stage::Accrued)?);
    let of_rounds = package.processes.iter().map(|process| process.source.clone());
    let of_rows = facts.values(Key::Source).into_iter().map(|source| Some(source.to_owned()));
    let of_totals = package.official_totals.iter().map(|total| total.source.clone());
    let mut sources: Vec<Option<String>> = Vec::new();
    for source in of_rounds.chain(of_rows).chain(of_totals).chain([None]) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let of = |counts: &[(u32, u64)], source: &Option<String>| {
        let code = source.as_ref().map_or(Some(NO_VALUE), |source| facts.dictionary(Key::Source)?.code(source));
        let count = counts.iter().find(|(known, _)| Some(*known) == code).map_or(0, |(_, count)| *count);
        usize::try_from(count).unwrap_or(usize::MAX)
    };
    let counts = sources.into_iter().map(|source| SourceCount {
        rounds: package.processes.iter().filter(|process| process.source == source).count(),
        projects: of(&projects, &source),
        lines: of(&lines, &source),
        totals: package.official_totals.iter().filter(|total| total.source == source).count(),
        source,
    });
    Ok(counts.filter(|count| count.rounds + count.projects + count.lines + count.totals > 0).collect())
}
