//! The front page: choose a municipality.

use leptos::prelude::*;

use super::app::Municipality;
use super::route::{Address, Route};
use super::site::Site;
use crate::indicators::Selection;

/// What this is, and the municipalities.
#[component]
pub fn Front(site: Site, municipalities: Signal<Vec<Municipality>>) -> impl IntoView {
    let list = move || {
        let cards = municipalities.get().into_iter().map(|one| card(site, one)).collect_view();
        if municipalities.read().is_empty() {
            view! { <p>{site.t("front.none")}</p> }.into_any()
        } else {
            view! { <ul class="cards">{cards}</ul> }.into_any()
        }
    };
    view! {
        <h1>{site.t("front.heading")}</h1>
        <p class="lead">{site.t("front.lead")}</p>
        <h2>{site.t("front.choose")}</h2>
        {list}
    }
}

fn card(site: Site, one: Municipality) -> impl IntoView {
    let href = site.address.with(|address| {
        let route = Route { language: address.route.language, municipality: Some(one.slug.clone()) };
        Address { route, selection: Selection::default(), theme: address.theme }.href()
    });
    let years: Vec<String> = one.years.iter().map(i32::to_string).collect();
    let rounds = (!years.is_empty()).then(|| site.fill("front.rounds", &[("years", &years.join(", "))]));
    let kind = one.demonstration.then(|| site.t("front.demonstration"));
    view! {
        <li>
            <h3><a href=href>{one.title}</a></h3>
            <p>{one.description}</p>
            <p class="muted">{rounds} {kind.map(|kind| view! { <span class="tag">{kind}</span> })}</p>
        </li>
    }
}
