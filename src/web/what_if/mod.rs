//! What if another rule shared out the fund: the page `/what-if/`.
//!
//! Owns: the reader's scenarios on screen and in the address's fragment, which browsers never send. Refuses: arithmetic
//! (`allocation` and `indicators` do it), words (`public/text/what-if.*.json` has them).

mod actions;
mod boxes;
mod compare;
mod controls;
mod desk;
mod explain;
mod files;
mod fragment;
mod fund;
mod ground;
mod names;
mod need;
mod painter;
mod parts;
mod projects;
mod published;
mod results;
mod scenarios;
mod sheet;
mod words;

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::site::Site;
use super::{fragment as state, provenance};
use desk::Desk;

/// The page, for the program that shows it.
pub const PAGE: PageParts =
    PageParts { show: page, needs_rows: |_, _| false, understands: |_, _, _| false, follow: state::follow };

/// The page of a loaded package.
pub fn page(site: Site, loaded: Loaded) -> AnyView {
    let Some(desk) = Desk::new(site, &loaded) else { return nothing(site, &loaded) };
    actions::follow(desk);
    painter::keep_painted(desk);
    view! {
        <div
            class="what-if"
            on:click=move |event| actions::click(desk, &event)
            on:input=move |event| actions::input(desk, &event)
            on:change=move |event| actions::change(desk, &event)
            on:focusout=move |event| actions::leave(desk, &event)
        >
            {provenance::problems(site, &loaded)}
            {move || controls::notices(desk)}
            {move || controls::year(desk)}
            {move || scenarios::tabs(desk)}
            {move || results::heading(desk)}
            // Outside what is made anew with every touch: a screen reader would say it again.
            <p class="hidden" role="status" id="announced">{move || desk.announced()}</p>
            {move || controls::presets(desk)}
            {move || scenarios::bar(desk)}
            <div class="workbench">
                <section class="controls" aria-label=site.t("what-if.controls")>
                    {move || controls::weights(desk)}
                    {move || fund::section(desk)}
                    {move || results::glance(desk)}
                </section>
                {move || results::section(desk)}
            </div>
            {move || explain::section(desk)}
            {move || need::section(desk)}
            {projects::section(desk, &loaded)}
            {move || compare::section(desk)}
            {move || published::section(desk)}
            {move || sheet::section(desk)}
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}

/// Without sections and their figures there is nothing to share among.
fn nothing(site: Site, loaded: &Loaded) -> AnyView {
    view! {
        {provenance::problems(site, loaded)}
        <h1>{site.fill("what-if.nothing", &[("name", &loaded.package.descriptor.title)])}</h1>
        <p>{site.t("what-if.nothing.needs")}</p>
    }
    .into_any()
}
