//! Which rows a question is about.

use super::keep::keep;
use super::{Bitset, Facts, Key, NO_VALUE, Table};

/// Rows whose key has one of some values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The key.
    pub key: Key,
    /// The values; `None` is "no value published".
    pub values: Vec<Option<String>>,
}

/// Conditions that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In the order they were set.
    pub conditions: Vec<Condition>,
}

impl Filter {
    /// The same filter with one more value accepted for a key.
    #[must_use]
    pub fn with(mut self, key: Key, value: Option<&str>) -> Self {
        let value = value.map(str::to_owned);
        match self.conditions.iter_mut().find(|condition| condition.key == key) {
            Some(condition) if condition.values.contains(&value) => {}
            Some(condition) => condition.values.push(value),
            None => self.conditions.push(Condition { key, values: vec![value] }),
        }
        self
    }

    /// The same filter with any value accepted for a key.
    #[must_use]
    pub fn without(mut self, key: Key) -> Self {
        self.conditions.retain(|condition| condition.key != key);
        self
    }

    /// The values accepted for a key; `None` when any is.
    pub fn values(&self, key: Key) -> Option<&[Option<String>]> {
        self.conditions.iter().find(|condition| condition.key == key).map(|condition| condition.values.as_slice())
    }

    /// The rows of a table that meet every condition. A value that no row has meets none.
    pub fn rows(&self, facts: &Facts, table: &Table) -> Bitset {
        let mut rows = Bitset::all(table.len());
        for condition in &self.conditions {
            let code = |value: &Option<String>| match value {
                None => Some(NO_VALUE),
                Some(value) => facts.dictionary(condition.key)?.code(value),
            };
            let wanted: Vec<u32> = condition.values.iter().filter_map(code).collect();
            keep(&mut rows, table.column(condition.key), &wanted);
        }
        rows
    }
}
