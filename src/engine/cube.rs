//! A table's rows added up once, by the few keys that pages tell them apart by.

use super::bitset::bits;
use super::cell_index::CellIndex;
use super::table::Weights;
use super::tally::tally_with_days;
use super::{Amounts, Bitset, Codes, Key, NO_VALUE, Segments, Table};
use crate::budget::{Date, Stage};

/// Cells by the keys of every cube.
pub const ALWAYS: [Key; 7] =
    [Key::Round, Key::FiscalYear, Key::Section, Key::Dimension, Key::Status, Key::List, Key::Currency];

/// Keys that a cube tells apart too while it stays small, tried in this order.
pub const WHILE_SMALL: [Key; 11] = [
    Key::Level1,
    Key::Level2,
    Key::Scope,
    Key::Source,
    Key::FinancingSource,
    Key::Contributor,
    Key::Form,
    Key::StrategicObjective,
    Key::Objective,
    Key::Function,
    Key::Neighbourhood,
];

/// Of [`WHILE_SMALL`], what contributions are told apart by: the first page has no use for them, and the other keys would
/// make of their cube nearly their rows.
pub const OF_CONTRIBUTIONS: [Key; 5] = [Key::Level1, Key::Level2, Key::Scope, Key::Contributor, Key::Form];

/// So many cells are always worth their place: they are gone through in a tenth of a millisecond.
pub const FEW_CELLS: usize = 4096;

/// Beyond [`FEW_CELLS`], how many rows must stand behind a cell on average: reading a cell costs up to twice a row.
pub const ROWS_A_CELL: usize = 8;

/// A table's cells by the keys of [`ALWAYS`] and some of [`WHILE_SMALL`]: one for every combination that occurs, with its
/// number of rows, each stage's sum and number of missing amounts, and the latest day.
///
/// The rule of size: by the keys of [`ALWAYS`] a cube has at most [`FEW_CELLS`] cells or one for every [`ROWS_A_CELL`]
/// rows, whichever is more; a table that needs more has no cube, as it would be gone through hardly faster. A key of
/// [`WHILE_SMALL`] is taken in where the cube with it still has at most [`FEW_CELLS`] cells, or no more than without it; of
/// contributions only keys of [`OF_CONTRIBUTIONS`]. Projects and texts are never told apart: they are for rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cube {
    cells: Table,
}

/// What a cube is made of, to be written to a file and read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CubeParts {
    /// The codes of each key it tells apart, by cell.
    pub keys: Vec<(Key, Codes)>,
    /// Rows behind each cell.
    pub rows: Segments<i64>,
    /// Each stage.
    pub stages: Vec<CubeStage>,
    /// The latest day of each cell; empty where the table has none.
    pub days: Vec<Option<Date>>,
}

/// A stage of a cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CubeStage {
    /// The stage.
    pub stage: Stage,
    /// Sum of each cell in minor units; 0 where all amounts are missing.
    pub minor: Segments<i64>,
    /// Rows of each cell without an amount; `None` where there are none in the whole table.
    pub missing: Option<Segments<i64>>,
}

impl Cube {
    /// The cube of a table of rows; `None` where it would be too large for its gain (see [`Cube`]) or a sum would be too
    /// large for 64 bits.
    pub fn build(rows: &Table) -> Option<Self> {
        let mut keys = ALWAYS.to_vec();
        let mut cells = cells_within(rows, &keys, FEW_CELLS.max(rows.len() / ROWS_A_CELL))?;
        let are_contributions = rows.column(Key::Contributor).is_some();
        for key in WHILE_SMALL.into_iter().filter(|key| !are_contributions || OF_CONTRIBUTIONS.contains(key)) {
            keys.push(key);
            if rows.coded(key).is_none_or(|column| column.greatest == NO_VALUE) {
                continue;
            }
            match cells_within(rows, &keys, FEW_CELLS.max(cells)) {
                Some(more) => cells = more,
                None => drop(keys.pop()),
            }
        }
        let stages: Vec<Stage> = rows.stages().collect();
        Some(Self { cells: tally_with_days(rows, &keys, &stages).ok()? })
    }

