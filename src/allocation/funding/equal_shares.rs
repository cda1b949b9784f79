//! Method of equal shares: every voter holds the same part of the budget, and pays only for what they approve.
//!
//! Each round funds the work that gives its backers the most satisfaction for what each of them pays, where backers who
//! cannot pay the full part give all that they still hold. It ends when no group of backers can pay for a work.
//! (Peters, Pierczyński and Skowron 2021; ties by declared order.) Money that no group can use stays unspent, by design.
//!
//! Voters with the same ballot always hold the same, so they are one [`Holdings`] entry; all are held over one common
//! denominator, so that nothing is reduced or rounded.

use std::ops::ControlFlow;

use num_bigint::BigUint;

use super::backing::Backing;
use super::fraction::common_divisor;
use super::{Election, Fraction, FundingError, Progress, Satisfaction, Watch};

/// A work that its backers paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The work.
    pub position: usize,
    /// What each backer pays, in minor units; one who holds less pays all they hold.
    pub each_pays: Fraction,
    /// What each pays for one unit of satisfaction: the work with the least goes first.
    pub rate: Fraction,
}

/// The works that equal shares of `budget_minor` pay for, in the order in which they are bought.
///
/// # Errors
/// [`FundingError`]: an election that makes no sense, or without ballots.
pub fn purchases(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
) -> Result<Vec<Purchase>, FundingError> {
    election.check(budget_minor)?;
    let market = Market::new(election, satisfaction);
    market.buy(market.equal_holdings(budget_minor, 0), &mut |_progress| ControlFlow::Continue(()))
}

/// Who backs what, and what each work is worth: what stays the same while money moves.
pub(super) struct Market<'e> {
    election: &'e Election,
    satisfaction: Satisfaction,
    backing: Backing,
}

/// What one voter of each group holds, in parts of a minor unit.
pub(super) struct Holdings {
    parts_in_a_minor_unit: BigUint,
    parts: Vec<BigUint>,
}

/// What each backer who can must pay, as a fraction of [`Holdings`]' parts.
struct Price {
    parts: BigUint,
    payers: u64,
}

impl<'e> Market<'e> {
    pub(super) fn new(election: &'e Election, satisfaction: Satisfaction) -> Self {
        Self { election, satisfaction, backing: Backing::new(election) }
    }

    /// The same part of the budget for every voter, and `raise_minor` more for each.
    pub(super) fn equal_holdings(&self, budget_minor: i64, raise_minor: i64) -> Holdings {
        let voters = self.election.voters().max(1);
        let parts = BigUint::from(budget_minor.unsigned_abs()) + BigUint::from(raise_minor.unsigned_abs()) * voters;
        Holdings { parts_in_a_minor_unit: BigUint::from(voters), parts: vec![parts; self.backing.voters.len()] }
    }

    /// Works that cost nothing and that somebody approves: bought before any money moves. A work without a cost gives no
    /// satisfaction where satisfaction is the cost.
    pub(super) fn free(&self) -> Vec<usize> {
        let is_free = |position: &usize| self.election.cost(*position) == 0 && self.is_backed(*position);
        match self.satisfaction {
            Satisfaction::Cardinality => (0..self.election.proposals.len()).filter(is_free).collect(),
            Satisfaction::Cost => Vec::new(),
        }
    }

    fn is_backed(&self, position: usize) -> bool {
        !self.backing.groups(position).is_empty()
    }

    /// Buys until nothing can be bought.
    pub(super) fn buy(&self, mut holdings: Holdings, watch: &mut Watch<'_>) -> Result<Vec<Purchase>, FundingError> {
        let mut bought: Vec<Purchase> = Vec::new();
        let mut offers = self.offers();
        loop {
            let done = u64::try_from(bought.len()).unwrap_or(u64::MAX);
            if watch(Progress { done, of: u64::try_from(self.election.proposals.len()).ok() }).is_break() {
                return Err(FundingError::Stopped { best: bought.iter().map(|purchase| purchase.position).collect() });
            }
            let Some((purchase, price)) = self.best(&mut offers, &holdings) else { return Ok(bought) };
            self.pay(&mut holdings, purchase.position, &price);
            offers.retain(|offer| offer.position != purchase.position);
            bought.push(purchase);
        }
    }

    /// Buys what was bought with less money, if for every amount between it is certain that the same would be bought.
    ///
    /// While the works bought are the same, more money at the start means that every voter holds at least as much before
    /// every round, so no rate rises. So a work that was bought at a rate below all that the others reach with more money is
    /// bought with every amount between; and what cannot be paid for at the end with more money cannot with less.
    pub(super) fn buy_alike(&self, mut holdings: Holdings, before: &[Purchase]) -> Option<Vec<Purchase>> {
        let mut bought = Vec::with_capacity(before.len());
        let mut offers = self.offers();
        for earlier in before {
            offers.retain(|offer| offer.position != earlier.position);
            if self.is_overtaken(&mut offers, &holdings, earlier) {
                return None;
            }
            let price = self.price(&holdings, earlier.position)?;
            bought.push(self.purchase(&holdings, earlier.position, &price));
            self.pay(&mut holdings, earlier.position, &price);
        }
        let nothing_more = offers.iter().all(|offer| self.price(&holdings, offer.position).is_none());
        nothing_more.then_some(bought)
    }

