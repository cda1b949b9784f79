//! The overview of a package under a selection: a headline, three breakdowns, a matrix. Values only.

use rust_decimal::Decimal;

use super::{Per, Selection};
use crate::budget::{Date, FiscalYear, Stage};
use crate::dataset::{AGREED, OUTSIDE, Package};
use crate::engine::{Filter, Groups, Key, Question, Tally, Unanswered, YearBasis, currencies, group};
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
    let asker = Asker { package, selection, currency, years: &years };
    let outline_stage = selection.outline_stage();
    let in_years = asker.in_years(selection.filter.clone());
    let headline = Headline {
        cells: asker.totals(&selection.filter)?,
        as_of: package.as_of(&in_years)?,
        is_running: years.iter().any(|year| package.is_running(year)),
    };
    let others = choices.iter().filter(|&&other| other != currency);
    let other_currencies = others.map(|&other| {
        let cells = Asker { currency: other, ..asker }.totals(&selection.filter)?;
        Ok::<_, Unanswered>(cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>())
    });
    Ok(Overview {
        currency,
        outline_stage,
        fill_stage: selection.stage,
        has_fill: selection.stage != outline_stage && package.facts.has(selection.stage),
        per: selection.per,
        headline,
        breakdowns: [asker.breakdown(Key::Section)?, asker.breakdown(Key::Dimension)?, asker.breakdown(Key::Status)?],
        matrix: asker.matrix()?,
        other_currencies: other_currencies.collect::<Result<Vec<_>, _>>()?.concat(),
        outside: asker.outside()?,
        currencies: choices,
        years,
    })
}

/// By round, what is set against the promise is what was spent on what was promised: the works of the act alone, unless the
/// reader chose otherwise. A package that publishes no promise has no such list.
fn of_the_list(package: &Package, selection: &Selection) -> Selection {
    let mut selection = selection.clone();
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

#[derive(Clone, Copy)]
struct Asker<'a> {
    package: &'a Package,
    selection: &'a Selection,
    currency: Currency,
    years: &'a [String],
}

/// Outline and fill of the same question.
struct Pair {
    outline: Groups,
    fill: Groups,
}

