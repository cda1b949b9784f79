//! A round's proposals as they travel between the page and the worker.

use serde::{Deserialize, Serialize};

use crate::allocation::funding::{Ballot, Election, Proposal};
use crate::budget::{FiscalYear, Project};
use crate::dataset::{Pabulib, Package, Problem, Report};
use crate::money::Currency;

/// Problems that are told one by one; the rest are counted.
const TOLD_AT_MOST: usize = 20;

/// Proposals in declared order, and what is known beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The code of the currency of every amount.
    pub currency: String,
    /// The money there is by the source itself, in minor units.
    pub budget_minor: Option<i64>,
    /// The proposals with a cost.
    pub proposals: Vec<Asking>,
    /// Names of those without, which no rule can fund.
    pub without_cost: Vec<String>,
    /// What was wrong with the file; the first ones.
    pub troubles: Vec<Trouble>,
    /// How many problems there were in all.
    pub troubles_in_all: usize,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Code.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it costs, in minor units.
    pub cost_minor: i64,
    /// Votes as counted.
    pub votes: u64,
}

/// A problem of a file: what the words under `problem.CODE` are filled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The problem's stable name.
    pub code: String,
    /// The line of the file.
    pub row: Option<u32>,
    /// The column, or the section.
    pub column: Option<String>,
    /// Names and values of everything the words are filled with.
    pub args: Vec<(String, String)>,
}

impl Listing {
    /// Its currency; the code for none where it says none that is one.
    pub fn currency(&self) -> Currency {
        self.currency.parse().unwrap_or(Currency::NONE)
    }

    /// The proposals as the rules take them.
    pub fn election(&self, ballots: Vec<Ballot>) -> Election {
        let unit_minor = 10i64.pow(u32::from(self.currency().exponent()));
        Election { proposals: self.proposals(), ballots, unit_minor }
    }

    /// The proposals alone.
    pub fn proposals(&self) -> Vec<Proposal> {
        let proposal = |asking: &Asking| Proposal {
            id: asking.id.clone(),
            name: asking.name.clone(),
            cost_minor: asking.cost_minor,
            votes: asking.votes,
        };
        self.proposals.iter().map(proposal).collect()
    }

    /// A round's proposals, or one section's, as the package has them.
    pub fn of_package(package: &Package, year: FiscalYear, section: Option<&str>) -> Self {
        let is_asked_for =
            |project: &&Project| project.round == year && (section.is_none() || project.section.as_deref() == section);
        let projects: Vec<&Project> = package.projects.iter().filter(is_asked_for).collect();
        let process = package.processes.iter().find(|process| process.year == year);
        let asking = |project: &&Project| {
            let cost_minor = project.agreed?.minor;
            Some(Asking { id: project.id.clone(), name: project.title.clone(), cost_minor, votes: 0 })
        };
        Self {
            currency: process.map_or(Currency::NONE, |process| process.currency).to_string(),
            proposals: projects.iter().filter_map(asking).collect(),
            without_cost: Vec::new(),
            ..Self::default()
        }
    }

    /// What a file says of its proposals, or of one section's, and their election.
    pub(super) fn of_file(file: &Pabulib, report: &Report, section: Option<&str>) -> (Self, Election) {
        let election = section.map_or_else(|| file.to_election(), |section| file.section_election(section));
        let is_asked_for = |of: Option<&str>| section.is_none() || of == section;
        let without =
            file.projects.iter().filter(|one| one.cost_minor.is_none() && is_asked_for(one.section.as_deref()));
        let listing = Self {
            currency: file.currency.to_string(),
            budget_minor: file.budget_minor,
            proposals: election.proposals.iter().map(Asking::from).collect(),
            without_cost: without.map(|project| project.name.clone()).collect(),
            troubles: report.problems.iter().take(TOLD_AT_MOST).map(Trouble::from).collect(),
            troubles_in_all: report.problems.len(),
        };
        (listing, election)
    }
}

impl From<&Proposal> for Asking {
    fn from(proposal: &Proposal) -> Self {
        let Proposal { id, name, cost_minor, votes } = proposal.clone();
        Self { id, name, cost_minor, votes }
    }
}

impl From<&Problem> for Trouble {
    fn from(problem: &Problem) -> Self {
        let own = [
            ("file", Some(problem.file.clone())),
            ("row", problem.row.map(|row| row.to_string())),
            ("column", problem.column.clone()),
            ("value", problem.value.clone()),
        ];
        let own = own.into_iter().map(|(name, value)| (name, value.unwrap_or_default()));
        let args = own.chain(problem.args.iter().cloned()).map(|(name, value)| (name.to_owned(), value));
        Self {
            code: problem.code.name().to_owned(),
            row: problem.row,
            column: problem.column.clone(),
            args: args.collect(),
        }
    }
}
