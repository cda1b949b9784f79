//! Small values as bytes: numbers seven bits a byte, texts and lists after their length.
//!
//! The same bytes as postcard's, measured, for three quarters of its code in the page (ARCHITECTURE.md has the figures). And
//! [`packed!`] takes types apart field by field, so that a field added to one of them does not compile until it is packed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// A value that can be written to bytes and read back.
pub(super) trait Wire: Sized {
    /// Writes it at the end.
    fn put(&self, out: &mut Vec<u8>);

    /// Reads it; `None` where the bytes are none of its kind.
    fn take(from: &mut Reader<'_>) -> Option<Self>;
}

/// Bytes being read.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    #[inline(never)]
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = *self.bytes(1)?.first()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if bits << shift >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number of things that take a byte each or more: never more than there are bytes left.
    pub fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|&count| count <= self.0.len())
    }

    /// The value of all bytes; `None` where some are left over.
    pub fn whole<T: Wire>(bytes: &'a [u8]) -> Option<T> {
        let mut reader = Self(bytes);
        let value = T::take(&mut reader)?;
        reader.0.is_empty().then_some(value)
    }
}

/// Writes a number, seven bits a byte, the lowest first.
pub(super) fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Small numbers of either sign as small numbers.
pub(super) fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

/// The number that [`zigzag`] was made of.
pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

macro_rules! numbers {
    ($($number:ty),+) => { $(impl Wire for $number {
        fn put(&self, out: &mut Vec<u8>) {
            put_number(u64::from(*self), out);
        }

        fn take(from: &mut Reader<'_>) -> Option<Self> {
            Self::try_from(from.number()?).ok()
        }
    })+ };
}
numbers!(u8, u16, u32, u64);

impl Wire for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(zigzag(*self), out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(unzigzag(from.number()?))
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(self, out);
    }

    #[inline(never)]
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let len = from.count()?;
        str::from_utf8(from.bytes(len)?).ok().map(str::to_owned)
    }
}

pub(super) fn put_text(text: &str, out: &mut Vec<u8>) {
    put_number(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(self.len() as u64, out);
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        // Not set aside beforehand: an item can be larger in memory than the byte it must take here.
        (0..from.count()?).map(|_| T::take(from)).collect()
    }
}

impl<K: Wire + Ord, V: Wire> Wire for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(self.len() as u64, out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        (0..from.count()?).map(|_| <(K, V)>::take(from)).collect()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<A: Wire, B: Wire, C: Wire> Wire for (A, B, C) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
        self.2.put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?, C::take(from)?))
    }
}

impl<T: Wire + Copy + Default, const N: usize> Wire for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let mut items = [T::default(); N];
        for item in &mut items {
            *item = T::take(from)?;
        }
        Some(items)
    }
}

impl Wire for Decimal {
    fn put(&self, out: &mut Vec<u8>) {
        let [low, high] = halves(self.mantissa());
        (self.scale(), low, high).put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let (scale, low, high) = <(u32, u64, u64)>::take(from)?;
        let doubled = u128::from(high) << 64 | u128::from(low);
        let mantissa = (doubled >> 1).cast_signed() ^ -(doubled & 1).cast_signed();
        Self::try_from_i128_with_scale(mantissa, scale).ok()
    }
}

/// A number of either sign as two small ones.
fn halves(number: i128) -> [u64; 2] {
    let doubled = (number << 1 ^ number >> 127).cast_unsigned().to_le_bytes();
    let half = |from: usize| doubled.iter().skip(from).take(8).rev().fold(0, |half, &byte| half << 8 | u64::from(byte));
    [half(0), half(8)]
}

/// `Wire` for types whose fields all have it.
macro_rules! packed {
    ($($name:ident { $($field:ident),+ $(,)? })+) => { $(impl $crate::dataset::packed::wire::Wire for $name {
        fn put(&self, out: &mut Vec<u8>) {
            let Self { $($field),+ } = self;
            $($field.put(out);)+
        }

        fn take(from: &mut $crate::dataset::packed::wire::Reader<'_>) -> Option<Self> {
            Some(Self { $($field: $crate::dataset::packed::wire::Wire::take(from)?),+ })
        }
    })+ };
}
pub(super) use packed;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn round_trip<T: Wire + PartialEq + std::fmt::Debug>(value: &T) {
        let mut bytes = Vec::new();
        value.put(&mut bytes);
        assert_eq!(Reader::whole::<T>(&bytes).as_ref(), Some(value), "{bytes:?}");
    }

    #[test]
    fn numbers_at_the_edges_come_back() {
        for number in [0, 1, 0x7f, 0x80, u64::MAX - 1, u64::MAX] {
            round_trip(&number);
        }
        for number in [0, -1, 1, i64::MIN, i64::MAX] {
            round_trip(&number);
        }
        for decimal in ["0.00", "-0.1", "100", "79228162514264337593543950335", "-7.9228162514264337593543950335"] {
            round_trip(&decimal.parse::<Decimal>().unwrap());
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(Reader::whole::<u64>(&[0xff; 10]), None, "eleven bytes of number");
        assert_eq!(Reader::whole::<u64>(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2]), None, "65 bits");
        assert_eq!(Reader::whole::<u8>(&[0x80, 2]), None, "256 in a byte");
        assert_eq!(Reader::whole::<bool>(&[2]), None);
        assert_eq!(Reader::whole::<String>(&[1, 0xff]), None, "no UTF-8");
        assert_eq!(Reader::whole::<String>(&[9, b'a']), None, "longer than there is");
        assert_eq!(Reader::whole::<Vec<u8>>(&[0xff, 0xff, 0xff, 0xff, 0x0f]), None, "more than there are");
        assert_eq!(Reader::whole::<u8>(&[1, 1]), None, "left over");
    }

    proptest! {
        #[test]
        fn values_come_back(
            list in proptest::collection::vec((any::<Option<i64>>(), ".{0,8}", any::<u32>()), 0..9),
            numbers in any::<[u16; 3]>(),
        ) {
            round_trip(&list);
            round_trip(&numbers);
            round_trip(&list.into_iter().map(|(_, text, number)| (text, number)).collect::<BTreeMap<_, _>>());
        }
    }
}
