//! Projects and who pays for them.

use super::{Date, FiscalYear};
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
    /// Function of the budget classifier.
    pub function: Option<String>,
    /// State.
    pub status: Option<String>,
    /// Currency of its amounts.
    pub currency: Currency,
    /// Municipal money promised for it in the act.
    pub agreed: Option<Money>,
    /// Whole cost as estimated.
    pub cost: Option<Money>,
    /// Day of the agreement.
    pub agreed_on: Option<Date>,
    /// Votes it had in the round.
    pub votes: Option<i64>,
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
    /// How much, in the project's currency.
    pub amount: Money,
}
