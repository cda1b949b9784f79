//! Exact amounts that are no whole number of minor units.

use std::cmp::Ordering;

use num_bigint::BigUint;

/// A fraction of zero or more, not necessarily in lowest terms; compared exactly.
#[derive(Debug, Clone)]
pub struct Fraction {
    numerator: BigUint,
    denominator: BigUint,
}

impl Fraction {
    /// `numerator / denominator`; the denominator is above zero wherever this module makes one.
    pub(super) fn new(numerator: BigUint, denominator: BigUint) -> Self {
        Self { numerator, denominator }
    }

    /// The number above the line.
    pub fn numerator(&self) -> &BigUint {
        &self.numerator
    }

    /// The number below the line.
    pub fn denominator(&self) -> &BigUint {
        &self.denominator
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// The greatest number that divides `large` and `small` both.
pub(super) fn common_divisor(large: &BigUint, small: u64) -> u64 {
    let remainder = large % small.max(1);
    let (mut high, mut low) = (small, remainder.iter_u64_digits().next().unwrap_or_default());
    while low != 0 {
        (high, low) = (low, high % low);
    }
    high.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: u32, denominator: u32) -> Fraction {
        Fraction::new(numerator.into(), denominator.into())
    }

    #[test]
    fn fractions_compare_by_what_they_are_worth() {
        assert_eq!(fraction(2, 4), fraction(1, 2));
        assert!(fraction(1, 3) > fraction(333_333, 1_000_000));
        assert!(fraction(0, 7) < fraction(1, 1_000));
    }

    #[test]
    fn divisors_are_the_greatest() {
        for (large, small, expected) in [(12u32, 18, 6), (7, 3, 1), (0, 5, 5), (5, 0, 1), (100, 25, 25)] {
            assert_eq!(common_divisor(&large.into(), small), expected, "{large} {small}");
        }
    }
}
