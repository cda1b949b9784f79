//! What the section VOTES says.

use std::collections::BTreeMap;

use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::{PbRow, PbTable, VoteType};
use super::projects::Proposals;
use super::sections::VOTES;
use crate::money::parse::{NumberMarks, parse_integer};

/// A ballot that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbBallot {
    /// Places of the proposals it names, in its order.
    pub names: Vec<usize>,
    /// The points it gives each, where it gives points.
    pub points: Option<Vec<u64>>,
    /// Where its row stands in [`Pabulib::votes`](super::Pabulib::votes).
    pub row: usize,
}

impl PbBallot {
    /// Places of the proposals it approves: those it names, but for those it gives no points.
    pub fn approves(&self) -> impl Iterator<Item = usize> + '_ {
        let given =
            |at: usize| self.points.as_ref().is_none_or(|points| points.get(at).is_some_and(|&given| given > 0));
        self.names.iter().enumerate().filter(move |(at, _)| given(*at)).map(|(_, &place)| place)
    }
}

/// Reads the ballots. One that names a proposal which is not there, or whose points are not one for each, is reported and
/// not used. A blank ballot is one of a voter who wants nothing, and counts.
pub(super) fn read(
    table: &PbTable,
    vote_type: VoteType,
    proposals: &Proposals,
    projects: &PbTable,
    file: &str,
    report: &mut Report,
) -> Vec<PbBallot> {
    let labels = table.labels.iter().map(|label| label.trim()).collect::<Vec<_>>().join(", ");
    let needed: &[&str] = if vote_type.has_points() { &["voter_id", "vote", "points"] } else { &["voter_id", "vote"] };
    for label in needed {
        if !table.labels.is_empty() && table.column(label).is_none() {
            report.add(Problem::new(Code::LabelMissing, file).column(format!("{VOTES}.{label}")).value(&labels));
        }
    }
    let (vote, points) = (table.column("vote"), table.column("points"));
    if vote.is_none() {
        return Vec::new();
    }
    report_repeated_voters(table, file, report);
    let mut reader = Reader { proposals, projects, file, report };
    let rows = table.rows.iter().enumerate();
    rows.filter_map(|(at, row)| reader.ballot(at, row, vote, points.filter(|_| vote_type.has_points()))).collect()
}

struct Reader<'a> {
    proposals: &'a Proposals,
    projects: &'a PbTable,
    file: &'a str,
    report: &'a mut Report,
}

impl Reader<'_> {
    fn ballot(&mut self, at: usize, row: &PbRow, vote: Option<usize>, points: Option<usize>) -> Option<PbBallot> {
        let problem = |file: &str, code: Code, label: &str| {
            Problem::new(code, file).row(row.line).column(format!("{VOTES}.{label}"))
        };
        let ids: Vec<&str> = row.filled(vote).map_or(Vec::new(), |cell| cell.split(',').map(str::trim).collect());
        let given: Option<Vec<&str>> =
            points.map(|points| row.filled(Some(points)).map_or(Vec::new(), |cell| cell.split(',').collect()));
        if let Some(given) = given.as_ref().filter(|given| given.len() != ids.len()) {
            let problem = problem(self.file, Code::PbPointsCount, "points").value(row.cells.join(";"));
            let counts = [("found", given.len()), ("expected", ids.len())];
            self.report
                .add(counts.into_iter().fold(problem, |problem, (name, count)| problem.arg(name, count.to_string())));
            return None;
        }
        let mut ballot = PbBallot { names: Vec::new(), points: given.is_some().then(Vec::new), row: at };
        for (position, id) in ids.into_iter().enumerate() {
            let Some(place) = self.proposals.place(id) else {
                if self.is_set_aside(id) {
                    continue;
                }
                let problem = problem(self.file, Code::ReferenceUnknown, "vote").value(id);
                self.report.add(problem.arg("target", "PROJECTS"));
                return None;
            };
            if ballot.names.contains(&place) {
                let problem = problem(self.file, Code::ValueDuplicate, "vote").value(id);
                self.report.add(problem.arg("first", row.line.to_string()));
                continue;
            }
            if let (Some(all), Some(given)) = (&mut ballot.points, given.as_ref().and_then(|given| given.get(position)))
            {
                let number = parse_integer(given.trim(), NumberMarks::default()).ok();
                let Some(number) = number.and_then(|number| u64::try_from(number).ok()) else {
                    self.report.add(problem(self.file, Code::IntegerFormat, "points").value(given));
                    return None;
                };
                all.push(number);
            }
            ballot.names.push(place);
        }
        Some(ballot)
    }

    /// Whether a code is that of a proposal which is in the file and cannot be used: that is reported where it stands.
    fn is_set_aside(&self, id: &str) -> bool {
        let column = self.projects.column("project_id");
        self.proposals.len() < self.projects.rows.len()
            && self.projects.rows.iter().any(|row| row.filled(column) == Some(id))
    }
}

fn report_repeated_voters(table: &PbTable, file: &str, report: &mut Report) {
    let column = table.column("voter_id");
    let mut first_lines: BTreeMap<&str, u32> = BTreeMap::new();
    for row in &table.rows {
        let Some(voter) = row.filled(column) else { continue };
        let first = *first_lines.entry(voter).or_insert(row.line);
        if first != row.line {
            // Counted all the same: which of the two ballots would be the one?
            let problem = Problem::new(Code::ValueDuplicate, file).row(row.line).column(format!("{VOTES}.voter_id"));
            report.add(problem.value(voter).arg("first", first.to_string()));
        }
    }
}
