//! The sentence, and the bar of promised against spent.

use leptos::prelude::*;

use super::breakdown::{amount, bar_cell};
use super::overview::View;
use crate::chart::{BarCell, BarState, Ink};
use crate::dataset::OUTSIDE;
use crate::engine::Key;
use crate::indicators::{Cell, Overview, Per, Selection};

/// The biggest thing on the page.
pub(super) fn section(view: View) -> AnyView {
    let rows = match view.overview() {
        Some(overview) => shown(&overview).enumerate().map(|(at, cell)| promise(view, &overview, at, cell)).collect(),
        None => Vec::new(),
    };
    view! {
        <section class="promise">
            <h1 id="headline" aria-live="polite">{view.sentence()}</h1>
            <div class="chart">
                <ol>{rows}</ol>
                <canvas data-chart="promise" aria-hidden="true"></canvas>
            </div>
            {notes(view)}
        </section>
    }
    .into_any()
}

/// The bars of the years that have anything.
pub(super) fn bars(view: View) -> Vec<BarCell> {
    let Some(overview) = view.overview_now() else { return Vec::new() };
    shown(&overview).map(|cell| bar_cell(cell, Per::Total, Ink::Ink, BarState::Plain)).collect()
}

fn shown(overview: &Overview) -> impl Iterator<Item = &Cell> {
    overview.headline.cells.iter().filter(|cell| !cell.is_empty())
}

fn promise(view: View, overview: &Overview, position: usize, cell: &Cell) -> AnyView {
    let site = view.site;
    let several = overview.years.len() > 1;
    let stage = |stage: crate::budget::Stage| site.t(&format!("stage.{stage}"));
    let year = if several { format!("{}: ", cell.year) } else { String::new() };
    let spent = overview.has_fill.then(|| {
        let words = site.fill("promise.fill-of", &[("stage", &stage(overview.fill_stage))]);
        view! { <span data-stage="fill">{amount(view, cell.fill_money(Per::Total), cell.fill)}</span>{format!(" {words} ")} }
    });
    let rate =
        if several && overview.has_fill { format!(" · {}", view.percent(cell.rate_percent)) } else { String::new() };
    view! {
        <li>
            <p>
                <strong>{year}</strong>
                {spent}
                <span data-stage="outline">{amount(view, cell.outline_money(Per::Total), cell.outline)}</span>
                {format!(" {}{rate}", site.fill("promise.outline", &[("stage", &stage(overview.outline_stage))]))}
            </p>
            <div class="bar" data-bar=position.to_string()></div>
        </li>
    }
    .into_any()
}

/// Until when, what is still running, where from, and what is in another currency.
fn notes(view: View) -> AnyView {
    let site = view.site;
    let Some(overview) = view.overview() else { return ().into_any() };
    let as_of = overview.headline.as_of.map(|date| site.fill("promise.as-of", &[("date", &site.words().date(date))]));
    let running = overview.headline.is_running.then(|| site.t("promise.running"));
    let said: String = as_of.into_iter().chain(running).map(|text| format!("{text} · ")).collect();
    let others = overview.other_currencies.iter().map(|cell| other_currency(view, &overview, cell)).collect_view();
    let others = (!overview.other_currencies.is_empty()).then(|| {
        view! { <div class="aside"><p>{site.t("promise.other-currencies")}</p><ul>{others}</ul></div> }
    });
    let outside = overview.outside.iter().map(|cell| outside(view, cell)).collect_view();
    let outside = (!overview.outside.is_empty()).then(|| {
        view! { <div class="aside"><p>{site.t("promise.outside")}</p><ul>{outside}</ul></div> }
    });
    view! {
        <p class="muted notes">{said}<a href=site.href_to("provenance")>{site.t("promise.source")}</a></p>
        {outside}
        {others}
        {legend(view, &overview)}
    }
    .into_any()
}

/// What the bars of this page and its tables mean.
fn legend(view: View, overview: &Overview) -> AnyView {
    let site = view.site;
    let stage = |stage: crate::budget::Stage| site.t(&format!("stage.{stage}"));
    let (outline, fill) = (stage(overview.outline_stage), stage(overview.fill_stage));
    let key = if overview.has_fill { "legend.pair" } else { "legend.outline" };
    let bars = site.fill(key, &[("outline", &outline), ("fill", &fill)]);
    let is_missing = overview.headline.cells.iter().any(|cell| cell.outline.missing > 0 || cell.fill.missing > 0);
    let missing = if is_missing { site.t("legend.missing") } else { String::new() };
    view! { <p class="muted legend">{format!("{bars} {missing}")}</p> }.into_any()
}

fn outside(view: View, cell: &Cell) -> AnyView {
    let site = view.site;
    let selection = site.selection();
    let filter = selection.filter.clone().without(Key::List).with(Key::List, Some(OUTSIDE));
    let href = site.href(Selection { filter, ..selection });
    view! {
        <li>
            {format!("{}: ", cell.year)}
            {amount(view, cell.fill_money(Per::Total), cell.fill)}
            {format!(", {}. ", view.count("unit.projects", cell.outline.count))}
            <a data-view href=href>{site.t("promise.see-outside")}</a>
        </li>
    }
    .into_any()
}

fn other_currency(view: View, overview: &Overview, cell: &Cell) -> AnyView {
    let site = view.site;
    let href = site.href(Selection { currency: Some(cell.currency), ..site.selection() });
    let stage = site.t(&format!("stage.{}", overview.outline_stage));
    view! {
        <li>
            {format!("{}: ", cell.year)}
            {amount(view, cell.outline_money(Per::Total), cell.outline)}
            {format!(" {}. ", site.fill("promise.outline", &[("stage", &stage)]))}
            <a data-view href=href>{site.t("promise.see-currency")}</a>
        </li>
    }
    .into_any()
}
