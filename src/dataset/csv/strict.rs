//! One record, byte by byte: the rules as they are meant. The streaming reader gives it every row it finds odd, and its
//! answers are held against this one's.

use super::{CsvDialect, FaultKind, RecordFault};

/// A record taken off the start of some bytes.
pub(super) struct Taken {
    /// How many bytes it takes, line end included.
    pub len: usize,
    pub cells: Result<Vec<String>, RecordFault>,
    /// Whether the bytes ended before the record surely did: more of them could change it.
    pub is_open: bool,
    /// Whether a quotation mark stayed open until the end.
    pub quote_stays_open: bool,
}

/// Takes one record. `may_span_lines` is off once a quotation mark was found that never closes: from there each row ends
/// with its line, so that one stray mark costs one row and not the rest of the file, and reading stays linear.
pub(super) fn take_record(bytes: &[u8], dialect: CsvDialect, may_span_lines: bool) -> Taken {
    let mut reader = Reader { bytes, at: 0, dialect, may_span_lines, is_open: false, quote_stays_open: false };
    let cells = reader.record();
    Taken { len: reader.at, cells, is_open: reader.is_open, quote_stays_open: reader.quote_stays_open }
}

/// How many bytes the first line takes, and whether it is open: more bytes could make it longer.
pub(super) fn line_len(bytes: &[u8]) -> (usize, bool) {
    let end = bytes.iter().position(|&byte| byte == b'\n');
    end.map_or((bytes.len(), true), |end| (end + 1, false))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    dialect: CsvDialect,
    may_span_lines: bool,
    is_open: bool,
    quote_stays_open: bool,
}

enum CellEnd {
    Delimiter,
    Line,
    Fault,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Vec<String>, RecordFault> {
        let mut cells: Vec<Vec<u8>> = Vec::new();
        loop {
            let mut cell = Vec::new();
            let end = self.cell(&mut cell);
            cells.push(cell);
            match end {
                CellEnd::Delimiter => {}
                CellEnd::Line => break,
                CellEnd::Fault => {
                    let (len, is_open) = line_len(self.bytes);
                    self.at = len;
                    self.is_open |= is_open;
                    return Err(self.fault(FaultKind::Quote));
                }
            }
        }
        let decoded: Option<Vec<String>> = cells.into_iter().map(|cell| String::from_utf8(cell).ok()).collect();
        // A NUL is what is left of a file in two-byte characters, or of a broken disk; it is no text.
        let decoded = decoded.filter(|cells| !cells.iter().any(|cell| cell.contains('\0')));
        decoded.ok_or_else(|| self.fault(FaultKind::Encoding))
    }

    fn fault(&self, kind: FaultKind) -> RecordFault {
        let whole = self.bytes.get(..self.at).unwrap_or_default();
        let text = String::from_utf8_lossy(whole).replace('\0', "\u{fffd}");
        RecordFault { kind, text: text.trim_end().to_owned() }
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
        self.is_open = true;
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
                    None => {
                        self.is_open = true;
                        CellEnd::Line
                    }
                    Some(next) => self.take_end(next).unwrap_or(CellEnd::Fault),
                };
            }
        }
        self.is_open = true;
        self.quote_stays_open = true;
        CellEnd::Fault
    }

    /// Steps over a delimiter or a line end, if `byte` starts one.
    fn take_end(&mut self, byte: u8) -> Option<CellEnd> {
        let (end, len) = match byte {
            byte if byte == self.dialect.delimiter => (CellEnd::Delimiter, 1),
            b'\n' => (CellEnd::Line, 1),
            b'\r' if self.bytes.get(self.at + 1) == Some(&b'\n') => (CellEnd::Line, 2),
            b'\r' if self.at + 1 == self.bytes.len() => {
                self.is_open = true;
                (CellEnd::Line, 1)
            }
            _ => return None,
        };
        self.at += len;
        Some(end)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}
