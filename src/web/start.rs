//! Starting in a browser: read the address, fetch the words, show the page, fetch the data.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::app::{App, Content, Errands, Failure, Loaded, NotPacked, PageParts};
use super::fetch::{Opened, Progress, StillPublished};
use super::place::Place;
use super::route::Address;
use super::{fetch, history, plain, site::Site};
use crate::download::abandon;
use crate::money::format::Language;
use crate::text::Catalog;

thread_local! {
    static LEFT: Cell<bool> = const { Cell::new(false) };
}

/// A wait longer than this is told how far it has come, and again each time it has passed.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// A language's words, on their way; `None` when they cannot be had.
pub type Words = Pin<Box<dyn Future<Output = Option<Catalog>>>>;

/// The words that all pages share.
pub fn shared_words(language: Language) -> Words {
    Box::pin(fetch::words(language, ""))
}

/// Those, and a page's own. One after the other: the page names both, so that both are on their way already.
fn words_with(language: Language, own: &'static str) -> Words {
    Box::pin(async move {
        let shared = fetch::words(language, "").await?;
        Some(shared.with(fetch::words(language, own).await?))
    })
}

/// The words of the page that explores.
pub fn explore_words(language: Language) -> Words {
    words_with(language, "explore.")
}

/// The words of the page of works.
pub fn projects_words(language: Language) -> Words {
    words_with(language, "projects.")
}

/// The words of the page that compares.
pub fn compare_words(language: Language) -> Words {
    words_with(language, "compare.")
}

/// The words of the what-if page.
pub fn what_if_words(language: Language) -> Words {
    words_with(language, "what-if.")
}

/// Puts the page in place of what stands in `<body>`; `page` is the one of a municipality that this program shows.
pub fn start(page: PageParts, words: fn(Language) -> Words) {
    console_error_panic_hook::set_once();
    // For as long as the page stands.
    std::mem::forget(window_event_listener_untyped("pagehide", |_| leave()));
    std::mem::forget(window_event_listener_untyped("pageshow", |_| read_on()));
    wasm_bindgen_futures::spawn_local(run(page, words));
}

async fn run(page: PageParts, words: fn(Language) -> Words) {
    let address = history::current();
    let language = address.route.language;
    // All set out before the words arrive: on a slow line each wait counts.
    let municipalities = fetch::begin(fetch::municipalities());
    let progress = Progress::default();
    let package = address.route.municipality.clone();
    let package = package.map(|slug| fetch::begin(fetch::package(slug, language, progress.clone())));
    let Some(words) = words(language).await else {
        if let Some(sorry) = document().get_element_by_id("no-words") {
            drop(sorry.remove_attribute("hidden"));
        }
        return;
    };
    let content = RwSignal::new(if package.is_some() { Content::Loading(None) } else { Content::Front });
    let municipalities = RwSignal::new(municipalities.await.unwrap_or_default());
    if let Some(body) = document().body() {
        body.set_inner_html("");
    }
    mount_to_body(move || {
        let site = Site::new(Arc::new(words), address);
        fetch_rows(site, content, page);
        provide_context(ERRANDS);
        view! { <App site municipalities content page /> }
    });
    let Some(package) = package else { return };
    let telling = set_interval_with_handle(
        move || {
            if let Some(reading) = progress.now() {
                content.set(Content::Loading(Some(reading)));
            }
        },
        TELL_EVERY,
    );
    let opened = package.await.unwrap_or_else(|_gone| Err(Failure::Unavailable("network".to_owned())));
    if let Ok(telling) = telling {
        telling.clear();
    }
    match opened {
        Ok(Opened { loaded, check }) => {
            content.set(Content::Package(loaded));
            if let Some(check) = check {
                replace_stale(content, check, language).await;
            }
        }
        Err(failure) => content.set(Content::Failed(failure)),
    }
}

/// Reads the CSV files in place of a packed form that turns out to be of others.
async fn replace_stale(content: RwSignal<Content>, check: StillPublished, language: Language) {
    let Some(file) = check.changed_file().await else { return };
    let why = Some(NotPacked::Stale(file));
    let progress = Progress::default();
    // Where they cannot be read, what was packed is still the best there is.
    if let Ok(loaded) = fetch::from_csv(check.folder, why, language, &progress).await {
        // The page is made anew under a reader who has begun to use it.
        let place = Place::now();
        content.set(Content::Package(loaded));
        place.restore();
    }
}

/// Fetches the rows once a view needs them.
fn fetch_rows(site: Site, content: RwSignal<Content>, page: PageParts) {
    Effect::new(move |_| {
        let Content::Package(loaded) = content.get() else { return };
        if loaded.rows.is_none() || !(page.needs_rows)(&loaded.package, &site.address()) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            // What is on screen is no answer yet.
            if let Some(body) = document().body() {
                drop(body.set_attribute("data-state", "loading"));
            }
            content.set(with_rows(site, loaded).await.map_or_else(Content::Failed, Content::Package));
        });
    });
}

/// A package with its rows: from its packed form, or else from the CSV files.
async fn with_rows(site: Site, loaded: Loaded) -> Result<Loaded, Failure> {
    let Some(rows) = loaded.rows.clone() else { return Ok(loaded) };
    match fetch::with_rows(loaded, rows).await {
        Ok(loaded) => Ok(loaded),
        Err(why) => {
            let Address { route, .. } = site.address_now();
            let folder = fetch::absolute(&format!("data/{}/", route.municipality.unwrap_or_default()));
            fetch::from_csv(folder, Some(why), route.language, &Progress::default()).await
        }
    }
}

/// Another municipality's package with its rows.
async fn other_package(slug: String, language: Language) -> Result<Loaded, Failure> {
    let Opened { loaded, .. } = fetch::package(slug.clone(), language, Progress::default()).await?;
    let Some(rows) = loaded.rows.clone() else { return Ok(loaded) };
    match fetch::with_rows(loaded, rows).await {
        Ok(loaded) => Ok(loaded),
        Err(why) => {
            let folder = fetch::absolute(&format!("data/{slug}/"));
            fetch::from_csv(folder, Some(why), language, &Progress::default()).await
        }
    }
}

/// What a page can send for once it stands.
const ERRANDS: Errands = Errands {
    rows: |site, loaded| Box::pin(with_rows(site, loaded)),
    package: |slug, language| Box::pin(other_package(slug, language)),
    problem_words: |language| Box::pin(fetch::words(language, "problems.")),
    file: |path| Box::pin(async move { fetch::bytes(&fetch::absolute(&path)).await }),
};

fn leave() {
    let has_given_up = [abandon(), plain::dismiss()].contains(&true);
    LEFT.set(has_given_up || !is_ready());
}

fn is_ready() -> bool {
    document().body().is_some_and(|body| body.get_attribute("data-state").as_deref() == Some("ready"))
}

/// Back on a page that was left while its files were on their way: what was given up is asked for anew.
fn read_on() {
    if LEFT.take() {
        drop(window().location().reload());
    }
}
