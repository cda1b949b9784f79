//! Years, sections and municipalities beside one another: the page `/compare/`.
//!
//! Owns: what a reader set against what, as the address says it, and how the answer stands on the page. Refuses: arithmetic
//! (`indicators` has the differences, the trends and the chain of a promise), words (`public/text/compare.*.json` has them).

mod chain;
mod controls;
mod notes;
mod other;
mod painter;
mod table;
mod taken;
mod trend;
mod view;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::provenance;
use super::route::Address;
use super::site::Site;
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{RowsNeeded, Unanswered, YearBasis};
use crate::indicators::{CompareQuery, Refusal, comparison};
use view::View;

/// The page, for the program that shows it.
pub const PAGE: PageParts =
    PageParts { show: page, needs_rows, understands: CompareQuery::understands, follow: |_| () };

/// So many works are counted at each step of the chain without being asked to: their rows are soon there.
const FEW_WORKS: u64 = 5_000;

fn needs_rows(package: &Package, address: &Address) -> bool {
    let pairs = address.own.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, _) = CompareQuery::from_pairs(pairs);
    let has_chain = !package.rounds().is_empty() && package.has_lines();
    let is_small = has_chain && package.facts.count(Stage::Agreed) <= FEW_WORKS;
    // Months come with the rows.
    let has_months = package.descriptor.resources.iter().any(|resource| resource.name == "execution_months");
    let by_months = has_months && address.selection.basis == YearBasis::Fiscal;
    let needed = Err(Refusal::Unanswered(Unanswered::RowsNeeded(RowsNeeded)));
    is_small || by_months || query.counts_works || comparison(package, None, &address.selection, &query) == needed
}

fn page(site: Site, loaded: Loaded) -> AnyView {
    let view = View::new(site, Arc::clone(&loaded.package));
    other::follow(view);
    painter::keep_painted(view);
    let has_rows = [Stage::Agreed, Stage::Accrued].iter().any(|&stage| loaded.package.facts.count(stage) > 0);
    if !has_rows {
        return view! {
            {provenance::problems(site, &loaded)}
            <h1>{site.fill("state.no-projects", &[("name", &loaded.package.descriptor.title)])}</h1>
            <p>{site.t("compare.needs.anything")}</p>
            {provenance::provenance(site, &loaded)}
        }
        .into_any();
    }
    view! {
        <div
            class="compare-page"
            on:click=move |event| controls::click(view, &event)
            on:change=move |event| controls::choose(view, &event)
        >
            {provenance::problems(site, &loaded)}
            {move || table::headline(view)}
            {move || controls::form(view)}
            {move || controls::chips(view)}
            {move || notes::section(view)}
            {move || table::section(view)}
            {move || trend::section(view)}
            {move || chain::section(view)}
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}
