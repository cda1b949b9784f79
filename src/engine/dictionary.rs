//! The distinct values of a column and their codes.

use super::NO_VALUE;

/// Odd, with its bits well mixed: 2^64 divided by the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Values by code, from 1, in declared order: a code list's own order, then order of appearance.
///
/// Our own table and not a library's: the loader looks a cell up by its bytes, without making a string of it, some ten
/// million times in a large file, and the order of a hash table must never reach an output.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// All values, one after the other.
    pool: String,
    /// Where each value ends in the pool.
    ends: Vec<u32>,
    /// Open addressing: hash in the upper half, code in the lower; 0 is free. A power of two, at most half full.
    slots: Vec<u64>,
}

impl Dictionary {
    /// A dictionary from all its values, one after the other, and where each ends; `None` where an end is past another, past
    /// the text or within a character, or the text goes on after the last.
    ///
    /// Nothing is hashed before it is asked for: most who are handed a dictionary of a hundred thousand values ask for few.
    pub fn from_pool(pool: String, ends: Vec<u32>) -> Option<Self> {
        let mut before = 0;
        let is_whole = ends.iter().all(|&end| {
            let in_order = before <= end && pool.is_char_boundary(end as usize);
            before = end;
            in_order
        });
        (is_whole && before as usize == pool.len() && u32::try_from(ends.len()).is_ok()).then_some(Self {
            pool,
            ends,
            slots: Vec::new(),
        })
    }

    /// The code of a value, adding it at the end when it is new. [`NO_VALUE`] when there is no room for one more: 2^32
    /// values, or 4 GiB of text.
    pub fn intern(&mut self, value: &str) -> u32 {
        let hash = hash(value.as_bytes());
        match self.find(value.as_bytes(), hash) {
            NO_VALUE => self.add(value, hash),
            code => code,
        }
    }

    /// The code of a value by its bytes, adding it when it is new; `None` when it is new and no UTF-8.
    pub fn intern_bytes(&mut self, value: &[u8]) -> Option<u32> {
        let hash = hash(value);
        match self.find(value, hash) {
            NO_VALUE => Some(self.add(std::str::from_utf8(value).ok()?, hash)),
            code => Some(code),
        }
    }

    /// The code of a known value.
    pub fn code(&self, value: &str) -> Option<u32> {
        Some(self.find(value.as_bytes(), hash(value.as_bytes()))).filter(|&code| code != NO_VALUE)
    }

    /// The value of a code; `None` for [`NO_VALUE`] and codes never given.
    pub fn value(&self, code: u32) -> Option<&str> {
        let at = usize::try_from(code).ok()?.checked_sub(1)?;
        let end = *self.ends.get(at)? as usize;
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? as usize };
        self.pool.get(start..end)
    }

    /// How many values there are; also the greatest code.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Values in declared order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        (1..).map_while(|code| self.value(code))
    }

    #[inline]
    fn find(&self, value: &[u8], hash: u32) -> u32 {
        if self.slots.is_empty() && !self.ends.is_empty() {
            return self.search(value);
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at) {
            let code = slot as u32;
            if code == NO_VALUE {
                break;
            }
            if (slot >> 32) as u32 == hash && self.value(code).is_some_and(|known| is_same(known.as_bytes(), value)) {
                return code;
            }
            at = (at + 1) & mask;
        }
        NO_VALUE
    }

    /// Looks through all values, where nothing was hashed yet.
    #[cold]
    fn search(&self, value: &[u8]) -> u32 {
        let found = (1..).zip(self.values()).find(|(_, known)| known.as_bytes() == value);
        found.map_or(NO_VALUE, |(code, _)| code)
    }

    fn add(&mut self, value: &str, hash: u32) -> u32 {
        let end = self.pool.len().checked_add(value.len()).and_then(|end| u32::try_from(end).ok());
        let code = u32::try_from(self.ends.len()).ok().and_then(|len| len.checked_add(1));
        let (Some(end), Some(code)) = (end, code) else { return NO_VALUE };
        if self.slots.len() < (self.ends.len() + 1) * 2 {
            self.grow();
        }
        self.pool.push_str(value);
        self.ends.push(end);
        self.place(entry(hash, code));
        code
    }

    fn grow(&mut self) {
        let len = ((self.ends.len() + 1) * 2).next_power_of_two().max(16);
        let mut full = std::mem::replace(&mut self.slots, vec![0; len]);
        if full.is_empty() {
            full = (1..).zip(self.values()).map(|(code, value)| entry(hash(value.as_bytes()), code)).collect();
        }
        full.into_iter().filter(|&slot| slot != 0).for_each(|slot| self.place(slot));
    }

    fn place(&mut self, entry: u64) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (entry >> 32) as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = entry;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Two dictionaries are the same when they give the same codes.
impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.ends == other.ends && self.pool == other.pool
    }
}

impl Eq for Dictionary {}

/// What stands in a slot.
fn entry(hash: u32, code: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(code)
}

#[inline]
fn hash(bytes: &[u8]) -> u32 {
    let step = |mixed: u64, word: u64| ((mixed ^ word).wrapping_mul(MIX)).rotate_left(29);
    let mut mixed = (bytes.len() as u64).wrapping_mul(MIX);
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        mixed = step(mixed, u64::from_le_bytes(*word));
        rest = after;
    }
    // The last bytes once more, overlapping, rather than one by one.
    mixed = step(
        mixed,
        short_word(if bytes.len() >= 8 { bytes.last_chunk::<8>().map_or(rest, |chunk| chunk) } else { rest }),
    );
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(MIX);
    (mixed >> 32) as u32
}

/// Up to eight bytes as one number; different for different bytes of the same length.
#[inline]
fn short_word(bytes: &[u8]) -> u64 {
    if let Some(word) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*word);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes.iter().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// Equality by words of eight: `==` calls a byte-wise routine in WebAssembly.
#[inline]
fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let (mut a, mut b) = (left, right);
    while let (Some((word, after)), Some((other, other_after))) =
        (a.split_first_chunk::<8>(), b.split_first_chunk::<8>())
    {
        if word != other {
            return false;
        }
        (a, b) = (after, other_after);
    }
    short_word(a) == short_word(b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_value_keeps_its_code_and_a_code_its_value(values in proptest::collection::vec("[a-c é]{0,20}", 0..200)) {
            let mut dictionary = Dictionary::default();
            let codes: Vec<u32> = values.iter().map(|value| dictionary.intern_bytes(value.as_bytes()).unwrap()).collect();
            let mut distinct: Vec<&str> = Vec::new();
            values.iter().for_each(|value| if !distinct.contains(&value.as_str()) { distinct.push(value) });
            prop_assert_eq!(dictionary.values().collect::<Vec<_>>(), distinct);
            for (value, code) in values.iter().zip(codes) {
                prop_assert_eq!(dictionary.value(code), Some(value.as_str()));
                prop_assert_eq!(dictionary.code(value), Some(code));
            }
        }
    }

    #[test]
    fn a_dictionary_made_whole_answers_and_grows_as_one_made_value_by_value() {
        let mut grown = Dictionary::default();
        let values: Vec<String> = (0..40).map(|number| format!("é{number}")).collect();
        for value in &values {
            grown.intern(value);
        }
        let mut made = Dictionary::from_pool(grown.pool.clone(), grown.ends.clone()).unwrap();
        assert_eq!(made, grown);
        assert_eq!((made.code("é39"), made.code("é40"), made.intern("é7")), (Some(40), None, 8));
        assert_eq!((made.intern("é40"), made.code("é40"), made.code("é3")), (41, Some(41), Some(4)));
    }

    #[test]
    fn ends_that_are_no_ends_make_no_dictionary() {
        for (pool, ends) in [("ab", [2, 1].as_slice()), ("ab", &[3]), ("ab", &[1]), ("é", &[1, 2]), ("a", &[])] {
            assert!(Dictionary::from_pool(pool.to_owned(), ends.to_vec()).is_none(), "{pool} {ends:?}");
        }
        assert_eq!(Dictionary::from_pool(String::new(), Vec::new()), Some(Dictionary::default()));
    }

    #[test]
    fn what_is_no_utf8_is_no_value() {
        assert_eq!(Dictionary::default().intern_bytes(b"Jes\xfas"), None);
    }
}
