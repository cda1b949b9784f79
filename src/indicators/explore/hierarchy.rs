//! The way down and up: from a place to what lies in it, from a dimension to its objectives, and to works in the end.
//!
//! What is chosen is a filter, never rows of its own, so that nothing is counted twice.

use super::{CellChoice, Look, RowKind};
use crate::engine::{Filter, Key};
use crate::indicators::Selection;

/// From the outermost place to the works in it.
const PLACES: [Key; 5] = [Key::Level1, Key::Level2, Key::Section, Key::Neighbourhood, Key::Project];
/// From a dimension to the works that serve it.
const AIMS: [Key; 4] = [Key::Dimension, Key::StrategicObjective, Key::Objective, Key::Project];
/// From years to places.
const YEARS: [Key; 2] = [Key::Round, Key::FiscalYear];

/// What comes under a key: the first of `offered` in its hierarchy that is told apart by nothing else on screen. `None` under
/// works.
pub fn next_key(key: Key, offered: &[Key], filter: &Filter, columns: Option<Key>) -> Option<Key> {
    let under: &[Key] = match key {
        Key::Level1 => &PLACES[1..],
        Key::Level2 => &PLACES[2..],
        Key::Section => &PLACES[3..],
        Key::Neighbourhood => &PLACES[4..],
        Key::Dimension => &AIMS[1..],
        Key::StrategicObjective => &AIMS[2..],
        Key::Objective => &AIMS[3..],
        Key::Project => &[],
        key if YEARS.contains(&key) => &PLACES,
        _ => &[Key::Project],
    };
    let is_free = |key: &&Key| offered.contains(key) && columns != Some(**key) && filter.values(**key).is_none();
    under.iter().find(is_free).copied()
}

/// The view of one value of a key: chosen, with what lies under it as rows. A key that has nothing under it stays, with the
/// lines behind it open.
pub fn drilled(
    selection: &Selection,
    look: &Look,
    key: Key,
    value: Option<&str>,
    offered: &[Key],
) -> (Selection, Look) {
    let mut selection = selection.clone();
    selection.filter = selection.filter.without(key).with(key, value);
    let columns = look.columns.flatten().filter(|columns| *columns != key);
    let rows = look.rows.filter(|rows| *rows != key);
    let under = rows.or_else(|| next_key(key, offered, &selection.filter, columns));
    let cell = under.is_none().then(|| CellChoice { row: Some(value.map(str::to_owned)), column: None });
    let look = Look { rows: Some(under.unwrap_or(key)), columns: Some(columns), cell, ..look.from_the_top() };
    (selection, look)
}

/// One step of the way from everything to what is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What was chosen in this step; `None` for the start.
    pub chosen: Option<(Key, Vec<Option<String>>)>,
    /// The view after it; `None` for the one on screen.
    pub back: Option<(Selection, Look)>,
    /// The view without it alone; `None` for the start.
    pub without: Option<(Selection, Look)>,
}

/// The steps that led to the view, each with its way back: to the rows that were on screen when the next was chosen.
pub fn crumbs(selection: &Selection, look: &Look) -> Vec<Crumb> {
    let conditions = &selection.filter.conditions;
    let with = |filter: Filter| Selection { filter, ..selection.clone() };
    let taken = |steps: usize| {
        let conditions = conditions.iter().take(steps).cloned().collect();
        Filter { conditions, text: selection.filter.text.clone() }
    };
    let after = |steps: usize| {
        let next = conditions.get(steps)?.key;
        let columns = look.columns.flatten().filter(|columns| *columns != next);
        Some((with(taken(steps)), Look { rows: Some(next), columns: Some(columns), ..look.from_the_top() }))
    };
    let start = Crumb { chosen: None, back: after(0), without: None };
    let steps = conditions.iter().enumerate().map(|(at, condition)| Crumb {
        chosen: Some((condition.key, condition.values.clone())),
        back: after(at + 1),
        without: Some((with(selection.filter.clone().without(condition.key)), look.from_the_top())),
    });
    std::iter::once(start).chain(steps).collect()
}

impl RowKind {
    /// The value it stands for; `None` for the gathered ones.
    pub fn value(&self) -> Option<Option<&str>> {
        match self {
            Self::Value(value) => Some(value.as_deref()),
            Self::Others(_) => None,
        }
    }
}
