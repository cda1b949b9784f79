//! Starting in a browser: read the address, fetch the words, show the page, fetch the data.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::{App, Content, Failure};
use super::{fetch, history, site::Site};

/// Puts the page in place of what stands in `<body>`.
pub fn start() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(run());
}

async fn run() {
    let address = history::current();
    let language = address.route.language;
    // All set out before the words arrive: on a slow line each wait counts.
    let municipalities = fetch::begin(fetch::municipalities());
    let package = address.route.municipality.clone().map(|slug| fetch::begin(fetch::package(slug, language)));
    let Some(words) = fetch::words(language, "").await else {
        if let Some(sorry) = document().get_element_by_id("no-words") {
            drop(sorry.remove_attribute("hidden"));
        }
        return;
    };
    let content = RwSignal::new(if package.is_some() { Content::Loading } else { Content::Front });
    let municipalities = RwSignal::new(municipalities.await.unwrap_or_default());
    if let Some(body) = document().body() {
        body.set_inner_html("");
    }
    mount_to_body(move || {
        let site = Site::new(Arc::new(words), address);
        view! { <App site municipalities content /> }
    });
    let Some(package) = package else { return };
    content.set(match package.await {
        Ok(Ok(loaded)) => Content::Package(loaded),
        Ok(Err(failure)) => Content::Failed(failure),
        Err(_gone) => Content::Failed(Failure::Unavailable("network".to_owned())),
    });
}
