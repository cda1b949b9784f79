//! A file that arrives in pieces, cut anywhere: rows are given out by the hundred as soon as they are whole.
//!
//! The bytes are written straight into the reader's own buffer and never copied again, but for the row that a piece ends in
//! the middle of. Rows as they should be are split by their marks alone; any other is read again by [`super::strict`].

use super::marks::Marks;
use super::strict::{line_len, take_record};
use super::{CsvDialect, CsvRecord};

/// Bytes looked at in one go: with their marks and cells they stay in a processor's nearest memory.
const BLOCK: usize = 32 * 1024;

/// The smallest block, where hardly a row is as it should be.
const SMALLEST_BLOCK: usize = 1024;

/// A row of more bytes than this is given up, line by line: places within a block are 32 bits wide.
const LONGEST_ROW: usize = 1 << 30;

/// Splits bytes (without byte order mark) into rows of cells.
#[derive(Debug)]
pub struct CsvReader {
    dialect: CsvDialect,
    /// What was written and not yet given out is `buffer[at..filled]`; the rest is room.
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Rows given out.
    row: u32,
    may_span_lines: bool,
    block: usize,
    /// An unfinished row is looked at again when this many bytes are there, twice as many as the last time: a row of
    /// 100 MB is read twice and not once a piece.
    wanted: usize,
    marks: Marks,
    cells: Vec<Span>,
    row_ends: Vec<u32>,
    /// Which of `cells` hold doubled quotation marks.
    doubled: Vec<u32>,
    /// The cells of an odd row, when it turned out to be as it should.
    spare: Vec<u8>,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    end: u32,
}

/// What comes next.
#[derive(Debug)]
pub enum Piece<'a> {
    /// Rows with as many cells as they should have.
    Rows(Batch<'a>),
    /// A row that is blank, has another number of cells, or cannot be split; also the first row, whose cells are not known
    /// yet to be as many as they should.
    Odd(CsvRecord),
}

/// Rows that follow each other, all with the same number of cells, none of them blank.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    bytes: &'a [u8],
    cells: &'a [Span],
    width: usize,
    first_row: u32,
}

impl<'a> Batch<'a> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// The number of its first row, as a spreadsheet counts.
    pub fn first_row(&self) -> u32 {
        self.first_row
    }

    /// The same, each as its place in [`Self::bytes`].
    #[inline]
    pub fn places(&self, column: usize) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let cells = self.cells.get(column..).unwrap_or_default();
        cells.iter().step_by(self.width.max(1)).map(|span| (span.start as usize, span.end as usize))
    }

    /// What the cells are places of; a cell may be read together with what stands before it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The cells of a column, one a row, without quotation marks: UTF-8 without NUL.
    #[inline]
    pub fn column(&self, column: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let bytes = self.bytes;
        let cells = self.cells.get(column..).unwrap_or_default();
        cells.iter().step_by(self.width.max(1)).map(move |span| span.of(bytes))
    }
}

impl Span {
    #[inline]
    fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Why rows could not be split further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The marks ran out.
    Marks,
    /// The next row is odd.
    Odd,
}

