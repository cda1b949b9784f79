//! Round ticks for an axis of amounts.
//!
//! Owns the choice of steps, made on integers so that no tick is ever 0.30000000000000004. Refuses
//! labels and pixels.

/// Ticks at 1, 2 or 5 times a power of ten minor units, always with zero, that cover `low` to
/// `high`; at most `max_ticks` of them, though never fewer than three may be asked for.
///
/// The ends may come in any order. A tick beyond what an `i64` holds is left out, so the last tick
/// may then stop short of the end.
///
/// ```
/// use yupay::chart::nice_ticks;
///
/// assert_eq!(nice_ticks(0, 87, 6), [0, 20, 40, 60, 80, 100]);
/// assert_eq!(nice_ticks(-30, 55, 6), [-40, -20, 0, 20, 40, 60]);
/// ```
pub fn nice_ticks(low: i64, high: i64, max_ticks: usize) -> Vec<i64> {
    round_ticks(low.min(high).min(0), low.max(high).max(0), max_ticks)
}

/// The same without zero, unless it lies between the ends: for places, which do not compare as
/// lengths do.
pub(super) fn round_ticks(low: i64, high: i64, max_ticks: usize) -> Vec<i64> {
    let (low, high) = (i128::from(low), i128::from(high));
    let most = max_ticks.max(3) as i128;
    let steps = (0..=20u32)
        .flat_map(|power| [1i128, 2, 5].map(|lead| lead * 10i128.pow(power)))
        .map(|step| (step, low.div_euclid(step), -(-high).div_euclid(step)));
    for (step, first, last) in steps {
        if last - first < most {
            return (first..=last).filter_map(|n| i64::try_from(n * step).ok()).collect();
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: i64, high: i64, max_ticks: usize, expected: &[i64]) {
        assert_eq!(nice_ticks(low, high, max_ticks), expected, "{low} to {high} in {max_ticks}");
    }

    #[test]
    fn ticks_are_round_and_cover_the_amounts() {
        check(0, 0, 6, &[0]);
        check(0, 1, 6, &[0, 1]);
        check(0, 5, 6, &[0, 1, 2, 3, 4, 5]);
        check(0, 6, 6, &[0, 2, 4, 6]);
        check(0, 100, 3, &[0, 50, 100]);
        check(0, 101, 3, &[0, 100, 200]);
        check(-1, 1, 3, &[-1, 0, 1]);
        check(-70, 0, 5, &[-80, -60, -40, -20, 0]);
        check(100, -100, 5, &[-100, -50, 0, 50, 100]);
        check(5, 9, 6, &[0, 2, 4, 6, 8, 10]);
    }

    #[test]
    fn places_need_no_zero() {
        for (low, high, expected) in [
            (771, 1_825, vec![500, 1_000, 1_500, 2_000]),
            (473, 629, vec![450, 500, 550, 600, 650]),
            (7, 7, vec![7]),
            (-7, -2, vec![-8, -6, -4, -2]),
            (-10, 90, vec![-50, 0, 50, 100]),
        ] {
            assert_eq!(round_ticks(low, high, 5), expected, "{low} to {high}");
        }
    }

    #[test]
    fn the_largest_amounts_do_not_overflow() {
        for (low, high) in [(0, i64::MAX), (i64::MIN, 0), (i64::MIN, i64::MAX)] {
            let ticks = nice_ticks(low, high, 6);
            assert!(ticks.contains(&0) && ticks.len() <= 6);
        }
    }
}
