//! A breakdown: a table whose rows carry their bars, each row a choice.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::bars::BarCanvas;
use super::overview::View;
use crate::chart::{BarCell, BarKind, BarState, BarStyle, Ink, mark_for, series_for};
use crate::dataset::Package;
use crate::engine::{Key, Tally};
use crate::indicators::{Breakdown, BreakdownRow, Cell, Overview, Per};
use crate::money::Money;

/// One of the overview's three breakdowns.
#[component]
pub fn BreakdownTable(
    view: View,
    /// Which: 0 by section, 1 by dimension, 2 by status.
    position: usize,
) -> impl IntoView {
    let breakdown = Memo::new(move |_| {
        view.overview.with(|overview| overview.as_ref().and_then(|overview| overview.breakdowns.get(position).cloned()))
    });
    let key = [Key::Section, Key::Dimension, Key::Status].get(position).copied().unwrap_or(Key::Status);
    let inks = view.package.with_value(|package| inks_of(package, key));
    let cells = Signal::derive(move || bar_cells(breakdown.get(), &inks));
    let values = move || breakdown.with(|found| found.as_ref().map(|found| found.rows.iter().map(|row| row.value.clone()).collect::<Vec<_>>()));
    let shape = Memo::new(move |_| view.overview.with(|overview| overview.as_deref().map(Shape::of)));
    let row = move |value: Option<String>| view! { <Row view breakdown shape key_of_rows=key value /> };
    let site = view.site;
    view! {
        <section class="breakdown" data-key=key.name()>
            <div class="scroll" tabindex="0" role="region" aria-label=site.t(&format!("by.{}", key.name()))>
                <div class="chart">
                    <table data-by=key.name() role="table" class:one-year=move || shape.get().is_none_or(|shape| shape.years.len() == 1)>
                        <caption>{caption(view, key)}</caption>
                        <thead role="rowgroup">{move || head(view, key, shape.get())}</thead>
                        <tbody role="rowgroup" on:keydown=move_between_rows>
                            <For each=move || values().unwrap_or_default() key=Clone::clone children=row />
                        </tbody>
                        <tfoot role="rowgroup">{move || foot(view, breakdown, shape.get())}</tfoot>
                    </table>
                    <BarCanvas site cells style=BarStyle::TABLE />
                </div>
            </div>
        </section>
    }
}

/// What decides a table's columns; cells are built again only when it changes.
#[derive(Clone, PartialEq)]
struct Shape {
    years: Vec<String>,
    outline: &'static str,
    fill: Option<&'static str>,
    per: Per,
    counts_projects: bool,
}

impl Shape {
    fn of(overview: &Overview) -> Self {
        Self {
            years: overview.years.clone(),
            outline: overview.outline_stage.name(),
            fill: overview.has_fill.then_some(overview.fill_stage.name()),
            per: overview.per,
            counts_projects: overview.outline_stage == crate::budget::Stage::Agreed,
        }
    }
}

fn caption(view: View, key: Key) -> impl Fn() -> String + Send + 'static {
    move || {
        let title = view.site.t(&format!("by.{}", key.name()));
        let per_person = view.overview.with(|overview| overview.as_ref().is_some_and(|o| o.per == Per::Person));
        if per_person { view.site.fill("table.per-person", &[("title", &title)]) } else { title }
    }
}

fn head(view: View, key: Key, shape: Option<Shape>) -> Option<impl IntoView + use<>> {
    let shape = shape?;
    let site = view.site;
    let count = site.t(if shape.counts_projects { "column.projects" } else { "column.lines" });
    let stage = |stage: &str| site.t(&format!("stage.{stage}.short"));
    let several = shape.years.len() > 1;
    let columns = shape.years.iter().map(|year| {
        let over = move |text: String| if several { format!("{year} {text}") } else { text };
        let heads = [
            Some(over(stage(shape.outline))),
            shape.fill.map(|fill| over(stage(fill))),
            shape.fill.filter(|_| !several).map(|_| site.t("column.rate")),
            (!several).then(|| site.t("column.share")),
            Some(over(count.clone())),
        ];
        heads.into_iter().flatten().map(|text| view! { <th scope="col" role="columnheader">{text}</th> }).collect_view()
    });
    let columns = columns.collect_view();
    Some(view! {
        <tr role="row">
            <th scope="col" role="columnheader">{site.t(&format!("key.{}", key.name()))}</th>
            {columns}
        </tr>
    })
}

