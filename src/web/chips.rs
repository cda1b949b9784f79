//! What is on screen, in words, each with its way back.

use leptos::prelude::*;

use super::overview::View;
use crate::engine::Filter;
use crate::indicators::Selection;

/// One chip for each value chosen, and one to take all back.
pub(super) fn chips(view: View) -> AnyView {
    let site = view.site;
    let selection = site.selection();
    let mut chips = Vec::new();
    for condition in &selection.filter.conditions {
        for value in &condition.values {
            let label = view.label(condition.key, value.as_deref());
            let cleared = Selection { filter: selection.filter.clone().without(condition.key), ..selection.clone() };
            let kind = site.t(&format!("key.{}", condition.key.name()));
            chips.push(chip(view, condition.key.name(), cleared, format!("{kind}: {label}"), &label));
        }
    }
    if !selection.filter.text.is_empty() {
        let filter = Filter { text: String::new(), ..selection.filter.clone() };
        let text = selection.filter.text.clone();
        let cleared = Selection { filter, ..selection.clone() };
        chips.push(chip(view, "q", cleared, format!("{}: {text}", site.t("chips.text")), &text));
    }
    if chips.len() > 1 {
        let cleared = Selection { filter: Filter::default(), ..selection };
        let all = site.t("chips.all");
        chips.push(chip(view, "all", cleared, all.clone(), &all));
    }
    view! { <div class="chips">{chips}</div> }.into_any()
}

fn chip(view: View, key: &'static str, cleared: Selection, text: String, what: &str) -> AnyView {
    let name = view.site.fill("chips.remove", &[("what", what)]);
    view! {
        <a class="chip" data-view data-key=key href=view.site.href(cleared) aria-label=name>{text}<span aria-hidden="true">" ✕"</span></a>
    }
    .into_any()
}
