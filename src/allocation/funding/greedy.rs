//! Most satisfaction for each unit of money first.

use std::cmp::Ordering;

use super::{Election, Proposal, Satisfaction};

/// Adds to `chosen` what still fits, the most satisfaction per cost first, skipping what does not fit.
///
/// Each work counts its votes, so under [`Satisfaction::Cardinality`] this is votes per sol, and under
/// [`Satisfaction::Cost`] (votes times cost, per sol) it is plain vote order. A work that costs nothing and has votes goes
/// first under the one and gives no satisfaction under the other, as in pabutools.
pub(super) fn complete(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
    mut chosen: Vec<usize>,
) -> Vec<usize> {
    let mut left = budget_minor - chosen.iter().map(|&position| election.cost(position)).sum::<i64>();
    for (position, proposal) in order(election, satisfaction) {
        if proposal.cost_minor <= left && !chosen.contains(&position) {
            left -= proposal.cost_minor;
            chosen.push(position);
        }
    }
    chosen
}

/// All proposals, the most satisfaction per cost first.
pub(super) fn order(election: &Election, satisfaction: Satisfaction) -> Vec<(usize, &Proposal)> {
    let mut order: Vec<(usize, &Proposal)> = election.proposals.iter().enumerate().collect();
    // A stable sort, so that ties stay in declared order.
    order.sort_by(|(_, left), (_, right)| match satisfaction {
        Satisfaction::Cardinality => by_votes_per_cost(left, right),
        Satisfaction::Cost => worth(right).cmp(&worth(left)),
    });
    order
}

/// Votes over cost, the higher first, compared across: neither is divided. Votes over a cost of zero are the highest there are.
fn by_votes_per_cost(left: &Proposal, right: &Proposal) -> Ordering {
    let no_votes_last = (left.votes == 0).cmp(&(right.votes == 0));
    let across = |votes: u64, cost_minor: i64| i128::from(votes).saturating_mul(i128::from(cost_minor));
    no_votes_last.then_with(|| across(right.votes, left.cost_minor).cmp(&across(left.votes, right.cost_minor)))
}

/// Votes times cost over cost: the votes, and nothing where there is no cost.
fn worth(proposal: &Proposal) -> u64 {
    if proposal.cost_minor == 0 { 0 } else { proposal.votes }
}
