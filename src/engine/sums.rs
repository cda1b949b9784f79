//! Sums by cell, exact whatever the amounts.

use super::bitset::bits;
use super::cell_index::{Block, CellNumbers};
use super::{SEGMENT_ROWS, Segments};

/// Columns summed in one go over the rows; more take another.
const COLUMNS_AT_ONCE: usize = 6;

/// The sums of some columns, and how many rows were added, by cell.
///
/// A cell's row count and its sums lie side by side, so that a row touches one line of the cache or two.
pub(super) struct Sums<'a> {
    columns: Vec<&'a Segments<i64>>,
    store: Store,
}

enum Store {
    /// By [`COLUMNS_AT_ONCE`] columns: of every cell its row count, then its sums. Where no sum can leave 64 bits.
    Plain(Vec<Vec<i64>>),
    /// Of every cell its row count, then its sums, wide enough for any number of rows.
    Wide(Vec<i128>),
}

impl<'a> Sums<'a> {
    /// Sums for so many cells. `fits` says that no sum of these columns can leave 64 bits and that there will be no more
    /// cells.
    pub fn new(columns: Vec<&'a Segments<i64>>, cells: usize, fits: bool) -> Self {
        let store = if fits {
            let passes = columns.len().div_ceil(COLUMNS_AT_ONCE).max(1);
            let columns_of = |pass: usize| (columns.len() - pass * COLUMNS_AT_ONCE).min(COLUMNS_AT_ONCE);
            Store::Plain((0..passes).map(|pass| vec![0; cells * (columns_of(pass) + 1)]).collect())
        } else {
            Store::Wide(vec![0; cells * (columns.len() + 1)])
        };
        Self { columns, store }
    }

    /// Adds the rows of a block; `cells` is how many cells there are by now.
    pub fn add(&mut self, block: &Block<'_>, cells: usize) {
        match &mut self.store {
            Store::Plain(passes) => {
                for (pass, sums) in passes.iter_mut().enumerate() {
                    let columns = self.columns.get(pass * COLUMNS_AT_ONCE..).unwrap_or_default();
                    match columns.len() {
                        0 => add::<0, 1>(block, columns, sums),
                        1 => add::<1, 2>(block, columns, sums),
                        2 => add::<2, 3>(block, columns, sums),
                        3 => add::<3, 4>(block, columns, sums),
                        4 => add::<4, 5>(block, columns, sums),
                        5 => add::<5, 6>(block, columns, sums),
                        _ => add::<6, 7>(block, columns, sums),
                    }
                }
            }
            Store::Wide(sums) => {
                sums.resize(cells * (self.columns.len() + 1), 0);
                add_wide(block, &self.columns, sums);
            }
        }
    }

    /// How many rows were added to a cell.
    pub fn rows(&self, cell: usize) -> i64 {
        let rows = match &self.store {
            Store::Plain(passes) => {
                let of_first = self.columns.len().min(COLUMNS_AT_ONCE);
                passes.first().and_then(|sums| sums.get(cell * (of_first + 1))).copied()
            }
            Store::Wide(sums) => sums.get(cell * (self.columns.len() + 1)).and_then(|&rows| i64::try_from(rows).ok()),
        };
        rows.unwrap_or_default()
    }

    /// The sum of a column in a cell; `None` where 64 bits cannot hold it.
    pub fn sum(&self, cell: usize, column: usize) -> Option<i64> {
        match &self.store {
            Store::Plain(passes) => {
                let (pass, at) = (column / COLUMNS_AT_ONCE, column % COLUMNS_AT_ONCE);
                let stride = (self.columns.len() - pass * COLUMNS_AT_ONCE).min(COLUMNS_AT_ONCE) + 1;
                passes.get(pass)?.get(cell * stride + 1 + at).copied()
            }
            Store::Wide(sums) => {
                let sum = sums.get(cell * (self.columns.len() + 1) + 1 + column)?;
                i64::try_from(*sum).ok()
            }
        }
    }
}

/// The innermost loop: `C` columns, `S` being one more.
fn add<const C: usize, const S: usize>(block: &Block<'_>, columns: &[&Segments<i64>], sums: &mut [i64]) {
    let CellNumbers::Dense(numbers) = block.cells else { return };
    let (cells, _) = sums.as_chunks_mut::<S>();
    for ((at, &word), numbers) in block.words.iter().enumerate().zip(numbers.as_chunks::<64>().0) {
        if word == 0 {
            continue;
        }
        let first = block.first + at * 64;
        let chunks: [Option<&[i64; 64]>; C] =
            std::array::from_fn(|column| columns.get(column)?.chunk(block.segment, first));
        if chunks.iter().all(Option::is_some) {
            add_rows(word, numbers, chunks.map(|chunk| chunk.unwrap_or(&[0; 64])), cells);
        } else {
            let padded = |column: usize| columns.get(column).map_or([0; 64], |c| c.padded_chunk(block.segment, first));
            let padded: [[i64; 64]; C] = std::array::from_fn(padded);
            add_rows(word, numbers, padded.each_ref(), cells);
        }
    }
}

#[inline]
fn add_rows<const C: usize, const S: usize>(
    word: u64,
    numbers: &[u16; 64],
    amounts: [&[i64; 64]; C],
    cells: &mut [[i64; S]],
) {
    let mut add_row = |row: usize| {
        let row = row & 63;
        let Some(cell) = cells.get_mut(usize::from(numbers[row])) else { return };
        cell[0] += 1;
        for column in 0..C {
            cell[column + 1] += amounts[column][row];
        }
    };
    if word == u64::MAX {
        (0..64).for_each(add_row);
    } else {
        bits(word).for_each(&mut add_row);
    }
}

/// The same for sums that may leave 64 bits, and for cells that are still being found.
fn add_wide(block: &Block<'_>, columns: &[&Segments<i64>], sums: &mut [i128]) {
    let stride = columns.len() + 1;
    for (at, &word) in block.words.iter().enumerate() {
        for bit in bits(word) {
            let within = at * 64 + bit;
            let row = block.segment * SEGMENT_ROWS + block.first + within;
            let cell = block.cells.get(within).saturating_mul(stride);
            let Some([rows, sums @ ..]) = sums.get_mut(cell..cell.saturating_add(stride)) else { continue };
            *rows += 1;
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum += i128::from(column.get(row).unwrap_or_default());
            }
        }
    }
}
