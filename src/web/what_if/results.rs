//! What the open scenario gives: the question, the sentence that matters, and the table by section with its picture.

use leptos::prelude::*;

use super::desk::{Computed, Desk};
use super::{parts, words};
use crate::allocation::{RuleError, Weight};
use crate::indicators::{Difference, Outcome, SectionOutcome};
use crate::money::Money;

/// The question this scenario asks, and what it does to those in need.
pub(super) fn heading(desk: Desk) -> AnyView {
    let sentence = match desk.outcome() {
        Some(Ok(outcome)) => words::need_sentence(desk, &outcome),
        _ => ().into_any(),
    };
    view! {
        <div class="question">
            <h1 id="headline">{words::question(desk)}</h1>
            <p class="lead" id="need-sentence">{sentence}</p>
        </div>
    }
    .into_any()
}

/// The table by section, or why there is none.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let body = match desk.outcome() {
        Some(Ok(outcome)) => table(desk, &outcome),
        Some(Err(error)) => refused(desk, &error),
        None => ().into_any(),
    };
    view! {
        <section class="results breakdown" aria-labelledby="results-heading">
            <h2 id="results-heading">
                {site.t("what-if.results")} " " <span class="key">{site.t("what-if.legend")}</span>
            </h2>
            {body}
        </section>
    }
    .into_any()
}

/// Why there is no table, and what can be done about it. What was there before is not shown: it is another rule's.
fn refused(desk: Desk, error: &RuleError) -> AnyView {
    let site = desk.site;
    let button = |does: &'static str, key: &str| view! { <button type="button" data-do=does>{site.t(key)}</button> };
    let whole = matches!(error, RuleError::WeightsTotal { .. }).then(|| button("whole", "what-if.whole"));
    let undo = desk.steps().0.then(|| button("undo", "what-if.undo"));
    view! {
        <div id="refused" class="problems" role="alert">
            <p>{site.fill("what-if.refused", &[("reason", &words::rule_error(desk, error))])}</p>
            <div class="buttons">{whole}{undo}</div>
        </div>
    }
    .into_any()
}

/// The result in one line, in sight of the sliders where the table is not.
pub(super) fn glance(desk: Desk) -> AnyView {
    let said = shown(desk.outcome()).and_then(|outcome| words::glance(desk, &outcome));
    said.map_or_else(|| ().into_any(), |said| view! { <p class="glance" aria-hidden="true">{said}</p> }.into_any())
}

fn table(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    let heads = [
        "key.section",
        "what-if.column.amount",
        "what-if.column.change",
        "what-if.column.person",
        "what-if.column.equal",
    ];
    let heads = heads.map(|key| view! { <th scope="col" role="columnheader">{site.t(key)}</th> });
    let rows = outcome.sections.iter().enumerate().map(|(place, section)| row(desk, place, section)).collect_view();
    let set_aside = (outcome.set_aside.minor != 0).then(|| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{site.t("what-if.set-aside.row")}</th>
                <td role="cell" data-stage="amount" data-label=site.t("what-if.column.amount")>{amount(desk, Some(outcome.set_aside))}</td>
                <td role="cell" class="blank"></td><td role="cell" class="blank"></td><td role="cell" class="blank"></td>
            </tr>
        }
    });
    let caption = site.fill("what-if.results.caption", &[("fund", &desk.style().money(outcome.fund))]);
    let region = caption.clone();
    view! {
        {legend(desk, outcome)}
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <div class="chart">
                <table data-by="what-if" role="table" class="one-year">
                    <caption class="hidden">{caption}</caption>
                    <thead role="rowgroup"><tr role="row">{heads.into_iter().collect_view()}</tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                    <tfoot role="rowgroup">
                        {set_aside}
                        <tr role="row">
                            <th scope="row" role="rowheader">{site.t("table.total")}</th>
                            <td role="cell" data-stage="amount" data-label=site.t("what-if.column.amount")>{amount(desk, Some(outcome.total))}</td>
                            <td role="cell" data-stage="change" data-label=site.t("what-if.column.change")>{change(desk, outcome.total_from_official)}</td>
                            <td role="cell" class="blank"></td><td role="cell" class="blank"></td>
                        </tr>
                    </tfoot>
                </table>
                <canvas data-chart="results" aria-hidden="true"></canvas>
            </div>
        </div>
        {parts::table(desk, outcome)}
    }
    .into_any()
}

