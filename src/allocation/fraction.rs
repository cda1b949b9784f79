//! Exact fractions that are not reduced on the way: reducing numbers of thousands of digits costs more than carrying them.

use num_bigint::BigInt;

/// A numerator over a denominator above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fraction {
    pub numerator: BigInt,
    pub denominator: BigInt,
}

impl Fraction {
    pub fn new(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        Self { numerator: numerator.into(), denominator: denominator.into() }
    }

    pub fn zero() -> Self {
        Self::new(0, 1)
    }

    pub fn is_zero(&self) -> bool {
        self.numerator == BigInt::ZERO
    }

    pub fn plus(&self, other: &Self) -> Self {
        if self.denominator == other.denominator {
            return Self::new(&self.numerator + &other.numerator, self.denominator.clone());
        }
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self::new(numerator, &self.denominator * &other.denominator)
    }

    pub fn times(&self, factor: &BigInt) -> Self {
        Self::new(&self.numerator * factor, self.denominator.clone())
    }

    /// The sum of fractions; in pairs, so that numbers of like length are multiplied.
    pub fn sum(mut fractions: Vec<Self>) -> Self {
        while fractions.len() > 1 {
            fractions = fractions
                .chunks(2)
                .map(|pair| match pair {
                    [first, second] => first.plus(second),
                    others => others.first().cloned().unwrap_or_else(Self::zero),
                })
                .collect();
        }
        fractions.pop().unwrap_or_else(Self::zero)
    }
}
