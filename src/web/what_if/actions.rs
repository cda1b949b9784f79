//! Touches, typing and keys, handled once for the whole page: what an element does stands in its `data-do`, and to which
//! criterion, scenario or section in its `data-at`.

use std::time::Duration;

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::desk::Desk;
use super::{boxes, controls, files, fragment, painter, results, words};
use crate::allocation::{Floor, Form, Measure, Touch, Weight};
use crate::budget::Direction;
use crate::chart::Size;
use crate::indicators::YearChoice;
use crate::web::route::Address;

/// How long after the last touch a screen reader is told, and the address follows: browsers refuse an address that
/// changes with every move of a slider.
const SETTLED: Duration = Duration::from_millis(400);

/// One step of the buttons beside a slider: a whole percent.
const STEP_HUNDREDTHS: u16 = 100;

/// Keeps the address with the board, tells a screen reader what came of a touch, and listens to what concerns the whole page.
pub(super) fn follow(desk: Desk) {
    Effect::new(move |_| {
        let pressed = window_event_listener(leptos::ev::keydown, move |event| press(desk, &event));
        on_cleanup(move || {
            pressed.remove();
            desk.wait(None);
        });
    });
    Effect::new(move |earlier: Option<()>| {
        desk.board();
        if earlier.is_some() {
            await_pause(desk);
        }
    });
    // Another round, or a link put into the bar.
    let site = desk.site;
    Effect::new(move |earlier: Option<Address>| {
        let address = site.address();
        if let Some(earlier) = earlier {
            let is_ours = address.fragment == fragment::of(&desk.ground(), &desk.package(), &desk.board_now());
            if address.selection != earlier.selection || (address.fragment != earlier.fragment && !is_ours) {
                desk.reopen();
            }
        }
        address
    });
}

/// Waits until nothing more is touched for a while.
fn await_pause(desk: Desk) {
    desk.wait(set_timeout_with_handle(move || settled(desk), SETTLED).ok());
}

fn settled(desk: Desk) {
    let fragment = fragment::of(&desk.ground_now(), &desk.package(), &desk.board_now());
    let address = desk.site.address_now();
    if fragment != address.fragment {
        desk.site.replace(Address { fragment, ..address });
    }
    // While a slider is in hand, a screen reader says where it stands; what came of it is told once it is let go.
    if desk.is_moving() {
        await_pause(desk);
    } else if let Some(outcome) = results::shown(desk.outcome_now()) {
        desk.announce(words::announcement(desk, &outcome));
    }
}

/// A button.
pub(super) fn click(desk: Desk, event: &MouseEvent) {
    let Some((element, does, at)) = what(event) else { return };
    if does == "plot" {
        let rect = element.get_bounding_client_rect();
        let size = Size { width_px: rect.width(), height_px: rect.height() };
        let (x_px, y_px) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
        if let Some(place) = painter::section_at(desk, size, x_px, y_px) {
            explain(desk, Some(place));
        }
        return;
    }
    let open = desk.board_now();
    match does.as_str() {
        "preset" => {
            let name = element.get_attribute("data-value").unwrap_or_default();
            if let Some(rule) = controls::preset(desk, &name) {
                desk.touch(Touch::Preset(rule));
            }
        }
        "less" | "more" => step(desk, at, does == "more"),
        "lock" => desk.touch(Touch::Lock(at)),
        "whole" => desk.touch(Touch::ToWhole),
        "add-criterion" => {
            add_criterion(desk, element.get_attribute("data-value").unwrap_or_default());
            focus(format!("#slider-{}", open.scenario().rule.criteria.len()));
        }
        "remove-criterion" => {
            desk.touch(Touch::RemoveCriterion(at));
            let last = desk.board_now().scenario().rule.criteria.len().saturating_sub(1);
            focus(format!("[data-criterion] [data-do='lock'][data-at='{}']", at.min(last)));
        }
        "open" => desk.touch(Touch::Open(at)),
        "copy" if open.has_room() => {
            // A scenario that goes by its rule's name does so as a copy too.
            let name = open.scenario().name.trim();
            let name =
                if name.is_empty() { String::new() } else { desk.site.fill("what-if.copy.name", &[("name", name)]) };
            desk.touch(Touch::Copy(name));
        }
        "remove" => {
            desk.touch(Touch::Remove);
            if desk.board_now().scenarios().len() == 1 {
                focus("[data-do='copy']".to_owned());
            }
        }
        "undo" => desk.undo(),
        "redo" => desk.redo(),
        "explain" => explain(desk, (desk.explained_now() != Some(at)).then_some(at)),
        "notices-close" => {
            desk.close_notices();
            focus("#main".to_owned());
        }
        "sheet" => {
            desk.show_sheet(true);
            focus("#sheet".to_owned());
        }
        "sheet-close" => {
            desk.show_sheet(false);
            focus("[data-do='sheet']".to_owned());
        }
        "print" => drop(window().print()),
        "link" => files::copy_link(desk),
        "csv" => files::csv(desk),
        "json" => files::json(desk),
        _ => {}
    }
}

