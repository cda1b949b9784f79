//! What the page and the worker say to each other, as JSON that only they read.

use serde::{Deserialize, Serialize};

use crate::allocation::funding::{
    Completion, Election, Funded, FundingError, FundingRule, Method, Proposal, Satisfaction,
};

/// A question: which of these proposals the money carries, by each of these rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The question's number, which every answer to it carries.
    pub id: u32,
    /// The money, in minor units.
    pub budget_minor: i64,
    /// Minor units in one whole unit of the currency.
    pub unit_minor: i64,
    /// The proposals in declared order.
    pub proposals: Vec<Asking>,
    /// The rules, in the order to try them.
    pub methods: Vec<MethodNames>,
}

/// A proposal as the worker needs it: names stay on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Code, which ballots name it by.
    pub id: String,
    /// What it costs, in minor units.
    pub cost_minor: i64,
    /// Votes as counted.
    pub votes: u64,
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

/// Something the worker says. `method` is the place of the rule in [`Request::methods`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// How far a rule is; not more often than [`super::TELL_EVERY_MS`].
    Progress {
        /// The question.
        id: u32,
        /// The rule.
        method: usize,
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
        method: usize,
        /// The result.
        #[serde(with = "FundedFields")]
        funded: Funded,
    },
    /// Why it funds nothing: a name of [`refusal`].
    Refused {
        /// The question.
        id: u32,
        /// The rule.
        method: usize,
        /// The stable name of the reason.
        reason: String,
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

impl Request {
    /// Its proposals, without ballots.
    pub fn election(&self) -> Election {
        let proposal = |asking: &Asking| Proposal {
            id: asking.id.clone(),
            name: String::new(),
            cost_minor: asking.cost_minor,
            votes: asking.votes,
        };
        let proposals = self.proposals.iter().map(proposal).collect();
        Election { proposals, ballots: Vec::new(), unit_minor: self.unit_minor }
    }
}

impl From<&Proposal> for Asking {
    fn from(proposal: &Proposal) -> Self {
        Self { id: proposal.id.clone(), cost_minor: proposal.cost_minor, votes: proposal.votes }
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
    fn messages_are_read_back() {
        let funded = Funded {
            full: vec![0, 2],
            partly: vec![(1, 50)],
            spent_minor: 90,
            stuck_minor: 50,
            left_over_minor: 10,
            supporters: Some(3),
            voters: None,
        };
        for reply in [
            Reply::Progress { id: 1, method: 4, done: 2, of: None, elapsed_ms: 1_500 },
            Reply::Result { id: u32::MAX, method: 0, funded },
            Reply::Refused { id: 2, method: 1, reason: "no-votes".into() },
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
        let nonsense =
            MethodNames { rule: "by-lot".into(), satisfaction: "cost".into(), completion: "add-one".into() };
        assert_eq!(nonsense.method(), None);
    }
}
