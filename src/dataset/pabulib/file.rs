//! A file as values: its three sections cell by cell, and what they say.

use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::ballots::{self, PbBallot};
use super::meta::{self, Meta};
use super::projects::{self, PbProject};
use super::sections::{Sections, split};
use super::{check, write};
use crate::money::Currency;

/// A participatory-budgeting election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pabulib {
    /// Keys and values about the election, in their order: a table of two columns.
    pub meta: PbTable,
    /// The proposals as they stand.
    pub projects: PbTable,
    /// The ballots as they stand.
    pub votes: PbTable,
    /// How the file is written.
    pub form: Form,
    pub(super) said: Meta,
    pub(super) proposals: Vec<PbProject>,
    pub(super) ballots: Vec<PbBallot>,
    pub(super) rows_unreadable: u64,
}

/// A section: its labels, and its rows in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PbTable {
    /// Labels of the columns.
    pub labels: Vec<String>,
    /// Rows, those that are not used too.
    pub rows: Vec<PbRow>,
}

/// A row that could be split into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbRow {
    /// The line of the file, from 1, as long as no cell before it holds a line end.
    pub line: u32,
    /// Its cells as they stand, quotation marks taken off.
    pub cells: Vec<String>,
}

/// How a file is written, where that is not the same in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form {
    /// Lines end with CR LF and not LF alone.
    pub crlf: bool,
    /// The file starts with a byte order mark.
    pub bom: bool,
}

/// What a ballot says of the proposals it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteType {
    /// Each is approved.
    Approval,
    /// The one is approved.
    ChooseOne,
    /// They are ranked, the first highest.
    Ordinal,
    /// Each is given points out of a common sum.
    Cumulative,
    /// Each is given points.
    Scoring,
}

impl VoteType {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Approval, Self::ChooseOne, Self::Ordinal, Self::Cumulative, Self::Scoring];

    /// What `vote_type` says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Ordinal => "ordinal",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
        }
    }

    /// Whether ballots give points.
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

impl PbTable {
    pub(super) fn column(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known.trim() == label)
    }
}

impl PbRow {
    /// The cell of a column without spaces around it; `None` where it is blank or says `None`, which is how some tools
    /// write a missing value.
    pub(super) fn filled(&self, column: Option<usize>) -> Option<&str> {
        let cell = self.cells.get(column?)?.trim();
        Some(cell).filter(|cell| !cell.is_empty() && !cell.eq_ignore_ascii_case("none"))
    }
}

impl Pabulib {
    /// The value of a key of META.
    pub fn meta(&self, key: &str) -> Option<&str> {
        meta::value(&self.meta, key)
    }

    /// The budget in minor units; `None` where it is not said or cannot be read.
    pub fn budget_minor(&self) -> Option<i64> {
        self.said.budget_minor
    }

    /// The currency; `None` where the file does not say it. Amounts are then taken to have two decimals.
    pub fn currency(&self) -> Option<Currency> {
        self.said.currency
    }

    /// What the ballots say; approval where the file does not say or names another kind.
    pub fn vote_type(&self) -> VoteType {
        self.said.vote_type
    }

    /// Proposals that can be used, in declared order.
    pub fn proposals(&self) -> &[PbProject] {
        &self.proposals
    }

    /// Ballots that can be used.
    pub fn ballots(&self) -> &[PbBallot] {
        &self.ballots
    }

    /// Rows that could not be split into cells; they are in the report, and not in what is written.
    pub fn rows_unreadable(&self) -> u64 {
        self.rows_unreadable
    }

    /// The bytes of the file: every row and column in its order, unknown ones too.
    pub fn to_bytes(&self) -> Vec<u8> {
        write::to_bytes(self)
    }
}

/// Reads a file, called `file` in messages. Never fails: what cannot be used is in the report, and the rest is returned.
///
/// Rows in the report are lines of the file, and columns have their section before them: `PROJECTS.cost`.
pub fn read_pabulib(bytes: &[u8], file: &str) -> (Pabulib, Report) {
    let mut report = Report::default();
    if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii().is_empty() {
        report.add(Problem::new(Code::FileEmpty, file));
    }
    let Sections { meta, projects, votes, form, rows_unreadable } = split(bytes, file, &mut report);
    let said = meta::read(&meta, file, &mut report);
    let proposals = projects::read(&projects, said.currency, file, &mut report);
    let ballots = ballots::read(&votes, said.vote_type, &proposals, &projects, file, &mut report);
    let proposals = proposals.into_values();
    let pabulib = Pabulib { meta, projects, votes, form, said, proposals, ballots, rows_unreadable };
    check::check(&pabulib, file, &mut report);
    (pabulib, report)
}
