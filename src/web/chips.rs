//! What is on screen, in words, each with its way back.

use leptos::prelude::*;

use super::overview::View;
use super::site::Site;
use crate::engine::{Filter, Key};
use crate::indicators::Selection;

/// One chip for each value chosen, and one to take all back.
pub(super) fn chips(view: View) -> AnyView {
    let site = view.site;
    let mut chips = of_selection(site, &|key, value| view.label(key, value));
    if chips.len() > 1 {
        let cleared = Selection { filter: Filter::default(), ..site.selection() };
        let all = site.t("chips.all");
        chips.push(chip(site, "all", cleared, all.clone(), &all));
    }
    view! { <div class="chips">{chips}</div> }.into_any()
}

/// One chip for each value chosen and for the words searched, on any page; `label` says what a value is called there.
pub(super) fn of_selection(site: Site, label: &dyn Fn(Key, Option<&str>) -> String) -> Vec<AnyView> {
    let selection = site.selection();
    let mut chips = Vec::new();
    for condition in &selection.filter.conditions {
        for value in &condition.values {
            let label = label(condition.key, value.as_deref());
            let cleared = Selection { filter: selection.filter.clone().without(condition.key), ..selection.clone() };
            let kind = site.t(&format!("key.{}", condition.key.name()));
            chips.push(chip(site, condition.key.name(), cleared, format!("{kind}: {label}"), &label));
        }
    }
    if !selection.filter.text.is_empty() {
        let filter = Filter { text: String::new(), ..selection.filter.clone() };
        let text = selection.filter.text.clone();
        let cleared = Selection { filter, ..selection.clone() };
        chips.push(chip(site, "q", cleared, format!("{}: {text}", site.t("chips.text")), &text));
    }
    chips
}

fn chip(site: Site, key: &'static str, cleared: Selection, text: String, what: &str) -> AnyView {
    let name = site.fill("chips.remove", &[("what", what)]);
    view! {
        <a class="chip" data-view data-key=key href=site.href(cleared) aria-label=name><bdi>{text}</bdi><span aria-hidden="true">" ✕"</span></a>
    }
    .into_any()
}
