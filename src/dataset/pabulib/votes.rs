//! VOTES: one ballot a row. One with any fault is set aside whole: half a ballot is another ballot.

use std::collections::BTreeMap;

use super::sections::{Line, Part, Section};
use super::{PbBallot, PbProject, cell, fault, shown};
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;

/// VOTES as read.
#[derive(Debug, Default)]
pub(super) struct Votes {
    pub columns: Vec<String>,
    pub ballots: Vec<PbBallot>,
}

/// Between the projects, and the points, of a ballot.
const BETWEEN: char = ',';

/// Reads VOTES. `points_decide`: the projects with points above zero are approved, and not all that are named.
pub(super) fn read(part: &Part, projects: &[PbProject], points_decide: bool, name: &str, report: &mut Report) -> Votes {
    let (columns, places) = part.columns(["voter_id", "vote"], name, report);
    let mut read = Votes { columns, ..Votes::default() };
    let Some([voter, vote]) = places else { return read };
    let points = if points_decide { part.columns(["points"], name, report).1.map(|[points]| points) } else { None };
    let ids: BTreeMap<&str, usize> = projects.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let reader = BallotReader { ids, voter, vote, points, name };
    let mut lines_by_voter: BTreeMap<&str, u32> = BTreeMap::new();
    for line in &part.lines {
        let approves = reader.check_voter(line, &lines_by_voter).and_then(|()| reader.approves(line));
        match approves {
            Ok(approves) => {
                lines_by_voter.insert(line.cell(voter), line.number);
                read.ballots.push(PbBallot { cells: line.cells.clone(), approves });
            }
            Err(problem) => report.add(problem),
        }
    }
    read
}

struct BallotReader<'a> {
    /// Places of the projects.
    ids: BTreeMap<&'a str, usize>,
    /// Places of the columns.
    voter: usize,
    vote: usize,
    points: Option<usize>,
    name: &'a str,
}

impl BallotReader<'_> {
    fn check_voter(&self, line: &Line, known: &BTreeMap<&str, u32>) -> Result<(), Problem> {
        let voter = line.cell(self.voter);
        let problem = |code| self.problem(code, "voter_id", line);
        if voter.trim().is_empty() {
            return Err(problem(Code::KeyBlank).value(line.cells.join(";")));
        }
        match known.get(voter) {
            Some(first) => Err(problem(Code::KeyDuplicate).value(voter).arg("first", first.to_string())),
            None => Ok(()),
        }
    }

    /// Places of the projects that a ballot approves.
    fn approves(&self, line: &Line) -> Result<Vec<usize>, Problem> {
        let vote = line.cell(self.vote);
        let named: Vec<&str> = if vote.is_empty() { Vec::new() } else { vote.split(BETWEEN).collect() };
        let mut places = Vec::with_capacity(named.len());
        for id in named {
            let Some(&place) = self.ids.get(id) else {
                return Err(self
                    .problem(Code::ReferenceUnknown, "vote", line)
                    .value(shown(id))
                    .arg("target", "PROJECTS"));
            };
            if places.contains(&place) {
                return Err(self.problem(Code::BallotsRepeated, "vote", line).value(id));
            }
            places.push(place);
        }
        let Some(points) = self.points else { return Ok(places) };
        self.with_points(places, points, line)
    }

    /// Those of a ballot's projects that its points approve.
    fn with_points(&self, places: Vec<usize>, column: usize, line: &Line) -> Result<Vec<usize>, Problem> {
        let cell = line.cell(column);
        let points: Vec<&str> = if cell.is_empty() { Vec::new() } else { cell.split(BETWEEN).collect() };
        if points.len() != places.len() {
            let problem = self.problem(Code::BallotsPoints, "points", line).value(line.cells.join(";"));
            let problem = problem.arg("found", points.len().to_string());
            return Err(problem.arg("expected", places.len().to_string()));
        }
        let mut approved = Vec::with_capacity(places.len());
        for (place, text) in places.into_iter().zip(points) {
            match cell::has_points(text) {
                Ok(true) => approved.push(place),
                Ok(false) => {}
                Err(broken) => return Err(fault(broken, self.name, Section::Votes, "points", line.number, text)),
            }
        }
        Ok(approved)
    }

    fn problem(&self, code: Code, label: &str, line: &Line) -> Problem {
        super::problem(code, self.name, Section::Votes, label).row(line.number)
    }
}
