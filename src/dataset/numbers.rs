//! A column of numbers as read: integers of one scale wherever they are exact, decimals where not.

use rust_decimal::Decimal;

use crate::engine::{Amounts, Bitset, Segments};

/// Digits that 64 bits surely hold.
const SAFE_DIGITS: usize = 18;

/// Numbers with as many decimals as they were written with.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    /// Decimals that `integers` count: 2 for money, so that a column of cents is a column of minor units as it stands.
    scale: u8,
    integers: Amounts,
    written: Written,
    /// Numbers that `integers` cannot hold, by place in ascending order; their places in `integers` say missing.
    wide: Vec<(usize, Decimal)>,
}

/// How many decimals each number was written with: messages show a number as it stands in the file.
#[derive(Debug, Clone, Default)]
enum Written {
    #[default]
    Nothing,
    Alike(u8),
    Each(Segments<u8>),
}

impl Numbers {
    pub fn new(scale: u8) -> Self {
        Self { scale, ..Self::default() }
    }

    pub fn len(&self) -> usize {
        self.integers.len()
    }

    /// Adds a missing number.
    pub fn push_missing(&mut self) {
        if let Written::Each(each) = &mut self.written {
            each.push(0);
        }
        self.integers.push(None);
    }

    /// Adds `mantissa / 10^scale`.
    #[inline]
    pub fn push_plain(&mut self, mantissa: i64, scale: u8) {
        let raised = match self.scale.checked_sub(scale) {
            Some(0) => Some(mantissa),
            Some(more) => mantissa.checked_mul(10i64.pow(u32::from(more))),
            None => None,
        };
        match raised {
            Some(integer) => {
                self.write_down(scale);
                self.integers.push(Some(integer));
            }
            None => self.push_wide(Decimal::new(mantissa, u32::from(scale))),
        }
    }

    /// Adds numbers of the column's own scale.
    pub fn extend_from_slice(&mut self, integers: &[i64]) {
        match &self.written {
            Written::Nothing => self.written = Written::Alike(self.scale),
            Written::Alike(scale) if *scale == self.scale => {}
            _ => {
                integers.iter().for_each(|&integer| self.push_plain(integer, self.scale));
                return;
            }
        }
        self.integers.extend_from_slice(integers);
    }

    pub fn scale(&self) -> u8 {
        self.scale
    }

    pub fn push(&mut self, number: Decimal) {
        match (i64::try_from(number.mantissa()), u8::try_from(number.scale())) {
            (Ok(mantissa), Ok(scale)) => self.push_plain(mantissa, scale),
            _ => self.push_wide(number),
        }
    }

    fn push_wide(&mut self, number: Decimal) {
        self.wide.push((self.len(), number));
        self.push_missing();
    }

    fn write_down(&mut self, scale: u8) {
        match &mut self.written {
            Written::Nothing => self.written = Written::Alike(scale),
            Written::Alike(known) if *known == scale => {}
            Written::Alike(known) => {
                let known = *known;
                let mut each: Segments<u8> = (0..self.integers.len()).map(|_| known).collect();
                each.push(scale);
                self.written = Written::Each(each);
            }
            Written::Each(each) => each.push(scale),
        }
    }

    pub fn get(&self, place: usize) -> Option<Decimal> {
        if let Ok(at) = self.wide.binary_search_by_key(&place, |(wide, _)| *wide) {
            return self.wide.get(at).map(|(_, number)| *number);
        }
        let integer = self.integers.get(place)?;
        let written = match &self.written {
            Written::Nothing => self.scale,
            Written::Alike(scale) => *scale,
            Written::Each(each) => each.get(place)?,
        };
        let lowered = integer / 10i64.pow(u32::from(self.scale.saturating_sub(written)));
        Some(Decimal::new(lowered, u32::from(written)))
    }

    /// All of them as integers of `scale` decimals; `None` where one does not fit or the scale is another.
    pub fn integers(&self, scale: u32) -> Option<&Amounts> {
        (self.wide.is_empty() && u32::from(self.scale) == scale).then_some(&self.integers)
    }

    /// The same, taken out.
    pub fn take_integers(&mut self, scale: u32) -> Option<Amounts> {
        self.integers(scale).is_some().then(|| std::mem::replace(self, Self::new(self.scale)).integers)
    }

    pub fn retain(&mut self, kept: &Bitset) {
        let mut left = Self::new(self.scale);
        for place in kept.iter() {
            match self.get(place) {
                Some(number) => left.push(number),
                None => left.push_missing(),
            }
        }
        *self = left;
    }
}

