//! The amounts of one stage in one piece of rows.
//!
//! What is written of each amount is its difference to the stage before, which is often nothing and mostly small, in as few
//! bytes as it has; the numbers of bytes come first, two of them in a byte. Measured on 100,000 lines of five amounts: 1.60 MB,
//! where whole 64-bit amounts take 4.00 and planes of equal width 2.40, and as brotli 1.38 MB, where those take 1.54 and 1.41.

use super::PackFault;
use super::wire::{Reader, put_number, unzigzag, zigzag};
use crate::engine::Bitset;

/// Some rows have no amount: their bits come first.
const HAS_GAPS: u8 = 1;
/// No row has one: nothing follows.
const ALL_GAPS: u8 = 2;
/// Differences to the stage before.
const IS_DIFFERENCE: u8 = 4;
/// All are multiples of a number, which follows: amounts published without cents.
const IS_SCALED: u8 = 8;

/// The bytes after a block that reading the last of its amounts may touch.
pub(super) const PADDING: usize = 8;

const CORRUPT: PackFault = PackFault::Corrupt { place: "amounts" };

/// The block of a piece of amounts; `before` is the same piece of the stage before. `may_be_none` where a piece without any
/// amount may be written as that.
pub(super) fn encode(minor: &[i64], missing: &Bitset, before: Option<&[i64]>, may_be_none: bool) -> Vec<u8> {
    let gaps = missing.count();
    if may_be_none && gaps == minor.len() {
        return vec![ALL_GAPS];
    }
    let plain = body(minor.iter().copied());
    let difference = before.map(|before| {
        let rows = minor.iter().zip(before).enumerate();
        // A gap repeats the amount before, which takes no bytes.
        body(rows.map(|(row, (amount, before))| if missing.contains(row) { 0 } else { amount.wrapping_sub(*before) }))
    });
    let (body, is_difference) = match difference {
        Some(difference) if difference.bytes.len() < plain.bytes.len() => (difference, IS_DIFFERENCE),
        _ => (plain, 0),
    };
    let has_gaps = if gaps > 0 { HAS_GAPS } else { 0 };
    let is_scaled = if body.divisor > 1 { IS_SCALED } else { 0 };
    let mut block = vec![has_gaps | is_difference | is_scaled];
    if gaps > 0 {
        block.extend(missing.words().iter().flat_map(|word| word.to_le_bytes()));
    }
    if body.divisor > 1 {
        put_number(body.divisor, &mut block);
    }
    block.extend(body.bytes);
    block
}

struct Body {
    divisor: u64,
    bytes: Vec<u8>,
}

