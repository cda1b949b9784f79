//! The overview of a package under a selection: a headline, three breakdowns, a matrix. Values only.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Per, Selection};
use crate::budget::{Date, FiscalYear, Stage};
use crate::dataset::{AGREED, OUTSIDE, Package};
use crate::engine::{Filter, Key, NO_VALUE, Table, Tally, Unanswered, YearBasis, currencies, roll_up, tally};
use crate::money::{Currency, Money, ratio};

/// Everything the overview page shows of projects and budget lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The one currency of every amount here.
    pub currency: Currency,
    /// Years shown side by side, oldest first.
    pub years: Vec<String>,
    /// The stage drawn as an outline: what was promised, or budgeted.
    pub outline_stage: Stage,
    /// The stage drawn as a fill.
    pub fill_stage: Stage,
    /// Whether any amount of the fill's stage is published at all, and it is not the outline's own.
    pub has_fill: bool,
    /// Whole or per person.
    pub per: Per,
    /// All that is chosen, together; only for a single year.
    pub headline: Headline,
    /// By section, by dimension, by status. Each leaves its own key's choice out, so that the others can be chosen.
    pub breakdowns: [Breakdown; 3],
    /// Section against dimension; leaves both keys' choices out.
    pub matrix: Matrix,
    /// Amounts in other currencies under the same choice: never added, never converted.
    pub other_currencies: Vec<Cell>,
    /// Spending on works that are not in the assembly's act, under the same choice; by round it is left out of everything
    /// above, since it keeps no promise (DOMAIN.md section 4, "Promise kept").
    pub outside: Vec<Cell>,
    /// Currencies that can be chosen.
    pub currencies: Vec<Currency>,
}

/// The sentence's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// One cell a year.
    pub cells: Vec<Cell>,
    /// The latest day the amounts were read from the accounts.
    pub as_of: Option<Date>,
    /// Whether a round shown was still running.
    pub is_running: bool,
}

/// Promise and spending of some rows in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The year.
    pub year: String,
    /// The currency.
    pub currency: Currency,
    /// What was promised or budgeted.
    pub outline: Tally,
    /// What was spent (or the stage chosen).
    pub fill: Tally,
    /// People of that place in that year, where published.
    pub people: Option<i64>,
    /// The fill as a percentage of the outline, one decimal; `None` where there is no outline or no fill.
    pub rate_percent: Option<Decimal>,
    /// Its part of the column's total, one decimal: of the fill, or of the outline where there is no fill.
    pub share_percent: Option<Decimal>,
}

/// Rows told apart by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The key.
    pub key: Key,
    /// Declared values in their order, then rows with none.
    pub rows: Vec<BreakdownRow>,
    /// One a year: the sum of the rows above.
    pub totals: Vec<Cell>,
}

/// One value of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownRow {
    /// The value; `None` for rows with none published.
    pub value: Option<String>,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// Whether others are chosen and not this one.
    pub is_dimmed: bool,
    /// One a year.
    pub cells: Vec<Cell>,
}

/// Section against dimension, all years shown together only when one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Rows' values.
    pub sections: Vec<Option<String>>,
    /// Columns' values.
    pub dimensions: Vec<Option<String>>,
    /// A row for each section, a cell for each dimension.
    pub cells: Vec<Vec<MatrixCell>>,
    /// The sum of each row.
    pub row_totals: Vec<Cell>,
    /// The sum of each column.
    pub column_totals: Vec<Cell>,
    /// The sum of everything.
    pub total: Cell,
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixCell {
    /// Its figures.
    pub cell: Cell,
    /// Whether it is the one chosen.
    pub is_chosen: bool,
}

impl Cell {
    /// The outline as shown: whole or per person. `None` is "no data".
    pub fn outline_money(&self, per: Per) -> Option<Money> {
        self.shown(self.outline, per)
    }

    /// The fill as shown: whole or per person. `None` is "no data".
    pub fn fill_money(&self, per: Per) -> Option<Money> {
        self.shown(self.fill, per)
    }

    /// Whether there are rows at all: without, the place is empty, which is neither zero nor missing.
    pub fn is_empty(&self) -> bool {
        self.outline.count == 0 && self.fill.count == 0
    }

    fn shown(&self, tally: Tally, per: Per) -> Option<Money> {
        let minor = match per {
            Per::Total => tally.minor?,
            Per::Person => ratio::per_head(tally.minor?, self.people?)?,
        };
        Some(Money::new(minor, self.currency))
    }

