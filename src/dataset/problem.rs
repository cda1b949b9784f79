//! The catalogue of what can be wrong with a package: stable codes, each with a place and what was read.
//!
//! The words are in the language files under `problem.CODE`; here are the facts they are filled with.

use std::fmt;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was set aside or does not add up: the package is not clean.
    Error,
    /// Worth a look; nothing was set aside.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:expr])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// What is wrong. Codes are stable: scripts may rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// `datapackage.json` is not JSON.
    DescriptorUnreadable = "descriptor-unreadable", Error;
    /// `datapackage.json` is JSON but lacks what a package must have.
    DescriptorInvalid = "descriptor-invalid", Error;
    /// A resource's path leads out of the package or onto the network.
    PathUnsafe = "path-unsafe", Error;
    /// A resource is given in a way this reader does not take (inline data, several paths, schema by reference).
    ResourceUnsupported = "resource-unsupported", Error;
    /// An encoding other than UTF-8 is declared.
    EncodingUnsupported = "encoding-unsupported", Error;
    /// A dialect property this reader does not take.
    DialectUnsupported = "dialect-unsupported", Error;
    /// `bareNumber: false`, which loses the sign of an amount.
    NumberNotBare = "number-not-bare", Error;
    /// A `pattern` that is not a regular expression.
    PatternInvalid = "pattern-invalid", Warning;
    /// A file the descriptor names could not be had.
    FileMissing = "file-missing", Error;
    /// A file with nothing in it.
    FileEmpty = "file-empty", Error;
    /// A file that is a web page and not a table.
    FileNotCsv = "file-not-csv", Error;
    /// A file of 4 GiB or more.
    FileTooLarge = "file-too-large", Error;
    /// A file shorter than the descriptor says.
    FileTruncated = "file-truncated", Error;
    /// A file that is not the one the descriptor's hash was made from.
    FileChanged = "file-changed", Error;
    /// A hash that is not sha256.
    HashUnsupported = "hash-unsupported", Warning;
    /// Bytes that are not UTF-8.
    EncodingError = "encoding-error", Error;
    /// Quotation marks that do not pair up as RFC 4180 asks.
    QuoteError = "quote-error", Error;
    /// A row with more or fewer cells than the header.
    CellCount = "cell-count", Error;
    /// A row with nothing in it.
    RowBlank = "row-blank", Warning;
    /// Cells told apart by another mark than the descriptor says.
    DelimiterDiffers = "delimiter-differs", Error;
    /// A column without a label.
    LabelBlank = "label-blank", Error;
    /// A header label that stands twice.
    LabelDuplicate = "label-duplicate", Error;
    /// A column the table must have and does not.
    LabelMissing = "label-missing", Error;
    /// A column the schema does not know.
    LabelUnknown = "label-unknown", Warning;
    /// A cell that must not be blank.
    ValueRequired = "value-required", Error;
    /// A text with spaces around it.
    ValueSpace = "value-space", Warning;
    /// Not a plain number.
    NumberFormat = "number-format", Error;
    /// Group marks that do not stand between groups of three digits.
    NumberGroups = "number-groups", Error;
    /// More decimals than the currency has.
    NumberDecimals = "number-decimals", Error;
    /// A number too large for exact arithmetic.
    NumberRange = "number-range", Error;
    /// Not a whole number.
    IntegerFormat = "integer-format", Error;
    /// Not a date such as 2001-12-31.
    DateFormat = "date-format", Error;
    /// Not a year.
    YearFormat = "year-format", Error;
    /// Neither true nor false.
    BooleanFormat = "boolean-format", Error;
    /// A value outside the list the schema gives.
    ValueEnum = "value-enum", Error;
    /// A value that does not have the form the schema gives.
    ValuePattern = "value-pattern", Error;
    /// A number outside the bounds the schema gives.
    ValueRange = "value-range", Error;
    /// A text shorter or longer than the schema allows.
    ValueLength = "value-length", Error;
    /// A value that must be unique and stands twice.
    ValueDuplicate = "value-duplicate", Error;
    /// A key with a blank part.
    KeyBlank = "key-blank", Error;
    /// A key that stands twice.
    KeyDuplicate = "key-duplicate", Error;
    /// A code that the other table does not have.
    ReferenceUnknown = "reference-unknown", Error;
    /// A currency code that is not three capital letters.
    CurrencyFormat = "currency-format", Error;
    /// Amounts whose currency is said nowhere.
    CurrencyUnknown = "currency-unknown", Error;
    /// Weights of a round that do not total 100.
    WeightsTotal = "weights-total", Error;
    /// A weight that is no percentage with two decimals.
    WeightInvalid = "weight-invalid", Error;
    /// A measure or base in the rule that is no column of whole numbers in the figures.
    MeasureUnknown = "measure-unknown", Error;
    /// A rate, or an inverse measure, with nothing it could be a part of.
    BaseMissing = "base-missing", Error;
    /// A measure in the rule without a figure for some section.
    MeasureMissing = "measure-missing", Error;
    /// A measure in the rule that gives no shares: below zero, above its base, or zero everywhere.
    MeasureUnusable = "measure-unusable", Error;
    /// Allocations of a round that do not total its fund.
    AllocationTotal = "allocation-total", Error;
    /// A published allocation other than the one the rule gives.
    AllocationDiffers = "allocation-differs", Warning;
    /// More promised in a section than it was allocated.
    AllocationExceeded = "allocation-exceeded", Warning;
    /// A reported share that differs from the computed one by over half a point.
    ShareDiffers = "share-differs", Warning;
    /// Contributions that do not total the project's cost.
    FinancingTotal = "financing-total", Warning;
    /// A community contribution under the round's minimum.
    CommunityMatch = "community-match", Warning;
    /// A later stage larger than an earlier one.
    StageOrder = "stage-order", Warning;
    /// Money spent on a line with no budget.
    SpentWithoutBudget = "spent-without-budget", Warning;
    /// Months of a work that do not total its lines of the year.
    MonthsTotal = "months-total", Warning;
    /// A line and its project that name different sections.
    SectionDiffers = "section-differs", Warning;
    /// A project of one section that names none.
    SectionMissing = "section-missing", Warning;
    /// A round with no process to give its fund and currency.
    ProcessMissing = "process-missing", Error;
    /// Two dates in the wrong order.
    DateOrder = "date-order", Error;
    /// A file of outlines that cannot be drawn.
    GeometryInvalid = "geometry-invalid", Warning;
    /// An outline of no section of the package.
    GeometryUnknown = "geometry-unknown", Warning;
    /// A control total that the rows do not add up to.
    ControlTotal = "control-total", Error;
    /// A control total that names a table, column or filter that is not there.
    ControlUnknown = "control-unknown", Warning;
    /// A control total over a table that was not read whole.
    ControlUnchecked = "control-unchecked", Warning;
    /// A control total that would add amounts of several currencies.
    ControlCurrencies = "control-currencies", Warning;
    /// A section that a file of ballots lacks.
    BallotsSection = "ballots-section", Error;
    /// A line of a file of ballots that is in no section, or in one that stands a second time.
    BallotsOutside = "ballots-outside", Error;
    /// A line of a file of ballots with more or fewer cells than its section has labels.
    BallotsCells = "ballots-cells", Error;
    /// A file of ballots that says no currency.
    BallotsCurrency = "ballots-currency", Warning;
    /// A file of ballots that says no budget.
    BallotsBudget = "ballots-budget", Error;
    /// A kind of ballots that is not known.
    BallotsKind = "ballots-kind", Error;
    /// A ballot that names a project twice.
    BallotsRepeated = "ballots-repeated", Error;
    /// A ballot that does not give each of its projects points.
    BallotsPoints = "ballots-points", Error;
    /// A number of projects or ballots other than the file says.
    BallotsCount = "ballots-count", Error;
    /// Votes of a project other than its ballots.
    BallotsVotes = "ballots-votes", Error;
    /// Selected projects that cost more than the budget.
    BallotsOverBudget = "ballots-over-budget", Error;
    /// A code in a file of ballots that the package does not have.
    BallotsUnknown = "ballots-unknown", Error;
    /// What a file of ballots says of a project, or of its round, that the package says otherwise.
    BallotsDiffers = "ballots-differs", Warning;
    /// A sum too large to hold exactly.
    SumTooLarge = "sum-too-large", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: Code,
    /// File, by its path in the package.
    pub file: String,
    /// Row as a spreadsheet numbers it: the header is row 1.
    pub row: Option<u32>,
    /// Column's label.
    pub column: Option<String>,
    /// What was read there.
    pub value: Option<String>,
    /// Other facts the message is filled with.
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    pub(super) fn new(code: Code, file: impl Into<String>) -> Self {
        Self { code, file: file.into(), row: None, column: None, value: None, args: Vec::new() }
    }

    pub(super) fn row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    pub(super) fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// What was read, cut to a length that a message can hold.
    pub(super) fn value(mut self, value: impl AsRef<str>) -> Self {
        const LONGEST: usize = 80;
        let text = value.as_ref();
        let mut shown: String = text.chars().take(LONGEST).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        self.value = Some(shown);
        self
    }

    pub(super) fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