    /// Its cells: a table for every verb.
    pub fn cells(&self) -> &Table {
        &self.cells
    }

    /// Whether it tells a key apart.
    pub fn has(&self, key: Key) -> bool {
        self.cells.column(key).is_some()
    }

    /// What it is made of.
    pub fn to_parts(&self) -> CubeParts {
        let weights = self.cells.weights().cloned().unwrap_or_default();
        let keys = self.cells.keys().filter_map(|key| Some((key, self.cells.column(key)?.clone())));
        let stages = self.cells.stages().zip(weights.missing).filter_map(|(stage, missing)| {
            Some(CubeStage { stage, minor: self.cells.amounts(stage)?.minor().clone(), missing })
        });
        CubeParts {
            keys: keys.collect(),
            rows: weights.rows,
            stages: stages.collect(),
            days: self.cells.days().to_vec(),
        }
    }

    /// A cube of parts from elsewhere. `None` where they make no cube: lengths that differ, a key or stage twice, a key of
    /// [`ALWAYS`] left out or one that no cube has, codes above `greatest` of their key, cells without rows or with more
    /// missing than rows, a sum of missing amounts, more rows than 2^53 in all.
    pub fn from_parts(parts: CubeParts, greatest: &dyn Fn(Key) -> usize) -> Option<Self> {
        let CubeParts { keys, rows, stages, days } = parts;
        let len = rows.len();
        let is_twice = |place: usize, key: Key| keys.iter().take(place).any(|(other, _)| *other == key);
        let is_key = |place: usize, (key, codes): &(Key, Codes)| {
            let is_known = ALWAYS.contains(key) || WHILE_SMALL.contains(key);
            is_known && !is_twice(place, *key) && codes.len() == len && codes.greatest() as usize <= greatest(*key)
        };
        let has_all = ALWAYS.iter().all(|key| keys.iter().any(|(known, _)| known == key));
        let in_all = rows.iter().try_fold(0i64, |sum, rows| sum.checked_add(rows).filter(|_| rows > 0))?;
        let are_days = days.is_empty() || days.len() == len;
        if !keys.iter().enumerate().all(|(place, key)| is_key(place, key)) || !has_all || !are_days || in_all > 1 << 53
        {
            return None;
        }
        let mut weights = Weights { rows, missing: Vec::new() };
        let mut amounts: Vec<(Stage, Amounts)> = Vec::new();
        for CubeStage { stage, minor, missing } in stages {
            let are_as_many = minor.len() == len && missing.as_ref().is_none_or(|missing| missing.len() == len);
            if !are_as_many || amounts.iter().any(|(known, _)| *known == stage) {
                return None;
            }
            let amount = |cell: usize| {
                let missing = missing.as_ref().map_or(Some(0), |missing| missing.get(cell))?;
                let (minor, rows) = (minor.get(cell)?, weights.rows.get(cell)?);
                let is_possible = (0..=rows).contains(&missing) && (missing < rows || minor == 0);
                is_possible.then_some((missing < rows).then_some(minor))
            };
            amounts.push((stage, (0..len).map(amount).collect::<Option<Amounts>>()?));
            weights.missing.push(missing);
        }
        Some(Self { cells: Table::new(len, keys, amounts, days, None).of_cells(weights) })
    }
}

/// How many cells some keys make, where it is no more than `at_most`.
fn cells_within(rows: &Table, keys: &[Key], at_most: usize) -> Option<usize> {
    let mut index = CellIndex::new(rows, keys);
    let mut seen = Bitset::none(0);
    let mut cells = 0;
    index.each_block(&Bitset::all(rows.len()), &mut |block, len| {
        seen.push_out(len - seen.len());
        for (at, &word) in block.words.iter().enumerate() {
            for bit in bits(word) {
                let cell = block.cells.get(at * 64 + bit);
                if !seen.contains(cell) {
                    seen.insert(cell);
                    cells += 1;
                }
            }
        }
        cells <= at_most
    });
    (cells <= at_most).then_some(cells)
}
