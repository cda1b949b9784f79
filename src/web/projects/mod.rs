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
mod taken;
mod toolbar;
mod view;

use std::sync::Arc;

use leptos::prelude::*;

use self::view::View;
use super::app::{Loaded, PageParts};
use super::route::Address;
use super::site::Site;
use super::{provenance, take};
use crate::budget::Stage;
use crate::dataset::Package;
use crate::indicators::projects::{ListChoice, ListForm};
use crate::web::element::{element, is};

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
        let is_open = Memo::new(move |_| view.project().is_some());
        view! {
            <div
                on:click=move |event| interaction::click(view, &event)
                on:keydown=move |event| interaction::press(&event)
                on:change=move |event| interaction::choose(view, &event)
                on:input=move |event| interaction::write(view, &event)
                on:submit=move |event| interaction::submit(view, &event)
            >
                {move || if is_open.get() { opened(view) } else { works(view) }}
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

fn opened(view: View) -> AnyView {
    let page = move || dossier::page(view);
    page.into_any()
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
    let body = move || match view.choice().form {
        ListForm::List => list::section(view),
        ListForm::Board => board::section(view),
        ListForm::Map => map::section(view),
    };
    let forms = move || toolbar::forms(view);
    let taken = take::section(view.site, view.site.t("projects.take"), &["csv"], view.said);
    let found = element("DIV", vec![is("class", "found")], vec![forms.into_any(), body.into_any(), taken]);
    let sentence = move || toolbar::sentence(view);
    let title = vec![is("id", "works-title"), is("tabindex", "-1"), is("aria-live", "polite")];
    let notes = move || toolbar::notes(view);
    let chips = move || filters::chips(view);
    vec![
        element("H1", title, vec![sentence.into_any()]),
        notes.into_any(),
        toolbar::search(view),
        chips.into_any(),
        element("DIV", vec![is("class", "workspace")], vec![filters::filters(view), found]),
    ]
    .into_any()
}
