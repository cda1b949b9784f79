//! A file's rows as values, by column; rows that cannot be used are kept apart with their reasons.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::csv::{CsvRecord, FaultKind, read_csv};
use super::descriptor::{Descriptor, Resource};
use super::files::{FileContent, usable_bytes};
use super::header::{bind_columns, named, other_delimiter};
use super::problem::{Code, Problem};
use super::report::{Report, SetAside, TableReport};
use super::schema::Field;
use super::spec::Kind;
use super::value::{self, Value};

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
    /// Rows used.
    pub rows: Vec<DataRow>,
    /// Keys of rows set aside, so that rows pointing at them are not blamed for it.
    pub keys_set_aside: Vec<DataRow>,
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

/// A row with its values in column order.
#[derive(Debug, Clone)]
pub(super) struct DataRow {
    pub row: u32,
    pub values: Vec<Value>,
}

impl TableData {
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A column by its known name, or else by its label.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.column(name).or_else(|| self.columns.iter().position(|column| column.label == name))
    }

    /// Whether every row of the file is in use, so that a total over them is the file's own.
    pub fn is_whole(&self) -> bool {
        self.is_readable && self.set_aside.rows == 0
    }

    /// The label a known column goes by in this file, for messages.
    pub fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.column(name).and_then(|at| self.columns.get(at)).map_or(name, |column| column.label.as_str())
    }

    pub fn value<'a>(&self, row: &'a DataRow, name: &str) -> &'a Value {
        self.column(name).and_then(|at| row.values.get(at)).unwrap_or(&Value::Missing)
    }

    /// Takes rows out, with the money in them.
    pub fn set_aside(&mut self, should_go: impl Fn(&DataRow) -> bool) {
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.rows).into_iter().partition(should_go);
        self.rows = kept;
        gone.into_iter().for_each(|row| self.retire(row));
    }

    fn retire(&mut self, row: DataRow) {
        self.set_aside.rows += 1;
        for (column, value) in self.columns.iter().zip(&row.values) {
            match value {
                Value::Number(amount) if column.kind == Kind::Amount => {
                    self.set_aside.add(&column.label, Some(*amount))
                }
                _ => {}
            }
        }
        self.keys_set_aside.push(row);
    }

    pub fn report(&self) -> TableReport {
        let rows_kept = self.rows.len() as u64;
        TableReport {
            resource: self.name.clone(),
            file: self.file.clone(),
            rows_read: rows_kept + self.set_aside.rows,
            rows_kept,
            set_aside: self.set_aside.clone(),
        }
    }
}

/// Reads every table of a package.
pub(super) fn read_tables(
    descriptor: &Descriptor,
    files: &BTreeMap<String, FileContent>,
    report: &mut Report,
) -> Vec<TableData> {
    descriptor.resources.iter().map(|resource| read_table(resource, files, report)).collect()
}

fn read_table(resource: &Resource, files: &BTreeMap<String, FileContent>, report: &mut Report) -> TableData {
    let mut table = TableData {
        name: resource.name.clone(),
        file: resource.file().to_owned(),
        is_readable: false,
        currency: resource.schema.currency.clone(),
        columns: Vec::new(),
        rows: Vec::new(),
        keys_set_aside: Vec::new(),
        has_repeated_keys: false,
        set_aside: SetAside::default(),
    };
    let Some(path) = resource.path.as_ref().filter(|_| resource.is_readable) else { return table };
    let Some(bytes) = usable_bytes(resource, files.get(path), report) else { return table };
    let mut records = read_csv(bytes, resource.dialect).into_iter().peekable();
    let labels = if resource.has_header {
        match records.next().map(|record| record.cells) {
            Some(Ok(labels)) => labels,
            Some(Err(fault)) => {
                report.add(fault_problem(fault.kind, &table.file, 1, &fault.text));
                return table;
            }
            None => return table,
        }
    } else {
        resource.schema.fields.iter().map(|field| field.name.clone()).collect()
    };
    if let Some(found) = other_delimiter(resource, &labels) {
        let problem = Problem::new(Code::DelimiterDiffers, &table.file).row(1).value(labels.concat());
        let declared = char::from(resource.dialect.delimiter);
        report.add(problem.arg("found", named(found)).arg("declared", named(declared)));
        return table;
    }
    table.is_readable = true;
    table.columns = bind_columns(resource, &labels, report);
    let mut seen = RowReader { table: &mut table, resource, report };
    records.for_each(|record| seen.read(record));
    table
}

