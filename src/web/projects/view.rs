//! What every part of the page is handed: the package, the view, and what the indicators make of the two.

use std::sync::Arc;

use leptos::prelude::*;

use crate::budget::Stage;
use crate::chart::{StatusMark, mark_for};
use crate::dataset::Package;
use crate::dataset::geometry::Geometry;
use crate::engine::{Key, Unanswered};
use crate::indicators::Selection;
use crate::indicators::projects::{Dossier, ListChoice, Listing, Places, Spending, dossier, listing, places};
use crate::money::format::NumberStyle;
use crate::text::Writer;
use crate::web::route::Address;
use crate::web::site::Site;

/// The outlines of the sections.
#[derive(Debug, Clone, Default)]
pub(super) enum Outlines {
    /// The package names no file of them.
    #[default]
    NotPublished,
    /// On their way.
    Waiting,
    /// Here.
    Here(Arc<Geometry>),
    /// They cannot be had, or are no outlines; why.
    Gone(String),
}

/// A handle to the package and its works under the view on screen; copies are the same handle.
///
/// Like [`Site`], its methods are not generic on purpose.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub site: Site,
    package: StoredValue<Arc<Package>>,
    /// The view without what only the list's form depends on.
    selection: Memo<Selection>,
    choice: Memo<ListChoice>,
    project: Memo<Option<String>>,
    spending: Memo<Result<Arc<Spending>, Unanswered>>,
    listing: Memo<Result<Arc<Listing>, Unanswered>>,
    places: Memo<Option<Arc<Places>>>,
    dossier: Memo<Result<Option<Arc<Dossier>>, Unanswered>>,
    pub outlines: RwSignal<Outlines>,
    /// What is said of a file that was taken away.
    pub said: RwSignal<String>,
}

impl View {
    pub fn new(site: Site, package: Arc<Package>) -> Self {
        let has_outlines = package.descriptor.geometry.is_some();
        let stored = StoredValue::new(package);
        let selection = Memo::new(move |_| site.selection());
        let choice = Memo::new(move |_| choice_of(&site.address()));
        let project = Memo::new(move |_| site.own("project"));
        let stage = Memo::new(move |_| stage_of(&selection.get()));
        let spending = Memo::new(move |_| Spending::of(&stored.get_value(), stage.get()).map(Arc::new));
        let listing = Memo::new(move |_| {
            let spending = spending.get()?;
            listing(&stored.get_value(), &spending, &selection.get(), choice.get()).map(Arc::new)
        });
        // Nothing is computed before somebody asks.
        let places = Memo::new(move |_| {
            let spending = spending.get().ok()?;
            places(&stored.get_value(), &spending, &selection.get()).ok().map(Arc::new)
        });
        let dossier = Memo::new(move |_| {
            let found = dossier(&stored.get_value(), &project.get().unwrap_or_default())?;
            Ok(found.map(Arc::new))
        });
        let outlines = RwSignal::new(if has_outlines { Outlines::Waiting } else { Outlines::NotPublished });
        let said = RwSignal::new(String::new());
        Self { site, package: stored, selection, choice, project, spending, listing, places, dossier, outlines, said }
    }

    /// The package.
    pub fn package(&self) -> Arc<Package> {
        self.package.get_value()
    }

    /// How the list is looked at.
    pub fn choice(&self) -> ListChoice {
        self.choice.get()
    }

    /// What is chosen.
    pub fn selection(&self) -> Selection {
        self.selection.get()
    }

    /// The code of the work whose page is open.
    pub fn project(&self) -> Option<String> {
        self.project.get()
    }

    /// The stage that is set against the promise.
    pub fn stage(&self) -> Stage {
        stage_of(&self.selection())
    }

    /// What each work has been spent; `None` where that cannot be told.
    pub fn spending(&self) -> Option<Arc<Spending>> {
        self.spending.get().ok()
    }

    /// The works listed; `None` where a sum is too large to hold.
    pub fn listing(&self) -> Option<Arc<Listing>> {
        self.listing.get().ok()
    }

    /// The same as it is now.
    pub fn listing_now(&self) -> Option<Arc<Listing>> {
        self.listing.get_untracked().ok()
    }

    /// The same as it is now.
    pub fn spending_now(&self) -> Option<Arc<Spending>> {
        self.spending.get_untracked().ok()
    }

    /// The sections of the map under the view; `None` where a sum is too large to hold.
    pub fn places(&self) -> Option<Arc<Places>> {
        self.places.get()
    }

    /// The same as they are now.
    pub fn places_now(&self) -> Option<Arc<Places>> {
        self.places.get_untracked()
    }

    /// The file of the work whose page is open; `Ok(None)` where no work has its code.
    pub fn dossier(&self) -> Result<Option<Arc<Dossier>>, Unanswered> {
        self.dossier.get()
    }

    /// The same as it is now.
    pub fn dossier_now(&self) -> Option<Arc<Dossier>> {
        self.dossier.get_untracked().ok().flatten()
    }

    /// How numbers look.
    pub fn style(&self) -> NumberStyle {
        NumberStyle::new(self.site.words().language(), &self.package().descriptor.country)
    }

    /// What to call a value of a key.
    pub fn label(&self, key: Key, value: Option<&str>) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.label(key, value)
    }

    /// A count with its unit.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.count(unit, count)
    }

    /// The shape of a state.
    pub fn mark(&self, status: Option<&str>) -> StatusMark {
        let package = self.package();
        let found = package.statuses.iter().find(|known| Some(known.id.as_str()) == status);
        mark_for(found.map_or("", |status| &status.oc4ids_status), status.unwrap_or_default())
    }

    /// The link to another choice of works, from the first page of the list.
    pub fn href(&self, selection: Selection) -> String {
        Address { selection, ..self.address(self.choice().from_the_start()) }.href()
    }

    /// The link to the same works looked at otherwise.
    pub fn href_of(&self, choice: ListChoice) -> String {
        self.address(choice).href()
    }

    /// The link to another choice of works looked at otherwise.
    pub fn href_to(&self, selection: Selection, choice: ListChoice) -> String {
        Address { selection, ..self.address(choice) }.href()
    }

    /// The link to the page of a work, from the list as it is.
    pub fn href_of_work(&self, id: &str) -> String {
        self.site.address().with_own(&[("project", Some(id))]).href()
    }

    fn address(&self, choice: ListChoice) -> Address {
        let pairs = choice.to_pairs();
        let mut changes: Vec<(&str, Option<&str>)> =
            pairs.iter().map(|(name, value)| (*name, value.as_deref())).collect();
        changes.push(("project", None));
        self.site.address().with_own(&changes)
    }
}

/// How an address looks at the list.
pub(super) fn choice_of(address: &Address) -> ListChoice {
    ListChoice::from_pairs(address.own.iter().map(|(name, value)| (name.as_str(), value.as_str()))).0
}

/// A promise is not set against itself.
fn stage_of(selection: &Selection) -> Stage {
    match selection.stage {
        Stage::Agreed | Stage::Secured => Stage::Accrued,
        stage => stage,
    }
}
