//! Touch, keyboard, search and order, handled once for the whole page.

use std::time::Duration;

use leptos::ev::{Event, KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::filters::toggled;
use super::view::{View, choice_of};
use super::{map, taken};
use crate::chart::{MapTouch, Size};
use crate::engine::Key;
use crate::indicators::projects::SortBy;
use crate::web::events::{self, clicked, closest, focus_in, next_row, target};
use crate::web::route::Address;

/// A list is found anew so long after the last letter.
const PAUSE: Duration = Duration::from_millis(250);

thread_local! {
    static WAITING: std::cell::Cell<Option<TimeoutHandle>> = const { std::cell::Cell::new(None) };
}

/// Follows a link to another view without loading the page again; a click that asks for a new tab is left alone.
pub(super) fn click(view: View, event: &MouseEvent) {
    let Some(target) = clicked(event) else { return };
    if let Some(ground) = closest(&target, "[data-map]") {
        touch(view, &ground, event);
        return;
    }
    if closest(&target, "[data-take]").is_some() {
        return taken::take_away(view);
    }
    events::follow(view.site, event, closest(&target, "a").filter(|link| link.has_attribute("data-view")));
}

/// A section or a work under a finger.
fn touch(view: View, ground: &Element, event: &MouseEvent) {
    let rect = ground.get_bounding_client_rect();
    let size = Size { width_px: rect.width(), height_px: rect.height() };
    let Some((layout, places)) = map::layout(view, size) else { return };
    let (x, y) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
    let address = view.site.address_now();
    match layout.touched(x, y) {
        Some(MapTouch::Area(at)) => {
            let Some(place) = places.sections.iter().filter(|place| place.is_a_section).nth(at) else { return };
            let selection = toggled(&address.selection, Key::Section, place.group.value.as_deref());
            view.site.go(Address { selection, ..address });
        }
        Some(MapTouch::Point(at)) => {
            let package = view.package();
            let project = places.points.get(at).and_then(|&place| package.projects.get(place as usize));
            if let Some(project) = project {
                view.site.go(address.with_own(&[("project", Some(&project.id))]));
            }
        }
        None => {}
    }
}

/// Arrow keys go from row to row.
pub(super) fn press(event: &KeyboardEvent) {
    let Some(row) = target(event).and_then(|target| closest(&target, "tbody tr, .facet li, .column li")) else {
        return;
    };
    focus_in(event, next_row(event, &row), "a");
}

/// The order.
pub(super) fn choose(view: View, event: &Event) {
    if target(event).is_none_or(|picker| picker.id() != "sort") {
        return;
    }
    let value = event_target_value(event);
    let Some(sort) = SortBy::ALL.into_iter().find(|sort| sort.name() == value) else { return };
    let address = view.site.address_now();
    let choice = choice_of(&address);
    if sort == choice.sort {
        return;
    }
    let pairs = choice.sorted_by(sort).to_pairs();
    let changes: Vec<(&str, Option<&str>)> = pairs.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    view.site.go(address.with_own(&changes));
}

/// Letters in the search box: the list follows shortly after the last one, in the same step of the history.
pub(super) fn write(view: View, event: &Event) {
    if target(event).is_none_or(|input| input.id() != "q") {
        return;
    }
    let words = event_target_value(event);
    stop_waiting();
    let handle = set_timeout_with_handle(move || seek(view, &words, false), PAUSE);
    WAITING.set(handle.ok());
}

/// The search sent off.
pub(super) fn submit(view: View, event: &SubmitEvent) {
    event.prevent_default();
    stop_waiting();
    let input = document().get_element_by_id("q").and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        seek(view, &input.value(), true);
    }
}

fn stop_waiting() {
    if let Some(waiting) = WAITING.take() {
        waiting.clear();
    }
}

fn seek(view: View, words: &str, is_sent: bool) {
    let mut address = view.site.address_now().with_own(&[("page", None)]);
    let is_new = address.selection.filter.text.trim() != words.trim();
    if !is_new {
        return;
    }
    // The first letters are a step that Back undoes; more of them are the same step.
    let is_first = address.selection.filter.text.is_empty();
    words.trim().clone_into(&mut address.selection.filter.text);
    if is_first || is_sent { view.site.go(address) } else { view.site.replace(address) }
}

/// Where a reader is after a step: at the top of a work's page, at the work they came from, at the top of another page.
pub(super) fn keep_place(view: View) {
    let before: StoredValue<Option<(Option<String>, usize)>> = StoredValue::new(None);
    Effect::new(move |_| {
        let now = (view.project(), view.choice().page);
        let was = before.try_get_value().flatten();
        before.set_value(Some(now.clone()));
        let Some(was) = was.filter(|was| *was != now) else { return };
        let id = match (&was, &now) {
            ((_, _), (Some(_), _)) => "work-title".to_owned(),
            ((Some(work), _), (None, _)) => format!("work-{work}"),
            ((None, _), (None, _)) => "works".to_owned(),
        };
        request_animation_frame(move || {
            let place = document().get_element_by_id(&id).or_else(|| document().get_element_by_id("works-title"));
            let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) else { return };
            if id == "works" {
                place.scroll_into_view();
            } else {
                drop(place.focus());
                if id == "work-title" {
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                }
            }
        });
    });
    // The filters stand open where there is room beside the list.
    Effect::new(move |_| {
        let is_open = view.project().is_none();
        request_animation_frame(move || {
            let is_wide = window().match_media("(min-width: 76rem)").ok().flatten().is_some_and(|wide| wide.matches());
            if let Some(filters) = document().get_element_by_id("filters").filter(|_| is_open && is_wide) {
                drop(filters.set_attribute("open", ""));
            }
        });
    });
}
