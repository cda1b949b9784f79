//! What every component is handed: the words and the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::history;
use super::route::Address;
use crate::indicators::Selection;
use crate::text::Catalog;

/// A handle to the words and the address; copies are the same handle.
#[derive(Clone, Copy)]
pub struct Site {
    words: StoredValue<Arc<Catalog>>,
    /// Page, view and colours. The address bar follows it.
    pub address: RwSignal<Address>,
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
        self.words.with_value(|words| words.get(key))
    }

    /// One text with its places filled in.
    pub fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.words.with_value(|words| words.fill(key, args))
    }

    /// The view on screen.
    pub fn selection(&self) -> Selection {
        self.address.with(|address| address.selection.clone())
    }

    /// The address of the same page with another view.
    pub fn with_selection(&self, selection: Selection) -> Address {
        self.address.with(|address| Address { selection, ..address.clone() })
    }

    /// Shows another view of the same page, as one step that Back undoes.
    pub fn go(&self, address: Address) {
        history::push(&address);
        self.address.set(address);
    }

    /// Changes the view.
    pub fn change(&self, change: impl FnOnce(&mut Selection)) {
        let mut address = self.address.get_untracked();
        change(&mut address.selection);
        self.go(address);
    }
}
