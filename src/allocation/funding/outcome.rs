//! What a rule funds, why it may not, and how far it is.

use std::ops::ControlFlow;

use thiserror::Error;

use super::{Election, FundingRule};

/// What a budget carries: `spent + stuck + left_over` is the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funded {
    /// Positions of the works funded in full, in declared order.
    pub full: Vec<usize>,
    /// Positions and amounts (minor units) of works that get something and cannot be finished with it, in declared order.
    pub partly: Vec<(usize, i64)>,
    /// What the works funded in full cost, in minor units.
    pub spent_minor: i64,
    /// Money in works that cannot be finished, in minor units.
    pub stuck_minor: i64,
    /// The rest, money above a work's cost included, in minor units.
    pub left_over_minor: i64,
    /// Voters with at least one whole work of those they approve; `None` where no ballots are known.
    pub supporters: Option<u64>,
    /// Voters whose ballots are known; `None` where none are.
    pub voters: Option<u64>,
}

impl Funded {
    /// The outcome of a rule that funds works in full or not at all. What `chosen` costs is within the budget.
    pub(super) fn in_full(election: &Election, budget_minor: i64, chosen: Vec<usize>) -> Self {
        Self::new(election, budget_minor, chosen, Vec::new())
    }

    /// The outcome of a rule that gives every proposal an amount, finished with it or not. The amounts total the budget.
    pub(super) fn of_amounts(election: &Election, budget_minor: i64, amounts: &[i64]) -> Self {
        let with_costs = || amounts.iter().zip(&election.proposals).enumerate();
        let full = with_costs().filter(|(_, (amount, proposal))| **amount >= proposal.cost_minor);
        let partly = with_costs().filter(|(_, (amount, proposal))| **amount < proposal.cost_minor && **amount > 0);
        let partly = partly.map(|(position, (amount, _))| (position, *amount)).collect();
        Self::new(election, budget_minor, full.map(|(position, _)| position).collect(), partly)
    }

    fn new(election: &Election, budget_minor: i64, mut full: Vec<usize>, partly: Vec<(usize, i64)>) -> Self {
        full.sort_unstable();
        let spent_minor: i64 = full.iter().map(|&position| election.cost(position)).sum();
        let stuck_minor: i64 = partly.iter().map(|(_, amount)| amount).sum();
        Self {
            spent_minor,
            stuck_minor,
            left_over_minor: budget_minor - spent_minor - stuck_minor,
            supporters: election.supporters(&full),
            voters: election.has_ballots().then(|| election.voters()),
            full,
            partly,
        }
    }
}

/// How far a long computation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps there are in all, where that is known before the end.
    pub of: Option<u64>,
}

/// Who is told of progress, and may stop a rule by breaking.
pub type Watch<'w> = dyn FnMut(Progress) -> ControlFlow<()> + 'w;

/// Why a rule funds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FundingError {
    /// The rule goes by who approves what, and only the votes are known.
    #[error("{rule} goes by the ballots, and there are none")]
    BallotsNeeded {
        /// The rule.
        rule: FundingRule,
    },
    /// Nobody voted, so the votes give no proportion.
    #[error("no votes to go by")]
    NoVotes,
    /// No proposals to give the money to.
    #[error("no proposals")]
    NoProposals,
    /// The budget is below zero.
    #[error("a budget of {minor} minor units is below zero")]
    NegativeBudget {
        /// The budget.
        minor: i64,
    },
    /// A proposal's cost is below zero.
    #[error("the cost of proposal {position} is below zero")]
    NegativeCost {
        /// Which, counted from zero.
        position: usize,
    },
    /// A ballot names a proposal that is not there.
    #[error("a ballot names proposal {position}, which is not there")]
    UnknownProposal {
        /// The position named, counted from zero.
        position: usize,
    },
    /// The currency's whole unit is not a positive number of minor units.
    #[error("the currency's unit is not a positive number of minor units")]
    NoUnit,
    /// Numbers that the exact arithmetic does not hold.
    #[error("numbers too large for exact arithmetic")]
    TooLarge,
    /// Whoever watched stopped it.
    #[error("stopped before the end")]
    Stopped {
        /// The best set found so far, in declared order: not a result, since a better one may exist.
        best: Vec<usize>,
    },
    /// More combinations than can be held at once.
    #[error("more than {states} combinations to compare")]
    TooLong {
        /// How many are held at most.
        states: usize,
        /// The best set found so far, in declared order: not a result, since a better one may exist.
        best: Vec<usize>,
    },
}
