//! Starting in a browser: read the address, fetch the words, show the page, fetch the data.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::{App, Content};
use super::{fetch, history, site::Site};

/// Puts the page in place of what stands in `<body>`.
pub fn start() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(run());
}

async fn run() {
    let address = history::current();
    let Some(words) = fetch::words(address.route.language, "").await else {
        if let Some(sorry) = document().get_element_by_id("no-words") {
            drop(sorry.remove_attribute("hidden"));
        }
        return;
    };
    let slug = address.route.municipality.clone();
    let content = RwSignal::new(if slug.is_some() { Content::Loading } else { Content::Front });
    let municipalities = RwSignal::new(fetch::municipalities().await);
    let language = address.route.language;
    if let Some(body) = document().body() {
        body.set_inner_html("");
    }
    mount_to_body(move || {
        let site = Site::new(Arc::new(words), address);
        view! { <App site municipalities content /> }
    });
    let Some(slug) = slug else { return };
    content.set(match fetch::package(&slug, language).await {
        Ok(loaded) => Content::Package(loaded),
        Err(failure) => Content::Failed(failure),
    });
}
