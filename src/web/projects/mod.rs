//! Every work and what became of it: the page `/projects/`.
//!
//! Owns: the list with its filters, the board, the map, and the page of one work. Refuses: sums and orders, which the
//! indicators make once a view.

mod board;
mod charts;
mod dossier;
mod filters;
mod interaction;
mod list;
mod map;
mod shown;
mod toolbar;
mod view;

use std::sync::Arc;

use leptos::prelude::*;

use self::view::View;
use super::app::{Loaded, PageParts};
use super::provenance;
use super::route::Address;
use super::site::Site;
use crate::budget::Stage;
use crate::dataset::Package;
use crate::indicators::projects::{ListChoice, ListForm};

/// The page, for the program that shows it.
pub const PAGE: PageParts = PageParts { show: page, needs_rows, understands, follow: |_| () };

/// A list of works is a list of rows.
fn needs_rows(package: &Package, _address: &Address) -> bool {
    package.facts.table(Stage::Agreed).is_none()
}

fn understands(_package: &Package, name: &str, value: &str) -> bool {
    // A work that is not there is told of in its place.
    name == "project" || ListChoice::from_pairs([(name, value)]).1.is_empty()
}

/// The page of a package.
fn page(site: Site, loaded: Loaded) -> AnyView {
    let package = Arc::clone(&loaded.package);
    let body = if package.facts.table(Stage::Agreed).is_none() {
        view! { <h1 class="loading">{site.t("state.rows")}</h1> }.into_any()
    } else if package.projects.is_empty() {
        without_works(site, &package)
    } else {
        let view = View::new(site, package);
        charts::keep_painted(view);
        interaction::keep_place(view);
        view! {
            <div
                on:click=move |event| interaction::click(view, &event)
                on:keydown=move |event| interaction::press(&event)
                on:change=move |event| interaction::choose(view, &event)
                on:input=move |event| interaction::write(view, &event)
                on:submit=move |event| interaction::submit(view, &event)
            >
                {move || if view.project().is_some() { dossier::page(view) } else { works(view) }}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="works">
            {provenance::problems(site, &loaded)}
            {body}
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}

fn without_works(site: Site, package: &Package) -> AnyView {
    view! {
        <h1>{site.fill("projects.none", &[("name", &package.descriptor.title)])}</h1>
        <p class="lead">{site.t("projects.needs.projects")}</p>
    }
    .into_any()
}

/// The list: its parts are kept while the view changes, so that who writes in the search box goes on writing.
fn works(view: View) -> AnyView {
    let form = Memo::new(move |_| view.choice().form);
    let body = move || match form.get() {
        ListForm::List => view! { {move || list::section(view)} }.into_any(),
        ListForm::Board => view! { {move || board::section(view)} }.into_any(),
        ListForm::Map => map::section(view),
    };
    view! {
        <h1 id="works-title" tabindex="-1" aria-live="polite">{move || toolbar::sentence(view)}</h1>
        {move || toolbar::notes(view)}
        {toolbar::search(view)}
        {move || filters::chips(view)}
        <div class="workspace">
            {filters::filters(view)}
            <div class="found">
                {move || toolbar::forms(view)}
                {body}
            </div>
        </div>
    }
    .into_any()
}
