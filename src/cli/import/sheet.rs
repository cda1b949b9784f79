//! The foreign file as rows of cells: decoded, split strictly, its labels found.

use std::borrow::Cow;

use encoding_rs::UTF_8;

use super::map::Plan;
use crate::cli::Failure;
use crate::dataset::{Code, CsvRecord, read_csv};

/// A foreign file.
pub(super) struct Sheet {
    /// Labels of its columns.
    pub labels: Vec<String>,
    /// Rows with something in them.
    pub rows: Vec<SheetRow>,
    /// Rows with nothing in them.
    pub blank_rows: u64,
}

/// A row of a foreign file.
pub(super) struct SheetRow {
    /// Row as a spreadsheet numbers it: the labels are row 1.
    pub row: u32,
    /// One cell a label, or why there are none.
    pub cells: Result<Vec<String>, Reason>,
}

/// Why a row is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    pub code: Code,
    /// Label of the file's column; empty for the whole row.
    pub column: String,
    /// What was read.
    pub value: String,
    /// Other facts the message is filled with.
    pub args: Vec<(&'static str, String)>,
}

impl Reason {
    pub fn new(code: Code, column: &str, value: &str) -> Self {
        Self { code, column: column.to_owned(), value: value.to_owned(), args: Vec::new() }
    }

    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl Sheet {
    /// Reads a file; what is wrong with a row is kept with the row, what is wrong with the labels ends the import.
    pub fn read(plan: &Plan, bytes: &[u8]) -> Result<Self, Failure> {
        let decoded = decode(plan, bytes);
        let mut records = read_csv(&decoded, plan.dialect).into_iter();
        let labels = match records.next().map(|record| record.cells) {
            Some(Ok(labels)) => labels,
            Some(Err(fault)) => return Err(Failure::said("import.labels-unreadable", [("value", &fault.text)])),
            None => return Err(Failure::said("import.empty", [])),
        };
        let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
        for label in plan.map.columns.values() {
            let known = labels.join(", ");
            let key = match labels.iter().filter(|known| *known == label).count() {
                1 => continue,
                0 => "import.label-missing",
                _ => "import.label-twice",
            };
            return Err(Failure::said(key, [("value", label), ("choices", &known)]));
        }
        let mut sheet = Self { labels, rows: Vec::new(), blank_rows: 0 };
        for record in records {
            let is_blank = |cells: &Vec<String>| cells.iter().all(|cell| cell.trim().is_empty());
            if record.cells.as_ref().is_ok_and(is_blank) {
                sheet.blank_rows += 1;
            } else {
                let row = SheetRow { row: record.row, cells: sheet.cells(plan, record) };
                sheet.rows.push(row);
            }
        }
        Ok(sheet)
    }

    fn cells(&self, plan: &Plan, record: CsvRecord) -> Result<Vec<String>, Reason> {
        let cells = record.cells.map_err(|fault| {
            let code = if fault.text.contains('\u{fffd}') { Code::EncodingError } else { Code::QuoteError };
            Reason::new(code, "", &fault.text)
        })?;
        let delimiter = char::from(plan.dialect.delimiter).to_string();
        if cells.len() != self.labels.len() {
            let counts = [("found", cells.len()), ("expected", self.labels.len())];
            let reason = Reason::new(Code::CellCount, "", &cells.join(&delimiter));
            return Err(counts.into_iter().fold(reason, |reason, (name, count)| reason.arg(name, count.to_string())));
        }
        // A decoder puts this mark where bytes mean nothing in the encoding the map names.
        if plan.encoding != UTF_8 && cells.iter().any(|cell| cell.contains('\u{fffd}')) {
            return Err(Reason::new(Code::EncodingError, "", &cells.join(&delimiter)));
        }
        Ok(cells)
    }

    /// Where a label stands.
    pub fn position(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known == label)
    }
}

/// UTF-8 is left as it is, so that a row with stray bytes is set aside on its own; anything else is decoded whole.
fn decode<'a>(plan: &Plan, bytes: &'a [u8]) -> Cow<'a, [u8]> {
    if plan.encoding == UTF_8 {
        return Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    }
    let (text, _had_errors) = plan.encoding.decode_with_bom_removal(bytes);
    Cow::Owned(text.into_owned().into_bytes())
}
