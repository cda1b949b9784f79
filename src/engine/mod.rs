//! Columns, dictionaries and bitsets; filter and group, one verb a file.
//!
//! Owns: rows as columns of small codes with amounts in minor units, and the sums over them. Refuses: strings inside a
//! loop, adding one stage or currency to another (both are named by every question), and treating a missing amount as zero.

mod amounts;
mod bitset;
mod codes;
mod dictionary;
mod facts;
mod filter;
mod group;
mod key;
mod segments;
mod table;
mod texts;

pub use amounts::Amounts;
pub use bitset::Bitset;
pub use codes::{Codes, NO_VALUE};
pub use dictionary::Dictionary;
pub use facts::{Facts, FactsBuilder, Row};
pub use filter::{Condition, Filter};
pub use group::{Group, Groups, Question, SumTooLarge, Tally, currencies, group};
pub use key::{Key, UnknownKey, YearBasis};
pub use segments::{SEGMENT_ROWS, Segments};
pub use table::Table;
pub use texts::{TextPart, Texts};
