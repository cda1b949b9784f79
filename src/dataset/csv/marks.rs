//! Where a cell, a row or a quotation may end, sixteen bytes at a time.

use wide::u8x16;

/// Below this, bytes are controls: line ends, tabs, NUL. None of them is common, so one comparison finds them all.
const CONTROLS_END: u8 = 0x0e;

/// Places of delimiters, quotation marks and controls, in order.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Longer than `len`: what is past it is room.
    places: Vec<u32>,
    len: usize,
}

impl Marks {
    pub fn as_slice(&self) -> &[u32] {
        self.places.get(..self.len).unwrap_or_default()
    }

    /// Finds the marks of `bytes`, which start at `base`. What was found before is forgotten.
    pub fn find(&mut self, bytes: &[u8], base: u32, delimiter: u8, quote: u8) {
        self.len = 0;
        if self.places.len() < bytes.len() + 64 {
            self.places.resize(bytes.len() + 64, 0);
        }
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut place = base;
        for block in blocks {
            let mask = mask_of(block, delimiter, quote);
            self.add(mask, place);
            place += 64;
        }
        let mut last = [u8::MAX; 64];
        for (slot, &byte) in last.iter_mut().zip(rest) {
            *slot = byte;
        }
        let is_in_rest = (1u64 << rest.len()) - 1;
        self.add(mask_of(&last, delimiter, quote) & is_in_rest, place);
    }

    /// Writes eight places at a time, whether there are eight or not: what is past the last one is overwritten next.
    #[inline]
    fn add(&mut self, mut mask: u64, place: u32) {
        let found = mask.count_ones() as usize;
        if let Some(room) = self.places.get_mut(self.len..self.len + 64) {
            for eight in room.chunks_exact_mut(8).take(found.div_ceil(8)) {
                for slot in eight {
                    *slot = place + mask.trailing_zeros();
                    mask &= mask.wrapping_sub(1);
                }
            }
        }
        self.len += found;
    }
}

/// One bit a byte, the first byte in the lowest.
#[inline]
fn mask_of(block: &[u8; 64], delimiter: u8, quote: u8) -> u64 {
    let (delimiters, quotes) = (u8x16::splat(delimiter), u8x16::splat(quote));
    let last_control = u8x16::splat(CONTROLS_END - 1);
    let (lanes, _none) = block.as_chunks::<16>();
    let mut mask = 0u64;
    for (at, lane) in lanes.iter().enumerate() {
        let lane = u8x16::new(*lane);
        // A byte is a control when the smaller of it and the last control is itself.
        let control = lane.min(last_control).simd_eq(lane);
        let found = lane.simd_eq(delimiters) | lane.simd_eq(quotes) | control;
        mask |= u64::from(found.to_bitmask()) << (16 * at);
    }
    mask
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_those_a_plain_look_finds(bytes in proptest::collection::vec(prop_oneof![4 => any::<u8>(), 1 => Just(b';'), 1 => Just(b'"')], 0..300), base in 0u32..9) {
            let mut marks = Marks::default();
            marks.find(&bytes, base, b';', b'"');
            let plain = bytes.iter().enumerate().filter(|(_, byte)| matches!(**byte, b';' | b'"' | 0..CONTROLS_END));
            prop_assert_eq!(marks.as_slice(), plain.map(|(at, _)| at as u32 + base).collect::<Vec<_>>());
        }
    }
}
