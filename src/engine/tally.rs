//! Rows gathered by their keys and added up, several stages at once.

use thiserror::Error;

use super::bitset::bits;
use super::cell_index::{Block, CellIndex};
use super::sums::Sums;
use super::table::Weights;
use super::{Amounts, Bitset, Codes, Key, SEGMENT_ROWS, Segments, Table};
use crate::budget::{Date, Stage};

/// A sum that 64 bits of minor units cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the sum of {stage} is too large to hold exactly")]
pub struct SumTooLarge {
    /// The stage summed.
    pub stage: Stage,
}

/// Gathers rows (or cells, each counting for the rows behind it) that have the same values of `keys`, and sums `stages`
/// over each: one cell for every combination that occurs, in declared order, rows with no value last. `rows` are those
/// taken; all without. A stage the table lacks is missing in every row.
///
/// # Errors
/// [`SumTooLarge`] rather than a wrong sum.
pub fn tally(table: &Table, rows: Option<&Bitset>, keys: &[Key], stages: &[Stage]) -> Result<Table, SumTooLarge> {
    gather(table, rows, keys, stages, false).map(Table::in_declared_order)
}

/// The same, with the latest day of each cell.
pub(super) fn tally_with_days(table: &Table, keys: &[Key], stages: &[Stage]) -> Result<Table, SumTooLarge> {
    gather(table, None, keys, stages, !table.days().is_empty())
}

fn gather(
    table: &Table,
    rows: Option<&Bitset>,
    keys: &[Key],
    stages: &[Stage],
    has_days: bool,
) -> Result<Table, SumTooLarge> {
    let mut index = CellIndex::new(table, keys);
    let amounts: Vec<Option<&Amounts>> = stages.iter().map(|&stage| table.amounts(stage)).collect();
    let columns = Columns::of(table, stages);
    let fits = index.is_dense() && amounts.iter().flatten().all(|amounts| amounts.cannot_overflow());
    let mut sums = Sums::new(columns.summed.clone(), index.len(), fits);
    let mut gaps = Gaps::of(table, &amounts);
    let mut days: Vec<Option<Date>> = Vec::new();
    let all;
    let rows = match rows {
        Some(rows) => rows,
        None => {
            all = Bitset::all(table.len());
            &all
        }
    };
    index.each_block(rows, &mut |block, cells| {
        sums.add(block, cells);
        gaps.add(block, cells);
        if has_days {
            days.resize(cells, None);
            latest(table, block, &mut days);
        }
        true
    });
    let (cells, codes) = index.in_declared_order(&|cell| sums.rows(cell) > 0);
    let behind = |&cell: &usize| match columns.rows {
        Some(column) => sums.sum(cell, column).unwrap_or_default(),
        None => sums.rows(cell),
    };
    let behind: Vec<i64> = cells.iter().map(behind).collect();
    let mut summed = Vec::new();
    let mut missing = Vec::new();
    for (place, &stage) in stages.iter().enumerate() {
        let (minor, lacking) = columns.stages.get(place).copied().unwrap_or_default();
        let without = |(&cell, &rows): (&usize, &i64)| match (minor, lacking) {
            (None, _) => rows,
            (Some(_), Some(column)) => sums.sum(cell, column).unwrap_or_default(),
            (Some(_), None) => gaps.count(cell, place),
        };
        let has_gaps = minor.is_none() || lacking.is_some() || gaps.has(place);
        let without: Vec<i64> = if has_gaps { cells.iter().zip(&behind).map(without).collect() } else { Vec::new() };
        let sum = |&cell: &usize| match minor {
            Some(column) => sums.sum(cell, column).ok_or(SumTooLarge { stage }),
            None => Ok(0),
        };
        let minor = cells.iter().map(sum).collect::<Result<Vec<i64>, SumTooLarge>>()?;
        let mut amounts = Amounts::default();
        if without.iter().any(|&without| without > 0) {
            for (&minor, (without, rows)) in minor.iter().zip(without.iter().zip(&behind)) {
                amounts.push((without < rows).then_some(minor));
            }
            missing.push(Some(without.into_iter().collect()));
        } else {
            amounts.extend_from_slice(&minor);
            missing.push(None);
        }
        summed.push((stage, amounts));
    }
    let weights = Weights { rows: behind.into_iter().collect(), missing };
    let keys = keys.iter().copied().zip(codes).collect::<Vec<(Key, Codes)>>();
    let days =
        if has_days { cells.iter().map(|&cell| days.get(cell).copied().flatten()).collect() } else { Vec::new() };
    Ok(Table::new(cells.len(), keys, summed, days, None).of_cells(weights))
}

