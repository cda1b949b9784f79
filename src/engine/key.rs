//! What rows can be told apart by.

use std::str::FromStr;

use thiserror::Error;

/// A column that rows are filtered and grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The round a project belongs to (a line takes its project's).
    Round,
    /// The fiscal year of a line; a promise counts in its round's year.
    FiscalYear,
    /// Section.
    Section,
    /// Development dimension.
    Dimension,
    /// State of the project.
    Status,
    /// Neighbourhood.
    Neighbourhood,
    /// Function of the budget classifier.
    Function,
    /// Financing source (rubro) of a line.
    FinancingSource,
    /// Section, several sections, or the district.
    Scope,
    /// Where the record comes from.
    Source,
    /// The project itself.
    Project,
    /// Whether the project stands in the assembly's act: `agreed` or `outside`; none where that is not published.
    List,
    /// Currency.
    Currency,
    /// Objective of the development plan that the project serves.
    Objective,
    /// The topmost objective that one is a part of; itself where it is part of none.
    StrategicObjective,
    /// Who secures the money: a source of `financing.csv`.
    Contributor,
    /// As what it is given: money, labour, materials, land.
    Form,
    /// What the section lies in, outermost (a department).
    Level1,
    /// What the section lies in (a province).
    Level2,
}

/// Which of the two years "year" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum YearBasis {
    /// By round: what was promised in a round, and all that was spent on it in whatever fiscal year.
    #[default]
    Round,
    /// By fiscal year: what was budgeted and spent within one year, for whatever round.
    Fiscal,
}

/// A name that is no key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{name:?} is not something rows can be told apart by")]
pub struct UnknownKey {
    /// What was given.
    pub name: String,
}

impl Key {
    /// Every key.
    pub const ALL: [Self; 19] = [
        Self::Round,
        Self::FiscalYear,
        Self::Section,
        Self::Dimension,
        Self::Status,
        Self::Neighbourhood,
        Self::Function,
        Self::FinancingSource,
        Self::Scope,
        Self::Source,
        Self::Project,
        Self::List,
        Self::Currency,
        Self::Objective,
        Self::StrategicObjective,
        Self::Contributor,
        Self::Form,
        Self::Level1,
        Self::Level2,
    ];

    /// Its place in [`Key::ALL`].
    pub(super) fn position(self) -> usize {
        self as usize
    }

    /// Its name in links, commands and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::FiscalYear => "fiscal_year",
            Self::Section => "section",
            Self::Dimension => "dimension",
            Self::Status => "status",
            Self::Neighbourhood => "neighbourhood",
            Self::Function => "function",
            Self::FinancingSource => "financing_source",
            Self::Scope => "scope",
            Self::Source => "source",
            Self::Project => "project",
            Self::List => "list",
            Self::Currency => "currency",
            Self::Objective => "objective",
            Self::StrategicObjective => "strategic_objective",
            Self::Contributor => "contributor",
            Self::Form => "form",
            Self::Level1 => "level1",
            Self::Level2 => "level2",
        }
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|key| key.name() == name).ok_or_else(|| UnknownKey { name: name.to_owned() })
    }
}

impl YearBasis {
    /// The key that "year" stands for.
    pub fn key(self) -> Key {
        match self {
            Self::Round => Key::Round,
            Self::Fiscal => Key::FiscalYear,
        }
    }

    /// Its name in links and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Fiscal => "fiscal",
        }
    }

    /// The basis of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Round, Self::Fiscal].into_iter().find(|basis| basis.name() == name)
    }
}
