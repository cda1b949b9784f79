//! Weights that are moved one at a time and always total 100: what linked sliders do.

use super::{Weight, apportion};

/// The weights after the one at `position` is asked to become `wanted`; those that are locked never move.
///
/// `position` takes what was asked for as far as the unlocked others can give or take it. They share the rest in proportion to
/// their weights, equally where all are zero, in whole hundredths by largest remainder, the earlier first. None of them gains when
/// `position` gains, or loses when it loses. Weights that total 100 total 100 afterwards; where nothing may move (`position` is
/// locked or not there, or the locked ones alone pass 100) they are given back as they were.
///
/// ```
/// use yupay::allocation::{Weight, rebalance};
/// let weights = [30, 20, 50].map(|percent| Weight::from_hundredths(percent * 100).unwrap());
/// let moved = rebalance(&weights, &[false, false, true], 0, "40".parse().unwrap());
/// assert_eq!(moved.iter().map(Weight::to_string).collect::<Vec<_>>(), ["40", "10", "50"]);
/// ```
pub fn rebalance(weights: &[Weight], locked: &[bool], position: usize, wanted: Weight) -> Vec<Weight> {
    let is_locked = |at: usize| locked.get(at).copied().unwrap_or_default();
    let others: Vec<usize> = (0..weights.len()).filter(|&at| at != position && !is_locked(at)).collect();
    let held = weights.iter().enumerate().filter(|&(at, _)| at != position && is_locked(at));
    let held: u32 = held.map(|(_, weight)| u32::from(weight.hundredths())).sum();
    let available = u32::from(Weight::WHOLE.hundredths()).checked_sub(held);
    let Some(available) = available.filter(|_| position < weights.len() && !is_locked(position)) else {
        return weights.to_vec();
    };
    let taken = if others.is_empty() { available } else { available.min(u32::from(wanted.hundredths())) };
    let mut moved = weights.to_vec();
    put(&mut moved, &[position], &[i64::from(taken)]);
    let rest = i64::from(available) - i64::from(taken);
    put(&mut moved, &others, &in_proportion(weights, &others, rest));
    moved
}

/// Weights made to total 100, as somebody asked for: the unlocked ones keep their proportions (equal where all are zero).
/// `None` where the locked ones alone pass 100, or are all there is and total something else.
pub fn to_whole(weights: &[Weight], locked: &[bool]) -> Option<Vec<Weight>> {
    let is_locked = |at: usize| locked.get(at).copied().unwrap_or_default();
    let free: Vec<usize> = (0..weights.len()).filter(|&at| !is_locked(at)).collect();
    let all: u32 = weights.iter().map(|weight| u32::from(weight.hundredths())).sum();
    let moving: u32 = free.iter().filter_map(|&at| weights.get(at)).map(|weight| u32::from(weight.hundredths())).sum();
    let available = u32::from(Weight::WHOLE.hundredths()).checked_sub(all - moving)?;
    if free.is_empty() {
        return (available == 0).then(|| weights.to_vec());
    }
    let mut whole = weights.to_vec();
    put(&mut whole, &free, &in_proportion(weights, &free, i64::from(available)));
    Some(whole)
}

/// `rest` hundredths over the weights at `positions`, in proportion to what they have.
fn in_proportion(weights: &[Weight], positions: &[usize], rest: i64) -> Vec<i64> {
    let has = |&at: &usize| weights.get(at).map_or(0, |weight| i128::from(weight.hundredths()));
    let shares: Vec<i128> = positions.iter().map(has).collect();
    let equal = || apportion(rest, &vec![1; shares.len()]);
    apportion(rest, &shares).or_else(|_all_zero| equal()).unwrap_or_default()
}

