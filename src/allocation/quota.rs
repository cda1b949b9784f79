//! Sections' whole shares over all criteria, compared exactly without the common denominator of all their fractions.
//!
//! With rates of thousands of sections that denominator has millions of digits. So each share is kept as a number of 320 binary places
//! with the most it can be off by; every question put to shares is the sign of a sum of whole multiples of them, and only where
//! that is too close to call (mostly where it is exactly zero) are the fractions themselves added up.

use std::cmp::Ordering;
use std::sync::OnceLock;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;

use super::fraction::Fraction;
use super::measure::Spread;
use super::share::{BITS, Part, exact_sum};

/// Binary places of a share.
const PLACES: u64 = 320;

/// Every section's share of what is shared out: each criterion's weight times the section's share of it.
pub(super) struct Quotas<'a> {
    spreads: &'a [Spread],
    /// At most the share, in units of 2^-[`PLACES`] hundredths of a percent.
    low: Vec<BigInt>,
    /// The most any share is above its low end, in the same units.
    slack: BigInt,
}

/// Sections taken together.
pub(super) struct Group {
    pub members: Vec<usize>,
    low: BigInt,
    slack: BigInt,
    /// What each criterion counts in them, exactly; made only when asked for.
    counted: Vec<OnceLock<Fraction>>,
}

/// Whose share is multiplied.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// One section's.
    Section(usize),
    /// All sections' of a group.
    Group(&'a Group),
}

impl<'a> Quotas<'a> {
    /// The shares of `sections` sections. `spreads` hold a part for every section, and none has a total of zero.
    pub fn new(spreads: &'a [Spread], sections: usize) -> Self {
        let (mut low, mut slack) = (vec![BigUint::ZERO; sections], BigUint::ZERO);
        for spread in spreads {
            let weight = BigUint::from(spread.weight.hundredths()) << (PLACES + BITS);
            let least = &weight / &spread.total.high;
            let most = weight.div_ceil(&spread.total.low);
            for (sum, part) in low.iter_mut().zip(&spread.parts) {
                let share = &least * part.numerator;
                *sum += if part.denominator == 1 { share } else { share / part.denominator };
            }
            let largest = spread.parts.iter().map(|part| part.numerator.div_ceil(part.denominator)).max();
            slack += (most - least) * largest.unwrap_or_default() + 1u32;
        }
        Self { spreads, low: low.into_iter().map(BigInt::from).collect(), slack: slack.into() }
    }

    pub fn group(&self, members: Vec<usize>) -> Group {
        let low = members.iter().filter_map(|&section| self.low.get(section)).sum();
        let slack = &self.slack * members.len();
        let counted = self.spreads.iter().map(|_| OnceLock::new()).collect();
        Group { members, low, slack, counted }
    }

    /// Whether a section has any share at all.
    pub fn is_positive(&self, section: usize) -> bool {
        self.spreads.iter().any(|spread| spread.parts.get(section).is_some_and(|part| part.numerator > 0))
    }

    /// How many sections have a share, and how many have none.
    pub fn count_positive(&self) -> (usize, usize) {
        let with = (0..self.low.len()).filter(|&section| self.is_positive(section)).count();
        (with, self.low.len() - with)
    }

    fn ends(&self, of: Of<'_>) -> (BigInt, BigInt) {
        match of {
            Of::Section(section) => (self.low.get(section).cloned().unwrap_or_default(), self.slack.clone()),
            Of::Group(group) => (group.low.clone(), group.slack.clone()),
        }
    }

