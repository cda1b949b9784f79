//! The pivot: rows against columns of one stage in one currency, with every total the sum of what stands under it.

use super::people::people;
use super::{Figure, Look, Measure, ShareOf, Value};
use crate::budget::{Date, FiscalYear, Stage};
use crate::dataset::Package;
use crate::engine::{Filter, Key, NO_VALUE, Table, Unanswered, currencies, tally};
use crate::indicators::{Per, Selection, YearChoice, in_prices_of};
use crate::money::{Currency, Money, ratio};

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// A value of the key; `None` for rows with none published.
    Value(Option<String>),
    /// So many small ones, gathered.
    Others(usize),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PivotRow {
    /// What it is.
    pub kind: RowKind,
    /// One figure a column; none without columns.
    pub cells: Vec<Figure>,
    /// The sum of its cells.
    pub total: Figure,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The value; `None` for rows with none published.
    pub value: Option<String>,
    /// The sum of its cells.
    pub total: Figure,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pivot {
    /// What tells rows apart.
    pub row_key: Key,
    /// What tells columns apart.
    pub column_key: Option<Key>,
    /// The stage summed, or whose rows are counted.
    pub stage: Stage,
    /// The currency of every amount.
    pub currency: Currency,
    /// Amounts or counts.
    pub measure: Measure,
    /// As parts of what.
    pub share: Option<ShareOf>,
    /// Whole or per person.
    pub per: Per,
    /// In prices of which year.
    pub real: Option<FiscalYear>,
    /// The years the figures are of; empty where all are.
    pub years: Vec<String>,
    /// Rows, in declared order, those with no value last.
    pub rows: Vec<PivotRow>,
    /// Columns, in the same order; none without a key for them.
    pub columns: Vec<Column>,
    /// The sum of all.
    pub total: Figure,
    /// Currencies that have rows under the same choice.
    pub currencies: Vec<Currency>,
    /// The latest day the amounts were read from the accounts.
    pub as_of: Option<Date>,
}

/// The rows that a view is about: its filter with its years and its currency.
pub(super) struct Scope {
    pub filter: Filter,
    pub currency: Currency,
    pub currencies: Vec<Currency>,
    pub years: Vec<String>,
}

/// The years that are chosen by being rows or columns are all of them.
fn years(package: &Package, selection: &Selection, look: &Look) -> Vec<String> {
    let shown = [look.rows, look.columns.flatten()];
    match selection.year {
        YearChoice::All => Vec::new(),
        YearChoice::Opening if shown.contains(&Some(selection.basis.key())) => Vec::new(),
        YearChoice::Opening | YearChoice::One(_) => selection.years(package),
    }
}

impl Scope {
    pub fn of(package: &Package, selection: &Selection, look: &Look) -> Result<Self, Unanswered> {
        let years = years(package, selection, look);
        let key = selection.basis.key();
        let filter =
            years.iter().fold(selection.filter.clone().without(key), |filter, year| filter.with(key, Some(year)));
        let filter = if years.is_empty() { selection.filter.clone() } else { filter };
        let filter = filter.without(Key::Currency);
        let currencies = currencies(&package.facts, selection.stage, &filter)?;
        let usual = || package.main_currency().filter(|main| currencies.contains(main) || currencies.is_empty());
        let currency = selection.currency.or_else(usual).or(currencies.first().copied()).unwrap_or(Currency::PEN);
        Ok(Self { filter: filter.with(Key::Currency, Some(currency.code())), currency, currencies, years })
    }
}

/// Computes the pivot of a view that is settled (see [`super::settled`]).
///
/// # Errors
/// [`Unanswered`] when a sum cannot be held exactly, or needs rows that are not loaded.
pub fn pivot(package: &Package, selection: &Selection, look: &Look) -> Result<Pivot, Unanswered> {
    let scope = Scope::of(package, selection, look)?;
    let stage = selection.stage;
    let (row_key, column_key) = (look.rows.unwrap_or(Key::Section), look.columns.flatten());
    let mut keys = vec![row_key];
    keys.extend(column_key);
    if look.real.is_some() && !keys.contains(&Key::FiscalYear) {
        keys.push(Key::FiscalYear);
    }
    let facts = &package.facts;
    let source = facts.source(stage, &scope.filter, &keys)?;
    let cells = tally(source, Some(&scope.filter.rows(facts, source)), &keys, &[stage])?;
    let is_narrowed = !selection.filter.conditions.is_empty() || !selection.filter.text.is_empty();
    let row_values = values(package, row_key, &cells, is_narrowed);
    let column_values = column_key.map_or_else(Vec::new, |key| values(package, key, &cells, is_narrowed));
    let mut rows: Vec<PivotRow> = row_values
        .iter()
        .map(|(_, value)| PivotRow {
            kind: RowKind::Value(value.clone()),
            cells: vec![Figure::default(); column_values.len()],
            total: Figure::default(),
        })
        .collect();
    let mut columns: Vec<Column> =
        column_values.iter().map(|(_, value)| Column { value: value.clone(), total: Figure::default() }).collect();
    let mut total = Figure::default();
    let place = |values: &[(u32, Option<String>)], code: u32| values.iter().position(|(known, _)| *known == code);
    let row_places = Places::of(&row_values);
    for cell in 0..cells.len() {
        let year = || facts.dictionary(Key::FiscalYear)?.value(cells.code(Key::FiscalYear, cell))?.parse().ok();
        let in_prices = |minor: i64| match look.real {
            None => Some(minor),
            Some(base) => in_prices_of(package, minor, year()?, base),
        };
        let mut figure = Figure::default();
        figure.add_tally(cells.tally(cell, stage), in_prices, stage)?;
        let Some(row) = row_places.get(cells.code(row_key, cell)).and_then(|place| rows.get_mut(place)) else {
            continue;
        };
        row.total.add(&figure, stage)?;
        total.add(&figure, stage)?;
        let column = column_key.and_then(|key| place(&column_values, cells.code(key, cell)));
        if let Some(column) = column {
            if let Some(cell) = row.cells.get_mut(column) {
                cell.add(&figure, stage)?;
            }
            if let Some(column) = columns.get_mut(column) {
                column.total.add(&figure, stage)?;
            }
        }
    }
    let as_of = if Stage::OF_A_LINE.contains(&stage) { package.as_of(&scope.filter)? } else { None };
    let mut pivot = Pivot {
        row_key,
        column_key,
        stage,
        currency: scope.currency,
        measure: look.measure,
        share: look.share.filter(|share| column_key.is_some() || *share == ShareOf::All),
        per: selection.per,
        real: look.real.filter(|_| look.measure == Measure::Amount),
        years: scope.years,
        rows,
        columns,
        total,
        currencies: scope.currencies,
        as_of,
    };
    if pivot.per == Per::Person && pivot.measure == Measure::Amount && pivot.share.is_none() {
        pivot.count_people(package, &selection.filter);
    }
    pivot.evaluate();
    Ok(pivot)
}

/// The places of codes, found at once: a package may have two thousand sections.
struct Places(Vec<Option<usize>>);

impl Places {
    fn of(values: &[(u32, Option<String>)]) -> Self {
        let mut places = Vec::new();
        for (place, (code, _)) in values.iter().enumerate() {
            let code = *code as usize;
            if places.len() <= code {
                places.resize(code + 1, None);
            }
            if let Some(slot) = places.get_mut(code) {
                *slot = Some(place);
            }
        }
        Self(places)
    }

    fn get(&self, code: u32) -> Option<usize> {
        self.0.get(code as usize).copied().flatten()
    }
}

/// The values to show of a key: those that have rows, and the declared ones too while nothing narrows them.
fn values(package: &Package, key: Key, cells: &Table, is_narrowed: bool) -> Vec<(u32, Option<String>)> {
    let all = package.facts.values(key);
    let mut is_there = vec![false; all.len() + 1];
    for cell in 0..cells.len() {
        if let Some(slot) = is_there.get_mut(cells.code(key, cell) as usize) {
            *slot = true;
        }
    }
    let is_declared = |value: &str| match key {
        _ if is_narrowed => false,
        Key::Section => package.sections.iter().any(|section| section.id == value),
        Key::Dimension => package.dimensions.iter().any(|dimension| dimension.id == value),
        Key::Status => package.statuses.iter().any(|status| status.id == value),
        _ => false,
    };
    let has = |code: u32| is_there.get(code as usize).copied().unwrap_or_default();
    let shown = (1..).zip(all).filter(|&(code, value)| has(code) || is_declared(value));
    let none = has(NO_VALUE).then_some((NO_VALUE, None));
    shown.map(|(code, value)| (code, Some(value.to_owned()))).chain(none).collect()
}

impl Pivot {
    fn count_people(&mut self, package: &Package, filter: &Filter) {
        let (row_key, column_key, years) = (self.row_key, self.column_key, self.years.clone());
        let of = |known: &[(Key, Option<&str>)]| people(package, filter, &years, known);
        for row in &mut self.rows {
            let Some(value) = row.kind.value().map(|value| value.map(str::to_owned)) else { continue };
            let own = (row_key, value.as_deref());
            row.total.people = of(&[own]);
            for (cell, column) in row.cells.iter_mut().zip(&self.columns) {
                let Some(key) = column_key else { continue };
                cell.people = of(&[own, (key, column.value.as_deref())]);
            }
        }
        if let Some(key) = column_key {
            for column in &mut self.columns {
                column.total.people = of(&[(key, column.value.as_deref())]);
            }
        }
        self.total.people = of(&[]);
    }

    /// Says what every figure comes to.
    fn evaluate(&mut self) {
        for at in 0..self.rows.len() {
            self.evaluate_row(at);
        }
        let total = self.total;
        let columns = self.columns.iter().map(|column| {
            let whole = if self.share == Some(ShareOf::Column) { &column.total } else { &total };
            self.value(&column.total, whole)
        });
        let columns: Vec<Value> = columns.collect();
        for (column, value) in self.columns.iter_mut().zip(columns) {
            column.total.value = value;
        }
        self.total.value = self.value(&total, &total);
    }

    /// The same of the last row alone, which is new.
    pub(super) fn evaluate_last_row(&mut self) {
        if let Some(last) = self.rows.len().checked_sub(1) {
            self.evaluate_row(last);
        }
    }

    fn evaluate_row(&mut self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        let cells = row.cells.iter().zip(&self.columns).map(|(cell, column)| {
            let whole = match self.share {
                Some(ShareOf::Row) => &row.total,
                Some(ShareOf::Column) => &column.total,
                Some(ShareOf::All) | None => &self.total,
            };
            self.value(cell, whole)
        });
        let cells: Vec<Value> = cells.collect();
        let whole = if self.share == Some(ShareOf::Row) { &row.total } else { &self.total };
        let total = self.value(&row.total, whole);
        let Some(row) = self.rows.get_mut(at) else { return };
        row.total.value = total;
        for (cell, value) in row.cells.iter_mut().zip(cells) {
            cell.value = value;
        }
    }

    fn value(&self, figure: &Figure, whole: &Figure) -> Value {
        if figure.is_empty() {
            return Value::Empty;
        }
        let count = |figure: &Figure| i64::try_from(figure.count).unwrap_or(i64::MAX);
        let size = |figure: &Figure| match self.measure {
            Measure::Count => Some(count(figure)),
            Measure::Amount => figure.minor,
        };
        let Some(own) = size(figure) else {
            return if figure.without_index > 0 { Value::NoIndex } else { Value::NoData };
        };
        if self.share.is_some() {
            let percent = size(whole).and_then(|whole| ratio::percent(own, whole, 1));
            return percent.map_or(Value::NoShare, Value::Percent);
        }
        match (self.measure, self.per) {
            (Measure::Count, _) => Value::Count(own),
            (Measure::Amount, Per::Total) => Value::Amount(Money::new(own, self.currency)),
            (Measure::Amount, Per::Person) => {
                let each = figure.people.and_then(|people| ratio::per_head(own, people));
                each.map_or(Value::NoPeople, |minor| Value::Amount(Money::new(minor, self.currency)))
            }
        }
    }

    /// Whether the shown figures add up to the shown totals: not amounts per person.
    pub fn adds_up(&self) -> bool {
        self.per == Per::Total || self.measure == Measure::Count || self.share.is_some()
    }

    /// How large a figure's tile is: its part of the whole, whatever its words say.
    pub fn weight(&self, figure: &Figure) -> i64 {
        let size = match self.measure {
            Measure::Count => i64::try_from(figure.count).unwrap_or(i64::MAX),
            Measure::Amount => figure.minor.unwrap_or_default(),
        };
        size.max(0)
    }
}