#[component]
fn Row(
    view: View,
    breakdown: Memo<Option<Breakdown>>,
    shape: Memo<Option<Shape>>,
    key_of_rows: Key,
    /// The row's value of the key.
    value: Option<String>,
) -> impl IntoView {
    let site = view.site;
    let stored = StoredValue::new(value);
    let row = Memo::new(move |_| {
        breakdown.with(|found| {
            let rows = found.as_ref().map(|found| found.rows.as_slice()).unwrap_or_default();
            let position = rows.iter().position(|row| stored.with_value(|value| row.value == *value))?;
            Some((position, rows.get(position)?.clone()))
        })
    });
    let address = Memo::new(move |_| {
        let chosen = stored.with_value(|value| site.selection().toggled(&[(key_of_rows, value.as_deref())]));
        site.with_selection(chosen)
    });
    let label = stored.with_value(|value| view.with_writer(|writer| writer.label(key_of_rows, value.as_deref())));
    let mark = stored.with_value(|value| view.package.with_value(|package| status_symbol(package, key_of_rows, value.as_deref())));
    let is = move |which: fn(&BreakdownRow) -> bool| row.with(|row| row.as_ref().is_some_and(|(_, row)| which(row)));
    let bar = move || {
        row.with(|row| {
            let (position, row) = row.as_ref()?;
            let [cell] = row.cells.as_slice() else { return None };
            (!cell.is_empty()).then(|| position.to_string())
        })
    };
    let cells = move || {
        let shape = shape.get();
        row.with(|row| row.as_ref().zip(shape).map(|((position, row), shape)| row_cells(view, &shape, *position, &row.cells)))
    };
    let data_key = stored.get_value().unwrap_or_else(|| "-".to_owned());
    view! {
        <tr
            role="row"
            data-key=data_key
            data-bar=bar
            class:chosen=move || is(|row| row.is_chosen)
            class:dimmed=move || is(|row| row.is_dimmed)
            on:click=move |event| view.follow(&event, address.get_untracked())
        >
            <th scope="row" role="rowheader">
                {mark.map(|mark| view! { <span class="mark" aria-hidden="true">{mark}</span> })}
                <a href=move || address.get().href() aria-current=move || is(|row| row.is_chosen).then_some("true")>{label}</a>
            </th>
            {cells}
        </tr>
    }
}

fn row_cells(view: View, shape: &Shape, position: usize, cells: &[Cell]) -> impl IntoView + use<> {
    let several = cells.len() > 1;
    let groups = cells.iter().enumerate().map(|(year, cell)| {
        let bar = (several && !cell.is_empty()).then(|| (position * cells.len() + year).to_string());
        year_cells(view, shape, cell, bar)
    });
    groups.collect_view()
}

/// The cells of one year: promised, spent, rate and share, and how many projects or lines.
fn year_cells(view: View, shape: &Shape, cell: &Cell, bar: Option<String>) -> AnyView {
    let site = view.site;
    let several = shape.years.len() > 1;
    let label = |text: &str| site.t(text);
    let amount = |stage: &'static str, money: Option<Money>, tally: Tally| {
        let label = site.t(&format!("stage.{stage}.short"));
        view! {
            <td role="cell" data-stage=stage data-year=cell.year.clone() data-bar=bar.clone() data-label=label>
                {amount(view, money, tally)}
            </td>
        }
    };
    let percent = |value: Option<rust_decimal::Decimal>| match value {
        Some(value) => view.with_writer(|writer| writer.style.percent(value)),
        None => site.t("value.dash"),
    };
    let count = i64::try_from(cell.outline.count).unwrap_or(i64::MAX);
    let count_label = label(if shape.counts_projects { "column.projects" } else { "column.lines" });
    let fill = shape.fill.map(|stage| amount(stage, cell.fill_money(shape.per), cell.fill));
    let rate = (shape.fill.is_some() && !several).then(|| {
        view! { <td role="cell" data-role="rate" data-label=label("column.rate")>{percent(cell.rate_percent)}</td> }
    });
    let share = (!several).then(|| {
        view! { <td role="cell" data-role="share" data-label=label("column.share")>{percent(cell.share_percent)}</td> }
    });
    view! {
        {amount(shape.outline, cell.outline_money(shape.per), cell.outline)}
        {fill}
        {rate}
        {share}
        <td role="cell" data-role="count" data-label=count_label>
            <data value=count.to_string()>{view.with_writer(|writer| writer.style.count(count))}</data>
        </td>
    }
    .into_any()
}

