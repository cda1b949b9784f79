//! What the handlers of every page begin with: what was touched, and the way to what a link shows.

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::route::Address;
use super::site::Site;

/// The element an event is of.
pub(super) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()
}

/// The nearest element a selector finds, from the element itself outwards.
pub(super) fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// What was clicked; `None` for a click that asks for a new tab or a menu, which is left alone.
pub(super) fn clicked(event: &MouseEvent) -> Option<Element> {
    let is_plain =
        !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) && event.button() == 0;
    if is_plain { target(event) } else { None }
}

/// Follows a link to another view without loading the page again.
pub(super) fn follow(site: Site, event: &MouseEvent, link: Option<Element>) {
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    event.prevent_default();
    site.go(Address::from_href(&href));
}

/// The row that an arrow key leads to from this one.
pub(super) fn next_row(event: &KeyboardEvent, row: &Element) -> Option<Element> {
    match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    }
}

/// Moves the focus to what a selector finds in a row, where there is one.
pub(super) fn focus_in(event: &KeyboardEvent, row: Option<Element>, selector: &str) {
    let found = row.and_then(|row| row.query_selector(selector).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        drop(found.focus());
    }
}
