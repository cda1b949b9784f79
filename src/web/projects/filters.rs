//! The filters, each value with the works it would leave, and what is chosen in words.

use leptos::prelude::*;

use super::shown::{mark, note, text, written};
use super::view::View;
use crate::engine::{Condition, Key, YearBasis};
use crate::indicators::projects::{Facet, FacetValue};
use crate::indicators::{Selection, YearChoice};
use crate::web::element::{element, flag, is, link, said, words};

/// Values of a filter that are listed; the search finds the rest by name.
const LISTED: usize = 60;

/// Filters that stand open on a wide screen from the start.
const OPEN: [Key; 3] = [Key::Section, Key::Status, Key::Dimension];

/// All filters. Which there are depends on the package alone, so that an opened one stays open.
pub(super) fn filters(view: View) -> AnyView {
    let site = view.site;
    let listing = view.listing_now();
    let keys = listing.map(|listing| listing.facets.iter().map(|facet| facet.key).collect::<Vec<Key>>());
    let parts: Vec<AnyView> = keys.unwrap_or_default().into_iter().map(|key| filter(view, key)).collect();
    let summary = said("SUMMARY", Vec::new(), site.t("projects.filters"));
    let facets = element("DIV", vec![is("class", "facets")], parts);
    element("DETAILS", vec![is("class", "filters"), is("id", "filters")], vec![summary, facets])
}

fn filter(view: View, key: Key) -> AnyView {
    let name = view.site.t(&format!("key.{}", key.name()));
    let chosen = move || chosen_count(view, key);
    let summary = element("SUMMARY", Vec::new(), vec![words(name), chosen.into_any()]);
    let values = move || values(view, key);
    let attributes = vec![is("class", "facet"), is("data-facet", key.name()), flag("open", OPEN.contains(&key))];
    element("DETAILS", attributes, vec![summary, values.into_any()])
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
    let items = listed.map(|value| item(view, key, &value)).collect();
    let mut parts = vec![element("UL", Vec::new(), items)];
    if all > LISTED {
        let more = written(view, all.saturating_sub(LISTED));
        parts.push(note(view.site.fill("projects.filters.more", &[("n", &more)])));
    }
    parts.into_any()
}

fn item(view: View, key: Key, value: &FacetValue) -> AnyView {
    let href = view.href(toggled(&view.selection(), key, value.value.as_deref()));
    let count = view.style().count(i64::try_from(value.count).unwrap_or(i64::MAX));
    let status = value.value.as_deref().filter(|_| key == Key::Status);
    let mut name: Vec<AnyView> = status.into_iter().map(|status| mark(view.mark(Some(status)).symbol())).collect();
    name.push(text(view.label(key, value.value.as_deref())));
    let parts = vec![element("SPAN", Vec::new(), name), said("SPAN", vec![is("class", "count")], count)];
    let current = value.is_chosen.then(|| "true".to_owned());
    let link = link(href, vec![("aria-current", current)], parts);
    element("LI", vec![is("data-key", value.value.as_deref().unwrap_or("-"))], vec![link])
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
    let sought = selection.filter.text.trim().to_owned();
    if !sought.is_empty() {
        let mut cleared = selection.clone();
        cleared.filter.text.clear();
        let said = site.fill("projects.chip.words", &[("words", &sought)]);
        chips.push(chip(view, "q", cleared, said, &sought));
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
    element("DIV", vec![is("class", "chips")], chips)
}

fn chip(view: View, key: &'static str, cleared: Selection, said: String, what: &str) -> AnyView {
    let name = view.site.fill("chips.remove", &[("what", what)]);
    let attributes = vec![is("class", "chip"), is("data-key", key), ("aria-label", Some(name)), is("dir", "auto")];
    let cross = self::said("SPAN", vec![is("aria-hidden", "true")], " ✕".to_owned());
    link(view.href(cleared), attributes, vec![words(said), cross])
}
