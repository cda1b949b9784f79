//! Budget headings: what lines are spent on, made from the lines that say it.
//!
//! A package's line has no dimension, function or title of its own: it has those of the project it names. A file of spending
//! has no projects, but its lines say a dimension, a function or a heading. Each distinct combination, in its year and
//! section, becomes one row of the table of projects that its lines name: a heading of that year's budget.

use std::collections::BTreeMap;

use super::columns::{CodedTexts, Rows};
use crate::engine::{Codes, NO_VALUE};

/// What sets a heading apart: the codes of these roles, in this order.
pub(super) const ROLES: [&str; 5] = ["year", "section", "dimension", "function", "heading"];

/// The year and the section alone name no heading.
const NEEDS_ONE_OF: usize = 2;

/// The headings, and which one each line stands under.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// The first line under each, in order.
    first_rows: Vec<usize>,
    /// For each line, its heading's place counted from 1; [`NO_VALUE`] where it says nothing.
    of_rows: Codes,
}

impl Headings {
    /// Gathers the lines.
    pub fn of(rows: &Rows) -> Self {
        let columns: Vec<Option<&CodedTexts>> = ROLES.iter().map(|role| rows.texts(role)).collect();
        let mut headings = Self::default();
        let mut known: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let (mut key, mut last) = (Vec::new(), (Vec::new(), NO_VALUE));
        for row in 0..rows.len() {
            key.clear();
            key.extend(columns.iter().map(|column| column.map_or(NO_VALUE, |column| column.codes.get(row))));
            // Lines under one heading often stand together.
            if last.0 != key {
                let says_nothing = key.iter().skip(NEEDS_ONE_OF).all(|code| *code == NO_VALUE);
                let place = match known.get(&key) {
                    _ if says_nothing => NO_VALUE,
                    Some(place) => *place,
                    None => {
                        headings.first_rows.push(row);
                        let place = u32::try_from(headings.first_rows.len()).unwrap_or(NO_VALUE);
                        known.insert(key.clone(), place);
                        place
                    }
                };
                last = (key.clone(), place);
            }
            headings.of_rows.push(last.1);
        }
        headings
    }

    /// The first line of each heading, in order.
    pub fn first_rows(&self) -> &[usize] {
        &self.first_rows
    }

    /// The code of a line's heading; blank where it has none.
    pub fn id_of(&self, row: usize) -> String {
        match self.of_rows.get(row) {
            NO_VALUE => String::new(),
            place => Self::id(place as usize),
        }
    }

    /// The code of the heading at a place counted from 1.
    pub fn id(place: usize) -> String {
        format!("H{place}")
    }
}
