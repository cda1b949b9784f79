//! The two tables every question is asked of: projects (the promise) and budget lines (the other stages).

use super::{Dictionary, Key, NO_VALUE, Table};
use crate::budget::{Date, Stage};

/// A package's rows as columns. The dictionaries are shared, so that a section has one code in both tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// By key, in the order of [`Key::ALL`].
    dictionaries: Vec<Dictionary>,
    projects: Table,
    lines: Table,
}

/// One row on its way into a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Value of each key; a key left out is missing.
    pub keys: Vec<(Key, String)>,
    /// Amounts in minor units; a stage left out is missing.
    pub amounts: Vec<(Stage, i64)>,
    /// The day the amounts were read from the accounts.
    pub as_of: Option<Date>,
}

/// Collects rows and declared values into [`Facts`].
#[derive(Debug)]
pub struct FactsBuilder {
    dictionaries: Vec<Dictionary>,
    projects: Vec<Row>,
    lines: Vec<Row>,
}

impl Default for FactsBuilder {
    fn default() -> Self {
        Self { dictionaries: vec![Dictionary::default(); Key::ALL.len()], projects: Vec::new(), lines: Vec::new() }
    }
}

impl FactsBuilder {
    /// Declares the values of a key, in the order they are to be shown in.
    pub fn declare<'a>(&mut self, key: Key, values: impl IntoIterator<Item = &'a str>) {
        for value in values {
            if let Some(dictionary) = self.dictionaries.get_mut(key.position()) {
                dictionary.intern(value);
            }
        }
    }

    /// Adds a project: a row that may hold [`Stage::Agreed`].
    pub fn project(&mut self, row: Row) {
        self.projects.push(row);
    }

    /// Adds a budget line: a row that may hold the other stages.
    pub fn line(&mut self, row: Row) {
        self.lines.push(row);
    }

    /// The finished tables.
    pub fn build(mut self) -> Facts {
        let projects = table(&self.projects, &[Stage::Agreed], &mut self.dictionaries);
        let lines = table(&self.lines, &Stage::OF_A_LINE, &mut self.dictionaries);
        Facts { dictionaries: self.dictionaries, projects, lines }
    }
}

fn table(rows: &[Row], stages: &[Stage], dictionaries: &mut [Dictionary]) -> Table {
    let keys = Key::ALL.into_iter().zip(dictionaries).map(|(key, dictionary)| {
        let codes = rows.iter().map(|row| {
            let value = row.keys.iter().find(|(known, _)| *known == key);
            value.map_or(NO_VALUE, |(_, value)| dictionary.intern(value))
        });
        (key, codes.collect())
    });
    let keys = keys.collect();
    let amounts = stages.iter().map(|&stage| {
        let of_stage = |row: &Row| row.amounts.iter().find(|(known, _)| *known == stage).map(|(_, minor)| *minor);
        (stage, rows.iter().map(of_stage).collect())
    });
    Table::new(rows.len(), keys, amounts.collect(), rows.iter().map(|row| row.as_of).collect())
}

impl Facts {
    /// Tables whose codes are those of the dictionaries, which stand in the order of [`Key::ALL`].
    pub fn new(dictionaries: Vec<Dictionary>, projects: Table, lines: Table) -> Self {
        Self { dictionaries, projects, lines }
    }

    /// The values of a key in declared order.
    pub fn values(&self, key: Key) -> Vec<&str> {
        self.dictionary(key).map_or_else(Vec::new, |dictionary| dictionary.values().collect())
    }

    /// The dictionary of a key.
    pub fn dictionary(&self, key: Key) -> Option<&Dictionary> {
        self.dictionaries.get(key.position())
    }

    /// The table that holds a stage.
    pub fn table(&self, stage: Stage) -> &Table {
        if stage == Stage::Agreed { &self.projects } else { &self.lines }
    }

    /// Whether any row has an amount at a stage: without one, the stage was not published at all.
    pub fn has(&self, stage: Stage) -> bool {
        let table = self.table(stage);
        (0..table.len()).any(|row| table.amount(stage, row).is_some())
    }
}