/// Which columns are summed, and what each is.
struct Columns<'a> {
    summed: Vec<&'a Segments<i64>>,
    /// Place of the column that says how many rows a cell stands for.
    rows: Option<usize>,
    /// By stage: place of its amounts, and of the column that says how many rows of a cell lack it.
    stages: Vec<(Option<usize>, Option<usize>)>,
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table, stages: &[Stage]) -> Self {
        let mut columns = Self { summed: Vec::new(), rows: None, stages: Vec::new() };
        columns.rows = table.weights().map(|weights| columns.push(&weights.rows));
        for &stage in stages {
            let minor = table.amounts(stage).map(|amounts| columns.push(amounts.minor()));
            let missing = table.place(stage).and_then(|place| table.weights()?.missing.get(place)?.as_ref());
            let missing = missing.map(|missing| columns.push(missing));
            columns.stages.push((minor, missing));
        }
        columns
    }

    fn push(&mut self, column: &'a Segments<i64>) -> usize {
        self.summed.push(column);
        self.summed.len() - 1
    }
}

/// Rows without an amount, by cell. Cells say theirs themselves.
struct Gaps<'a> {
    /// The stages with gaps, by their place among those asked for.
    columns: Vec<(usize, &'a Bitset)>,
    counts: Vec<i64>,
}

impl<'a> Gaps<'a> {
    fn of(table: &Table, amounts: &[Option<&'a Amounts>]) -> Self {
        let gaps = amounts.iter().enumerate().filter_map(|(place, amounts)| Some((place, amounts.as_ref()?.missing())));
        let of_rows = table.weights().is_none();
        Self { columns: gaps.filter(|(_, missing)| of_rows && missing.any()).collect(), counts: Vec::new() }
    }

    fn add(&mut self, block: &Block<'_>, cells: usize) {
        self.counts.resize(cells * self.columns.len(), 0);
        for (order, (_, missing)) in self.columns.iter().enumerate() {
            let first = (block.segment * SEGMENT_ROWS + block.first) / 64;
            let words = missing.words().get(first..).unwrap_or_default();
            for (at, (missing, taken)) in words.iter().zip(block.words).enumerate() {
                for bit in bits(missing & taken) {
                    let cell = block.cells.get(at * 64 + bit);
                    if let Some(count) = self.counts.get_mut(cell * self.columns.len() + order) {
                        *count += 1;
                    }
                }
            }
        }
    }

    fn has(&self, place: usize) -> bool {
        self.columns.iter().any(|(known, _)| *known == place)
    }

    fn count(&self, cell: usize, place: usize) -> i64 {
        let order = self.columns.iter().position(|(known, _)| *known == place);
        let count = order.and_then(|order| self.counts.get(cell * self.columns.len() + order));
        count.copied().unwrap_or_default()
    }
}

fn latest(table: &Table, block: &Block<'_>, days: &mut [Option<Date>]) {
    for (at, &word) in block.words.iter().enumerate() {
        for bit in bits(word) {
            let within = at * 64 + bit;
            let day = table.as_of(block.segment * SEGMENT_ROWS + block.first + within);
            if let Some(latest) = days.get_mut(block.cells.get(within)) {
                *latest = day.max(*latest);
            }
        }
    }
}
