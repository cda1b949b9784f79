//! Rows as columns, and rows of a kind gathered into cells.

use std::cmp::Ordering;

use super::{Amounts, Codes, Key, NO_VALUE, Segments, Texts};
use crate::budget::{Date, Stage};

/// Rows as columns of codes and of amounts; or cells, which are rows told apart by some keys and added up.
///
/// A cell has the columns of a row, with sums for amounts, and says how many rows it stands for. Every verb takes both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    len: usize,
    keys: Vec<Column>,
    amounts: Vec<(Stage, Amounts)>,
    /// The day a row's amounts were read from the accounts (of a cell, the latest), where the table has one.
    as_of: Vec<Option<Date>>,
    /// What each row is called or is for, where the table has it.
    texts: Option<Texts>,
    /// Only of cells.
    weights: Option<Weights>,
    /// Whether it has cells in declared order by its keys, as [`super::tally`] gives them.
    is_in_order: bool,
}

/// The codes of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub key: Key,
    pub codes: Codes,
    /// Taken from the codes themselves: what is indexed by them must hold even codes that no dictionary has.
    pub greatest: u32,
}

/// What stands behind each cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Weights {
    /// Rows.
    pub rows: Segments<i64>,
    /// By stage, in the order of the amounts: rows without an amount; `None` where no row of any cell lacks it.
    pub missing: Vec<Option<Segments<i64>>>,
}

/// A sum with what stands behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sum in minor units; `None` when no row has an amount, which is not zero.
    pub minor: Option<i64>,
    /// Rows: projects for the promise, budget lines for the other stages.
    pub count: u64,
    /// Rows among them with no amount published.
    pub missing: u64,
}

impl Table {
    /// A table of columns of one length; the code of a key it lacks is [`NO_VALUE`] in every row. `texts` are what is
    /// searched: a project's title.
    pub fn new(
        len: usize,
        keys: Vec<(Key, Codes)>,
        amounts: Vec<(Stage, Amounts)>,
        as_of: Vec<Option<Date>>,
        texts: Option<Texts>,
    ) -> Self {
        let column = |(key, codes): (Key, Codes)| Column { key, greatest: codes.greatest(), codes };
        Self {
            len,
            keys: keys.into_iter().map(column).collect(),
            amounts,
            as_of,
            texts,
            weights: None,
            is_in_order: false,
        }
    }

    /// The same columns, of cells.
    pub(super) fn of_cells(self, weights: Weights) -> Self {
        Self { weights: Some(weights), ..self }
    }

    /// The same, whose cells stand in declared order.
    pub(super) fn in_declared_order(self) -> Self {
        Self { is_in_order: true, ..self }
    }

    /// Number of rows, or of cells.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number of rows, those behind cells too.
    pub fn count(&self) -> u64 {
        match &self.weights {
            Some(weights) => weights.rows.iter().map(i64::unsigned_abs).sum(),
            None => self.len as u64,
        }
    }

    /// The codes of a column, where the table has it.
    pub fn column(&self, key: Key) -> Option<&Codes> {
        self.coded(key).map(|column| &column.codes)
    }

