//! A column's values in pieces of one length.
//!
//! Pieces and not one vector: a vector that grows by doubling holds its values twice while it moves, and WebAssembly never
//! gives memory back. The pieces of all columns of a table end at the same rows, so that loops walk them side by side.

/// Rows in a piece; the last one may hold fewer.
pub const SEGMENT_ROWS: usize = 1 << 16;

/// Values in order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segments<T> {
    parts: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Segments<T> {
    fn default() -> Self {
        Self { parts: Vec::new(), len: 0 }
    }
}

impl<T: Copy> Segments<T> {
    /// Adds a value at the end.
    pub fn push(&mut self, value: T) {
        match self.parts.last_mut() {
            Some(part) if part.len() < SEGMENT_ROWS => part.push(value),
            // The first piece grows with its rows, so that a small table stays small; the others are known to fill up.
            Some(_) => {
                let mut part = Vec::with_capacity(SEGMENT_ROWS);
                part.push(value);
                self.parts.push(part);
            }
            None => self.parts.push(vec![value]),
        }
        self.len += 1;
    }

    /// Adds values at the end.
    pub fn extend_from_slice(&mut self, mut values: &[T]) {
        while let Some(&first) = values.first() {
            // The first of a piece the plain way, which makes the room.
            self.push(first);
            let Some(part) = self.parts.last_mut() else { return };
            let fits = (SEGMENT_ROWS - part.len()).min(values.len() - 1);
            let (now, later) = values.get(1..).unwrap_or_default().split_at(fits);
            part.extend_from_slice(now);
            self.len += now.len();
            values = later;
        }
    }

    /// Adds a whole piece at the end; `false`, and nothing added, where the pieces before it are not whole or it is none.
    #[must_use]
    pub fn push_part(&mut self, part: Vec<T>) -> bool {
        let fits = self.len.is_multiple_of(SEGMENT_ROWS) && (1..=SEGMENT_ROWS).contains(&part.len());
        if fits {
            self.len += part.len();
            self.parts.push(part);
        }
        fits
    }

    /// The value of a row.
    pub fn get(&self, row: usize) -> Option<T> {
        self.parts.get(row / SEGMENT_ROWS)?.get(row % SEGMENT_ROWS).copied()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The pieces: all of [`SEGMENT_ROWS`] values but the last.
    pub fn parts(&self) -> &[Vec<T>] {
        &self.parts
    }

    /// 64 values of a piece from the one at `first`; `None` where it holds fewer.
    #[inline]
    pub(super) fn chunk(&self, part: usize, first: usize) -> Option<&[T; 64]> {
        self.parts.get(part)?.get(first..)?.first_chunk()
    }

    /// Values in order of rows.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.parts.iter().flatten().copied()
    }
}

impl<T: Copy + Default> Segments<T> {
    /// The same at the end of the column, filled up with zeros.
    #[cold]
    pub(super) fn padded_chunk(&self, part: usize, first: usize) -> [T; 64] {
        let mut chunk = [T::default(); 64];
        let values = self.parts.get(part).and_then(|part| part.get(first..)).unwrap_or_default();
        chunk.iter_mut().zip(values).for_each(|(slot, &value)| *slot = value);
        chunk
    }
}

impl<T: Copy> FromIterator<T> for Segments<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut segments = Self::default();
        values.into_iter().for_each(|value| segments.push(value));
        segments
    }
}
