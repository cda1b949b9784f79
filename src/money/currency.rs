//! Currencies by ISO 4217 code, with the decimals of each.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A currency: three capital letters and its number of decimals.
///
/// Decimals are ISO 4217's (DATASET.md section 5); a code outside the short list of exceptions has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
}

/// A currency code that is not three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not a currency code: three capital letters, such as PEN")]
pub struct InvalidCurrency {
    /// What was read.
    pub text: String,
}

impl Currency {
    /// The sol of Peru: what the two municipalities of the source paper publish in.
    pub const PEN: Self = Self { code: *b"PEN" };

    /// ISO 4217's code for no currency: amounts of a file that says none.
    pub const NONE: Self = Self { code: *b"XXX" };

    /// Decimals of an amount: 2 for soles, 0 for Chilean pesos.
    pub fn exponent(self) -> u8 {
        match &self.code {
            b"CLP" | b"PYG" | b"JPY" | b"KRW" | b"VND" | b"XAF" | b"XOF" => 0,
            b"KWD" | b"BHD" | b"OMR" | b"JOD" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self { code: [a, b, c] }),
            _ => Err(InvalidCurrency { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
