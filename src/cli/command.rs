//! What the command can be asked to do, once the arguments are understood.

use std::path::PathBuf;
use std::time::Duration;

use crate::allocation::funding::Method;
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
    pub format: ShowFormat,
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
pub(super) enum ShowFormat {
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
