//! The first months of years that are not over against the same months of the others, where the package has months.

use super::index::Index;
use super::side::{Partial, SideAsked, gather};
use crate::budget::{FiscalYear, MonthAmounts, Project, Scope, Stage};
use crate::dataset::{AGREED, DISTRICT, OUTSIDE, Package};
use crate::engine::{Condition, Key, Unanswered};
use crate::indicators::crosswalk::Portion;
use crate::indicators::in_prices_of;

/// A package's months, with the works they are of.
pub(super) struct Months<'a> {
    package: &'a Package,
    /// The places of the projects, by their codes.
    places: Index,
}

/// The last month that years which are not over all have; `None` where whole years must do, as for a stage that has no months.
pub(super) fn last_month(partial: &[Partial], stage: Stage) -> Option<u8> {
    let last = partial.iter().map(|partial| partial.month).collect::<Option<Vec<u8>>>()?.into_iter().min()?;
    let is_flow =
        matches!(stage, Stage::Certified | Stage::Committed | Stage::MonthlyCommitted | Stage::Accrued | Stage::Paid);
    (last > 0 && is_flow).then_some(last)
}

impl<'a> Months<'a> {
    pub fn of(package: &'a Package) -> Self {
        let mut places = Index::default();
        for project in &package.projects {
            places.number(&Some(project.id.clone()));
        }
        Self { package, places }
    }

    /// What a side has in the months up to `last`, by a key and year, converted to the prices asked for; `None` where the
    /// months of whole years do not say of each value what the lines say: they are then of other rows, or told by less.
    pub fn portions(&self, asked: &SideAsked<'_>, key: Key, last: u8) -> Result<Option<Vec<Portion>>, Unanswered> {
        let years: Vec<FiscalYear> = asked.years.iter().filter_map(|year| year.parse().ok()).collect();
        let has = |year: &FiscalYear| self.package.months.iter().any(|month| month.year == *year);
        if !years.iter().all(has) || !asked.filter.text.is_empty() {
            return Ok(None);
        }
        let nominal = SideAsked { real: None, ..*asked };
        let by_line = amounts(nominal.portions(key)?);
        let (Some(all), Some(first)) = (self.up_to(asked, &years, key, 12), self.up_to(asked, &years, key, last))
        else {
            return Ok(None);
        };
        if !are_same(&amounts(all), &by_line) {
            return Ok(None);
        }
        let convert = |portion: Portion| match (portion.minor, asked.real) {
            (Some(minor), Some(base)) => {
                let real = in_prices_of(self.package, minor, portion.year, base);
                Portion { minor: real, is_unconverted: real.is_none(), ..portion }
            }
            _ => portion,
        };
        Ok(Some(first.into_iter().map(convert).collect()))
    }

    /// The months up to `last` added up by value and year; `None` where a sum cannot be held.
    fn up_to(&self, asked: &SideAsked<'_>, years: &[FiscalYear], key: Key, last: u8) -> Option<Vec<Portion>> {
        let mut portions: Vec<Portion> = Vec::new();
        let mut index = Index::default();
        for month in &self.package.months {
            let is_in = years.contains(&month.year) && month.month <= last && month.currency == asked.currency;
            let meets = |condition: &Condition| {
                matches!(condition.key, Key::FiscalYear | Key::Currency)
                    || condition.values.contains(&self.value_of(month, condition.key))
            };
            if !is_in || !asked.filter.conditions.iter().all(meets) {
                continue;
            }
            let (value, minor) = (self.value_of(month, key), month.amounts.at(asked.stage));
            let round = self.project_of(month).map(|project| project.round);
            let coded_in = round.filter(|_| key == Key::Dimension).unwrap_or(month.year);
            let name = value.as_deref().unwrap_or_default();
            let number = index.number(&Some(format!("{} {coded_in} {} {name}", month.year, value.is_some())));
            if number == portions.len() {
                portions.push(Portion {
                    value,
                    year: month.year,
                    coded_in,
                    minor: None,
                    count: 0,
                    missing: 0,
                    spent_in: Some(month.year),
                    is_unconverted: false,
                });
            }
            let Some(portion) = portions.get_mut(number) else { continue };
            portion.count += 1;
            portion.missing += u64::from(minor.is_none());
            portion.minor = match (portion.minor, minor) {
                (Some(sum), Some(minor)) => Some(sum.checked_add(minor)?),
                (sum, minor) => sum.or(minor),
            };
        }
        Some(portions)
    }

    fn project_of(&self, month: &MonthAmounts) -> Option<&Project> {
        self.package.projects.get(self.places.find(Some(month.project.as_deref()?))?)
    }

    /// A month's value of a key, as its lines have it: of its project, but for the section.
    fn value_of(&self, month: &MonthAmounts, key: Key) -> Option<String> {
        let project = self.project_of(month);
        match key {
            Key::Section => month.section.clone().or_else(|| project.and_then(section_of)),
            Key::Project => month.project.clone(),
            Key::Round => Some(project?.round.to_string()),
            Key::Dimension => project?.dimension.clone(),
            Key::Status => project?.status.clone(),
            Key::Function => project?.function.clone(),
            Key::Neighbourhood => project?.neighbourhood.clone(),
            Key::Scope => Some(project?.scope?.name().to_owned()),
            Key::List => Some(if project?.is_agreed()? { AGREED } else { OUTSIDE }.to_owned()),
            _ => None,
        }
    }
}

/// What portions have by value, where that is anything.
fn amounts(portions: Vec<Portion>) -> Vec<(Option<String>, i64)> {
    let held = gather(portions).into_iter().filter_map(|held| Some((held.value, held.minor?)));
    held.filter(|(_, minor)| *minor != 0).collect()
}

/// Whether two lists have the same, in whatever order.
fn are_same(one: &[(Option<String>, i64)], other: &[(Option<String>, i64)]) -> bool {
    one.len() == other.len() && one.iter().all(|found| other.contains(found))
}

/// As in the columns: a work for the whole district is no work without a section.
fn section_of(project: &Project) -> Option<String> {
    let is_district = project.scope == Some(Scope::District);
    project.section.clone().or_else(|| is_district.then(|| DISTRICT.to_owned()))
}
