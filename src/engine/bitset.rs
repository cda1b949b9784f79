//! A set of row numbers, one bit a row.

/// Which of `len` rows are in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bitset {
    words: Vec<u64>,
    len: usize,
}

impl Bitset {
    /// All of `len` rows.
    pub fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_word| !len.is_multiple_of(64)) {
            *last >>= 64 - len % 64;
        }
        Self { words, len }
    }

    /// None of `len` rows.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// The rows for which `is_in` answers yes.
    pub fn from_fn(len: usize, mut is_in: impl FnMut(usize) -> bool) -> Self {
        let mut rows = Self::none(len);
        (0..len).filter(|&row| is_in(row)).for_each(|row| rows.insert(row));
        rows
    }

    /// Takes a row in. A row past the end stays out.
    #[inline]
    pub fn insert(&mut self, row: usize) {
        if let Some(word) = self.words.get_mut(row / 64).filter(|_word| row < self.len) {
            *word |= 1 << (row % 64);
        }
    }

    /// A set from its words of 64 rows; `None` where they are not as many as `len` asks, or speak of rows past it.
    pub fn from_words(words: Vec<u64>, len: usize) -> Option<Self> {
        let past_the_end = match (words.last(), len % 64) {
            (Some(last), bits @ 1..) => last >> bits,
            _ => 0,
        };
        (words.len() == len.div_ceil(64) && past_the_end == 0).then_some(Self { words, len })
    }

    /// Adds all rows of another set at the end; `false`, and nothing added, where this one ends within a word.
    #[must_use]
    pub fn append(&mut self, other: &Self) -> bool {
        let fits = self.len.is_multiple_of(64);
        if fits {
            self.words.extend_from_slice(&other.words);
            self.len += other.len;
        }
        fits
    }

    /// Adds one more row at the end, in or out.
    pub fn push(&mut self, is_in: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(is_in) << (self.len % 64);
        }
        self.len += 1;
    }

    /// Adds rows at the end that are all out.
    pub fn push_out(&mut self, rows: usize) {
        self.len += rows;
        self.words.resize(self.len.div_ceil(64), 0);
    }

    /// Number of rows it speaks of, in or out.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it speaks of no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its words of 64 rows, the first row in the lowest bit; bits past the end are 0.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The same words, to be narrowed.
    pub(super) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Rows in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let words = self.words.iter().zip(&other.words).map(|(left, right)| left & right).collect();
        Self { words, len: self.len.min(other.len) }
    }

    /// Rows in one or the other.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let words = self.words.iter().zip(&other.words).map(|(left, right)| left | right).collect();
        Self { words, len: self.len.min(other.len) }
    }

    /// Whether any row is in.
    pub fn any(&self) -> bool {
        self.words.iter().any(|&word| word != 0)
    }

    /// Whether a row is in; a row past the end is not.
    pub fn contains(&self, row: usize) -> bool {
        row < self.len && self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// How many rows are in.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Rows that are in, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(position, &word)| bits(word).map(move |bit| position * 64 + bit))
    }
}

/// The places of a word's bits that are set, in order.
#[inline]
pub(super) fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros() as usize;
        // Takes the lowest bit away.
        (word != 0).then(|| word &= word - 1).map(|()| bit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_set_it_was_made_from(members in proptest::collection::vec(any::<(bool, bool)>(), 0..200)) {
            let left = Bitset::from_fn(members.len(), |row| members[row].0);
            let right = Bitset::from_fn(members.len(), |row| members[row].1);
            let both: Vec<usize> = (0..members.len()).filter(|&row| members[row].0 && members[row].1).collect();
            let found = left.and(&right);
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), both.clone());
            prop_assert_eq!(found.count(), both.len());
            prop_assert_eq!(found.any(), !both.is_empty());
            prop_assert_eq!(Bitset::all(members.len()), Bitset::from_fn(members.len(), |_row| true));
            prop_assert!((0..members.len() + 70).all(|row| found.contains(row) == both.contains(&row)));
        }
    }
}
