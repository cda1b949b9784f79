//! What can be chosen, and what the package would need for the rest.

use leptos::prelude::*;

use super::desk::Desk;
use super::says::{self, counted};
use crate::budget::Stage;
use crate::engine::{Key, YearBasis};
use crate::indicators::{
    Lack, Look, Measure, Per, Picture, ShareOf, Sort, YearChoice, base_years, lacks, stages_offered,
};
use crate::web::pickers::{Options, select};

/// The pickers: only what the package can answer. A choice is handled in `actions`, by the picker's id.
pub(super) fn form(desk: Desk) -> AnyView {
    let (site, package, state) = (desk.site, desk.package(), desk.state());
    let (selection, look) = (&state.selection, &state.look);
    let keys = |taken: Option<Key>| -> Options {
        let free = state.offered.iter().filter(|key| Some(**key) != taken);
        free.map(|&key| (says::heading_of(desk, key), key.name().to_owned())).collect()
    };
    let mut pickers = vec![picker(desk, "rows", keys(None), state.rows().name())];
    let mut columns = vec![(site.t("explore.columns.none"), "none".to_owned())];
    columns.extend(keys(Some(state.rows())));
    pickers.push(picker(desk, "columns", columns, state.columns().map_or("none", Key::name)));
    pickers.push(picker(desk, "what", measures(desk), &measure_name(look.measure, selection.stage)));
    pickers.push(picker(desk, "year", years(desk), &chosen_year(desk)));
    if package.has_lines() && !package.facts.values(Key::Round).is_empty() {
        let bases = [YearBasis::Round, YearBasis::Fiscal].map(YearBasis::name);
        pickers.push(picker(desk, "basis", named(desk, "pick.basis", &bases), selection.basis.name()));
    }
    if look.measure == Measure::Amount && look.share.is_none() {
        if package.has_population() {
            let per = if selection.per == Per::Person { "person" } else { "total" };
            pickers.push(picker(desk, "per", named(desk, "pick.per", &["total", "person"]), per));
        }
        let bases = base_years(&package);
        if !bases.is_empty() {
            let mut prices = vec![(site.t("explore.real.none"), "none".to_owned())];
            prices.extend(
                bases
                    .iter()
                    .rev()
                    .map(|year| (site.fill("explore.real.of", &[("year", &year.to_string())]), year.to_string())),
            );
            let real = look.real.map_or_else(|| "none".to_owned(), |year| year.to_string());
            pickers.push(picker(desk, "real", prices, &real));
        }
    }
    if selection.per == Per::Total || look.measure == Measure::Count {
        let mut shares = vec![(site.t("explore.share.none"), "none".to_owned())];
        let each = ShareOf::EACH.into_iter().filter(|share| state.columns().is_some() || *share == ShareOf::All);
        shares.extend(each.map(|share| (site.t(&format!("explore.share.{}", share.name())), share.name().to_owned())));
        pickers.push(picker(desk, "share", shares, look.share.map_or("none", ShareOf::name)));
    }
    let sorts: Vec<&str> = Sort::EACH.into_iter().map(Sort::name).collect();
    pickers.push(picker(desk, "sort", named(desk, "explore.pick.sort", &sorts), look.sort.name()));
    let text = selection.filter.text.clone();
    view! {
        <form class="pickers" aria-label=site.t("pick.label")>
            {pickers}
            <label for="q" class="search">
                <span>{site.t("explore.search")}</span>
                <input id="q" type="search" prop:value=text placeholder=site.t("explore.search.hint") autocomplete="off" />
            </label>
        </form>
        <nav class="pictures" aria-label=site.t("explore.pictures")>{pictures(desk)}</nav>
    }
    .into_any()
}

/// One link for each picture.
fn pictures(desk: Desk) -> AnyView {
    let state = desk.state();
    let links = Picture::EACH.map(|picture| {
        let is_chosen = state.look.picture == picture;
        let look = Look { picture, page: 1, part: 1, ..state.look.clone() };
        let href = desk.href(state.selection.clone(), &look);
        let name = desk.site.t(&format!("explore.picture.{}", picture.name()));
        view! { <a data-view data-picture=picture.name() href=href aria-current=is_chosen.then_some("true")>{name}</a> }
    });
    links.into_iter().collect_view().into_any()
}

/// A stage, or how many of what a stage is of.
fn measures(desk: Desk) -> Options {
    let (site, stages) = (desk.site, stages_offered(&desk.package()));
    let amounts = stages.iter().map(|stage| (site.t(&format!("explore.what.{stage}")), stage.name().to_owned()));
    let of_a_kind = |stage: &Stage| stages.iter().find(|other| counted(**other) == counted(*stage)) == Some(stage);
    let counts = stages
        .iter()
        .filter(|stage| of_a_kind(stage))
        .map(|&stage| (site.t(&format!("explore.what.count.{}", counted(stage))), measure_name(Measure::Count, stage)));
    amounts.chain(counts).collect()
}

/// A measure as the picker names it; counts of one kind have one name.
fn measure_name(measure: Measure, stage: Stage) -> String {
    match measure {
        Measure::Amount => stage.name().to_owned(),
        Measure::Count => format!("count:{}", counted(stage)),
    }
}

fn years(desk: Desk) -> Options {
    let (site, package) = (desk.site, desk.package());
    let basis = desk.state().selection.basis;
    let all = (site.t("pick.year.all"), "all".to_owned());
    let name = |year: &str| {
        let is_running = basis == YearBasis::Round && package.is_running(year);
        let until = if basis == YearBasis::Fiscal { says::until(desk, &package, year) } else { None };
        let shown = match until {
            Some(until) => format!("{year} ({until})"),
            None if is_running => site.fill("pick.year.running", &[("year", year)]),
            None => year.to_owned(),
        };
        (shown, year.to_owned())
    };
    let known = package.facts.values(basis.key()).into_iter().rev().map(name);
    std::iter::once(all).chain(known).collect()
}

fn chosen_year(desk: Desk) -> String {
    let state = desk.state();
    let years = state.pivot.as_ref().map(|pivot| pivot.years.clone()).unwrap_or_default();
    match (&state.selection.year, years.first()) {
        (YearChoice::All, _) | (_, None) => "all".to_owned(),
        (_, Some(year)) => year.clone(),
    }
}

fn named(desk: Desk, group: &str, names: &[&str]) -> Options {
    names.iter().map(|&name| (desk.site.t(&format!("{group}.{name}")), name.to_owned())).collect()
}

fn picker(desk: Desk, id: &'static str, options: Options, chosen: &str) -> AnyView {
    select(id, desk.site.t(&format!("explore.pick.{id}")), options, chosen)
}

/// What the page could show of this package with more tables.
pub(super) fn lacking(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let lacks = lacks(&desk.package(), state.selection.stage);
    if lacks.is_empty() {
        return ().into_any();
    }
    let item = |found: Lack| view! { <li>{says::lack(desk, found)} ": " <code>{found.needs()}</code></li> };
    let items = lacks.into_iter().map(item).collect_view();
    view! {
        <details class="lacking">
            <summary>{site.t("explore.lacking")}</summary>
            <p>{site.t("explore.lacking.why")}</p>
            <ul>{items}</ul>
        </details>
    }
    .into_any()
}
