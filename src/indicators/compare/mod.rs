//! One side against another: years against years, sections against sections, a municipality against another.
//!
//! Owns: what each side is (`query`), what it has of each row in the amounts asked for (`side`), the table of differences
//! with a reason for whatever is no plain difference (`table`, its values in `compared`), and the same rows over all years (`trend`). Refuses: adding a
//! stage to another, converting a currency, and a difference where one side is not known or not comparable.

mod compared;
mod index;
mod months;
mod query;
mod side;
mod table;
mod trend;

pub use compared::{Compared, ComparedRow, ComparedSide, Comparison, Refusal, Shown, WhyDifferent};
pub(super) use index::in_order;
pub use query::{CompareBy, CompareQuery, CompareSort, ComparedAs, side_years};
pub use side::{Lacking, Partial};
pub use table::comparison;
pub use trend::{Trend, TrendLine, TrendLineOf, TrendYear, trend};
