//! What each work has been spent, in all years: once a package and stage, as one column beside the projects.

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Key, NO_VALUE, RowsNeeded, Table, Tally, Unanswered, tally};

/// A stage's sums by project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// The stage.
    pub stage: Stage,
    /// By place of the project in the package; an empty tally where it has no budget lines.
    tallies: Vec<Tally>,
}

impl Spending {
    /// The sums of a stage, each in its project's currency.
    ///
    /// # Errors
    /// [`Unanswered`] where the rows are not loaded, or a sum cannot be held exactly.
    pub fn of(package: &Package, stage: Stage) -> Result<Self, Unanswered> {
        let facts = &package.facts;
        let (projects, lines) = (facts.table(Stage::Agreed).ok_or(RowsNeeded)?, facts.table(stage).ok_or(RowsNeeded)?);
        let cells = tally(lines, None, &[Key::Project, Key::Currency], &[stage])?;
        let places = places_of(projects);
        let mut tallies = vec![Tally::default(); projects.len()];
        for cell in 0..cells.len() {
            let code = cells.code(Key::Project, cell);
            let Some(place) = places.get(code as usize).copied().flatten() else { continue };
            // A line has its project's currency: one in another could not be added.
            if cells.code(Key::Currency, cell) == projects.code(Key::Currency, place)
                && let Some(slot) = tallies.get_mut(place)
            {
                *slot = cells.tally(cell, stage);
            }
        }
        Ok(Self { stage, tallies })
    }

    /// What a project has been spent.
    pub fn at(&self, place: usize) -> Tally {
        self.tallies.get(place).copied().unwrap_or_default()
    }
}

/// The place of each project by its code.
fn places_of(projects: &Table) -> Vec<Option<usize>> {
    let mut places = Vec::new();
    for place in 0..projects.len() {
        let code = projects.code(Key::Project, place);
        if code == NO_VALUE {
            continue;
        }
        let at = code as usize;
        if places.len() <= at {
            places.resize(at + 1, None);
        }
        if let Some(slot) = places.get_mut(at) {
            *slot = Some(place);
        }
    }
    places
}
