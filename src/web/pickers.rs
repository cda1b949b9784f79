//! Year, stage, amounts, currency.

use leptos::prelude::*;

use super::overview::View;
use super::site::Site;
use crate::budget::Stage;
use crate::engine::YearBasis;
use crate::indicators::{Per, YearChoice};
use crate::money::Currency;

/// The pickers above the sentence: only those the package can answer. A choice is handled in `interaction`, by the picker's id.
pub(super) fn form(view: View) -> AnyView {
    let (site, package, selection) = (view.site, view.package(), view.site.selection());
    let mut pickers = vec![picker(view, "year", years(view), &chosen_year(view))];
    if package.has_lines() && !package.rounds().is_empty() {
        let bases = named(view, "pick.basis", &[YearBasis::Round.name(), YearBasis::Fiscal.name()]);
        pickers.push(picker(view, "basis", bases, selection.basis.name()));
    }
    let is_published = |stage: &Stage| package.facts.has(*stage);
    let stages: Vec<&str> = Stage::ALL.into_iter().filter(is_published).map(Stage::name).collect();
    let stage =
        view.overview().filter(|overview| overview.has_fill).map_or(selection.outline_stage(), |o| o.fill_stage);
    if stages.len() > 1 {
        pickers.push(picker(view, "stage", named(view, "stage", &stages), stage.name()));
    }
    if package.has_population() {
        let per = if selection.per == Per::Person { "person" } else { "total" };
        pickers.push(picker(view, "per", named(view, "pick.per", &["total", "person"]), per));
    }
    pickers.push(currency(view));
    view! { <form class="pickers" aria-label=site.t("pick.label")>{pickers}</form> }.into_any()
}

fn years(view: View) -> Options {
    let (site, package) = (view.site, view.package());
    let basis = site.selection().basis;
    let all = (site.t("pick.year.all"), "all".to_owned());
    let name = |year: &str| {
        let is_running = basis == YearBasis::Round && package.is_running(year);
        let shown = if is_running { site.fill("pick.year.running", &[("year", year)]) } else { year.to_owned() };
        (shown, year.to_owned())
    };
    package.facts.values(basis.key()).into_iter().rev().map(name).chain([all]).collect()
}

fn chosen_year(view: View) -> String {
    let selection = view.site.selection();
    match selection.year {
        YearChoice::All => "all".to_owned(),
        _ => selection.years(&view.package()).first().cloned().unwrap_or_default(),
    }
}

fn named(view: View, group: &str, names: &[&str]) -> Options {
    names.iter().map(|&name| (view.site.t(&format!("{group}.{name}")), name.to_owned())).collect()
}

/// Only where there are several: their amounts are never shown as one.
fn currency(view: View) -> AnyView {
    let Some(overview) = view.overview().filter(|overview| overview.currencies.len() > 1) else { return ().into_any() };
    picker(view, "currency", currencies(view.site, &overview.currencies), overview.currency.code())
}

fn picker(view: View, id: &'static str, options: Options, chosen: &str) -> AnyView {
    select(id, view.site.t(&format!("pick.{id}")), options, chosen)
}

/// What a picker offers: names and values.
pub(super) type Options = Vec<(String, String)>;

/// A picker of any page; its id says to the page's handlers what is picked.
pub(super) fn select(id: &'static str, label: String, options: Options, chosen: &str) -> AnyView {
    let option = |(name, value): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{name}</option> }
    };
    let options = options.into_iter().map(option).collect_view();
    let value = chosen.to_owned();
    view! {
        <label for=id>
            <span>{label}</span>
            <select id=id prop:value=value>{options}</select>
        </label>
    }
    .into_any()
}

/// Currencies by their names, or by their codes where they have none here.
pub(super) fn currencies(site: Site, codes: &[Currency]) -> Options {
    let words = site.words();
    let name = |code: String| {
        let key = format!("currency.{code}");
        (if words.has(&key) { words.get(&key) } else { code.clone() }, code)
    };
    codes.iter().map(|currency| name(currency.to_string())).collect()
}
