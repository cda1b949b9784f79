//! What a column of a foreign file can stand for, and the column it becomes.

use serde::Deserialize;

/// What the rows of a foreign file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// One project a row.
    Projects,
    /// One budget line a row.
    Lines,
}

/// A code list that the file's values make or choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Sections,
    Neighbourhoods,
    Dimensions,
    Statuses,
}

/// How a cell is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    /// `section`, `multi` or `district`.
    Scope,
    /// Money of the package's currency.
    Amount,
    /// A count, not negative.
    Integer,
    Year,
    /// A day; of a month alone, its first.
    Start,
    /// A day; of a month alone, its last.
    End,
    Code(List),
}

/// One thing a column can stand for.
#[derive(Debug)]
pub(super) struct Role {
    /// Its name in the map.
    pub name: &'static str,
    /// The column of the package's table.
    pub column: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// Whether it says what a line is for, which a package holds of the line's heading and not of the line.
    pub makes_heading: bool,
    /// Whether it says what a section lies in, which a package holds of the section and not of the row.
    pub of_section: bool,
    /// Fiscal Data Package `columnType`; empty where none fits.
    pub column_type: &'static str,
}

impl List {
    /// The resource's name.
    pub fn resource(self) -> &'static str {
        match self {
            Self::Sections => "sections",
            Self::Neighbourhoods => "neighbourhoods",
            Self::Dimensions => "dimensions",
            Self::Statuses => "statuses",
        }
    }

    /// The column that holds its codes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Sections => "section_id",
            Self::Neighbourhoods => "neighbourhood_id",
            Self::Dimensions => "dimension_id",
            Self::Statuses => "status_id",
        }
    }

    /// Its file in the package.
    pub fn path(self) -> &'static str {
        match self {
            Self::Sections => "data/sections.csv",
            Self::Neighbourhoods => "data/neighbourhoods.csv",
            Self::Dimensions => "codelists/dimensions.csv",
            Self::Statuses => "codelists/statuses.csv",
        }
    }
}

impl Kind {
    /// The roles of this kind of file, in the order of the package's columns.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Projects => PROJECT_ROLES,
            Self::Lines => LINE_ROLES,
        }
    }

    /// The resource the rows become.
    pub fn resource(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Lines => "budget",
        }
    }

    /// Its file in the package.
    pub fn path(self) -> &'static str {
        match self {
            Self::Projects => "data/projects.csv",
            Self::Lines => "data/budget.csv",
        }
    }
}

const fn may(name: &'static str, column: &'static str, shape: Shape) -> Role {
    Role { name, column, shape, required: false, makes_heading: false, of_section: false, column_type: "" }
}

const fn must(name: &'static str, column: &'static str, shape: Shape) -> Role {
    Role { required: true, ..may(name, column, shape) }
}

impl Role {
    /// Whether its values tell the rows apart.
    pub fn is_key(&self) -> bool {
        ["project_id", "line_id"].contains(&self.name)
    }

    const fn typed(self, column_type: &'static str) -> Self {
        Self { column_type, ..self }
    }

    const fn of_section(self) -> Self {
        Self { of_section: true, ..self }
    }

    const fn of_heading(self) -> Self {
        Self { makes_heading: true, ..self }
    }
}

const SECTION: Role = may("section", "section_id", Shape::Code(List::Sections)).typed("geo:target:level2:code");
const LEVEL1: Role = may("level1", "level1", Shape::Text).of_section();
const LEVEL2: Role = may("level2", "level2", Shape::Text).of_section();
const DIMENSION: Role = may("dimension", "dimension_id", Shape::Code(List::Dimensions));
const FUNCTION: Role =
    may("function", "function_code", Shape::Text).typed("functional-classification:generic:level1:code");
const YEAR: Role = must("year", "fiscal_year", Shape::Year).typed("date:fiscal-year");
const PROJECT_CODE: &str = "activity:generic:project:code";

const PROJECT_ROLES: &[Role] = &[
    must("project_id", "project_id", Shape::Text).typed(PROJECT_CODE),
    YEAR,
    must("title", "title", Shape::Text).typed("activity:generic:project:label"),
    SECTION,
    LEVEL1,
    LEVEL2,
    may("neighbourhood", "neighbourhood_id", Shape::Code(List::Neighbourhoods)),
    may("scope", "scope", Shape::Scope),
    DIMENSION,
    FUNCTION,
    may("status", "status", Shape::Code(List::Statuses)),
    may("status_date", "status_date", Shape::Start),
    may("cost", "cost_estimate", Shape::Amount),
    may("design_cost", "technical_design_cost", Shape::Amount),
    may("agreed", "agreed_amount", Shape::Amount),
    may("agreed_on", "agreed_on", Shape::Start),
    may("votes", "votes", Shape::Integer),
    may("beneficiaries", "beneficiaries", Shape::Integer),
    may("planned_end", "planned_end", Shape::End),
    may("actual_start", "actual_start", Shape::Start),
    may("actual_end", "actual_end", Shape::End),
    may("source", "source", Shape::Text),
];

const LINE_ROLES: &[Role] = &[
    may("line_id", "budget_line_id", Shape::Text).typed("budget-line-id"),
    YEAR,
    may("project", "project_id", Shape::Text).typed(PROJECT_CODE),
    SECTION,
    LEVEL1,
    LEVEL2,
    DIMENSION.of_heading(),
    may("heading", "title", Shape::Text).of_heading(),
    FUNCTION,
    may("financing_source", "financing_source_code", Shape::Text).typed("fin-source:generic:code"),
    may("pia", "pia", Shape::Amount),
    may("pim", "pim", Shape::Amount),
    may("certified", "certificado", Shape::Amount),
    may("committed", "compromiso_anual", Shape::Amount),
    may("monthly_committed", "compromiso_mensual", Shape::Amount),
    may("accrued", "devengado", Shape::Amount),
    may("paid", "girado", Shape::Amount),
    may("as_of", "as_of", Shape::End),
    may("source", "source", Shape::Text),
];
