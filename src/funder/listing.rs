//! A round's proposals, as they travel to the worker or as it finds them in a file.

use serde::{Deserialize, Serialize};

use super::message::{FileSource, Placed};
use crate::allocation::funding::{Election, Proposal};
use crate::budget::{FiscalYear, Project, Scope};
use crate::dataset::{Pabulib, Package};
use crate::indicators::{LeftOut, LeftOutReason, Proposals, proposals};
use crate::money::Currency;

/// Proposals in declared order, and what is known beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The code of the currency of every amount.
    pub currency: String,
    /// The money there is by the source itself, in minor units.
    pub budget_minor: Option<i64>,
    /// The proposals that can be funded.
    pub proposals: Vec<Asking>,
    /// Names of those that cannot, each with the stable name of the reason.
    pub left_out: Vec<(String, String)>,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Code.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it costs the fund, in minor units.
    pub cost_minor: i64,
    /// Votes as counted.
    pub votes: u64,
}

impl Listing {
    /// Its currency; the code for none where it says none that is one.
    pub fn currency(&self) -> Currency {
        self.currency.parse().unwrap_or(Currency::NONE)
    }

    /// Its proposals as the rules take them, without ballots.
    pub fn election(&self) -> Election {
        let proposal = |asking: &Asking| Proposal {
            id: asking.id.clone(),
            name: asking.name.clone(),
            cost_minor: asking.cost_minor,
            votes: asking.votes,
        };
        let unit_minor = 10i64.pow(u32::from(self.currency().exponent()));
        Election { proposals: self.proposals.iter().map(proposal).collect(), ballots: Vec::new(), unit_minor }
    }
}

impl From<&Proposals> for Listing {
    fn from(found: &Proposals) -> Self {
        let asking = |proposal: &Proposal| {
            let Proposal { id, name, cost_minor, votes } = proposal.clone();
            Asking { id, name, cost_minor, votes }
        };
        let left_out = |left: &LeftOut| (left.name.clone(), left.reason.name().to_owned());
        Self {
            currency: found.currency.unwrap_or(Currency::NONE).to_string(),
            budget_minor: found.budget_minor,
            proposals: found.election.proposals.iter().map(asking).collect(),
            left_out: found.left_out.iter().map(left_out).collect(),
        }
    }
}

/// Why a proposal is left out, by the reason's stable name.
pub(super) fn reason(name: &str) -> Option<LeftOutReason> {
    LeftOutReason::ALL.into_iter().find(|reason| reason.name() == name)
}

/// The proposals and ballots of a file, or of one section of it.
pub(super) fn of_file(file: &FileSource, read: &Pabulib, year: FiscalYear) -> Proposals {
    let project = |placed: &Placed| Project {
        id: placed.id.clone(),
        round: year,
        title: String::new(),
        section: placed.section.clone(),
        neighbourhood: None,
        scope: placed.scope.as_deref().and_then(Scope::from_name),
        dimension: None,
        objective: None,
        code: None,
        cofog: None,
        function: None,
        status: None,
        status_date: None,
        currency: Currency::NONE,
        agreed: None,
        cost: None,
        technical_design_cost: None,
        feasibility: None,
        agreed_on: None,
        votes: None,
        priority_rank: None,
        beneficiaries: None,
        planned_end: None,
        actual_start: None,
        actual_end: None,
        physical_progress_percent: None,
        location: None,
        act_document_url: None,
        source: None,
    };
    let projects = file.places.iter().map(project).collect();
    proposals(&Package { projects, ..Package::default() }, Some(read), year, file.section.as_deref())
}
