//! What was proposed, what it costs, and who backs it.

use std::collections::{BTreeMap, BTreeSet};

use super::FundingError;

/// A proposal that may be funded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Code.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it costs the fund, in minor units.
    pub cost_minor: i64,
    /// How many voters approve it, or the votes that were counted where nobody published who voted for what.
    pub votes: u64,
}

/// Voters who approve the same proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// How many voters cast it.
    pub voters: u64,
    /// Positions of the proposals approved, in any order.
    pub approves: Vec<usize>,
}

/// Proposals in declared order, which breaks ties, with the ballots where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// The proposals; the earlier of two tied ones goes first.
    pub proposals: Vec<Proposal>,
    /// Who approves what; empty where only the votes are known.
    pub ballots: Vec<Ballot>,
    /// Minor units in one whole unit of the currency, such as 100 céntimos: the step by which completion raises what a voter
    /// holds.
    pub unit_minor: i64,
}

impl Election {
    /// Whether anybody's ballot is known.
    pub fn has_ballots(&self) -> bool {
        self.voters() > 0
    }

    /// Voters whose ballots are known, those who approve of nothing included.
    pub fn voters(&self) -> u64 {
        self.ballots.iter().fold(0u64, |sum, ballot| sum.saturating_add(ballot.voters))
    }

    /// Voters with at least one of `chosen` on their ballot; `None` where no ballots are known.
    pub fn supporters(&self, chosen: &[usize]) -> Option<u64> {
        let chosen: BTreeSet<usize> = chosen.iter().copied().collect();
        let backs = |ballot: &&Ballot| ballot.approves.iter().any(|position| chosen.contains(position));
        self.has_ballots()
            .then(|| self.ballots.iter().filter(backs).fold(0u64, |sum, ballot| sum.saturating_add(ballot.voters)))
    }

    /// Equal ballots put together, each with its proposals once and in order; ballots of nobody or of nothing left out.
    pub(super) fn groups(&self) -> Vec<Ballot> {
        let mut voters_by_set: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        for ballot in self.ballots.iter().filter(|ballot| ballot.voters > 0) {
            let set: BTreeSet<usize> = ballot.approves.iter().copied().collect();
            if !set.is_empty() {
                let voters = voters_by_set.entry(set.into_iter().collect()).or_default();
                *voters = voters.saturating_add(ballot.voters);
            }
        }
        voters_by_set.into_iter().map(|(approves, voters)| Ballot { voters, approves }).collect()
    }

    /// Refuses what no rule can work with, so that the rules need not ask.
    pub(super) fn check(&self, budget_minor: i64) -> Result<(), FundingError> {
        if budget_minor < 0 {
            return Err(FundingError::NegativeBudget { minor: budget_minor });
        }
        if self.unit_minor < 1 {
            return Err(FundingError::NoUnit);
        }
        if let Some(position) = self.proposals.iter().position(|proposal| proposal.cost_minor < 0) {
            return Err(FundingError::NegativeCost { position });
        }
        let known = self.proposals.len();
        let mut approved = self.ballots.iter().flat_map(|ballot| &ballot.approves);
        match approved.find(|position| **position >= known) {
            Some(&position) => Err(FundingError::UnknownProposal { position }),
            None => Ok(()),
        }
    }

    pub(super) fn cost(&self, position: usize) -> i64 {
        self.proposals.get(position).map_or(0, |proposal| proposal.cost_minor)
    }
}
