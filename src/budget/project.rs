//! Projects and who pays for them.

use rust_decimal::Decimal;

use super::{Date, FiscalYear, Point};
use crate::money::{Currency, Money};

/// Where a project belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// One section.
    Section,
    /// Several sections together.
    Multi,
    /// The whole district.
    District,
}

impl Scope {
    /// Every scope, as the `scope` column spells it.
    pub const NAMES: [&'static str; 3] = ["section", "multi", "district"];

    /// The scope of a name in [`Scope::NAMES`].
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "section" => Some(Self::Section),
            "multi" => Some(Self::Multi),
            "district" => Some(Self::District),
            _ => None,
        }
    }

    /// Its name in the `scope` column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Multi => "multi",
            Self::District => "district",
        }
    }
}

/// Whether a project was found feasible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feasibility {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// It is being looked at.
    Pending,
}

impl Feasibility {
    /// Every answer, as the `feasibility` column spells it.
    pub const NAMES: [&'static str; 3] = ["yes", "no", "pending"];

    /// The answer of a name in [`Feasibility::NAMES`].
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "yes" => Some(Self::Yes),
            "no" => Some(Self::No),
            "pending" => Some(Self::Pending),
            _ => None,
        }
    }

    /// Its name in the `feasibility` column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Pending => "pending",
        }
    }
}

/// A project of a round: what was agreed and what became of it. `None` means not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Code used by the other tables.
    pub id: String,
    /// The round it belongs to; its money may be spent in later fiscal years.
    pub round: FiscalYear,
    /// Name.
    pub title: String,
    /// Section; `None` for a district-wide work, or where it is not published (see `scope`).
    pub section: Option<String>,
    /// Neighbourhood.
    pub neighbourhood: Option<String>,
    /// Where it belongs.
    pub scope: Option<Scope>,
    /// Development dimension.
    pub dimension: Option<String>,
    /// Objective of the development plan.
    pub objective: Option<String>,
    /// Code in the country's register of investments (CUI, or SNIP before it).
    pub code: Option<String>,
    /// Division of COFOG.
    pub cofog: Option<String>,
    /// Function of the budget classifier.
    pub function: Option<String>,
    /// State.
    pub status: Option<String>,
    /// Day the state was reached.
    pub status_date: Option<Date>,
    /// Currency of its amounts.
    pub currency: Currency,
    /// Municipal money promised for it in the act.
    pub agreed: Option<Money>,
    /// Whole cost as estimated.
    pub cost: Option<Money>,
    /// Cost of the technical design (expediente técnico), part of the whole.
    pub technical_design_cost: Option<Money>,
    /// Whether it was found feasible.
    pub feasibility: Option<Feasibility>,
    /// Day of the agreement.
    pub agreed_on: Option<Date>,
    /// Votes it had in the round.
    pub votes: Option<i64>,
    /// Place in the assembly's order, 1 the first.
    pub priority_rank: Option<i64>,
    /// People it is for.
    pub beneficiaries: Option<i64>,
    /// Day it was to be finished.
    pub planned_end: Option<Date>,
    /// Day the work began.
    pub actual_start: Option<Date>,
    /// Day it was finished.
    pub actual_end: Option<Date>,
    /// How much of it is built, in percent.
    pub physical_progress_percent: Option<Decimal>,
    /// Where it stands.
    pub location: Option<Point>,
    /// Address of the act that has it.
    pub act_document_url: Option<String>,
    /// Where the record comes from: `paper`, `ministry`, `illustrative`, or the publisher's own word.
    pub source: Option<String>,
}

impl Project {
    /// Whether the assembly's act has it; `None` where neither an amount nor a day is published.
    ///
    /// An amount of zero is a work that was never agreed and stands in the list for what was spent on it. A day without an
    /// amount is a promise whose amount is not published.
    pub fn is_agreed(&self) -> Option<bool> {
        match (self.agreed, self.agreed_on) {
            (Some(amount), _) => Some(amount.minor != 0),
            (None, Some(_)) => Some(true),
            (None, None) => None,
        }
    }
}

/// One contribution to a project's cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Financing {
    /// Code.
    pub id: String,
    /// Project it pays for.
    pub project: String,
    /// Who: `municipality`, `community`, `other_government`, `ngo`, `private`, `donor`.
    pub source: String,
    /// As what: `cash`, `labour`, `materials`, `land`, `other`.
    pub form: Option<String>,
    /// How much, in the project's currency.
    pub amount: Money,
}

/// The state a project was in on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// Project.
    pub project: String,
    /// The day it is told of.
    pub date: Date,
    /// State.
    pub status: String,
}

/// What became of a project between what was agreed and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Project.
    pub project: String,
    /// Day of the change.
    pub date: Option<Date>,
    /// What kind of change, one of [`Change::KINDS`].
    pub kind: String,
    /// What it was.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where the record comes from.
    pub source: Option<String>,
}

impl Change {
    /// The kinds of change, as the `kind` column spells them.
    pub const KINDS: [&'static str; 6] = ["added", "dropped", "replaced", "amount", "section", "carried_over"];
}

/// A section that a joint project is for, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSection {
    /// Project.
    pub project: String,
    /// Section.
    pub section: String,
    /// The section's share of it, in percent.
    pub share_percent: Option<Decimal>,
}
