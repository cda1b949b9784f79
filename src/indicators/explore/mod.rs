//! One pivot for the page Explore: any two keys as rows and columns, one measure, and the lines behind every cell.
//!
//! Owns: which keys and stages a package can answer, what each cell is worth in the measure chosen, the small rows gathered
//! into one, the way down and up. Refuses: words (names arrive as a function), pixels, and any sum the engine did not make.

mod behind;
mod figure;
mod hierarchy;
mod look;
mod offer;
mod others;
mod people;
mod pivot;
mod sort;

pub use behind::{Behind, BehindLine, BehindYear, LINES_A_PAGE, behind};
pub use figure::{Figure, Value};
pub use hierarchy::{Crumb, crumbs, drilled, next_key};
pub use look::{CellChoice, Look, Measure, OWN_NAMES, Picture, ShareOf, Sort};
pub use offer::{Lack, Refused, keys_offered, lacks, settled, stages_offered, unknown_year};
pub use others::{FEW_ROWS, gathered};
pub use pivot::{Column, Pivot, PivotRow, RowKind, pivot};
pub use sort::sorted;
