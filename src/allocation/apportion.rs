//! Largest remainder (Hamilton): whole minor units that add up to the total exactly.

use thiserror::Error;

/// Why a total could not be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ApportionError {
    /// Every share is zero, or there are none: nobody can be given anything.
    #[error("no share to go by")]
    NoShares,
    /// A share is negative.
    #[error("a negative share")]
    NegativeShare,
    /// The exact arithmetic does not fit in 128 bits.
    #[error("numbers too large for exact arithmetic")]
    Overflow,
}

/// Shares out `total` minor units in proportion to `shares` (DOMAIN.md 3.2).
///
/// Each gets the whole part of its exact quota; the units left go to the largest remainders, the earlier of two equal
/// ones first. A negative total (a correction) is shared out as its absolute value and negated.
///
/// # Errors
/// [`ApportionError`].
///
/// ```
/// use yupay::allocation::apportion;
/// assert_eq!(apportion(1000, &[1, 1, 1]), Ok(vec![334, 333, 333]));
/// ```
pub fn apportion(total: i64, shares: &[i128]) -> Result<Vec<i64>, ApportionError> {
    if shares.iter().any(|&share| share < 0) {
        return Err(ApportionError::NegativeShare);
    }
    let whole = shares.iter().try_fold(0i128, |sum, &share| sum.checked_add(share)).ok_or(ApportionError::Overflow)?;
    if whole == 0 {
        return Err(ApportionError::NoShares);
    }
    let size = i128::from(total).abs();
    let mut given = Vec::with_capacity(shares.len());
    let mut remainders = Vec::with_capacity(shares.len());
    for (position, &share) in shares.iter().enumerate() {
        let product = size.checked_mul(share).ok_or(ApportionError::Overflow)?;
        given.push(product / whole);
        remainders.push((std::cmp::Reverse(product % whole), position));
    }
    remainders.sort_unstable();
    let left = size - given.iter().sum::<i128>();
    for &(_, position) in remainders.iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some(amount) = given.get_mut(position) {
            *amount += 1;
        }
    }
    let sign = if total < 0 { -1 } else { 1 };
    given
        .into_iter()
        .map(|amount| i64::try_from(amount * sign).map_err(|_too_large| ApportionError::Overflow))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn remainders_decide_and_order_breaks_ties() {
        for (total, shares, expected) in [
            (10, vec![6, 6, 2], Ok(vec![4, 4, 2])),
            (11, vec![6, 6, 2], Ok(vec![5, 5, 1])),
            (-1000, vec![1, 1, 1], Ok(vec![-334, -333, -333])),
            (0, vec![1, 2], Ok(vec![0, 0])),
            (5, vec![7], Ok(vec![5])),
            (5, vec![0, 0], Err(ApportionError::NoShares)),
            (5, vec![], Err(ApportionError::NoShares)),
            (5, vec![-1, 2], Err(ApportionError::NegativeShare)),
            (i64::MAX, vec![i128::MAX, 1], Err(ApportionError::Overflow)),
        ] {
            assert_eq!(apportion(total, &shares), expected, "{total} over {shares:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_total_the_whole_and_keep_quota(total in -1_000_000_000_000i64..1_000_000_000_000, shares in proptest::collection::vec(0i128..1_000_000_000, 1..30)) {
            prop_assume!(shares.iter().any(|&share| share > 0));
            let given = apportion(total, &shares).unwrap();
            prop_assert_eq!(given.iter().sum::<i64>(), total);
            let whole: i128 = shares.iter().sum();
            for (amount, share) in given.iter().zip(&shares) {
                let floor = i128::from(total).abs() * share / whole;
                prop_assert!((floor..=floor + 1).contains(&i128::from(*amount).abs()));
            }
        }
    }
}
