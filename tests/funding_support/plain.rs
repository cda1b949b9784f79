//! The method of equal shares and its completion once more, written as they are told and without any shortcut: voter by
//! voter, every rate anew each round, every raise of one unit computed from the start.

use num_bigint::BigUint;
use num_rational::Ratio;
use yupay::allocation::funding::{Election, Satisfaction};

pub type Amount = Ratio<BigUint>;

pub fn whole(minor: i64) -> Amount {
    Ratio::from_integer(BigUint::from(minor.unsigned_abs()))
}

/// One entry a voter: what they approve.
pub fn voters(election: &Election) -> Vec<Vec<usize>> {
    let of = |ballot: &yupay::allocation::funding::Ballot| vec![ballot.approves.clone(); ballot.voters as usize];
    election.ballots.iter().flat_map(of).collect()
}

/// What equal shares of `total_minor` buy, in order.
pub fn equal_shares(election: &Election, total_minor: i64, satisfaction: Satisfaction) -> Vec<usize> {
    let voters = voters(election);
    let each = whole(total_minor) / BigUint::from(voters.len());
    let mut held = vec![each; voters.len()];
    let mut bought = Vec::new();
    let backs = |voter: usize, position: usize| voters[voter].contains(&position);
    for position in 0..election.proposals.len() {
        let is_backed = (0..voters.len()).any(|voter| backs(voter, position));
        if election.proposals[position].cost_minor == 0 && is_backed && satisfaction == Satisfaction::Cardinality {
            bought.push(position);
        }
    }
    loop {
        let mut best: Option<(Amount, usize, Amount)> = None;
        for (position, proposal) in election.proposals.iter().enumerate() {
            if bought.contains(&position) || proposal.cost_minor == 0 {
                continue;
            }
            let purses = (0..voters.len()).filter(|&voter| backs(voter, position)).map(|voter| held[voter].clone());
            let Some(price) = price(whole(proposal.cost_minor), purses.collect()) else { continue };
            let rate = match satisfaction {
                Satisfaction::Cardinality => price.clone(),
                Satisfaction::Cost => &price / whole(proposal.cost_minor),
            };
            if best.as_ref().is_none_or(|(least, _, _)| rate < *least) {
                best = Some((rate, position, price));
            }
        }
        let Some((_, position, price)) = best else { return bought };
        for voter in (0..voters.len()).filter(|&voter| backs(voter, position)) {
            held[voter] = if held[voter] > price { &held[voter] - &price } else { whole(0) };
        }
        bought.push(position);
    }
}

/// The amount that, paid by all who hold it and all they hold by the others, makes up the cost.
fn price(cost: Amount, mut purses: Vec<Amount>) -> Option<Amount> {
    purses.sort();
    let mut missing = cost;
    for (poorer, purse) in purses.iter().enumerate() {
        let price = &missing / BigUint::from(purses.len() - poorer);
        if *purse >= price {
            return Some(price);
        }
        missing -= purse;
    }
    None
}

/// Equal shares, every voter given one unit more at a time.
pub fn add_one(election: &Election, budget_minor: i64, satisfaction: Satisfaction) -> Vec<usize> {
    let cost = |works: &[usize]| works.iter().map(|&work| election.proposals[work].cost_minor).sum::<i64>();
    let voters = election.voters() as i64;
    let mut kept = Vec::new();
    for raise in 0..=budget_minor / election.unit_minor {
        let bought = equal_shares(election, budget_minor + raise * voters * election.unit_minor, satisfaction);
        if cost(&bought) > budget_minor {
            break;
        }
        let left = budget_minor - cost(&bought);
        let others = (0..election.proposals.len()).filter(|position| !bought.contains(position));
        let is_exhaustive = others.into_iter().all(|other| election.proposals[other].cost_minor > left);
        kept = bought;
        if is_exhaustive {
            break;
        }
    }
    kept
}
