//! The sections of the map, each with what was agreed and spent there under the other choices.

use super::groups::totals;
use super::listing::rows_without;
use super::{Group, GroupTotal, Spending, groups};
use crate::dataset::{DISTRICT, Package};
use crate::engine::{Key, Unanswered};
use crate::indicators::Selection;

/// What the map shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Every declared section, then works of the whole district, then those without a section.
    pub sections: Vec<SectionPlace>,
    /// What all of them come to, by currency.
    pub totals: Vec<GroupTotal>,
    /// Works under all choices that have a place of their own, as places in the package.
    pub points: Vec<u32>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPlace {
    /// Its works and what they come to; without works where it has none under the choices.
    pub group: Group,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// Whether it has a place on the map: a section of the package has.
    pub is_a_section: bool,
}

/// The sections under a view, whose own choice of section is left out so that others can be chosen.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded or a sum cannot be held exactly.
pub fn places(package: &Package, spending: &Spending, selection: &Selection) -> Result<Places, Unanswered> {
    let rows = rows_without(package, selection, Key::Section)?;
    let mut found = groups(package, spending, &rows, Key::Section)?;
    let chosen = selection.filter.values(Key::Section);
    let mut sections = Vec::new();
    let mut push = |group: Group, is_a_section: bool| {
        let is_chosen = chosen.is_some_and(|values| values.contains(&group.value));
        sections.push(SectionPlace { group, is_chosen, is_a_section });
    };
    for section in &package.sections {
        let id = Some(section.id.as_str());
        let at = found.iter().position(|group| group.value.as_deref() == id);
        let empty = || Group { value: Some(section.id.clone()), rows: Vec::new(), totals: Vec::new() };
        push(at.map_or_else(empty, |at| found.remove(at)), true);
    }
    // A section that no row declares, the district, and none.
    let rank = |group: &Group| match group.value.as_deref() {
        Some(DISTRICT) => 1,
        Some(_) => 0,
        None => 2,
    };
    for wanted in 0..3 {
        found.iter().filter(|group| rank(group) == wanted).for_each(|group| push(group.clone(), false));
    }
    // Rows of a group stand in the order of the file.
    let is_in =
        |row: &u32| chosen.is_none() || sections.iter().any(|s| s.is_chosen && s.group.rows.binary_search(row).is_ok());
    let has_point = |row: &u32| package.projects.get(*row as usize).is_some_and(|project| project.location.is_some());
    let points = rows.iter().copied().filter(|row| has_point(row) && is_in(row)).collect();
    Ok(Places { totals: totals(package, spending, &rows)?, sections, points })
}
