//! What has come of a question so far.

use std::collections::BTreeMap;

use super::listing::Listing;
use crate::allocation::funding::{Election, Funded, FundingRule, Progress};
use crate::dataset::Problem;
use crate::indicators::{RuleOutcome, rule_outcome};
use crate::money::{Currency, Money};

/// A wait shorter than this needs no bar, in milliseconds.
const SLOW_MS: u64 = 1_000;

/// The answers to one question. Rules that are not among them have not answered yet.
#[derive(Debug, Clone)]
pub(super) struct Answers {
    /// The proposals, and the ballots where they are known.
    pub election: Election,
    /// The same and what could not be taken, as it was found.
    pub listing: Listing,
    /// The money there is.
    pub budget: Option<Money>,
    /// What was wrong with the file.
    pub problems: Vec<Problem>,
    /// A result, or the stable name of why there is none.
    pub by_rule: BTreeMap<FundingRule, Result<RuleOutcome, &'static str>>,
    /// The rule at work, where it takes long enough to say so, and how far it is.
    pub running: Option<(FundingRule, Progress)>,
    /// Whether all rules have answered.
    pub is_done: bool,
}

impl Answers {
    /// None yet.
    pub fn to(election: Election, listing: Listing, budget_minor: Option<i64>, problems: Vec<Problem>) -> Self {
        let budget = budget_minor.map(|minor| Money::new(minor, listing.currency()));
        Self { election, listing, budget, problems, by_rule: BTreeMap::new(), running: None, is_done: false }
    }

    /// A rule has answered.
    pub fn settle(&mut self, rule: FundingRule, outcome: Result<Funded, &'static str>) {
        let of = |funded: Funded| rule_outcome(rule, &funded, &self.election.proposals, self.currency());
        let outcome = outcome.map(of);
        self.by_rule.insert(rule, outcome);
        self.running = None;
    }

    /// A rule is still at it, for so long.
    pub fn go_on(&mut self, rule: FundingRule, progress: Progress, elapsed_ms: u64) {
        self.running = (elapsed_ms >= SLOW_MS).then_some((rule, progress));
    }

    /// Currency of every amount.
    pub fn currency(&self) -> Currency {
        self.listing.currency()
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
    pub fn refused(&self) -> Vec<(FundingRule, &'static str)> {
        let mut refused = Vec::new();
        for (rule, outcome) in &self.by_rule {
            if let Err(reason) = outcome {
                refused.push((*rule, *reason));
            }
        }
        refused
    }
}
