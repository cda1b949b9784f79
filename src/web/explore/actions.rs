//! Touch, keyboard, pickers and search, handled once for the whole page.

use std::cell::Cell;
use std::time::Duration;

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::desk::Desk;
use super::{picture, taken};
use crate::budget::Stage;
use crate::engine::YearBasis;
use crate::indicators::{Look, Measure, Per, YearChoice, drilled};
use crate::web::events::{self, clicked, closest, focus_in, next_row, target};

thread_local! {
    /// Whether the reader is writing a search: the page is made anew once the rows are there, and the field must not be lost.
    static IS_SEARCHING: Cell<bool> = const { Cell::new(false) };
}

/// So long after the last letter the search is made.
const STOPPED_WRITING: Duration = Duration::from_millis(300);

/// Gives the search field back to a reader who was writing in it, and brings the lines of a cell into view.
pub(super) fn follow(desk: Desk) {
    Effect::new(move |_| {
        if IS_SEARCHING.take()
            && let Some(field) = field()
        {
            drop(field.focus());
            let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or_default();
            drop(field.set_selection_range(end, end));
        }
    });
    Effect::new(move |before: Option<Option<String>>| {
        let cell = desk.state().look.cell.as_ref().map(|cell| cell.to_link());
        if let Some(before) = before
            && cell.is_some()
            && cell != before
        {
            request_animation_frame(|| {
                if let Some(lines) =
                    document().get_element_by_id("behind").and_then(|it| it.dyn_into::<HtmlElement>().ok())
                {
                    lines.scroll_into_view();
                    drop(lines.focus());
                }
            });
        }
        cell
    });
}

fn field() -> Option<HtmlInputElement> {
    document().get_element_by_id("q")?.dyn_into().ok()
}

/// Follows a link to another view without loading the page again; a click that asks for a new tab is left alone.
pub(super) fn click(desk: Desk, event: &MouseEvent) {
    let Some(target) = clicked(event) else { return };
    if let Some(button) = closest(&target, "[data-take]") {
        return taken::take_away(desk, &button.get_attribute("data-take").unwrap_or_default());
    }
    if let Some(touched) = closest(&target, ".picture") {
        if let Some(row) = picture::row_at(desk, &touched, event.client_x(), event.client_y()) {
            go_down(desk, row);
        }
        return;
    }
    events::follow(desk.site, event, closest(&target, "a[data-view]"));
}

/// Into a row of the picture; into the small ones where they are gathered.
fn go_down(desk: Desk, row: usize) {
    let state = desk.state_now();
    let Some(found) = state.shown.get(row) else { return };
    let (selection, look) = match found.kind.value() {
        Some(value) => drilled(&state.selection, &state.look, state.rows(), value, &state.offered),
        None => (state.selection.clone(), Look { others_open: true, ..state.look.clone() }),
    };
    desk.site.go(desk.address(selection, &look));
}

/// Arrow keys go from row to row, within their column.
pub(super) fn press(event: &KeyboardEvent) {
    let Some(target) = target(event) else { return };
    let Some(row) = closest(&target, "tbody tr") else { return };
    let place = match closest(&target, "td") {
        Some(cell) => {
            cell.get_attribute("data-column").map_or("td.total a".to_owned(), |at| format!("td[data-column='{at}'] a"))
        }
        None => "th a".to_owned(),
    };
    focus_in(event, next_row(event, &row), &place);
}

/// A picker's new value.
pub(super) fn choose(desk: Desk, event: &Event) {
    let Some(picker) = target(event) else { return };
    let value = event_target_value(event);
    if picker.id() == "q" {
        return search(desk, value, true);
    }
    let state = desk.state_now();
    let (mut selection, mut look) = (state.selection.clone(), state.look.from_the_top());
    look.others_open = state.look.others_open;
    match picker.id().as_str() {
        "rows" => {
            look.rows = value.parse().ok();
            // What was columns is rows now: they change places.
            if state.look.columns.flatten() == look.rows {
                look.columns = Some(state.look.rows);
            }
        }
        "columns" => look.columns = Some(value.parse().ok()),
        "what" => match value.strip_prefix("count:") {
            Some(what) => {
                look.measure = Measure::Count;
                selection.stage = match what {
                    "works" => Stage::Agreed,
                    "contributions" => Stage::Secured,
                    _ => Stage::Accrued,
                };
            }
            None => {
                look.measure = Measure::Amount;
                selection.stage = value.parse().unwrap_or(selection.stage);
            }
        },
        "year" if value == "all" => selection.year = YearChoice::All,
        "year" => selection.year = YearChoice::One(value),
        "basis" => {
            selection.count_years_by(YearBasis::from_name(&value).unwrap_or_default(), &desk.package());
        }
        "per" => selection.per = if value == "person" { Per::Person } else { Per::Total },
        "real" => look.real = value.parse().ok(),
        "share" => {
            look.share = Look::from_pairs(&[("share".to_owned(), value)]).0.share;
        }
        "sort" => look.sort = Look::from_pairs(&[("sort".to_owned(), value)]).0.sort,
        _ => return,
    }
    desk.site.go(desk.address(selection, &look));
}

/// A letter in the search field: the search is made once the reader stops.
pub(super) fn write(desk: Desk, event: &Event) {
    let is_field = target(event).is_some_and(|field| field.id() == "q");
    if !is_field {
        return;
    }
    let written = event_target_value(event);
    set_timeout(
        move || {
            if field().is_some_and(|field| field.value() == written) {
                IS_SEARCHING.set(true);
                search(desk, written.clone(), false);
            }
        },
        STOPPED_WRITING,
    );
}

/// While it is written a search stands in place of the one before; once it is finished Back leads out of it.
fn search(desk: Desk, text: String, is_finished: bool) {
    let state = desk.state_now();
    if state.selection.filter.text == text {
        return;
    }
    let mut selection = state.selection.clone();
    let is_new = selection.filter.text.is_empty() || is_finished;
    selection.filter.text = text;
    let address = desk.address(selection, &state.look.from_the_top());
    if is_new { desk.site.go(address) } else { desk.site.replace(address) }
}
