//! The sentence, and the bar of promised against spent.

use leptos::prelude::*;

use super::bars::BarCanvas;
use super::breakdown::{amount, bar_cell};
use super::overview::View;
use super::route::Address;
use crate::chart::{BarState, BarStyle, Ink};
use crate::indicators::{Cell, Overview, Per};

/// The biggest thing on the page.
#[component]
pub fn HeadlineSection(view: View) -> impl IntoView {
    let site = view.site;
    let cells = move || {
        let cells = view.overview.with(|overview| overview.as_ref().map(|o| o.headline.cells.clone()).unwrap_or_default());
        cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
    };
    let bars = Signal::derive(move || cells().iter().map(|cell| bar_cell(cell, Ink::Ink, BarState::Plain)).collect());
    let rows = move || {
        let several = view.overview.with(|overview| overview.as_ref().is_some_and(|o| o.years.len() > 1));
        let cells = cells().into_iter().enumerate();
        cells.map(|(position, cell)| promise_row(view, position, &cell, several)).collect_view()
    };
    view! {
        <section class="promise">
            <h1 id="headline" role="status">{move || sentence(view)}</h1>
            <div class="chart">
                <ol>{rows}</ol>
                <BarCanvas site cells=bars style=BarStyle::PROMISE />
            </div>
            {move || notes(view)}
        </section>
    }
}

fn sentence(view: View) -> String {
    let site = view.site;
    let Some(overview) = view.overview.get() else { return site.t("state.too-large") };
    let selection = site.selection();
    view.with_writer(|writer| match overview.headline.cells.as_slice() {
        [cell] => writer.headline(&overview, &selection, cell),
        [] => site.t("headline.empty-years"),
        _ => writer.headline_of_years(&overview, &selection),
    })
}

fn promise_row(view: View, position: usize, cell: &Cell, several: bool) -> impl IntoView + use<> {
    let site = view.site;
    let overview = view.overview.get();
    let has_fill = overview.as_ref().is_some_and(|overview| overview.has_fill);
    let (outline, fill) = overview.map_or_else(Default::default, |overview| {
        view.with_writer(|writer| (writer.stage(overview.outline_stage), writer.stage(overview.fill_stage)))
    });
    let year = several.then(|| view! { <strong class="year">{cell.year.clone()}</strong>" " });
    let spent = has_fill.then(|| {
        view! {
            <span data-stage="fill">{amount(view, cell.fill_money(Per::Total), cell.fill)}</span>
            " "
            {site.fill("promise.fill-of", &[("stage", &fill)])}
            " "
        }
    });
    let rate = cell.rate_percent.filter(|_| several).map(|rate| {
        let shown = view.with_writer(|writer| writer.style.percent(rate));
        view! { <span class="muted">" · "{shown}</span> }
    });
    view! {
        <li>
            <p>
                {year}
                {spent}
                <span data-stage="outline">{amount(view, cell.outline_money(Per::Total), cell.outline)}</span>
                " "
                {site.fill("promise.outline", &[("stage", &outline)])}
                {rate}
            </p>
            <div class="bar" data-bar=position.to_string()></div>
        </li>
    }
}

/// Until when, from where, what is still running, and what is in another currency.
fn notes(view: View) -> impl IntoView {
    let site = view.site;
    let overview = view.overview.get()?;
    let as_of = overview.headline.as_of.map(|date| {
        let date = site.words().date(date);
        site.fill("promise.as-of", &[("date", &date)])
    });
    let running = overview.headline.is_running.then(|| site.t("promise.running"));
    let source = site.address.with(|address| format!("{}#provenance", address.href()));
    Some(view! {
        <p class="muted notes">
            {as_of.map(|text| view! { {text}" · " })}
            {running.map(|text| view! { {text}" · " })}
            <a href=source>{site.t("promise.source")}</a>
        </p>
        {other_currencies(view, &overview)}
    })
}

fn other_currencies(view: View, overview: &Overview) -> impl IntoView + use<> {
    let site = view.site;
    let note = |cell: &Cell| {
        let mut selection = site.selection();
        selection.currency = Some(cell.currency);
        let address: Address = site.with_selection(selection);
        let outline = view.with_writer(|writer| writer.stage(overview.outline_stage));
        view! {
            <li>
                {cell.year.clone()}
                ": "
                {amount(view, cell.outline_money(Per::Total), cell.outline)}
                " "
                {site.fill("promise.outline", &[("stage", &outline)])}
                ". "
                <a href=address.href() on:click=move |event| view.follow(&event, address.clone())>{site.t("promise.see-currency")}</a>
            </li>
        }
    };
    let notes = overview.other_currencies.iter().map(note).collect_view();
    (!overview.other_currencies.is_empty()).then(|| {
        view! {
            <div class="aside">
                <p>{site.t("promise.other-currencies")}</p>
                <ul>{notes}</ul>
            </div>
        }
    })
}
