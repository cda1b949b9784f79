//! Rows as columns.

use super::{Amounts, Codes, Key, NO_VALUE};
use crate::budget::{Date, Stage};

/// Rows as columns of codes and of amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    len: usize,
    keys: Vec<(Key, Codes)>,
    amounts: Vec<(Stage, Amounts)>,
    /// The day a row's amounts were read from the accounts, where the table has one.
    as_of: Vec<Option<Date>>,
}

impl Table {
    /// A table of columns of one length; the code of a key it lacks is [`NO_VALUE`] in every row.
    pub fn new(len: usize, keys: Vec<(Key, Codes)>, amounts: Vec<(Stage, Amounts)>, as_of: Vec<Option<Date>>) -> Self {
        Self { len, keys, amounts, as_of }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The codes of a column, where the table has it.
    pub fn column(&self, key: Key) -> Option<&Codes> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, codes)| codes)
    }

    /// The code of a row in a column; [`NO_VALUE`] where it has none.
    pub fn code(&self, key: Key, row: usize) -> u32 {
        self.column(key).map_or(NO_VALUE, |codes| codes.get(row))
    }

    /// The amounts of a stage, where the table has any.
    pub fn amounts(&self, stage: Stage) -> Option<&Amounts> {
        self.amounts.iter().find(|(known, _)| *known == stage).map(|(_, amounts)| amounts)
    }

    /// The amount of a row at a stage.
    pub fn amount(&self, stage: Stage, row: usize) -> Option<i64> {
        self.amounts(stage)?.get(row)
    }

    /// The day a row's amounts were read from the accounts.
    pub fn as_of(&self, row: usize) -> Option<Date> {
        self.as_of.get(row).copied().flatten()
    }
}
