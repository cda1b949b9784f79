//! A package as values: everything the pages and the command show.

use super::descriptor::Descriptor;
use super::file_rows::FileRowsOfFacts;
use super::spec;
use crate::budget::{
    Allocation, Change, Criterion, Crossing, Date, Dimension, Financing, FiscalYear, MonthAmounts, Neighbourhood,
    Objective, OfficialTotal, PriceIndex, Process, Project, Section, SectionFigures, SharedSection, Stage, Status,
    StatusChange,
};
use crate::engine::{Facts, Filter, Key, RowsNeeded, currencies, latest};
use crate::money::{Currency, format::Language};

/// A municipality's data. Holds only rows that were read whole; the report counts the others.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// What the package says of itself.
    pub descriptor: Descriptor,
    /// Sections in declared order.
    pub sections: Vec<Section>,
    /// Neighbourhoods.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// Dimensions in declared order.
    pub dimensions: Vec<Dimension>,
    /// Statuses in declared order.
    pub statuses: Vec<Status>,
    /// Objectives of the development plan, as they stand in their file.
    pub objectives: Vec<Objective>,
    /// Levels of prices, oldest first.
    pub price_index: Vec<PriceIndex>,
    /// Sections and dimensions that were renamed or split.
    pub crosswalk: Vec<Crossing>,
    /// Figures by section and year.
    pub figures: Vec<SectionFigures>,
    /// Rounds, oldest first.
    pub processes: Vec<Process>,
    /// The allocation rule's criteria.
    pub rule: Vec<Criterion>,
    /// What each section was given.
    pub allocations: Vec<Allocation>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Contributions to their cost.
    pub financing: Vec<Financing>,
    /// The whole municipality by year.
    pub official_totals: Vec<OfficialTotal>,
    /// States that projects were in on known days; with the rows.
    pub status_history: Vec<StatusChange>,
    /// What became of projects between agreed and done; with the rows.
    pub changes: Vec<Change>,
    /// The sections of joint projects; with the rows.
    pub project_sections: Vec<SharedSection>,
    /// What was spent month by month; with the rows.
    pub months: Vec<MonthAmounts>,
    /// Which row of its file each row is; with the rows.
    pub file_rows: FileRowsOfFacts,
    /// The projects as columns, and the budget lines, which stand nowhere else.
    pub facts: Facts,
}

/// How a value is to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// By this name, from the data.
    Named(String),
    /// As a work for the whole district.
    District,
    /// By a word of the language file, under `KEY.VALUE`.
    Word,
    /// As having no value published.
    NoValue,
}

/// The section code of a district-wide work in [`Package::facts`]: no section of its own, which is not a missing section.
pub const DISTRICT: &str = "district";

/// The value of [`Key::List`] for projects of the assembly's act.
pub const AGREED: &str = "agreed";

/// The value of [`Key::List`] for works that are not in it.
pub const OUTSIDE: &str = "outside";

impl Package {
    /// What to call a value of a key.
    pub fn label(&self, key: Key, value: Option<&str>, language: Language) -> Label {
        let Some(value) = value else { return Label::NoValue };
        let named = match key {
            Key::Section => self.section(value).map(|section| section.name.clone()),
            Key::Neighbourhood => {
                self.neighbourhoods.iter().find(|place| place.id == value).map(|place| place.name.clone())
            }
            Key::Dimension => {
                let dimension = self.dimensions.iter().find(|dimension| dimension.id == value);
                dimension.map(|dimension| in_language(language, &dimension.label_es, &dimension.label_en))
            }
            Key::Status => {
                let status = self.statuses.iter().find(|status| status.id == value);
                status.map(|status| in_language(language, &status.label_es, &status.label_en))
            }
            Key::Objective | Key::StrategicObjective => {
                self.objectives.iter().find(|objective| objective.id == value).map(|objective| objective.title.clone())
            }
            Key::Project => self.project(value).map(|project| project.title.clone()),
            _ => None,
        };
        match named {
            Some(name) => Label::Named(name),
            None if key == Key::Section && value == DISTRICT => Label::District,
            None if matches!(key, Key::List | Key::Scope) || is_known_word(key, value) => Label::Word,
            None => Label::Named(value.to_owned()),
        }
    }

