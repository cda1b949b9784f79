//! From a package's projects and the columns of its budget to the engine's columns: what each row can be told apart by.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::columns::{Cells, Value};
use super::extract::Extraction;
use super::lines::LineCurrencies;
use super::package::{AGREED, DISTRICT, OUTSIDE, Package};
use super::spec::Kind;
use super::table::TableData;
use super::translate::translate;
use crate::budget::{Date, FiscalYear, Project, Scope, Stage};
use crate::engine::{Amounts, Codes, Dictionary, Facts, Key, NO_VALUE, Table};

/// What a line has from its project.
const OF_THE_PROJECT: [Key; 7] =
    [Key::Round, Key::Dimension, Key::Status, Key::Neighbourhood, Key::Function, Key::List, Key::Scope];

/// The engine's columns under way.
#[derive(Debug, Default)]
pub(super) struct FactsInProgress {
    dictionaries: BTreeMap<Key, Dictionary>,
    projects: Table,
}

impl FactsInProgress {
    /// The declared values of every key, and the projects. `lines` is the budget's table.
    pub fn of_projects(extraction: &mut Extraction, lines: Option<&TableData>) -> Self {
        let package = &extraction.package;
        let mut facts = Self::default();
        facts.dictionaries.insert(Key::Project, std::mem::take(&mut extraction.projects.codes));
        facts.declare_years(package, lines);
        facts.declare(Key::Section, package.sections.iter().map(|section| section.id.as_str()).chain([DISTRICT]));
        facts.declare(Key::Neighbourhood, package.neighbourhoods.iter().map(|place| place.id.as_str()));
        facts.declare(Key::Dimension, package.dimensions.iter().map(|dimension| dimension.id.as_str()));
        facts.declare(Key::Status, package.statuses.iter().map(|status| status.id.as_str()));
        facts.declare(Key::Scope, Scope::NAMES);
        facts.declare(Key::List, [AGREED, OUTSIDE]);
        let mut keys = Vec::new();
        for key in Key::ALL {
            let dictionary = facts.dictionaries.entry(key).or_default();
            let code = |project| value_of(project, key).map_or(NO_VALUE, |value| dictionary.intern(&value));
            push_used(&mut keys, key, package.projects.iter().map(code).collect());
        }
        let agreed = package.projects.iter().map(|project| project.agreed.map(|money| money.minor)).collect();
        let titles = package.projects.iter().map(|project| project.title.as_str()).collect();
        let amounts = vec![(Stage::Agreed, agreed)];
        facts.projects = Table::new(package.projects.len(), keys, amounts, Vec::new(), Some(titles));
        facts
    }

    /// The finished tables, with the amounts of the budget's lines moved out of their table.
    pub fn with_lines(mut self, extraction: &Extraction, table: Option<&mut TableData>) -> Facts {
        let lines = table.map_or_else(Table::default, |table| self.lines(extraction, table));
        let dictionaries = Key::ALL.map(|key| self.dictionaries.remove(&key).unwrap_or_default());
        Facts::new(dictionaries.into(), self.projects, lines).with_cubes()
    }

    fn lines(&mut self, extraction: &Extraction, table: &mut TableData) -> Table {
        let mut keys = Vec::new();
        let projects = self.codes(Key::Project, table.cells("project_id"));
        for key in OF_THE_PROJECT {
            let by_project = self.by_project(extraction, key);
            push_used(&mut keys, key, through(&projects, &by_project));
        }
        let by_project = self.by_project(extraction, Key::Section);
        let own = self.codes(Key::Section, table.cells("section_id"));
        let section = |row| match own.get(row) {
            NO_VALUE => by_project.get(projects.get(row) as usize).copied().unwrap_or(NO_VALUE),
            own => own,
        };
        push_used(&mut keys, Key::Section, (0..table.places()).map(section).collect());
        push_used(&mut keys, Key::Project, projects);
        for (key, column) in
            [(Key::FiscalYear, "fiscal_year"), (Key::FinancingSource, "financing_source_code"), (Key::Source, "source")]
        {
            let codes = self.codes(key, table.cells(column));
            push_used(&mut keys, key, codes);
        }
        push_used(&mut keys, Key::Currency, self.currencies(&extraction.currencies));
        let as_of = table.cells("as_of").map_or_else(Vec::new, dates);
        let exponent = extraction.currencies.exponent(table);
        let amounts = Stage::OF_A_LINE.into_iter().filter_map(|stage| {
            let cells = table.column(stage.column()).and_then(|column| table.cells.get_mut(column))?;
            Some((stage, amounts(cells, exponent, &extraction.currencies)))
        });
        let amounts = amounts.collect();
        Table::new(table.places(), keys, amounts, as_of, None)
    }