/// An amount with its exact value, or why there is none: no rows is a dash, rows without an amount are "no data".
pub(super) fn amount(view: View, money: Option<Money>, tally: Tally) -> AnyView {
    let site = view.site;
    let Some(money) = money else {
        let text = if tally.count == 0 { site.t("value.dash") } else { site.t("value.none") };
        return view! { <span class="muted">{text}</span> }.into_any();
    };
    let missing = (tally.missing > 0).then(|| {
        let text = view.with_writer(|writer| writer.count("value.missing", tally.missing));
        let title = text.clone();
        view! { <abbr class="missing" title=title>"*"<span class="hidden">{text}</span></abbr> }
    });
    let shown = view.with_writer(|writer| writer.style.money(money));
    view! { <data value=money.to_plain()>{shown}</data>{missing} }.into_any()
}

fn foot(view: View, breakdown: Memo<Option<Breakdown>>, shape: Option<Shape>) -> Option<impl IntoView + use<>> {
    let shape = shape?;
    let totals = breakdown.with(|found| found.as_ref().map(|found| found.totals.clone()))?;
    // No bar of its own: it would dwarf those of the rows.
    let cells = totals.iter().map(|cell| year_cells(view, &shape, cell, None)).collect_view();
    Some(view! { <tr role="row"><th scope="row" role="rowheader">{view.site.t("table.total")}</th>{cells}</tr> })
}

/// Arrow keys go from row to row.
fn move_between_rows(event: leptos::ev::KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(row) = target.and_then(|target| target.closest("tr").ok().flatten()) else { return };
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => return,
    };
    let link = next.and_then(|row| row.query_selector("a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        drop(link.focus());
    }
}

fn status_symbol(package: &Package, key: Key, value: Option<&str>) -> Option<&'static str> {
    let status = package.statuses.iter().find(|status| key == Key::Status && Some(status.id.as_str()) == value)?;
    Some(mark_for(&status.oc4ids_status, &status.id).symbol())
}

/// The ink of each value of a key, in declared order: dimensions have their own colours, the rest are plain.
pub(super) fn inks_of(package: &Package, key: Key) -> Arc<Vec<(String, Ink)>> {
    let plain = if key == Key::Status { Ink::Muted } else { Ink::Ink };
    let values = package.facts.values(key);
    let ids: Vec<&str> = values.iter().map(String::as_str).collect();
    let inks: Vec<Ink> = match key {
        Key::Dimension => series_for(&ids).into_iter().map(Ink::Series).collect(),
        _ => vec![plain; ids.len()],
    };
    Arc::new(values.iter().cloned().zip(inks).collect())
}

/// The ink of one value; rows with none published are muted.
pub(super) fn ink_of(inks: &[(String, Ink)], value: Option<&str>) -> Ink {
    inks.iter().find(|(known, _)| Some(known.as_str()) == value).map_or(Ink::Muted, |(_, ink)| *ink)
}

fn bar_cells(breakdown: Option<Breakdown>, inks: &[(String, Ink)]) -> Vec<BarCell> {
    let rows = breakdown.map(|breakdown| breakdown.rows).unwrap_or_default();
    let cells = rows.iter().flat_map(|row| {
        let ink = ink_of(inks, row.value.as_deref());
        let state = match (row.is_chosen, row.is_dimmed) {
            (true, _) => BarState::Selected,
            (_, true) => BarState::Dimmed,
            _ => BarState::Plain,
        };
        row.cells.iter().map(move |cell| bar_cell(cell, ink, state))
    });
    cells.collect()
}

/// A cell's bar. The page gives no place to a cell without rows, so that it draws nothing: it is neither zero nor missing.
pub(super) fn bar_cell(cell: &Cell, ink: Ink, state: BarState) -> BarCell {
    BarCell { outline: cell.outline.minor, fill: cell.fill.minor, ink, state, kind: BarKind::Official }
}

