//! The rows, or the two sides, over all years: small lines on one scale, and their table.

use leptos::prelude::*;

use super::table::{MOST_ROWS, ink_of, inks_of, size};
use super::view::View;
use super::words;
use crate::chart::{Ink, TrendMark, TrendPanel, TrendPoint};
use crate::engine::Key;
use crate::indicators::{Compared, Trend, TrendLine, TrendLineOf, TrendYear};

/// So many lines are drawn; the table has more.
const MOST_DRAWN: usize = 60;

/// Lines and table; nothing where there is one year only.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let Some(trend) = view.trend().filter(|trend| trend.years.len() > 1 && !trend.lines.is_empty()) else {
        return ().into_any();
    };
    if view.is_waiting() {
        return ().into_any();
    }
    let unit = view.comparison().map(|found| words::unit(view, &found)).unwrap_or_default();
    let stage = words::stage(view, trend.stage);
    let title = site.fill("compare.trend.title", &[("stage", &stage), ("unit", &unit)]);
    let panels = trend.lines.iter().take(MOST_DRAWN).enumerate().map(|(at, line)| panel(view, &trend, at, line));
    let panels: Vec<AnyView> = panels.collect();
    let heads = trend.years.iter().map(|year| view! { <th scope="col">{year_name(view, year)}</th> }).collect_view();
    let shown = if view.query().is_whole { usize::MAX } else { MOST_ROWS };
    let rows: Vec<AnyView> = trend.lines.iter().take(shown).map(|line| row(view, &trend, line)).collect();
    let total = trend.total.as_ref().map(|total| view! { <tfoot>{row(view, &trend, total)}</tfoot> });
    let (region, caption) = (title.clone(), title.clone());
    view! {
        <section class="trend" id="trend">
            <h2 dir="auto">{title}</h2>
            <div class="chart">
                <ul class="panels">{panels}</ul>
                <canvas data-chart="trend" aria-hidden="true"></canvas>
            </div>
            <p class="legend muted">{site.t("compare.trend.legend")}</p>
            <details>
                <summary>{site.t("compare.trend.table")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=region>
                    <table data-by="trend">
                        <caption class="hidden">{caption}</caption>
                        <thead><tr><th scope="col">{first_head(view, &trend)}</th>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                        {total}
                    </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn first_head(view: View, trend: &Trend) -> String {
    match trend.lines.first().map(|line| &line.of) {
        Some(TrendLineOf::Row(_)) => view.site.t(&format!("key.{}", key(view).name())),
        _ => view.site.t("compare.column.sides"),
    }
}

fn key(view: View) -> Key {
    view.query().rows_key(&view.package(), &view.site.selection())
}

fn year_name(view: View, year: &TrendYear) -> String {
    match &year.partial {
        Some(partial) => {
            view.site.fill("compare.side.partial", &[("name", &year.year), ("until", &words::until(view, partial))])
        }
        None => year.year.clone(),
    }
}

fn line_name(view: View, line: &TrendLine) -> String {
    match &line.of {
        TrendLineOf::Row(value) => view.label(key(view), value.as_deref()),
        TrendLineOf::All => view.site.t("table.total"),
        TrendLineOf::Side(place) => {
            let found = view.comparison().ok();
            let side = found.as_ref().and_then(|found| found.sides.get(*place));
            let title = side.map(|side| view.package_of(side.is_other).descriptor.title.clone());
            let sections = side.filter(|side| !side.sections.is_empty()).map(|side| {
                let names = side.sections.iter().map(|section| view.label(Key::Section, section.as_deref()));
                words::listed(view, &names.collect::<Vec<String>>())
            });
            sections.or(title).unwrap_or_default()
        }
    }
}

/// A line with its name, its first and last year, and what it has in the last.
fn panel(view: View, trend: &Trend, at: usize, line: &TrendLine) -> AnyView {
    let last = trend.years.iter().zip(&line.points).rev().find(|(_, point)| point.shown.is_some());
    let last = last.map(|(year, point)| {
        let value = words::value(view, point);
        view! { <span class="last">{year_name(view, year)}": "{value}</span> }
    });
    let (first_year, last_year) = (trend.years.first(), trend.years.last());
    let span = [first_year, last_year].map(|year| year.map(|year| year.year.clone()).unwrap_or_default());
    let [from, to] = span;
    view! {
        <li>
            <span class="name"><bdi>{line_name(view, line)}</bdi></span>
            {last}
            <span class="spark" data-bar=at.to_string()></span>
            <span class="ends muted" aria-hidden="true"><span>{from}</span><span>{to}</span></span>
        </li>
    }
    .into_any()
}

fn row(view: View, trend: &Trend, line: &TrendLine) -> AnyView {
    let key = match &line.of {
        TrendLineOf::Row(value) => Some(value.clone().unwrap_or_else(|| "-".to_owned())),
        TrendLineOf::Side(0) => Some("a".to_owned()),
        TrendLineOf::Side(_) => Some("b".to_owned()),
        TrendLineOf::All => None,
    };
    let cells = trend.years.iter().zip(&line.points).map(|(year, point)| {
        view! { <td data-year=year.year.clone()>{words::value(view, point)}</td> }
    });
    let cells = cells.collect_view();
    view! { <tr data-key=key><th scope="row"><bdi>{line_name(view, line)}</bdi></th>{cells}</tr> }.into_any()
}

/// What the small lines draw.
pub(super) fn panels(view: View) -> Option<(Vec<TrendPanel>, Vec<TrendMark>)> {
    let trend = view.trend_now()?;
    let package = view.package();
    let inks = inks_of(&package, view.query_now().rows_key(&package, &view.site.address_now().selection));
    let point = |point: &Compared| match point.shown.and_then(size) {
        Some(amount) => TrendPoint::Amount(amount),
        None if point.count > 0 => TrendPoint::Missing,
        None => TrendPoint::Empty,
    };
    let ink = |line: &TrendLine| match &line.of {
        TrendLineOf::Row(value) => ink_of(&inks, value.as_deref()),
        TrendLineOf::Side(_) | TrendLineOf::All => Ink::Ink,
    };
    let panel = |line: &TrendLine| TrendPanel { points: line.points.iter().map(point).collect(), ink: ink(line) };
    let panels = trend.lines.iter().take(MOST_DRAWN).map(panel).collect();
    let mark =
        |year: &TrendYear| Some(TrendMark { year: year.year.parse::<i64>().ok()?, is_partial: year.partial.is_some() });
    Some((panels, trend.years.iter().filter_map(mark).collect()))
}
