//! The rows of a comparison, or its two sides, over all years.

use super::compared::{Compared, Refusal, Shown};
use super::index::{Index, in_order};
use super::query::{CompareBy, CompareQuery, ComparedAs};
use super::side::{Lacking, Partial, SideAsked, gather, partial_year, people, people_of_all};
use crate::budget::{FiscalYear, Stage};
use crate::dataset::Package;
use crate::engine::{Filter, Key};
use crate::indicators::Selection;
use crate::indicators::crosswalk::{Portion, restate};
use crate::indicators::overview::of_the_list;
use crate::money::{Currency, Money, ratio};

/// Lines over years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The stage of every amount.
    pub stage: Stage,
    /// The currency of every amount.
    pub currency: Currency,
    /// In what amounts are told.
    pub measure: ComparedAs,
    /// Oldest first.
    pub years: Vec<TrendYear>,
    /// Rows in declared order, or sides.
    pub lines: Vec<TrendLine>,
    /// All rows together, where the lines are rows.
    pub total: Option<TrendLine>,
}

/// One year of all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendYear {
    /// The year.
    pub year: String,
    /// Until when it goes, where it is not over.
    pub partial: Option<Partial>,
}

/// What a line is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrendLineOf {
    /// A value of the rows' key; `None` for rows with none published.
    Row(Option<String>),
    /// A side: 0 for A, 1 for B.
    Side(usize),
    /// All rows.
    All,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendLine {
    /// What it is of.
    pub of: TrendLineOf,
    /// One a year; a place without rows is empty, which is neither zero nor missing.
    pub points: Vec<Compared>,
}

/// The rows of a comparison by years over all years; of one by sections or municipalities, its two sides.
///
/// # Errors
/// As for the comparison.
pub fn trend(
    package: &Package,
    other: Option<&Package>,
    selection: &Selection,
    query: &CompareQuery,
) -> Result<Trend, Refusal> {
    let currency = selection.currency.or_else(|| package.main_currency()).unwrap_or(Currency::PEN);
    let asked = |package| Asked { package, selection, query, currency, sections: None };
    let measure = query.measure(selection);
    match (query.by, other) {
        (_, Some(other)) => of_sides([(asked(package), 0), (asked(other), 1)], measure),
        (CompareBy::Sections, None) => {
            let sides = [0, 1].map(|place| {
                let chosen = query.sides.get(place).filter(|side| !side.is_empty()).cloned();
                chosen.unwrap_or_else(|| {
                    package.sections.get(place).map(|section| section.id.clone()).into_iter().collect()
                })
            });
            let [a, b] = sides;
            let of = |sections| Asked { sections: Some(sections), ..asked(package) };
            of_sides([(of(a), 0), (of(b), 1)], measure)
        }
        (CompareBy::Years, None) => asked(package).of_rows(measure),
    }
}

struct Asked<'a> {
    package: &'a Package,
    selection: &'a Selection,
    query: &'a CompareQuery,
    currency: Currency,
    sections: Option<Vec<String>>,
}

impl Asked<'_> {
    fn filter(&self) -> Filter {
        let filter = of_the_list(self.package, self.selection).filter.without(self.selection.basis.key());
        match &self.sections {
            None => filter,
            Some(sections) => sections.iter().fold(filter.without(Key::Section), |filter, section| {
                let value = (section != super::query::NO_VALUE).then_some(section.as_str());
                filter.with(Key::Section, value)
            }),
        }
    }

    fn years(&self) -> Vec<String> {
        self.package.facts.values(self.selection.basis.key()).into_iter().map(str::to_owned).collect()
    }

    fn portions(&self, key: Key, filter: &Filter, years: &[String]) -> Result<Vec<Portion>, Refusal> {
        let (basis, stage, currency, real) =
            (self.selection.basis, self.selection.stage, self.currency, self.query.real);
        let asked = SideAsked { package: self.package, basis, stage, currency, filter, years, real };
        Ok(asked.portions(key)?)
    }

    fn trend_years(&self, years: &[String]) -> Vec<TrendYear> {
        let is_whole = matches!(self.selection.stage, Stage::Agreed | Stage::Pia);
        let partial = |year: &String| partial_year(self.package, self.selection.basis, year).filter(|_| !is_whole);
        years.iter().map(|year| TrendYear { year: year.clone(), partial: partial(year) }).collect()
    }

    fn of_rows(&self, measure: ComparedAs) -> Result<Trend, Refusal> {
        let key = self.query.rows_key(self.package, self.selection);
        let (filter, years) = (self.filter(), self.years());
        let portions = self.portions(key, &filter, &years)?;
        let last = years.iter().filter_map(|year| year.parse::<FiscalYear>().ok()).max();
        let portions = match last {
            Some(last) => restate(&self.package.crosswalk, key, portions, last),
            None => portions,
        };
        let mut index = Index::default();
        let mut by_value: Vec<(Option<String>, Vec<Portion>)> = Vec::new();
        for portion in portions.iter().filter(|portion| portion.count > 0) {
            let number = index.number(&portion.value);
            if number == by_value.len() {
                by_value.push((portion.value.clone(), Vec::new()));
            }
            if let Some((_, of_value)) = by_value.get_mut(number) {
                of_value.push(portion.clone());
            }
        }
        let totals = per_year(&years, &portions);
        let told = |sums: Vec<Compared>, people: &dyn Fn(FiscalYear) -> Option<i64>| {
            let points = years.iter().zip(sums).zip(&totals);
            let point = |((year, sum), total): ((&String, Compared), &Compared)| {
                let people = year.parse::<FiscalYear>().ok().and_then(people);
                tell(sum, measure, people, total.minor, self.currency)
            };
            points.map(point).collect::<Vec<Compared>>()
        };
        // Declared values in their order, then others as they come, no value last.
        let declared = self.package.facts.values(key);
        let place = |at: usize| {
            let value = by_value.get(at).and_then(|(value, _)| value.as_deref());
            let place = value.and_then(|value| declared.iter().position(|known| *known == value));
            (value.is_none(), place.unwrap_or(usize::MAX))
        };
        let places: Vec<(bool, usize)> = (0..by_value.len()).map(place).collect();
        let order = in_order(by_value.len(), &|one, other| places.get(one).cmp(&places.get(other)));
        let lines: Vec<(Option<String>, Vec<Portion>)> =
            order.into_iter().filter_map(|at| by_value.get_mut(at).map(std::mem::take)).collect();
        let lines = lines.into_iter().map(|(value, portions)| {
            let people = |year: FiscalYear| people(self.package, &filter, key, value.as_deref(), year);
            TrendLine { points: told(per_year(&years, &portions), &people), of: TrendLineOf::Row(value.clone()) }
        });
        let lines = lines.collect();
        let everybody = |year: FiscalYear| people_of_all(self.package, &filter, year);
        let total = TrendLine { of: TrendLineOf::All, points: told(totals.clone(), &everybody) };
        Ok(Trend {
            stage: self.selection.stage,
            currency: self.currency,
            measure,
            years: self.trend_years(&years),
            lines,
            total: Some(total),
        })
    }
}