/// Up to sixteen digits, a decimal mark and two digits, read without a loop: the form most amounts have. `None` for others.
#[inline]
pub(super) fn number_in_hundredths(bytes: &[u8], start: usize, end: usize, decimal_mark: u8) -> Option<i64> {
    let mark = end.checked_sub(3).filter(|&mark| mark > start)?;
    let &[mark_byte, tens, units] = bytes.get(mark..end)? else { return None };
    let is_negative = bytes.get(start) == Some(&b'-');
    let (tens, units) = (tens.wrapping_sub(b'0'), units.wrapping_sub(b'0'));
    if mark_byte != decimal_mark || tens > 9 || units > 9 {
        return None;
    }
    let len = mark - start - usize::from(is_negative);
    let whole = match len {
        1..=8 => last_digits(bytes, mark, len)?,
        9..=16 => last_digits(bytes, mark - 8, len - 8)? * 100_000_000 + last_digits(bytes, mark, 8)?,
        _ => return None,
    };
    // At most eighteen digits in all: no overflow.
    let hundredths = whole as i64 * 100 + i64::from(tens * 10 + units);
    Some(if is_negative { -hundredths } else { hundredths })
}

/// The number that the `len` (1 to 8) bytes before `end` spell; `None` where one is no digit. Eight bytes are taken as one
/// word, the ones before the number read as zeros, and digits are summed in pairs, fours and eights.
#[inline]
fn last_digits(bytes: &[u8], end: usize, len: usize) -> Option<u64> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    const HIGH: u64 = 0xf0f0_f0f0_f0f0_f0f0;
    let word = u64::from_le_bytes(*bytes.get(..end)?.last_chunk::<8>()?);
    let ours = u64::MAX << (8 * (8 - len));
    let word = (word & ours) | (ZEROS & !ours);
    // A digit's upper half is 3, also with 6 added.
    if (word & HIGH) ^ ZEROS | (word.wrapping_add(0x0606_0606_0606_0606) & HIGH) ^ ZEROS != 0 {
        return None;
    }
    let digits = word & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = (digits.wrapping_mul(2561) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(6_553_601) >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(42_949_672_960_001) >> 32)
}

/// Digits, at most one decimal mark with digits on both sides, and an optional minus, as mantissa and decimals; `None` for
/// anything else, which may still be a number by other rules.
#[inline]
pub(super) fn plain_number(cell: &[u8], decimal_mark: u8) -> Option<(i64, u8)> {
    let (is_negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > SAFE_DIGITS {
        return None;
    }
    let mut mantissa = 0i64;
    let mut whole_len = digits.len();
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + i64::from(digit);
        } else if byte == decimal_mark && whole_len == digits.len() && at > 0 {
            whole_len = at;
        } else {
            return None;
        }
    }
    let scale = match digits.len() - whole_len {
        0 => 0,
        1 => return None,
        more => more - 1,
    };
    Some((if is_negative { -mantissa } else { mantissa }, scale as u8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::parse::{NumberMarks, parse_decimal};

    proptest! {
        #[test]
        fn what_is_plain_reads_as_by_the_letter(text in "-?[0-9]{0,19}[.,]?[0-9]{0,4}") {
            if let Some((mantissa, scale)) = plain_number(text.as_bytes(), b'.') {
                let number = parse_decimal(&text, NumberMarks::default());
                prop_assert_eq!(number.map(|n| (n.mantissa(), n.scale())), Ok((i128::from(mantissa), u32::from(scale))));
            }
        }

        #[test]
        fn hundredths_read_as_by_the_letter(before in "[0-9,.-]{0,9}", text in "-?[0-9]{0,17}[.,:]?[0-9/]{0,3}") {
            let line = format!("{before}{text}");
            if let Some(hundredths) = number_in_hundredths(line.as_bytes(), before.len(), line.len(), b'.') {
                let number = parse_decimal(&text, NumberMarks::default());
                prop_assert_eq!(number.map(|n| (n.mantissa(), n.scale())), Ok((i128::from(hundredths), 2)));
            } else if before.len() >= 8 {
                prop_assert!(!plain_number(text.as_bytes(), b'.').is_some_and(|(_, scale)| scale == 2 && text.len() < 18));
            }
        }

        #[test]
        fn numbers_come_back_as_they_were_written(cells in proptest::collection::vec(proptest::option::of((any::<i64>(), 0u32..6)), 0..80)) {
            let mut numbers = Numbers::new(2);
            let written: Vec<Option<Decimal>> = cells.iter().map(|cell| cell.map(|(m, s)| Decimal::new(m, s))).collect();
            for number in &written {
                match number {
                    Some(number) => numbers.push(*number),
                    None => numbers.push_missing(),
                }
            }
            let shown = |number: Option<Decimal>| number.map(|number| number.to_string());
            for (place, number) in written.iter().enumerate() {
                prop_assert_eq!(shown(numbers.get(place)), shown(*number));
            }
            if let Some(cents) = numbers.integers(2) {
                for (place, number) in written.iter().enumerate() {
                    prop_assert_eq!(cents.get(place).map(|cents| Decimal::new(cents, 2)), *number);
                }
            }
            let kept = Bitset::from_fn(written.len(), |place| place % 3 != 1);
            numbers.retain(&kept);
            let left: Vec<_> = (0..numbers.len()).map(|place| shown(numbers.get(place))).collect();
            prop_assert_eq!(left, kept.iter().map(|place| shown(written[place])).collect::<Vec<_>>());
        }
    }
}
