//! A foreign file's bytes, decoded and split into rows stretch by stretch.

use std::io::{self, Read};
use std::vec::IntoIter;

use encoding_rs::{Decoder, UTF_8};

use super::layout::Layout;
use crate::dataset::{CsvDialect, CsvRecord, read_csv};

/// How much of a file is split at a time.
const STRETCH: usize = 1 << 20;

/// How much of it is read at a time.
const PIECE: usize = 1 << 16;

/// The rows of a file, in order.
pub(super) struct Records {
    text: Text,
    dialect: CsvDialect,
    /// What was read and not yet split: it starts where a row starts.
    pending: Vec<u8>,
    ready: IntoIter<CsvRecord>,
    /// Rows before the stretch that is ready.
    rows_before: u32,
    /// The last row given out.
    row: u32,
    /// How long a stretch is.
    stretch: usize,
}

impl Records {
    pub fn new(bytes: Box<dyn Read>, layout: &Layout) -> Self {
        let (text, pending, ready) = (Text::new(bytes, layout), Vec::new(), Vec::new().into_iter());
        Self { text, dialect: layout.dialect, pending, ready, rows_before: 0, row: 0, stretch: STRETCH }
    }

    /// The next row, numbered from the start of the file.
    pub fn next(&mut self) -> io::Result<Option<CsvRecord>> {
        if self.ready.len() == 0 {
            self.ready = self.stretch()?.into_iter();
            self.rows_before = self.row;
        }
        Ok(self.ready.next().map(|record| {
            self.row = self.rows_before.saturating_add(record.row);
            CsvRecord { row: self.row, ..record }
        }))
    }

    /// The rows of the next stretch; none at the end of the file.
    ///
    /// A stretch ends with a line, and the line may be inside a cell in quotation marks: then the row seems to be at fault,
    /// and the stretch is made longer until it is whole, or the file at an end and the fault real. Without a fault, what
    /// follows cannot have any bearing on the rows before it, so that the rows are those of the whole file split at once.
    fn stretch(&mut self) -> io::Result<Vec<CsvRecord>> {
        let mut wanted = self.stretch;
        loop {
            while self.pending.len() < wanted && !self.text.is_over {
                self.text.read_more(&mut self.pending, PIECE.min(self.stretch))?;
            }
            let is_last = self.text.is_over;
            let end = if is_last { Some(self.pending.len()) } else { last_line_end(&self.pending) };
            let records = end.and_then(|end| self.pending.get(..end)).map(|lines| read_csv(lines, self.dialect));
            match records {
                Some(records) if is_last || records.iter().all(|record| record.cells.is_ok()) => {
                    self.pending.drain(..end.unwrap_or_default());
                    return Ok(records);
                }
                _ => wanted = self.pending.len().saturating_mul(2),
            }
        }
    }
}

/// Where the last line that is whole ends.
fn last_line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1)
}

/// A file's bytes as UTF-8.
struct Text {
    bytes: Box<dyn Read>,
    /// `None` where the file is UTF-8 already: it is left as it is, so that a row with stray bytes is set aside on its own.
    decoder: Option<Decoder>,
    piece: Vec<u8>,
    has_begun: bool,
    is_over: bool,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Text {
    fn new(bytes: Box<dyn Read>, layout: &Layout) -> Self {
        let decoder = (layout.encoding != UTF_8).then(|| layout.encoding.new_decoder_with_bom_removal());
        Self { bytes, decoder, piece: Vec::new(), has_begun: false, is_over: false }
    }

    /// Adds the text of the next bytes.
    fn read_more(&mut self, into: &mut Vec<u8>, bytes: usize) -> io::Result<()> {
        self.piece.clear();
        let read = (&mut self.bytes).take(bytes as u64).read_to_end(&mut self.piece)?;
        self.is_over = read < bytes;
        let Some(decoder) = &mut self.decoder else {
            into.extend_from_slice(&self.piece);
            if !self.has_begun && (into.len() >= BYTE_ORDER_MARK.len() || self.is_over) {
                self.has_begun = true;
                if into.starts_with(BYTE_ORDER_MARK) {
                    into.drain(..BYTE_ORDER_MARK.len());
                }
            }
            return Ok(());
        };
        // More than enough for any encoding, should the decoder not say.
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(read).unwrap_or(read * 4 + 16));
        let (_done, _used, _had_errors) = decoder.decode_to_string(&self.piece, &mut text, self.is_over);
        into.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::map::Plan;
    use super::*;

    fn rows(bytes: &[u8], encoding: &str, stretch: usize) -> Vec<CsvRecord> {
        let map = format!(
            r#"
            kind = "lines"
            package = {{ name = "n", title = "t", country = "PE", currency = "PEN", license = "CC0-1.0", source = {{ title = "s" }} }}
            file = {{ encoding = "{encoding}" }}
            columns = {{ year = "y" }}
            "#
        );
        let plan = Plan::read(&map).unwrap();
        let mut records = Records::new(Box::new(Cursor::new(bytes.to_vec())), &plan.layouts[0]);
        records.stretch = stretch;
        std::iter::from_fn(|| records.next().unwrap()).collect()
    }

    #[test]
    fn a_file_is_decoded_and_its_byte_order_mark_left_out() {
        for (bytes, encoding) in [
            (&b"\xef\xbb\xbfa,Per\xc3\xba\r\nb,\xe2\x82\xac\r\n"[..], "utf-8"),
            (b"a,Per\xfa\r\nb,\x80\r\n", "windows-1252"),
            (b"\xff\xfea\0,\0P\0e\0r\0\xfa\0\n\0b\0,\0\xac\x20\n\0", "utf-16le"),
        ] {
            for stretch in [1, 2, 3, 5, 1000] {
                let cells: Vec<Vec<String>> =
                    rows(bytes, encoding, stretch).into_iter().map(|record| record.cells.unwrap()).collect();
                assert_eq!(cells, [["a", "Perú"], ["b", "€"]], "{encoding} {stretch}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_rows_are_the_same_however_the_file_is_cut(
            bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(b'a'), any::<u8>()], 0..200),
            stretch in 1usize..60,
        ) {
            let whole = read_csv(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes), CsvDialect::default());
            prop_assert_eq!(rows(&bytes, "utf-8", stretch), whole);
        }
    }
}
