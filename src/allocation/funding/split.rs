//! An amount for every proposal, whether or not the work can be finished with it.

use super::{Election, FundingError};
use crate::allocation::{ApportionError, apportion};

/// The same for each; minor units that are over go to the first ones.
pub(super) fn equally(election: &Election, budget_minor: i64) -> Result<Vec<i64>, FundingError> {
    shared(election, budget_minor, &vec![1; election.proposals.len()])
}

/// In proportion to the votes, by largest remainder.
pub(super) fn by_votes(election: &Election, budget_minor: i64) -> Result<Vec<i64>, FundingError> {
    let votes: Vec<i128> = election.proposals.iter().map(|proposal| i128::from(proposal.votes)).collect();
    shared(election, budget_minor, &votes)
}

fn shared(election: &Election, budget_minor: i64, shares: &[i128]) -> Result<Vec<i64>, FundingError> {
    if election.proposals.is_empty() {
        return Err(FundingError::NoProposals);
    }
    apportion(budget_minor, shares).map_err(|error| match error {
        ApportionError::NoShares => FundingError::NoVotes,
        ApportionError::NegativeShare | ApportionError::Overflow => FundingError::TooLarge,
    })
}
