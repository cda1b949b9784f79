//! What a page needs that keeps its state after the `#`, where other pages have the places that links lead to.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

use super::route::Address;
use super::site::Site;

/// Follows a state typed by hand, and goes to places on the page without writing them over the state.
pub(super) fn follow(site: Site) {
    let typed = window_event_listener_untyped("hashchange", move |_| site.restore());
    let clicked = window_event_listener_untyped("click", move |event| go_to_place(site, &event));
    on_cleanup(move || {
        typed.remove();
        clicked.remove();
    });
}

/// Takes a click on a link to a place on the page; one that asks for a new tab is left alone.
fn go_to_place(site: Site, event: &Event) {
    let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
    let is_plain = !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    if !is_plain || event.default_prevented() {
        return;
    }
    if let Some(place) = place_of(site, event) {
        event.prevent_default();
        drop(place.focus());
        place.scroll_into_view();
    }
}

/// The element that a touched link names, where it leads to this page.
fn place_of(site: Site, event: &Event) -> Option<HtmlElement> {
    let touched = event.target()?.dyn_into::<Element>().ok()?;
    let href = touched.closest("a[href]").ok().flatten()?.get_attribute("href")?;
    let (page, id) = href.split_once('#')?;
    let is_here = Address::from_href(page).route == site.address_now().route;
    let place = document().get_element_by_id(id).filter(|_place| is_here)?;
    place.dyn_into::<HtmlElement>().ok()
}
