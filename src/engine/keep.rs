//! Which rows have one of some codes, 64 at a time.

use wide::u8x16;

use super::{Bitset, Codes, NO_VALUE, SEGMENT_ROWS, Segments};

/// Whether a lookup of sixteen bytes is one instruction. Without SSSE3 it is none on x86-64, and a table in memory is
/// quicker than what stands in for it; tests go both ways.
const HAS_SHUFFLE: bool = cfg!(any(
    test,
    target_feature = "simd128",
    target_feature = "ssse3",
    all(target_feature = "neon", target_arch = "aarch64")
));

/// Takes out of `rows` those whose code is not among `wanted`. `codes` is `None` for a column without values.
pub(super) fn keep(rows: &mut Bitset, codes: Option<&Codes>, wanted: &[u32]) {
    let Some(codes) = codes else {
        if !wanted.contains(&NO_VALUE) {
            *rows = Bitset::none(rows.len());
        }
        return;
    };
    match codes {
        Codes::Narrow(codes) if HAS_SHUFFLE && wanted.iter().all(|&code| code < 16) => {
            let mut table = [0u8; 16];
            mark(&mut table, wanted);
            let table = u8x16::new(table);
            narrow(rows, codes, |codes: &[u8; 64]| {
                let (sixteens, _) = codes.as_chunks::<16>();
                // Codes past the table find a zero.
                let found = |codes: &[u8; 16]| u64::from(table.shuffle_zeroing(u8x16::new(*codes)).to_bitmask());
                sixteens.iter().rev().fold(0, |word, codes| word << 16 | found(codes))
            });
        }
        Codes::Narrow(codes) => {
            let mut table = [0u8; 256];
            mark(&mut table, wanted);
            narrow(rows, codes, |codes: &[u8; 64]| word(codes, |code| table[usize::from(code)] != 0));
        }
        Codes::Medium(codes) => {
            let wanted = set_of(wanted);
            narrow(rows, codes, |codes: &[u16; 64]| word(codes, |code| wanted.contains(code.into())));
        }
        Codes::Wide(codes) => {
            let wanted = set_of(wanted);
            narrow(rows, codes, |codes: &[u32; 64]| word(codes, |code| wanted.contains(code as usize)));
        }
    }
}

fn mark(table: &mut [u8], wanted: &[u32]) {
    for &code in wanted {
        if let Some(slot) = table.get_mut(code as usize) {
            *slot = u8::MAX;
        }
    }
}

fn set_of(wanted: &[u32]) -> Bitset {
    let mut set = Bitset::none(wanted.iter().max().map_or(0, |&greatest| greatest as usize + 1));
    wanted.iter().for_each(|&code| set.insert(code as usize));
    set
}

/// One bit for each of 64 codes, the first in the lowest.
#[inline]
fn word<T: Copy>(codes: &[T; 64], is_in: impl Fn(T) -> bool) -> u64 {
    codes.iter().rev().fold(0, |word, &code| word << 1 | u64::from(is_in(code)))
}

/// Narrows the rows by what `found` says of the codes of 64 of them; those that have no row left are not looked at.
#[inline]
fn narrow<T: Copy + Default>(rows: &mut Bitset, codes: &Segments<T>, found: impl Fn(&[T; 64]) -> u64) {
    let words = rows.words_mut().chunks_mut(SEGMENT_ROWS / 64);
    for (segment, words) in words.enumerate() {
        for (at, word) in words.iter_mut().enumerate().filter(|(_, word)| **word != 0) {
            *word &= match codes.chunk(segment, at * 64) {
                Some(codes) => found(codes),
                None => found(&codes.padded_chunk(segment, at * 64)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the width of the column, and where it ends.
        #[test]
        fn it_keeps_rows_with_one_of_the_codes(
            codes in proptest::collection::vec(0u32..20, 0..300),
            wanted in proptest::collection::vec(0u32..20, 0..5),
            scale in prop::sample::select(vec![1u32, 12, 3_000, 5_000_000]),
            before in proptest::collection::vec(any::<bool>(), 300),
        ) {
            let column: Codes = codes.iter().map(|code| code * scale).collect();
            let wanted: Vec<u32> = wanted.iter().map(|code| code * scale).collect();
            let mut rows = Bitset::from_fn(codes.len(), |row| before[row]);
            keep(&mut rows, Some(&column), &wanted);
            prop_assert_eq!(rows, Bitset::from_fn(codes.len(), |row| before[row] && wanted.contains(&(codes[row] * scale))));
        }
    }

    #[test]
    fn it_goes_on_in_the_next_segment() {
        let column: Codes = (0..SEGMENT_ROWS as u32 + 100).map(|row| row / 7 % 5).collect();
        let mut rows = Bitset::all(column.len());
        keep(&mut rows, Some(&column), &[3]);
        assert_eq!(rows, Bitset::from_fn(column.len(), |row| row / 7 % 5 == 3));
    }

    #[test]
    fn a_column_without_values_has_none_everywhere() {
        for (wanted, kept) in [(&[NO_VALUE, 2][..], 3), (&[2], 0)] {
            let mut rows = Bitset::all(3);
            keep(&mut rows, None, wanted);
            assert_eq!(rows.count(), kept);
        }
    }
}
