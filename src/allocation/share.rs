//! A section's share of one criterion, exact, and the total it is a share of.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use num_bigint::BigUint;
use num_integer::Integer;
use rust_decimal::Decimal;

use super::fraction::Fraction;

/// What a criterion counts in one section: a whole number, or a part of a base as a reduced fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub numerator: u64,
    /// Above zero; 1 for counts.
    pub denominator: u64,
}

impl Part {
    pub fn new(numerator: u64, denominator: u64) -> Self {
        let common = numerator.gcd(&denominator).max(1);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    pub fn fraction(self) -> Fraction {
        Fraction::new(self.numerator, self.denominator)
    }
}

/// What a criterion counts in all sections together.
///
/// The exact sum of thousands of rates has thousands of digits, so it is made only when asked for: `low` and `high` enclose it
/// closely enough for nearly every question.
#[derive(Debug)]
pub(super) struct Total {
    /// Denominators, lowest first, each with the sum of its numerators.
    by_denominator: Vec<(u64, u128)>,
    /// At most the total, in units of 2^-[`BITS`].
    pub low: BigUint,
    /// At least the total, in the same units.
    pub high: BigUint,
    exact: OnceLock<Fraction>,
}

/// Binary places of [`Total::low`] and [`Total::high`].
///
/// The least total above zero is 2^-63 (a rate whose base is the largest figure). That leaves 320 places, and a quota needs 60 for the
/// fund, 14 for the weights and 64 for a large count.
pub(super) const BITS: u64 = 384;

impl Total {
    pub fn new(parts: impl IntoIterator<Item = Part>) -> Self {
        let by_denominator = by_denominator(parts);
        let (mut low, mut cut) = (BigUint::ZERO, 0u32);
        for &(denominator, numerator) in &by_denominator {
            let (whole, rest) = (BigUint::from(numerator) << BITS).div_rem(&BigUint::from(denominator));
            low += whole;
            cut += u32::from(rest != BigUint::ZERO);
        }
        let high = &low + cut;
        Self { by_denominator, low, high, exact: OnceLock::new() }
    }

    pub fn is_zero(&self) -> bool {
        self.by_denominator.iter().all(|&(_, numerator)| numerator == 0)
    }

    /// The exact total.
    pub fn exact(&self) -> &Fraction {
        self.exact.get_or_init(|| sum_of(&self.by_denominator))
    }

    /// A product over another times the total, rounded half up, exactly. Nothing where the total is zero.
    pub fn divide_half_up(&self, numerator: &[u64], denominator: &[u64]) -> BigUint {
        if self.is_zero() {
            return BigUint::ZERO;
        }
        if let Some(short) = self.divide_short(numerator, denominator) {
            return short.into();
        }
        let product = |factors: &[u64]| factors.iter().map(|&factor| BigUint::from(factor)).product::<BigUint>();
        let (numerator, denominator) = (product(numerator), product(denominator));
        let double = (&numerator << BITS) * 2u32;
        // Half up is the whole part of (2 n + d) / 2 d.
        let by = |total: &BigUint| {
            let divisor = &denominator * total;
            (&double + &divisor) / (divisor * 2u32)
        };
        let least = by(&self.high);
        if self.high == self.low || least == by(&self.low) {
            return least;
        }
        let exact = self.exact();
        let (above, below) = (exact.denominator.magnitude(), exact.numerator.magnitude());
        let divisor = denominator * below;
        (numerator * 2u32 * above + &divisor) / (divisor * 2u32)
    }

    /// The same in 128 bits, where the total is whole and they hold everything: as with nearly all counts.
    fn divide_short(&self, numerator: &[u64], denominator: &[u64]) -> Option<u128> {
        let [(1, total)] = self.by_denominator.as_slice() else { return None };
        let times = |product: u128, &factor: &u64| product.checked_mul(u128::from(factor));
        let numerator = numerator.iter().try_fold(2, times)?;
        let divisor = denominator.iter().try_fold(*total, times)?;
        Some(numerator.checked_add(divisor)? / divisor.checked_mul(2)?)
    }
}

/// The exact sum of parts.
pub(super) fn exact_sum(parts: impl IntoIterator<Item = Part>) -> Fraction {
    sum_of(&by_denominator(parts))
}

fn by_denominator(parts: impl IntoIterator<Item = Part>) -> Vec<(u64, u128)> {
    let mut sums: BTreeMap<u64, u128> = BTreeMap::new();
    for part in parts {
        // As many sections as memory can hold do not fill 128 bits.
        *sums.entry(part.denominator).or_default() += u128::from(part.numerator);
    }
    sums.into_iter().collect()
}

fn sum_of(by_denominator: &[(u64, u128)]) -> Fraction {
    Fraction::sum(
        by_denominator.iter().map(|&(denominator, numerator)| Fraction::new(numerator, denominator)).collect(),
    )
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.by_denominator == other.by_denominator
    }
}

impl Eq for Total {}

/// A section's share of one criterion: what is counted there over what is counted in all sections.
///
/// Shown as a reduced fraction, `num/den`. Of a rate over thousands of sections the two numbers have thousands of digits each.
#[derive(Clone, PartialEq, Eq)]
pub struct Share {
    part: Part,
    total: Arc<Total>,
}

impl Share {
    pub(super) fn new(part: Part, total: &Arc<Total>) -> Self {
        Self { part, total: Arc::clone(total) }
    }

    /// In percent with so many decimals, rounded half up once; `None` past the decimals a [`Decimal`] holds.
    pub fn percent(&self, decimals: u32) -> Option<Decimal> {
        let scale = 10u64.checked_pow(decimals.checked_add(2)?)?;
        let rounded = self.total.divide_half_up(&[self.part.numerator, scale], &[self.part.denominator]);
        Decimal::try_from_i128_with_scale(i128::try_from(rounded).ok()?, decimals).ok()
    }

    /// Numerator and denominator, reduced.
    pub fn reduced(&self) -> (BigUint, BigUint) {
        let total = self.total.exact();
        let numerator = total.denominator.magnitude() * self.part.numerator;
        let denominator = total.numerator.magnitude() * self.part.denominator;
        let common = numerator.gcd(&denominator);
        if common == BigUint::ZERO { (numerator, denominator) } else { (numerator / &common, denominator / common) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.reduced();
        write!(f, "{numerator}/{denominator}")
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} of a total", self.part.numerator, self.part.denominator)
    }
}
