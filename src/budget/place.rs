//! Code lists of a municipality: sections, neighbourhoods, dimensions, statuses.

use super::FiscalYear;

/// A section (zone) of the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Code used by the other tables.
    pub id: String,
    /// Name people know it by.
    pub name: String,
    /// Name of what it lies in, outermost first (a department): [`Self::level2`] lies in it.
    pub level1: Option<String>,
    /// Name of what it lies in (a province).
    pub level2: Option<String>,
}

/// What is known of a section in one year; the denominators and the inputs of the allocation rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFigures {
    /// Year the figures are of.
    pub year: FiscalYear,
    /// Section.
    pub section: String,
    /// Each measure by its column's name (`population`, `households`...), in column order; `None` where not published.
    pub measures: Vec<(String, Option<i64>)>,
}

impl SectionFigures {
    /// A measure by column name; `None` where it is not published.
    pub fn measure(&self, name: &str) -> Option<i64> {
        self.measures.iter().find(|(column, _)| column == name).and_then(|(_, value)| *value)
    }
}

/// A neighbourhood of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Code used by the projects.
    pub id: String,
    /// Section it lies in.
    pub section: String,
    /// Name.
    pub name: String,
}

/// A development dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Code used by the projects.
    pub id: String,
    /// Name in Spanish.
    pub label_es: String,
    /// Name in English; Spanish where none is published.
    pub label_en: String,
}

/// A state a project can be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Code used by the projects.
    pub id: String,
    /// Name in Spanish.
    pub label_es: String,
    /// Name in English; Spanish where none is published.
    pub label_en: String,
    /// The nearest `projectStatus` of OC4IDS 0.9.5; empty where not mapped.
    pub oc4ids_status: String,
    /// Whether work is still expected.
    pub is_open: bool,
}
