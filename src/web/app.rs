//! The whole page as a function of values.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;

use super::route::{Address, Page, ThemeChoice};
use super::site::{Site, Understands};
use super::{frame, front, ignored};
use crate::dataset::packed::{PackFault, PackId};
use crate::dataset::{Package, Report};
use crate::money::format::Language;
use crate::text::Catalog;

/// A municipality as the index lists it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Municipality {
    /// Its folder.
    pub slug: String,
    /// Its name.
    #[serde(default)]
    pub title: String,
    /// What its package says of itself.
    #[serde(default)]
    pub description: String,
    /// The same in English, where it gives it.
    #[serde(default)]
    pub description_en: String,
    /// Whether its figures are a demonstration.
    #[serde(default)]
    pub demonstration: bool,
    /// Its rounds.
    #[serde(default)]
    pub years: Vec<i32>,
}

impl Municipality {
    /// The description for a reader of `language`, with the language it is in.
    pub fn description_in(&self, language: Language) -> (&str, Language) {
        in_language(language, &self.description, &self.description_en)
    }
}

/// A package's own text for a reader of `language`, with the language it is in: Spanish where there is no other.
pub(super) fn in_language<'a>(language: Language, es: &'a str, en: &'a str) -> (&'a str, Language) {
    match language {
        Language::En if !en.is_empty() => (en, Language::En),
        _ => (es, Language::Es),
    }
}

/// A package as loaded, with what was found wrong.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The data.
    pub package: Arc<Package>,
    /// What was found.
    pub report: Arc<Report>,
    /// The words for problems, only where there are any.
    pub problem_words: Option<Arc<Catalog>>,
    /// Where the rows are, while they are not in the package.
    pub rows: Option<RowsAt>,
    /// Why the figures come from the CSV files, where there is a packed form too.
    pub not_packed: Option<NotPacked>,
}

/// The packed file with a package's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsAt {
    /// Its address.
    pub url: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// What it was packed from.
    pub id: PackId,
}

/// The reason where no answer came at all.
pub(super) const NETWORK: &str = "network";

/// Why a packed form is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPacked {
    /// A file it was packed from is another now; which.
    Stale(String),
    /// A file it names could not be had; the reason as the browser gives it.
    Unavailable(String),
    /// What was received is not what it should be.
    Fault(PackFault),
}

/// Why there is nothing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The package's descriptor could not be had; the reason as the browser gives it.
    Unavailable(String),
    /// The descriptor is no descriptor: an HTML page, half a file.
    Unreadable,
    /// The program that reads the files could not be had, or broke off.
    NoReader,
}

/// How far the data have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all, where that is known.
    pub of: Option<u64>,
}

/// What a page shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// Files are on their way; how far they have come, once the wait is long enough to say it.
    Loading(Option<Reading>),
    /// The front page.
    Front,
    /// A municipality.
    Package(Loaded),
    /// Nothing, and why.
    Failed(Failure),
}

/// One page of a municipality, as its program hands it to what all pages share: a program links no page but its own.
#[derive(Clone, Copy)]
pub struct PageParts {
    /// The page of a package.
    pub show: fn(Site, Loaded) -> AnyView,
    /// Whether a view of it needs rows that are not in the package yet.
    pub needs_rows: fn(&Package, &Address) -> bool,
    /// Whether it can do something with a value of its own names ([`Page::own_names`]).
    pub understands: Understands,
    /// What it listens to in a browser from the start, beside what every page does.
    pub follow: fn(Site),
}

/// Something fetched, when it comes.
pub type Errand<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a page can still send for once it stands. A page that is written as HTML has nobody to send.
#[derive(Clone, Copy)]
pub struct Errands {
    /// A package with its rows.
    pub rows: fn(Site, Loaded) -> Errand<Result<Loaded, Failure>>,
    /// Another municipality's package, with its rows; of this site, by its folder.
    pub package: fn(String, Language) -> Errand<Result<Loaded, Failure>>,
    /// The words for problems.
    pub problem_words: fn(Language) -> Errand<Option<Catalog>>,
    /// A file by its address in the site's folder, whole, or why it cannot be had.
    pub file: fn(String) -> Errand<Result<Vec<u8>, String>>,
}

/// The page.
#[component]
pub fn App(
    /// Words and address.
    site: Site,
    /// Municipalities to choose from.
    municipalities: RwSignal<Vec<Municipality>>,
    /// What to show.
    content: RwSignal<Content>,
    /// The page of a municipality.
    page: PageParts,
) -> impl IntoView {
    reflect_in_document(site, municipalities, content);
    // For pages that lead to other municipalities, or set them beside this one.
    provide_context(municipalities);
    Effect::new(move |_| {
        super::history::follow(site);
        (page.follow)(site);
    });
    let main = move || match content.get() {
        Content::Loading(reading) => frame::loading(site, reading),
        Content::Front => front::front(site, &municipalities.get()),
        Content::Package(loaded) => {
            site.settle(&loaded.package, page.understands);
            view! { {move || ignored::list(site)} {(page.show)(site, loaded)} }.into_any()
        }
        Content::Failed(failure) => frame::failed(site, &failure),
    };
    view! {
        {move || frame::header(site, &municipalities.get())}
        {move || frame::notice(site, &content.get())}
        <main id="main" tabindex="-1">{main}</main>
        {frame::footer(site)}
    }
}

fn page_title(site: Site, content: &Content, municipalities: &[Municipality]) -> String {
    let route = site.address().route;
    let slug = route.municipality;
    let listed = slug.as_ref().and_then(|slug| municipalities.iter().find(|one| one.slug == *slug));
    let name = match content {
        Content::Package(loaded) => Some(loaded.package.descriptor.title.clone()),
        _ => listed.map(|one| one.title.clone()).or(slug),
    };
    match (name, route.page) {
        (Some(name), Page::Overview) => site.fill("title.page", &[("name", &name)]),
        (Some(name), page) => {
            let page = site.t(frame::page_name(page));
            site.fill("title.of-page", &[("page", &page), ("name", &name)])
        }
        (None, _) => site.t("title.front"),
    }
}

/// Title, language, colours and state, on the elements that stand outside the page's own.
fn reflect_in_document(site: Site, municipalities: RwSignal<Vec<Municipality>>, content: RwSignal<Content>) {
    Effect::new(move |_| {
        let content = content.get();
        document().set_title(&page_title(site, &content, &municipalities.get()));
        let state = match content {
            Content::Loading(_) => "loading",
            Content::Front | Content::Package(_) => "ready",
            Content::Failed(_) => "failed",
        };
        if let Some(body) = document().body() {
            drop(body.set_attribute("data-state", state));
        }
        let address = site.address();
        let Some(root) = document().document_element() else { return };
        drop(root.set_attribute("lang", address.route.language.tag()));
        match address.theme {
            ThemeChoice::System => drop(root.remove_attribute("data-theme")),
            theme => drop(root.set_attribute("data-theme", theme.name())),
        }
    });
}
