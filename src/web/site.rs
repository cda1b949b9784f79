//! What every component is handed: the words and the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::history;
use super::route::{Address, Page, Route};
use crate::dataset::Package;
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
    settling: StoredValue<Option<Settling>>,
}

/// What an address is held to once a package is there.
#[derive(Clone)]
struct Settling {
    package: Arc<Package>,
    understands: Understands,
}

/// Whether a page can do something with what its query tells it.
pub type Understands = fn(&Package, &str, &str) -> bool;

impl Site {
    /// A site in the language of `words`, at `address`.
    pub fn new(words: Arc<Catalog>, address: Address) -> Self {
        let settling = StoredValue::new(None);
        Self { words: StoredValue::new(words), address: RwSignal::new(address), settling }
    }

    /// Holds the address, and those that are opened by hand later, to what the package has: what means nothing there is
    /// taken out and named ([`Address::ignored`]).
    pub(super) fn settle(&self, package: &Arc<Package>, understands: Understands) {
        self.settling.set_value(Some(Settling { package: Arc::clone(package), understands }));
        let settled = self.settled(self.address_now());
        if settled != self.address_now() {
            self.address.set(settled);
        }
    }

    fn settled(&self, mut address: Address) -> Address {
        let Some(Settling { package, understands }) = self.settling.get_value() else { return address };
        let (selection, unknown) = address.selection.known_to(&package);
        address.selection = selection;
        address.ignored.extend(unknown);
        let own = std::mem::take(&mut address.own);
        let (own, strange) = own.into_iter().partition(|(name, value)| understands(&package, name, value));
        address.own = own;
        address.ignored.extend::<Vec<_>>(strange);
        address
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

    /// What the page is told under a name of its own; who asks is told of changes.
    pub fn own(&self, name: &str) -> Option<String> {
        self.address().own(name).map(str::to_owned)
    }

    /// The link to the same view of the page with what it is told changed; `None` takes a name back.
    pub fn href_with(&self, changes: &[(&str, Option<&str>)]) -> String {
        self.address().with_own(changes).href()
    }

    /// The link to the same page of another municipality, opened with its own view; without one, to the front page.
    pub fn href_of(&self, municipality: Option<&str>) -> String {
        let Address { route, theme, .. } = self.address();
        let page = if municipality.is_some() { route.page } else { Page::Overview };
        let route = Route { municipality: municipality.map(str::to_owned), page, ..route };
        Address { theme, ..Address::of(route, Selection::default()) }.href()
    }

    /// The link to another page of the municipality, on the same round: what else is chosen means something on its own page
    /// only. A fiscal year is no round.
    pub fn href_to_page(&self, page: Page) -> String {
        let Address { route, theme, selection, .. } = self.address();
        let year = if selection.basis == YearBasis::Round { selection.year } else { YearChoice::Opening };
        let selection = Selection { year, ..Selection::default() };
        Address { theme, ..Address::of(Route { page, ..route }, selection) }.href()
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
        let address = Address { ignored: Vec::new(), ..address };
        history::push(&address);
        self.address.set(address);
    }

    /// Shows another view of the same page, in place of the one before it: Back leads to where that one would have led.
    pub fn replace(&self, address: Address) {
        let address = Address { ignored: Vec::new(), ..address };
        history::replace(&address);
        self.address.set(address);
    }

    /// Shows what the address bar says, after Back, Forward, or an address typed by hand.
    pub(super) fn restore(&self) {
        let address = self.settled(history::current());
        // Browsers tell of some changes twice, and of places on the page.
        if address != self.address_now() {
            self.address.set(address);
        }
    }
}
