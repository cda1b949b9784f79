//! From a package's projects, the columns of its budget and its contributions to the engine's columns: what each row can be
//! told apart by.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::columns::{Cells, Value};
use super::extract::Extraction;
use super::lines::Lines;
use super::package::{AGREED, DISTRICT, OUTSIDE, Package};
use super::spec::{FINANCING_FORMS, FINANCING_SOURCES};
use super::table::TableData;
use super::translate::translate;
use crate::budget::{Date, FiscalYear, Objective, Project, Scope, Stage};
use crate::engine::{Amounts, Codes, Dictionary, Facts, Key, NO_VALUE, Table};

/// One column of the facts, or what stands around them. In the order of [`FactsStep::all`].
#[derive(Debug, Clone, Copy)]
pub(super) enum FactsStep {
    /// The values of every key that are declared, in declared order.
    Declare,
    OfProjects(Key),
    OfLines(Key),
    /// Every key of the contributions.
    OfFinancing,
    /// The amounts, and the finished tables.
    Finish,
    Cubes,
}

impl FactsStep {
    pub fn all() -> impl Iterator<Item = Self> {
        // A line's project tells most of its other keys.
        let of_lines = std::iter::once(Key::Project).chain(Key::ALL.into_iter().filter(|&key| key != Key::Project));
        let columns = Key::ALL.into_iter().map(Self::OfProjects).chain(of_lines.map(Self::OfLines));
        let columns = columns.chain([Self::OfFinancing]);
        std::iter::once(Self::Declare).chain(columns).chain([Self::Finish, Self::Cubes])
    }
}

/// The engine's columns under way.
#[derive(Debug, Default)]
pub(super) struct FactsInProgress {
    dictionaries: BTreeMap<Key, Dictionary>,
    projects: Vec<(Key, Codes)>,
    lines: Vec<(Key, Codes)>,
    financing: Vec<(Key, Codes)>,
    /// By the code of an objective or a section: what it lies in.
    above: Vec<(Key, Codes)>,
}

impl FactsInProgress {
    /// Takes one step; `table` is the budget's, whose amounts are moved out at the end.
    pub fn step(&mut self, step: FactsStep, extraction: &mut Extraction, table: Option<&mut TableData>) {
        match (step, table) {
            (FactsStep::Declare, table) => self.declare_all(extraction, table.as_deref()),
            (FactsStep::OfProjects(key), _) => {
                if let Some((of, above)) = self.derived(key) {
                    let codes = column(&self.projects, of).map(|codes| through(codes, above)).unwrap_or_default();
                    push_used(&mut self.projects, key, codes);
                    return;
                }
                let dictionary = self.dictionaries.entry(key).or_default();
                let code = |project| value_of(project, key).map_or(NO_VALUE, |value| dictionary.intern(&value));
                push_used(&mut self.projects, key, extraction.package.projects.iter().map(code).collect());
            }
            (FactsStep::OfLines(key), Some(table)) => {
                let codes = self.of_lines(key, extraction, table);
                push_used(&mut self.lines, key, codes);
            }
            (FactsStep::OfLines(_), None) => {}
            (FactsStep::OfFinancing, _) => self.of_financing(extraction),
            (FactsStep::Finish, table) => {
                let facts = std::mem::take(self).finish(extraction, table);
                extraction.package.facts = facts;
            }
            (FactsStep::Cubes, _) => {
                extraction.package.facts = std::mem::take(&mut extraction.package.facts).with_cubes();
            }
        }
    }

    fn declare_all(&mut self, extraction: &mut Extraction, lines: Option<&TableData>) {
        self.dictionaries.insert(Key::Project, std::mem::take(&mut extraction.projects.codes));
        let package = &extraction.package;
        self.declare_years(package, lines);
        self.declare(Key::Section, package.sections.iter().map(|section| section.id.as_str()).chain([DISTRICT]));
        self.declare(Key::Neighbourhood, package.neighbourhoods.iter().map(|place| place.id.as_str()));
        self.declare(Key::Dimension, package.dimensions.iter().map(|dimension| dimension.id.as_str()));
        self.declare(Key::Status, package.statuses.iter().map(|status| status.id.as_str()));
        self.declare(Key::Scope, Scope::NAMES);
        self.declare(Key::List, [AGREED, OUTSIDE]);
        self.declare(Key::Objective, package.objectives.iter().map(|objective| objective.id.as_str()));
        if !package.financing.is_empty() {
            self.declare(Key::Contributor, FINANCING_SOURCES.iter().copied());
            self.declare(Key::Form, FINANCING_FORMS.iter().copied());
        }
        let topmost =
            package.objectives.iter().map(|objective| Some(topmost(&package.objectives, objective).id.as_str()));
        self.lift(Key::StrategicObjective, topmost);
        self.lift(Key::Level1, package.sections.iter().map(|section| section.level1.as_deref()));
        self.lift(Key::Level2, package.sections.iter().map(|section| section.level2.as_deref()));
    }