/// A whole percent more or less.
fn step(desk: Desk, at: usize, is_more: bool) {
    let open = desk.board_now();
    let Some(criterion) = open.scenario().rule.criteria.get(at) else { return };
    let now = criterion.weight.hundredths();
    let next = if is_more { now.saturating_add(STEP_HUNDREDTHS) } else { now.saturating_sub(STEP_HUNDREDTHS) };
    let wanted = Weight::from_hundredths(next).unwrap_or(Weight::WHOLE);
    desk.touch(Touch::Weight(at, wanted));
}

fn add_criterion(desk: Desk, column: String) {
    if column == controls::EQUAL {
        return desk.touch(Touch::AddCriterion("equal".to_owned(), Measure::Equal));
    }
    let (form, direction) = (Form::Count, Direction::Direct);
    let measure = Measure::Figure { column: column.clone(), form, direction, base: None };
    desk.touch(Touch::AddCriterion(column, measure));
}

/// Shows a section's arithmetic and goes there; or closes it and goes back to where it was opened.
fn explain(desk: Desk, place: Option<usize>) {
    let earlier = desk.explained_now();
    desk.explain(place);
    match (place, earlier) {
        (Some(_), _) => focus("#explain".to_owned()),
        (None, Some(earlier)) => focus(format!("[data-by='what-if'] [data-do='explain'][data-at='{earlier}']")),
        (None, None) => {}
    }
}

/// Goes to an element, once what was touched is on the page.
fn focus(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}

/// A slider under a finger.
pub(super) fn input(desk: Desk, event: &Event) {
    let Some((element, does, at)) = what(event) else { return };
    let Some(slider) = element.dyn_into::<HtmlInputElement>().ok().filter(|input| input.type_() == "range") else {
        return;
    };
    let Some(wanted) = slider.value().parse().ok().filter(|_| does == "weight") else { return };
    desk.move_weight(at, wanted);
    // What was asked for may be more than the others can give: the slider stops there.
    slider.set_value(&boxes::weight_now(desk, at).to_string());
}

/// A box or a picker with a new value.
pub(super) fn change(desk: Desk, event: &Event) {
    let Some((element, does, at)) = what(event) else { return };
    if let Some(picker) = element.dyn_ref::<HtmlSelectElement>() {
        choose(desk, &does, at, &picker.value());
        return;
    }
    let Ok(typed) = element.dyn_into::<HtmlInputElement>() else { return };
    match (does.as_str(), typed.type_().as_str()) {
        ("weight", "range") => desk.settle(),
        ("weight", _) => boxes::weight(desk, at, &typed.id(), typed.value().trim()),
        ("rename", _) => {
            let name = typed.value().trim().to_owned();
            typed.set_value(&name);
            desk.touch(Touch::Rename(name));
        }
        _ => boxes::amount(desk, &does, typed.value().trim()),
    }
}

/// A slider may be left without a word from it, where it stands as it was taken.
pub(super) fn leave(desk: Desk, event: &Event) {
    if what(event).is_some_and(|(_, does, _)| does == "weight") {
        desk.settle();
    }
}

/// Ctrl+Z takes back and Ctrl+Shift+Z or Ctrl+Y takes again, outside boxes where they concern what is typed.
fn press(desk: Desk, event: &KeyboardEvent) {
    let touched = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_box = touched.and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    if is_box.is_some_and(|input| !matches!(input.type_().as_str(), "range" | "radio" | "checkbox")) {
        return;
    }
    let is_held = event.ctrl_key() || event.meta_key();
    let is_redo = match event.key().to_lowercase().as_str() {
        "z" if is_held => event.shift_key(),
        "y" if event.ctrl_key() => true,
        _ => return,
    };
    event.prevent_default();
    if is_redo { desk.redo() } else { desk.undo() }
}

fn choose(desk: Desk, does: &str, at: usize, value: &str) {
    let open = desk.board_now();
    let rule = &open.scenario().rule;
    let measure = rule.criteria.get(at).map(|criterion| criterion.measure.clone());
    match does {
        "year" => {
            // What was touched last is found again by going back.
            settled(desk);
            let address = desk.site.address_now();
            let mut selection = address.selection.clone();
            selection.year = YearChoice::One(value.to_owned());
            desk.site.go(Address { selection, fragment: String::new(), ..address });
        }
        "form" | "direction" => {
            let Some(Measure::Figure { column, mut form, mut direction, base }) = measure else { return };
            match (does, value) {
                ("form", "rate") => form = Form::Rate,
                ("form", _) => form = Form::Count,
                (_, "inverse") => direction = Direction::Inverse,
                _ => direction = Direction::Direct,
            }
            desk.touch(Touch::Measure(at, Measure::Figure { column, form, direction, base }));
        }
        "floor-kind" => {
            let minor = match rule.floor {
                Floor::Flat(minor) | Floor::Minimum(minor) => minor,
                Floor::None => 0,
            };
            desk.touch(Touch::Floor(match value {
                "flat" => Floor::Flat(minor),
                "minimum" => Floor::Minimum(minor),
                _ => Floor::None,
            }));
            desk.accept("floor");
        }
        _ => {}
    }
}

/// The element that was touched and does something, what it does, and where.
fn what(event: &Event) -> Option<(Element, String, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-do]").ok().flatten()?;
    let does = element.get_attribute("data-do")?;
    let at = element.get_attribute("data-at").and_then(|at| at.parse().ok()).unwrap_or_default();
    Some((element, does, at))
}