impl Asker<'_> {
    fn in_years(&self, filter: Filter) -> Filter {
        let key = self.selection.basis.key();
        self.years.iter().fold(filter.without(key), |filter, year| filter.with(key, Some(year)))
    }

    fn ask(&self, by: &[Key], filter: Filter) -> Result<Pair, Unanswered> {
        let filter = self.in_years(filter);
        let question = |stage| Question { by, stage, currency: self.currency, filter: &filter };
        let outline_stage = self.selection.outline_stage();
        let outline = group(&self.package.facts, &question(outline_stage))?;
        let fill = if self.selection.stage == outline_stage {
            Groups::default()
        } else {
            group(&self.package.facts, &question(self.selection.stage))?
        };
        Ok(Pair { outline, fill })
    }

    fn outside(&self) -> Result<Vec<Cell>, Unanswered> {
        let only_agreed = self.selection.filter.values(Key::List) == Some(&[Some(AGREED.to_owned())]);
        if !only_agreed {
            return Ok(Vec::new());
        }
        let outside = self.selection.filter.clone().without(Key::List).with(Key::List, Some(OUTSIDE));
        let cells = self.totals(&outside)?;
        Ok(cells.into_iter().filter(|cell| cell.fill.minor.is_some_and(|spent| spent != 0)).collect())
    }

    /// One cell a year of everything a filter takes.
    fn totals(&self, filter: &Filter) -> Result<Vec<Cell>, Unanswered> {
        let pair = self.ask(&[self.selection.basis.key()], filter.clone())?;
        let people = |year: &str| self.people_of_filter(year, filter);
        let cells = self.years.iter().map(|year| self.cell(year, &pair, &[Some(year.as_str())], people(year)));
        Ok(cells.map(|cell| cell.clone().shared(&cell)).collect())
    }

    fn breakdown(&self, key: Key) -> Result<Breakdown, Unanswered> {
        let filter = self.selection.filter.clone().without(key);
        let totals = self.totals(&filter)?;
        let pair = self.ask(&[key, self.selection.basis.key()], filter.clone())?;
        let chosen = self.selection.filter.values(key);
        let rows = self.values(key, 0, &pair).into_iter().map(|value| {
            let cells = totals.iter().map(|total| {
                let keys = [value.as_deref(), Some(total.year.as_str())];
                let people = match (key, value.as_deref()) {
                    (Key::Section, Some(section)) => self.people(&total.year, Some(section)),
                    (Key::Section, None) => None,
                    _ => total.people,
                };
                self.cell(&total.year, &pair, &keys, people).shared(total)
            });
            let is_chosen = chosen.is_some_and(|values| values.contains(&value));
            BreakdownRow { cells: cells.collect(), is_chosen, is_dimmed: chosen.is_some() && !is_chosen, value }
        });
        Ok(Breakdown { key, rows: rows.collect(), totals })
    }

    fn matrix(&self) -> Result<Matrix, Unanswered> {
        let filter = self.selection.filter.clone().without(Key::Section).without(Key::Dimension);
        let by_cell = self.ask(&[Key::Section, Key::Dimension], filter.clone())?;
        let by_section = self.ask(&[Key::Section], filter.clone())?;
        let by_dimension = self.ask(&[Key::Dimension], filter.clone())?;
        let sections = self.values(Key::Section, 0, &by_section);
        let dimensions = self.values(Key::Dimension, 0, &by_dimension);
        let year = match self.years {
            [year] => year.as_str(),
            _ => "",
        };
        let people = self.people_of_filter(year, &filter);
        let total = self.cell(year, &self.ask(&[], filter)?, &[], people);
        let people_of =
            |section: &Option<String>| section.as_deref().and_then(|section| self.people(year, Some(section)));
        let chosen =
            |key: Key, value: &Option<String>| self.selection.filter.values(key) == Some(std::slice::from_ref(value));
        let row = |section: &Option<String>| {
            let cells = dimensions.iter().map(|dimension| MatrixCell {
                cell: self
                    .cell(year, &by_cell, &[section.as_deref(), dimension.as_deref()], people_of(section))
                    .shared(&total),
                is_chosen: chosen(Key::Section, section) && chosen(Key::Dimension, dimension),
            });
            cells.collect()
        };
        Ok(Matrix {
            cells: sections.iter().map(row).collect(),
            row_totals: sections
                .iter()
                .map(|s| self.cell(year, &by_section, &[s.as_deref()], people_of(s)).shared(&total))
                .collect(),
            column_totals: dimensions
                .iter()
                .map(|d| self.cell(year, &by_dimension, &[d.as_deref()], people).shared(&total))
                .collect(),
            sections,
            dimensions,
            total: total.clone().shared(&total),
        })
    }

    /// The values to show of a key: the declared ones, others that have rows here, and "none" where rows have none.
    fn values(&self, key: Key, position: usize, pair: &Pair) -> Vec<Option<String>> {
        let groups = pair.outline.groups.iter().chain(&pair.fill.groups);
        let found: Vec<Option<&str>> =
            groups.map(|group| group.keys.get(position).and_then(Option::as_deref)).collect();
        let is_listed = |value: &str| match key {
            Key::Section => self.package.sections.iter().any(|section| section.id == value),
            Key::Dimension => self.package.dimensions.iter().any(|dimension| dimension.id == value),
            Key::Status => self.package.statuses.iter().any(|status| status.id == value),
            _ => false,
        };
        let all = self.package.facts.values(key).into_iter();
        let declared = all.filter(|value| is_listed(value) || found.contains(&Some(*value)));
        let none = found.contains(&None).then_some(None);
        declared.map(|value| Some(value.to_owned())).chain(none).collect()
    }

    fn cell(&self, year: &str, pair: &Pair, keys: &[Option<&str>], people: Option<i64>) -> Cell {
        let of = |groups: &Groups| if keys.is_empty() { groups.total } else { groups.of(keys) };
        let (outline, fill) = (of(&pair.outline), of(&pair.fill));
        let rate_percent = fill.minor.zip(outline.minor).and_then(|(part, whole)| ratio::percent(part, whole, 1));
        Cell {
            year: year.to_owned(),
            currency: self.currency,
            outline,
            fill,
            people,
            rate_percent,
            share_percent: None,
        }
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
