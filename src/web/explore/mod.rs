//! Any two of what rows can be told apart by, at any stage: the page `/explore/`.
//!
//! Owns: the pivot on screen as table and picture, the way down and up, the lines behind a cell, and what can be taken away.
//! Refuses: sums (`indicators` makes them), words (`public/text/explore.*.json` has them), and pixels (`chart` places them).

mod actions;
mod behind;
mod crumbs;
mod desk;
mod inks;
mod models;
mod pickers;
mod picture;
mod says;
mod table;
mod taken;

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::route::Address;
use super::site::Site;
use super::{painter, provenance, take};
use crate::dataset::Package;
use crate::engine::{RowsNeeded, Unanswered};
use crate::indicators::{Look, behind as lines_behind, pivot, settled};
use desk::Desk;

/// The page, for the program that shows it.
pub const PAGE: PageParts = PageParts { show: page, needs_rows, understands, follow: |_| () };

fn understands(_package: &Package, name: &str, value: &str) -> bool {
    let pair = [(name.to_owned(), value.to_owned())];
    Look::from_pairs(&pair).1.is_empty()
}

fn needs_rows(package: &Package, address: &Address) -> bool {
    let (selection, look, _) = settled(package, &address.selection, &Look::from_pairs(&address.own).0);
    let needed = Unanswered::RowsNeeded(RowsNeeded);
    pivot(package, &selection, &look).err() == Some(needed)
        || lines_behind(package, &selection, &look).err() == Some(needed)
}

fn page(site: Site, loaded: Loaded) -> AnyView {
    let desk = Desk::new(site, &loaded);
    if desk.is_bare() {
        return view! {
            {provenance::problems(site, &loaded)}
            <h1>{site.fill("explore.nothing", &[("name", &loaded.package.descriptor.title)])}</h1>
            <p>{site.t("explore.nothing.needs")}</p>
        }
        .into_any();
    }
    painter::keep_painted(
        site,
        Box::new(move || drop(desk.state())),
        Box::new(move |canvas, what, size| picture::draw(desk, canvas, what, size)),
    );
    actions::follow(desk);
    view! {
        <div
            class="explore"
            on:click=move |event| actions::click(desk, &event)
            on:keydown=move |event| actions::press(&event)
            on:change=move |event| actions::choose(desk, &event)
            on:input=move |event| actions::write(desk, &event)
            on:submit=move |event| event.prevent_default()
        >
            {provenance::problems(site, &loaded)}
            {move || crumbs::nav(desk)}
            {move || says::heading(desk)}
            {move || pickers::form(desk)}
            {move || picture::section(desk)}
            {move || table::section(desk)}
            {move || behind::section(desk)}
            {take::section(site, site.t("explore.take"), &["csv", "png", "svg"], desk.said)}
            {move || pickers::lacking(desk)}
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}
