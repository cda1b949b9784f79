//! Columns, dictionaries and bitsets; filter and group, one verb a file.
//!
//! Owns: rows as columns of small codes with amounts in minor units, and the sums over them. Refuses: strings inside a
//! loop, adding one stage or currency to another (both are named by every question), and treating a missing amount as zero.

mod bitset;
mod column;
mod facts;
mod filter;
mod group;
mod key;

pub use bitset::Bitset;
pub use column::{Amounts, Dictionary, NO_VALUE};
pub use facts::{Facts, FactsBuilder, Row, Table};
pub use filter::{Condition, Filter};
pub use group::{Group, Groups, Question, SumTooLarge, Tally, currencies, group};
pub use key::{Key, UnknownKey, YearBasis};
