//! What every component is handed: the words and the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::history;
use super::route::{Address, Route};
use crate::indicators::Selection;
use crate::text::Catalog;

/// A handle to the words and the address; copies are the same handle.
///
/// Its methods hand out copies and are not generic: a closure at each place of use would be compiled into the page each time.
#[derive(Clone, Copy)]
pub struct Site {
    words: StoredValue<Arc<Catalog>>,
    address: RwSignal<Address>,
}

impl Site {
    /// A site in the language of `words`, at `address`.
    pub fn new(words: Arc<Catalog>, address: Address) -> Self {
        Self { words: StoredValue::new(words), address: RwSignal::new(address) }
    }

    /// The words.
    pub fn words(&self) -> Arc<Catalog> {
        self.words.get_value()
    }

    /// One text.
    pub fn t(&self, key: &str) -> String {
        self.words().get(key)
    }

    /// One text with its places filled in.
    pub fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.words().fill(key, args)
    }

    /// Page, view and colours; who asks is told of changes.
    pub fn address(&self) -> Address {
        self.address.get()
    }

    /// Page, view and colours as they are now.
    pub fn address_now(&self) -> Address {
        self.address.get_untracked()
    }

    /// The view on screen; who asks is told of changes.
    pub fn selection(&self) -> Selection {
        self.address().selection
    }

    /// The link to another page, opened with its own view.
    pub fn href_of(&self, municipality: Option<&str>) -> String {
        let Address { route, theme, .. } = self.address();
        let route = Route { municipality: municipality.map(str::to_owned), ..route };
        Address { route, theme, selection: Selection::default() }.href()
    }

    /// The link to another view of the same page.
    pub fn href(&self, selection: Selection) -> String {
        Address { selection, ..self.address() }.href()
    }

    /// The link to a place on the same page.
    pub fn href_to(&self, anchor: &str) -> String {
        format!("{}#{anchor}", self.address().href())
    }

    /// Shows another view of the same page, as one step that Back undoes.
    pub fn go(&self, address: Address) {
        history::push(&address);
        self.address.set(address);
    }

    /// Shows what the address bar says, after Back or Forward.
    pub(super) fn restore(&self) {
        self.address.set(history::current());
    }
}