    /// The lowest value a sum of multiples of shares can have, and the highest.
    fn range(&self, sum: &[(BigInt, Of<'_>)]) -> (BigInt, BigInt) {
        let (mut least, mut most) = (BigInt::ZERO, BigInt::ZERO);
        for (factor, of) in sum {
            let (low, slack) = self.ends(*of);
            let (at_low, more) = (factor * low, factor * slack);
            least += &at_low;
            most += at_low;
            // A multiple below zero is lowest where the share is highest.
            if factor.sign() == Sign::Minus { least += more } else { most += more }
        }
        (least, most)
    }

    /// How a sum of multiples of shares compares with zero, exactly.
    pub fn compare(&self, sum: &[(BigInt, Of<'_>)]) -> Ordering {
        let (least, most) = self.range(sum);
        if least > BigInt::ZERO {
            Ordering::Greater
        } else if most < BigInt::ZERO {
            Ordering::Less
        } else {
            self.compare_exactly(sum)
        }
    }

    /// Which of two sections has the larger share, exactly.
    pub fn compare_sections(&self, one: usize, other: usize) -> Ordering {
        self.compare(&[(BigInt::from(1), Of::Section(one)), (BigInt::from(-1), Of::Section(other))])
    }

    fn compare_exactly(&self, sum: &[(BigInt, Of<'_>)]) -> Ordering {
        let counted = |at: usize, spread: &Spread| {
            let multiples = sum.iter().filter(|(factor, _)| *factor != BigInt::ZERO);
            Fraction::sum(multiples.map(|(factor, of)| exact(at, spread, *of).times(factor)).collect())
        };
        let by_criterion = self.spreads.iter().enumerate().filter_map(|(at, spread)| {
            let counted = counted(at, spread);
            // Sections that are alike in a criterion leave nothing of it: no need of its long total.
            (!counted.is_zero()).then(|| {
                let total = spread.total.exact();
                let numerator = counted.numerator * &total.denominator * spread.weight.hundredths();
                Fraction::new(numerator, counted.denominator * &total.numerator)
            })
        });
        Fraction::sum(by_criterion.collect()).numerator.cmp(&BigInt::ZERO)
    }

    /// Shares out `fund` minor units over a group in proportion to its sections' shares: whole parts first, then the units left to the
    /// largest remainders, the earlier section first of two that are equal (DOMAIN.md 3.2). In the order of the group's members.
    pub fn share_out(&self, fund: u64, group: &Group) -> Vec<u64> {
        if group.low == BigInt::ZERO {
            return vec![0; group.members.len()];
        }
        let wholes: Vec<BigInt> = group.members.iter().map(|&section| self.whole_part(fund, section, group)).collect();
        let left = BigInt::from(fund) - wholes.iter().sum::<BigInt>();
        let mut rests: Vec<Rest<'_>> = group
            .members
            .iter()
            .zip(&wholes)
            .enumerate()
            .map(|(place, (&section, whole))| Rest {
                place,
                section,
                whole,
                low: self.rest_low(fund, section, whole, group),
            })
            .collect();
        let too_close = (&self.slack + &group.slack) * fund;
        rests.sort_unstable_by(|one, other| {
            let apart = &one.low - &other.low;
            let larger_first = if apart.magnitude() > too_close.magnitude() {
                BigInt::ZERO.cmp(&apart)
            } else {
                self.compare_rests(fund, group, other, one)
            };
            larger_first.then(one.section.cmp(&other.section))
        });
        let mut given: Vec<u64> = wholes.iter().map(|whole| u64::try_from(whole).unwrap_or_default()).collect();
        for rest in rests.iter().take(usize::try_from(left).unwrap_or_default()) {
            if let Some(amount) = given.get_mut(rest.place) {
                *amount += 1;
            }
        }
        given
    }

    /// The whole part of `fund` times a section's share of a group's, as the low ends have it: of a quota that is whole, or hardly more,
    /// it may be one less. What that leaves over is then a whole unit, more than any other, so that the section is the first to be given it.
    fn whole_part(&self, fund: u64, section: usize, group: &Group) -> BigInt {
        let low = self.low.get(section).cloned().unwrap_or_default();
        (low * fund).div_floor(&(&group.low + &group.slack))
    }

    /// What a whole part leaves over, from the low ends of the shares.
    fn rest_low(&self, fund: u64, section: usize, whole: &BigInt, group: &Group) -> BigInt {
        self.low.get(section).cloned().unwrap_or_default() * fund - whole * &group.low
    }

    /// Compares what two whole parts leave over, exactly.
    fn compare_rests(&self, fund: u64, group: &Group, one: &Rest<'_>, other: &Rest<'_>) -> Ordering {
        self.compare(&[
            (BigInt::from(fund), Of::Section(one.section)),
            (-BigInt::from(fund), Of::Section(other.section)),
            (other.whole - one.whole, Of::Group(group)),
        ])
    }
}

/// A section that waits for one of the units left.
struct Rest<'a> {
    /// Its place in the group.
    place: usize,
    section: usize,
    whole: &'a BigInt,
    /// What its whole part leaves over, from the low ends of the shares.
    low: BigInt,
}

/// What a criterion counts, exactly.
fn exact(criterion: usize, spread: &Spread, of: Of<'_>) -> Fraction {
    let part = |section: usize| spread.parts.get(section).copied();
    match of {
        Of::Section(section) => part(section).map_or_else(Fraction::zero, Part::fraction),
        Of::Group(group) => {
            let sum = || exact_sum(group.members.iter().filter_map(|&section| part(section)));
            group.counted.get(criterion).map_or_else(sum, |counted| counted.get_or_init(sum).clone())
        }
    }
}
