//! Most votes first.

use std::cmp::Reverse;

use super::Election;

/// Funds by votes and skips what does not fit. A proposal without votes comes last, and is funded where it fits.
pub(super) fn skipping(election: &Election, budget_minor: i64) -> Vec<usize> {
    let mut left = budget_minor;
    let mut chosen = Vec::new();
    for position in by_votes(election) {
        if election.cost(position) <= left {
            left -= election.cost(position);
            chosen.push(position);
        }
    }
    chosen
}

/// Funds by votes until the first that does not fit.
pub(super) fn stopping(election: &Election, budget_minor: i64) -> Vec<usize> {
    let mut left = budget_minor;
    let fits = |position: &usize| {
        left = left.saturating_sub(election.cost(*position));
        left >= 0
    };
    by_votes(election).into_iter().take_while(fits).collect()
}

fn by_votes(election: &Election) -> Vec<usize> {
    let mut order: Vec<usize> = (0..election.proposals.len()).collect();
    // A stable sort, so that ties stay in declared order.
    order.sort_by_key(|&position| Reverse(election.proposals.get(position).map_or(0, |proposal| proposal.votes)));
    order
}
