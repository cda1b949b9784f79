//! Year, stage, amounts, currency.

use leptos::prelude::*;

use super::overview::View;
use crate::budget::Stage;
use crate::engine::YearBasis;
use crate::indicators::{Per, YearChoice};

/// The pickers above the sentence.
#[component]
pub fn Pickers(view: View) -> impl IntoView {
    let site = view.site;
    let year = move || {
        let all = (site.t("pick.year.all"), "all".to_owned());
        let basis = site.selection().basis;
        let years = view.package.with_value(|package| package.facts.values(basis.key()).to_vec());
        let running = |year: &str| basis == YearBasis::Round && view.package.with_value(|package| package.is_running(year));
        let name = |year: String| match running(&year) {
            true => (site.fill("pick.year.running", &[("year", &year)]), year),
            false => (year.clone(), year),
        };
        years.into_iter().rev().map(name).chain([all]).collect()
    };
    let chosen_year = move || match site.selection().year {
        YearChoice::All => "all".to_owned(),
        _ => view.package.with_value(|package| site.selection().years(package)).first().cloned().unwrap_or_default(),
    };
    let basis = move || [YearBasis::Round, YearBasis::Fiscal].map(|basis| named(view, "pick.basis", basis.name())).to_vec();
    let stage = move || Stage::ALL.map(|stage| named(view, "stage", stage.name())).to_vec();
    let per = move || ["total", "person"].map(|per| named(view, "pick.per", per)).to_vec();
    let chosen_per = move || if site.selection().per == Per::Person { "person" } else { "total" }.to_owned();
    let currency = move || {
        let codes = view.overview.with(|overview| overview.as_ref().map(|o| o.currencies.clone()).unwrap_or_default());
        let codes: Vec<String> = codes.iter().map(|code| code.to_string()).collect();
        codes.into_iter().map(|code| (known(view, "currency", &code), code)).collect::<Vec<_>>()
    };
    let chosen_currency =
        move || view.overview.with(|overview| overview.as_ref().map(|o| o.currency.to_string()).unwrap_or_default());
    let several_currencies = Memo::new(move |_| currency().len() > 1);
    view! {
        <form class="pickers" aria-label=site.t("pick.label") on:submit=|event| event.prevent_default()>
            <Picker view id="year" options=Signal::derive(year) chosen=Signal::derive(chosen_year) />
            <Picker view id="basis" options=Signal::derive(basis) chosen=Signal::derive(move || site.selection().basis.name().to_owned()) />
            <Picker view id="stage" options=Signal::derive(stage) chosen=Signal::derive(move || site.selection().stage.name().to_owned()) />
            <Picker view id="per" options=Signal::derive(per) chosen=Signal::derive(chosen_per) />
            {move || several_currencies.get().then(|| view! {
                <Picker view id="currency" options=Signal::derive(currency) chosen=Signal::derive(chosen_currency) />
            })}
        </form>
    }
}

fn named(view: View, group: &str, name: &str) -> (String, String) {
    (view.site.t(&format!("{group}.{name}")), name.to_owned())
}

/// A text where there is one, or else the code itself.
fn known(view: View, group: &str, code: &str) -> String {
    let key = format!("{group}.{code}");
    let words = view.site.words();
    if words.has(&key) { words.get(&key) } else { code.to_owned() }
}

#[component]
fn Picker(
    view: View,
    /// Name in the page and of its text.
    id: &'static str,
    /// Names and values.
    options: Signal<Vec<(String, String)>>,
    /// The value chosen.
    chosen: Signal<String>,
) -> impl IntoView {
    let site = view.site;
    let shown = move || {
        let option = |(name, value): (String, String)| {
            let is_chosen = chosen.get() == value;
            view! { <option value=value selected=is_chosen>{name}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <label for=id>
            <span>{site.t(&format!("pick.{id}"))}</span>
            <select id=id prop:value=chosen on:change=move |event| choose(view, id, &event_target_value(&event))>{shown}</select>
        </label>
    }
}

fn choose(view: View, picker: &str, value: &str) {
    view.site.change(|selection| match picker {
        "year" if value == "all" => selection.year = YearChoice::All,
        "year" => selection.year = YearChoice::One(value.to_owned()),
        "basis" => {
            selection.basis = if value == "fiscal" { YearBasis::Fiscal } else { YearBasis::Round };
            let years = view.package.with_value(|package| package.facts.values(selection.basis.key()).to_vec());
            let is_known = |year: &String| years.contains(year);
            // A fiscal year without a round of its own has nothing to show by round.
            if matches!(&selection.year, YearChoice::One(year) if !is_known(year)) {
                selection.year = YearChoice::Opening;
            }
        }
        "stage" => selection.stage = value.parse().unwrap_or(selection.stage),
        "per" => selection.per = if value == "person" { Per::Person } else { Per::Total },
        _ => selection.currency = value.parse().ok(),
    });
}
