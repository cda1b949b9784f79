//! What every component is handed: the words and the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::history;
use super::route::{Address, Page, Route};
use crate::engine::YearBasis;
use crate::indicators::{Selection, YearChoice};
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

    /// The link to the same page of another municipality, opened with its own view; without one, to the front page.
    pub fn href_of(&self, municipality: Option<&str>) -> String {
        let Address { route, theme, .. } = self.address();
        let page = if municipality.is_some() { route.page } else { Page::Overview };
        let route = Route { municipality: municipality.map(str::to_owned), page, ..route };
        Address { route, theme, selection: Selection::default(), fragment: String::new() }.href()
    }

    /// The link to another page of the municipality, on the same round: what else is chosen means something on its own page
    /// only. A fiscal year is no round.
    pub fn href_to_page(&self, page: Page) -> String {
        let Address { route, theme, selection, .. } = self.address();
        let year = if selection.basis == YearBasis::Round { selection.year } else { YearChoice::Opening };
        let selection = Selection { year, ..Selection::default() };
        Address { route: Route { page, ..route }, theme, selection, fragment: String::new() }.href()
    }

    /// The link to another view of the same page.
    pub fn href(&self, selection: Selection) -> String {
        Address { selection, ..self.address() }.href()
    }

    /// The link to a place on the same page.
    pub fn href_to(&self, anchor: &str) -> String {
        Address { fragment: anchor.to_owned(), ..self.address() }.href()
    }

    /// Shows another view of the same page, as one step that Back undoes.
    pub fn go(&self, address: Address) {
        history::push(&address);
        self.address.set(address);
    }

    /// Shows another view of the same page, in place of the one before it: Back leads to where that one would have led.
    pub fn replace(&self, address: Address) {
        history::replace(&address);
        self.address.set(address);
    }

    /// Shows what the address bar says, after Back, Forward, or an address typed by hand.
    pub(super) fn restore(&self) {
        let address = history::current();
        // Browsers tell of some changes twice, and of places on the page.
        if address != self.address_now() {
            self.address.set(address);
        }
    }
}
