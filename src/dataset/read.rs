//! Reads the tables of a package from the bytes of their files.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::columns::{Cells, Value};
use super::csv::{CsvRecord, FaultKind, read_csv};
use super::descriptor::{Descriptor, Resource};
use super::files::{FileContent, usable_bytes};
use super::header::{bind_columns, named, other_delimiter};
use super::problem::{Code, Problem};
use super::report::Report;
use super::spec::Kind;
use super::table::TableData;
use super::value;

/// Reads every table of a package.
pub(super) fn read_tables(
    descriptor: &Descriptor,
    files: &BTreeMap<String, FileContent>,
    report: &mut Report,
) -> Vec<TableData> {
    descriptor.resources.iter().map(|resource| read_table(resource, files, report)).collect()
}

fn read_table(resource: &Resource, files: &BTreeMap<String, FileContent>, report: &mut Report) -> TableData {
    let mut table = TableData::new(&resource.name, resource.file(), resource.schema.currency.clone());
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
    table.cells = table.columns.iter().map(|column| Cells::new(column.kind)).collect();
    let mut unusable = Vec::new();
    let mut seen = RowReader { table: &mut table, resource, report, unusable: &mut unusable };
    records.for_each(|record| seen.read(record));
    table.set_aside(&unusable);
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
    unusable: &'a mut Vec<usize>,
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
        let mut is_usable = true;
        let mut unreadable_amounts = Vec::new();
        for ((column, store), cell) in self.table.columns.iter().zip(&mut self.table.cells).zip(cells) {
            let missing = column.field.missing_values.as_ref().unwrap_or(&self.resource.schema.missing_values);
            // Spaces alone are a blank to whoever typed them, and no text.
            let is_missing = cell.trim().is_empty() || missing.iter().any(|known| known == cell);
            let is_text = column.kind == Kind::Text || is_missing;
            if is_text && cell.trim().len() != cell.len() {
                let problem = Problem::new(Code::ValueSpace, &self.table.file).row(row).column(&column.label);
                self.report.add(problem.value(cell));
            }
            let problem = if is_missing {
                store.push("", Value::Missing);
                column
                    .required
                    .then(|| Problem::new(Code::ValueRequired, &self.table.file).row(row).column(&column.label))
            } else {
                match value::read(cell, column.kind, &column.field) {
                    Ok(value) => {
                        store.push(cell, value);
                        None
                    }
                    Err(fault) => {
                        store.push(cell, Value::Missing);
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
        if !is_usable {
            unreadable_amounts.iter().for_each(|label| self.table.set_aside.add(label, None));
            self.unusable.push(self.table.places());
        }
        self.table.row_numbers.push(row);
        self.table.aside.push(false);
    }

    /// A row that could not be split into cells: its amounts are unknown.
    fn set_aside_unsplit(&mut self) {
        self.table.set_aside.rows += 1;
        self.table.unsplit_rows += 1;
        let amounts = self.table.columns.iter().filter(|column| column.kind == Kind::Amount);
        let labels: Vec<String> = amounts.map(|column| column.label.clone()).collect();
        labels.iter().for_each(|label| self.table.set_aside.add(label, None::<Decimal>));
    }
}
