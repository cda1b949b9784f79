//! The table: every figure a link to the lines behind it, every name a way down.

use leptos::prelude::*;

use super::desk::{Desk, State};
use super::{inks, models, says};
use crate::chart::{BarCell, BarState, Ink};
use crate::engine::Key;
use crate::indicators::{CellChoice, Figure, Look, Picture, PivotRow, RowKind, Sort, Value, drilled};

/// The table of what is on screen.
pub(super) fn section(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    if pivot.rows.is_empty() || pivot.total.is_empty() && pivot.rows.iter().all(|row| row.total.is_empty()) {
        return view! { <p class="empty" id="empty">{site.t("explore.empty")}</p> }.into_any();
    }
    let is_matrix = state.look.picture == Picture::Matrix;
    let caption = says::sentence(desk, &state);
    let region = caption.clone();
    let rows: Vec<AnyView> = state.shown.iter().enumerate().map(|(at, found)| row(desk, &state, at, found)).collect();
    // No bars of their own: they would dwarf those of the rows.
    let foot = foot(desk, &state);
    let canvas = is_matrix.then(|| view! { <canvas data-chart="explore-matrix" aria-hidden="true"></canvas> });
    view! {
        <section class="breakdown matrix figures" class:bare=!is_matrix>
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <div class="chart">
                    <table data-by="explore">
                        <caption class="hidden">{caption}</caption>
                        <thead>{head(desk, &state)}</thead>
                        <tbody>{rows}</tbody>
                        <tfoot>{foot}</tfoot>
                    </table>
                    {canvas}
                </div>
            </div>
            {parts(desk, &state)}
        </section>
    }
    .into_any()
}

/// The bars of the matrix: a row after the other, without the totals.
pub(super) fn bars(desk: Desk, state: &State) -> Vec<BarCell> {
    let columns = inks::of_columns(desk, state);
    let bar = |figure: &Figure, ink: Ink| BarCell { outline: None, fill: figure.size(), ink, state: BarState::Plain };
    if columns.is_empty() {
        let own = inks::of_rows(desk, state, false);
        return state.shown.iter().zip(own).map(|(row, ink)| bar(&row.total, ink)).collect();
    }
    state.shown.iter().flat_map(|row| row.cells.iter().zip(&columns).map(|(cell, &ink)| bar(cell, ink))).collect()
}

fn head(desk: Desk, state: &State) -> AnyView {
    let site = desk.site;
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    let mut heads = vec![sorting(desk, state, says::heading_of(desk, state.rows()), [Sort::Name, Sort::NameDown])];
    if let Some(key) = state.columns() {
        for column in &pivot.columns {
            let value = column.value.as_deref();
            let (selection, look) = drilled(&state.selection, &state.look, key, value, &state.offered);
            let until = (key == Key::FiscalYear)
                .then(|| says::until(desk, &desk.package(), value.unwrap_or_default()))
                .flatten();
            let until = until.map(|until| view! { <small class="muted">" (" {until} ")"</small> });
            let name = desk.label(key, value);
            // Long names are cut by the style sheet.
            let title = name.clone();
            heads.push(
                view! {
                    <th scope="col" data-key=value.unwrap_or("-").to_owned()>
                        <a data-view href=desk.href(selection, &look) title=title><bdi>{name}</bdi></a>
                        {until}
                    </th>
                }
                .into_any(),
            );
        }
    }
    heads.push(sorting(desk, state, site.t("table.total"), [Sort::AmountDown, Sort::Amount]));
    if state.columns().is_none() && pivot.share.is_none() {
        heads.push(
            view! { <th scope="col">{site.t(&format!("explore.head.{}", says::counted(pivot.stage)))}</th> }.into_any(),
        );
    }
    view! { <tr>{heads}</tr> }.into_any()
}

/// A heading that orders the rows, once one way and once the other.
fn sorting(desk: Desk, state: &State, name: String, ways: [Sort; 2]) -> AnyView {
    let [first, second] = ways;
    let now = state.look.sort;
    let next = if now == first { second } else { first };
    let look = Look { sort: next, part: 1, ..state.look.clone() };
    let order = match now {
        Sort::Name | Sort::Amount if ways.contains(&now) => Some("ascending"),
        Sort::NameDown | Sort::AmountDown if ways.contains(&now) => Some("descending"),
        _ => None,
    };
    let mark = match order {
        Some("ascending") => " ▲",
        Some(_) => " ▼",
        None => "",
    };
    let href = desk.href(state.selection.clone(), &look);
    let title = desk.site.t(&format!("explore.pick.sort.{}", next.name()));
    view! { <th scope="col" aria-sort=order><a data-view data-sort=next.name() href=href title=title>{name}<span aria-hidden="true">{mark}</span></a></th> }
        .into_any()
}

