//! What the command can be asked to do, once the arguments are understood.

use std::path::PathBuf;
use std::time::Duration;

use crate::allocation::funding::Method;
use crate::allocation::{Direction, Form, Weight};
use crate::budget::{FiscalYear, Stage};
use crate::engine::Key;
use crate::money::Currency;

/// What the command is to do.
pub(super) enum Command {
    /// Print a help text, by its key.
    Help(&'static str),
    /// Nothing was typed.
    Nothing,
    /// Print the version.
    Version,
    /// Check packages.
    Check(CheckArgs),
    /// Answer a question about a package.
    Show(ShowArgs),
    /// Turn a foreign file into a package.
    Import(ImportArgs),
    /// Write the packed form of a package.
    Pack(PackArgs),
    /// Share out a round's fund.
    Allocate(AllocateArgs),
    /// Say which proposals an amount carries.
    Fund(FundArgs),
}

/// `yupay check`.
pub(super) struct CheckArgs {
    /// Folders or descriptors.
    pub packages: Vec<PathBuf>,
    /// Whether to print JSON.
    pub as_json: bool,
}

/// `yupay show`.
pub(super) struct ShowArgs {
    /// Folder or descriptor.
    pub package: PathBuf,
    /// Keys of the groups, outermost first.
    pub by: Vec<NamedKey>,
    /// Values asked for; `None` is "no value published".
    pub wheres: Vec<(NamedKey, Option<String>)>,
    /// What titles hold; empty for anything.
    pub search: String,
    /// Stages, each answered on its own.
    pub stages: Vec<Stage>,
    /// The one currency asked for.
    pub currency: Option<Currency>,
    /// Which groups come first.
    pub order: ShowOrder,
    /// How many groups to show; the others as one.
    pub top: Option<usize>,
    /// How to print the answer.
    pub format: AnswerFormat,
}

/// A key by the name it was typed with: `year` stays `year`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    /// As typed.
    pub name: String,
    /// What it stands for.
    pub key: Key,
}

/// Which groups come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShowOrder {
    /// As the package declares them.
    Declared,
    /// The greatest amount of the stage asked for.
    Amount,
    /// The most rows.
    Count,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerFormat {
    /// Aligned columns, for people.
    Table,
    /// RFC 4180.
    Csv,
    /// For programs.
    Json,
}

/// `yupay import`.
pub(super) struct ImportArgs {
    /// The map.
    pub map: PathBuf,
    /// The foreign files, at least one.
    pub files: Vec<PathBuf>,
    /// Folder of the package to be.
    pub out: PathBuf,
    /// Whether a folder with something in it may be written to.
    pub force: bool,
}

/// `yupay pack`.
pub(super) struct PackArgs {
    /// Folder or descriptor.
    pub package: PathBuf,
    /// Folder the files are written to: the package's own, or where it is published.
    pub out: PathBuf,
}

/// `yupay allocate`. Amounts are as typed: their decimals are those of the round's currency.
pub(super) struct AllocateArgs {
    /// Folder or descriptor.
    pub package: PathBuf,
    /// The round.
    pub year: FiscalYear,
    /// Where the rule comes from.
    pub rule: RuleFrom,
    /// The fund, instead of the rule's or the round's.
    pub fund: Option<String>,
    /// What every section gets whatever its share, instead of the rule's.
    pub floor: Option<TypedFloor>,
    /// The most one section may get, instead of the rule's.
    pub cap: Option<String>,
    /// The share kept for works of the whole district, instead of the rule's.
    pub set_aside: Option<Weight>,
    /// How to print the answer.
    pub format: AnswerFormat,
}

/// Where a rule comes from.
pub(super) enum RuleFrom {
    /// The round's own.
    Official,
    /// A file.
    File(PathBuf),
    /// Weights that were typed.
    Weights(Vec<TypedWeight>),
}

/// A criterion as typed: `NAME[:inverse][:rate]=PERCENT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedWeight {
    /// A criterion of the official rule, a column of the figures, or `equal`.
    pub name: String,
    /// The form, where one was typed.
    pub form: Option<Form>,
    /// The direction, where one was typed.
    pub direction: Option<Direction>,
    /// The weight.
    pub weight: Weight,
}

/// A floor as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypedFloor {
    /// `--flat-floor`.
    Flat(String),
    /// `--minimum`.
    Minimum(String),
}

/// `yupay fund`.
pub(super) struct FundArgs {
    /// Where the proposals are.
    pub source: FundSource,
    /// By which rule.
    pub method: Method,
    /// The amount as typed; the published one where none was.
    pub budget: Option<String>,
    /// How long the rule may take.
    pub time_limit: Duration,
    /// Whether to print JSON.
    pub as_json: bool,
    /// A Pabulib file to write the election to.
    pub write: Option<PathBuf>,
}

/// Where proposals are.
pub(super) enum FundSource {
    /// In a Pabulib file.
    File(PathBuf),
    /// In a round of a package.
    Package {
        /// Folder or descriptor.
        path: PathBuf,
        /// The round.
        year: FiscalYear,
        /// The section; all of the round where none was given.
        section: Option<String>,
    },
}
