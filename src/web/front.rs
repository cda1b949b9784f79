//! The front page: choose a municipality.

use leptos::prelude::*;

use super::app::Municipality;
use super::site::Site;

/// What this is, and the municipalities.
pub(super) fn front(site: Site, municipalities: &[Municipality]) -> AnyView {
    let cards: Vec<AnyView> = municipalities.iter().map(|one| card(site, one)).collect();
    let none = cards.is_empty().then(|| view! { <p>{site.t("front.none")}</p> });
    view! {
        <h1>{site.t("front.heading")}</h1>
        <p class="lead">{site.t("front.lead")}</p>
        <h2>{site.t("front.choose")}</h2>
        <ul class="cards">{cards}</ul>
        {none}
    }
    .into_any()
}

fn card(site: Site, one: &Municipality) -> AnyView {
    let years: Vec<String> = one.years.iter().map(i32::to_string).collect();
    let rounds = (!years.is_empty()).then(|| site.fill("front.rounds", &[("years", &years.join(", "))]));
    let kind = one.demonstration.then(|| view! { <span class="tag">{site.t("front.demonstration")}</span> });
    let (description, language) = one.description_in(site.words().language());
    view! {
        <li>
            <h3><a href=site.href_of(Some(&one.slug))>{one.title.clone()}</a></h3>
            <p lang=language.tag()>{description.to_owned()}</p>
            <p class="muted">{rounds} " " {kind}</p>
        </li>
    }
    .into_any()
}
