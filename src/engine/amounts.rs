//! A column of amounts in minor units, with its gaps.

use super::{Bitset, SEGMENT_ROWS, Segments};

/// Amounts of one stage, in minor units of the row's currency, with the rows that have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Missing rows hold 0, so that a sum may run over them.
    minor: Segments<i64>,
    missing: Bitset,
    /// The greatest distance from zero: `largest * rows` bounds every sum.
    largest: u64,
}

impl Amounts {
    /// Adds the amount of the next row.
    pub fn push(&mut self, amount: Option<i64>) {
        self.missing.push(amount.is_none());
        self.largest = self.largest.max(amount.unwrap_or_default().unsigned_abs());
        self.minor.push(amount.unwrap_or_default());
    }

    /// Adds the amounts of the next rows, all of which have one.
    pub fn extend_from_slice(&mut self, amounts: &[i64]) {
        self.missing.push_out(amounts.len());
        self.largest = amounts.iter().fold(self.largest, |largest, amount| largest.max(amount.unsigned_abs()));
        self.minor.extend_from_slice(amounts);
    }

    /// Adds the amounts of a whole piece of rows, of which some are missing; `false`, and nothing added, where the pieces
    /// before it are not whole or the two do not speak of the same rows.
    #[must_use]
    pub fn push_part(&mut self, mut minor: Vec<i64>, missing: &Bitset) -> bool {
        if !self.missing.len().is_multiple_of(SEGMENT_ROWS) || missing.len() != minor.len() {
            return false;
        }
        if missing.count() > 0 {
            missing.iter().for_each(|row| minor.iter_mut().skip(row).take(1).for_each(|minor| *minor = 0));
        }
        let largest = minor.iter().fold(self.largest, |largest, minor| largest.max(minor.unsigned_abs()));
        let fits = self.minor.push_part(minor) && self.missing.append(missing);
        if fits {
            self.largest = largest;
        }
        fits
    }

    /// The amount of a row; `None` where it is missing, and past the end.
    pub fn get(&self, row: usize) -> Option<i64> {
        if self.missing.contains(row) { None } else { self.minor.get(row) }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.minor.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.minor.is_empty()
    }

    /// Minor units by row; 0 where missing.
    pub fn minor(&self) -> &Segments<i64> {
        &self.minor
    }

    /// Rows without an amount.
    pub fn missing(&self) -> &Bitset {
        &self.missing
    }

    /// Whether the sum of any of its rows fits 64 bits, so that loops need not look.
    pub fn cannot_overflow(&self) -> bool {
        let rows = u128::try_from(self.len()).unwrap_or(u128::MAX);
        u128::from(self.largest).saturating_mul(rows) <= u128::from(i64::MAX.unsigned_abs())
    }
}

impl FromIterator<Option<i64>> for Amounts {
    fn from_iter<I: IntoIterator<Item = Option<i64>>>(amounts: I) -> Self {
        let mut column = Self::default();
        amounts.into_iter().for_each(|amount| column.push(amount));
        column
    }
}
