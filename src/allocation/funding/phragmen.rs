//! Phragmén's sequential rule: what each work costs is a load that those who approve it carry together.
//!
//! Each round funds the work after which the load of its backers, made equal among them, is the least. It ends at the first
//! work that does not fit: with it, one tied with it. (Los, Christoff and Grossi 2022; as pabutools' `sequential_phragmen`.)
//! A work without backers comes after all others, and is funded only where all such works that are left fit one by one.

use std::ops::ControlFlow;

use num_bigint::BigUint;

use super::backing::Backing;
use super::fraction::common_divisor;
use super::{Election, Fraction, FundingError, Progress, Watch};

/// A work funded, with the load that each of its backers then carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loading {
    /// The work.
    pub position: usize,
    /// Minor units that each backer carries after it; `None` where nobody backs it.
    pub load: Option<Fraction>,
}

/// The works that the rule funds with `budget_minor`, in the order in which it does.
///
/// # Errors
/// [`FundingError`]: an election that makes no sense.
pub fn loadings(election: &Election, budget_minor: i64) -> Result<Vec<Loading>, FundingError> {
    election.check(budget_minor)?;
    fund(election, budget_minor, &mut |_progress| ControlFlow::Continue(()))
}

pub(super) fn fund(
    election: &Election,
    budget_minor: i64,
    watch: &mut Watch<'_>,
) -> Result<Vec<Loading>, FundingError> {
    let mut carriers = Carriers::new(election);
    let mut left = budget_minor;
    let mut funded: Vec<Loading> = Vec::new();
    let mut waiting: Vec<usize> = (0..election.proposals.len()).filter(|&at| election.cost(at) <= left).collect();
    while !waiting.is_empty() {
        let done = u64::try_from(funded.len()).unwrap_or(u64::MAX);
        if watch(Progress { done, of: u64::try_from(election.proposals.len()).ok() }).is_break() {
            return Err(FundingError::Stopped { best: funded.iter().map(|loading| loading.position).collect() });
        }
        let tied = carriers.least_loading(&waiting);
        if tied.iter().any(|&(position, _)| election.cost(position) > left) {
            break;
        }
        let Some(&(position, ref load)) = tied.first() else { break };
        left -= election.cost(position);
        waiting.retain(|&other| other != position);
        funded.push(Loading { position, load: load.as_ref().map(|load| carriers.in_minor_units(load)) });
        if let Some(load) = load {
            carriers.load(position, load);
        }
    }
    Ok(funded)
}

/// What voters carry. Backers of a work carry the same after it, so there are few levels, and a group of voters is on one.
struct Carriers<'e> {
    election: &'e Election,
    backing: Backing,
    parts_in_a_minor_unit: BigUint,
    /// Loads in parts of a minor unit; the first is none.
    levels: Vec<BigUint>,
    /// The level of each group.
    level_of: Vec<usize>,
}

/// A load for each backer: `parts / backers` parts of a minor unit.
struct Load {
    parts: BigUint,
    backers: u64,
}

impl<'e> Carriers<'e> {
    fn new(election: &'e Election) -> Self {
        let backing = Backing::new(election);
        let level_of = vec![0; backing.voters.len()];
        let none = vec![BigUint::ZERO];
        Self { election, backing, parts_in_a_minor_unit: BigUint::from(1u8), levels: none, level_of }
    }

    /// The works with the least load, in the order of `waiting`, with that load; those without backers where all are.
    fn least_loading(&self, waiting: &[usize]) -> Vec<(usize, Option<Load>)> {
        let mut tied: Vec<(usize, Option<Load>)> = Vec::new();
        for &position in waiting {
            let load = self.load_with(position);
            let order = match (&load, tied.first()) {
                (_, None) | (Some(_), Some((_, None))) => std::cmp::Ordering::Less,
                (None, Some((_, None))) => std::cmp::Ordering::Equal,
                (None, Some((_, Some(_)))) => std::cmp::Ordering::Greater,
                (Some(load), Some((_, Some(least)))) => {
                    (&load.parts * least.backers).cmp(&(&least.parts * load.backers))
                }
            };
            if order.is_lt() {
                tied.clear();
            }
            if order.is_le() {
                tied.push((position, load));
            }
        }
        tied
    }

    /// What each backer of a work would carry: what they all carry and its cost, shared equally.
    fn load_with(&self, position: usize) -> Option<Load> {
        let mut voters_by_level = vec![0u64; self.levels.len()];
        for &group in self.backing.groups(position) {
            let level = self.level_of.get(group).copied().unwrap_or_default();
            if let Some((voters, group_voters)) = voters_by_level.get_mut(level).zip(self.backing.voters.get(group)) {
                *voters += group_voters;
            }
        }
        let backers: u64 = voters_by_level.iter().sum();
        let carried: BigUint = self.levels.iter().zip(&voters_by_level).map(|(level, &voters)| level * voters).sum();
        let cost = BigUint::from(self.election.cost(position).unsigned_abs()) * &self.parts_in_a_minor_unit;
        (backers > 0).then_some(Load { parts: carried + cost, backers })
    }

    fn load(&mut self, position: usize, load: &Load) {
        let shared = common_divisor(&load.parts, load.backers);
        let finer = load.backers / shared;
        self.parts_in_a_minor_unit *= finer;
        for level in &mut self.levels {
            *level *= finer;
        }
        for &group in self.backing.groups(position) {
            if let Some(level) = self.level_of.get_mut(group) {
                *level = self.levels.len();
            }
        }
        self.levels.push(&load.parts / shared);
    }

    fn in_minor_units(&self, load: &Load) -> Fraction {
        Fraction::new(load.parts.clone(), &self.parts_in_a_minor_unit * load.backers)
    }
}