fn of_sides(sides: [(Asked<'_>, usize); 2], measure: ComparedAs) -> Result<Trend, Refusal> {
    // The whole of a side is always all of it.
    let measure = if measure == ComparedAs::Share { ComparedAs::Total } else { measure };
    let [(first, _), _] = &sides;
    let (stage, currency) = (first.selection.stage, first.currency);
    let mut years: Vec<TrendYear> = Vec::new();
    for (asked, _) in &sides {
        for year in asked.trend_years(&asked.years()) {
            match years.iter_mut().find(|known| known.year == year.year) {
                Some(known) => known.partial = known.partial.take().or(year.partial),
                None => years.push(year),
            }
        }
    }
    let order = in_order(years.len(), &|one, other| {
        years.get(one).map(|year| &year.year).cmp(&years.get(other).map(|year| &year.year))
    });
    let years: Vec<TrendYear> = order.into_iter().filter_map(|at| years.get(at).cloned()).collect();
    let names: Vec<String> = years.iter().map(|year| year.year.clone()).collect();
    let line = |(asked, side): &(Asked<'_>, usize)| {
        let filter = asked.filter();
        let key = asked.selection.basis.key();
        let portions = asked.portions(key, &filter, &names)?;
        let sums = per_year(&names, &portions);
        let points = names.iter().zip(sums).map(|(year, sum)| {
            let people = year.parse::<FiscalYear>().ok().and_then(|year| people_of_all(asked.package, &filter, year));
            tell(sum, measure, people, None, currency)
        });
        Ok::<_, Refusal>(TrendLine { of: TrendLineOf::Side(*side), points: points.collect() })
    };
    let lines = sides.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    Ok(Trend { stage, currency, measure, years, lines, total: None })
}

/// The sum of each year; a year without portions is empty.
fn per_year(years: &[String], portions: &[Portion]) -> Vec<Compared> {
    let sum = |year: &String| {
        let of_year = portions.iter().filter(|portion| portion.year.to_string() == *year);
        let held = gather(of_year.map(|portion| Portion { value: None, ..portion.clone() }).collect()).pop();
        held.map_or_else(Compared::default, |held| Compared {
            shown: None,
            minor: held.minor,
            count: held.count,
            missing: held.missing,
            lacking: held.lacking,
        })
    };
    years.iter().map(sum).collect()
}

fn tell(sum: Compared, measure: ComparedAs, people: Option<i64>, total: Option<i64>, currency: Currency) -> Compared {
    let Some(minor) = sum.minor else { return sum };
    let money = |minor: i64| Shown::Money(Money::new(minor, currency));
    let (shown, lacking) = match measure {
        ComparedAs::Total => (Some(money(minor)), Lacking::TooLarge),
        ComparedAs::PerPerson => (people.and_then(|people| ratio::per_head(minor, people)).map(money), Lacking::People),
        ComparedAs::Share => {
            (total.and_then(|total| ratio::percent(minor, total, 1)).map(Shown::Percent), Lacking::Total)
        }
    };
    Compared { shown, lacking: shown.is_none().then_some(lacking), ..sum }
}