impl CsvReader {
    /// A reader with nothing read.
    pub fn new(dialect: CsvDialect) -> Self {
        Self {
            dialect,
            buffer: Vec::new(),
            at: 0,
            filled: 0,
            row: 0,
            may_span_lines: true,
            block: BLOCK,
            wanted: 0,
            marks: Marks::default(),
            cells: Vec::new(),
            row_ends: Vec::new(),
            doubled: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Room for the next bytes; [`Self::took`] says how many were written.
    pub fn room(&mut self, len: usize) -> &mut [u8] {
        if self.at > 0 {
            self.buffer.copy_within(self.at..self.filled, 0);
            self.filled -= self.at;
            self.at = 0;
        }
        let end = self.filled.saturating_add(len);
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        self.buffer.get_mut(self.filled..end).unwrap_or_default()
    }

    /// Says that bytes were written into [`Self::room`].
    pub fn took(&mut self, len: usize) {
        self.filled = self.filled.saturating_add(len).min(self.buffer.len());
    }

    /// Bytes written and not given out.
    pub fn pending(&self) -> &[u8] {
        self.buffer.get(self.at..self.filled).unwrap_or_default()
    }

    /// Leaves out the first bytes that were not given out (a byte order mark).
    pub fn skip(&mut self, len: usize) {
        self.at = self.at.saturating_add(len).min(self.filled);
    }

    /// The next rows, each with `width` cells; `None` when more bytes are needed or, with `is_end`, when there are none left.
    /// Without a width, the next row alone. Blank lines count in the numbering and give one empty cell.
    pub fn next(&mut self, width: Option<usize>, is_end: bool) -> Option<Piece<'_>> {
        if !is_end && self.filled - self.at < self.wanted {
            return None;
        }
        // Rows are split by marks where cells are no more than what stands between two of them.
        let is_plain = self.dialect.comment.is_none() && !self.dialect.skip_initial_space;
        if let Some(width) = width.filter(|&width| is_plain && width > 0) {
            let mut block = self.block;
            loop {
                let end = self.filled.min(self.at + block);
                let stop = self.split(end, width);
                if !self.row_ends.is_empty() && self.trust_rows(width) {
                    return Some(Piece::Rows(self.give_out(width)));
                }
                if stop == Stop::Odd || self.row_ends.len() == usize::MAX {
                    break;
                }
                if end == self.filled {
                    break;
                }
                block *= 2;
            }
        }
        self.next_by_the_letter(width, is_end)
    }

    /// Splits whole rows off `buffer[at..end]` into `cells`.
    fn split(&mut self, end: usize, width: usize) -> Stop {
        self.cells.clear();
        self.row_ends.clear();
        self.doubled.clear();
        let (delimiter, quote) = (self.dialect.delimiter, self.dialect.quote);
        let bytes = self.buffer.get(..end).unwrap_or_default();
        let Ok(base) = u32::try_from(self.at) else { return Stop::Odd };
        if u32::try_from(end).is_err() {
            return Stop::Odd;
        }
        self.marks.find(bytes.get(self.at..).unwrap_or_default(), base, delimiter, quote);
        let mut marks = self.marks.as_slice().iter().map(|&mark| mark as usize);
        let byte_at = |at: usize| bytes.get(at).copied();
        let (mut start, mut row_cells) = (self.at, 0usize);
        let stop = loop {
            let Some(mark) = marks.next() else { break Stop::Marks };
            let Some(byte) = byte_at(mark) else { break Stop::Marks };
            let is_line_end = if byte == delimiter {
                self.cells.push(Span { start: start as u32, end: mark as u32 });
                start = mark + 1;
                false
            } else if byte == b'\n' {
                let has_return = mark > start && byte_at(mark - 1) == Some(b'\r');
                self.cells.push(Span { start: start as u32, end: mark as u32 - u32::from(has_return) });
                start = mark + 1;
                true
            } else if byte == quote {
                if mark != start {
                    break Stop::Odd;
                }
                let mut is_doubled = false;
                let close = loop {
                    let Some(mark) = marks.next() else { break None };
                    match byte_at(mark) {
                        Some(byte) if byte == quote => {
                            if byte_at(mark + 1) != Some(quote) {
                                break Some(mark);
                            }
                            is_doubled = true;
                            marks.next();
                        }
                        Some(0) => break None,
                        Some(b'\n') if !self.may_span_lines => break None,
                        _ => {}
                    }
                };
                // A mark that stays open may close in a later piece, or never.
                let Some(close) = close else { break if marks.len() == 0 { Stop::Marks } else { Stop::Odd } };
                let (steps, is_line_end) = match (byte_at(close + 1), byte_at(close + 2)) {
                    (Some(after), _) if after == delimiter => (1, false),
                    (Some(b'\n'), _) => (1, true),
                    (Some(b'\r'), Some(b'\n')) => (2, true),
                    (None, _) | (Some(b'\r'), None) => break Stop::Marks,
                    _ => break Stop::Odd,
                };
                if is_doubled {
                    self.doubled.push(self.cells.len() as u32);
                }
                self.cells.push(Span { start: start as u32 + 1, end: close as u32 });
                for _mark in 0..steps {
                    marks.next();
                }
                start = close + 1 + steps;
                is_line_end
            } else if byte == 0 {
                break Stop::Odd;
            } else {
                // A carriage return alone, a tab: part of the cell.
                continue;
            };
            row_cells += 1;
            if is_line_end {
                if row_cells != width || is_blank(self.cells.get(self.cells.len() - width..).unwrap_or_default(), bytes)
                {
                    break Stop::Odd;
                }
                row_cells = 0;
                self.row_ends.push(start as u32);
            }
        };
        self.cells.truncate(self.row_ends.len() * width);
        let kept = self.cells.len();
        self.doubled.retain(|&cell| (cell as usize) < kept);
        stop
    }

    /// Whether the rows that were split are UTF-8; those from the first that is not are taken back.
    fn trust_rows(&mut self, width: usize) -> bool {
        let end = self.row_ends.last().map_or(self.at, |&end| end as usize);
        let is_utf8 = |bytes: Option<&[u8]>| bytes.is_some_and(|bytes| simdutf8::basic::from_utf8(bytes).is_ok());
        if is_utf8(self.buffer.get(self.at..end)) {
            self.block = (self.block * 2).min(BLOCK);
            return true;
        }
        // Where many rows are faulty, little is split in vain.
        self.block = (self.block / 2).max(SMALLEST_BLOCK);
        let mut start = self.at;
        let trusted = self.row_ends.iter().take_while(|&&end| {
            let row = self.buffer.get(start..end as usize);
            start = end as usize;
            is_utf8(row)
        });
        let trusted = trusted.count();
        self.row_ends.truncate(trusted);
        self.cells.truncate(trusted * width);
        let kept = self.cells.len();
        self.doubled.retain(|&cell| (cell as usize) < kept);
        trusted > 0
    }

    fn give_out(&mut self, width: usize) -> Batch<'_> {
        for &cell in &self.doubled {
            if let Some(span) = self.cells.get_mut(cell as usize) {
                let bytes = self.buffer.get_mut(span.start as usize..span.end as usize).unwrap_or_default();
                span.end = span.start + undouble(bytes, self.dialect.quote);
            }
        }
        let first_row = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.row_ends.len() as u32);
        self.at = self.row_ends.last().map_or(self.at, |&end| end as usize);
        self.wanted = 0;
        Batch { bytes: &self.buffer, cells: &self.cells, width, first_row }
    }

    /// The next row by the rules' letter.
    fn next_by_the_letter(&mut self, width: Option<usize>, is_end: bool) -> Option<Piece<'_>> {
        loop {
            let bytes = self.buffer.get(self.at..self.filled).unwrap_or_default();
            if bytes.is_empty() {
                return None;
            }
            let waits = |is_open: bool| is_open && !is_end && bytes.len() < LONGEST_ROW;
            if self.dialect.comment.is_some_and(|mark| bytes.first() == Some(&mark)) {
                let (len, is_open) = line_len(bytes);
                if waits(is_open) {
                    self.wanted = bytes.len() * 2;
                    return None;
                }
                self.row = self.row.saturating_add(1);
                self.at += len;
                continue;
            }
            let taken = take_record(bytes, self.dialect, self.may_span_lines);
            if waits(taken.is_open) {
                self.wanted = bytes.len() * 2;
                return None;
            }
            self.row = self.row.saturating_add(1);
            self.at += taken.len;
            self.wanted = 0;
            self.may_span_lines &= !taken.quote_stays_open;
            let record = CsvRecord { row: self.row, cells: taken.cells };
            return Some(self.as_batch(record, width));
        }
    }

    /// An odd row as a batch of one, when it is as it should be after all: the last one, without a line end.
    fn as_batch(&mut self, record: CsvRecord, width: Option<usize>) -> Piece<'_> {
        let as_it_should_be =
            |cells: &Vec<String>| Some(cells.len()) == width && !cells.iter().all(|cell| cell.trim().is_empty());
        match &record.cells {
            Ok(cells) if as_it_should_be(cells) => {
                self.spare.clear();
                self.cells.clear();
                for cell in cells {
                    let start = self.spare.len() as u32;
                    self.spare.extend_from_slice(cell.as_bytes());
                    self.cells.push(Span { start, end: self.spare.len() as u32 });
                }
                Piece::Rows(Batch { bytes: &self.spare, cells: &self.cells, width: cells.len(), first_row: record.row })
            }
            _ => Piece::Odd(record),
        }
    }
}

/// Whether nothing but spaces stands in a row. Most rows are told by their first cell.
#[inline]
fn is_blank(cells: &[Span], bytes: &[u8]) -> bool {
    let text = |span: &Span| std::str::from_utf8(span.of(bytes)).is_ok_and(|text| text.trim().is_empty());
    let starts_a_word = |span: &Span| matches!(span.of(bytes).first(), Some(0x21..0x7f));
    !cells.first().is_some_and(starts_a_word) && cells.iter().all(text)
}

/// Makes one quotation mark of each two, in place; how many bytes are left.
fn undouble(bytes: &mut [u8], quote: u8) -> u32 {
    let (mut from, mut to) = (0, 0);
    while let Some(&byte) = bytes.get(from) {
        if let Some(slot) = bytes.get_mut(to) {
            *slot = byte;
        }
        from += 1 + usize::from(byte == quote);
        to += 1;
    }
    to as u32
}
