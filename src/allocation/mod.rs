//! Sharing out a fund by a rule, to the last minor unit.
//!
//! Owns: the rule's arithmetic (DOMAIN.md 3.1) and the rounding (3.2). Refuses: floats, criteria with a missing figure,
//! and weights that do not total 100.

mod apportion;
pub mod funding;
mod rule;

pub use apportion::{ApportionError, apportion};
pub use rule::{RuleError, RuleInput, allocate};