    /// Keeps what each value of a key lies in, by the order they were declared in.
    fn lift<'a>(&mut self, key: Key, above: impl Iterator<Item = Option<&'a str>>) {
        let dictionary = self.dictionaries.entry(key).or_default();
        let codes = above.map(|above| above.map_or(NO_VALUE, |above| dictionary.intern(above)));
        let codes = std::iter::once(NO_VALUE).chain(codes).collect();
        self.above.push((key, codes));
    }

    /// The key that another is told from, and what each of its codes lies in.
    fn derived(&self, key: Key) -> Option<(Key, &Codes)> {
        let of = match key {
            Key::StrategicObjective => Key::Objective,
            Key::Level1 | Key::Level2 => Key::Section,
            _ => return None,
        };
        Some((of, column(&self.above, key)?))
    }

    /// The columns of contributions: their own, and all that their projects have.
    fn of_financing(&mut self, extraction: &Extraction) {
        let financing = &extraction.package.financing;
        let dictionary = self.dictionaries.entry(Key::Contributor).or_default();
        let contributors = financing.iter().map(|one| dictionary.intern(&one.source)).collect();
        let dictionary = self.dictionaries.entry(Key::Form).or_default();
        let forms = financing.iter().map(|one| one.form.as_deref().map_or(NO_VALUE, |form| dictionary.intern(form)));
        let forms = forms.collect();
        let projects = self.dictionaries.entry(Key::Project).or_default();
        let projects = financing.iter().map(|one| projects.intern(&one.project)).collect();
        for (key, codes) in [(Key::Contributor, contributors), (Key::Form, forms), (Key::Project, projects)] {
            push_used(&mut self.financing, key, codes);
        }
        for key in Key::ALL.into_iter().filter(|&key| !matches!(key, Key::Contributor | Key::Form | Key::Project)) {
            let codes = self.through_project(column(&self.financing, Key::Project), extraction, key);
            push_used(&mut self.financing, key, codes);
        }
    }

    /// A key's column of the budget lines.
    fn of_lines(&mut self, key: Key, extraction: &mut Extraction, table: &TableData) -> Codes {
        match key {
            Key::Project => self.projects_of_lines(&mut extraction.lines, table.cells("project_id")),
            Key::Section => {
                let of_project = self.through_project(column(&self.lines, Key::Project), extraction, key);
                let own = self.codes(key, table.cells("section_id"));
                let section = |row| match own.get(row) {
                    NO_VALUE => of_project.get(row),
                    own => own,
                };
                (0..table.places()).map(section).collect()
            }
            Key::FiscalYear => self.codes(key, table.cells("fiscal_year")),
            Key::FinancingSource => self.codes(key, table.cells("financing_source_code")),
            Key::Source => self.codes(key, table.cells("source")),
            Key::Currency => self.currencies(&extraction.lines),
            Key::Round
            | Key::Dimension
            | Key::Status
            | Key::Neighbourhood
            | Key::Function
            | Key::Scope
            | Key::List
            | Key::Objective => self.through_project(column(&self.lines, Key::Project), extraction, key),
            // A line has a section of its own.
            Key::StrategicObjective | Key::Level1 | Key::Level2 => {
                let above = self.derived(key).and_then(|(of, above)| Some(through(column(&self.lines, of)?, above)));
                above.unwrap_or_default()
            }
            Key::Contributor | Key::Form => Codes::default(),
        }
    }

    fn finish(mut self, extraction: &Extraction, table: Option<&mut TableData>) -> Facts {
        let agreed = extraction.package.projects.iter().map(|project| project.agreed.map(|money| money.minor));
        let agreed = vec![(Stage::Agreed, agreed.collect())];
        let titles = extraction.package.projects.iter().map(|project| project.title.as_str()).collect();
        let projects = Table::new(extraction.package.projects.len(), self.projects, agreed, Vec::new(), Some(titles));
        let lines = table.map(|table| {
            let exponent = extraction.lines.exponent(table);
            let amounts = Stage::OF_A_LINE.into_iter().filter_map(|stage| {
                let cells = table.column(stage.column()).and_then(|column| table.cells.get_mut(column))?;
                Some((stage, amounts(cells, exponent, &extraction.lines)))
            });
            let amounts = amounts.collect();
            let as_of = table.cells("as_of").map_or_else(Vec::new, dates);
            Table::new(table.places(), self.lines, amounts, as_of, None)
        });
        let dictionaries = Key::ALL.map(|key| self.dictionaries.remove(&key).unwrap_or_default());
        let secured = extraction.package.financing.iter().map(|one| Some(one.amount.minor)).collect();
        let secured = vec![(Stage::Secured, secured)];
        let financing = Table::new(extraction.package.financing.len(), self.financing, secured, Vec::new(), None);
        Facts::new(dictionaries.into(), [projects, lines.unwrap_or_default(), financing])
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

    /// The projects of lines. One whose row was set aside keeps its code, and its lines stand under "no data" elsewhere.
    fn projects_of_lines(&mut self, lines: &mut Lines, cells: Option<&Cells>) -> Codes {
        let known = std::mem::take(&mut lines.projects);
        let Some(cells) = cells else { return known };
        let unknown = |row| if known.get(row) == NO_VALUE { cells.value(row).key() } else { None };
        if (0..cells.len()).all(|row| unknown(row).is_none()) {
            return known;
        }
        let dictionary = self.dictionaries.entry(Key::Project).or_default();
        let code = |row| unknown(row).map_or_else(|| known.get(row), |id| dictionary.intern(&id));
        (0..cells.len()).map(code).collect()
    }

    fn currencies(&mut self, lines: &Lines) -> Codes {
        let dictionary = self.dictionaries.entry(Key::Currency).or_default();
        let mut known: Vec<Option<u32>> = Vec::new();
        let code = |row| {
            let code = lines.currencies.get(row);
            let at = code as usize;
            if known.len() <= at {
                known.resize(at + 1, None);
            }
            let Some(slot) = known.get_mut(at) else { return NO_VALUE };
            let currency = || lines.currency(code).map_or(NO_VALUE, |currency| dictionary.intern(currency.code()));
            *slot.get_or_insert_with(currency)
        };
        (0..lines.currencies.len()).map(code).collect()
    }

    /// What each row has from its project; nothing from one whose row was set aside.
    fn through_project(&self, projects: Option<&Codes>, extraction: &Extraction, key: Key) -> Codes {
        let (Some(projects), Some(codes)) = (projects, column(&self.projects, key)) else {
            return Codes::default();
        };
        let of_project = |&place: &usize| codes.get(place);
        let by_project: Vec<u32> =
            std::iter::once(NO_VALUE).chain(extraction.projects.places().iter().map(of_project)).collect();
        let code = |row| by_project.get(projects.get(row) as usize).copied().unwrap_or(NO_VALUE);
        (0..projects.len()).map(code).collect()
    }
}

