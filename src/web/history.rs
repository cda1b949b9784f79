//! The address bar.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::route::Address;
use super::site::Site;

/// Puts an address into the bar as a new step.
pub(super) fn push(address: &Address) {
    let url = absolute(&address.href());
    let Ok(history) = window().history() else { return };
    // A browser may refuse (too many steps in a second); the page is right all the same.
    drop(history.push_state_with_url(&JsValue::NULL, "", Some(&url)));
}

/// Puts an address into the bar in place of the one there.
pub(super) fn replace(address: &Address) {
    let url = absolute(&address.href());
    let Ok(history) = window().history() else { return };
    // As above.
    drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&url)));
}

/// The address in the bar.
pub fn current() -> Address {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    let fragment = location.hash().unwrap_or_default();
    let folder = site_folder();
    let below = path.strip_prefix(folder.as_str()).unwrap_or_default();
    let decoded = js_decoded(below);
    Address::parse(&decoded, &query, &fragment)
}

/// Follows Back and Forward.
pub(super) fn follow(site: Site) {
    let handle = window_event_listener_untyped("popstate", move |_| site.restore());
    on_cleanup(move || handle.remove());
}

/// The path of the site's own folder, from the page's `<base>`.
fn site_folder() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let after_host = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
    let path = after_host.unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") }
}

/// The whole of an address, to be used anywhere.
pub(super) fn whole(address: &Address) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{}", absolute(&address.href()))
}

fn absolute(href: &str) -> String {
    format!("{}{href}", site_folder())
}

fn js_decoded(path: &str) -> String {
    // A folder's name may hold an encoded character; form encoding differs from it only in `+`.
    let plus = path.replace('+', "%2B");
    form_urlencoded::parse(plus.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}
