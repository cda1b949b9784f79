//! What a packed file holds, as the engine's columns, before anybody says what the columns mean.

use super::frame::{Checksum, FRAME_BYTES, Frame, PackId, PackKind};
use super::layout::{Layout, TableLayout};
use super::wire::Wire;
use super::{Unpackable, amounts, codes, dictionary};
use crate::engine::{Amounts, Bitset, Codes, Dictionary, SEGMENT_ROWS, Texts};

/// The contents of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Everything that is no column.
    pub words: Vec<u8>,
    /// Dictionaries by name.
    pub dictionaries: Vec<(String, Dictionary)>,
    /// Tables, known by their place.
    pub tables: Vec<TableParts>,
}

/// A table: columns of one length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableParts {
    /// Number of rows, in each column.
    pub rows: usize,
    /// Columns of codes by name, with the largest code in each.
    pub codes: Vec<(String, Codes, u32)>,
    /// Columns of amounts by name.
    pub amounts: Vec<(String, Amounts)>,
    /// Columns of texts by name.
    pub texts: Vec<(String, Texts)>,
}

impl Parts {
    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Unpackable`] when its head would be over 4 GiB.
    pub fn to_file(&self, kind: PackKind, id: PackId) -> Result<Vec<u8>, Unpackable> {
        let mut layout = self.layout();
        let mut blocks = self.blocks(true);
        if !layout.is_justified_by(blocks.iter().map(|block| block.len() as u64).sum()) {
            blocks = self.blocks(false);
        }
        layout.blocks = blocks.iter().map(|block| block.len() as u64).collect();
        let mut payload = Vec::new();
        layout.put(&mut payload);
        let head_bytes = u32::try_from(payload.len()).map_err(|_too_long| Unpackable)?;
        payload.extend(blocks.into_iter().flatten());
        let mut checksum = Checksum::new();
        checksum.add(&payload);
        let payload_bytes = payload.len() as u64;
        let frame = Frame { kind, id, head_bytes, payload_bytes, checksum: checksum.finish() };
        let mut file = Vec::with_capacity(FRAME_BYTES + payload.len());
        file.extend(frame.to_bytes());
        file.extend(payload);
        Ok(file)
    }

    fn layout(&self) -> Layout {
        let values = |dictionary: &Dictionary| u32::try_from(dictionary.len()).unwrap_or(u32::MAX);
        Layout {
            dictionaries: self.dictionaries.iter().map(|(name, known)| (name.clone(), values(known))).collect(),
            tables: self.tables.iter().map(TableParts::layout).collect(),
            blocks: Vec::new(),
        }
    }

    /// The blocks of [`Layout::order`]; `may_be_one` where what is the same in every row may be written once.
    fn blocks(&self, may_be_one: bool) -> Vec<Vec<u8>> {
        let mut blocks = vec![self.words.clone()];
        blocks.extend(self.dictionaries.iter().flat_map(|(_, known)| dictionary::encode(known)));
        self.tables.iter().for_each(|table| table.blocks(may_be_one, &mut blocks));
        blocks
    }
}

impl TableParts {
    fn layout(&self) -> TableLayout {
        TableLayout {
            rows: self.rows as u64,
            codes: self.codes.iter().map(|(name, codes, _)| (name.clone(), code_bytes(codes))).collect(),
            amounts: self.amounts.iter().map(|(name, _)| name.clone()).collect(),
            texts: self.texts.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn blocks(&self, may_be_one: bool, blocks: &mut Vec<Vec<u8>>) {
        for (_, codes, _) in &self.codes {
            let numbers: Vec<u32> = codes.iter().collect();
            blocks.extend(numbers.chunks(SEGMENT_ROWS).map(|piece| codes::encode(piece, may_be_one)));
        }
        let mut before: Option<&Amounts> = None;
        for (_, column) in &self.amounts {
            for (piece, minor) in column.minor().parts().iter().enumerate() {
                let before = before.and_then(|before| before.minor().parts().get(piece)).map(Vec::as_slice);
                blocks.push(amounts::encode(minor, &gaps(column, piece, minor.len()), before, may_be_one));
            }
            before = Some(column);
        }
        for (_, texts) in &self.texts {
            blocks.extend(texts.parts().iter().map(|part| part.pool().to_vec()));
        }
    }
}

/// The missing rows of a piece.
fn gaps(column: &Amounts, piece: usize, rows: usize) -> Bitset {
    let words = column.missing().words().chunks(SEGMENT_ROWS / 64).nth(piece).unwrap_or_default();
    Bitset::from_words(words.to_vec(), rows).unwrap_or_default()
}

/// Bytes of a code in memory.
fn code_bytes(codes: &Codes) -> u8 {
    match codes {
        Codes::Narrow(_) => 1,
        Codes::Medium(_) => 2,
        Codes::Wide(_) => 4,
    }
}