/// What each code of a column lies in.
fn through(codes: &Codes, above: &Codes) -> Codes {
    let code = |row| match codes.get(row) as usize {
        code if code < above.len() => above.get(code),
        _ => NO_VALUE,
    };
    (0..codes.len()).map(code).collect()
}

/// The objective that one is, in the end, a part of; itself where the parents go round in a circle.
fn topmost<'a>(objectives: &'a [Objective], objective: &'a Objective) -> &'a Objective {
    let mut top = objective;
    for _ in objectives {
        let parent = top.parent.as_ref().and_then(|parent| objectives.iter().find(|other| other.id == *parent));
        let Some(parent) = parent else { return top };
        top = parent;
    }
    objective
}

fn column(columns: &[(Key, Codes)], key: Key) -> Option<&Codes> {
    columns.iter().find(|(known, _)| *known == key).map(|(_, codes)| codes)
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
fn amounts(cells: &mut Cells, exponent: Option<u32>, lines: &Lines) -> Amounts {
    let Some(exponent) = exponent else { return lines.convert(cells).collect() };
    cells.take_integers(exponent).unwrap_or_else(|| lines.convert(cells).collect())
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
        Key::Objective => project.objective.as_deref().map(Cow::Borrowed),
        // Told from the objective or the section, or of contributions alone.
        Key::StrategicObjective | Key::Level1 | Key::Level2 | Key::Contributor | Key::Form => None,
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
