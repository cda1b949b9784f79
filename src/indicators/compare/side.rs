//! What one side has: its portions by row, converted and restated, and how far its years go.

use super::index::Index;
use super::query::ComparedAs;
use crate::budget::{FiscalYear, Stage};
use crate::dataset::Package;
use crate::engine::{Filter, Group, Key, Question, Unanswered, YearBasis, group};
use crate::indicators::coverage::last_whole_month;
use crate::indicators::crosswalk::{Portion, restate};
use crate::indicators::{Coverage, coverage, in_prices_of};
use crate::money::Currency;

/// Why there is no amount where there are rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// None is published.
    Amount,
    /// No price index for the year it was spent in, or for the base.
    Index(Option<FiscalYear>),
    /// No population of that place in that year.
    People,
    /// No total above zero to be a share of.
    Total,
    /// A sum too large to hold.
    TooLarge,
}

/// A year that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The year as it stands on the page: a round, or a fiscal year.
    pub year: String,
    /// The last whole month there is; 0 where not even January is whole; `None` where the package does not say.
    pub month: Option<u8>,
    /// The fiscal year of that month.
    pub month_year: Option<FiscalYear>,
}

/// All that one side's figures are asked by.
#[derive(Clone, Copy)]
pub(super) struct SideAsked<'a> {
    pub package: &'a Package,
    pub basis: YearBasis,
    pub stage: Stage,
    pub currency: Currency,
    /// Rows taken, years and sections of the side among them.
    pub filter: &'a Filter,
    pub years: &'a [String],
    pub real: Option<FiscalYear>,
}

/// What a side has of each value, and the first year that codes of it are of.
pub(super) struct SideHeld {
    pub held: Vec<Held>,
    pub first_code: Option<FiscalYear>,
}

/// What a side has of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub value: Option<String>,
    pub minor: Option<i64>,
    pub count: u64,
    pub missing: u64,
    pub lacking: Option<Lacking>,
}

impl SideAsked<'_> {
    /// The side's portions by a key, converted to the prices asked for.
    pub fn portions(&self, key: Key) -> Result<Vec<Portion>, Unanswered> {
        let year_key = self.basis.key();
        let mut by = vec![key];
        // A dimension is its work's, and so of its round.
        let code_key = if key == Key::Dimension { Key::Round } else { year_key };
        for wanted in [year_key, Key::FiscalYear, code_key] {
            if !by.contains(&wanted) {
                by.push(wanted);
            }
        }
        let question = Question { by: &by, stage: self.stage, currency: self.currency, filter: self.filter };
        let groups = group(&self.package.facts, &question)?;
        let place = |wanted: Key| by.iter().position(|key| *key == wanted).unwrap_or_default();
        let (year_place, spent_place, code_place) = (place(year_key), place(Key::FiscalYear), place(code_key));
        let portion = |mut found: Group| {
            let year_at = |place: usize| found.keys.get(place)?.as_deref()?.parse::<FiscalYear>().ok();
            let (year, spent_in) = (year_at(year_place), year_at(spent_place));
            let minor = match (found.tally.minor, self.real) {
                (Some(minor), Some(base)) => spent_in.and_then(|year| in_prices_of(self.package, minor, year, base)),
                (minor, _) => minor,
            };
            let shown_in = year.or(spent_in)?;
            Some(Portion {
                year: shown_in,
                coded_in: year_at(code_place).unwrap_or(shown_in),
                minor,
                count: found.tally.count,
                missing: found.tally.missing,
                spent_in,
                is_unconverted: found.tally.minor.is_some() && minor.is_none(),
                value: found.keys.first_mut().and_then(Option::take),
            })
        };
        Ok(groups.groups.into_iter().filter_map(portion).collect())
    }

    /// What the side has of each value, in the codes of `year`.
    pub fn held(&self, key: Key, year: Option<FiscalYear>) -> Result<SideHeld, Unanswered> {
        Ok(self.gathered(self.portions(key)?, key, year))
    }

    /// Portions in the codes of `year`, added up by value.
    pub fn gathered(&self, portions: Vec<Portion>, key: Key, year: Option<FiscalYear>) -> SideHeld {
        let first_code = portions.iter().map(|portion| portion.coded_in).min();
        let restated = match year {
            Some(year) => restate(&self.package.crosswalk, key, portions, year),
            None => portions,
        };
        SideHeld { held: gather(restated), first_code }
    }

    /// The years of the side that are not over, as far as its stage goes: a promise and an opening budget are whole from
    /// the first day.
    pub fn partial(&self) -> Vec<Partial> {
        if matches!(self.stage, Stage::Agreed | Stage::Pia) {
            return Vec::new();
        }
        self.years.iter().filter_map(|year| partial_year(self.package, self.basis, year)).collect()
    }
}