    /// The keys it has columns of.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().map(|column| column.key)
    }

    pub(super) fn coded(&self, key: Key) -> Option<&Column> {
        self.keys.iter().find(|column| column.key == key)
    }

    /// The code of a row in a column; [`NO_VALUE`] where it has none.
    pub fn code(&self, key: Key, row: usize) -> u32 {
        self.column(key).map_or(NO_VALUE, |codes| codes.get(row))
    }

    /// The amounts of a stage, where the table has any.
    pub fn amounts(&self, stage: Stage) -> Option<&Amounts> {
        self.place(stage).and_then(|place| self.amounts.get(place)).map(|(_, amounts)| amounts)
    }

    /// The stages it has columns of.
    pub fn stages(&self) -> impl Iterator<Item = Stage> {
        self.amounts.iter().map(|(stage, _)| *stage)
    }

    /// The amount of a row at a stage.
    pub fn amount(&self, stage: Stage, row: usize) -> Option<i64> {
        self.amounts(stage)?.get(row)
    }

    /// The day a row's amounts were read from the accounts.
    pub fn as_of(&self, row: usize) -> Option<Date> {
        self.as_of.get(row).copied().flatten()
    }

    /// Those days; empty where the table has none.
    pub fn days(&self) -> &[Option<Date>] {
        &self.as_of
    }

    /// What is searched.
    pub fn texts(&self) -> Option<&Texts> {
        self.texts.as_ref()
    }

    /// The first row or cell that has these codes.
    ///
    /// Among cells in declared order, those told apart by the first of their keys are found without a look at all.
    pub fn find(&self, codes: &[(Key, u32)]) -> Option<usize> {
        let code_of = |key: Key| codes.iter().find(|(known, _)| *known == key).map(|(_, code)| *code);
        let first: Vec<(&Codes, u32)> =
            self.keys.iter().map_while(|column| Some((&column.codes, code_of(column.key)?))).collect();
        if !self.is_in_order || first.len() != codes.len() {
            return (0..self.len).find(|&row| codes.iter().all(|&(key, code)| self.code(key, row) == code));
        }
        // No value comes last.
        let rank = |code: u32| if code == NO_VALUE { u32::MAX } else { code - 1 };
        let order = |row: usize| {
            let ranks = first.iter().map(|(codes, code)| rank(codes.get(row)).cmp(&rank(*code)));
            ranks.fold(Ordering::Equal, Ordering::then)
        };
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            match order(middle) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal | Ordering::Greater => high = middle,
            }
        }
        (low < self.len && order(low) == Ordering::Equal).then_some(low)
    }

    /// The sum at a stage of the rows behind a cell, or of one row.
    pub fn tally(&self, cell: usize, stage: Stage) -> Tally {
        if cell >= self.len {
            return Tally::default();
        }
        let place = self.place(stage);
        let minor = place.and_then(|place| self.amounts.get(place)?.1.get(cell));
        let count = self.weights.as_ref().map_or(1, |weights| weight(Some(&weights.rows), cell));
        let missing = match (&self.weights, place) {
            (Some(weights), Some(place)) => weight(weights.missing.get(place).and_then(Option::as_ref), cell),
            _ => {
                if minor.is_none() {
                    count
                } else {
                    0
                }
            }
        };
        Tally { minor, count, missing }
    }

    pub(super) fn place(&self, stage: Stage) -> Option<usize> {
        self.amounts.iter().position(|(known, _)| *known == stage)
    }

    pub(super) fn weights(&self) -> Option<&Weights> {
        self.weights.as_ref()
    }

    /// The cells or rows at some places, in that order.
    pub(super) fn at(&self, places: &[usize]) -> Self {
        let picked = |weights: &Segments<i64>| places.iter().filter_map(|&place| weights.get(place)).collect();
        let weights = self.weights.as_ref().map(|weights| Weights {
            rows: picked(&weights.rows),
            missing: weights.missing.iter().map(|missing| missing.as_ref().map(picked)).collect(),
        });
        let keys = self
            .keys
            .iter()
            .map(|column| Column { codes: places.iter().map(|&place| column.codes.get(place)).collect(), ..*column });
        let amounts = self
            .amounts
            .iter()
            .map(|(stage, amounts)| (*stage, places.iter().map(|&place| amounts.get(place)).collect()));
        Self {
            is_in_order: false,
            len: places.len(),
            keys: keys.collect(),
            amounts: amounts.collect(),
            as_of: Vec::new(),
            texts: None,
            weights,
        }
    }
}

fn weight(weights: Option<&Segments<i64>>, cell: usize) -> u64 {
    weights.and_then(|weights| weights.get(cell)).unwrap_or_default().unsigned_abs()
}
