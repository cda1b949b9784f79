//! Which cell each row falls in: rows that have the same codes of some keys fall in the same.

use wide::{u8x16, u16x8};

use super::bitset::bits;
use super::table::Column;
use super::{Bitset, Codes, Key, NO_VALUE, SEGMENT_ROWS, Table};

/// Rows looked at together: few enough that their cells' numbers stay in the nearest cache.
const BLOCK_ROWS: usize = 1024;

/// Where the codes of the keys combine to no more than this, every combination has a number, whether it occurs or not:
/// what fits 16 bits, eight of which are computed at a time.
const DENSE_CELLS: u64 = 1 << 16;

/// Odd, with its bits well mixed: 2^64 divided by the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Gives the cells of a table numbers from 0.
pub(super) struct CellIndex<'a> {
    /// By key; `None` for one that no row has a value of.
    columns: Vec<Option<&'a Column>>,
    numbering: Numbering,
}

enum Numbering {
    Dense {
        /// By key: how far apart the cells of neighbouring codes are.
        strides: Vec<usize>,
        cells: usize,
        numbers: Vec<u16>,
    },
    Sparse {
        links: Vec<Link>,
        /// The first row of each cell.
        firsts: Vec<usize>,
        numbers: Vec<u32>,
    },
}

/// Numbers the combinations of some keys with those of the links before, in order of appearance.
struct Link {
    /// Place of each key and how far apart its neighbouring codes are.
    strides: Vec<(usize, u64)>,
    /// Open addressing: combination and its number, or [`FREE`]. A power of two, at most half full.
    slots: Vec<(u64, u32)>,
    len: u32,
}

const FREE: u32 = u32::MAX;

/// Some rows of one segment, at most [`BLOCK_ROWS`], with the cells they fall in.
pub(super) struct Block<'a> {
    /// The segment.
    pub segment: usize,
    /// The first row, counted within the segment; a multiple of 64.
    pub first: usize,
    /// Rows taken.
    pub words: &'a [u64],
    /// The cell of each row taken; of the others, any number.
    pub cells: CellNumbers<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum CellNumbers<'a> {
    Dense(&'a [u16]),
    Sparse(&'a [u32]),
}

impl CellNumbers<'_> {
    #[inline]
    pub fn get(self, at: usize) -> usize {
        match self {
            Self::Dense(numbers) => numbers.get(at).map_or(usize::MAX, |&number| number.into()),
            Self::Sparse(numbers) => numbers.get(at).map_or(usize::MAX, |&number| number as usize),
        }
    }
}

impl<'a> CellIndex<'a> {
    pub fn new(table: &'a Table, keys: &[Key]) -> Self {
        let columns: Vec<_> = keys.iter().map(|&key| table.coded(key).filter(|column| column.greatest > 0)).collect();
        let combinations = columns.iter().try_fold(1u64, |product, column| product.checked_mul(values(*column)));
        let numbering = match combinations.filter(|&combinations| combinations <= DENSE_CELLS) {
            Some(cells) => {
                let mut strides = vec![0; columns.len()];
                let mut stride = 1;
                for (place, column) in strides.iter_mut().zip(&columns).rev() {
                    *place = stride;
                    stride *= values(*column) as usize;
                }
                Numbering::Dense { strides, cells: cells as usize, numbers: vec![0; BLOCK_ROWS] }
            }
            None => Numbering::Sparse { links: links(&columns), firsts: Vec::new(), numbers: vec![0; BLOCK_ROWS] },
        };
        Self { columns, numbering }
    }

    /// Whether every combination has a number, so that there are no more numbers to come.
    pub fn is_dense(&self) -> bool {
        matches!(self.numbering, Numbering::Dense { .. })
    }

    /// How many numbers were given.
    pub fn len(&self) -> usize {
        match &self.numbering {
            Numbering::Dense { cells, .. } => *cells,
            Numbering::Sparse { firsts, .. } => firsts.len(),
        }
    }

