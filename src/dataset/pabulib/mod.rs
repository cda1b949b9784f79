//! Pabulib `.pb` files (pabulib.org/format): a participatory budget's proposals and its voters' ballots in one file.
//!
//! A file has three sections, META, PROJECTS and VOTES, each a line with that word alone, a line of labels and rows
//! with `;` between cells. Owns: reading one strictly, writing it back with nothing lost, and what it says of an
//! election. Refuses: guessing. A row that cannot be read is set aside and told, with its section and line; the rest
//! is used. A cell that cannot be read (a cost, a number of votes) is told and is missing, which is never zero; its
//! row stays.
//!
//! What the columns mean to us:
//!
//! - An **approval** ballot approves the projects it names, also where the file says `choose-1`. A ballot that names
//!   none is a voter who approves nothing.
//! - A **cumulative** or **scoring** ballot gives points: it approves the projects with more than zero points.
//! - An **ordinal** ballot ranks: it approves every project it ranks, and its order is not used.
//! - Limits on ballots (`max_length`, `max_sum_cost` and the like) are kept and not checked: cities decide themselves
//!   what becomes of a ballot that breaks them, and the libraries publish those that counted.
//! - Amounts are in META's `currency`; without one (or with one that is no code) they are read with two decimals and
//!   say `XXX`, ISO 4217's code for none.

mod build;
mod cell;
mod election;
mod meta;
mod projects;
mod sections;
mod totals;
mod votes;
mod write;

pub use build::Heading;

use super::problem::{Code, Problem};
use super::report::{Report, SetAside, TableReport};
use super::value::Fault;
use crate::money::Currency;
use sections::{Part, Section, Sections};
use totals::Totals;

/// An election: what META says, the projects in the file's order, and the ballots in the file's order.
///
/// `cells` hold every row as it stood; what is read from them stands beside. Writing uses the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pabulib {
    /// How its lines end.
    pub line_end: LineEnd,
    /// META's keys and values in order.
    pub meta: Vec<(String, String)>,
    /// Currency of the costs and the budget.
    pub currency: Currency,
    /// The budget in minor units; `None` where it is missing or cannot be read.
    pub budget_minor: Option<i64>,
    /// Labels of PROJECTS; none where the section is not there.
    pub project_columns: Vec<String>,
    /// Projects.
    pub projects: Vec<PbProject>,
    /// Labels of VOTES; none where the section is not there.
    pub vote_columns: Vec<String>,
    /// Ballots.
    pub ballots: Vec<PbBallot>,
}

/// A row of PROJECTS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PbProject {
    /// `project_id`, which ballots name it by.
    pub id: String,
    /// `name`; the id where there is none.
    pub name: String,
    /// `cost` in minor units, above zero; `None` where it cannot be read.
    pub cost_minor: Option<i64>,
    /// `votes`, where the column is there and was read.
    pub votes: Option<u64>,
    /// `section`, a column of ours: the section of the municipality that it belongs to.
    pub section: Option<String>,
    /// `selected`: whether the budget pays for it. Pabulib's 2 and 3 (paid from elsewhere) are not selected.
    pub is_selected: Option<bool>,
    /// Every cell, in the order of [`Pabulib::project_columns`].
    pub cells: Vec<String>,
}

/// A row of VOTES.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbBallot {
    /// Every cell, in the order of [`Pabulib::vote_columns`].
    pub cells: Vec<String>,
    /// Places in [`Pabulib::projects`] of those it approves, in the ballot's order.
    pub approves: Vec<usize>,
}

/// How the lines of a file end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnd {
    /// A line feed.
    #[default]
    Lf,
    /// A carriage return and a line feed, as most published files have.
    CrLf,
}

