//! The distinct values of a column and their codes.

use std::sync::OnceLock;

use super::NO_VALUE;

/// Values by code, from 1, in declared order: a code list's own order, then order of appearance.
///
/// Our own table and not a library's: the loader looks a cell up by its bytes, without making a string of it, some ten
/// million times in a large file, and the order of a hash table must never reach an output.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// All values, one after the other: UTF-8. Then [`HEAD`] zeros, so that the head of any value can be read in one go.
    pool: Vec<u8>,
    /// Where each value starts and ends in the pool.
    places: Vec<(u32, u32)>,
    /// Open addressing: hash in the upper half, code in the lower; 0 is free. A power of two, at most half full.
    slots: Vec<u64>,
    /// The same of a dictionary that was handed over whole, once it is asked for a value.
    late: OnceLock<Vec<u64>>,
}

/// The first bytes of a value, zeros after its end: how most values are told apart, without a loop.
type Words = [u64; 4];

/// How many bytes those are.
const HEAD: usize = 32;

/// Of more values than these, only those looked for are looked at: hashing all of them would take some milliseconds.
const HASHED_LATE: usize = 1 << 16;

/// Odd, with its bits well mixed: powers of the golden ratio and its like.
const MIX: Words = [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0xd6e8_feb8_6659_fd93];

/// By length: which bits of the words are the value's.
const MASKS: [Words; HEAD + 1] = masks();

const fn masks() -> [Words; HEAD + 1] {
    let mut masks = [[0; 4]; HEAD + 1];
    let mut len = 0;
    while len <= HEAD {
        let mut byte = 0;
        while byte < len {
            masks[len][byte / 8] |= 0xff << (8 * (byte % 8));
            byte += 1;
        }
        len += 1;
    }
    masks
}

impl Dictionary {
    /// A dictionary from all its values, one after the other, and where each ends; `None` where an end is past another, past
    /// the text or within a character, or the text goes on after the last.
    ///
    /// Nothing is hashed before it is asked for, and of a hundred thousand values nothing at all: most who are handed those
    /// ask for few.
    pub fn from_pool(pool: String, ends: Vec<u32>) -> Option<Self> {
        let mut before = 0;
        let mut places = Vec::with_capacity(ends.len());
        for end in ends {
            if before > end || !pool.is_char_boundary(end as usize) {
                return None;
            }
            places.push((before, end));
            before = end;
        }
        if before as usize != pool.len() || u32::try_from(places.len()).is_err() {
            return None;
        }
        let mut pool = pool.into_bytes();
        pool.resize(pool.len() + HEAD, 0);
        Some(Self { pool, places, ..Self::default() })
    }

    /// The code of a value, adding it at the end when it is new. [`NO_VALUE`] when there is no room for one more: 2^32
    /// values, or 4 GiB of text.
    pub fn intern(&mut self, value: &str) -> u32 {
        self.intern_within(value.as_bytes(), 0, value.len()).unwrap_or(NO_VALUE)
    }

    /// The code of `bytes[start..end]`, adding it when it is new; `None` when it is new and no UTF-8.
    #[inline]
    pub fn intern_within(&mut self, bytes: &[u8], start: usize, end: usize) -> Option<u32> {
        let words = words_at(bytes, start, end);
        let value = bytes.get(start..end).unwrap_or_default();
        let hash = hash(&words, value);
        match self.find(value, &words, hash) {
            NO_VALUE => self.add(value, hash),
            code => Some(code),
        }
    }

    /// The code of a known value.
    pub fn code(&self, value: &str) -> Option<u32> {
        let value = value.as_bytes();
        let words = words_at(value, 0, value.len());
        Some(self.find(value, &words, hash(&words, value))).filter(|&code| code != NO_VALUE)
    }

    /// The value of a code; `None` for [`NO_VALUE`] and codes never given.
    pub fn value(&self, code: u32) -> Option<&str> {
        let (start, end) = self.place_of(code)?;
        std::str::from_utf8(self.pool.get(start..end)?).ok()
    }

    fn place_of(&self, code: u32) -> Option<(usize, usize)> {
        let &(start, end) = self.places.get((code as usize).wrapping_sub(1))?;
        Some((start as usize, end as usize))
    }

