//! Shares and rates: exact ratios, rounded once for display, half up (DOMAIN.md section 4).

use rust_decimal::{Decimal, RoundingStrategy};

/// `part / whole` as a percentage with `decimals` decimals, rounded half up (away from zero on a tie).
/// `None` when the whole is zero or negative, or the ratio cannot be held: there is no rate, which is not a rate of 0.
///
/// ```
/// use yupay::money::ratio::percent;
/// assert_eq!(percent(9680050, 25600000, 2).unwrap().to_string(), "37.81");
/// assert_eq!(percent(1, 0, 1), None);
/// ```
pub fn percent(part: i64, whole: i64, decimals: u32) -> Option<Decimal> {
    if whole <= 0 {
        return None;
    }
    let ratio = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(whole))?;
    Some(round_half_up(ratio, decimals))
}

/// `minor / people` in minor units, rounded half up: an amount per person.
/// `None` when nobody is counted.
pub fn per_head(minor: i64, people: i64) -> Option<i64> {
    if people <= 0 {
        return None;
    }
    let exact = Decimal::from(minor).checked_div(Decimal::from(people))?;
    i64::try_from(round_half_up(exact, 0)).ok()
}

/// The whole units of `part` for every hundred of `whole`, cut and not rounded up: "de cada S/ 100 se gastaron S/ 45".
/// Cut, so that 99.9 never reads as a promise kept in full.
pub fn out_of_hundred(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    i64::try_from(i128::from(part).checked_mul(100)?.div_euclid(i128::from(whole))).ok()
}

fn round_half_up(value: Decimal, decimals: u32) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_round_half_up_once() {
        for (part, whole, decimals, expected) in [
            (966, 2100, 1, Some("46.0")),
            (1, 3, 1, Some("33.3")),
            (1, 8, 2, Some("12.50")),
            (45, 1000, 0, Some("5")),
            (-1, 8, 1, Some("-12.5")),
            (5, 0, 1, None),
            (0, 5, 1, Some("0.0")),
            (3, -5, 1, None),
        ] {
            assert_eq!(percent(part, whole, decimals).map(|share| share.to_string()).as_deref(), expected);
        }
    }

    #[test]
    fn a_promise_almost_kept_is_not_a_promise_kept() {
        assert_eq!(out_of_hundred(9_999, 10_000), Some(99));
        assert_eq!(out_of_hundred(10_000, 10_000), Some(100));
        assert_eq!(out_of_hundred(-1, 10_000), Some(-1));
        assert_eq!(out_of_hundred(1, 0), None);
    }

    #[test]
    fn nobody_counted_means_no_amount_per_person() {
        assert_eq!(per_head(36_332_266, 58_000), Some(626));
        assert_eq!(per_head(1, 0), None);
    }
}
