//! Rows whose text holds some words.

use wide::u8x16;

use super::bitset::bits;
use super::fold::{folded, without_accent};
use super::{Bitset, Dictionary, Fold, SEGMENT_ROWS, Texts};

/// The rows whose text holds `pattern`, as far as `fold` tells letters apart. An empty pattern is in every text, and one
/// with a zero byte in none.
pub fn search(texts: &Texts, pattern: &str, fold: Fold) -> Bitset {
    let Some(needle) = Needle::new(pattern, fold) else { return Bitset::all(texts.len()) };
    let mut rows = Bitset::none(texts.len());
    for (segment, part) in texts.parts().iter().enumerate() {
        let (mut row, mut ends) = (segment * SEGMENT_ROWS, part.ends().iter());
        let mut end = ends.next();
        needle.each_match(part.pool(), &mut |place| {
            while end.is_some_and(|&end| (end as usize) < place) {
                row += 1;
                end = ends.next();
            }
            rows.insert(row);
            // One match is enough.
            end.map_or(usize::MAX, |&end| end as usize + 1)
        });
    }
    rows
}

/// The codes of the values that hold `pattern`, by the same rules.
pub fn search_values(dictionary: &Dictionary, pattern: &str, fold: Fold) -> Bitset {
    let mut codes = Bitset::none(dictionary.len() + 1);
    let needle = Needle::new(pattern, fold);
    for (code, value) in (1..).zip(dictionary.values()) {
        let mut is_found = needle.is_none();
        if let Some(needle) = &needle {
            needle.each_match(value.as_bytes(), &mut |_place| {
                is_found = true;
                usize::MAX
            });
        }
        if is_found {
            codes.insert(code);
        }
    }
    codes
}

/// What is looked for.
struct Needle {
    fold: Fold,
    /// Folded; not empty.
    bytes: Vec<u8>,
    /// Its first, second and last byte, each sixteen times; with the bit that tells capitals apart.
    first: u8x16,
    second: Option<u8x16>,
    last: u8x16,
}

/// The bit that tells capitals from small letters.
const CASE: u8x16 = u8x16::splat(0x20);

impl Needle {
    /// `None` for one that everything holds.
    fn new(pattern: &str, fold: Fold) -> Option<Self> {
        let bytes = folded(pattern, fold).into_bytes();
        let sixteen = |byte: &u8| u8x16::splat(*byte) | CASE;
        let (first, last) = (bytes.first().map(sixteen)?, bytes.last().map(sixteen)?);
        Some(Self { fold, first, second: bytes.get(1).map(sixteen), last, bytes })
    }

    /// Tells of matches in order; `found` answers from where to look for more, which may be past the end. Bytes past 127 only come in UTF-8.
    fn each_match(&self, pool: &[u8], found: &mut dyn FnMut(usize) -> usize) {
        if self.bytes.contains(&0) {
            return;
        }
        let reach = self.bytes.len() - 1;
        let mut at = 0;
        while let (Some(starts), Some(ends)) = (sixteen_at(pool, at), sixteen_at(pool, at + reach)) {
            let both = (starts | CASE).simd_eq(self.first) & (ends | CASE).simd_eq(self.last);
            let high = self.high_bits(pool, at, starts | ends);
            let mut next = at + 16;
            // Nothing to look at closer, sixteen times out of seventeen.
            if (both | high).any() {
                let is_plain = !high.any();
                let places = if is_plain { both.to_bitmask() } else { self.places_near_accents(pool, at, starts) };
                for place in bits(places.into()).map(|bit| at + bit) {
                    if self.is_at(pool, place, is_plain) {
                        let from = found(place);
                        if from > place + 1 {
                            next = from.min(pool.len());
                            break;
                        }
                    }
                }
            }
            at = next;
        }
        while at < pool.len() {
            at = if self.is_at(pool, at, false) { found(at).max(at + 1) } else { at + 1 };
        }
    }

    /// Some byte past 127 where any is within reach of sixteen places, and so among their letters an accent that counts.
    /// `seen` are the first and the last sixteen bytes.
    #[inline]
    fn high_bits(&self, pool: &[u8], at: usize, seen: u8x16) -> u8x16 {
        if self.fold == Fold::AsciiCase {
            return u8x16::splat(0);
        }
        let mut seen = seen;
        let mut further = 16;
        while further < self.bytes.len() {
            seen |= sixteen_at(pool, at + further).unwrap_or_default();
            further += 16;
        }
        seen
    }

    /// Places among sixteen where a match may start when its letters may have accents, and so any length.
    fn places_near_accents(&self, pool: &[u8], at: usize, starts: u8x16) -> u32 {
        let is = |found: u8x16, wanted: u8x16| (found | CASE).simd_eq(wanted).to_bitmask() | found.to_bitmask();
        let firsts = is(starts, self.first);
        match (self.second, sixteen_at(pool, at + 1)) {
            (Some(second), Some(seconds)) => firsts & is(seconds, second),
            _ => firsts,
        }
    }

    /// Whether it is at a place; `is_plain` says that no accent is within its length.
    fn is_at(&self, pool: &[u8], place: usize, is_plain: bool) -> bool {
        let rest = pool.get(place..).unwrap_or_default();
        if is_plain || self.fold == Fold::AsciiCase {
            let found = rest.get(..self.bytes.len());
            return found.is_some_and(|found| {
                found.iter().zip(&self.bytes).all(|(byte, wanted)| byte.to_ascii_lowercase() == *wanted)
            });
        }
        is_folded_prefix(&self.bytes, rest)
    }
}