    /// How many values there are; also the greatest code.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Values in declared order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        (1..).map_while(|code| self.value(code))
    }

    #[inline]
    fn find(&self, value: &[u8], words: &Words, hash: u32) -> u32 {
        if self.slots.is_empty() && !self.places.is_empty() {
            return self.search(value, words, hash);
        }
        self.probe(&self.slots, value, words, hash)
    }

    #[inline]
    fn probe(&self, slots: &[u64], value: &[u8], words: &Words, hash: u32) -> u32 {
        let mask = slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = slots.get(at) {
            let code = slot as u32;
            if code == NO_VALUE {
                break;
            }
            if (slot >> 32) as u32 == hash && self.is(code, value, words) {
                return code;
            }
            at = (at + 1) & mask;
        }
        NO_VALUE
    }

    /// Where nothing was hashed yet.
    #[cold]
    fn search(&self, value: &[u8], words: &Words, hash: u32) -> u32 {
        if self.places.len() <= HASHED_LATE {
            let slots = self.late.get_or_init(|| self.hashed());
            return self.probe(slots, value, words, hash);
        }
        let found = (1..).zip(self.values()).find(|(_, known)| known.as_bytes() == value);
        found.map_or(NO_VALUE, |(code, _)| code)
    }

    #[inline]
    fn is(&self, code: u32, value: &[u8], words: &Words) -> bool {
        let Some((start, end)) = self.place_of(code) else { return false };
        let [first, second, third, fourth] = words_at(&self.pool, start, end);
        let differ = (first ^ words[0]) | (second ^ words[1]) | (third ^ words[2]) | (fourth ^ words[3]);
        let is_same_head = end - start == value.len() && differ == 0;
        // Few values are so long.
        is_same_head && (value.len() <= HEAD || self.pool.get(start + HEAD..end) == value.get(HEAD..))
    }

    #[cold]
    fn add(&mut self, value: &[u8], hash: u32) -> Option<u32> {
        std::str::from_utf8(value).ok()?;
        let used = self.places.last().map_or(0, |&(_, end)| end);
        let end = u32::try_from(value.len()).ok().and_then(|len| used.checked_add(len));
        let code = u32::try_from(self.places.len()).ok().and_then(|len| len.checked_add(1));
        let (Some(end), Some(code)) = (end, code) else { return Some(NO_VALUE) };
        if self.slots.len() < (self.places.len() + 1) * 2 {
            self.grow();
        }
        self.pool.truncate(used as usize);
        self.pool.extend_from_slice(value);
        self.pool.resize(end as usize + HEAD, 0);
        self.places.push((used, end));
        place(&mut self.slots, entry(hash, code));
        Some(code)
    }

    fn grow(&mut self) {
        if self.slots.is_empty() {
            self.slots = self.hashed();
            return;
        }
        let room = self.room();
        let full = std::mem::replace(&mut self.slots, vec![0; room]);
        full.into_iter().filter(|&slot| slot != 0).for_each(|slot| place(&mut self.slots, slot));
    }

    /// How many slots there must be for one value more.
    fn room(&self) -> usize {
        ((self.places.len() + 1) * 2).next_power_of_two().max(16)
    }

    /// The slots of all values.
    fn hashed(&self) -> Vec<u64> {
        let mut slots = vec![0; self.room()];
        let of = |value: &str| hash(&words_at(value.as_bytes(), 0, value.len()), value.as_bytes());
        (1..).zip(self.values()).for_each(|(code, value)| place(&mut slots, entry(of(value), code)));
        slots
    }
}

fn place(slots: &mut [u64], entry: u64) {
    let mask = slots.len().wrapping_sub(1);
    let mut at = (entry >> 32) as usize & mask;
    while let Some(slot) = slots.get_mut(at) {
        if *slot == 0 {
            *slot = entry;
            return;
        }
        at = (at + 1) & mask;
    }
}

/// Two dictionaries are the same when they give the same codes.
impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.places == other.places && self.pool == other.pool
    }
}

impl Eq for Dictionary {}