fn row(desk: Desk, place: usize, section: &SectionOutcome) -> AnyView {
    let site = desk.site;
    let said = site.fill("what-if.explain.of", &[("name", &section.name)]);
    let bound = section.bound().map(|bound| view! { " " <span class="tag">{words::bound(site, bound)}</span> });
    view! {
        <tr role="row" data-bar=place.to_string()>
            <th scope="row" role="rowheader">
                <button type="button" class="plain" data-do="explain" data-at=place.to_string() title=said>{section.name.clone()}</button>
                {bound}
            </th>
            <td role="cell" data-stage="amount" data-label=site.t("what-if.column.amount")>{amount(desk, Some(section.amount))}</td>
            <td role="cell" data-stage="change" data-label=site.t("what-if.column.change")>{change(desk, section.from_official)}</td>
            <td role="cell" data-stage="person" data-label=site.t("what-if.column.person")>{amount(desk, section.per_person)}</td>
            <td role="cell" data-stage="equal" data-label=site.t("what-if.column.equal")>{change(desk, section.from_equal)}</td>
        </tr>
    }
    .into_any()
}

/// An amount with its exact value for machines.
pub(super) fn amount(desk: Desk, money: Option<Money>) -> AnyView {
    match money {
        Some(money) => view! { <data value=money.to_plain()>{desk.style().money(money)}</data> }.into_any(),
        None => view! { <span class="none">{desk.site.t("value.none")}</span> }.into_any(),
    }
}

/// A difference in soles and in percent, with its sign.
pub(super) fn change(desk: Desk, difference: Option<Difference>) -> AnyView {
    let Some(Difference { money, percent }) = difference else {
        return view! { <span class="none">{desk.site.t("value.dash")}</span> }.into_any();
    };
    if money.minor == 0 {
        return view! { <data value=money.to_plain() class="none">{desk.site.t("what-if.no-change")}</data> }
            .into_any();
    }
    let percent = percent.map(|percent| view! { <span class="share">{words::signed_percent(desk, percent)}</span> });
    let money = view! { <data value=money.to_plain()>{words::signed_money(desk, money)}</data> };
    view! { <span class="figure">{money} " " {percent}</span> }.into_any()
}

/// What the picture's parts are.
fn legend(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    let swatch = |(at, name): (usize, String)| {
        view! { <li><span class="swatch" data-swatch=at.to_string()></span>{name}</li> }
    };
    let names = std::iter::once(site.t("what-if.legend.official")).chain(part_names(desk, outcome)).enumerate();
    let items = names.map(swatch).collect_view();
    view! {
        <div class="chart legend">
            <ul class="swatches">{items}</ul>
            <canvas data-chart="legend" aria-hidden="true"></canvas>
        </div>
    }
    .into_any()
}

/// What the parts of an amount are called, in the order they are stacked; floors and limits only where there are any.
pub(super) fn part_names(desk: Desk, outcome: &Outcome) -> Vec<String> {
    let board = desk.board();
    // A criterion without weight has no part.
    let criteria = board.scenario().rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO);
    let mut names: Vec<String> =
        criteria.map(|criterion| desk.criterion_name(&criterion.id, &criterion.measure)).collect();
    if outcome.sections.iter().any(|section| section.share.flat_floor_minor != 0) {
        names.push(desk.site.t("what-if.part.flat"));
    }
    if outcome.sections.iter().any(|section| section.share.bounds_minor != 0) {
        names.push(desk.site.t("what-if.part.bounds"));
    }
    names
}

/// The open scenario's result, where there is one.
pub(super) fn shown(computed: Option<Computed>) -> Option<std::sync::Arc<Outcome>> {
    computed.and_then(Result::ok)
}
