//! The whole page as a function of values.

use std::sync::Arc;

use leptos::prelude::*;

use super::frame::{Failed, Footer, Header, Loading};
use super::front::Front;
use super::overview::OverviewPage;
use super::route::ThemeChoice;
use super::site::Site;
use crate::dataset::{Package, Report};
use crate::money::format::Language;

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
    /// Whether its figures are a demonstration.
    #[serde(default)]
    pub demonstration: bool,
    /// Its rounds.
    #[serde(default)]
    pub years: Vec<i32>,
}

/// A package as loaded, with what was found wrong.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The data.
    pub package: Arc<Package>,
    /// What was found.
    pub report: Arc<Report>,
    /// The words for problems, only where there are any.
    pub problem_words: Option<Arc<crate::text::Catalog>>,
}

/// Why there is nothing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The package's descriptor could not be had; the reason as the browser gives it.
    Unavailable(String),
    /// The descriptor is no descriptor: an HTML page, half a file.
    Unreadable,
}

/// What a page shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// Files are on their way.
    Loading,
    /// The front page.
    Front,
    /// A municipality.
    Package(Loaded),
    /// Nothing, and why.
    Failed(Failure),
}

/// The page.
#[component]
pub fn App(
    /// Words and address.
    site: Site,
    /// Municipalities to choose from.
    #[prop(into)]
    municipalities: Signal<Vec<Municipality>>,
    /// What to show.
    #[prop(into)]
    content: Signal<Content>,
) -> impl IntoView {
    let title = Memo::new(move |_| page_title(site, &content.read(), &municipalities.read()));
    reflect_in_document(site, content, title);
    let main = move || match content.get() {
        Content::Loading => view! { <Loading site /> }.into_any(),
        Content::Front => view! { <Front site municipalities /> }.into_any(),
        Content::Package(loaded) => view! { <OverviewPage site loaded /> }.into_any(),
        Content::Failed(failure) => view! { <Failed site failure /> }.into_any(),
    };
    view! {
        <Header site municipalities content />
        <main id="main" tabindex="-1">{main}</main>
        <Footer site />
    }
}

fn page_title(site: Site, content: &Content, municipalities: &[Municipality]) -> String {
    let slug = site.address.with(|address| address.route.municipality.clone());
    let listed = slug.as_ref().and_then(|slug| municipalities.iter().find(|one| one.slug == *slug));
    let name = match content {
        Content::Package(loaded) => Some(loaded.package.descriptor.title.clone()),
        _ => listed.map(|one| one.title.clone()).or(slug),
    };
    match name {
        Some(name) => site.fill("title.page", &[("name", &name)]),
        None => site.t("title.front"),
    }
}

/// Title, language, colours and state, on the elements that stand outside the page's own.
fn reflect_in_document(site: Site, content: Signal<Content>, title: Memo<String>) {
    Effect::new(move |_| document().set_title(&title.get()));
    Effect::new(move |_| {
        let (language, theme) = site.address.with(|address| (address.route.language, address.theme));
        let Some(root) = document().document_element() else { return };
        let set = |name: &str, value: &str| drop(root.set_attribute(name, value));
        set("lang", Language::tag(language));
        match theme {
            ThemeChoice::System => drop(root.remove_attribute("data-theme")),
            theme => set("data-theme", theme.name()),
        }
    });
    Effect::new(move |_| {
        let state = match *content.read() {
            Content::Loading => "loading",
            Content::Front | Content::Package(_) => "ready",
            Content::Failed(_) => "failed",
        };
        let Some(body) = document().body() else { return };
        drop(body.set_attribute("data-state", state));
    });
    Effect::new(move |_| super::history::follow(site));
}
