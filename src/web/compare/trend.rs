//! The rows, or the two sides, over all years: small lines on one scale, and their table.

use leptos::prelude::*;

use super::table::{MOST_ROWS, ink_of, inks_of, size};
use super::view::View;
use super::words;
use crate::chart::{Ink, TrendMark, TrendPanel, TrendPoint};
use crate::engine::Key;
use crate::indicators::{Compared, Trend, TrendLine, TrendLineOf, TrendYear};
use crate::web::element::{charted, element, framed, head, is, said, table};

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
    let mut heads = vec![head(first_head(view, &trend))];
    heads.extend(trend.years.iter().map(|year| head(year_name(view, year))));
    let shown = if view.query().is_whole { usize::MAX } else { MOST_ROWS };
    let rows: Vec<AnyView> = trend.lines.iter().take(shown).map(|line| row(view, &trend, line)).collect();
    let caption = said("CAPTION", vec![is("class", "hidden")], title.clone());
    let foot = trend.total.as_ref().map(|total| row(view, &trend, total)).into_iter().collect();
    let table = table("trend", Some(caption), heads, rows, foot);
    let summary = said("SUMMARY", Vec::new(), site.t("compare.trend.table"));
    let all = vec![
        said("H2", vec![is("dir", "auto")], title.clone()),
        charted("trend", element("UL", vec![is("class", "panels")], panels)),
        said("P", vec![is("class", "legend muted")], site.t("compare.trend.legend")),
        element("DETAILS", Vec::new(), vec![summary, framed(title, table)]),
    ];
    element("SECTION", vec![is("class", "trend"), is("id", "trend")], all)
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
    let year_of =
        |year: Option<&TrendYear>| said("SPAN", Vec::new(), year.map(|year| year.year.clone()).unwrap_or_default());
    let name = said("BDI", Vec::new(), line_name(view, line));
    let mut parts = vec![element("SPAN", vec![is("class", "name")], vec![name])];
    parts.extend(last.map(|(year, point)| {
        let said = vec![format!("{}: ", year_name(view, year)).into_any(), words::value(view, point)];
        element("SPAN", vec![is("class", "last")], said)
    }));
    parts.push(element("SPAN", vec![is("class", "spark"), ("data-bar", Some(at.to_string()))], Vec::new()));
    let ends = vec![year_of(trend.years.first()), year_of(trend.years.last())];
    parts.push(element("SPAN", vec![is("class", "ends muted"), is("aria-hidden", "true")], ends));
    element("LI", Vec::new(), parts)
}

fn row(view: View, trend: &Trend, line: &TrendLine) -> AnyView {
    let key = match &line.of {
        TrendLineOf::Row(value) => Some(value.clone().unwrap_or_else(|| "-".to_owned())),
        TrendLineOf::Side(0) => Some("a".to_owned()),
        TrendLineOf::Side(_) => Some("b".to_owned()),
        TrendLineOf::All => None,
    };
    let name = said("BDI", Vec::new(), line_name(view, line));
    let mut cells = vec![element("TH", vec![is("scope", "row")], vec![name])];
    cells.extend(
        trend
            .years
            .iter()
            .zip(&line.points)
            .map(|(year, point)| element("TD", vec![is("data-year", &year.year)], vec![words::value(view, point)])),
    );
    element("TR", vec![("data-key", key)], cells)
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
