//! Why a packed file is not used.

use thiserror::Error;

/// What is wrong with a packed file. None of it is lost data: the CSV files stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PackFault {
    /// Another kind of file.
    #[error("not a packed file")]
    Foreign,
    /// Written in a form this version does not know.
    #[error("packed form {found}, not one this version reads")]
    Version {
        /// The form it is in.
        found: u16,
    },
    /// Of another package, of other files of it, or the other one of the two.
    #[error("packed from other files")]
    Mismatch,
    /// It ends before it should.
    #[error("cut short")]
    Truncated,
    /// It goes on after it should have ended.
    #[error("goes on after its end")]
    TooLong,
    /// What it holds contradicts itself.
    #[error("damaged: {place}")]
    Corrupt {
        /// The part of it.
        place: &'static str,
    },
    /// It asks for more memory than there is.
    #[error("too large for this machine")]
    TooLarge,
}

impl PackFault {
    /// Stable name, for language keys: `foreign`, `version`...
    pub fn name(self) -> &'static str {
        match self {
            Self::Foreign => "foreign",
            Self::Version { .. } => "version",
            Self::Mismatch => "mismatch",
            Self::Truncated => "truncated",
            Self::TooLong => "too-long",
            Self::Corrupt { .. } => "corrupt",
            Self::TooLarge => "too-large",
        }
    }

    pub(super) fn corrupt(place: &'static str) -> Self {
        Self::Corrupt { place }
    }
}

/// A package that this form cannot hold: over 4 GiB of projects, or something that would not be read back as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("does not fit the packed form")]
pub struct Unpackable;
