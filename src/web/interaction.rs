//! Touch, keyboard and pickers, handled once for the whole page.
//!
//! What can be chosen is a link (`a[data-view]`) that also works without this; a row or a cell marked `data-pick` passes a
//! touch on to the link in it.

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::charts;
use super::events::{clicked, closest, focus_in, follow, next_row, target};
use super::overview::View;
use crate::engine::YearBasis;
use crate::indicators::{Per, Selection, YearChoice};

/// Follows a link to another view without loading the page again; a click that asks for a new tab is left alone.
pub(super) fn click(view: View, event: &MouseEvent) {
    let Some(target) = clicked(event) else { return };
    if let Some(chart) = closest(&target, ".columns") {
        let touched = charts::official_year_at(view, &chart, event.client_x(), event.client_y());
        let year = touched.filter(|year| view.site.address_now().selection.official_year.as_ref() != Some(year));
        change(view, |selection| selection.official_year = year);
        return;
    }
    // Any other link in a row that is chosen by touch keeps its own meaning.
    let link = closest(&target, "a").filter(|link| link.has_attribute("data-view")).or_else(|| {
        let row = closest(&target, "[data-pick]").filter(|_row| closest(&target, "a").is_none())?;
        row.query_selector("a[data-view]").ok().flatten()
    });
    follow(view.site, event, link);
}

/// Arrow keys go from row to row, and from year to year on the chart of official totals.
pub(super) fn press(view: View, event: &KeyboardEvent) {
    let Some(target) = target(event) else { return };
    if closest(&target, ".columns").is_some() {
        press_in_chart(view, event);
        return;
    }
    let Some(row) = closest(&target, "tbody tr") else { return };
    let column = closest(&target, "td").and_then(|cell| cell.get_attribute("data-column"));
    let place = column.map_or_else(|| "a".to_owned(), |column| format!("td[data-column='{column}'] a"));
    focus_in(event, next_row(event, &row), &place);
}

fn press_in_chart(view: View, event: &KeyboardEvent) {
    let totals = &view.package().official_totals;
    let years: Vec<String> = totals.iter().map(|total| total.year.to_string()).collect();
    let chosen = view.site.address_now().selection.official_year;
    let now = chosen.and_then(|chosen| years.iter().position(|year| *year == chosen));
    let last = years.len().saturating_sub(1);
    let next = match (event.key().as_str(), now) {
        ("ArrowRight", now) => Some(now.map_or(0, |now| (now + 1).min(last))),
        ("ArrowLeft", now) => Some(now.map_or(last, |now| now.saturating_sub(1))),
        ("Home", _) => Some(0),
        ("End", _) => Some(last),
        ("Escape", _) => None,
        _ => return,
    };
    event.prevent_default();
    change(view, |selection| selection.official_year = next.and_then(|next| years.get(next).cloned()));
}

/// A picker's new value.
pub(super) fn choose(view: View, event: &Event) {
    let Some(picker) = target(event) else { return };
    let value = event_target_value(event);
    let package = view.package();
    change(view, |selection| match picker.id().as_str() {
        "year" if value == "all" => selection.year = YearChoice::All,
        "year" => selection.year = YearChoice::One(value),
        "basis" => {
            selection.count_years_by(YearBasis::from_name(&value).unwrap_or_default(), &package);
        }
        "stage" => selection.stage = value.parse().unwrap_or(selection.stage),
        "per" => selection.per = if value == "person" { Per::Person } else { Per::Total },
        "currency" => selection.currency = value.parse().ok(),
        _ => {}
    });
}

fn change(view: View, change: impl FnOnce(&mut Selection)) {
    let mut address = view.site.address_now();
    change(&mut address.selection);
    if address != view.site.address_now() {
        view.site.go(address);
    }
}