fn row(desk: Desk, state: &State, at: usize, found: &PivotRow) -> AnyView {
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    let is_matrix = state.look.picture == Picture::Matrix;
    let name = models::name(desk, state, found);
    let value = found.kind.value();
    let href = match value {
        Some(value) => {
            let (selection, look) = drilled(&state.selection, &state.look, state.rows(), value, &state.offered);
            desk.href(selection, &look)
        }
        None => desk.href(state.selection.clone(), &Look { others_open: true, ..state.look.clone() }),
    };
    let key = match &found.kind {
        RowKind::Value(value) => value.clone().unwrap_or_else(|| "-".to_owned()),
        RowKind::Others(_) => "others".to_owned(),
    };
    let mut cells: Vec<AnyView> = Vec::new();
    for (column, (cell, of)) in found.cells.iter().zip(&pivot.columns).enumerate() {
        let bar = is_matrix.then(|| (at * pivot.columns.len() + column).to_string());
        let choice = value.map(|row| choice(Some(row), Some(of.value.as_deref())));
        cells.push(cell_of(desk, state, cell, choice, bar, Some(column)));
    }
    let bar = (is_matrix && pivot.columns.is_empty()).then(|| at.to_string());
    cells.push(cell_of(desk, state, &found.total, value.map(|row| choice(Some(row), None)), bar, None));
    if pivot.columns.is_empty() && pivot.share.is_none() {
        cells.push(view! { <td data-role="count">{count(desk, &found.total)}</td> }.into_any());
    }
    view! {
        <tr data-key=key>
            <th scope="row"><a data-view href=href><bdi>{name}</bdi></a></th>
            {cells}
        </tr>
    }
    .into_any()
}

fn choice(row: Option<Option<&str>>, column: Option<Option<&str>>) -> CellChoice {
    let owned = |value: Option<Option<&str>>| value.map(|value| value.map(str::to_owned));
    CellChoice { row: owned(row), column: owned(column) }
}

fn count(desk: Desk, figure: &Figure) -> String {
    desk.style().count(i64::try_from(figure.count).unwrap_or(i64::MAX))
}

/// A figure that opens the lines behind it; what has no lines opens nothing.
fn cell_of(
    desk: Desk,
    state: &State,
    figure: &Figure,
    choice: Option<CellChoice>,
    bar: Option<String>,
    column: Option<usize>,
) -> AnyView {
    let shown = says::shown(desk, figure);
    let class = if column.is_none() { "total" } else { "" };
    if figure.value == Value::Empty {
        return view! { <td class=format!("none {class}")>{shown}</td> }.into_any();
    }
    let inside = match choice {
        Some(choice) => {
            let is_chosen = state.look.cell.as_ref() == Some(&choice);
            let look = Look { cell: Some(choice), page: 1, ..state.look.clone() };
            let href = desk.href(state.selection.clone(), &look);
            view! { <a data-view data-cell href=href aria-current=is_chosen.then_some("true")>{shown}</a> }.into_any()
        }
        None => shown,
    };
    let column = column.map(|column| column.to_string());
    view! { <td class=class data-bar=bar data-column=column>{inside}</td> }.into_any()
}

fn foot(desk: Desk, state: &State) -> AnyView {
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    let mut cells: Vec<AnyView> = Vec::new();
    for (at, column) in pivot.columns.iter().enumerate() {
        let choice = choice(None, Some(column.value.as_deref()));
        cells.push(cell_of(desk, state, &column.total, Some(choice), None, Some(at)));
    }
    cells.push(cell_of(desk, state, &pivot.total, Some(choice(None, None)), None, None));
    if pivot.columns.is_empty() && pivot.share.is_none() {
        cells.push(view! { <td data-role="count">{count(desk, &pivot.total)}</td> }.into_any());
    }
    view! { <tr><th scope="row">{desk.site.t("table.total")}</th>{cells}</tr> }.into_any()
}

/// Links to the other parts of many rows, and back to the gathered ones.
fn parts(desk: Desk, state: &State) -> AnyView {
    let site = desk.site;
    let mut links = Vec::new();
    if state.look.others_open && state.gathers() {
        let look = Look { others_open: false, part: 1, ..state.look.clone() };
        let href = desk.href(state.selection.clone(), &look);
        links.push(view! { <a data-view href=href id="close-others">{site.t("explore.others.close")}</a> }.into_any());
    }
    if state.parts > 1 {
        let now = state.look.part.clamp(1, state.parts);
        let said = site.fill("explore.part", &[("part", &now.to_string()), ("parts", &state.parts.to_string())]);
        links.push(view! { <span>{said}</span> }.into_any());
        for (is_there, part, key) in
            [(now > 1, now.saturating_sub(1), "explore.part.before"), (now < state.parts, now + 1, "explore.part.next")]
        {
            if is_there {
                let href = desk.href(state.selection.clone(), &Look { part, ..state.look.clone() });
                links.push(view! { <a data-view href=href>{site.t(key)}</a> }.into_any());
            }
        }
    }
    if links.is_empty() { ().into_any() } else { view! { <p class="parts">{links}</p> }.into_any() }
}