    /// Shows the rows taken, a block at a time, to `visit`, with the number of cells there are by then, until it answers
    /// that it has seen enough.
    pub fn each_block(&mut self, rows: &Bitset, visit: &mut dyn FnMut(&Block<'_>, usize) -> bool) {
        for (block, words) in rows.words().chunks(BLOCK_ROWS / 64).enumerate() {
            if words.iter().all(|&word| word == 0) {
                continue;
            }
            let (segment, first) = (block * BLOCK_ROWS / SEGMENT_ROWS, block * BLOCK_ROWS % SEGMENT_ROWS);
            let columns = &self.columns;
            match &mut self.numbering {
                Numbering::Dense { strides, numbers, .. } => {
                    let (numbers, _) = numbers.as_chunks_mut::<64>();
                    for ((at, &word), numbers) in words.iter().enumerate().zip(numbers) {
                        if word != 0 {
                            *numbers = numbers_of(columns, strides, segment, first + at * 64);
                        }
                    }
                }
                Numbering::Sparse { links, firsts, numbers } => {
                    for (at, &word) in words.iter().enumerate() {
                        for bit in bits(word) {
                            let row = block * BLOCK_ROWS + at * 64 + bit;
                            let cell = links.iter_mut().fold(0, |cell, link| link.number(cell, columns, row));
                            if cell as usize == firsts.len() {
                                firsts.push(row);
                            }
                            if let Some(number) = numbers.get_mut(at * 64 + bit) {
                                *number = cell;
                            }
                        }
                    }
                }
            }
            let (cells, len) = match &self.numbering {
                Numbering::Dense { numbers, cells, .. } => (CellNumbers::Dense(numbers), *cells),
                Numbering::Sparse { numbers, firsts, .. } => (CellNumbers::Sparse(numbers), firsts.len()),
            };
            if !visit(&Block { segment, first, words, cells }, len) {
                return;
            }
        }
    }

    /// The cells in use, in declared order of the keys (no value last), and the codes of each key in that order.
    pub fn in_declared_order(&self, is_used: &dyn Fn(usize) -> bool) -> (Vec<usize>, Vec<Codes>) {
        let mut cells = Vec::new();
        let mut codes = vec![Codes::default(); self.columns.len()];
        match &self.numbering {
            Numbering::Dense { strides, cells: len, .. } => {
                // Counts through the combinations as an odometer does, each wheel from its first value to no value.
                let mut wheels: Vec<u32> =
                    self.columns.iter().map(|column| if column.is_some() { 1 } else { NO_VALUE }).collect();
                let mut cell: usize = wheels.iter().zip(strides).map(|(&code, stride)| code as usize * stride).sum();
                for _combination in 0..*len {
                    if is_used(cell) {
                        cells.push(cell);
                        codes.iter_mut().zip(&wheels).for_each(|(codes, &code)| codes.push(code));
                    }
                    for ((wheel, stride), column) in wheels.iter_mut().zip(strides).zip(&self.columns).rev() {
                        let Some(column) = column else { continue };
                        if *wheel == NO_VALUE {
                            (*wheel, cell) = (1, cell + stride);
                            continue;
                        }
                        if *wheel == column.greatest {
                            (*wheel, cell) = (NO_VALUE, cell - column.greatest as usize * stride);
                        } else {
                            (*wheel, cell) = (*wheel + 1, cell + stride);
                        }
                        break;
                    }
                }
            }
            Numbering::Sparse { links, firsts, .. } => {
                let code =
                    |cell: usize, column: &Column| firsts.get(cell).map_or(NO_VALUE, |&row| column.codes.get(row));
                let ordered = links.iter().fold(Vec::new(), |before, link| link.in_order(&before));
                cells.extend(ordered.into_iter().map(|cell| cell as usize).filter(|&cell| is_used(cell)));
                for (codes, column) in codes.iter_mut().zip(&self.columns) {
                    *codes = cells.iter().map(|&cell| column.map_or(NO_VALUE, |column| code(cell, column))).collect();
                }
            }
        }
        (cells, codes)
    }
}

/// How many values a key may have, no value among them.
fn values(column: Option<&Column>) -> u64 {
    column.map_or(1, |column| u64::from(column.greatest) + 1)
}

/// The cells of 64 rows of a segment.
#[inline]
fn numbers_of(columns: &[Option<&Column>], strides: &[usize], segment: usize, first: usize) -> [u16; 64] {
    let mut sums = [u16x8::splat(0); 8];
    for (column, &stride) in columns.iter().zip(strides) {
        let Some(column) = column else { continue };
        let stride = u16x8::splat(stride as u16);
        let (pairs, _) = sums.as_chunks_mut::<2>();
        match &column.codes {
            Codes::Narrow(codes) => {
                let padded;
                let codes = match codes.chunk(segment, first) {
                    Some(codes) => codes,
                    None => {
                        padded = codes.padded_chunk(segment, first);
                        &padded
                    }
                };
                for ([low, high], codes) in pairs.iter_mut().zip(codes.as_chunks::<16>().0) {
                    let codes = u8x16::new(*codes);
                    // A zero byte after each code makes it twice as wide.
                    let wider = |bytes: u8x16| u16x8::from_ne_bytes(bytes.to_ne_bytes()) * stride;
                    *low += wider(u8x16::unpack_low(codes, u8x16::splat(0)));
                    *high += wider(u8x16::unpack_high(codes, u8x16::splat(0)));
                }
            }
            Codes::Medium(codes) => {
                let padded;
                let codes = match codes.chunk(segment, first) {
                    Some(codes) => codes,
                    None => {
                        padded = codes.padded_chunk(segment, first);
                        &padded
                    }
                };
                for (sum, codes) in sums.iter_mut().zip(codes.as_chunks::<8>().0) {
                    *sum += u16x8::new(*codes) * stride;
                }
            }
            // So few codes in so wide a column: only from elsewhere.
            Codes::Wide(codes) => {
                let padded;
                let codes = match codes.chunk(segment, first) {
                    Some(codes) => codes,
                    None => {
                        padded = codes.padded_chunk(segment, first);
                        &padded
                    }
                };
                for (sum, codes) in sums.iter_mut().zip(codes.as_chunks::<8>().0) {
                    *sum += u16x8::new(codes.map(|code| code as u16)) * stride;
                }
            }
        }
    }
    let mut numbers = [0; 64];
    numbers.as_chunks_mut::<8>().0.iter_mut().zip(sums).for_each(|(numbers, sum)| *numbers = sum.to_array());
    numbers
}

/// Keys in as few links as 64 bits allow, in their order; of each, the first one has the longest stride.
fn links(columns: &[Option<&Column>]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut last = 0;
    while last < columns.len() {
        // After the first link, the upper half is for the number of the link before.
        let room: u128 = if links.is_empty() { 1 << 64 } else { 1 << 32 };
        let (first, mut product) = (last, 1);
        while let Some(column) = columns.get(last)
            && product * u128::from(values(*column)) <= room
        {
            product *= u128::from(values(*column));
            last += 1;
        }
        let mut stride = 1;
        let strides = (first..last).rev().map(|place| {
            let own = stride;
            stride *= u128::from(columns.get(place).map_or(1, |column| values(*column)));
            (place, own as u64)
        });
        links.push(Link { strides: strides.collect(), slots: vec![(0, FREE); 1024], len: 0 });
    }
    links
}

impl Link {
    fn number(&mut self, before: u32, columns: &[Option<&Column>], row: usize) -> u32 {
        // No value last.
        let rank = |column: &Column| u64::from(column.codes.get(row).checked_sub(1).unwrap_or(column.greatest));
        let combination = self.strides.iter().fold(u64::from(before) << 32, |sum, &(place, stride)| {
            let rank = columns.get(place).copied().flatten().map_or(0, rank);
            sum.wrapping_add(rank.wrapping_mul(stride))
        });
        let mask = self.slots.len() - 1;
        let mut at = slot_of(combination) & mask;
        loop {
            match self.slots.get_mut(at) {
                Some((_, number)) if *number == FREE => break,
                Some((known, number)) if *known == combination => return *number,
                _ => at = (at + 1) & mask,
            }
        }
        let number = self.len;
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (combination, number);
        }
        self.len += 1;
        if self.len as usize * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The numbers it gave, in declared order of the combinations. `before` are those of the link before, in its order;
    /// none for the first.
    fn in_order(&self, before: &[u32]) -> Vec<u32> {
        let mut ranks = vec![0; before.len()];
        for (rank, &number) in (0u64..).zip(before) {
            if let Some(slot) = ranks.get_mut(number as usize) {
                *slot = rank;
            }
        }
        let ranked = |&(combination, number): &(u64, u32)| match ranks.get((combination >> 32) as usize) {
            Some(rank) => (rank << 32 | combination & u64::from(u32::MAX), number),
            None => (combination, number),
        };
        let given = self.slots.iter().filter(|(_, number)| *number != FREE);
        let mut given: Vec<(u64, u32)> = given.map(ranked).collect();
        given.sort_unstable();
        given.into_iter().map(|(_, number)| number).collect()
    }

    fn grow(&mut self) {
        let len = self.slots.len() * 2;
        let full = std::mem::replace(&mut self.slots, vec![(0, FREE); len]);
        for entry in full.into_iter().filter(|&(_, number)| number != FREE) {
            let mut at = slot_of(entry.0) & (len - 1);
            while self.slots.get(at).is_some_and(|&(_, number)| number != FREE) {
                at = (at + 1) & (len - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = entry;
            }
        }
    }
}

fn slot_of(combination: u64) -> usize {
    ((combination ^ combination >> 32).wrapping_mul(MIX) >> 32) as usize
}
