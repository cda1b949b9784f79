//! Which row of the file each row of a table is.

use crate::engine::Bitset;

/// File rows by place, as runs: they nearly always follow one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowNumbers {
    /// Place and file row that each run begins with.
    runs: Vec<(usize, u32)>,
    len: usize,
}

impl RowNumbers {
    /// Adds rows that follow one another in the file.
    pub fn push_run(&mut self, first_row: u32, rows: usize) {
        if rows > 0 {
            self.push(first_row);
            self.len += rows - 1;
        }
    }

    /// Adds the file row of the next place.
    pub fn push(&mut self, row: u32) {
        let next = self.runs.last().map(|&(place, first)| first.saturating_add(distance(place, self.len)));
        if next != Some(row) {
            self.runs.push((self.len, row));
        }
        self.len += 1;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The file row of a place, numbered as a spreadsheet does; 0 past the end.
    pub fn get(&self, place: usize) -> u32 {
        let run = self.runs.partition_point(|&(first, _)| first <= place).checked_sub(1);
        let run = run.filter(|_| place < self.len).and_then(|run| self.runs.get(run));
        run.map_or(0, |&(first, row)| row.saturating_add(distance(first, place)))
    }

    /// The first row of each run, and how many rows it has.
    pub fn runs(&self) -> Vec<(u32, u32)> {
        let ends = self.runs.iter().skip(1).map(|&(place, _)| place).chain([self.len]);
        self.runs.iter().zip(ends).map(|(&(place, first), end)| (first, distance(place, end))).collect()
    }

    /// Keeps only these places.
    pub fn retain(&mut self, kept: &Bitset) {
        let all = std::mem::take(self);
        kept.iter().for_each(|place| self.push(all.get(place)));
    }
}

fn distance(from: usize, to: usize) -> u32 {
    u32::try_from(to - from).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_the_rows_they_were_made_of(steps in proptest::collection::vec((1u32..4, any::<bool>()), 0..60)) {
            let rows: Vec<(u32, bool)> = steps.iter().scan(1, |row, &(step, is_kept)| {
                *row += step;
                Some((*row, is_kept))
            }).collect();
            let mut numbers = RowNumbers::default();
            rows.iter().for_each(|(row, _)| numbers.push(*row));
            let found: Vec<u32> = (0..numbers.len()).map(|place| numbers.get(place)).collect();
            prop_assert_eq!(found, rows.iter().map(|(row, _)| *row).collect::<Vec<_>>());
            prop_assert_eq!(numbers.get(rows.len()), 0);
            numbers.retain(&Bitset::from_fn(rows.len(), |place| rows[place].1));
            let kept: Vec<u32> = rows.iter().filter(|(_, is_kept)| *is_kept).map(|(row, _)| *row).collect();
            prop_assert_eq!((0..numbers.len()).map(|place| numbers.get(place)).collect::<Vec<_>>(), kept);
        }
    }
}
