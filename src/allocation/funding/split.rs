//! An amount for every proposal, whether or not the work can be finished with it.

use std::cmp::Reverse;

use super::{Election, FundingError};

/// The same for each.
pub(super) fn equally(election: &Election, budget_minor: i64) -> Result<Vec<i64>, FundingError> {
    shared(election, budget_minor, &vec![1; election.proposals.len()])
}

/// In proportion to the votes.
pub(super) fn by_votes(election: &Election, budget_minor: i64) -> Result<Vec<i64>, FundingError> {
    let votes: Vec<u64> = election.proposals.iter().map(|proposal| proposal.votes).collect();
    shared(election, budget_minor, &votes)
}

/// Whole minor units in proportion to `shares`, by largest remainder and in declared order where remainders tie.
///
/// The units that the whole parts leave over go to works short of their cost before all others: a work that is paid for has
/// no use for them, and one céntimo may finish another. Each amount is within one unit of its exact part either way.
fn shared(election: &Election, budget_minor: i64, shares: &[u64]) -> Result<Vec<i64>, FundingError> {
    if election.proposals.is_empty() {
        return Err(FundingError::NoProposals);
    }
    let total: u128 = shares.iter().map(|&share| u128::from(share)).sum();
    if total == 0 {
        return Err(FundingError::NoVotes);
    }
    let mut amounts = Vec::with_capacity(shares.len());
    let mut order = Vec::with_capacity(shares.len());
    for (position, &share) in shares.iter().enumerate() {
        // 63 bits times 64: always within 128.
        let product = u128::from(budget_minor.unsigned_abs()) * u128::from(share);
        // A part is never above the whole, which is an i64.
        let amount = i64::try_from(product / total).map_err(|_too_large| FundingError::TooLarge)?;
        let remainder = product % total;
        order.push((amount >= election.cost(position), Reverse(remainder), position));
        amounts.push(amount);
    }
    let left = budget_minor - amounts.iter().sum::<i64>();
    // A part that is exact takes no unit more: with no remainder it would leave its quota.
    order.retain(|(_, Reverse(remainder), _)| *remainder > 0);
    order.sort_unstable();
    for &(_, _, position) in order.iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some(amount) = amounts.get_mut(position) {
            *amount += 1;
        }
    }
    Ok(amounts)
}

#[cfg(test)]
mod tests {
    use super::super::Proposal;
    use super::*;

    fn check(budget_minor: i64, costs_and_votes: &[(i64, u64)], expected: &[i64]) {
        let proposals = costs_and_votes.iter().map(|&(cost_minor, votes)| {
            let name = String::new();
            Proposal { id: name.clone(), name, cost_minor, votes }
        });
        let election = Election { proposals: proposals.collect(), ballots: Vec::new(), unit_minor: 1 };
        assert_eq!(by_votes(&election, budget_minor).unwrap(), expected, "{budget_minor} over {costs_and_votes:?}");
    }

    #[test]
    fn units_left_over_go_by_remainder_then_in_declared_order() {
        check(1000, &[(9999, 1), (9999, 1), (9999, 1)], &[334, 333, 333]);
        check(11, &[(99, 6), (99, 6), (99, 2)], &[5, 5, 1]);
        check(0, &[(99, 1)], &[0]);
    }

    #[test]
    fn a_work_that_is_paid_for_leaves_the_unit_to_one_that_is_not() {
        // Exact parts 33.33 each: the first has cost enough with 33, the others are short.
        check(100, &[(33, 1), (99, 1), (34, 1)], &[33, 34, 33]);
        check(100, &[(33, 1), (33, 1), (34, 1)], &[33, 33, 34]);
        check(100, &[(33, 1), (33, 1), (33, 1)], &[34, 33, 33]);
    }
}