/// Numbers of bytes, then the bytes.
fn body(numbers: impl Iterator<Item = i64>) -> Body {
    let numbers: Vec<i64> = numbers.collect();
    let divisor = numbers.iter().fold(0, |divisor, number| greatest_common_divisor(divisor, number.unsigned_abs()));
    let mut widths = vec![0u8; numbers.len().div_ceil(2)];
    let mut bytes = Vec::with_capacity(numbers.len() * 4);
    for (row, number) in numbers.iter().enumerate() {
        let number = i64::try_from(divisor).ok().and_then(|divisor| number.checked_div(divisor)).unwrap_or(*number);
        let number = zigzag(number);
        let width = (u64::BITS - number.leading_zeros()).div_ceil(8);
        if let Some(widths) = widths.get_mut(row / 2) {
            *widths |= width.to_le_bytes()[0] << (4 * (row % 2));
        }
        bytes.extend(number.to_le_bytes().iter().take(width as usize));
    }
    widths.append(&mut bytes);
    // 2^63, which no amount can be divided by, can only be the divisor of amounts that are zero or all i64::MIN.
    Body { divisor: if i64::try_from(divisor).is_ok() { divisor } else { 1 }, bytes: widths }
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The amounts of a block of `rows` rows, and those that are missing. `padded` is the block and [`PADDING`] more bytes.
pub(super) fn decode(padded: &[u8], rows: usize, before: Option<&[i64]>) -> Result<(Vec<i64>, Bitset), PackFault> {
    let whole = padded.len().checked_sub(PADDING).ok_or(CORRUPT)?;
    let mut reader = Reader(padded);
    let flags = *reader.bytes(1).and_then(<[u8]>::first).ok_or(CORRUPT)?;
    if flags == ALL_GAPS && whole == 1 {
        return Ok((vec![0; rows], Bitset::all(rows)));
    }
    if flags & !(HAS_GAPS | IS_DIFFERENCE | IS_SCALED) != 0 {
        return Err(CORRUPT);
    }
    let words = rows.div_ceil(64);
    let gaps = if flags & HAS_GAPS == 0 { vec![0; words] } else { gaps(&mut reader, words).ok_or(CORRUPT)? };
    let missing = Bitset::from_words(gaps, rows).ok_or(CORRUPT)?;
    let divisor = if flags & IS_SCALED == 0 { 1 } else { reader.number().ok_or(CORRUPT)? };
    let divisor = i64::try_from(divisor).map_err(|_no_divisor| CORRUPT)?;
    let before = if flags & IS_DIFFERENCE == 0 { None } else { Some(before.ok_or(CORRUPT)?) };
    let widths = reader.bytes(rows.div_ceil(2)).ok_or(CORRUPT)?;
    let mut minor = vec![0; rows];
    let used = spread(widths, reader.0, &mut minor).ok_or(CORRUPT)?;
    if reader.0.len() != used + PADDING {
        return Err(CORRUPT);
    }
    // Wrapping: any 64 bits are an amount, and what was written with wrapping comes back by it.
    if divisor != 1 {
        minor.iter_mut().for_each(|amount| *amount = amount.wrapping_mul(divisor));
    }
    if let Some(before) = before {
        if before.len() != rows {
            return Err(CORRUPT);
        }
        minor.iter_mut().zip(before).for_each(|(amount, before)| *amount = amount.wrapping_add(*before));
    }
    Ok((minor, missing))
}

fn gaps(reader: &mut Reader<'_>, words: usize) -> Option<Vec<u64>> {
    let bytes = reader.bytes(words * 8)?;
    let words = bytes.chunks_exact(8).filter_map(|word| word.first_chunk::<8>());
    Some(words.map(|word| u64::from_le_bytes(*word)).collect())
}

/// What is kept of eight bytes, by the number of bytes; none for numbers that there are not.
const KEPT: [u64; 16] = {
    let mut kept = [0; 16];
    let mut bytes = 1;
    while bytes <= 8 {
        kept[bytes] = u64::MAX >> (64 - 8 * bytes);
        bytes += 1;
    }
    kept
};

/// Numbers out of their bytes, two at a time; returns how many bytes they took, `None` where there are too few.
fn spread(widths: &[u8], bytes: &[u8], numbers: &mut [i64]) -> Option<usize> {
    let mut at = 0;
    let mut widest = 0;
    for (pair, widths) in numbers.chunks_mut(2).zip(widths) {
        let (first, second) = (usize::from(widths & 15), usize::from(widths >> 4));
        widest = widest.max(first).max(second);
        if let [amount, rest @ ..] = pair {
            *amount = number(bytes, at, first)?;
            at += first;
            if let [amount] = rest {
                *amount = number(bytes, at, second)?;
                at += second;
            }
        }
    }
    (widest <= 8).then_some(at)
}

#[inline]
fn number(bytes: &[u8], at: usize, width: usize) -> Option<i64> {
    let word = bytes.get(at..)?.first_chunk::<8>()?;
    Some(unzigzag(u64::from_le_bytes(*word) & KEPT[width & 15]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn padded(mut block: Vec<u8>) -> Vec<u8> {
        block.extend([0xaa; PADDING]);
        block
    }

    fn split(amounts: &[Option<i64>]) -> (Vec<i64>, Bitset) {
        let minor = amounts.iter().map(|amount| amount.unwrap_or_default()).collect();
        (minor, Bitset::from_fn(amounts.len(), |row| amounts[row].is_none()))
    }

    /// Encodes and decodes; gaps are zeroed as the column does it.
    fn round_trip(amounts: &[Option<i64>], before: Option<&[i64]>, may_be_none: bool) -> usize {
        let (minor, missing) = split(amounts);
        let block = encode(&minor, &missing, before, may_be_none);
        let len = block.len();
        let (mut found, gaps) = decode(&padded(block), amounts.len(), before).unwrap();
        gaps.iter().for_each(|row| found[row] = 0);
        assert_eq!((found, gaps), (minor, missing));
        len
    }

    fn amount() -> impl Strategy<Value = Option<i64>> {
        prop_oneof![Just(None), any::<i64>().prop_map(Some), (-1000i64..1000).prop_map(|soles| Some(soles * 100))]
    }

    proptest! {
        #[test]
        fn amounts_come_back(rows in proptest::collection::vec((amount(), any::<i64>()), 1..200), may_be_none in any::<bool>()) {
            let (amounts, before): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            round_trip(&amounts, None, may_be_none);
            round_trip(&amounts, Some(&before), may_be_none);
        }

        #[test]
        fn any_bytes_are_amounts_or_a_fault(block in proptest::collection::vec(any::<u8>(), 0..60), rows in 1usize..20) {
            let found = decode(&padded(block), rows, Some(&vec![i64::MIN; rows])).map(|(minor, missing)| (minor.len(), missing.len()));
            prop_assert!(found == Ok((rows, rows)) || found == Err(CORRUPT));
        }
    }

    #[test]
    fn amounts_at_the_edges_come_back() {
        for amounts in [
            [Some(i64::MIN), Some(i64::MIN), Some(i64::MIN)].as_slice(),
            &[Some(i64::MIN), Some(0), None],
            &[Some(i64::MAX), Some(i64::MIN), Some(-1)],
            &[Some(0)],
            &[None],
        ] {
            round_trip(amounts, None, true);
            round_trip(amounts, Some(&[i64::MAX, i64::MIN, 1][..amounts.len()]), false);
        }
    }

    #[test]
    fn what_repeats_is_short() {
        let soles: Vec<Option<i64>> = (1..=1000).map(|soles| Some(soles * 12_300)).collect();
        let (minor, _) = split(&soles);
        assert_eq!(round_trip(&vec![None; 1000], None, true), 1, "no amount at all");
        assert_eq!(round_trip(&soles, Some(&minor), true), 1 + 500, "the stage before, half a byte a row");
        assert!(round_trip(&soles, None, true) < 1 + 3 + 500 + 2000, "two bytes of soles and no cents");
    }
}
