//! What the figures say: promise against spending, by section, dimension and status, by year.
//!
//! Owns: which stage is set against which, shares, rates, amounts per person, and the overview that pages and tests read.
//! Refuses: words, pixels, and any sum the engine did not make.

mod allotment;
mod compare;
mod coverage;
mod crosswalk;
mod execution;
mod explore;
mod funding;
mod overview;
pub mod projects;
mod promise_chain;
mod proposals;
mod provenance;
mod real;
mod selection;
mod what_if;

pub use allotment::{AllotmentRound, allotment_round};
pub use compare::{
    CompareBy, CompareQuery, CompareSort, Compared, ComparedAs, ComparedRow, ComparedSide, Comparison, Lacking,
    Partial, Refusal, Shown, Trend, TrendLine, TrendLineOf, TrendYear, WhyDifferent, comparison, side_years, trend,
};
pub use coverage::{Coverage, coverage};
pub use crosswalk::{Change, Portion, changes, crosswalk_table, restate};
pub use execution::{execution_percent, is_built_status};
pub use explore::{
    Behind, BehindLine, BehindYear, CellChoice, Column, Crumb, FEW_ROWS, Figure, LINES_A_PAGE, Lack, Look, Measure,
    OWN_NAMES, Picture, Pivot, PivotRow, Refused, RowKind, ShareOf, Sort, Value, behind, crumbs, drilled, gathered,
    keys_offered, lacks, next_key, pivot, settled, sorted, stages_offered, unknown_year,
};
pub use funding::{Given, RuleOutcome, asked_minor, by_votes, rule_outcome, serving_most};
pub use overview::{Breakdown, BreakdownRow, Cell, Headline, Matrix, MatrixCell, Overview, overview};
pub use promise_chain::{ChainLink, ChainStep, EntitledBy, PromiseChain, SectionChain, promise_chain};
pub use proposals::{LeftOut, LeftOutReason, Proposals, proposals};
pub use provenance::{SourceCount, records_by_source};
pub use real::{base_years, in_prices_of};
pub use selection::{Per, Selection, YearChoice};
pub use what_if::{
    Baseline, Difference, NEED, NeedPoint, NeedReading, Outcome, PEOPLE, SectionOutcome, allotment_csv, baseline,
    outcome, participatory_share,
};
