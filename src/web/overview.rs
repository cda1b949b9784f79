//! The overview of a municipality: the sentence, the bar, three breakdowns, the matrix, the official totals.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::Loaded;
use super::breakdown::BreakdownTable;
use super::chips::Chips;
use super::headline::HeadlineSection;
use super::matrix::MatrixTable;
use super::official::OfficialSection;
use super::pickers::Pickers;
use super::provenance::{Problems, Provenance};
use super::route::Address;
use super::site::Site;
use crate::dataset::Package;
use crate::indicators::{Overview, overview};
use crate::money::format::NumberStyle;
use crate::text::Writer;

/// A handle to the package and its overview under the view on screen; copies are the same handle.
#[derive(Clone, Copy)]
pub struct View {
    /// Words and address.
    pub site: Site,
    /// The package.
    pub package: StoredValue<Arc<Package>>,
    /// Its overview; `None` when a sum is too large to hold.
    pub overview: Memo<Option<Arc<Overview>>>,
}

impl View {
    fn new(site: Site, package: Arc<Package>) -> Self {
        let stored = StoredValue::new(package);
        let overview = Memo::new(move |_| {
            let selection = site.selection();
            stored.with_value(|package| overview(package, &selection)).ok().map(Arc::new)
        });
        Self { site, package: stored, overview }
    }

    /// Runs with a writer of sentences about the package.
    pub fn with_writer<T>(&self, run: impl FnOnce(&Writer<'_>) -> T) -> T {
        let words = self.site.words();
        self.package.with_value(|package| {
            let style = NumberStyle::new(words.language(), &package.descriptor.country);
            run(&Writer { catalog: &words, package, style })
        })
    }

    /// Follows a link to another view without loading the page again; a click that asks for a new tab is left alone.
    pub fn follow(&self, event: &leptos::ev::MouseEvent, address: Address) {
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        self.site.go(address);
    }
}

/// The page.
#[component]
pub fn OverviewPage(site: Site, loaded: Loaded) -> impl IntoView {
    let view = View::new(site, Arc::clone(&loaded.package));
    let has_projects = !loaded.package.projects.is_empty() || !loaded.package.lines.is_empty();
    let body = if has_projects {
        view! {
            <Pickers view />
            <Chips view />
            <HeadlineSection view />
            <div class="breakdowns" class:years=move || view.overview.with(|o| o.as_ref().is_some_and(|o| o.years.len() > 1))>
                <BreakdownTable view position=0 />
                <BreakdownTable view position=1 />
                <BreakdownTable view position=2 />
            </div>
            <MatrixTable view />
        }
        .into_any()
    } else {
        view! { <h1>{site.fill("state.no-projects", &[("name", &loaded.package.descriptor.title)])}</h1> }.into_any()
    };
    view! {
        <Problems site loaded=loaded.clone() />
        {body}
        <OfficialSection view />
        <Provenance view />
    }
}
