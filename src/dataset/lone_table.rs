//! A table read by itself, outside a package: its columns, by their labels, for the engine.

use super::columns::Cells;
use super::descriptor::Resource;
use super::read::TableReader;
use super::report::Report;
use super::table::TableData;
use super::translate::translate;
use crate::engine::{Amounts, Codes, Dictionary, NO_VALUE, Texts};

/// The rows of one file that could be used.
#[derive(Debug)]
pub struct LoneTable {
    table: TableData,
}

impl LoneTable {
    /// A reader for a table's file.
    pub fn reader(resource: &Resource) -> TableReader {
        TableReader::new(resource)
    }

    /// What was read, and what was found wrong.
    pub fn new(reader: TableReader) -> (Self, Report) {
        let (mut table, mut report) = reader.finish();
        report.finish(std::slice::from_ref(&table));
        table.drop_rows_set_aside();
        (Self { table }, report)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.table.places()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column's distinct values and each row's code; its cells are taken out.
    pub fn take_codes(&mut self, label: &str) -> Option<(Dictionary, Codes)> {
        let cells = self.take(label)?;
        let mut dictionary = Dictionary::default();
        let codes =
            translate(Some(&cells), &mut |value| value.key().map_or(NO_VALUE, |value| dictionary.intern(&value)));
        Some((dictionary, codes))
    }

    /// A column of numbers as integers of `scale` decimals, where it is one; its cells are taken out.
    pub fn take_amounts(&mut self, label: &str, scale: u32) -> Option<Amounts> {
        self.take(label)?.take_integers(scale)
    }

    /// A column of texts; its cells are taken out.
    pub fn take_texts(&mut self, label: &str) -> Option<Texts> {
        Some(self.take(label)?.into_texts())
    }

    fn take(&mut self, label: &str) -> Option<Cells> {
        let at = self.table.position(label)?;
        let kind = self.table.columns.get(at)?.kind;
        Some(std::mem::replace(self.table.cells.get_mut(at)?, Cells::new(kind)))
    }
}
