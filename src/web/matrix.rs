//! Section against dimension: every cell a choice, empty ones visible.

use leptos::prelude::*;

use super::breakdown::{amount, bar_cell, ink_of, inks_of};
use super::overview::View;
use crate::chart::{BarCell, BarState};
use crate::engine::Key;
use crate::indicators::{Cell, MatrixCell, Overview};

/// The matrix.
pub(super) fn section(view: View) -> AnyView {
    let Some(overview) = view.overview() else { return ().into_any() };
    let site = view.site;
    let matrix = &overview.matrix;
    let caption = site.fill("by.matrix", &[("stage", &site.t(&format!("stage.{}", shown_stage(&overview))))]);
    let region = caption.clone();
    let mut heads = vec![site.t("key.section")];
    heads.extend(matrix.dimensions.iter().map(|dimension| view.label(Key::Dimension, dimension.as_deref())));
    heads.push(site.t("table.total"));
    let heads = heads.into_iter().map(|text| view! { <th scope="col">{text}</th> }).collect_view();
    let rows: Vec<AnyView> = (0..matrix.sections.len()).map(|at| row(view, &overview, at)).collect();
    let totals = matrix
        .column_totals
        .iter()
        .chain([&matrix.total])
        .map(|cell| view! { <td>{shown(view, &overview, cell)}</td> });
    let totals = totals.collect_view();
    view! {
        <section class="breakdown matrix">
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <div class="chart">
                    <table data-by="matrix">
                        <caption>{caption}</caption>
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                        <tfoot><tr><th scope="row">{site.t("table.total")}</th>{totals}</tr></tfoot>
                    </table>
                    <canvas data-chart="matrix" aria-hidden="true"></canvas>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The bars of the cells, a row after the other.
pub(super) fn bars(view: View) -> Vec<BarCell> {
    let Some(overview) = view.overview_now() else { return Vec::new() };
    let inks = inks_of(&view.package(), Key::Dimension);
    let mut bars = Vec::new();
    for row in &overview.matrix.cells {
        for (found, dimension) in row.iter().zip(&overview.matrix.dimensions) {
            let state = if found.is_chosen { BarState::Selected } else { BarState::Plain };
            bars.push(bar_cell(&found.cell, overview.per, ink_of(&inks, dimension.as_deref()), state));
        }
    }
    bars
}

/// The stage whose amounts the cells print: what was spent where that is published, or else the promise.
fn shown_stage(overview: &Overview) -> &'static str {
    if overview.has_fill { overview.fill_stage.name() } else { overview.outline_stage.name() }
}

fn shown(view: View, overview: &Overview, cell: &Cell) -> AnyView {
    if overview.has_fill {
        amount(view, cell.fill_money(overview.per), cell.fill)
    } else {
        amount(view, cell.outline_money(overview.per), cell.outline)
    }
}

fn row(view: View, overview: &Overview, at: usize) -> AnyView {
    let matrix = &overview.matrix;
    let section = matrix.sections.get(at).and_then(Option::as_deref);
    let found = matrix.cells.get(at).map(Vec::as_slice).unwrap_or_default();
    let cells: Vec<AnyView> = found
        .iter()
        .zip(&matrix.dimensions)
        .enumerate()
        .map(|(column, (cell, dimension))| {
            let index = at * matrix.dimensions.len() + column;
            choice(
                view,
                overview,
                cell,
                [index, column],
                [(Key::Section, section), (Key::Dimension, dimension.as_deref())],
            )
        })
        .collect();
    let total = matrix.row_totals.get(at).map(|cell| shown(view, overview, cell));
    view! {
        <tr data-key=section.unwrap_or("-").to_owned()>
            <th scope="row">{view.label(Key::Section, section)}</th>
            {cells}
            <td class="total">{total}</td>
        </tr>
    }
    .into_any()
}

fn choice(
    view: View,
    overview: &Overview,
    found: &MatrixCell,
    [index, column]: [usize; 2],
    choices: [(Key, Option<&str>); 2],
) -> AnyView {
    if found.cell.is_empty() {
        return view! { <td class="none">{view.site.t("value.dash")}</td> }.into_any();
    }
    let href = view.site.href(view.site.selection().toggled(&choices));
    view! {
        <td data-pick data-stage=shown_stage(overview) data-bar=index.to_string() data-column=column.to_string() class:chosen=found.is_chosen>
            <a data-view href=href aria-current=found.is_chosen.then_some("true")>{shown(view, overview, &found.cell)}</a>
        </td>
    }
    .into_any()
}
