//! Every part of every amount as a table: what the picture is made of.

use leptos::prelude::*;

use super::desk::Desk;
use super::results;
use crate::indicators::{Outcome, SectionOutcome};
use crate::money::Money;

/// The table, closed.
pub(super) fn table(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    view! {
        <details class="parts">
            <summary>{site.t("what-if.parts")}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=site.t("what-if.parts.caption")>
                <table data-by="parts">
                    <caption>{site.t("what-if.parts.caption")}</caption>
                    {rows(desk, outcome)}
                </table>
            </div>
            <p class="muted">{site.t("what-if.parts.rounding")}</p>
        </details>
    }
    .into_any()
}

/// Heads and rows. The parts of a row add up to its amount, and the rows of a column to its total.
pub(super) fn rows(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    // Floors and limits have a column only where there are any; the terms stand before them and the rounding after.
    let has_flat = outcome.sections.iter().any(|section| section.share.flat_floor_minor != 0);
    let has_bounds = outcome.sections.iter().any(|section| section.share.bounds_minor != 0);
    let terms = outcome.sections.first().map_or(0, |section| section.share.terms.len());
    let is_shown = move |column: usize| (column != terms || has_flat) && (column != terms + 1 || has_bounds);
    let money = |minor: i64| Money::new(minor, outcome.currency);
    let heads = std::iter::once(site.t("key.section"))
        .chain(results::part_names(desk, outcome))
        .chain([site.t("what-if.part.rounding"), site.t("what-if.column.amount")]);
    let heads = heads.map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let cells = |parts: Vec<i64>, whole: Money| {
        let parts =
            parts.into_iter().enumerate().filter(|(column, _)| is_shown(*column)).map(|(_, minor)| money(minor));
        let cell = |money: Money| view! { <td>{results::amount(desk, Some(money))}</td> };
        parts.chain([whole]).map(cell).collect_view()
    };
    let row = |section: &SectionOutcome| {
        view! { <tr><th scope="row">{section.name.clone()}</th>{cells(section.parts_minor(), section.amount)}</tr> }
    };
    let rows = outcome.sections.iter().map(row).collect_view();
    let total = outcome.parts_in_all_minor().map(|parts| {
        view! { <tr><th scope="row">{site.t("table.total")}</th>{cells(parts, outcome.total)}</tr> }
    });
    view! {
        <thead><tr>{heads}</tr></thead>
        <tbody>{rows}</tbody>
        <tfoot>{total}</tfoot>
    }
    .into_any()
}
