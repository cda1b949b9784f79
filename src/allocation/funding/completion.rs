//! Equal shares, gone on with until the budget is used.

use super::equal_shares::{Market, Purchase};
use super::{Completion, Election, FundingError, Progress, Satisfaction, Watch, greedy};

/// The works that equal shares fund, and no more.
pub(super) fn equal_shares(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
    watch: &mut Watch<'_>,
) -> Result<Vec<usize>, FundingError> {
    let market = Market::new(election, satisfaction);
    let bought = market.buy(market.equal_holdings(budget_minor, 0), watch)?;
    Ok(works(&market, &bought))
}

/// The works that equal shares fund with a completion.
pub(super) fn completed(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
    completion: Completion,
    watch: &mut Watch<'_>,
) -> Result<Vec<usize>, FundingError> {
    match completion {
        Completion::AddOne => add_one(election, budget_minor, satisfaction, watch),
        Completion::Greedy => {
            let chosen = equal_shares(election, budget_minor, satisfaction, watch)?;
            Ok(greedy::complete(election, budget_minor, satisfaction, chosen))
        }
    }
}

/// Equal shares of more and more: every voter holds one whole unit of the currency more at a time, until what is bought
/// would cost more than the budget, or nothing is left that would fit into it. As pabutools' `exhaustion_by_budget_increase`
/// with a step of one unit a voter, which also ends when every voter has been given the whole budget on top.
///
/// Most raises change nothing. Where [`Market::buy_alike`] can tell, several are taken at once: twice as many after each
/// success, half as many after each failure.
fn add_one(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
    watch: &mut Watch<'_>,
) -> Result<Vec<usize>, FundingError> {
    let market = Market::new(election, satisfaction);
    let last_raise = budget_minor / election.unit_minor;
    let mut raises = 0i64;
    let mut at_once = 1i64;
    let mut bought = market.buy(market.equal_holdings(budget_minor, 0), watch)?;
    let mut chosen = works(&market, &bought);
    while !is_exhaustive(election, budget_minor, &chosen) && raises < last_raise {
        if watch(Progress { done: raises.unsigned_abs(), of: None }).is_break() {
            chosen.sort_unstable();
            return Err(FundingError::Stopped { best: chosen });
        }
        at_once = at_once.min(last_raise - raises).max(1);
        let raise_minor = (raises + at_once).checked_mul(election.unit_minor).ok_or(FundingError::TooLarge)?;
        let holdings = market.equal_holdings(budget_minor, raise_minor);
        if let Some(alike) = market.buy_alike(holdings, &bought) {
            bought = alike;
            raises += at_once;
            at_once = at_once.saturating_mul(2);
        } else if at_once > 1 {
            at_once /= 2;
        } else {
            bought = market.buy(market.equal_holdings(budget_minor, raise_minor), watch)?;
            let wanted = works(&market, &bought);
            if left(election, budget_minor, &wanted) < 0 {
                return Ok(chosen);
            }
            chosen = wanted;
            raises += 1;
        }
    }
    Ok(chosen)
}

fn works(market: &Market<'_>, bought: &[Purchase]) -> Vec<usize> {
    let mut works = market.free();
    works.extend(bought.iter().map(|purchase| purchase.position));
    works
}

fn left(election: &Election, budget_minor: i64, chosen: &[usize]) -> i128 {
    i128::from(budget_minor) - chosen.iter().map(|&position| i128::from(election.cost(position))).sum::<i128>()
}

/// Whether no other proposal fits into what is left.
fn is_exhaustive(election: &Election, budget_minor: i64, chosen: &[usize]) -> bool {
    let left = left(election, budget_minor, chosen);
    let mut others = (0..election.proposals.len()).filter(|position| !chosen.contains(position));
    others.all(|position| i128::from(election.cost(position)) > left)
}