/// What stands in a slot.
fn entry(hash: u32, code: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(code)
}

/// The first bytes of `bytes[start..end]`. What stands after it is read along and masked away: telling by its length how
/// much to read would cost more than reading.
#[inline]
fn words_at(bytes: &[u8], start: usize, end: usize) -> Words {
    let masks = MASKS.get(end.wrapping_sub(start).min(HEAD)).copied().unwrap_or_default();
    if let Some(head) = bytes.get(start..).and_then(|bytes| bytes.first_chunk::<HEAD>()) {
        return masked(head, masks);
    }
    let mut head = [0; HEAD];
    let rest = bytes.get(start..end).unwrap_or_default();
    head.iter_mut().zip(rest).for_each(|(slot, &byte)| *slot = byte);
    masked(&head, masks)
}

#[inline]
fn masked(head: &[u8; HEAD], masks: Words) -> Words {
    let word = |at: usize| {
        let chunk = head.get(at..at + 8).and_then(|chunk| chunk.first_chunk::<8>());
        chunk.map_or(0, |chunk| u64::from_le_bytes(*chunk))
    };
    // Written out: as a loop it would go through memory.
    [word(0) & masks[0], word(8) & masks[1], word(16) & masks[2], word(24) & masks[3]]
}

#[inline]
fn hash(words: &Words, value: &[u8]) -> u32 {
    let mix = |word: u64, by: u64| (word ^ word >> 32).wrapping_mul(by);
    let [first, second, third, fourth] = *words;
    let mut mixed = mix(first, MIX[0]).wrapping_add(mix(second, MIX[1]));
    mixed = mixed.wrapping_add(mix(third, MIX[2])).wrapping_add(mix(fourth, MIX[3])).wrapping_add(value.len() as u64);
    if let Some(rest) = value.get(HEAD..) {
        for &byte in rest {
            mixed = (mixed ^ u64::from(byte)).wrapping_mul(MIX[0]);
        }
    }
    ((mixed ^ mixed >> 29).wrapping_mul(MIX[1]) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_value_keeps_its_code_and_a_code_its_value(values in proptest::collection::vec("[a-b é]{0,40}", 0..200)) {
            let mut dictionary = Dictionary::default();
            let codes: Vec<u32> = values.iter().map(|value| dictionary.intern(value)).collect();
            let mut distinct: Vec<&str> = Vec::new();
            values.iter().for_each(|value| if !distinct.contains(&value.as_str()) { distinct.push(value) });
            prop_assert_eq!(dictionary.values().collect::<Vec<_>>(), distinct);
            for (value, code) in values.iter().zip(codes) {
                prop_assert_eq!(dictionary.value(code), Some(value.as_str()));
                prop_assert_eq!(dictionary.code(value), Some(code));
                // Whatever stands around it.
                let line = format!("a,{value},aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb");
                prop_assert_eq!(dictionary.intern_within(line.as_bytes(), 2, 2 + value.len()), Some(code));
            }
        }
    }

    /// One that is handed over whole knows its values, few or many, and takes in more.
    #[test]
    fn a_pool_is_asked_before_anything_is_hashed() {
        for len in [0, 1, 1000, HASHED_LATE, HASHED_LATE + 1] {
            let (mut pool, mut ends) = (String::new(), Vec::new());
            for value in 0..len {
                pool += &value.to_string();
                ends.push(u32::try_from(pool.len()).unwrap());
            }
            let mut dictionary = Dictionary::from_pool(pool, ends).unwrap();
            for value in [0, len / 2, len.saturating_sub(1)].into_iter().filter(|&value| value < len) {
                assert_eq!(dictionary.code(&value.to_string()), u32::try_from(value + 1).ok(), "{value} of {len}");
            }
            assert_eq!(dictionary.code("none"), None);
            let code = u32::try_from(len + 1).unwrap();
            assert_eq!((dictionary.intern("none"), dictionary.code("none")), (code, Some(code)));
        }
    }

    #[test]
    fn what_is_no_utf8_is_no_value() {
        assert_eq!(Dictionary::default().intern_within(b"a,Jes\xfas", 2, 7), None);
    }
}