    fn shared(mut self, total: &Self) -> Self {
        let part = |of: fn(&Self) -> Tally| Some((of(&self).minor?, of(total).minor?));
        let parts = if total.fill.minor.is_some() { part(|cell| cell.fill) } else { part(|cell| cell.outline) };
        self.share_percent = parts.and_then(|(part, whole)| ratio::percent(part, whole, 1));
        self
    }
}

/// Computes the overview.
///
/// # Errors
/// [`Unanswered`] when a sum cannot be held exactly, or needs rows that are not loaded.
pub fn overview(package: &Package, selection: &Selection) -> Result<Overview, Unanswered> {
    let selection = &of_the_list(package, selection);
    let years = selection.years(package);
    let choices = currencies_of(package, selection)?;
    let currency = selection.currency.or_else(|| package.main_currency()).unwrap_or(Currency::PEN);
    let asker = Asker::new(package, selection, &years)?;
    let outline_stage = selection.outline_stage();
    let headline = Headline {
        cells: asker.totals(&selection.filter, currency)?,
        as_of: package.as_of(&in_years(selection, &years, selection.filter.clone()))?,
        is_running: years.iter().any(|year| package.is_running(year)),
    };
    let mut other_currencies = Vec::new();
    for &other in choices.iter().filter(|&&other| other != currency) {
        let cells = asker.totals(&selection.filter, other)?;
        other_currencies.extend(cells.into_iter().filter(|cell| !cell.is_empty()));
    }
    let breakdown = |key| asker.breakdown(key, currency);
    Ok(Overview {
        currency,
        outline_stage,
        fill_stage: selection.stage,
        has_fill: selection.stage != outline_stage && package.facts.has(selection.stage),
        per: selection.per,
        headline,
        breakdowns: [breakdown(Key::Section)?, breakdown(Key::Dimension)?, breakdown(Key::Status)?],
        matrix: asker.matrix(currency)?,
        other_currencies,
        outside: asker.outside(currency)?,
        currencies: choices,
        years,
    })
}

/// By round, what is set against the promise is what was spent on what was promised: the works of the act alone, unless the
/// reader chose otherwise. A package that publishes no promise has no such list.
pub(super) fn of_the_list(package: &Package, selection: &Selection) -> Selection {
    let mut selection = selection.clone();
    selection.basis = selection.basis_in(package);
    let keeps_promises = selection.basis == YearBasis::Round && package.facts.has(Stage::Agreed);
    if keeps_promises && selection.filter.values(Key::List).is_none() {
        selection.filter = selection.filter.with(Key::List, Some(AGREED));
    }
    selection
}

fn currencies_of(package: &Package, selection: &Selection) -> Result<Vec<Currency>, Unanswered> {
    let everything = Filter::default();
    let mut found = currencies(&package.facts, selection.outline_stage(), &everything)?;
    let others = currencies(&package.facts, selection.stage, &everything)?;
    found.extend(others.into_iter().filter(|currency| !found.contains(currency)).collect::<Vec<_>>());
    Ok(found)
}

fn in_years(selection: &Selection, years: &[String], filter: Filter) -> Filter {
    let key = selection.basis.key();
    years.iter().fold(filter.without(key), |filter, year| filter.with(key, Some(year)))
}

/// What the page's questions differ in, beside the year: each leaves some of these choices out, or makes another.
const VARIED: [Key; 5] = [Key::Section, Key::Dimension, Key::Status, Key::List, Key::Currency];

struct Asker<'a> {
    package: &'a Package,
    selection: &'a Selection,
    years: &'a [String],
    outline: Base<'a>,
    /// `None` where it is the outline.
    fill: Option<Base<'a>>,
}

/// What a stage's questions are asked of.
struct Base<'a> {
    stage: Stage,
    /// Cells by year and [`VARIED`] of the rows that meet the other choices, made once: some hundreds where there may be a
    /// million rows. Where a cell of them would be too large, which its questions need not be, what they are made of.
    table: Cow<'a, Table>,
}

/// Cells of the same question.
struct Pair {
    outline: Table,
    fill: Table,
}

impl<'a> Asker<'a> {
    fn new(package: &'a Package, selection: &'a Selection, years: &'a [String]) -> Result<Self, Unanswered> {
        let [section, dimension, status, list, currency] = VARIED;
        let keys = [selection.basis.key(), section, dimension, status, list, currency];
        let chosen = in_years(selection, years, selection.filter.clone());
        let common = VARIED.iter().fold(chosen, |filter, &key| filter.without(key));
        let base = |stage| {
            let source = package.facts.source(stage, &common, &keys)?;
            let cells = tally(source, Some(&common.rows(&package.facts, source)), &keys, &[stage]);
            Ok::<_, Unanswered>(Base { stage, table: cells.map_or(Cow::Borrowed(source), Cow::Owned) })
        };
        let outline = base(selection.outline_stage())?;
        let fill = (selection.stage != outline.stage).then(|| base(selection.stage));
        Ok(Self { package, selection, years, outline, fill: fill.transpose()? })
    }

