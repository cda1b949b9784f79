//! Which rows a question is about.

use super::keep::keep;
use super::{Bitset, Facts, Fold, Key, NO_VALUE, Table, search};
use crate::budget::Stage;

/// Rows whose key has one of some values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The key.
    pub key: Key,
    /// The values; `None` is "no value published".
    pub values: Vec<Option<String>>,
}

/// Conditions that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In the order they were set.
    pub conditions: Vec<Condition>,
    /// What a row's text holds, case and accents ignored, or the title of its project; empty for any.
    pub text: String,
}

impl Filter {
    /// The same filter with one more value accepted for a key.
    #[must_use]
    pub fn with(mut self, key: Key, value: Option<&str>) -> Self {
        let value = value.map(str::to_owned);
        match self.conditions.iter_mut().find(|condition| condition.key == key) {
            Some(condition) if condition.values.contains(&value) => {}
            Some(condition) => condition.values.push(value),
            None => self.conditions.push(Condition { key, values: vec![value] }),
        }
        self
    }

    /// The same filter with any value accepted for a key.
    #[must_use]
    pub fn without(mut self, key: Key) -> Self {
        self.conditions.retain(|condition| condition.key != key);
        self
    }

    /// The values accepted for a key; `None` when any is.
    pub fn values(&self, key: Key) -> Option<&[Option<String>]> {
        self.conditions.iter().find(|condition| condition.key == key).map(|condition| condition.values.as_slice())
    }

    /// The rows of a table that meet every condition. A value that no row has meets none.
    pub fn rows(&self, facts: &Facts, table: &Table) -> Bitset {
        let mut rows = Bitset::all(table.len());
        for condition in &self.conditions {
            let code = |value: &Option<String>| match value {
                None => Some(NO_VALUE),
                Some(value) => facts.dictionary(condition.key)?.code(value),
            };
            let wanted: Vec<u32> = condition.values.iter().filter_map(code).collect();
            keep(&mut rows, table.column(condition.key), &wanted);
        }
        if !self.text.is_empty() {
            rows = rows.and(&self.rows_with_text(facts, table));
        }
        rows
    }

    fn rows_with_text(&self, facts: &Facts, table: &Table) -> Bitset {
        let found = |table: &Table| table.texts().map(|texts| search(texts, &self.text, Fold::Accents));
        let mut projects = Vec::new();
        if let Some(titled) = facts.table(Stage::Agreed)
            && let Some(found) = found(titled)
        {
            projects.extend(found.iter().map(|row| titled.code(Key::Project, row)).filter(|&code| code != NO_VALUE));
        }
        let mut of_projects = Bitset::all(table.len());
        keep(&mut of_projects, table.column(Key::Project), &projects);
        found(table).map_or(of_projects.clone(), |own| own.or(&of_projects))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Codes, Dictionary, Holding, RowsNeeded, Texts};

    /// A text finds projects by their titles, and lines by their own text or by their project's title.
    #[test]
    fn a_text_is_looked_for_in_titles_and_lines() {
        let titles = ["Agua potable", "Área de juegos", "Canal de agua"];
        let mut dictionaries = vec![Dictionary::default(); Key::ALL.len()];
        for (key, dictionary) in Key::ALL.into_iter().zip(&mut dictionaries) {
            for id in ["P1", "P2", "P3"].into_iter().filter(|_id| key == Key::Project) {
                dictionary.intern(id);
            }
        }
        let table = |projects: &[u32], texts: Option<Texts>| {
            let codes: Codes = projects.iter().copied().collect();
            Table::new(projects.len(), vec![(Key::Project, codes)], Vec::new(), Vec::new(), texts)
        };
        let projects = table(&[1, 2, 3], Some(titles.into_iter().collect()));
        let described = ["", "Tubos", "agua mineral", "", ""].into_iter().collect();
        for (texts, found) in [(None, vec![1, 3]), (Some(described), vec![1, 2, 3])] {
            let lines = table(&[NO_VALUE, 1, 2, 3, 2], texts);
            let facts = Facts::new(dictionaries.clone(), [projects.clone(), lines, Table::default()]).with_cubes();
            let filter = Filter { text: "AGUÁ".to_owned(), ..Filter::default() };
            for (stage, rows) in [(Stage::Agreed, vec![0, 2]), (Stage::Accrued, found)] {
                let source = facts.source(stage, &filter, &[]).unwrap();
                assert_eq!(filter.rows(&facts, source).iter().collect::<Vec<_>>(), rows, "{stage}");
            }
            let first = filter.clone().with(Key::Project, Some("P1"));
            assert_eq!(first.rows(&facts, facts.table(Stage::Accrued).unwrap()).count(), 1);
            let cube = |stage| Holding { rows: None, cube: facts.cube(stage).cloned() };
            let cubes = Facts::of_holdings(dictionaries.clone(), Facts::STAGES.map(cube));
            assert!(cubes.needs_rows(&filter, &[]));
            assert_eq!(cubes.source(Stage::Accrued, &filter, &[]), Err(RowsNeeded));
        }
    }
}
