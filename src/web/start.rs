//! Starting in a browser: read the address, fetch the words, show the page, fetch the data.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::app::{App, Content, Failure};
use super::{fetch, history, site::Site};
use crate::download::abandon;

thread_local! {
    static LEFT: Cell<bool> = const { Cell::new(false) };
}

/// A wait longer than this is told how far it has come, and again each time it has passed.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// Puts the page in place of what stands in `<body>`.
pub fn start() {
    console_error_panic_hook::set_once();
    // For as long as the page stands.
    std::mem::forget(window_event_listener_untyped("pagehide", |_| leave()));
    std::mem::forget(window_event_listener_untyped("pageshow", |_| read_on()));
    wasm_bindgen_futures::spawn_local(run());
}

async fn run() {
    let address = history::current();
    let language = address.route.language;
    // All set out before the words arrive: on a slow line each wait counts.
    let municipalities = fetch::begin(fetch::municipalities());
    let progress = fetch::Progress::default();
    let package = address.route.municipality.clone();
    let package = package.map(|slug| fetch::begin(fetch::package(slug, language, progress.clone())));
    let Some(words) = fetch::words(language, "").await else {
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
        view! { <App site municipalities content /> }
    });
    let Some(package) = package else { return };
    let telling = set_interval_with_handle(move || content.set(Content::Loading(Some(progress.now()))), TELL_EVERY);
    let package = package.await;
    if let Ok(telling) = telling {
        telling.clear();
    }
    content.set(match package {
        Ok(Ok(loaded)) => Content::Package(loaded),
        Ok(Err(failure)) => Content::Failed(failure),
        Err(_gone) => Content::Failed(Failure::Unavailable("network".to_owned())),
    });
}

fn leave() {
    LEFT.set(true);
    abandon();
}

/// Back on a page that was left while its files were on their way: what was given up is asked for anew.
fn read_on() {
    let is_half_read =
        document().body().is_some_and(|body| body.get_attribute("data-state").as_deref() != Some("ready"));
    let was_left = LEFT.take();
    if is_half_read && was_left {
        drop(window().location().reload());
    }
}