    fn ask(&self, by: &[Key], filter: &Filter, currency: Currency) -> Result<Pair, Unanswered> {
        let filter = in_years(self.selection, self.years, filter.clone())
            .without(Key::Currency)
            .with(Key::Currency, Some(currency.code()));
        let fill = self.fill.as_ref().map(|base| self.ask_base(base, by, filter.clone()));
        Ok(Pair { fill: fill.transpose()?.unwrap_or_default(), outline: self.ask_base(&self.outline, by, filter)? })
    }

    fn ask_base(&self, base: &Base<'_>, by: &[Key], mut filter: Filter) -> Result<Table, Unanswered> {
        if let Cow::Owned(cells) = &base.table {
            // They meet the other choices already, and do not tell them apart.
            filter.conditions.retain(|condition| cells.column(condition.key).is_some());
            filter.text.clear();
        }
        let rows = filter.rows(&self.package.facts, &base.table);
        Ok(tally(&base.table, Some(&rows), by, &[base.stage])?)
    }

    fn outside(&self, currency: Currency) -> Result<Vec<Cell>, Unanswered> {
        let only_agreed = self.selection.filter.values(Key::List) == Some(&[Some(AGREED.to_owned())]);
        if !only_agreed {
            return Ok(Vec::new());
        }
        let outside = self.selection.filter.clone().without(Key::List).with(Key::List, Some(OUTSIDE));
        let cells = self.totals(&outside, currency)?;
        Ok(cells.into_iter().filter(|cell| cell.fill.minor.is_some_and(|spent| spent != 0)).collect())
    }

    /// One cell a year of everything a filter takes.
    fn totals(&self, filter: &Filter, currency: Currency) -> Result<Vec<Cell>, Unanswered> {
        let pair = self.ask(&[self.selection.basis.key()], filter, currency)?;
        Ok(self.totals_of(&pair, filter, currency))
    }

    fn totals_of(&self, by_year: &Pair, filter: &Filter, currency: Currency) -> Vec<Cell> {
        let cells = self.years.iter().map(|year| {
            let people = self.people_of_filter(year, filter);
            self.cell(year, by_year, &[self.year_code(year)], people, currency)
        });
        cells.map(|cell| cell.clone().shared(&cell)).collect()
    }

    fn breakdown(&self, key: Key, currency: Currency) -> Result<Breakdown, Unanswered> {
        let filter = self.selection.filter.clone().without(key);
        let year_key = self.selection.basis.key();
        let pair = self.ask(&[key, year_key], &filter, currency)?;
        let totals = self.totals_of(&pair.rolled_up(&[year_key])?, &filter, currency);
        let chosen = self.selection.filter.values(key);
        let rows = self.values(key, &pair).into_iter().map(|(code, value)| {
            let cells = totals.iter().map(|total| {
                let people = match (key, value.as_deref()) {
                    (Key::Section, Some(section)) => self.people(&total.year, Some(section)),
                    (Key::Section, None) => None,
                    _ => total.people,
                };
                let codes = [Some((key, code)), self.year_code(&total.year)];
                self.cell(&total.year, &pair, &codes, people, currency).shared(total)
            });
            let is_chosen = chosen.is_some_and(|values| values.contains(&value));
            BreakdownRow { cells: cells.collect(), is_chosen, is_dimmed: chosen.is_some() && !is_chosen, value }
        });
        Ok(Breakdown { key, rows: rows.collect(), totals })
    }

