//! What projects are measured against over the years: the plan's objectives, prices, and codes that changed.

use rust_decimal::Decimal;

use super::FiscalYear;

/// An objective of the development plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Code used by the projects.
    pub id: String,
    /// Dimension it belongs to.
    pub dimension: Option<String>,
    /// Name.
    pub title: String,
    /// The objective it is a part of.
    pub parent: Option<String>,
}

/// The level of prices in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceIndex {
    /// Year.
    pub year: FiscalYear,
    /// Level, above zero.
    pub index: Decimal,
    /// What is 100, in words (`2000=100`).
    pub base: Option<String>,
    /// Whose index it is.
    pub series: Option<String>,
}

/// A section or dimension of one year that is another one, or a part of one, in another year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The table whose code it is, one of [`Crossing::TABLES`].
    pub table: String,
    /// Code it had.
    pub from: String,
    /// The last year it had it.
    pub from_year: FiscalYear,
    /// Code it has.
    pub to: String,
    /// The first year it has it.
    pub to_year: FiscalYear,
    /// How much of what it was went there, in percent.
    pub share_percent: Option<Decimal>,
    /// Whether amounts before and after may be set against one another.
    pub comparable: bool,
}

impl Crossing {
    /// The tables whose codes a crosswalk follows.
    pub const TABLES: [&'static str; 2] = ["sections", "dimensions"];
}
