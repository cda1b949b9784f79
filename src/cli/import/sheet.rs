//! A foreign file as rows of cells: decoded, split strictly, its labels found. One stretch of it is held at a time.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs::UTF_8;
use flate2::bufread::MultiGzDecoder;

use super::layout::Layout;
use super::records::Records;
use crate::cli::{Failure, read};
use crate::dataset::{Code, CsvRecord};

/// A foreign file, being read.
pub(super) struct Sheet<'a> {
    /// Labels of its columns.
    pub labels: Vec<String>,
    /// Rows with nothing in them, so far.
    pub blank_rows: u64,
    pub layout: &'a Layout,
    records: Records,
    path: PathBuf,
}

/// A row of a foreign file.
pub(super) struct SheetRow {
    /// Row as a spreadsheet numbers it: the labels, where there are any, are row 1.
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

impl<'a> Sheet<'a> {
    /// Opens a file, unpacking it where it is packed with gzip, and finds the columns the map names.
    pub fn open(layout: &'a Layout, path: &Path) -> Result<Self, Failure> {
        let mut file = BufReader::new(read::open_file(path)?);
        let is_packed = file.fill_buf().map_err(|error| read::unreadable(path, &error))?.starts_with(GZIP);
        let bytes: Box<dyn Read> = if is_packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        Self::new(layout, bytes, path)
    }

    /// Reads up to the labels; what is wrong with them ends the import, what is wrong with a row is kept with the row.
    pub fn new(layout: &'a Layout, bytes: Box<dyn Read>, path: &Path) -> Result<Self, Failure> {
        let mut records = Records::new(bytes, layout);
        let shown = read::shown(path);
        let labels = match &layout.labels {
            Some(labels) => labels.clone(),
            None => match records.next().map_err(|error| read::unreadable(path, &error))?.map(|record| record.cells) {
                Some(Ok(labels)) => labels.iter().map(|label| label.trim().to_owned()).collect(),
                Some(Err(fault)) => {
                    let said = [("value", fault.text.as_str()), ("path", shown.as_str())];
                    return Err(Failure::said("import.labels-unreadable", said));
                }
                None => return Err(Failure::said("import.empty", [("path", &shown)])),
            },
        };
        for label in layout.columns.values() {
            let known = labels.join(", ");
            let key = match labels.iter().filter(|known| *known == label).count() {
                1 => continue,
                0 => "import.label-missing",
                _ => "import.label-twice",
            };
            return Err(Failure::said(key, [("value", label), ("choices", &known), ("path", &shown)]));
        }
        Ok(Self { labels, blank_rows: 0, layout, records, path: path.to_path_buf() })
    }

    /// The next row with something in it.
    pub fn next_row(&mut self) -> Result<Option<SheetRow>, Failure> {
        while let Some(record) = self.records.next().map_err(|error| read::unreadable(&self.path, &error))? {
            let is_blank = |cells: &Vec<String>| cells.iter().all(|cell| cell.trim().is_empty());
            if record.cells.as_ref().is_ok_and(is_blank) {
                self.blank_rows += 1;
            } else {
                return Ok(Some(SheetRow { row: record.row, cells: self.cells(record) }));
            }
        }
        Ok(None)
    }

    fn cells(&self, record: CsvRecord) -> Result<Vec<String>, Reason> {
        let cells = record.cells.map_err(|fault| {
            let code = if fault.text.contains('\u{fffd}') { Code::EncodingError } else { Code::QuoteError };
            Reason::new(code, "", &fault.text)
        })?;
        let delimiter = char::from(self.layout.dialect.delimiter).to_string();
        if cells.len() != self.labels.len() {
            let counts = [("found", cells.len()), ("expected", self.labels.len())];
            let reason = Reason::new(Code::CellCount, "", &cells.join(&delimiter));
            return Err(counts.into_iter().fold(reason, |reason, (name, count)| reason.arg(name, count.to_string())));
        }
        // A decoder puts this mark where bytes mean nothing in the encoding the map names.
        if self.layout.encoding != UTF_8 && cells.iter().any(|cell| cell.contains('\u{fffd}')) {
            return Err(Reason::new(Code::EncodingError, "", &cells.join(&delimiter)));
        }
        Ok(cells)
    }

    /// Where a label stands.
    pub fn position(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known == label)
    }
}

/// What a file packed with gzip starts with.
const GZIP: &[u8] = &[0x1f, 0x8b];