fn put(weights: &mut [Weight], positions: &[usize], hundredths: &[i64]) {
    for (&position, &hundredths) in positions.iter().zip(hundredths) {
        let weight = u16::try_from(hundredths).ok().and_then(Weight::from_hundredths);
        if let Some((place, weight)) = weights.get_mut(position).zip(weight) {
            *place = weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weights(percents: &[&str]) -> Vec<Weight> {
        percents.iter().map(|percent| percent.parse().unwrap()).collect()
    }

    fn check(before: &[&str], locked: &[bool], position: usize, wanted: &str, after: &[&str]) {
        let moved = rebalance(&weights(before), locked, position, wanted.parse().unwrap());
        assert_eq!(moved, weights(after), "{before:?} {locked:?}, {position} to {wanted}");
    }

    #[test]
    fn the_others_give_and_take_in_proportion() {
        check(&["30", "20", "50"], &[false; 3], 0, "40", &["40", "17.14", "42.86"]);
        check(&["30", "20", "50"], &[false; 3], 2, "0", &["60", "40", "0"]);
        check(&["100", "0", "0"], &[false; 3], 0, "50", &["50", "25", "25"]);
        check(&["100", "0", "0", "0"], &[false; 4], 0, "99.99", &["99.99", "0.01", "0", "0"]);
        check(&["100"], &[false], 0, "30", &["100"]);
    }

    #[test]
    fn locked_weights_do_not_move() {
        check(&["30", "20", "50"], &[false, true, false], 0, "90", &["80", "20", "0"]);
        check(&["30", "20", "50"], &[false, true, true], 0, "90", &["30", "20", "50"]);
        check(&["30", "20", "50"], &[true, false, false], 0, "90", &["30", "20", "50"]);
        check(&["30", "20", "50"], &[], 7, "90", &["30", "20", "50"]);
    }

    #[test]
    fn adjusting_to_a_hundred_is_asked_for() {
        for (before, locked, after) in [
            (&["10", "10"][..], &[false, false][..], Some(&["50", "50"][..])),
            (&["60", "60"], &[true, false], Some(&["60", "40"])),
            (&["0", "0", "0"], &[false; 3], Some(&["33.34", "33.33", "33.33"])),
            (&["60", "60"], &[true, true], None),
            (&["100", "50", "0"], &[true, true, false], None),
            (&["30", "70"], &[true, true], Some(&["30", "70"])),
            (&[], &[], None),
        ] {
            assert_eq!(to_whole(&weights(before), locked), after.map(weights), "{before:?} {locked:?}");
        }
    }

    /// Weights that total 100, with locks.
    fn linked() -> impl Strategy<Value = (Vec<Weight>, Vec<bool>)> {
        (proptest::collection::vec((0i128..50, any::<bool>()), 1..11)).prop_map(|parts| {
            let (shares, locked): (Vec<i128>, Vec<bool>) = parts.into_iter().unzip();
            let shares = if shares.iter().all(|&share| share == 0) { vec![1; shares.len()] } else { shares };
            let hundredths = apportion(10_000, &shares).unwrap();
            let weights = hundredths.into_iter().map(|h| Weight::from_hundredths(u16::try_from(h).unwrap()).unwrap());
            (weights.collect(), locked)
        })
    }

    proptest! {
        #[test]
        fn the_total_stays_whole_and_locks_hold((before, locked) in linked(), position in 0usize..11, wanted in 0u16..=10_000) {
            let wanted = Weight::from_hundredths(wanted).unwrap();
            let after = rebalance(&before, &locked, position, wanted);
            prop_assert_eq!(after.len(), before.len());
            prop_assert_eq!(after.iter().map(|w| u32::from(w.hundredths())).sum::<u32>(), 10_000);
            for at in (0..before.len()).filter(|&at| locked[at]) {
                prop_assert_eq!(after[at], before[at]);
            }
            let can_move = position < before.len() && !locked[position];
            let others: Vec<usize> = (0..before.len()).filter(|&at| at != position && !locked[at]).collect();
            if can_move && !others.is_empty() {
                let free: u16 = others.iter().map(|&at| before[at].hundredths()).sum::<u16>() + before[position].hundredths();
                prop_assert_eq!(after[position].hundredths(), wanted.hundredths().min(free));
                for at in others {
                    let with = after[position].cmp(&before[position]);
                    prop_assert!(after[at].cmp(&before[at]) != with || with.is_eq(), "{} moved with {}", at, position);
                }
            } else {
                prop_assert_eq!(after, before);
            }
        }

        #[test]
        fn adjusting_gives_a_hundred_or_nothing(parts in proptest::collection::vec((0u16..=10_000, any::<bool>()), 0..8)) {
            let before: Vec<Weight> = parts.iter().map(|&(hundredths, _)| Weight::from_hundredths(hundredths).unwrap()).collect();
            let locked: Vec<bool> = parts.iter().map(|&(_, locked)| locked).collect();
            let held: u32 = parts.iter().filter(|(_, locked)| *locked).map(|&(hundredths, _)| u32::from(hundredths)).sum();
            match to_whole(&before, &locked) {
                Some(after) => {
                    prop_assert_eq!(after.iter().map(|w| u32::from(w.hundredths())).sum::<u32>(), 10_000);
                    prop_assert!((0..before.len()).all(|at| !locked[at] || after[at] == before[at]));
                }
                None => prop_assert!(held > 10_000 || (locked.iter().all(|&locked| locked) && held != 10_000)),
            }
        }
    }
}
