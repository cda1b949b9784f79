//! The way that led here, each step with its way back.

use leptos::prelude::*;

use super::desk::Desk;
use super::says;
use crate::indicators::{Crumb, crumbs};

/// From everything to what is on screen.
pub(super) fn nav(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let all = desk.package().descriptor.title.clone();
    let item = |crumb: Crumb| {
        let (name, kind) = match &crumb.chosen {
            None => (all.clone(), String::new()),
            Some((key, values)) => {
                let values: Vec<String> = values.iter().map(|value| desk.label(*key, value.as_deref())).collect();
                (values.join(", "), format!("{}: ", says::heading_of(desk, *key)))
            }
        };
        let key = crumb.chosen.as_ref().map_or("all", |(key, _)| key.name());
        let label = site.fill("chips.remove", &[("what", &format!("{kind}{name}"))]);
        let without = crumb.without.map(|(selection, look)| {
            view! { <a data-view class="without" data-key=key href=desk.href(selection, &look) aria-label=label>"✕"</a> }
        });
        let text = view! { <span class="kind">{kind}</span> <bdi>{name}</bdi> };
        let step = match crumb.back {
            Some((selection, look)) => view! { <a data-view href=desk.href(selection, &look)>{text}</a> }.into_any(),
            None => view! { <span>{text}</span> }.into_any(),
        };
        view! { <li>{step} {without}</li> }
    };
    let steps = crumbs(&state.selection, &state.look).into_iter().map(item).collect_view();
    let by = site.fill("explore.by.one", &[("rows", &says::noun(desk, state.rows()))]);
    view! {
        <nav class="crumbs" aria-label=site.t("explore.crumbs")>
            <ol>{steps}<li aria-current="location">{by}</li></ol>
        </nav>
    }
    .into_any()
}
