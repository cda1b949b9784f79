//! Scenarios side by side: what each gives each section, beside the official amounts.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::desk::{Computed, Desk};
use super::{painter, results, scenarios, words};
use crate::budget::Section;
use crate::indicators::Outcome;
use crate::money::Money;

/// A column: the official amounts, then each scenario in turn. Its bar is at the same place in every row's picture.
struct Column {
    bar: usize,
    name: String,
}

/// The table; nothing while there is one scenario alone.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    if board.scenarios().len() < 2 {
        return ().into_any();
    }
    let (ground, computed) = (desk.ground(), desk.computed());
    let names =
        board.scenarios().iter().enumerate().map(|(place, scenario)| scenarios::numbered(desk, place, scenario));
    let names = std::iter::once(site.t("what-if.compare.official")).chain(names).enumerate();
    let columns: Vec<Column> = names.map(|(bar, name)| Column { bar, name }).collect();
    let heads = columns.iter().map(|column| {
        view! { <th scope="col" role="columnheader">{swatch(column)}{column.name.clone()}</th> }
    });
    let heads = heads.collect_view();
    let row = |(place, section): (usize, &Section)| {
        let official = ground.baseline.official.get(place).copied().flatten();
        let official = results::amount(desk, official.map(|minor| Money::new(minor, ground.round.currency)));
        let amounts = computed.iter().map(|computed| amount(desk, computed, place));
        let cells = cells(&columns, std::iter::once(official).chain(amounts).collect());
        view! { <tr role="row" data-bar=place.to_string()><th scope="row" role="rowheader">{section.name.clone()}</th>{cells}</tr> }
    };
    let rows = ground.round.sections.iter().enumerate().map(row).collect_view();
    let bars = format!("--bars: {}px", painter::scenario_bars_height_px(desk));
    view! {
        <section class="compare">
            <h2>{site.t("what-if.compare")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=site.t("what-if.compare")>
                <div class="chart">
                    <table data-by="scenarios" role="table" class="one-year" style=bars>
                        <caption class="hidden">{site.t("what-if.compare")}</caption>
                        <thead role="rowgroup">
                            <tr role="row"><th scope="col" role="columnheader">{site.t("key.section")}</th>{heads}</tr>
                        </thead>
                        <tbody role="rowgroup">{rows}</tbody>
                        <tfoot role="rowgroup">{totals(desk, &columns, &computed)}{need(desk, &columns, &computed)}</tfoot>
                    </table>
                    <canvas data-chart="compare" aria-hidden="true"></canvas>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn swatch(column: &Column) -> AnyView {
    view! { <span class="swatch" data-swatch=column.bar.to_string()></span> }.into_any()
}

/// A row's cells; each says for narrow screens, where there are no heads, whose it is.
fn cells(columns: &[Column], contents: Vec<AnyView>) -> AnyView {
    let cell = |(column, content): (&Column, AnyView)| {
        view! { <td role="cell" data-stage="amount" data-label=column.name.clone()>{swatch(column)}{content}</td> }
    };
    columns.iter().zip(contents).map(cell).collect_view().into_any()
}

fn amount(desk: Desk, computed: &Computed, place: usize) -> AnyView {
    let Ok(outcome) = computed else {
        return view! { <span class="none">{desk.site.t("what-if.compare.refused")}</span> }.into_any();
    };
    results::amount(desk, outcome.sections.get(place).map(|section| section.amount))
}

fn totals(desk: Desk, columns: &[Column], computed: &[Computed]) -> AnyView {
    let dash = || desk.site.t("value.dash").into_any();
    let total = |computed: &Computed| {
        let total = computed.as_ref().ok().map(|outcome| outcome.total);
        total.map_or_else(dash, |total| results::amount(desk, Some(total)))
    };
    let official = results::amount(desk, desk.ground().official_total());
    let cells = cells(columns, std::iter::once(official).chain(computed.iter().map(total)).collect());
    view! { <tr role="row"><th scope="row" role="rowheader">{desk.site.t("table.total")}</th>{cells}</tr> }.into_any()
}

/// What goes to the worst served, in each.
fn need(desk: Desk, columns: &[Column], computed: &[Computed]) -> AnyView {
    let reading = |computed: &Computed| computed.as_ref().ok().and_then(|outcome: &Arc<Outcome>| outcome.need.clone());
    let readings: Vec<_> = computed.iter().map(reading).collect();
    let Some(any) = readings.iter().flatten().next() else { return ().into_any() };
    let shown = |percent: Option<Decimal>| {
        percent.map_or_else(|| desk.site.t("value.dash"), |percent| words::percent(desk, percent)).into_any()
    };
    let scenarios = readings.iter().map(|need| shown(need.as_ref().map(|need| need.scenario_percent)));
    let cells = cells(columns, std::iter::once(shown(any.official_percent)).chain(scenarios).collect());
    let head = desk.site.fill("what-if.compare.need", &[("need", &words::percent(desk, any.need_percent))]);
    view! { <tr role="row" class="plain"><th scope="row" role="rowheader">{head}</th>{cells}</tr> }.into_any()
}