/// Whether a text, folded, starts with `wanted`.
fn is_folded_prefix(mut wanted: &[u8], mut text: &[u8]) -> bool {
    while let Some((&next, after)) = wanted.split_first() {
        let Some((&byte, rest)) = text.split_first() else { return false };
        if byte < 0x80 {
            if byte.to_ascii_lowercase() != next {
                return false;
            }
            (wanted, text) = (after, rest);
            continue;
        }
        let Some((letter, rest)) = first_letter(text) else { return false };
        text = rest;
        let Some(letter) = without_accent(letter) else { continue };
        match wanted.strip_prefix(letter.encode_utf8(&mut [0; 4]).as_bytes()) {
            Some(after) => wanted = after,
            None => return false,
        }
    }
    true
}

/// The letter that stands first, of more than one byte, and what follows; `None` within a letter.
fn first_letter(text: &[u8]) -> Option<(char, &[u8])> {
    let len = match text.first()? {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => return None,
    };
    let (letter, rest) = text.split_at_checked(len)?;
    Some((str::from_utf8(letter).ok()?.chars().next()?, rest))
}

#[inline]
fn sixteen_at(pool: &[u8], at: usize) -> Option<u8x16> {
    pool.get(at..)?.first_chunk().map(|bytes| u8x16::new(*bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(texts: &[String], pattern: &str, fold: Fold) -> Vec<usize> {
        let pattern = folded(pattern, fold);
        (0..texts.len()).filter(|&row| folded(&texts[row], fold).contains(&pattern)).collect()
    }

    fn found(texts: &[String], pattern: &str, fold: Fold) -> Vec<usize> {
        let column: Texts = texts.iter().map(String::as_str).collect();
        search(&column, pattern, fold).iter().collect()
    }

    /// Words of few letters, so that patterns are found by chance too; with accents of both kinds.
    fn text() -> impl Strategy<Value = String> {
        let words =
            ["[abñÁ ]{0,4}", "[a-e]{0,12}", "(a|é|e\u{301}|Ñ|ß|ж|Ж|🏗|B| ){0,9}", "[ -~]{0,30}", "aaaaaaaaaaaaaaaab"];
        prop::collection::vec(
            words
                .map(|words| words.prop_map(|word: String| word))
                .into_iter()
                .collect::<Vec<_>>()
                .prop_map(|words| words.concat()),
            0..3,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn it_is_the_naive_search_of_folded_texts(
            texts in prop::collection::vec(text(), 0..40),
            from in any::<prop::sample::Index>(), cut in any::<(prop::sample::Index, prop::sample::Index)>(),
            other in "[a-cÁ \u{301}]{0,3}", upper: bool,
        ) {
            // A piece of one of the texts, and one that may be in none.
            let text = texts.get(from.index(texts.len().max(1))).cloned().unwrap_or_default();
            let letters: Vec<char> = text.chars().collect();
            let (start, end) = (cut.0.index(letters.len() + 1), cut.1.index(letters.len() + 1));
            let piece: String = letters[start.min(end)..start.max(end)].iter().collect();
            for pattern in [piece.clone(), piece.chars().take(3).collect(), other] {
                let pattern = if upper { pattern.to_uppercase() } else { pattern };
                for fold in [Fold::Accents, Fold::AsciiCase] {
                    prop_assert_eq!(found(&texts, &pattern, fold), naive(&texts, &pattern, fold), "{:?} {:?}", pattern, fold);
                }
                let mut dictionary = Dictionary::default();
                for text in &texts {
                    dictionary.intern(text);
                }
                let codes: Vec<usize> = search_values(&dictionary, &pattern, Fold::Accents).iter().collect();
                let values: Vec<String> = dictionary.values().map(str::to_owned).collect();
                let expected: Vec<usize> = naive(&values, &pattern, Fold::Accents).into_iter().map(|at| at + 1).collect();
                prop_assert_eq!(codes, expected);
            }
        }
    }

    #[test]
    fn accents_and_case_are_ignored_or_told_apart() {
        let texts = ["Señal de tránsito", "senal", "SEN\u{303}AL", "se nal", ""].map(str::to_owned);
        for (pattern, fold, rows) in [
            ("SENAL", Fold::Accents, &[0, 1, 2][..]),
            ("señal", Fold::Accents, &[0, 1, 2]),
            ("sen", Fold::AsciiCase, &[1, 2]),
            ("SEñAL", Fold::AsciiCase, &[0]),
            ("transito", Fold::Accents, &[0]),
            ("", Fold::Accents, &[0, 1, 2, 3, 4]),
            ("\u{301}", Fold::Accents, &[0, 1, 2, 3, 4]),
            ("l\0s", Fold::Accents, &[]),
            ("lsenal", Fold::Accents, &[]),
            ("señal de tránsito y algo más", Fold::Accents, &[]),
        ] {
            assert_eq!(found(&texts, pattern, fold), rows, "{pattern} {fold:?}");
        }
    }

    #[test]
    fn it_goes_on_in_the_next_segment() {
        let texts: Vec<String> = (0..SEGMENT_ROWS + 300).map(|row| format!("obra número {row}")).collect();
        let expected: Vec<usize> = (0..texts.len()).filter(|row| row.to_string().starts_with("6553")).collect();
        assert_eq!(found(&texts, "NUMERO 6553", Fold::Accents), expected);
        assert_eq!(found(&texts, "NÚmero 6553", Fold::AsciiCase), Vec::<usize>::new());
        assert_eq!(found(&texts, "o 65799", Fold::AsciiCase), [65_799]);
    }
}
