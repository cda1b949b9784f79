//! Scenarios side by side: what each gives each section, beside the official amounts.

use leptos::prelude::*;

use super::desk::{Computed, Desk};
use super::{painter, results, scenarios, words};
use crate::indicators::Outcome;
use crate::money::Money;

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
    // The official bar is the first of each row.
    let names = std::iter::once(site.t("what-if.compare.official")).chain(names).enumerate();
    let heads = names.map(|(bar, name)| {
        view! { <th scope="col"><span class="swatch" data-swatch=bar.to_string()></span>{name}</th> }
    });
    let heads = heads.collect_view();
    let bars = format!("--bars: {}px", painter::scenario_bars_height_px(desk));
    let row = |(place, section): (usize, &crate::budget::Section)| {
        let official = ground.baseline.official.get(place).copied().flatten();
        let cells = computed.iter().map(|outcome| cell(desk, outcome, place)).collect_view();
        view! {
            <tr data-bar=place.to_string()>
                <th scope="row">{section.name.clone()}</th>
                <td>{results::amount(desk, official.map(|minor| Money::new(minor, ground.round.currency)))}</td>
                {cells}
            </tr>
        }
    };
    let rows = ground.round.sections.iter().enumerate().map(row).collect_view();
    view! {
        <section class="compare">
            <h2>{site.t("what-if.compare")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=site.t("what-if.compare")>
                <div class="chart">
                    <table data-by="scenarios" style=bars>
                        <caption class="hidden">{site.t("what-if.compare")}</caption>
                        <thead><tr><th scope="col">{site.t("key.section")}</th>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                        <tfoot>{totals(desk, &computed)}{need(desk, &computed)}</tfoot>
                    </table>
                    <canvas data-chart="compare" aria-hidden="true"></canvas>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn cell(desk: Desk, computed: &Computed, place: usize) -> AnyView {
    let Ok(outcome) = computed else {
        return view! { <td><span class="none">{desk.site.t("what-if.compare.refused")}</span></td> }.into_any();
    };
    let amount = outcome.sections.get(place).map(|section| section.amount);
    view! { <td>{results::amount(desk, amount)}</td> }.into_any()
}

fn totals(desk: Desk, computed: &[Computed]) -> AnyView {
    let ground = desk.ground();
    let official = ground.official_total();
    let total = |outcome: &Computed| {
        let total = outcome.as_ref().ok().map(|outcome| results::amount(desk, Some(outcome.total)));
        view! { <td>{total.unwrap_or_else(|| desk.site.t("value.dash").into_any())}</td> }
    };
    view! {
        <tr>
            <th scope="row">{desk.site.t("table.total")}</th>
            <td>{results::amount(desk, official)}</td>
            {computed.iter().map(total).collect_view()}
        </tr>
    }
    .into_any()
}

/// What goes to the worst served, in each.
fn need(desk: Desk, computed: &[Computed]) -> AnyView {
    let reading =
        |outcome: &Computed| outcome.as_ref().ok().and_then(|outcome: &std::sync::Arc<Outcome>| outcome.need.clone());
    let readings: Vec<_> = computed.iter().map(reading).collect();
    let Some(any) = readings.iter().flatten().next() else { return ().into_any() };
    let shown = |percent: Option<rust_decimal::Decimal>| {
        let text = percent.map_or_else(|| desk.site.t("value.dash"), |percent| words::percent(desk, percent));
        view! { <td>{text}</td> }
    };
    let cells = readings.iter().map(|need| shown(need.as_ref().map(|need| need.scenario_percent))).collect_view();
    let head = desk.site.fill("what-if.compare.need", &[("need", &words::percent(desk, any.need_percent))]);
    view! { <tr class="plain"><th scope="row">{head}</th>{shown(any.official_percent)}{cells}</tr> }.into_any()
}
