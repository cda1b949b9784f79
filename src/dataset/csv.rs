//! Strict CSV: RFC 4180 in UTF-8, with the delimiter and quotation mark of the dialect.
//!
//! Our own reader because the libraries repair in silence what a publisher must hear of: a quotation mark inside a plain
//! cell, text after a closing one, one that never closes. It says which row, and the rest of the file is still read.

/// How the cells of a file are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvDialect {
    /// Between cells: `,` unless the dialect says `;` or a tab.
    pub delimiter: u8,
    /// Around cells that hold delimiters, line ends or quotation marks (which are then doubled).
    pub quote: u8,
    /// First byte of lines to skip, where the dialect gives one.
    pub comment: Option<u8>,
    /// Whether a space after a delimiter is not part of the cell.
    pub skip_initial_space: bool,
}

impl Default for CsvDialect {
    fn default() -> Self {
        Self { delimiter: b',', quote: b'"', comment: None, skip_initial_space: false }
    }
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvRecord {
    /// Row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// Its cells, or why it cannot be split into cells.
    pub cells: Result<Vec<String>, RecordFault>,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// Which rule it breaks.
    pub kind: FaultKind,
    /// The row as it stands, with bytes that are no UTF-8 replaced.
    pub text: String,
}

/// The rules a row can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Quotation marks do not pair up.
    Quote,
    /// Bytes that are not UTF-8.
    Encoding,
}

/// Splits a file (without byte order mark) into rows. Blank lines count in the numbering and give one empty cell.
pub fn read_csv(bytes: &[u8], dialect: CsvDialect) -> Vec<CsvRecord> {
    let mut reader = Reader { bytes, at: 0, dialect, may_span_lines: true };
    let mut records = Vec::new();
    let mut row = 0u32;
    while reader.at < bytes.len() {
        row = row.saturating_add(1);
        if dialect.comment.is_some_and(|mark| bytes.get(reader.at) == Some(&mark)) {
            reader.skip_line();
            continue;
        }
        let cells = reader.record();
        records.push(CsvRecord { row, cells });
    }
    records
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    dialect: CsvDialect,
    /// Off once a quotation mark was found that never closes: from there each row ends with its line, so that one stray
    /// mark costs one row and not the rest of the file, and reading stays linear.
    may_span_lines: bool,
}

enum CellEnd {
    Delimiter,
    Line,
    Fault,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Vec<String>, RecordFault> {
        let start = self.at;
        let mut cells: Vec<Vec<u8>> = Vec::new();
        loop {
            let mut cell = Vec::new();
            let end = self.cell(&mut cell);
            cells.push(cell);
            match end {
                CellEnd::Delimiter => {}
                CellEnd::Line => break,
                CellEnd::Fault => {
                    self.at = start;
                    let text = self.skip_line();
                    return Err(RecordFault { kind: FaultKind::Quote, text });
                }
            }
        }
        let decoded: Result<Vec<String>, _> = cells.into_iter().map(String::from_utf8).collect();
        decoded.map_err(|_not_utf8| {
            let whole = self.bytes.get(start..self.at).unwrap_or_default();
            let text = String::from_utf8_lossy(whole).trim_end().to_owned();
            RecordFault { kind: FaultKind::Encoding, text }
        })
    }

    fn cell(&mut self, cell: &mut Vec<u8>) -> CellEnd {
        while self.dialect.skip_initial_space && self.peek() == Some(b' ') {
            self.at += 1;
        }
        if self.peek() == Some(self.dialect.quote) { self.quoted(cell) } else { self.plain(cell) }
    }

    fn plain(&mut self, cell: &mut Vec<u8>) -> CellEnd {
        while let Some(byte) = self.peek() {
            if byte == self.dialect.quote {
                return CellEnd::Fault;
            }
            if let Some(end) = self.take_end(byte) {
                return end;
            }
            cell.push(byte);
            self.at += 1;
        }
        CellEnd::Line
    }

    fn quoted(&mut self, cell: &mut Vec<u8>) -> CellEnd {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'\n' && !self.may_span_lines {
                return CellEnd::Fault;
            }
            if byte != self.dialect.quote {
                cell.push(byte);
            } else if self.peek() == Some(self.dialect.quote) {
                cell.push(byte);
                self.at += 1;
            } else {
                return match self.peek() {
                    None => CellEnd::Line,
                    Some(next) => self.take_end(next).unwrap_or(CellEnd::Fault),
                };
            }
        }
        self.may_span_lines = false;
        CellEnd::Fault
    }

    /// Steps over a delimiter or a line end, if `byte` starts one.
    fn take_end(&mut self, byte: u8) -> Option<CellEnd> {
        let (end, len) = match byte {
            byte if byte == self.dialect.delimiter => (CellEnd::Delimiter, 1),
            b'\n' => (CellEnd::Line, 1),
            b'\r' if self.bytes.get(self.at + 1) == Some(&b'\n') => (CellEnd::Line, 2),
            b'\r' if self.at + 1 == self.bytes.len() => (CellEnd::Line, 1),
            _ => return None,
        };
        self.at += len;
        Some(end)
    }

    fn skip_line(&mut self) -> String {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |position| position + 1);
        self.at += len;
        String::from_utf8_lossy(rest.get(..len).unwrap_or_default()).trim_end().to_owned()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows joined with `|`, cells with `¦`; a row that cannot be read is `!`.
    fn check(text: &str, expected: &str) {
        let records = read_csv(text.as_bytes(), CsvDialect::default());
        let shown: Vec<String> = records
            .iter()
            .map(|record| record.cells.as_ref().map_or("!".to_owned(), |cells| cells.join("¦")))
            .collect();
        assert_eq!(shown.join("|"), expected, "{text:?}");
    }

    #[test]
    fn rows_are_split_as_rfc_4180_says() {
        check("a,b\nc,d\n", "a¦b|c¦d");
        check("a,b\r\nc,d", "a¦b|c¦d");
        check("\"a,1\",\"b\"\"c\"\n", "a,1¦b\"c");
        check("\"two\nlines\",x\n", "two\nlines¦x");
        check("a,\n,\n", "a¦|¦");
        check("a\n\nb\n", "a||b");
        check("", "");
    }

    #[test]
    fn broken_quotation_marks_cost_their_row_only() {
        check("a,b\nx\"y,z\nc,d\n", "a¦b|!|c¦d");
        check("a,b\n\"x\"y,z\nc,d\n", "a¦b|!|c¦d");
        check("a,b\n\"x,z\nc,d\n", "a¦b|!|c¦d");
        check("a,b\n\"x,z\nc,\"d\"\n", "a¦b|!|c¦d");
    }

    #[test]
    fn bytes_that_are_no_utf8_cost_their_row_only() {
        let records = read_csv(b"a\nJes\xfas\nb\n", CsvDialect::default());
        let faults: Vec<bool> = records.iter().map(|record| record.cells.is_err()).collect();
        assert_eq!(faults, [false, true, false]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-z\",;\n é]{0,6}", 2..4), 1..8)) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: Vec<String> = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect();
            let read = read_csv(text.join("\n").as_bytes(), CsvDialect::default());
            let cells: Vec<Vec<String>> = read.into_iter().map(|record| record.cells.unwrap()).collect();
            prop_assert_eq!(cells, rows);
        }

        #[test]
        fn no_bytes_panic_and_rows_are_numbered_in_order(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..300)) {
            let records = read_csv(&bytes, CsvDialect { delimiter: b';', comment: Some(b'#'), ..CsvDialect::default() });
            prop_assert!(records.windows(2).all(|pair| pair[0].row < pair[1].row));
        }
    }
}
