//! The tables every question is asked of: projects (the promise), budget lines (the stages of spending), and contributions
//! to projects (what is secured).

use thiserror::Error;

use super::{Cube, Dictionary, Filter, Key, SumTooLarge, Table};
use crate::budget::Stage;

/// A package's rows as columns, or their cube, or both. The dictionaries are shared, so that a section has one code in
/// all tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// By key, in the order of [`Key::ALL`].
    dictionaries: Vec<Dictionary>,
    /// In the order of [`Facts::STAGES`].
    holdings: [Holding; 3],
}

/// What is at hand of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// Its rows, once they are fetched.
    pub rows: Option<Table>,
    /// Its cube, where it has one.
    pub cube: Option<Cube>,
}

/// A question that the cube cannot answer, while the rows are elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is answered by the rows, which are not loaded")]
pub struct RowsNeeded;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unanswered {
    /// A sum would be wrong.
    #[error(transparent)]
    SumTooLarge(#[from] SumTooLarge),
    /// Not with what is loaded.
    #[error(transparent)]
    RowsNeeded(#[from] RowsNeeded),
}

/// Tables without rows.
impl Default for Facts {
    fn default() -> Self {
        Self::new(Vec::new(), Default::default())
    }
}

impl Facts {
    /// A stage of each table: of projects, of budget lines, of contributions.
    pub const STAGES: [Stage; 3] = [Stage::Agreed, Stage::Accrued, Stage::Secured];

    /// Tables of rows whose codes are those of the dictionaries, which stand in the order of [`Key::ALL`].
    pub fn new(dictionaries: Vec<Dictionary>, tables: [Table; 3]) -> Self {
        Self::of_holdings(dictionaries, tables.map(|rows| Holding { rows: Some(rows), cube: None }))
    }

    /// The same of what is at hand.
    pub fn of_holdings(dictionaries: Vec<Dictionary>, holdings: [Holding; 3]) -> Self {
        Self { dictionaries, holdings }
    }

    /// The same with the cubes that are worth building.
    #[must_use]
    pub fn with_cubes(mut self) -> Self {
        for holding in &mut self.holdings {
            holding.cube = holding.cube.take().or_else(|| Cube::build(holding.rows.as_ref()?));
        }
        self
    }

    /// The same with its rows, which were fetched later.
    #[must_use]
    pub fn with_rows(mut self, tables: [Table; 3]) -> Self {
        for (holding, rows) in self.holdings.iter_mut().zip(tables) {
            holding.rows = Some(rows);
        }
        self
    }

    /// The values of a key in declared order.
    pub fn values(&self, key: Key) -> Vec<&str> {
        self.dictionary(key).map_or_else(Vec::new, |dictionary| dictionary.values().collect())
    }

    /// The dictionary of a key.
    pub fn dictionary(&self, key: Key) -> Option<&Dictionary> {
        self.dictionaries.get(key.position())
    }

    /// What is at hand of the table that holds a stage.
    pub fn holding(&self, stage: Stage) -> &Holding {
        let [projects, lines, financing] = &self.holdings;
        match stage {
            Stage::Agreed => projects,
            Stage::Secured => financing,
            _ => lines,
        }
    }

    /// The rows of the table that holds a stage, where they are loaded.
    pub fn table(&self, stage: Stage) -> Option<&Table> {
        self.holding(stage).rows.as_ref()
    }

    /// The cube of the table that holds a stage, where there is one.
    pub fn cube(&self, stage: Stage) -> Option<&Cube> {
        self.holding(stage).cube.as_ref()
    }

    /// Whether a question of promise and spending, of these rows by these keys, is one for rows that are not loaded yet.
    pub fn needs_rows(&self, filter: &Filter, by: &[Key]) -> bool {
        [Stage::Agreed, Stage::Accrued].into_iter().any(|stage| self.source(stage, filter, by).is_err())
    }

    /// What answers a question of a stage, of these rows by these keys: the cells of the cube where it tells them all
    /// apart, or the rows.
    ///
    /// # Errors
    /// [`RowsNeeded`] where only rows could answer and they are not loaded.
    pub fn source(&self, stage: Stage, filter: &Filter, by: &[Key]) -> Result<&Table, RowsNeeded> {
        let holding = self.holding(stage);
        if !filter.text.is_empty() {
            // The projects' titles, too.
            return holding.rows.as_ref().filter(|_| self.table(Stage::Agreed).is_some()).ok_or(RowsNeeded);
        }
        let asked = |cube: &&Cube| {
            let filtered = filter.conditions.iter().map(|condition| &condition.key);
            by.iter().chain(filtered).all(|&key| cube.has(key))
        };
        let cells = holding.cube.as_ref().filter(asked).map(Cube::cells);
        cells.or(holding.rows.as_ref()).ok_or(RowsNeeded)
    }

    /// Number of rows in the table that holds a stage.
    pub fn count(&self, stage: Stage) -> u64 {
        self.source(stage, &Filter::default(), &[]).map_or(0, Table::count)
    }

    /// Whether any row has an amount at a stage: without one, the stage was not published at all.
    pub fn has(&self, stage: Stage) -> bool {
        let source = self.source(stage, &Filter::default(), &[]).ok();
        let amounts = source.and_then(|source| source.amounts(stage));
        amounts.is_some_and(|amounts| amounts.missing().count() < amounts.len())
    }
}