/// Whether a year is not over, and until when it goes.
pub(super) fn partial_year(package: &Package, basis: YearBasis, year: &str) -> Option<Partial> {
    match basis {
        YearBasis::Fiscal => {
            let fiscal = year.parse::<FiscalYear>().ok()?;
            let Coverage::To { month } = coverage(package, fiscal) else { return None };
            Some(Partial { year: year.to_owned(), month: Some(month), month_year: Some(fiscal) })
        }
        YearBasis::Round => {
            if !package.is_running(year) {
                return None;
            }
            let day = package.as_of(&Filter::default().with(Key::Round, Some(year))).ok().flatten();
            let month_year = day.and_then(|day| day.year().to_string().parse::<FiscalYear>().ok());
            Some(Partial { year: year.to_owned(), month: day.map(last_whole_month), month_year })
        }
    }
}

/// Adds portions up by value, in the order in which values come.
pub(super) fn gather(portions: Vec<Portion>) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    let mut index = Index::default();
    for portion in portions {
        let lacking = portion.is_unconverted.then_some(Lacking::Index(portion.spent_in));
        let Some(known) = held.get_mut(index.number(&portion.value)) else {
            let Portion { value, minor, count, missing, .. } = portion;
            held.push(Held { value, minor, count, missing, lacking });
            continue;
        };
        (known.count, known.missing) = (known.count + portion.count, known.missing + portion.missing);
        known.lacking = known.lacking.or(lacking);
        known.minor = match (known.minor, portion.minor) {
            (Some(sum), Some(minor)) => {
                let sum = sum.checked_add(minor);
                if sum.is_none() {
                    known.lacking = Some(Lacking::TooLarge);
                }
                sum
            }
            (sum, minor) => sum.or(minor),
        };
    }
    for known in &mut held {
        if known.lacking.is_some() {
            // A part of an amount is not the amount.
            known.minor = None;
        } else if known.minor.is_none() {
            known.lacking = Some(Lacking::Amount);
        }
    }
    held
}

/// The people amounts of a place are divided by: of a section where the row is one, else of the side's sections, else of
/// the whole district; in one year.
pub(super) fn people(
    package: &Package,
    filter: &Filter,
    key: Key,
    value: Option<&str>,
    year: FiscalYear,
) -> Option<i64> {
    if key == Key::Section {
        return package.population(year, Some(value?));
    }
    people_of_all(package, filter, year)
}

/// The people of all rows of a side together.
pub(super) fn people_of_all(package: &Package, filter: &Filter, year: FiscalYear) -> Option<i64> {
    match filter.values(Key::Section) {
        None => package.population(year, None),
        Some(sections) => sections
            .iter()
            .try_fold(0i64, |sum, section| sum.checked_add(package.population(year, Some(section.as_deref()?))?)),
    }
}

/// The year whose people a side is divided by: the last of its years of which they are published.
pub(super) fn people_year(
    package: &Package,
    filter: &Filter,
    years: &[String],
    measure: ComparedAs,
) -> Option<FiscalYear> {
    let years = years.iter().rev().filter_map(|year| year.parse::<FiscalYear>().ok());
    years.into_iter().find(|&year| measure == ComparedAs::PerPerson && people_of_all(package, filter, year).is_some())
}
