//! Strict CSV: RFC 4180 in UTF-8, with the delimiter and quotation mark of the dialect.
//!
//! Our own reader because the libraries repair in silence what a publisher must hear of: a quotation mark inside a plain
//! cell, text after a closing one, one that never closes. It says which row, and the rest of the file is still read.

mod marks;
mod stream;
mod strict;

pub use stream::{Batch, CsvReader, Piece};

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
    /// The row as it stands, with NULs and bytes that are no UTF-8 replaced.
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

/// Splits a whole file (without byte order mark) into rows, by the letter. Blank lines count in the numbering and give one
/// empty cell.
pub fn read_csv(bytes: &[u8], dialect: CsvDialect) -> Vec<CsvRecord> {
    let mut reader = CsvReader::new(dialect);
    reader.room(bytes.len()).copy_from_slice(bytes);
    reader.took(bytes.len());
    let mut records = Vec::new();
    while let Some(Piece::Odd(record)) = reader.next(None, true) {
        records.push(record);
    }
    records
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

    fn records_of(piece: &Piece<'_>, width: usize) -> Vec<CsvRecord> {
        let batch = match piece {
            Piece::Odd(record) => return vec![record.clone()],
            Piece::Rows(batch) => batch,
        };
        let columns: Vec<Vec<&[u8]>> = (0..width).map(|column| batch.column(column).collect()).collect();
        let cell = |column: &Vec<&[u8]>, row: usize| String::from_utf8(column[row].to_vec()).unwrap();
        let record = |row: usize| CsvRecord {
            row: batch.first_row() + row as u32,
            cells: Ok(columns.iter().map(|column| cell(column, row)).collect()),
        };
        (0..batch.len()).map(record).collect()
    }

    /// Rows mostly as they should be, with every kind of trouble among them, long enough to fill blocks.
    fn csv_bytes() -> impl Strategy<Value = Vec<u8>> {
        let cell = prop_oneof![
            6 => "[a-z0-9. é-]{0,12}".prop_map(String::into_bytes),
            2 => "[a-z,;\n\r\"]{0,9}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()),
            1 => proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(0u8), Just(0xfa), Just(b' ')], 0..4),
        ];
        let row = (proptest::collection::vec(cell, 1..4), prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n")]);
        let rows = proptest::collection::vec((row, 1usize..30), 0..40);
        rows.prop_map(|rows| {
            let mut bytes = Vec::new();
            for ((cells, end), times) in rows {
                let mut line = cells.join(&[b','][..]);
                line.extend_from_slice(end.as_bytes());
                (0..times).for_each(|_| bytes.extend_from_slice(&line));
            }
            bytes
        })
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

        /// The quick way and any cuts give what the letter of the rules gives for the whole.
        #[test]
        fn rows_do_not_depend_on_how_the_file_arrives(
            bytes in csv_bytes(), cuts in proptest::collection::vec(1usize..40, 1..20), width in 1usize..4, is_small in any::<bool>(),
        ) {
            let dialect = CsvDialect::default();
            let by_the_letter: Vec<CsvRecord> = read_csv(&bytes, dialect);
            let mut reader = CsvReader::new(dialect);
            let mut found = Vec::new();
            let mut rest = bytes.as_slice();
            let mut cuts = cuts.iter().cycle().map(|&cut| if is_small { cut } else { cut * 50 });
            loop {
                let is_end = rest.is_empty();
                while let Some(piece) = reader.next(Some(width), is_end) {
                    found.extend(records_of(&piece, width));
                }
                if is_end {
                    break;
                }
                let (piece, after) = rest.split_at(cuts.next().unwrap().min(rest.len()));
                reader.room(piece.len()).copy_from_slice(piece);
                reader.took(piece.len());
                rest = after;
            }
            prop_assert_eq!(found, by_the_letter);
        }

        #[test]
        fn no_bytes_panic_and_rows_are_numbered_in_order(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..300)) {
            let records = read_csv(&bytes, CsvDialect { delimiter: b';', comment: Some(b'#'), ..CsvDialect::default() });
            prop_assert!(records.windows(2).all(|pair| pair[0].row < pair[1].row));
        }
    }
}
