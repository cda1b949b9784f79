//! A minimum and a cap: who is held at one, and what is left for the others (water-filling, DOMAIN.md 3.1).

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::quota::{Of, Quotas};

/// A bound a section is held at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Its share would give it no more than the minimum.
    Minimum,
    /// Its share would give it no less than the cap.
    Cap,
}

/// What bounds amounts, in minor units: a section gets `base + level * share`, but no less than `minimum` and no more than `cap`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// What there is for all sections.
    pub pool: u64,
    /// What a section has whatever its share; a minimum or a base, never both.
    pub base: u64,
    pub minimum: Option<u64>,
    pub cap: Option<u64>,
}

impl Bounds {
    /// The least a section gets.
    fn least(&self) -> u64 {
        self.minimum.unwrap_or_default().max(self.base)
    }

    /// The most a section gets: where there is no cap, more than there is.
    fn most(&self) -> u64 {
        self.cap.unwrap_or(self.pool.saturating_add(1))
    }
}

/// Every section's amount under bounds that the pool can meet. The amounts total the pool.
pub(super) fn bounded(quotas: &Quotas<'_>, sections: usize, bounds: &Bounds) -> Vec<(u64, Option<Bound>)> {
    let (mut ranked, without_share): (Vec<usize>, Vec<usize>) =
        (0..sections).partition(|&section| quotas.is_positive(section));
    ranked.sort_by(|&one, &other| quotas.compare_sections(other, one).then(one.cmp(&other)));
    // A section without a share has the least at any level.
    let at_least = (bounds.least(), (bounds.least() > bounds.base).then_some(Bound::Minimum));
    let pool = bounds.pool.saturating_sub(times(bounds.least(), without_share.len()));
    let ranking = Ranking { quotas, ranked: &ranked, bounds, pool };
    let (capped, raised) = ranking.held();
    let mut members = ranked.get(capped..ranked.len() - raised).unwrap_or_default().to_vec();
    members.sort_unstable();
    let held = times(bounds.most(), capped) + times(bounds.least(), raised) + times(bounds.base, members.len());
    let group = quotas.group(members);
    let shared = quotas.share_out(pool.saturating_sub(held), &group);

    let mut amounts = vec![at_least; sections];
    let mut put = |section: usize, amount: (u64, Option<Bound>)| {
        if let Some(place) = amounts.get_mut(section) {
            *place = amount;
        }
    };
    ranked.iter().take(capped).for_each(|&section| put(section, (bounds.most(), Some(Bound::Cap))));
    group.members.iter().zip(shared).for_each(|(&section, amount)| put(section, (bounds.base + amount, None)));
    amounts
}

fn times(amount: u64, sections: usize) -> u64 {
    amount.saturating_mul(sections as u64)
}

/// Sections with a share, the largest share first: at any level those at the cap come first, and those at the minimum last.
struct Ranking<'a> {
    quotas: &'a Quotas<'a>,
    ranked: &'a [usize],
    bounds: &'a Bounds,
    /// What there is for them.
    pool: u64,
}

impl Ranking<'_> {
    /// How many are held at the cap, and how many at the minimum.
    ///
    /// The amounts total more the higher the level. So a section is at the minimum where the level that would just give it the
    /// minimum already takes all there is, and at the cap where the level that would just give it the cap does not take more.
    /// (Or and not only more, and not only less: where all stand at the one or the other, a whole range of levels takes all there is.)
    fn held(&self) -> (usize, usize) {
        let rise = self.bounds.least() - self.bounds.base;
        let not_raised = partition(self.ranked.len(), |place| self.taken_at(rise, place) == Ordering::Less);
        let rise = self.bounds.most().saturating_sub(self.bounds.base);
        let capped = partition(self.ranked.len(), |place| self.taken_at(rise, place) != Ordering::Greater);
        (capped.min(not_raised), self.ranked.len() - not_raised)
    }

    /// How the total of all amounts compares with the pool at the level that gives the section at `place` `rise` above its base.
    fn taken_at(&self, rise: u64, place: usize) -> Ordering {
        let Some(&section) = self.ranked.get(place) else { return Ordering::Greater };
        let (base, least, most) = (self.bounds.base, self.bounds.least(), self.bounds.most());
        // An amount is base + rise * share / share of `section`; both sides are multiplied by the latter.
        let reaches = |other: usize, amount: u64| {
            let apart = BigInt::from(amount) - base;
            self.quotas.compare(&[(BigInt::from(rise), Of::Section(other)), (-apart, Of::Section(section))])
        };
        let capped = self.ranked.partition_point(|&other| reaches(other, most) != Ordering::Less);
        let above = self.ranked.partition_point(|&other| reaches(other, least) == Ordering::Greater).max(capped);
        let between = self.quotas.group(self.ranked.get(capped..above).unwrap_or_default().to_vec());
        let bases = BigInt::from(base) * between.members.len();
        let held = BigInt::from(most) * capped + BigInt::from(least) * (self.ranked.len() - above);
        let short = held + bases - self.pool;
        self.quotas.compare(&[(BigInt::from(rise), Of::Group(&between)), (short, Of::Section(section))])
    }
}

/// How many of the first of `count` places hold, where none holds after one that does not.
fn partition(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
