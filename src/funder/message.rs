//! What the page asks the worker, as JSON that only they read, and what the worker hands back.

use serde::{Deserialize, Serialize};

use super::listing::Listing;
use crate::allocation::funding::{Completion, FundingError, FundingRule, Method, Satisfaction};

/// A question: which proposals the money carries, by each of these rules, and how the answer is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked.
    pub question: Question,
    /// How the answer is written.
    pub manner: Manner,
    /// Where it is asked for, the proposals and ballots are to be written as a Pabulib file headed like this, and no more.
    pub heading: Option<FileHeading>,
}

/// What a Pabulib file says of where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHeading {
    /// What it is, in a few words.
    pub description: String,
    /// The municipality.
    pub unit: String,
    /// The section, where it is one's.
    pub section: Option<String>,
    /// The round.
    pub round: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The money, in minor units; `None` for what the file says.
    pub budget_minor: Option<i64>,
    /// The proposals.
    pub source: Source,
    /// The rules, in the order to try them.
    pub methods: Vec<MethodNames>,
}

/// How an answer is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manner {
    /// The language's tag.
    pub language: String,
    /// ISO 3166 code of the country, which decides how numbers look.
    pub country: String,
    /// Language files, one after another, as they came.
    pub words: Vec<String>,
    /// Whether the proposals stand by their votes and not as they were declared.
    pub by_votes: bool,
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
    /// The round.
    pub year: u16,
    /// The section; `None` for all of them.
    pub section: Option<String>,
    /// What the package says of its works, by which those of one section are told from those for several.
    pub places: Vec<Placed>,
    /// What the package says the file must be; nothing of a reader's own file.
    pub seal: Option<Seal>,
}

/// Where a work belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The work's code.
    pub id: String,
    /// Its section.
    pub section: Option<String>,
    /// The name of its scope.
    pub scope: Option<String>,
}

/// What a package says of a round's ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
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

/// The answer as far as it is, written as HTML that the page puts in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// One line for everybody, read out to those who do not see: empty until all is answered.
    pub status: String,
    /// What is wrong with the file, how far a slow rule is, and what the table says, in sentences.
    pub above: String,
    /// The table.
    pub table: String,
    /// Rules that gave nothing and works without a cost.
    pub below: String,
    /// What each rule does.
    pub rules: String,
    /// Whether all rules have answered.
    pub is_done: bool,
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

/// The reason where neither the question nor the file says how much money there is.
pub(super) const NO_BUDGET: &str = "no-budget";

/// The stable name of why a rule funds nothing; the language files have the words.
pub(super) fn refusal(error: &FundingError) -> &'static str {
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
    fn a_question_is_read_back() {
        let file = FileSource {
            name: "our.pb".into(),
            number: 3,
            year: 2000,
            section: Some("S1".into()),
            places: vec![Placed { id: "P1".into(), section: None, scope: Some("multi".into()) }],
            seal: Some(Seal { bytes: Some(3), hash: None }),
        };
        let manner = Manner { language: "es".into(), country: "PE".into(), words: vec!["{}".into()], by_votes: true };
        for source in [Source::File(file), Source::Listed(Listing::default())] {
            let question = Question { budget_minor: Some(i64::MAX), source, methods: Vec::new() };
            let heading =
                FileHeading { description: "Ours".into(), unit: "Here".into(), section: None, round: "2000".into() };
            let request = Request { question, manner: manner.clone(), heading: Some(heading) };
            let json = serde_json::to_string(&request).unwrap();
            assert_eq!(serde_json::from_str::<Request>(&json).unwrap(), request, "{json}");
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
