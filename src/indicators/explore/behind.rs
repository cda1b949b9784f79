//! The lines of the file behind a cell.

use super::pivot::Scope;
use super::{CellChoice, Figure, Look};
use crate::budget::{FiscalYear, Stage};
use crate::dataset::Package;
use crate::engine::{Key, NO_VALUE, RowsNeeded, Unanswered, tally};
use crate::indicators::{Selection, in_prices_of};
use crate::money::{Currency, Money};

/// So many lines are shown at once.
pub const LINES_A_PAGE: usize = 100;

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindLine {
    /// Its row number, as a spreadsheet shows it.
    pub row: Option<u32>,
    /// The work it is of.
    pub project: Option<String>,
    /// What else it can be told apart by: the keys of [`Behind::keys`].
    pub values: Vec<Option<String>>,
    /// Its amount at each stage of [`Behind::stages`].
    pub amounts: Vec<Option<Money>>,
}

/// One year of a cell in real prices: each is converted by its own index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindYear {
    /// The year; `None` for lines without.
    pub year: Option<String>,
    /// As it was spent.
    pub nominal: Option<Money>,
    /// In the prices chosen.
    pub real: Option<Money>,
}

/// All that stands behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The cell.
    pub choice: CellChoice,
    /// The file, as the package names it.
    pub path: String,
    /// Which of the page's keys each line's values are of.
    pub keys: Vec<Key>,
    /// The stages the file holds.
    pub stages: Vec<Stage>,
    /// The stage the cell is of.
    pub stage: Stage,
    /// The currency.
    pub currency: Currency,
    /// This page's lines.
    pub lines: Vec<BehindLine>,
    /// Which page, from 1.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// How many lines in all.
    pub count: usize,
    /// The sum of all lines at the stage, as it was spent.
    pub sum: Option<Money>,
    /// By year, where prices are real.
    pub years: Vec<BehindYear>,
}

/// The lines behind a cell of a view that is settled; `None` where the link names no cell, or one of values that are unknown.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded, or a sum cannot be held.
pub fn behind(package: &Package, selection: &Selection, look: &Look) -> Result<Option<Behind>, Unanswered> {
    let Some(choice) = look.cell.clone() else { return Ok(None) };
    let scope = Scope::of(package, selection, look)?;
    let (facts, stage) = (&package.facts, selection.stage);
    let of_cell = [(look.rows, &choice.row), (look.columns.flatten(), &choice.column)];
    let filter = of_cell.into_iter().fold(scope.filter, |filter, (key, value)| match (key, value) {
        (Some(key), Some(value)) => filter.without(key).with(key, value.as_deref()),
        _ => filter,
    });
    let table = facts.table(stage).ok_or(RowsNeeded)?;
    let rows = filter.rows(facts, table);
    let found: Vec<usize> = rows.iter().collect();
    let pages = found.len().div_ceil(LINES_A_PAGE).max(1);
    let page = look.page.clamp(1, pages);
    let stages: Vec<Stage> = table.stages().filter(|stage| facts.has(*stage)).collect();
    let told =
        [Key::Section, Key::Round, Key::FiscalYear, Key::FinancingSource, Key::Contributor, Key::Form, Key::Status];
    // What the choice fixes is the same on every line.
    let is_fixed = |key: Key| filter.values(key).is_some_and(|values| values.len() == 1);
    let is_told = |key: &Key| !is_fixed(*key) && table.column(*key).is_some_and(|codes| codes.greatest() > NO_VALUE);
    let keys: Vec<Key> = told.into_iter().filter(is_told).collect();
    let file = match stage {
        Stage::Agreed => &package.file_rows.projects,
        Stage::Secured => &package.file_rows.financing,
        _ => &package.file_rows.budget,
    };
    let value = |key: Key, row: usize| facts.dictionary(key)?.value(table.code(key, row)).map(str::to_owned);
    let line = |&row: &usize| BehindLine {
        row: file.get(row),
        project: value(Key::Project, row),
        values: keys.iter().map(|&key| value(key, row)).collect(),
        amounts: stages.iter().map(|&stage| Some(Money::new(table.amount(stage, row)?, scope.currency))).collect(),
    };
    let lines = found.iter().skip((page - 1) * LINES_A_PAGE).take(LINES_A_PAGE).map(line).collect();
    // As the pivot does: cell by cell and year by year, so that the sums are those of the table to the last cent.
    let mut by: Vec<Key> = look.rows.into_iter().chain(look.columns.flatten()).collect();
    if !by.contains(&Key::FiscalYear) {
        by.push(Key::FiscalYear);
    }
    let cells = tally(table, Some(&rows), &by, &[stage])?;
    let mut sum = Figure::default();
    let mut of_years: Vec<(u32, Figure, Figure)> = Vec::new();
    for cell in 0..cells.len() {
        let (code, tally) = (cells.code(Key::FiscalYear, cell), cells.tally(cell, stage));
        sum.add_tally(tally, Some, stage)?;
        let Some(base) = look.real else { continue };
        let year = facts.dictionary(Key::FiscalYear).and_then(|years| years.value(code)?.parse::<FiscalYear>().ok());
        let place = of_years.iter().position(|(known, ..)| *known == code);
        let place = place.unwrap_or_else(|| {
            of_years.push((code, Figure::default(), Figure::default()));
            of_years.len() - 1
        });
        let Some((_, nominal, real)) = of_years.get_mut(place) else { continue };
        nominal.add_tally(tally, Some, stage)?;
        real.add_tally(tally, |minor| in_prices_of(package, minor, year?, base), stage)?;
    }
    of_years.sort_unstable_by_key(|(code, ..)| *code);
    let money = |minor: i64| Money::new(minor, scope.currency);
    let years = of_years.into_iter().map(|(code, nominal, real)| BehindYear {
        year: facts.dictionary(Key::FiscalYear).and_then(|years| years.value(code)).map(str::to_owned),
        nominal: nominal.minor.map(money),
        real: real.minor.map(money),
    });
    let years = years.collect();
    Ok(Some(Behind {
        path: file.path.clone(),
        keys,
        stages,
        stage,
        currency: scope.currency,
        lines,
        page,
        pages,
        count: found.len(),
        sum: sum.minor.map(money),
        years,
        choice,
    }))
}
