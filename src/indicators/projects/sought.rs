//! Works that a reader's words find: by name, neighbourhood, section, code.

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Bitset, Fold, Key, RowsNeeded, Table, Texts, search, search_values};

/// The works whose name, neighbourhood, section or code holds the words as they stand, case and accents ignored; where none
/// does, those that hold each of the words somewhere.
///
/// # Errors
/// [`RowsNeeded`] where the rows are not loaded.
pub(super) fn sought(package: &Package, words: &str) -> Result<Bitset, RowsNeeded> {
    let projects = package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let words = words.trim();
    let seeker = Seeker::new(package, projects);
    let whole = seeker.holding(words);
    let each: Vec<&str> = words.split_whitespace().collect();
    if whole.any() || each.len() < 2 {
        return Ok(whole);
    }
    Ok(each.into_iter().fold(Bitset::all(projects.len()), |rows, word| rows.and(&seeker.holding(word))))
}

struct Seeker<'a> {
    package: &'a Package,
    projects: &'a Table,
    /// CUI or SNIP codes, by project.
    codes: Texts,
    /// What the neighbourhoods and the sections are called, in the order of their codes.
    places: [(Key, Texts); 2],
}

impl<'a> Seeker<'a> {
    fn new(package: &'a Package, projects: &'a Table) -> Self {
        let codes = package.projects.iter().map(|project| project.code.as_deref().unwrap_or_default()).collect();
        let of = |key: Key| (key, names(package, key));
        Self { package, projects, codes, places: [of(Key::Neighbourhood), of(Key::Section)] }
    }

    fn holding(&self, words: &str) -> Bitset {
        if words.is_empty() {
            return Bitset::all(self.projects.len());
        }
        let mut found = search(&self.codes, words, Fold::Accents);
        if let Some(titles) = self.projects.texts() {
            found = found.or(&search(titles, words, Fold::Accents));
        }
        if let Some(ids) = self.package.facts.dictionary(Key::Project) {
            found = found.or(&self.with(Key::Project, &search_values(ids, words, Fold::Accents)));
        }
        for (key, names) in &self.places {
            let named = search(names, words, Fold::Accents);
            // A code is one more than the place of its value.
            let codes = Bitset::from_fn(names.len() + 1, |code| code > 0 && named.contains(code - 1));
            found = found.or(&self.with(*key, &codes));
        }
        found
    }

    fn with(&self, key: Key, codes: &Bitset) -> Bitset {
        if !codes.any() {
            return Bitset::none(self.projects.len());
        }
        Bitset::from_fn(self.projects.len(), |row| codes.contains(self.projects.code(key, row) as usize))
    }
}

fn names(package: &Package, key: Key) -> Texts {
    let mut texts = Texts::default();
    for value in package.facts.values(key) {
        let section = || package.sections.iter().find(|section| section.id == value).map(|section| &section.name);
        let name = match key {
            Key::Section => section(),
            _ => package.neighbourhoods.iter().find(|place| place.id == value).map(|place| &place.name),
        };
        texts.push(name.map_or("", String::as_str));
    }
    texts
}
