//! Projects by their codes.

use crate::budget::Project;
use crate::engine::Dictionary;

/// Where each project stands. Of two with one code, which only an unusual primary key lets through, it is the first.
#[derive(Debug, Clone, Default)]
pub(super) struct ProjectIndex {
    /// The codes, in the projects' order.
    pub codes: Dictionary,
    /// The place of each code's project.
    places: Vec<usize>,
}

impl ProjectIndex {
    pub fn new(projects: &[Project]) -> Self {
        let mut index = Self::default();
        for (place, project) in projects.iter().enumerate() {
            index.codes.intern(&project.id);
            if index.places.len() < index.codes.len() {
                index.places.push(place);
            }
        }
        index
    }

    /// The place of a project by its code.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get((self.codes.code(id)? as usize).checked_sub(1)?).copied()
    }

    /// The places of the projects, by number of their codes from 1.
    pub fn places(&self) -> &[usize] {
        &self.places
    }
}
