//! What the page works on: the package, and the view on screen with all that follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dataset::Package;
use crate::engine::{Key, Unanswered};
use crate::indicators::{
    Behind, Figure, Look, Pivot, PivotRow, Refused, Selection, behind, gathered, keys_offered, pivot, settled, sorted,
    stages_offered,
};
use crate::money::format::NumberStyle;
use crate::text::Writer;
use crate::web::app::Loaded;
use crate::web::route::Address;
use crate::web::site::Site;

/// So many rows the table shows at once.
pub(super) const ROWS_A_PART: usize = 200;

/// A handle; copies are the same one. Its methods are not generic on purpose.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub site: Site,
    package: StoredValue<Arc<Package>>,
    state: Memo<Arc<State>>,
    /// What is said of a file that was taken away.
    pub said: RwSignal<String>,
}

/// A view and all that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub selection: Selection,
    pub look: Look,
    pub refused: Vec<Refused>,
    pub offered: Vec<Key>,
    /// The whole table in the order chosen; or why there is none.
    pub pivot: Result<Pivot, Unanswered>,
    /// The rows on screen: small ones gathered, or one part of many.
    pub shown: Vec<PivotRow>,
    /// How many parts the rows come in.
    pub parts: usize,
    pub behind: Option<Behind>,
}

impl Desk {
    pub fn new(site: Site, loaded: &Loaded) -> Self {
        let package = StoredValue::new(Arc::clone(&loaded.package));
        let state = Memo::new(move |_| {
            let (package, address) = (package.get_value(), site.address());
            let style = NumberStyle::new(site.words().language(), &package.descriptor.country);
            let words = site.words();
            let writer = Writer { catalog: &words, package: &package, style };
            Arc::new(State::of(&package, &address, &|key, value| writer.label(key, value)))
        });
        Self { site, package, state, said: RwSignal::new(String::new()) }
    }

    pub fn package(&self) -> Arc<Package> {
        self.package.get_value()
    }

    /// Whether the package has nothing to explore.
    pub fn is_bare(&self) -> bool {
        stages_offered(&self.package()).is_empty()
    }

    /// The view; who asks is told of changes.
    pub fn state(&self) -> Arc<State> {
        self.state.get()
    }

    /// The view as it is now.
    pub fn state_now(&self) -> Arc<State> {
        self.state.get_untracked()
    }

    pub fn style(&self) -> NumberStyle {
        NumberStyle::new(self.site.words().language(), &self.package().descriptor.country)
    }

    /// What to call a value of a key.
    pub fn label(&self, key: Key, value: Option<&str>) -> String {
        let (words, package) = (self.site.words(), self.package());
        // Codes of the national classifiers have names there.
        if let Some(code) = value.filter(|_| package.descriptor.country == "PE") {
            let named = format!("explore.pe.{}.{code}", key.name());
            if words.has(&named) {
                return words.get(&named);
            }
        }
        let name = Writer { catalog: &words, package: &package, style: self.style() }.label(key, value);
        // Groups of many sections have the same name.
        let place = value.filter(|_| key == Key::Neighbourhood && self.is_of_many_sections());
        let place = place.and_then(|value| package.neighbourhoods.iter().find(|place| place.id == value));
        match place.map(|place| place.section.as_str()) {
            Some(section) => {
                let section = Writer { catalog: &words, package: &package, style: self.style() }
                    .label(Key::Section, Some(section));
                format!("{name} · {section}")
            }
            None => name,
        }
    }

    fn is_of_many_sections(&self) -> bool {
        self.site.selection().filter.values(Key::Section).is_none_or(|sections| sections.len() != 1)
    }

    /// A text with a count in the right plural.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.site.words().plural(unit, count, &[("n", &self.style().count(count))])
    }

    /// The address of another view of the page.
    pub fn address(&self, selection: Selection, look: &Look) -> Address {
        let now = self.site.address_now();
        Address { selection, own: look.to_pairs(), ignored: Vec::new(), ..now }
    }

    /// The link to another view of the page; who asks is told of changes, as the colours are part of it.
    pub fn href(&self, selection: Selection, look: &Look) -> String {
        let now = self.site.address();
        Address { selection, own: look.to_pairs(), ignored: Vec::new(), ..now }.href()
    }
}

impl State {
    fn of(package: &Package, address: &Address, name: &dyn Fn(Key, Option<&str>) -> String) -> Self {
        let asked = Look::from_pairs(&address.own).0;
        let (selection, look, refused) = settled(package, &address.selection, &asked);
        let offered = keys_offered(package, selection.stage);
        let pivot = pivot(package, &selection, &look).map(|pivot| sorted(pivot, look.sort, name));
        let mut state = Self { selection, look, refused, offered, pivot, shown: Vec::new(), parts: 1, behind: None };
        state.behind = behind(package, &state.selection, &state.look).unwrap_or_default();
        if let Ok(pivot) = &state.pivot {
            let few = if state.look.others_open || !state.gathers() { None } else { gathered(pivot).ok() };
            let rows = few.map_or_else(|| pivot.rows.clone(), |few| few.rows);
            state.parts = rows.len().div_ceil(ROWS_A_PART).max(1);
            let part = state.look.part.clamp(1, state.parts) - 1;
            state.shown = rows.into_iter().skip(part * ROWS_A_PART).take(ROWS_A_PART).collect();
        }
        state
    }

    /// Whether small rows are gathered in this picture: the matrix is for reading them all.
    pub fn gathers(&self) -> bool {
        self.look.picture != crate::indicators::Picture::Matrix
            && self.pivot.as_ref().is_ok_and(|pivot| pivot.adds_up())
    }

    pub fn rows(&self) -> Key {
        self.look.rows.unwrap_or(Key::Section)
    }

    pub fn columns(&self) -> Option<Key> {
        self.look.columns.flatten()
    }

    /// The figures of the table's foot: the columns', then all.
    pub fn totals(&self) -> Vec<Figure> {
        let Ok(pivot) = &self.pivot else { return Vec::new() };
        pivot.columns.iter().map(|column| column.total).chain([pivot.total]).collect()
    }
}
