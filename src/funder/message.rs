//! What the page and the worker say to each other, as JSON that only they read.

use serde::{Deserialize, Serialize};

use super::listing::Listing;
use crate::allocation::funding::{Completion, Funded, FundingError, FundingRule, Method, Satisfaction};

/// A question: which proposals the money carries, by each of these rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The question's number, which every answer to it carries.
    pub id: u32,
    /// The money, in minor units; `None` for what the file says.
    pub budget_minor: Option<i64>,
    /// The proposals.
    pub source: Source,
    /// The rules, in the order to try them.
    pub methods: Vec<MethodNames>,
}

/// Where the proposals are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Here; nobody's ballots are known.
    Listed(Listing),
    /// In the Pabulib file that comes with the question, with the ballots.
    File(FileSource),
}

/// A Pabulib file, and what of it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSource {
    /// What messages call it.
    pub name: String,
    /// Its number: a file that has been read is not read again.
    pub number: u32,
    /// The section; `None` for all of them.
    pub section: Option<String>,
    /// What a package says the file must be; nothing of a reader's own file.
    pub seal: Option<Seal>,
}

/// What a package says of a round's ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The round.
    pub year: u16,
    /// The file's size, where given.
    pub bytes: Option<u64>,
    /// Its hash, where given.
    pub hash: Option<String>,
}

/// A rule with its choices, by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodNames {
    /// A [`FundingRule`].
    pub rule: String,
    /// A [`Satisfaction`].
    pub satisfaction: String,
    /// A [`Completion`].
    pub completion: String,
}

/// Something the worker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// What a file holds; before anything else that is said of it.
    Listing {
        /// The question.
        id: u32,
        /// Its proposals.
        listing: Listing,
    },
    /// How far a rule is; not more often than [`super::TELL_EVERY_MS`].
    Progress {
        /// The question.
        id: u32,
        /// The rule.
        rule: String,
        /// Steps done.
        done: u64,
        /// Steps in all, where that is known.
        of: Option<u64>,
        /// How long it has been at it.
        elapsed_ms: u64,
    },
    /// What a rule funds.
    Result {
        /// The question.
        id: u32,
        /// The rule.
        rule: String,
        /// The result.
        #[serde(with = "FundedFields")]
        funded: Funded,
    },
    /// Why it funds nothing: a name of [`refusal`].
    Refused {
        /// The question.
        id: u32,
        /// The rule.
        rule: String,
        /// The stable name of the reason.
        reason: String,
    },
    /// All rules have been tried.
    Done {
        /// The question.
        id: u32,
    },
}

/// The fields of [`Funded`], which knows nothing of JSON.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Funded")]
struct FundedFields {
    full: Vec<usize>,
    partly: Vec<(usize, i64)>,
    spent_minor: i64,
    stuck_minor: i64,
    left_over_minor: i64,
    supporters: Option<u64>,
    voters: Option<u64>,
}

impl Reply {
    /// The question it answers.
    pub fn id(&self) -> u32 {
        match self {
            Self::Listing { id, .. }
            | Self::Progress { id, .. }
            | Self::Result { id, .. }
            | Self::Refused { id, .. }
            | Self::Done { id } => *id,
        }
    }
}

impl From<Method> for MethodNames {
    fn from(method: Method) -> Self {
        Self {
            rule: method.rule.name().to_owned(),
            satisfaction: method.satisfaction.name().to_owned(),
            completion: method.completion.name().to_owned(),
        }
    }
}

impl MethodNames {
    /// The rule and choices; `None` where a name is none of ours.
    pub fn method(&self) -> Option<Method> {
        Some(Method {
            rule: self.rule.parse::<FundingRule>().ok()?,
            satisfaction: self.satisfaction.parse::<Satisfaction>().ok()?,
            completion: self.completion.parse::<Completion>().ok()?,
        })
    }
}

/// The reason where a page and a worker of two versions meet.
pub(super) const UNKNOWN_RULE: &str = "unknown-rule";

/// The reason where neither the question nor the file says how much money there is.
pub(super) const NO_BUDGET: &str = "no-budget";

/// The stable name of why a rule funds nothing; the language files have the words.
pub fn refusal(error: &FundingError) -> &'static str {
    match error {
        FundingError::BallotsNeeded { .. } => "ballots-needed",
        FundingError::NoVotes => "no-votes",
        FundingError::NoProposals => "no-proposals",
        FundingError::NegativeBudget { .. } => "negative-budget",
        FundingError::Stopped { .. } => "stopped",
        FundingError::TooLong { .. } => "too-long",
        FundingError::NegativeCost { .. }
        | FundingError::UnknownProposal { .. }
        | FundingError::NoUnit
        | FundingError::TooLarge => "too-large",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_read_back() {
        let funded = Funded {
            full: vec![0, 2],
            partly: vec![(1, 50)],
            spent_minor: 90,
            stuck_minor: 50,
            left_over_minor: 10,
            supporters: Some(3),
            voters: None,
        };
        let rule = || "knapsack".to_owned();
        for reply in [
            Reply::Progress { id: 1, rule: rule(), done: 2, of: None, elapsed_ms: 1_500 },
            Reply::Result { id: u32::MAX, rule: rule(), funded },
            Reply::Refused { id: 2, rule: rule(), reason: "no-votes".into() },
            Reply::Listing { id: 3, listing: Listing::default() },
            Reply::Done { id: 4 },
        ] {
            let json = serde_json::to_string(&reply).unwrap();
            assert_eq!(serde_json::from_str::<Reply>(&json).unwrap(), reply, "{json}");
        }
    }

    #[test]
    fn methods_are_named_and_found_again() {
        for rule in FundingRule::ALL {
            for satisfaction in Satisfaction::ALL {
                let method = Method { rule, satisfaction, completion: Completion::Greedy };
                assert_eq!(MethodNames::from(method).method(), Some(method));
            }
        }
        let nonsense = MethodNames { rule: "by-lot".into(), satisfaction: "cost".into(), completion: "add-one".into() };
        assert_eq!(nonsense.method(), None);
    }
}
