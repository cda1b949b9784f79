//! Columns, dictionaries and bitsets; filter, tally, roll up, order, search: one verb a file.
//!
//! Owns: rows as columns of small codes with amounts in minor units, and the sums over them. Refuses: strings inside a
//! loop, adding one stage or currency to another (both are named by every question), and treating a missing amount as zero.

mod amounts;
mod bitset;
mod codes;
mod dictionary;
mod key;
mod segments;
mod texts;

mod table;

mod break_down;
mod cell_index;
mod distinct;
mod fold;
mod keep;
mod order;
mod roll_up;
mod search;
mod sums;
mod tally;
mod top;

mod cube;
mod facts;
mod filter;
mod group;
mod latest;

#[cfg(test)]
mod verbs_tests;

pub use amounts::Amounts;
pub use bitset::Bitset;
pub use break_down::break_down;
pub use codes::{Codes, NO_VALUE};
pub use cube::{Cube, CubeParts, CubeStage};
pub use dictionary::Dictionary;
pub use distinct::distinct;
pub use facts::{Facts, Holding, RowsNeeded, Unanswered};
pub use filter::{Condition, Filter};
pub use fold::{Fold, folded};
pub use group::{Group, Groups, Question, cells, currencies, group, named};
pub use key::{Key, UnknownKey, YearBasis};
pub use latest::latest;
pub use order::{Order, order};
pub use roll_up::roll_up;
pub use search::{search, search_values};
pub use segments::{SEGMENT_ROWS, Segments};
pub use table::{Table, Tally};
pub use tally::{SumTooLarge, tally};
pub use texts::{TextPart, Texts};
pub use top::{Top, top};