fn fault_problem(kind: FaultKind, file: &str, row: u32, text: &str) -> Problem {
    let code = match kind {
        FaultKind::Quote => Code::QuoteError,
        FaultKind::Encoding => Code::EncodingError,
    };
    Problem::new(code, file).row(row).value(text)
}

struct RowReader<'a> {
    table: &'a mut TableData,
    resource: &'a Resource,
    report: &'a mut Report,
}

impl RowReader<'_> {
    fn read(&mut self, record: CsvRecord) {
        let row = record.row;
        let cells = match record.cells {
            Ok(cells) => cells,
            Err(fault) => {
                self.report.add(fault_problem(fault.kind, &self.table.file, row, &fault.text));
                self.set_aside_unsplit();
                return;
            }
        };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.report.add(Problem::new(Code::RowBlank, &self.table.file).row(row));
            return;
        }
        if cells.len() != self.table.columns.len() {
            let problem = Problem::new(Code::CellCount, &self.table.file).row(row).value(cells.join(" | "));
            let counts = [("found", cells.len()), ("expected", self.table.columns.len())];
            self.report.add(counts.into_iter().fold(problem, |problem, (name, n)| problem.arg(name, n.to_string())));
            self.set_aside_unsplit();
            return;
        }
        self.read_cells(row, &cells);
    }

    fn read_cells(&mut self, row: u32, cells: &[String]) {
        let mut values = Vec::with_capacity(cells.len());
        let mut is_usable = true;
        let mut unreadable_amounts = Vec::new();
        for (column, cell) in self.table.columns.iter().zip(cells) {
            let missing = column.field.missing_values.as_ref().unwrap_or(&self.resource.schema.missing_values);
            // Spaces alone are a blank to whoever typed them, and no text.
            let is_missing = cell.trim().is_empty() || missing.iter().any(|known| known == cell);
            let is_text = column.kind == Kind::Text || is_missing;
            if is_text && cell.trim().len() != cell.len() {
                let problem = Problem::new(Code::ValueSpace, &self.table.file).row(row).column(&column.label);
                self.report.add(problem.value(cell));
            }
            let problem = if is_missing {
                values.push(Value::Missing);
                column
                    .required
                    .then(|| Problem::new(Code::ValueRequired, &self.table.file).row(row).column(&column.label))
            } else {
                match value::read(cell, column.kind, &column.field) {
                    Ok(value) => {
                        values.push(value);
                        None
                    }
                    Err(fault) => {
                        values.push(Value::Missing);
                        Some(fault.at(&self.table.file, row, &column.label, cell))
                    }
                }
            };
            if let Some(problem) = problem {
                is_usable = false;
                if column.kind == Kind::Amount {
                    unreadable_amounts.push(column.label.clone());
                }
                self.report.add(problem);
            }
        }
        let row = DataRow { row, values };
        if is_usable {
            self.table.rows.push(row);
        } else {
            unreadable_amounts.iter().for_each(|label| self.table.set_aside.add(label, None));
            self.table.retire(row);
        }
    }

    /// A row that could not be split into cells: its amounts are unknown.
    fn set_aside_unsplit(&mut self) {
        self.table.set_aside.rows += 1;
        let amounts = self.table.columns.iter().filter(|column| column.kind == Kind::Amount);
        let labels: Vec<String> = amounts.map(|column| column.label.clone()).collect();
        labels.iter().for_each(|label| self.table.set_aside.add(label, None::<Decimal>));
    }
}
