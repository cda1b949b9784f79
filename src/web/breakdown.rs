//! A breakdown: a table whose rows carry their bars, each row a choice.

use leptos::prelude::*;

use super::overview::View;
use crate::budget::Stage;
use crate::chart::{BarCell, BarState, Ink, mark_for, series_for};
use crate::dataset::Package;
use crate::engine::{Key, Tally};
use crate::indicators::{Breakdown, BreakdownRow, Cell, Overview, Per};
use crate::money::Money;

/// One of the overview's three breakdowns: 0 by section, 1 by dimension, 2 by status.
pub(super) fn section(view: View, position: usize) -> AnyView {
    let Some(overview) = view.overview() else { return ().into_any() };
    let Some(breakdown) = overview.breakdowns.get(position) else { return ().into_any() };
    let site = view.site;
    let key = breakdown.key.name();
    let title = site.t(&format!("by.{key}"));
    let caption = if overview.per == Per::Person { site.fill("table.per-person", &[("title", &title)]) } else { title };
    let region = caption.clone();
    let rows: Vec<AnyView> =
        breakdown.rows.iter().enumerate().map(|(at, found)| row(view, &overview, breakdown.key, at, found)).collect();
    let one_year = overview.years.len() == 1;
    view! {
        <section class="breakdown">
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <div class="chart">
                    <table data-by=key role="table" class:one-year=one_year>
                        <caption>{caption}</caption>
                        <thead role="rowgroup">{head(view, &overview, key)}</thead>
                        <tbody role="rowgroup">{rows}</tbody>
                        <tfoot role="rowgroup">{foot(view, &overview, breakdown)}</tfoot>
                    </table>
                    <canvas data-chart=key aria-hidden="true"></canvas>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The bars of a breakdown's rows, a row's years one after the other.
pub(super) fn bars(view: View, key: &str) -> Vec<BarCell> {
    let Some(overview) = view.overview_now() else { return Vec::new() };
    let Some(breakdown) = overview.breakdowns.iter().find(|breakdown| breakdown.key.name() == key) else {
        return Vec::new();
    };
    let inks = inks_of(&view.package(), breakdown.key);
    let mut cells = Vec::new();
    for row in &breakdown.rows {
        let state = match (row.is_chosen, row.is_dimmed) {
            (true, _) => BarState::Selected,
            (_, true) => BarState::Dimmed,
            _ => BarState::Plain,
        };
        let ink = ink_of(&inks, row.value.as_deref());
        cells.extend(row.cells.iter().map(|cell| bar_cell(cell, overview.per, ink, state)));
    }
    cells
}

/// The ink of each row's sample.
pub(super) fn swatches(view: View, key: &str) -> Vec<Ink> {
    let Some(overview) = view.overview_now() else { return Vec::new() };
    let Some(breakdown) = overview.breakdowns.iter().find(|breakdown| breakdown.key.name() == key) else {
        return Vec::new();
    };
    let inks = inks_of(&view.package(), breakdown.key);
    breakdown.rows.iter().map(|row| ink_of(&inks, row.value.as_deref())).collect()
}

fn head(view: View, overview: &Overview, key: &str) -> AnyView {
    let site = view.site;
    let mut columns = vec![site.t(&format!("key.{key}"))];
    for year in &overview.years {
        let several = overview.years.len() > 1;
        let mut over = |text: String| columns.push(if several { format!("{year} {text}") } else { text });
        over(stage_name(view, overview.outline_stage));
        if overview.has_fill {
            over(stage_name(view, overview.fill_stage));
        }
        if !several {
            if overview.has_fill {
                over(site.t("column.rate"));
            }
            over(site.t("column.share"));
        }
        over(count_name(view, overview));
    }
    let columns =
        columns.into_iter().map(|text| view! { <th scope="col" role="columnheader">{text}</th> }).collect_view();
    view! { <tr role="row">{columns}</tr> }.into_any()
}

fn stage_name(view: View, stage: Stage) -> String {
    view.site.t(&format!("stage.{stage}.short"))
}

/// What a row's count counts: projects under a promise, budget lines under a budget.
fn count_name(view: View, overview: &Overview) -> String {
    view.site.t(if overview.outline_stage == Stage::Agreed { "column.projects" } else { "column.lines" })
}

fn row(view: View, overview: &Overview, key: Key, position: usize, found: &BreakdownRow) -> AnyView {
    let site = view.site;
    let value = found.value.as_deref();
    let href = site.href(site.selection().toggled(&[(key, value)]));
    let one_cell = match found.cells.as_slice() {
        [cell] if !cell.is_empty() => Some(position.to_string()),
        _ => None,
    };
    let mut cells = Vec::new();
    for (year, cell) in found.cells.iter().enumerate() {
        let bar =
            (found.cells.len() > 1 && !cell.is_empty()).then(|| (position * found.cells.len() + year).to_string());
        year_cells(view, overview, cell, bar, &mut cells);
    }
    let mark = status_symbol(&view.package(), key, value);
    let mark = mark.map(|mark| view! { <span class="mark" aria-hidden="true">{mark}</span> });
    // Where every bar is an outline the colours of the dimensions would hardly show: each has its sample too.
    let swatch =
        (key == Key::Dimension).then(|| view! { <span class="swatch" data-swatch=position.to_string()></span> });
    view! {
        <tr
            role="row"
            data-pick
            data-key=value.unwrap_or("-").to_owned()
            data-bar=one_cell
            class:chosen=found.is_chosen
            class:dimmed=found.is_dimmed
        >
            <th scope="row" role="rowheader">
                {mark}
                {swatch}
                <a data-view href=href aria-current=found.is_chosen.then_some("true")>{view.label(key, value)}</a>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// The cells of one year: promised, spent, rate and share, and how many projects or lines.
fn year_cells(view: View, overview: &Overview, cell: &Cell, bar: Option<String>, cells: &mut Vec<AnyView>) {
    let site = view.site;
    let mut amount_cell = |stage: Stage, money: Option<Money>, tally: Tally| {
        let label = stage_name(view, stage);
        let cell = view! {
            <td role="cell" data-stage=stage.name() data-year=cell.year.clone() data-bar=bar.clone() data-label=label>
                {amount(view, money, tally)}
            </td>
        };
        cells.push(cell.into_any());
    };
    amount_cell(overview.outline_stage, cell.outline_money(overview.per), cell.outline);
    if overview.has_fill {
        amount_cell(overview.fill_stage, cell.fill_money(overview.per), cell.fill);
    }
    let mut text_cell = |role: &'static str, label: String, text: String| {
        cells.push(view! { <td role="cell" data-role=role data-label=label>{text}</td> }.into_any());
    };
    if overview.years.len() == 1 {
        if overview.has_fill {
            text_cell("rate", site.t("column.rate"), view.percent(cell.rate_percent));
        }
        text_cell("share", site.t("column.share"), view.percent(cell.share_percent));
    }
    let count = i64::try_from(cell.outline.count).unwrap_or(i64::MAX);
    text_cell("count", count_name(view, overview), view.style().count(count));
}

/// An amount with its exact value, or why there is none: no rows is a dash, rows without an amount are "no data".
pub(super) fn amount(view: View, money: Option<Money>, tally: Tally) -> AnyView {
    let Some(money) = money else {
        let text = if tally.count == 0 { "value.dash" } else { "value.none" };
        return view! { <span class="muted">{view.site.t(text)}</span> }.into_any();
    };
    let missing = (tally.missing > 0).then(|| {
        let text = view.count("value.missing", tally.missing);
        let title = text.clone();
        view! { <span class="missing" title=title><span aria-hidden="true">"*"</span><span class="hidden">{text}</span></span> }
    });
    view! { <span class="amount"><data value=money.to_plain()>{view.style().money(money)}</data>{missing}</span> }
        .into_any()
}

fn foot(view: View, overview: &Overview, breakdown: &Breakdown) -> AnyView {
    let mut cells = Vec::new();
    for cell in &breakdown.totals {
        // No bar of its own: it would dwarf those of the rows.
        year_cells(view, overview, cell, None, &mut cells);
    }
    view! { <tr role="row"><th scope="row" role="rowheader">{view.site.t("table.total")}</th>{cells}</tr> }.into_any()
}

fn status_symbol(package: &Package, key: Key, value: Option<&str>) -> Option<&'static str> {
    let status = package.statuses.iter().find(|status| key == Key::Status && Some(status.id.as_str()) == value)?;
    Some(mark_for(&status.oc4ids_status, &status.id).symbol())
}

/// The ink of each value of a key, in declared order: dimensions have their own colours, the rest are plain.
pub(super) fn inks_of(package: &Package, key: Key) -> Vec<(String, Ink)> {
    let plain = if key == Key::Status { Ink::Muted } else { Ink::Ink };
    let values = package.facts.values(key);
    let inks: Vec<Ink> = match key {
        Key::Dimension => series_for(&values).into_iter().map(Ink::Series).collect(),
        _ => vec![plain; values.len()],
    };
    values.into_iter().map(str::to_owned).zip(inks).collect()
}

/// The ink of one value; rows with none published are muted.
pub(super) fn ink_of(inks: &[(String, Ink)], value: Option<&str>) -> Ink {
    inks.iter().find(|(known, _)| Some(known.as_str()) == value).map_or(Ink::Muted, |(_, ink)| *ink)
}

/// A cell's bar. The page gives no place to a cell without rows, so that it draws nothing: it is neither zero nor missing.
pub(super) fn bar_cell(cell: &Cell, per: Per, ink: Ink, state: BarState) -> BarCell {
    let minor = |money: Option<Money>| money.map(|money| money.minor);
    let (outline, fill) = (minor(cell.outline_money(per)), minor(cell.fill_money(per)));
    BarCell { outline, fill, ink, state }
}
