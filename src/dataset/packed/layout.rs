//! What a packed file holds after its head, and in which order: `words`, dictionaries, and the columns of tables in pieces of
//! [`SEGMENT_ROWS`] rows, each piece a block whose length the head gives.

use super::PackFault;
use super::wire::packed;
use crate::engine::SEGMENT_ROWS;

/// The head of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Dictionaries by the name of their key, with how many values each has.
    pub dictionaries: Vec<(String, u32)>,
    pub tables: Vec<TableLayout>,
    /// Bytes of each block, in order.
    pub blocks: Vec<u64>,
}

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableLayout {
    pub rows: u64,
    /// Columns of codes: name, and bytes of a code in memory.
    pub codes: Vec<(String, u8)>,
    /// Columns of amounts, each next to the one it differs least from.
    pub amounts: Vec<String>,
    /// Columns of texts.
    pub texts: Vec<String>,
}

packed! {
    Layout { dictionaries, tables, blocks }
    TableLayout { rows, codes, amounts, texts }
}

/// What a block is part of. `table`, `column` and `dictionary` are places in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Words,
    Lengths { dictionary: usize },
    Values { dictionary: usize },
    Codes { table: usize, column: usize, rows: usize },
    Amounts { table: usize, column: usize, rows: usize },
    Texts { table: usize, column: usize, rows: usize },
}

/// A file may take this many times its bytes in memory, and a little more: columns in which every row is the same take next
/// to no bytes, and a file of nothing else could ask for any amount of memory. The writer keeps to it too.
const UNFOLDS_TO: u64 = 64;
const UNFOLDS_FREELY_TO: u64 = 1 << 20;

impl Layout {
    /// Bytes that the columns take in memory, texts apart; `None` past any memory.
    pub fn unfolded_bytes(&self) -> Option<u64> {
        self.tables.iter().try_fold(0u64, |sum, table| {
            let codes: u64 = table.codes.iter().map(|(_, bytes)| u64::from(*bytes)).sum();
            let amounts = u64::try_from(table.amounts.len()).ok()?.checked_mul(9)?;
            let ends = u64::try_from(table.texts.len()).ok()?.checked_mul(4)?;
            let row = codes.checked_add(amounts)?.checked_add(ends)?;
            sum.checked_add(table.rows.checked_mul(row)?)
        })
    }

    /// Whether that is no more than a file of so many bytes may ask for.
    pub fn is_justified_by(&self, bytes: u64) -> bool {
        let limit = bytes.saturating_mul(UNFOLDS_TO).saturating_add(UNFOLDS_FREELY_TO);
        self.unfolded_bytes().is_some_and(|unfolded| unfolded <= limit)
    }

    /// The blocks in order, with the bytes of each, when they are as many and as long as `payload_bytes` after the head ask.
    pub fn plan(&self, payload_bytes: u64) -> Result<Vec<(Block, usize)>, PackFault> {
        const CORRUPT: PackFault = PackFault::Corrupt { place: "head" };
        let whole = self.blocks.iter().try_fold(0u64, |sum, &bytes| sum.checked_add(bytes)).ok_or(CORRUPT)?;
        if whole != payload_bytes || !self.is_justified_by(payload_bytes) {
            return Err(CORRUPT);
        }
        let mut blocks = self.order(self.blocks.len()).ok_or(CORRUPT)?.into_iter();
        let lengths = self.blocks.iter().map(|&bytes| usize::try_from(bytes).map_err(|_too_long| PackFault::TooLarge));
        let plan = blocks.by_ref().zip(lengths).map(|(block, bytes)| Ok((block, bytes?)));
        plan.collect()
    }

