//! The values of a key: a block of their lengths in bytes, and one of the values, one after the other.

use super::{PackFault, codes};
use crate::engine::Dictionary;

const CORRUPT: PackFault = PackFault::Corrupt { place: "dictionary" };

/// The two blocks of a dictionary that is not empty.
pub(super) fn encode(dictionary: &Dictionary) -> [Vec<u8>; 2] {
    let lengths: Vec<u32> = dictionary.values().map(|value| u32::try_from(value.len()).unwrap_or(u32::MAX)).collect();
    let pool = dictionary.values().flat_map(str::bytes).collect();
    [codes::encode(&lengths, true), pool]
}

/// The dictionary of two blocks.
pub(super) fn decode(lengths: Vec<u8>, pool: Vec<u8>, values: usize) -> Result<Dictionary, PackFault> {
    let (mut ends, _longest) = codes::decode::<u32>(lengths, values)?;
    let mut end = 0u32;
    for length in &mut ends {
        end = end.checked_add(*length).ok_or(CORRUPT)?;
        *length = end;
    }
    let pool = String::from_utf8(pool).map_err(|_not_utf8| CORRUPT)?;
    Dictionary::from_pool(pool, ends).ok_or(CORRUPT)
}