impl LineEnd {
    /// Its characters.
    pub fn text(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

impl Default for Pabulib {
    /// A file with nothing in it.
    fn default() -> Self {
        Self {
            line_end: LineEnd::default(),
            meta: Vec::new(),
            currency: Currency::NONE,
            budget_minor: None,
            project_columns: Vec::new(),
            projects: Vec::new(),
            vote_columns: Vec::new(),
            ballots: Vec::new(),
        }
    }
}

impl Pabulib {
    /// Reads a file; `name` is what messages call it.
    ///
    /// Never fails: what cannot be used is in the report, and the rest is returned. The report's tables say for
    /// PROJECTS and VOTES how many rows were read and how many set aside. The column of a problem is the section's
    /// word and the label, `PROJECTS.cost`; its row is the line.
    ///
    /// ```
    /// use yupay::dataset::Pabulib;
    /// let file = "META\nkey;value\ncurrency;PEN\nbudget;1000\nvote_type;approval\n\
    ///             PROJECTS\nproject_id;cost\nA;800.50\nVOTES\nvoter_id;vote\n1;A\n2;\n";
    /// let (election, report) = Pabulib::read(file.as_bytes(), "small.pb");
    /// assert!(report.is_clean());
    /// assert_eq!((election.projects[0].cost_minor, election.votes()), (Some(80_050), Some(vec![1])));
    /// assert_eq!(election.to_text(), file);
    /// ```
    pub fn read(bytes: &[u8], name: &str) -> (Self, Report) {
        let (read, _lines, report) = Self::read_with_lines(bytes, name);
        (read, report)
    }

    /// The same, with the line of each project.
    pub(super) fn read_with_lines(bytes: &[u8], name: &str) -> (Self, Vec<u32>, Report) {
        let mut report = Report::default();
        let sections = Sections::split(bytes, name, &mut report);
        let meta = meta::read(&sections.meta, name, &mut report);
        let projects = projects::read(&sections.projects, meta.currency, name, &mut report);
        let votes = votes::read(&sections.votes, &projects.projects, meta.points_decide, name, &mut report);
        let totals = Totals { name, sections: &sections, meta: &meta, projects: &projects, votes: &votes };
        totals.check(&mut report);
        let rows = [(&sections.projects, projects.projects.len()), (&sections.votes, votes.ballots.len())];
        report.tables = rows.iter().map(|(part, kept)| table_report(part, *kept, name)).collect();
        let read = Self {
            line_end: sections.line_end,
            currency: meta.currency.unwrap_or(Currency::NONE),
            budget_minor: meta.budget_minor,
            meta: meta.entries,
            project_columns: projects.columns,
            projects: projects.projects,
            vote_columns: votes.columns,
            ballots: votes.ballots,
        };
        (read, projects.lines, report)
    }

    /// The value of a key of META.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// How many ballots approve each project; `None` where the file has no ballots.
    pub fn votes(&self) -> Option<Vec<u64>> {
        (!self.ballots.is_empty()).then(|| votes_by_project(self.projects.len(), &self.ballots))
    }
}

fn votes_by_project(projects: usize, ballots: &[PbBallot]) -> Vec<u64> {
    let mut votes = vec![0; projects];
    for place in ballots.iter().flat_map(|ballot| &ballot.approves) {
        if let Some(votes) = votes.get_mut(*place) {
            *votes += 1;
        }
    }
    votes
}

/// A problem in a section; `label` is a column's, or a key of META, or nothing.
fn problem(code: Code, name: &str, section: Section, label: &str) -> Problem {
    let mark = section.mark();
    let column = if label.is_empty() { mark.to_owned() } else { format!("{mark}.{label}") };
    Problem::new(code, name).column(column)
}

/// What is wrong with a cell, in its place.
fn fault(fault: Fault, name: &str, section: Section, label: &str, line: u32, text: &str) -> Problem {
    fault.at(name, line, &format!("{}.{label}", section.mark()), shown(text))
}

/// What was read, where a message would otherwise show nothing.
fn shown(text: &str) -> &str {
    if text.trim().is_empty() { "—" } else { text }
}

/// What became of a section's rows.
fn table_report(part: &Part, kept: usize, name: &str) -> TableReport {
    let rows_kept = kept as u64;
    let set_aside = SetAside { rows: part.rows_read.saturating_sub(rows_kept), ..SetAside::default() };
    let (resource, file) = (part.section.mark().to_owned(), name.to_owned());
    TableReport { resource, file, rows_read: part.rows_read, rows_kept, set_aside }
}