    /// The blocks in order; `None` when they are not as many as `expected`.
    pub fn order(&self, expected: usize) -> Option<Vec<Block>> {
        let pieces = |table: &TableLayout| usize::try_from(table.rows.div_ceil(SEGMENT_ROWS as u64)).ok();
        let of_tables = self.tables.iter().try_fold(0usize, |sum, table| {
            let columns = table.codes.len() + table.amounts.len() + table.texts.len();
            sum.checked_add(columns.checked_mul(pieces(table)?)?)
        });
        let of_dictionaries = self.dictionaries.len().checked_mul(2)?;
        // Counted before they are listed: a false count must not fill the memory.
        if of_tables?.checked_add(of_dictionaries)?.checked_add(1)? != expected {
            return None;
        }
        let mut order = vec![Block::Words];
        for dictionary in 0..self.dictionaries.len() {
            order.extend([Block::Lengths { dictionary }, Block::Values { dictionary }]);
        }
        for (place, table) in self.tables.iter().enumerate() {
            table.list(place, usize::try_from(table.rows).ok()?, &mut order);
        }
        Some(order)
    }
}

impl TableLayout {
    fn list(&self, table: usize, rows: usize, order: &mut Vec<Block>) {
        let pieces = || (0..rows).step_by(SEGMENT_ROWS).map(|from| SEGMENT_ROWS.min(rows - from));
        for column in 0..self.codes.len() {
            order.extend(pieces().map(|rows| Block::Codes { table, column, rows }));
        }
        for column in 0..self.amounts.len() {
            order.extend(pieces().map(|rows| Block::Amounts { table, column, rows }));
        }
        for column in 0..self.texts.len() {
            order.extend(pieces().map(|rows| Block::Texts { table, column, rows }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORRUPT: Option<PackFault> = Some(PackFault::Corrupt { place: "head" });

    fn table(rows: usize, columns: usize) -> TableLayout {
        TableLayout {
            rows: rows as u64,
            codes: vec![("code".to_owned(), 4); columns],
            amounts: vec!["amount".to_owned()],
            texts: vec!["text".to_owned()],
        }
    }

    #[test]
    fn blocks_stand_column_by_column_in_pieces() {
        let layout = Layout {
            dictionaries: vec![("key".to_owned(), 3)],
            tables: vec![table(SEGMENT_ROWS + 1, 1)],
            blocks: vec![1000; 9],
        };
        let (table, dictionary, column) = (0, 0, 0);
        let pieces = [SEGMENT_ROWS, 1];
        let expected: Vec<Block> = [Block::Words, Block::Lengths { dictionary }, Block::Values { dictionary }]
            .into_iter()
            .chain(pieces.map(|rows| Block::Codes { table, column, rows }))
            .chain(pieces.map(|rows| Block::Amounts { table, column, rows }))
            .chain(pieces.map(|rows| Block::Texts { table, column, rows }))
            .collect();
        let plan = layout.plan(9000).unwrap();
        assert_eq!(plan.into_iter().map(|(block, _)| block).collect::<Vec<_>>(), expected);
        assert_eq!(layout.plan(9001).err(), CORRUPT, "a byte that no block has");
        assert_eq!(layout.plan(8999).err(), CORRUPT, "a block past the end");
    }

    #[test]
    fn counts_that_no_file_accounts_for_are_refused_before_they_are_listed() {
        for (said, layout) in [
            (
                "rows without blocks",
                Layout { tables: vec![table(usize::MAX, 1)], blocks: vec![1], ..Layout::default() },
            ),
            ("lengths that overflow", Layout { blocks: vec![u64::MAX, 2], ..Layout::default() }),
            ("a block too many", Layout { blocks: vec![1, 0], ..Layout::default() }),
        ] {
            assert_eq!(layout.plan(1).err(), CORRUPT, "{said}");
        }
    }

    #[test]
    fn columns_of_one_number_do_not_unfold_without_end() {
        // Five bytes a block of 65,536 rows, over and over.
        let columns = 500;
        let mut layout = Layout { tables: vec![table(SEGMENT_ROWS, columns)], ..Layout::default() };
        layout.blocks = vec![5; columns + 3];
        assert_eq!(layout.plan(5 * (columns as u64 + 3)).err(), CORRUPT);
        layout.blocks = vec![SEGMENT_ROWS as u64; columns + 3];
        assert!(layout.plan(SEGMENT_ROWS as u64 * (columns as u64 + 3)).is_ok());
    }
}
