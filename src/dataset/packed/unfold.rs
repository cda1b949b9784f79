//! Blocks into columns, one by one as they arrive.

use super::layout::{Block, Layout, TableLayout};
use super::parts::{Parts, TableParts};
use super::{PackFault, amounts, codes, dictionary};
use crate::engine::{Amounts, Codes, Dictionary, Segments, Texts};

/// The contents of a file as far as they were received.
#[derive(Debug)]
pub(super) struct Unfold {
    layout: Layout,
    parts: Parts,
    /// Lengths of the dictionary whose values come next.
    lengths: Vec<u8>,
}

impl Unfold {
    pub fn new(layout: Layout) -> Result<Self, PackFault> {
        let tables = layout.tables.iter().map(empty_table).collect::<Option<_>>().ok_or(PackFault::corrupt("head"))?;
        let dictionaries = layout.dictionaries.iter().map(|(name, _)| (name.clone(), Dictionary::default())).collect();
        let parts = Parts { words: Vec::new(), dictionaries, tables };
        Ok(Self { layout, parts, lengths: Vec::new() })
    }

    /// Takes a block that may be kept as it was received.
    pub fn keep(&mut self, block: Block, bytes: Vec<u8>) -> Result<(), PackFault> {
        match block {
            Block::Words => self.parts.words = bytes,
            Block::Lengths { .. } => self.lengths = bytes,
            Block::Values { dictionary: place } => {
                let values = self.layout.dictionaries.get(place).map_or(0, |(_, values)| *values as usize);
                let lengths = std::mem::take(&mut self.lengths);
                if let Some((_, known)) = self.parts.dictionaries.get_mut(place) {
                    *known = dictionary::decode(lengths, bytes, values)?;
                }
            }
            Block::Codes { table, column, rows } => {
                let table = self.parts.tables.get_mut(table);
                if let Some((_, codes, largest)) = table.and_then(|table| table.codes.get_mut(column)) {
                    *largest = (*largest).max(push_codes(codes, bytes, rows)?);
                }
            }
            Block::Texts { table, column, rows } => {
                let table = self.parts.tables.get_mut(table);
                if let Some((_, texts)) = table.and_then(|table| table.texts.get_mut(column)) {
                    let len = texts.len() + rows;
                    if !texts.push_part(bytes) || texts.len() != len {
                        return Err(PackFault::corrupt("texts"));
                    }
                }
            }
            Block::Amounts { .. } => {}
        }
        Ok(())
    }

    /// Takes a block of amounts, which is left to the next one; `padded` is the block and [`amounts::PADDING`].
    pub fn read(&mut self, block: Block, padded: &[u8]) -> Result<(), PackFault> {
        let Block::Amounts { table, column, rows } = block else { return Ok(()) };
        let Some(table) = self.parts.tables.get_mut(table) else { return Ok(()) };
        let (before, columns) = table.amounts.split_at_mut_checked(column).unwrap_or_default();
        let Some((_, amounts)) = columns.first_mut() else { return Ok(()) };
        let piece = amounts.minor().parts().len();
        let before = before.last().and_then(|(_, before)| before.minor().parts().get(piece));
        let (minor, missing) = amounts::decode(padded, rows, before.map(Vec::as_slice))?;
        if amounts.push_part(minor, &missing) { Ok(()) } else { Err(PackFault::corrupt("amounts")) }
    }

    pub fn finish(self) -> Parts {
        self.parts
    }
}

fn empty_table(layout: &TableLayout) -> Option<TableParts> {
    let codes = layout.codes.iter().map(|(name, bytes)| {
        let codes = match bytes {
            1 => Codes::Narrow(Segments::default()),
            2 => Codes::Medium(Segments::default()),
            4 => Codes::Wide(Segments::default()),
            _ => return None,
        };
        Some((name.clone(), codes, 0))
    });
    Some(TableParts {
        rows: usize::try_from(layout.rows).ok()?,
        codes: codes.collect::<Option<_>>()?,
        amounts: layout.amounts.iter().map(|name| (name.clone(), Amounts::default())).collect(),
        texts: layout.texts.iter().map(|name| (name.clone(), Texts::default())).collect(),
    })
}

fn push_codes(column: &mut Codes, block: Vec<u8>, rows: usize) -> Result<u32, PackFault> {
    fn push<T: codes::Code>(column: &mut Segments<T>, block: Vec<u8>, rows: usize) -> Result<u32, PackFault> {
        let (piece, largest) = codes::decode(block, rows)?;
        if column.push_part(piece) { Ok(largest) } else { Err(PackFault::corrupt("codes")) }
    }
    match column {
        Codes::Narrow(column) => push(column, block, rows),
        Codes::Medium(column) => push(column, block, rows),
        Codes::Wide(column) => push(column, block, rows),
    }
}
