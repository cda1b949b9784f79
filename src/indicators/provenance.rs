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
        let found = records_by_source(&package).unwrap();
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
