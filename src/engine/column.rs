//! A column of codes with its dictionary, and a column of amounts with its gaps.

use std::collections::BTreeMap;

use super::Bitset;

/// The code of a row that has no value in a column.
pub const NO_VALUE: u32 = u32::MAX;

/// The values of a key in declared order: a code list's own order, then order of appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    values: Vec<String>,
    codes: BTreeMap<String, u32>,
}

impl Dictionary {
    /// The code of a value, adding it at the end when it is new.
    pub fn intern(&mut self, value: &str) -> u32 {
        if let Some(&code) = self.codes.get(value) {
            return code;
        }
        let code = u32::try_from(self.values.len()).unwrap_or(NO_VALUE);
        self.values.push(value.to_owned());
        self.codes.insert(value.to_owned(), code);
        code
    }

    /// The code of a known value.
    pub fn code(&self, value: &str) -> Option<u32> {
        self.codes.get(value).copied()
    }

    /// The value of a code; `None` for [`NO_VALUE`] and codes never given.
    pub fn value(&self, code: u32) -> Option<&str> {
        self.values.get(usize::try_from(code).ok()?).map(String::as_str)
    }

    /// Values in declared order.
    pub fn values(&self) -> &[String] {
        &self.values
    }
}

/// Amounts of one stage, in minor units, with the rows that have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amounts {
    minor: Vec<i64>,
    present: Bitset,
}

impl Amounts {
    /// A column from one optional amount a row.
    pub fn new(amounts: &[Option<i64>]) -> Self {
        Self {
            minor: amounts.iter().map(|amount| amount.unwrap_or_default()).collect(),
            present: Bitset::from_fn(amounts.len(), |row| amounts.get(row).is_some_and(Option::is_some)),
        }
    }

    /// The amount of a row; `None` where it is missing.
    pub fn get(&self, row: usize) -> Option<i64> {
        if self.present.contains(row) { self.minor.get(row).copied() } else { None }
    }
}
