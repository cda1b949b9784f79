//! A table's rows from the bytes of its file, as they arrive: cut anywhere, each looked at once.

use sha2::{Digest, Sha256};

use super::columns::{Cells, Finding, Rules};
use super::csv::{Batch, CsvReader, CsvRecord, FaultKind, Piece};
use super::descriptor::Resource;
use super::files::check_size_and_hash;
use super::header::{bind_columns, named, other_delimiter};
use super::problem::{Code, Problem};
use super::report::Report;
use super::spec::Kind;
use super::table::TableData;

/// Enough to see what kind of file it is, and to show its beginning.
const FIRST_LOOK: usize = 256;

/// A NUL among so many first bytes means characters of two bytes; one further on costs its row.
const MARKS_OF_UTF16: usize = 64;

/// Of a file that is all there, so much is read at a time: the reader's buffer stays small.
const PIECE: usize = 1 << 18;

/// Places and row numbers are 32 bits wide.
const LARGEST_FILE: u64 = u32::MAX as u64;

/// Reads one table. Bytes are written into [`TableReader::room`]; [`TableReader::step`] does one small piece of the work.
#[derive(Debug)]
pub struct TableReader {
    resource: Resource,
    table: TableData,
    report: Report,
    csv: CsvReader,
    state: State,
    /// Of the file so far, where the descriptor gives a hash to compare with.
    hash: Option<Sha256>,
    bytes: u64,
    /// Places of rows with a cell that cannot be used.
    unusable: Vec<usize>,
    findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// What kind of file it is has not been looked at.
    Start,
    Labels,
    Rows,
    /// It is no table that can be read; further bytes are only counted.
    Refused,
    /// There is no file.
    Unavailable,
}

impl TableReader {
    /// A reader with nothing read.
    pub(super) fn new(resource: &Resource) -> Self {
        let is_readable = resource.path.is_some() && resource.is_readable;
        let needs_hash = resource.hash.as_ref().is_some_and(|hash| hash.starts_with("sha256:"));
        Self {
            table: TableData::new(&resource.name, resource.file(), resource.schema.currency.clone()),
            report: Report::default(),
            csv: CsvReader::new(resource.dialect),
            state: if is_readable { State::Start } else { State::Unavailable },
            hash: needs_hash.then(Sha256::new),
            bytes: 0,
            unusable: Vec::new(),
            findings: Vec::new(),
            resource: resource.clone(),
        }
    }

    /// Path of its file within the package; `None` where none is to be read.
    pub fn path(&self) -> Option<&str> {
        self.resource.path.as_deref().filter(|_| self.resource.is_readable)
    }

    /// Says that the file could not be had, with the reason in the rim's words (`404`, `network`). Rows that came before
    /// that are forgotten: half a table is not the table.
    pub fn unavailable(&mut self, reason: Option<&str>) {
        if self.path().is_none() {
            return;
        }
        *self = Self { state: State::Unavailable, ..Self::new(&self.resource) };
        let problem = Problem::new(Code::FileMissing, &self.table.file);
        self.report.add(match reason {
            Some(reason) => problem.value(reason),
            None => problem,
        });
    }

    /// Reads a file that is all there.
    pub fn read_whole(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(PIECE) {
            self.room(piece.len()).copy_from_slice(piece);
            self.took(piece.len());
            while self.step(false) {}
        }
        while self.step(true) {}
    }

    /// Room for the next bytes of the file; [`Self::took`] says how many were written.
    pub fn room(&mut self, len: usize) -> &mut [u8] {
        self.csv.room(len)
    }

    /// Says that bytes were written into [`Self::room`].
    pub fn took(&mut self, len: usize) {
        let before = self.csv.pending().len();
        self.csv.took(len);
        self.bytes = self.bytes.saturating_add(len as u64);
        if let (Some(hash), Some(new)) = (&mut self.hash, self.csv.pending().get(before..)) {
            hash.update(new);
        }
        if self.bytes > LARGEST_FILE && self.state != State::Refused {
            self.refuse(Problem::new(Code::FileTooLarge, &self.table.file).value(self.bytes.to_string()));
        }
    }

