//! The filters, each value with the works it would leave, and what is chosen in words.

use leptos::prelude::*;

use super::shown::text;
use super::view::View;
use crate::engine::{Condition, Key, YearBasis};
use crate::indicators::projects::{Facet, FacetValue};
use crate::indicators::{Selection, YearChoice};

/// Values of a filter that are listed; the search finds the rest by name.
const LISTED: usize = 60;

/// Filters that stand open on a wide screen from the start.
const OPEN: [Key; 3] = [Key::Section, Key::Status, Key::Dimension];

/// All filters. Which there are depends on the package alone, so that an opened one stays open.
pub(super) fn filters(view: View) -> AnyView {
    let site = view.site;
    let keys = Memo::new(move |_| {
        let listing = view.listing();
        listing.map(|listing| listing.facets.iter().map(|facet| facet.key).collect::<Vec<Key>>()).unwrap_or_default()
    });
    let parts = move || keys.get().into_iter().map(|key| filter(view, key)).collect_view();
    view! {
        <details class="filters" id="filters">
            <summary>{site.t("projects.filters")}</summary>
            <div class="facets">{parts}</div>
        </details>
    }
    .into_any()
}

fn filter(view: View, key: Key) -> AnyView {
    let name = view.site.t(&format!("key.{}", key.name()));
    view! {
        <details class="facet" data-facet=key.name() open=OPEN.contains(&key)>
            <summary>{name}{move || chosen_count(view, key)}</summary>
            {move || values(view, key)}
        </details>
    }
    .into_any()
}

fn facet_of(view: View, key: Key) -> Option<Facet> {
    view.listing()?.facets.iter().find(|facet| facet.key == key).cloned()
}

fn chosen_count(view: View, key: Key) -> String {
    let chosen = facet_of(view, key).map_or(0, |facet| facet.values.iter().filter(|value| value.is_chosen).count());
    if chosen == 0 { String::new() } else { format!(" ({chosen})") }
}

fn values(view: View, key: Key) -> AnyView {
    let Some(facet) = facet_of(view, key) else { return ().into_any() };
    let all = facet.values.len();
    // What is chosen is always among them.
    let (chosen, others): (Vec<FacetValue>, Vec<FacetValue>) =
        facet.values.into_iter().partition(|value| value.is_chosen && all > LISTED);
    let listed = chosen.into_iter().chain(others).take(LISTED);
    let items = listed.map(|value| item(view, key, &value)).collect_view();
    let more = all.saturating_sub(LISTED);
    let more = (more > 0).then(|| {
        let more = view.style().count(i64::try_from(more).unwrap_or(i64::MAX));
        view! { <p class="muted">{view.site.fill("projects.filters.more", &[("n", &more)])}</p> }
    });
    view! { <ul>{items}</ul>{more} }.into_any()
}

fn item(view: View, key: Key, value: &FacetValue) -> AnyView {
    let href = view.href(toggled(&view.selection(), key, value.value.as_deref()));
    let count = view.style().count(i64::try_from(value.count).unwrap_or(i64::MAX));
    let mark = (key == Key::Status).then(|| {
        let symbol = value.value.as_deref().map(|status| view.mark(Some(status)).symbol());
        view! { <span class="mark" aria-hidden="true">{symbol}</span> }
    });
    view! {
        <li data-key=value.value.clone().unwrap_or_else(|| "-".to_owned())>
            <a data-view href=href aria-current=value.is_chosen.then_some("true")>
                <span>{mark}{text(view.label(key, value.value.as_deref()))}</span>
                <span class="count">{count}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The same choices with one value more, or one less. A round alone is the year of the link, as on every page.
pub(super) fn toggled(selection: &Selection, key: Key, value: Option<&str>) -> Selection {
    let mut selection = selection.clone();
    let mut values: Vec<Option<String>> = chosen(&selection, key);
    let value = value.map(str::to_owned);
    match values.iter().position(|known| *known == value) {
        Some(known) => drop(values.remove(known)),
        None => values.push(value),
    }
    let at = selection.filter.conditions.iter().position(|condition| condition.key == key);
    if key == Key::Round {
        selection.filter = selection.filter.without(key);
        selection.basis = YearBasis::Round;
        selection.year = match values.as_slice() {
            [Some(year)] => YearChoice::One(year.clone()),
            _ => YearChoice::Opening,
        };
        if selection.year != YearChoice::Opening {
            return selection;
        }
    }
    match (at, values.is_empty()) {
        (_, true) => selection.filter = selection.filter.without(key),
        (Some(at), false) if key != Key::Round => {
            if let Some(condition) = selection.filter.conditions.get_mut(at) {
                condition.values = values;
            }
        }
        _ => selection.filter.conditions.push(Condition { key, values }),
    }
    selection
}

fn chosen(selection: &Selection, key: Key) -> Vec<Option<String>> {
    match &selection.year {
        YearChoice::One(year) if key == Key::Round && selection.basis == YearBasis::Round => vec![Some(year.clone())],
        _ => selection.filter.values(key).unwrap_or_default().to_vec(),
    }
}

/// What is chosen, each with its way back.
pub(super) fn chips(view: View) -> AnyView {
    let (site, selection) = (view.site, view.selection());
    let mut chips = Vec::new();
    let words = selection.filter.text.trim().to_owned();
    if !words.is_empty() {
        let mut cleared = selection.clone();
        cleared.filter.text.clear();
        let said = site.fill("projects.chip.words", &[("words", &words)]);
        chips.push(chip(view, "q", cleared, said, &words));
    }
    let rounds = (Key::Round, chosen(&selection, Key::Round));
    let others = selection.filter.conditions.iter().filter(|condition| condition.key != Key::Round);
    let others = others.map(|condition| (condition.key, condition.values.clone()));
    for (key, values) in std::iter::once(rounds).chain(others) {
        for value in values {
            let label = view.label(key, value.as_deref());
            let kind = site.t(&format!("key.{}", key.name()));
            let cleared = toggled(&selection, key, value.as_deref());
            chips.push(chip(view, key.name(), cleared, format!("{kind}: {label}"), &label));
        }
    }
    if chips.len() > 1 {
        let all = site.t("chips.all");
        chips.push(chip(view, "all", Selection { stage: selection.stage, ..Selection::default() }, all.clone(), &all));
    }
    view! { <div class="chips">{chips}</div> }.into_any()
}

fn chip(view: View, key: &'static str, cleared: Selection, said: String, what: &str) -> AnyView {
    let name = view.site.fill("chips.remove", &[("what", what)]);
    view! {
        <a class="chip" data-view data-key=key href=view.href(cleared) aria-label=name dir="auto">{said}<span aria-hidden="true">" ✕"</span></a>
    }
    .into_any()
}
