//! Section against dimension: every cell a choice, empty ones visible.

use leptos::prelude::*;

use super::bars::BarCanvas;
use super::breakdown::{amount, bar_cell, ink_of, inks_of};
use super::overview::View;
use crate::chart::{BarCell, BarState, BarStyle};
use crate::engine::Key;
use crate::indicators::{Cell, Matrix, MatrixCell, Overview};

/// The matrix.
#[component]
pub fn MatrixTable(view: View) -> impl IntoView {
    let site = view.site;
    let inks = view.package.with_value(|package| inks_of(package, Key::Dimension));
    let cells = Signal::derive(move || {
        view.overview.with(|overview| overview.as_ref().map(|o| bars(&o.matrix, &inks)).unwrap_or_default())
    });
    let table = move || view.overview.get().map(|overview| table(view, &overview));
    let caption = move || {
        let stage = view.overview.with(|overview| overview.as_ref().map(|o| shown_stage(o))).unwrap_or_default();
        site.fill("by.matrix", &[("stage", &site.t(&format!("stage.{stage}")))])
    };
    view! {
        <section class="breakdown matrix">
            <div class="scroll" tabindex="0" role="region" aria-label=caption>
                <div class="chart">
                    <table data-by="matrix">
                        <caption>{caption}</caption>
                        {table}
                    </table>
                    <BarCanvas site cells style=BarStyle::TABLE />
                </div>
            </div>
        </section>
    }
}

/// The stage whose amounts the cells print: what was spent where that is published, or else the promise.
fn shown_stage(overview: &Overview) -> &'static str {
    if overview.has_fill { overview.fill_stage.name() } else { overview.outline_stage.name() }
}

fn table(view: View, overview: &Overview) -> AnyView {
    let site = view.site;
    let matrix = &overview.matrix;
    let heads = matrix.dimensions.iter().map(|dimension| {
        let label = view.with_writer(|writer| writer.label(Key::Dimension, dimension.as_deref()));
        view! { <th scope="col">{label}</th> }
    });
    let heads = heads.collect_view();
    let show = |cell: &Cell| shown(view, overview, cell);
    let rows = matrix.sections.iter().zip(&matrix.cells).zip(&matrix.row_totals).enumerate();
    let rows = rows.map(|(row, ((section, cells), total))| {
        let label = view.with_writer(|writer| writer.label(Key::Section, section.as_deref()));
        let columns = matrix.dimensions.len();
        let cells = cells.iter().zip(&matrix.dimensions).enumerate().map(|(column, (cell, dimension))| {
            choice(view, overview, cell, row * columns + column, [section, dimension])
        });
        let cells = cells.collect_view();
        view! {
            <tr data-key=section.clone().unwrap_or_else(|| "-".to_owned())>
                <th scope="row">{label}</th>
                {cells}
                <td class="total">{show(total)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let totals = matrix.column_totals.iter().map(|cell| view! { <td>{show(cell)}</td> }).collect_view();
    view! {
        <thead>
            <tr>
                <th scope="col">{site.t("key.section")}</th>
                {heads}
                <th scope="col">{site.t("table.total")}</th>
            </tr>
        </thead>
        <tbody>{rows}</tbody>
        <tfoot>
            <tr>
                <th scope="row">{site.t("table.total")}</th>
                {totals}
                <td>{show(&matrix.total)}</td>
            </tr>
        </tfoot>
    }
    .into_any()
}

fn shown(view: View, overview: &Overview, cell: &Cell) -> AnyView {
    if overview.has_fill {
        amount(view, cell.fill_money(overview.per), cell.fill)
    } else {
        amount(view, cell.outline_money(overview.per), cell.outline)
    }
}

fn choice(view: View, overview: &Overview, found: &MatrixCell, index: usize, values: [&Option<String>; 2]) -> AnyView {
    let cell = &found.cell;
    if cell.is_empty() {
        return view! { <td class="none">{view.site.t("value.dash")}</td> }.into_any();
    }
    let [section, dimension] = values;
    let choices = [(Key::Section, section.as_deref()), (Key::Dimension, dimension.as_deref())];
    let address = view.site.with_selection(view.site.selection().toggled(&choices));
    let href = address.href();
    let current = found.is_chosen.then_some("true");
    view! {
        <td
            data-stage=shown_stage(overview)
            data-bar=index.to_string()
            class:chosen=found.is_chosen
            on:click=move |event| view.follow(&event, address.clone())
        >
            <a href=href aria-current=current>{shown(view, overview, cell)}</a>
        </td>
    }
    .into_any()
}

fn bars(matrix: &Matrix, inks: &[(String, crate::chart::Ink)]) -> Vec<BarCell> {
    let cells = matrix.cells.iter().flat_map(|row| row.iter().zip(&matrix.dimensions));
    let bars = cells.map(|(found, dimension)| {
        let state = if found.is_chosen { BarState::Selected } else { BarState::Plain };
        bar_cell(&found.cell, ink_of(inks, dimension.as_deref()), state)
    });
    bars.collect()
}