    fn declare<'a>(&mut self, key: Key, values: impl IntoIterator<Item = &'a str>) {
        let dictionary = self.dictionaries.entry(key).or_default();
        for value in values {
            dictionary.intern(value);
        }
    }

    fn declare_years(&mut self, package: &Package, lines: Option<&TableData>) {
        let rounds =
            package.processes.iter().map(|process| process.year).chain(package.projects.iter().map(|p| p.round));
        let mut rounds = rounds.collect();
        distinct(&mut rounds);
        let mut years = rounds.clone();
        translate(lines.and_then(|table| table.cells("fiscal_year")), &mut |value| {
            if let Value::Year(year) = value {
                years.push(year);
            }
            NO_VALUE
        });
        distinct(&mut years);
        for (key, years) in [(Key::Round, rounds), (Key::FiscalYear, years)] {
            let years: Vec<String> = years.iter().map(FiscalYear::to_string).collect();
            self.declare(key, years.iter().map(String::as_str));
        }
    }

    /// The codes of a column's values in a key's dictionary, which takes in those it does not know.
    fn codes(&mut self, key: Key, cells: Option<&Cells>) -> Codes {
        let dictionary = self.dictionaries.entry(key).or_default();
        translate(cells, &mut |value| value.key().map_or(NO_VALUE, |value| dictionary.intern(&value)))
    }

    fn currencies(&mut self, currencies: &LineCurrencies) -> Codes {
        let dictionary = self.dictionaries.entry(Key::Currency).or_default();
        let mut known = BTreeMap::new();
        let mut code_of = |code| {
            let currency = currencies.currency(code);
            currency.map_or(NO_VALUE, |currency| dictionary.intern(currency.code()))
        };
        let code = |row| {
            let code = currencies.codes.get(row);
            *known.entry(code).or_insert_with(|| code_of(code))
        };
        (0..currencies.codes.len()).map(code).collect()
    }

    /// The code of a key by the code of a project.
    fn by_project(&self, extraction: &Extraction, key: Key) -> Vec<u32> {
        let codes = self.projects.column(key);
        let of_project = |&place: &usize| codes.map_or(NO_VALUE, |codes| codes.get(place));
        std::iter::once(NO_VALUE).chain(extraction.projects.places().iter().map(of_project)).collect()
    }
}

/// Each row's code put through a list of codes; [`NO_VALUE`] past its end, as for a project whose row was set aside: its
/// lines keep its code and stand under "no data" elsewhere.
fn through(codes: &Codes, list: &[u32]) -> Codes {
    (0..codes.len()).map(|row| list.get(codes.get(row) as usize).copied().unwrap_or(NO_VALUE)).collect()
}

/// Adds a column, unless no row has a value in it.
fn push_used(keys: &mut Vec<(Key, Codes)>, key: Key, codes: Codes) {
    if (0..codes.len()).any(|row| codes.get(row) != NO_VALUE) {
        keys.push((key, codes));
    }
}

fn distinct(years: &mut Vec<FiscalYear>) {
    years.sort_unstable();
    years.dedup();
}

fn dates(cells: &Cells) -> Vec<Option<Date>> {
    let mut days = Vec::new();
    let codes = translate(Some(cells), &mut |value| {
        let Value::Date(day) = value else { return NO_VALUE };
        days.push(Some(day));
        u32::try_from(days.len()).unwrap_or(NO_VALUE)
    });
    let day = |code: u32| days.get((code as usize).checked_sub(1)?).copied().flatten();
    (0..codes.len()).map(|row| day(codes.get(row))).collect()
}

/// A column of amounts in minor units, moved as it stands where each was written with its currency's decimals.
fn amounts(cells: &mut Cells, exponent: Option<u32>, currencies: &LineCurrencies) -> Amounts {
    let Some(exponent) = exponent else { return currencies.convert(cells).collect() };
    match std::mem::replace(cells, Cells::new(Kind::Amount)).into_integers(exponent) {
        Ok(amounts) => amounts,
        Err(as_they_were) => {
            *cells = as_they_were;
            currencies.convert(cells).collect()
        }
    }
}

/// What tells a project apart. A line has all but its year, section, source and currency from its project.
fn value_of(project: &Project, key: Key) -> Option<Cow<'_, str>> {
    match key {
        Key::Round | Key::FiscalYear => Some(project.round.to_string().into()),
        Key::Section => section_of(project).map(Cow::Borrowed),
        Key::Dimension => project.dimension.as_deref().map(Cow::Borrowed),
        Key::Status => project.status.as_deref().map(Cow::Borrowed),
        Key::Neighbourhood => project.neighbourhood.as_deref().map(Cow::Borrowed),
        Key::Function => project.function.as_deref().map(Cow::Borrowed),
        Key::FinancingSource => None,
        Key::Scope => project.scope.map(|scope| scope.name().into()),
        Key::Source => project.source.as_deref().map(Cow::Borrowed),
        Key::Project => Some(project.id.as_str().into()),
        Key::List => project.is_agreed().map(|is_agreed| if is_agreed { AGREED } else { OUTSIDE }.into()),
        Key::Currency => Some(project.currency.to_string().into()),
    }
}

/// A district-wide work has no section of its own, which is not the same as a section nobody published.
fn section_of(project: &Project) -> Option<&str> {
    match (&project.section, project.scope) {
        (Some(section), _) => Some(section),
        (None, Some(Scope::District)) => Some(DISTRICT),
        (None, _) => None,
    }
}