    /// Whether an offer might be bought before `wanted` is; offers that nobody can pay any more are taken out.
    fn is_overtaken(&self, offers: &mut Vec<Offer>, holdings: &Holdings, wanted: &Purchase) -> bool {
        let mut overtaken = false;
        offers.retain_mut(|offer| {
            let is_ahead = |rate: &Fraction| rate.cmp(&wanted.rate).then(offer.position.cmp(&wanted.position)).is_lt();
            if overtaken || !is_ahead(&offer.rate_at_least) {
                return true;
            }
            let Some(price) = self.price(holdings, offer.position) else { return false };
            let rate = self.rate(holdings, offer.position, &price);
            overtaken = is_ahead(&rate);
            offer.rate_at_least = rate;
            true
        });
        overtaken
    }

    fn offers(&self) -> Vec<Offer> {
        let for_sale = |position: &usize| self.election.cost(*position) > 0 && self.is_backed(*position);
        (0..self.election.proposals.len()).filter(for_sale).map(Offer::unknown).collect()
    }

    /// The work bought next; offers that nobody can pay any more are taken out.
    fn best(&self, offers: &mut Vec<Offer>, holdings: &Holdings) -> Option<(Purchase, Price)> {
        // Rates only rise as money goes, so the last known one is the least it can be now.
        offers.sort_by(|left, right| {
            left.rate_at_least.cmp(&right.rate_at_least).then(left.position.cmp(&right.position))
        });
        let mut best: Option<(Purchase, Price)> = None;
        let mut unaffordable = Vec::new();
        for offer in offers.iter_mut() {
            if best.as_ref().is_some_and(|(best, _)| offer.rate_at_least > best.rate) {
                break;
            }
            let Some(price) = self.price(holdings, offer.position) else {
                unaffordable.push(offer.position);
                continue;
            };
            let purchase = self.purchase(holdings, offer.position, &price);
            offer.rate_at_least = purchase.rate.clone();
            let is_better = best.as_ref().is_none_or(|(best, _)| {
                purchase.rate.cmp(&best.rate).then(purchase.position.cmp(&best.position)).is_lt()
            });
            if is_better {
                best = Some((purchase, price));
            }
        }
        offers.retain(|offer| !unaffordable.contains(&offer.position));
        best
    }

    /// What each backer pays so that the work's cost comes together, those who hold less paying all they hold; `None` where
    /// they cannot.
    fn price(&self, holdings: &Holdings, position: usize) -> Option<Price> {
        let mut payers: Vec<(u64, &BigUint)> = Vec::new();
        for &group in self.backing.groups(position) {
            payers.push((*self.backing.voters.get(group)?, holdings.parts.get(group)?));
        }
        let mut missing = BigUint::from(self.election.cost(position).unsigned_abs()) * &holdings.parts_in_a_minor_unit;
        loop {
            let voters: u64 = payers.iter().map(|(voters, _)| voters).sum();
            if voters == 0 {
                return None;
            }
            // Whole parts: one who holds less than this holds less than the exact price.
            let at_least = (&missing + (voters - 1)) / voters;
            let before = payers.len();
            let mut given = BigUint::ZERO;
            payers.retain(|(voters, held)| {
                let can_pay = **held >= at_least;
                if !can_pay {
                    given += *held * *voters;
                }
                can_pay
            });
            if payers.len() == before {
                return Some(Price { parts: missing, payers: voters });
            }
            missing -= given;
        }
    }

    fn purchase(&self, holdings: &Holdings, position: usize, price: &Price) -> Purchase {
        let each_pays = Fraction::new(price.parts.clone(), &holdings.parts_in_a_minor_unit * price.payers);
        Purchase { position, each_pays, rate: self.rate(holdings, position, price) }
    }

    fn rate(&self, holdings: &Holdings, position: usize, price: &Price) -> Fraction {
        let satisfaction = match self.satisfaction {
            Satisfaction::Cardinality => 1,
            Satisfaction::Cost => self.election.cost(position).unsigned_abs(),
        };
        Fraction::new(price.parts.clone(), &holdings.parts_in_a_minor_unit * price.payers * satisfaction)
    }

    fn pay(&self, holdings: &mut Holdings, position: usize, price: &Price) {
        let shared = common_divisor(&price.parts, price.payers);
        let finer = price.payers / shared;
        let each = &price.parts / shared;
        holdings.parts_in_a_minor_unit *= finer;
        for held in &mut holdings.parts {
            *held *= finer;
        }
        for &group in self.backing.groups(position) {
            if let Some(held) = holdings.parts.get_mut(group) {
                *held = if *held > each { &*held - &each } else { BigUint::ZERO };
            }
        }
    }
}

/// A work for sale, with the least that it can cost for a unit of satisfaction.
struct Offer {
    position: usize,
    rate_at_least: Fraction,
}

impl Offer {
    fn unknown(position: usize) -> Self {
        Self { position, rate_at_least: Fraction::new(BigUint::ZERO, BigUint::from(1u8)) }
    }
}
