//! Sharing out a fund by a rule, to the last minor unit, and what would come of another rule.
//!
//! Owns: the rule's arithmetic (DOMAIN.md 3.1), the rounding (3.2), weights that always total 100, and scenarios with the texts
//! they are kept as. Refuses: floats, criteria with a missing figure, and weights that do not total 100.

mod allocate;
mod apportion;
mod board;
mod bounds;
mod error;
mod fraction;
pub mod funding;
mod measure;
mod presets;
mod quota;
mod rebalance;
mod rule;
mod scenario;
mod share;
mod weight;

pub use crate::budget::{Direction, Form};
pub use allocate::{Allocated, LARGEST_FUND_MINOR, SectionShare, Term, allocate};
pub use apportion::{ApportionError, apportion};
pub use board::{Board, MOST_SCENARIOS, Touch, among, is_same_figure, is_same_rule};
pub use bounds::Bound;
pub use error::RuleError;
pub use measure::Measured;
pub use presets::{Preset, presets};
pub use rebalance::{rebalance, to_whole};
pub use rule::{Floor, Inputs, Measure, Rule, RuleCriterion, base_of};
pub use scenario::{Fund, MadeFor, RuleFile, RuleFileError, Scenario, ScenarioError};
pub use share::Share;
pub use weight::{InvalidWeight, Weight};