    /// Does the next piece of work, some hundred rows at most; `false` when more bytes are needed or, with `is_end` (there
    /// are no more), when all is done.
    pub fn step(&mut self, is_end: bool) -> bool {
        match self.state {
            State::Start => self.look_at_start(is_end),
            State::Labels => self.read_labels(is_end),
            State::Rows => self.read_rows(is_end),
            State::Refused | State::Unavailable => {
                self.csv.skip(usize::MAX);
                false
            }
        }
    }

    /// Rows read so far.
    pub fn rows(&self) -> usize {
        self.table.places()
    }

    /// The table, and what was found.
    pub(super) fn finish(mut self) -> (TableData, Report) {
        self.table.set_aside(&self.unusable);
        let hash = self.hash.map(|hash| hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        let mut report = Report::default();
        if self.state != State::Unavailable {
            let seal = (self.resource.bytes, self.resource.hash.as_deref());
            check_size_and_hash(self.resource.file(), seal, self.bytes, hash.as_deref(), &mut report);
        }
        report.append(self.report);
        (self.table, report)
    }

    fn refuse(&mut self, problem: Problem) {
        self.report.add(problem);
        self.state = State::Refused;
        self.unusable.clear();
        self.table = TableData::new(&self.resource.name, self.resource.file(), self.resource.schema.currency.clone());
    }

    fn look_at_start(&mut self, is_end: bool) -> bool {
        let bytes = self.csv.pending();
        let file = self.table.file.as_str();
        let is_blank = bytes.iter().all(u8::is_ascii_whitespace);
        if !is_end && (is_blank || bytes.len() < FIRST_LOOK) {
            return false;
        }
        if is_blank {
            self.refuse(Problem::new(Code::FileEmpty, file));
            return true;
        }
        let first = bytes.get(..bytes.len().min(MARKS_OF_UTF16)).unwrap_or_default();
        if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) || first.contains(&0) {
            self.refuse(Problem::new(Code::EncodingError, file).value("UTF-16"));
            return true;
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mark_len = bytes.len() - text.len();
        let first_words = text.trim_ascii_start();
        if first_words.first() == Some(&b'<') {
            let start: String = String::from_utf8_lossy(first_words).chars().take(30).collect();
            self.refuse(Problem::new(Code::FileNotCsv, file).value(start));
            return true;
        }
        self.csv.skip(mark_len);
        if self.resource.has_header {
            self.state = State::Labels;
        } else {
            let labels: Vec<String> = self.resource.schema.fields.iter().map(|field| field.name.clone()).collect();
            self.bind(&labels);
        }
        true
    }

    fn read_labels(&mut self, is_end: bool) -> bool {
        // Without a width every row comes alone.
        let Some(Piece::Odd(record)) = self.csv.next(None, is_end) else { return false };
        match record.cells {
            Ok(labels) => self.bind(&labels),
            Err(fault) => self.refuse(fault_problem(fault.kind, &self.table.file, record.row, &fault.text)),
        }
        true
    }

    fn bind(&mut self, labels: &[String]) {
        if let Some(found) = other_delimiter(&self.resource, labels) {
            let problem = Problem::new(Code::DelimiterDiffers, &self.table.file).row(1).value(labels.concat());
            let declared = char::from(self.resource.dialect.delimiter);
            self.refuse(problem.arg("found", named(found)).arg("declared", named(declared)));
            return;
        }
        self.table.is_readable = true;
        self.table.columns = bind_columns(&self.resource, labels, &mut self.report);
        self.table.cells = self.table.columns.iter().map(|column| Cells::new(column.kind)).collect();
        self.state = State::Rows;
    }

    fn read_rows(&mut self, is_end: bool) -> bool {
        let Self { csv, table, resource, report, unusable, findings, .. } = self;
        match csv.next(Some(table.columns.len()), is_end) {
            None => return false,
            Some(Piece::Rows(batch)) => {
                append(&batch, table, resource, findings);
                settle(findings, table, batch.len(), report, unusable);
            }
            Some(Piece::Odd(record)) => set_aside_odd(record, table, report),
        }
        true
    }
}

/// Adds a batch to the columns; what there is to report is left in `findings`.
fn append(batch: &Batch<'_>, table: &mut TableData, resource: &Resource, findings: &mut Vec<Finding>) {
    for (at, (column, cells)) in table.columns.iter().zip(&mut table.cells).enumerate() {
        let missing = column.field.missing_values.as_ref().unwrap_or(&resource.schema.missing_values);
        cells.append(batch, at, &Rules { column, missing, file: &table.file }, findings);
    }
    table.row_numbers.push_run(batch.first_row(), batch.len());
    table.aside.push_out(batch.len());
}

/// Reports what was found in a batch, row by row as the file stands, and notes the rows that cannot be used.
fn settle(
    findings: &mut Vec<Finding>,
    table: &mut TableData,
    rows: usize,
    report: &mut Report,
    unusable: &mut Vec<usize>,
) {
    // They come column by column; within one cell they are in order.
    findings.sort_by_key(|finding| (finding.row, finding.column));
    let first_place = table.places() - rows;
    for finding in findings.drain(..) {
        report.add(finding.problem);
        if !finding.is_fault {
            continue;
        }
        let column = table.columns.get(finding.column);
        if let Some(column) = column.filter(|column| column.kind == Kind::Amount) {
            table.set_aside.add(&column.label, None);
        }
        let place = first_place + finding.row;
        if unusable.last() != Some(&place) {
            unusable.push(place);
        }
    }
}

/// A row that is blank or could not be split into cells. Of the latter, the amounts are unknown.
fn set_aside_odd(record: CsvRecord, table: &mut TableData, report: &mut Report) {
    let problem = match record.cells {
        Err(fault) => fault_problem(fault.kind, &table.file, record.row, &fault.text),
        Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => {
            report.add(Problem::new(Code::RowBlank, &table.file).row(record.row));
            return;
        }
        Ok(cells) => {
            let problem = Problem::new(Code::CellCount, &table.file).row(record.row).value(cells.join(" | "));
            let counts = [("found", cells.len()), ("expected", table.columns.len())];
            counts.into_iter().fold(problem, |problem, (name, n)| problem.arg(name, n.to_string()))
        }
    };
    report.add(problem);
    table.set_aside.rows += 1;
    table.unsplit_rows += 1;
    for column in table.columns.iter().filter(|column| column.kind == Kind::Amount) {
        table.set_aside.add(&column.label, None);
    }
}

fn fault_problem(kind: FaultKind, file: &str, row: u32, text: &str) -> Problem {
    let code = match kind {
        FaultKind::Quote => Code::QuoteError,
        FaultKind::Encoding => Code::EncodingError,
    };
    Problem::new(code, file).row(row).value(text)
}

#[cfg(test)]
mod tests {
    use super::super::report::Report;
    use super::*;
    use crate::dataset::read_descriptor;

    #[test]
    fn a_file_of_4_gib_is_refused_and_not_miscounted() {
        let descriptor = br#"{"resources": [{"name": "sections", "path": "sections.csv"}]}"#;
        let descriptor = read_descriptor(descriptor, &mut Report::default());
        let mut reader = TableReader::new(&descriptor.resources[0]);
        reader.read_whole(b"section_id,name\nS1,First\n");
        reader.bytes = LARGEST_FILE - 3;
        reader.read_whole(b"S2,Second\n");
        let (table, report) = reader.finish();
        assert_eq!(report.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::FileTooLarge]);
        assert!(!table.is_readable);
    }
}
