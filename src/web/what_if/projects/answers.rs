//! What the worker has said of a question so far.

use std::collections::BTreeMap;

use crate::allocation::funding::{FundingRule, Proposal};
use crate::funder::{Asking, Listing, Reply, Source, Trouble};
use crate::indicators::{RuleOutcome, rule_outcome};
use crate::money::{Currency, Money};

/// What is asked: proposals, and the money there is for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub source: Source,
    /// In minor units; `None` for what the file says.
    pub budget_minor: Option<i64>,
}

/// How far a rule is that takes longer than [`SLOW_MS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pub rule: FundingRule,
    pub done: u64,
    pub of: Option<u64>,
}

/// A wait shorter than this needs no bar, in milliseconds.
const SLOW_MS: u64 = 1_000;

/// The answers to one question. Rules that are not among them have not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    pub id: u32,
    asked_minor: Option<i64>,
    pub listing: Option<Listing>,
    /// A result, or the stable name of why there is none.
    pub by_rule: BTreeMap<FundingRule, Result<RuleOutcome, String>>,
    pub running: Option<Running>,
    pub is_done: bool,
    proposals: Vec<Proposal>,
}

impl Answers {
    /// None yet.
    pub fn to(id: u32, question: &Question) -> Self {
        let mut answers = Self {
            id,
            asked_minor: question.budget_minor,
            listing: None,
            by_rule: BTreeMap::new(),
            running: None,
            is_done: false,
            proposals: Vec::new(),
        };
        if let Source::Listed(listing) = &question.source {
            answers.list(listing.clone());
        }
        answers
    }

    /// Takes what the worker says; what it says of another question is old.
    pub fn take(&mut self, reply: Reply) {
        if reply.id() != self.id {
            return;
        }
        match reply {
            Reply::Listing { listing, .. } => self.list(listing),
            Reply::Progress { rule, done, of, elapsed_ms, .. } => {
                let rule = rule.parse().ok().filter(|_| elapsed_ms >= SLOW_MS);
                self.running = rule.map(|rule| Running { rule, done, of });
            }
            Reply::Result { rule, funded, .. } => {
                if let Ok(rule) = rule.parse() {
                    let outcome = rule_outcome(rule, &funded, &self.proposals, self.currency());
                    self.settle(rule, Ok(outcome));
                }
            }
            Reply::Refused { rule, reason, .. } => {
                if let Ok(rule) = rule.parse() {
                    self.settle(rule, Err(reason));
                }
            }
            Reply::Done { .. } => {
                self.running = None;
                self.is_done = true;
            }
        }
    }

    fn list(&mut self, listing: Listing) {
        self.proposals = listing.proposals();
        self.listing = Some(listing);
    }

    fn settle(&mut self, rule: FundingRule, outcome: Result<RuleOutcome, String>) {
        self.running = None;
        self.by_rule.insert(rule, outcome);
    }

    /// The proposals, in declared order.
    pub fn asking(&self) -> &[Asking] {
        self.listing.as_ref().map_or(&[], |listing| &listing.proposals)
    }

    /// The same, as the rules take them.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// Names of the works that have no cost.
    pub fn without_cost(&self) -> &[String] {
        self.listing.as_ref().map_or(&[], |listing| &listing.without_cost)
    }

    /// The first problems of the file, and how many there are.
    pub fn troubles(&self) -> (&[Trouble], usize) {
        self.listing.as_ref().map_or((&[], 0), |listing| (&listing.troubles, listing.troubles_in_all))
    }

    /// Currency of every amount.
    pub fn currency(&self) -> Currency {
        self.listing.as_ref().map_or(Currency::NONE, Listing::currency)
    }

    /// The money there is.
    pub fn budget(&self) -> Option<Money> {
        let of_file = self.listing.as_ref().and_then(|listing| listing.budget_minor);
        self.asked_minor.or(of_file).map(|minor| Money::new(minor, self.currency()))
    }

    /// The results there are, in the rules' order.
    pub fn outcomes(&self) -> Vec<&RuleOutcome> {
        self.by_rule.values().filter_map(|outcome| outcome.as_ref().ok()).collect()
    }

    /// The result of a rule.
    pub fn outcome(&self, rule: FundingRule) -> Option<&RuleOutcome> {
        self.by_rule.get(&rule)?.as_ref().ok()
    }

    /// Rules that have a column: those with a result, and those that may still have one.
    pub fn columns(&self) -> Vec<FundingRule> {
        let has_column = |rule: &FundingRule| self.by_rule.get(rule).is_none_or(Result::is_ok);
        FundingRule::ALL.into_iter().filter(has_column).collect()
    }

    /// Rules that fund nothing, and the stable name of why.
    pub fn refused(&self) -> Vec<(FundingRule, &str)> {
        let refused = |(rule, outcome): (&FundingRule, _)| match outcome {
            Err(reason) => Some((*rule, String::as_str(reason))),
            Ok(_) => None,
        };
        self.by_rule.iter().map(|(rule, outcome)| (rule, outcome.as_ref())).filter_map(refused).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::funding::Funded;
    use crate::indicators::Given;

    fn question() -> Question {
        let asking = |id: &str, cost_minor| Asking { id: id.into(), name: id.into(), cost_minor, votes: 1 };
        let proposals = vec![asking("well", 70), asking("lamp", 20)];
        let listing = Listing { currency: "PEN".into(), proposals, ..Listing::default() };
        Question { source: Source::Listed(listing), budget_minor: Some(50) }
    }

    fn result(id: u32, rule: FundingRule) -> Reply {
        let funded = Funded {
            full: vec![1],
            partly: Vec::new(),
            spent_minor: 20,
            stuck_minor: 0,
            left_over_minor: 30,
            supporters: None,
            voters: None,
        };
        Reply::Result { id, rule: rule.name().into(), funded }
    }

    #[test]
    fn answers_come_together_in_the_rules_order() {
        let mut answers = Answers::to(3, &question());
        assert_eq!((answers.columns().len(), answers.is_done), (9, false));
        for reply in [
            result(3, FundingRule::Knapsack),
            result(3, FundingRule::VoteOrder),
            result(2, FundingRule::EqualSplit),
            Reply::Refused { id: 3, rule: "phragmen".into(), reason: "ballots-needed".into() },
            Reply::Done { id: 3 },
        ] {
            answers.take(reply);
        }
        let rules: Vec<FundingRule> = answers.outcomes().iter().map(|outcome| outcome.rule).collect();
        assert_eq!(rules, [FundingRule::VoteOrder, FundingRule::Knapsack]);
        assert_eq!(answers.outcomes()[0].given, [Given::Nothing, Given::Full]);
        assert_eq!(answers.refused(), [(FundingRule::Phragmen, "ballots-needed")]);
        assert_eq!((answers.columns().len(), answers.is_done), (8, true));
        assert_eq!(answers.budget(), Some(Money::new(50, Currency::PEN)));
    }

    #[test]
    fn a_bar_is_shown_for_long_waits_only() {
        let mut answers = Answers::to(1, &question());
        let progress =
            |elapsed_ms| Reply::Progress { id: 1, rule: "knapsack".into(), done: 4, of: Some(9), elapsed_ms };
        answers.take(progress(400));
        assert_eq!(answers.running, None);
        answers.take(progress(1_200));
        assert_eq!(answers.running, Some(Running { rule: FundingRule::Knapsack, done: 4, of: Some(9) }));
        answers.take(result(1, FundingRule::Knapsack));
        assert_eq!(answers.running, None);
    }
}
