//! Why a rule gives no amounts, with the place and the numbers.

use rust_decimal::Decimal;
use thiserror::Error;

/// Why a rule gives no amounts. Amounts are in minor units of the fund's currency, and of a fund below zero their absolute values.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleError {
    /// There is no section to give anything to.
    #[error("there are no sections")]
    NoSections,
    /// The rule weighs nothing.
    #[error("the rule has no criteria")]
    NoCriteria,
    /// Two criteria go by one code.
    #[error("criterion {criterion} stands twice in the rule")]
    CriterionTwice {
        /// The code.
        criterion: String,
    },
    /// The weights do not total 100.
    #[error("weights total {total} and not 100")]
    WeightsTotal {
        /// What they total, in percent.
        total: Decimal,
    },
    /// The figures have no such column.
    #[error("criterion {criterion}: the figures have no column {column}")]
    ColumnMissing {
        /// The criterion.
        criterion: String,
        /// The column.
        column: String,
    },
    /// A section has no figure, so no share exists. Blank is never read as zero.
    #[error("criterion {criterion}: section {section} has no figure in {column}")]
    CellMissing {
        /// The criterion.
        criterion: String,
        /// The section.
        section: String,
        /// The column, the measure's own or its base.
        column: String,
    },
    /// A rate, or what a column leaves of its base, without a column to be the base.
    #[error("criterion {criterion}: nothing says what {column} is a part of")]
    BaseNeeded {
        /// The criterion.
        criterion: String,
        /// The column without a base.
        column: String,
    },
    /// A rate of nobody.
    #[error("criterion {criterion}: no rate in section {section}, where {base} is 0")]
    BaseZero {
        /// The criterion.
        criterion: String,
        /// The section.
        section: String,
        /// The column of the base.
        base: String,
    },
    /// More of a part than there is of the whole.
    #[error("criterion {criterion}: in section {section}, {column} is {value} and {base} only {of}")]
    AboveBase {
        /// The criterion.
        criterion: String,
        /// The section.
        section: String,
        /// The column of the measure.
        column: String,
        /// Its figure.
        value: i64,
        /// The column of the base.
        base: String,
        /// Its figure.
        of: i64,
    },
    /// A figure below zero.
    #[error("criterion {criterion}: in section {section}, {column} is {value}")]
    Negative {
        /// The criterion.
        criterion: String,
        /// The section.
        section: String,
        /// The column.
        column: String,
        /// Its figure.
        value: i64,
    },
    /// A measure that is zero in every section gives nobody a share.
    #[error("criterion {criterion}: {column} gives every section 0")]
    AllZero {
        /// The criterion.
        criterion: String,
        /// The column.
        column: String,
    },
    /// A fund past what is computed with.
    #[error("a fund of {fund_minor} minor units is too large: {most_minor} at most")]
    FundTooLarge {
        /// The fund.
        fund_minor: i64,
        /// The largest there may be.
        most_minor: i64,
    },
    /// A floor below zero.
    #[error("a floor below zero: {floor_minor}")]
    FloorNegative {
        /// The floor.
        floor_minor: i64,
    },
    /// A cap below zero.
    #[error("a cap below zero: {cap_minor}")]
    CapNegative {
        /// The cap.
        cap_minor: i64,
    },
    /// A floor for every section that together pass what there is.
    #[error("{floor_minor} for each of {sections} sections is more than the {pool_minor} there are")]
    FloorAbovePool {
        /// The floor of one section.
        floor_minor: i64,
        /// How many sections.
        sections: usize,
        /// What there is for the sections.
        pool_minor: i64,
    },
    /// A cap that leaves money nobody may take.
    #[error("with a cap of {cap_minor}, the sections may take {takes_minor} of the {pool_minor} there are")]
    CapBelowPool {
        /// The cap of one section.
        cap_minor: i64,
        /// What all sections may take together: those without a share take no more than their floor.
        takes_minor: i64,
        /// What there is for the sections.
        pool_minor: i64,
    },
    /// A floor above the cap.
    #[error("a floor of {floor_minor} is above the cap of {cap_minor}")]
    FloorAboveCap {
        /// The floor.
        floor_minor: i64,
        /// The cap.
        cap_minor: i64,
    },
}
