//! The rules by name, and the choices within them.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// How proposals are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FundingRule {
    /// Most votes first; what does not fit is skipped. The municipal habit.
    VoteOrder,
    /// Most votes first; ends at the first that does not fit.
    VoteOrderStop,
    /// The same amount for each proposal ("fifth plague").
    EqualSplit,
    /// An amount in proportion to the votes.
    MoneyByVotes,
    /// The set with the most votes that the budget can pay.
    Knapsack,
    /// Most satisfaction for each sol first; what does not fit is skipped.
    GreedyPerCost,
    /// Method of equal shares: each voter holds the same part of the budget and pays only for what they approve.
    EqualShares,
    /// Equal shares, and then more until the budget is used ([`Completion`]).
    EqualSharesCompleted,
    /// Phragmén's sequential rule: the load of what is funded is spread over those who approve it as evenly as can be.
    Phragmen,
}

impl FundingRule {
    /// Every rule, from the habits to the proportional ones.
    pub const ALL: [Self; 9] = [
        Self::VoteOrder,
        Self::VoteOrderStop,
        Self::EqualSplit,
        Self::MoneyByVotes,
        Self::Knapsack,
        Self::GreedyPerCost,
        Self::EqualShares,
        Self::EqualSharesCompleted,
        Self::Phragmen,
    ];

    /// The name used in links, commands and language keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::VoteOrder => "vote-order",
            Self::VoteOrderStop => "vote-order-stop",
            Self::EqualSplit => "equal-split",
            Self::MoneyByVotes => "money-by-votes",
            Self::Knapsack => "knapsack",
            Self::GreedyPerCost => "greedy-per-cost",
            Self::EqualShares => "equal-shares",
            Self::EqualSharesCompleted => "equal-shares-completed",
            Self::Phragmen => "phragmen",
        }
    }

    /// Whether the votes alone do not say what it funds.
    pub fn needs_ballots(self) -> bool {
        matches!(self, Self::EqualShares | Self::EqualSharesCompleted | Self::Phragmen)
    }

    /// Whether [`Satisfaction`] changes what it funds.
    pub fn weighs_satisfaction(self) -> bool {
        matches!(self, Self::Knapsack | Self::GreedyPerCost | Self::EqualShares | Self::EqualSharesCompleted)
    }
}

/// What a funded work is worth to one who approves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Satisfaction {
    /// One, whatever it costs.
    #[default]
    Cardinality,
    /// What it costs.
    Cost,
}

impl Satisfaction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cardinality, Self::Cost];

    /// The name used in links and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cardinality => "cardinality",
            Self::Cost => "cost",
        }
    }
}

/// How equal shares go on when money is left that no group can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Completion {
    /// Every voter holds one whole unit of the currency more, and the rule starts anew; repeated until what it funds would
    /// cost more than the budget (the last that does not, counts) or nothing is left that would fit. In the public name, add1.
    #[default]
    AddOne,
    /// What still fits is funded as the greedy rule would.
    Greedy,
}

impl Completion {
    /// Both.
    pub const ALL: [Self; 2] = [Self::AddOne, Self::Greedy];

    /// The name used in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::AddOne => "add-one",
            Self::Greedy => "greedy",
        }
    }
}

/// A rule with every choice within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// The rule.
    pub rule: FundingRule,
    /// Used where [`FundingRule::weighs_satisfaction`].
    pub satisfaction: Satisfaction,
    /// Used by [`FundingRule::EqualSharesCompleted`].
    pub completion: Completion,
}

/// A text that names none of the choices there are.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is none of {known}")]
pub struct UnknownName {
    /// What was read.
    pub text: String,
    /// What can be written, with commas.
    pub known: String,
}

fn find<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, UnknownName> {
    all.iter().copied().find(|&choice| name(choice) == text).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|&choice| name(choice)).collect();
        UnknownName { text: text.to_owned(), known: known.join(", ") }
    })
}

impl FromStr for FundingRule {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find(text, &Self::ALL, Self::name)
    }
}

impl FromStr for Satisfaction {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find(text, &Self::ALL, Self::name)
    }
}

impl FromStr for Completion {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find(text, &Self::ALL, Self::name)
    }
}

impl fmt::Display for FundingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for rule in FundingRule::ALL {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for satisfaction in Satisfaction::ALL {
            assert_eq!(satisfaction.name().parse(), Ok(satisfaction));
        }
        let error = "add1".parse::<Completion>().unwrap_err();
        assert_eq!(error.to_string(), "\"add1\" is none of add-one, greedy");
    }
}
