//! The range of amounts that bars or points share, and where an amount stands in it.
//!
//! Owns the step from exact integers to the first float, made in one place. Refuses pixels.

/// A range of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scale {
    low: i64,
    high: i64,
}

impl Scale {
    /// The range that fits zero and every amount, so that lengths compare as the amounts do.
    pub fn of(amounts: impl IntoIterator<Item = i64>) -> Self {
        amounts
            .into_iter()
            .fold(Self::default(), |scale, amount| Self { low: scale.low.min(amount), high: scale.high.max(amount) })
    }

    /// The range that fits every amount and no more, for places; where that is no range, because there
    /// is only one amount, zero is held too.
    pub fn of_places(amounts: impl IntoIterator<Item = i64> + Clone) -> Self {
        match (amounts.clone().into_iter().min(), amounts.clone().into_iter().max()) {
            (Some(low), Some(high)) if low < high => Self { low, high },
            _ => Self::of(amounts),
        }
    }

    /// The range that fits both.
    pub fn and(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The lower end.
    pub fn low(&self) -> i64 {
        self.low
    }

    /// The upper end.
    pub fn high(&self) -> i64 {
        self.high
    }

    /// Whether any amount is below zero, so that a zero line is needed.
    pub fn has_negatives(&self) -> bool {
        self.low < 0
    }

    /// Where an amount stands between the ends, 0 to 1; amounts beyond the ends stand at the ends,
    /// and all stand at 0 when there is no range.
    pub fn share(&self, amount: i64) -> f64 {
        let span = i128::from(self.high) - i128::from(self.low);
        if span == 0 {
            return 0.0;
        }
        let from_low = i128::from(amount.clamp(self.low, self.high)) - i128::from(self.low);
        from_low as f64 / span as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_places_begins_where_they_do() {
        let scale = Scale::of_places([70, 50]);
        assert_eq!((scale.low(), scale.high()), (50, 70));
        for (places, ends) in [(vec![], (0, 0)), (vec![7, 7], (0, 7)), (vec![-7], (-7, 0))] {
            let scale = Scale::of_places(places);
            assert_eq!((scale.low(), scale.high()), ends);
        }
    }

    #[test]
    fn a_scale_holds_zero_and_every_amount() {
        let scale = Scale::of([50, -20]).and(Scale::of([80]));
        assert!(scale.has_negatives());
        for (amount, share) in [(-20, 0.0), (0, 0.2), (50, 0.7), (80, 1.0), (900, 1.0)] {
            assert!((scale.share(amount) - share).abs() < 1e-12, "{amount}");
        }
        assert!(Scale::of([]).share(7).abs() < 1e-12);
        assert!((Scale::of([i64::MIN, i64::MAX]).share(0) - 0.5).abs() < 1e-12);
    }
}
