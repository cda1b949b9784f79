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

    /// A project by its code.
    pub fn find<'a>(&self, projects: &'a [Project], id: &str) -> Option<&'a Project> {
        projects.get(*self.places.get((self.codes.code(id)? as usize).checked_sub(1)?)?)
    }

    /// The places of the projects, in the order of their codes.
    pub fn places(&self) -> &[usize] {
        &self.places
    }
}
