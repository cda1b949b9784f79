//! The first months of years that are not over against the same months of the others, where the package has months.

use std::collections::BTreeMap;

use super::side::Partial;
use crate::budget::{FiscalYear, MonthAmounts, Project, Stage};
use crate::dataset::{AGREED, DISTRICT, OUTSIDE, Package};
use crate::engine::{Filter, Key};
use crate::indicators::crosswalk::Portion;
use crate::indicators::in_prices_of;
use crate::money::Currency;

/// A package's months, with the works they are of.
pub(super) struct Months<'a> {
    package: &'a Package,
    projects: BTreeMap<&'a str, &'a Project>,
}

impl<'a> Months<'a> {
    pub fn of(package: &'a Package) -> Self {
        let is_needed = !package.months.is_empty();
        let projects = package.projects.iter().filter(|_| is_needed).map(|project| (project.id.as_str(), project));
        Self { package, projects: projects.collect() }
    }

    /// The last month that every year has, where all of them have months and rows by this key and filter can be told apart in
    /// them; `None` where whole years must do.
    pub fn same_months(
        &self,
        years: &[FiscalYear],
        partial: &[Partial],
        key: Key,
        filter: &Filter,
        stage: Stage,
    ) -> Option<u8> {
        let last = partial.iter().map(|partial| partial.month).collect::<Option<Vec<u8>>>()?.into_iter().min()?;
        let is_flow = matches!(stage, Stage::Certified | Stage::Committed | Stage::Accrued | Stage::Paid);
        if last == 0 || !is_flow || !filter.text.is_empty() {
            return None;
        }
        let keys = filter.conditions.iter().map(|condition| condition.key).chain([key]);
        let keys: Vec<Key> = keys.filter(|key| !matches!(key, Key::FiscalYear | Key::Currency)).collect();
        let has = |year: FiscalYear| {
            let mut of_year = self.package.months.iter().filter(|month| month.year == year).peekable();
            let are_told = |month: &MonthAmounts| keys.iter().all(|key| self.value_of(month, *key).is_some());
            of_year.peek().is_some() && of_year.all(are_told)
        };
        years.iter().all(|&year| has(year)).then_some(last)
    }

    /// What the months up to `last` have, by a key.
    pub fn portions(
        &self,
        years: &[FiscalYear],
        last: u8,
        (key, stage): (Key, Stage),
        filter: &Filter,
        currency: Currency,
        real: Option<FiscalYear>,
    ) -> Vec<Portion> {
        let is_taken = |month: &&MonthAmounts| {
            let meets = |key: Key, values: &[Option<String>]| {
                let value = self.value_of(month, key);
                matches!(key, Key::FiscalYear | Key::Currency) || value.is_some_and(|value| values.contains(&value))
            };
            let meets_all = filter.conditions.iter().all(|condition| meets(condition.key, &condition.values));
            years.contains(&month.year) && month.month <= last && month.currency == currency && meets_all
        };
        let portion = |month: &MonthAmounts| {
            let nominal = month.amounts.at(stage);
            let minor = match (nominal, real) {
                (Some(minor), Some(base)) => in_prices_of(self.package, minor, month.year, base),
                (minor, _) => minor,
            };
            Portion {
                value: self.value_of(month, key).flatten(),
                year: month.year,
                minor,
                count: 1,
                missing: u64::from(nominal.is_none()),
                spent_in: Some(month.year),
                is_unconverted: nominal.is_some() && minor.is_none(),
            }
        };
        self.package.months.iter().filter(is_taken).map(portion).collect()
    }

    /// A month's value of a key: inside, `None` for no value; outside, `None` where a month cannot be told by it.
    fn value_of(&self, month: &MonthAmounts, key: Key) -> Option<Option<String>> {
        let project = || {
            let id = month.project.as_ref()?;
            self.projects.get(id.as_str()).copied()
        };
        match key {
            Key::Section if month.section.is_some() => Some(month.section.clone()),
            Key::Section => project().map(section_of),
            Key::Project => month.project.clone().map(Some),
            Key::Round => project().map(|project| Some(project.round.to_string())),
            Key::Dimension => project().map(|project| project.dimension.clone()),
            Key::Status => project().map(|project| project.status.clone()),
            Key::Function => project().map(|project| project.function.clone()),
            Key::Neighbourhood => project().map(|project| project.neighbourhood.clone()),
            Key::Scope => project().map(|project| project.scope.map(|scope| scope.name().to_owned())),
            Key::List => project().map(|project| {
                project.is_agreed().map(|is_agreed| if is_agreed { AGREED } else { OUTSIDE }.to_owned())
            }),
            _ => None,
        }
    }
}

/// As in the columns: a work for the whole district is no work without a section.
fn section_of(project: &Project) -> Option<String> {
    let is_district = project.scope == Some(crate::budget::Scope::District);
    project.section.clone().or_else(|| is_district.then(|| DISTRICT.to_owned()))
}
