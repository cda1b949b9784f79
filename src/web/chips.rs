//! What is on screen, in words, each with its way back.

use leptos::prelude::*;

use super::overview::View;
use crate::engine::Key;

/// One chip for each value chosen, and one to take all back.
#[component]
pub fn Chips(view: View) -> impl IntoView {
    let site = view.site;
    let chips = move || {
        let selection = site.selection();
        let chosen = selection.filter.conditions.iter().flat_map(|condition| {
            condition.values.iter().map(move |value| (condition.key, value.clone()))
        });
        chosen.map(|(key, value)| chip(view, key, value)).collect_view()
    };
    let everything = move || {
        let selection = site.selection();
        let several = selection.filter.conditions.iter().map(|condition| condition.values.len()).sum::<usize>() > 1;
        several.then(|| {
            let mut cleared = selection;
            cleared.filter = crate::engine::Filter::default();
            let address = site.with_selection(cleared);
            view! {
                <a class="chip all" href=address.href() on:click=move |event| view.follow(&event, address.clone())>
                    {site.t("chips.all")}
                </a>
            }
        })
    };
    view! { <div class="chips">{chips}{everything}</div> }
}

fn chip(view: View, key: Key, value: Option<String>) -> impl IntoView {
    let site = view.site;
    let label = view.with_writer(|writer| writer.label(key, value.as_deref()));
    let name = site.fill("chips.remove", &[("what", &label)]);
    let kind = site.t(&format!("key.{}", key.name()));
    let mut selection = site.selection();
    selection.filter = selection.filter.without(key);
    let address = site.with_selection(selection);
    view! {
        <a class="chip" data-key=key.name() href=address.href() aria-label=name on:click=move |event| view.follow(&event, address.clone())>
            <span class="muted">{kind}": "</span>
            {label}
            <span aria-hidden="true">" ✕"</span>
        </a>
    }
}