    /// A section by its code.
    pub fn section(&self, id: &str) -> Option<&Section> {
        // Sections are declared in their order, and there may be thousands.
        let place = self.place(Key::Section, id).and_then(|place| self.sections.get(place));
        place.filter(|section| section.id == id).or_else(|| self.sections.iter().find(|section| section.id == id))
    }

    /// A project by its code, once the rows are here.
    pub fn project(&self, id: &str) -> Option<&Project> {
        let place = self.place(Key::Project, id).and_then(|place| self.projects.get(place));
        place.filter(|project| project.id == id).or_else(|| self.projects.iter().find(|project| project.id == id))
    }

    fn place(&self, key: Key, value: &str) -> Option<usize> {
        (self.facts.dictionary(key)?.code(value)? as usize).checked_sub(1)
    }

    /// Whether it has budget lines.
    pub fn has_lines(&self) -> bool {
        self.facts.count(Stage::Accrued) > 0
    }

    /// Years that rounds belong to, oldest first.
    pub fn rounds(&self) -> Vec<&str> {
        self.facts.values(Key::Round)
    }

    /// Whether a round was still running when the data were published.
    pub fn is_running(&self, year: &str) -> bool {
        self.processes.iter().any(|process| process.year.to_string() == year && process.is_running())
    }

    /// The round to open with: the latest that is closed, or else the latest.
    pub fn opening_round(&self) -> Option<&str> {
        let rounds = self.rounds();
        rounds.iter().rev().find(|year| !self.is_running(year)).or(rounds.last()).copied()
    }

    /// The latest day amounts of the matching lines were read from the accounts.
    ///
    /// # Errors
    /// [`RowsNeeded`] where the filter reaches past the cube and there are no rows.
    pub fn as_of(&self, filter: &Filter) -> Result<Option<Date>, RowsNeeded> {
        latest(&self.facts, filter)
    }

    /// People of a section in a year, from the figures; `None` where not published. `None` for a section asks for all of
    /// them together, which is known only when every section's is.
    pub fn population(&self, year: FiscalYear, section: Option<&str>) -> Option<i64> {
        let of = |section: &str| {
            let figures = self.figures.iter().find(|figures| figures.year == year && figures.section == section);
            figures.and_then(|figures| figures.measure("population"))
        };
        match section {
            Some(section) => of(section),
            None if self.sections.is_empty() => None,
            None => self.sections.iter().try_fold(0i64, |sum, section| sum.checked_add(of(&section.id)?)),
        }
    }

    /// Whether the people of any section are published: without, there is nothing to divide by.
    pub fn has_population(&self) -> bool {
        self.figures.iter().any(|figures| figures.measure("population").is_some())
    }

    /// The currency most projects are in; that of the lines where there are no projects.
    pub fn main_currency(&self) -> Option<Currency> {
        let everything = Filter::default();
        let of = |stage| currencies(&self.facts, stage, &everything).ok()?.first().copied();
        of(Stage::Agreed).or_else(|| of(Stage::Accrued))
    }
}

/// Words of `financing.csv` that the language files have; a form is the publisher's to word.
fn is_known_word(key: Key, value: &str) -> bool {
    match key {
        Key::Contributor => spec::FINANCING_SOURCES.contains(&value),
        Key::Form => spec::FINANCING_FORMS.contains(&value),
        _ => false,
    }
}

fn in_language(language: Language, es: &str, en: &str) -> String {
    match language {
        Language::En if !en.is_empty() => en.to_owned(),
        _ => es.to_owned(),
    }
}
