//! A file's rows as columns of values; rows that cannot be used keep their place, marked, with their reasons in the report.

use super::columns::{Cells, Value};
use super::report::{SetAside, TableReport};
use super::row_numbers::RowNumbers;
use super::schema::Field;
use super::spec::Kind;
use crate::engine::Bitset;

/// One table as read.
#[derive(Debug)]
pub(super) struct TableData {
    pub name: String,
    pub file: String,
    /// Whether the file could be read at all; without it nothing can be said of keys that point here.
    pub is_readable: bool,
    /// The currency stated once for the whole table.
    pub currency: Option<String>,
    pub columns: Vec<Column>,
    /// Beside the columns: the values of every row that could be split into cells.
    pub cells: Vec<Cells>,
    pub row_numbers: RowNumbers,
    /// Rows not used. Their cells stay, so that rows pointing at them are not blamed for it.
    pub aside: Bitset,
    /// Rows set aside that could not be split into cells: of them there is nothing to keep.
    pub unsplit_rows: u64,
    /// Whether a row was set aside because its key is blank or another row's.
    pub has_repeated_keys: bool,
    pub set_aside: SetAside,
}

/// A column of the file, bound to what it means.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// The name this project knows it by, or its label.
    pub name: String,
    /// The label in the file, for messages.
    pub label: String,
    pub kind: Kind,
    pub field: Field,
    pub required: bool,
}

/// A row by its place in a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub table: &'a TableData,
    pub place: usize,
}

impl<'a> Row<'a> {
    /// The row of the file, as a spreadsheet numbers it.
    pub fn number(self) -> u32 {
        self.table.row_numbers.get(self.place)
    }

    /// Its value in a column.
    pub fn value(self, column: usize) -> Value<'a> {
        self.table.cells.get(column).map_or(Value::Missing, |cells| cells.value(self.place))
    }

    /// Its value in a known column; missing where the file has no such column.
    pub fn named(self, name: &str) -> Value<'a> {
        self.table.column(name).map_or(Value::Missing, |column| self.value(column))
    }
}

impl TableData {
    /// A table of no rows, of a file that was not read.
    pub fn new(name: &str, file: &str, currency: Option<String>) -> Self {
        Self {
            name: name.to_owned(),
            file: file.to_owned(),
            is_readable: false,
            currency,
            columns: Vec::new(),
            cells: Vec::new(),
            row_numbers: RowNumbers::default(),
            aside: Bitset::default(),
            unsplit_rows: 0,
            has_repeated_keys: false,
            set_aside: SetAside::default(),
        }
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A column by its known name, or else by its label.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.column(name).or_else(|| self.columns.iter().position(|column| column.label == name))
    }

    /// The cells of a known column.
    pub fn cells(&self, name: &str) -> Option<&Cells> {
        self.cells.get(self.column(name)?)
    }

    /// How many rows have a place, in use or not.
    pub fn places(&self) -> usize {
        self.row_numbers.len()
    }

    /// The rows in use.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.places()).filter(|&place| !self.aside.contains(place)).map(|place| Row { table: self, place })
    }

    /// Whether every row of the file is in use, so that a total over them is the file's own.
    pub fn is_whole(&self) -> bool {
        self.is_readable && self.set_aside.rows == 0
    }

    /// The label a known column goes by in this file, for messages.
    pub fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.column(name).and_then(|at| self.columns.get(at)).map_or(name, |column| column.label.as_str())
    }

    /// Takes rows out of use, with the money in them. Places are those of rows in use, in order.
    pub fn set_aside(&mut self, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        self.set_aside.rows += places.len() as u64;
        for (column, cells) in self.columns.iter().zip(&self.cells).filter(|(column, _)| column.kind == Kind::Amount) {
            let amounts = places.iter().filter_map(|&place| match cells.value(place) {
                Value::Number(amount) => Some(Some(amount)),
                _ => None,
            });
            self.set_aside.add_all(&column.label, amounts);
        }
        let mut going = places.iter().copied().peekable();
        self.aside =
            Bitset::from_fn(self.places(), |place| going.next_if_eq(&place).is_some() || self.aside.contains(place));
    }

    /// Forgets the rows that are not used, once no row of another table can point at them.
    pub fn drop_rows_set_aside(&mut self) {
        let kept = Bitset::from_fn(self.places(), |place| !self.aside.contains(place));
        if kept.count() == kept.len() {
            return;
        }
        self.cells.iter_mut().for_each(|cells| cells.retain(&kept));
        self.row_numbers.retain(&kept);
        self.aside = Bitset::from_fn(self.places(), |_place| false);
    }

    pub fn report(&self) -> TableReport {
        let rows_kept = (self.places() - self.aside.count()) as u64;
        TableReport {
            resource: self.name.clone(),
            file: self.file.clone(),
            rows_read: rows_kept + self.set_aside.rows,
            rows_kept,
            set_aside: self.set_aside.clone(),
        }
    }
}