    fn matrix(&self, currency: Currency) -> Result<Matrix, Unanswered> {
        let filter = self.selection.filter.clone().without(Key::Section).without(Key::Dimension);
        let by_cell = self.ask(&[Key::Section, Key::Dimension], &filter, currency)?;
        let (by_section, by_dimension) = (by_cell.rolled_up(&[Key::Section])?, by_cell.rolled_up(&[Key::Dimension])?);
        let sections = self.values(Key::Section, &by_section);
        let dimensions = self.values(Key::Dimension, &by_dimension);
        let year = match self.years {
            [year] => year.as_str(),
            _ => "",
        };
        let people = self.people_of_filter(year, &filter);
        let total = self.cell(year, &by_cell.rolled_up(&[])?, &[], people, currency);
        let people_of = |section: &Option<String>| self.people(year, Some(section.as_deref()?));
        let chosen =
            |key: Key, value: &Option<String>| self.selection.filter.values(key) == Some(std::slice::from_ref(value));
        let shown = |pair: &Pair, codes: &[Option<(Key, u32)>], people: Option<i64>| {
            self.cell(year, pair, codes, people, currency).shared(&total)
        };
        let cells = sections.iter().map(|(section_code, section)| {
            let cells = dimensions.iter().map(|(dimension_code, dimension)| {
                let codes = [Some((Key::Section, *section_code)), Some((Key::Dimension, *dimension_code))];
                let is_chosen = chosen(Key::Section, section) && chosen(Key::Dimension, dimension);
                MatrixCell { cell: shown(&by_cell, &codes, people_of(section)), is_chosen }
            });
            cells.collect()
        });
        let row_total = |(code, section): &(u32, Option<String>)| {
            shown(&by_section, &[Some((Key::Section, *code))], people_of(section))
        };
        let column_total =
            |(code, _): &(u32, Option<String>)| shown(&by_dimension, &[Some((Key::Dimension, *code))], people);
        Ok(Matrix {
            cells: cells.collect(),
            row_totals: sections.iter().map(row_total).collect(),
            column_totals: dimensions.iter().map(column_total).collect(),
            sections: sections.into_iter().map(|(_, value)| value).collect(),
            dimensions: dimensions.into_iter().map(|(_, value)| value).collect(),
            total: total.clone().shared(&total),
        })
    }

    /// The values to show of a key: the declared ones, others that have rows here, and "none" where rows have none.
    fn values(&self, key: Key, pair: &Pair) -> Vec<(u32, Option<String>)> {
        let has = |code: u32| [&pair.outline, &pair.fill].into_iter().any(|cells| cells.find(&[(key, code)]).is_some());
        let is_listed = |value: &str| match key {
            Key::Section => self.package.section(value).is_some(),
            Key::Dimension => self.package.dimensions.iter().any(|dimension| dimension.id == value),
            Key::Status => self.package.statuses.iter().any(|status| status.id == value),
            _ => false,
        };
        let all = self.package.facts.values(key).into_iter();
        let declared = (1..).zip(all).filter(|&(code, value)| is_listed(value) || has(code));
        let none = has(NO_VALUE).then_some((NO_VALUE, None));
        declared.map(|(code, value)| (code, Some(value.to_owned()))).chain(none).collect()
    }

    /// A year as the cells know it; `None` for one they cannot have.
    fn year_code(&self, year: &str) -> Option<(Key, u32)> {
        let key = self.selection.basis.key();
        Some((key, self.package.facts.dictionary(key)?.code(year)?))
    }

    /// The figures of the rows that have some codes; without codes, of all. A code that does not exist has none.
    fn cell(
        &self,
        year: &str,
        pair: &Pair,
        codes: &[Option<(Key, u32)>],
        people: Option<i64>,
        currency: Currency,
    ) -> Cell {
        let codes: Option<Vec<(Key, u32)>> = codes.iter().copied().collect();
        let of = |cells: &Table, stage: Stage| {
            let found = codes.as_ref().and_then(|codes| cells.find(codes));
            found.map_or_else(Tally::default, |cell| cells.tally(cell, stage))
        };
        let outline = of(&pair.outline, self.outline.stage);
        let fill = of(&pair.fill, self.selection.stage);
        let rate_percent = fill.minor.zip(outline.minor).and_then(|(part, whole)| ratio::percent(part, whole, 1));
        Cell { year: year.to_owned(), currency, outline, fill, people, rate_percent, share_percent: None }
    }

    fn people(&self, year: &str, section: Option<&str>) -> Option<i64> {
        self.package.population(year.parse::<FiscalYear>().ok()?, section)
    }

    /// The people of the sections a filter takes, or of the whole district.
    fn people_of_filter(&self, year: &str, filter: &Filter) -> Option<i64> {
        match filter.values(Key::Section) {
            None => self.people(year, None),
            Some(values) => {
                values.iter().try_fold(0i64, |sum, value| sum.checked_add(self.people(year, Some(value.as_deref()?))?))
            }
        }
    }
}

impl Pair {
    fn rolled_up(&self, keep: &[Key]) -> Result<Self, Unanswered> {
        Ok(Self { outline: roll_up(&self.outline, keep)?, fill: roll_up(&self.fill, keep)? })
    }
}
