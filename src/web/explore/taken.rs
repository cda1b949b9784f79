//! What can be taken away: the table as CSV, the picture as SVG or PNG, each saying what it shows, of when and from where.

use leptos::prelude::*;

use super::desk::{Desk, State};
use super::{inks, models, says};
use crate::chart::{
    Ink, Palette, Poster, Shape, Size, Theme, heat_size, layout_heat, layout_poster, layout_stacked, layout_treemap,
    stacked_height_px, svg_document,
};
use crate::indicators::{Figure, Picture, Value};
use crate::text::{SheetCell, csv};
use crate::web::{history, take};

/// How wide a picture is made, and how high a treemap, CSS px.
const WIDTH_PX: f64 = 960.0;
const TREEMAP_PX: f64 = 540.0;

/// The buttons.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let button = |what: &'static str| {
        view! { <button type="button" data-take=what>{site.t(&format!("explore.take.{what}"))}</button> }
    };
    view! {
        <section class="take" aria-label=site.t("explore.take")>
            <h2>{site.t("explore.take")}</h2>
            <p class="buttons">{button("csv")}{button("png")}{button("svg")}</p>
            <p id="taken" role="status">{move || desk.said()}</p>
        </section>
    }
    .into_any()
}

/// Hands the reader a file.
pub(super) fn take_away(desk: Desk, what: &str) {
    let state = desk.state_now();
    let name = file_name(desk, &state, what);
    let title = says::sentence(desk, &state);
    match what {
        "csv" => {
            let rows = sheet(desk, &state, &title);
            said(desk, &name, take::text(&name, "text/csv;charset=utf-8", &csv(&rows)));
        }
        "svg" => {
            let (shapes, size) = layout_poster(&poster(desk, &state, title.clone()));
            let document = svg_document(&shapes, &Palette::of(Theme::Light), size, &title);
            said(desk, &name, take::text(&name, "image/svg+xml", &document));
        }
        "png" => {
            let (shapes, size) = layout_poster(&poster(desk, &state, title));
            let kept = name.clone();
            said(desk, &kept, take::png(name, &shapes, size));
        }
        _ => {}
    }
}

fn said(desk: Desk, name: &str, is_taken: Option<()>) {
    let key = if is_taken.is_some() { "explore.taken" } else { "explore.not-taken" };
    desk.say(desk.site.fill(key, &[("file", name)]));
}

/// `villa-el-salvador-seccion-dimension-accrued.csv`; no mark in it that any system takes for something else.
fn file_name(desk: Desk, state: &State, ending: &str) -> String {
    let slug = desk.site.address_now().route.municipality.unwrap_or_default();
    let mut parts = vec![slug, state.rows().name().to_owned()];
    parts.extend(state.columns().map(|key| key.name().to_owned()));
    parts.push(state.selection.stage.name().to_owned());
    parts.extend(state.pivot.as_ref().ok().and_then(|pivot| pivot.years.first().cloned()));
    let name: String = parts.join("-").chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    format!("{name}.{ending}")
}

/// Source, date and address, as every file carries them.
fn provenance(desk: Desk, state: &State) -> Vec<(String, String)> {
    let (site, package) = (desk.site, desk.package());
    let descriptor = &package.descriptor;
    let sources: Vec<String> = descriptor.sources.clone();
    let mut lines = vec![
        (site.t("explore.file.package"), format!("{}, {}", descriptor.title, descriptor.version)),
        (site.t("explore.file.sources"), sources.join("; ")),
    ];
    if let Some(day) = state.pivot.as_ref().ok().and_then(|pivot| pivot.as_of) {
        lines.push((site.t("explore.file.as-of"), site.words().date(day)));
    }
    if !descriptor.licenses.is_empty() {
        lines.push((site.t("explore.file.licence"), descriptor.licenses.join(", ")));
    }
    let address = crate::web::route::Address {
        theme: crate::web::route::ThemeChoice::System,
        ..desk.address(state.selection.clone(), &state.look)
    };
    lines.push((site.t("explore.file.address"), history::whole(&address)));
    lines
}

/// The whole table, every row, with what it is before it.
pub(super) fn sheet(desk: Desk, state: &State, title: &str) -> Vec<Vec<SheetCell>> {
    let site = desk.site;
    let Ok(pivot) = &state.pivot else { return Vec::new() };
    let mut rows = vec![vec![SheetCell::text(title)]];
    let lines = provenance(desk, state);
    rows.extend(lines.into_iter().map(|(name, value)| vec![SheetCell::Text(name), SheetCell::Text(value)]));
    rows.extend(says::left_out_of_total(desk, state).into_iter().map(|said| vec![SheetCell::Text(said)]));
    rows.push(Vec::new());
    let mut head = vec![SheetCell::text(says::heading_of(desk, state.rows()))];
    if let Some(key) = state.columns() {
        head.extend(pivot.columns.iter().map(|column| SheetCell::Text(desk.label(key, column.value.as_deref()))));
    }
    head.push(SheetCell::Text(site.t("table.total")));
    rows.push(head);
    let cell = |figure: &Figure| match figure.value {
        Value::Empty => SheetCell::blank(),
        Value::Amount(money) => SheetCell::Number(money.to_plain()),
        Value::Count(count) => SheetCell::Number(count.to_string()),
        Value::Percent(percent) => SheetCell::Number(percent.to_string()),
        Value::NoData | Value::NoIndex | Value::NoPeople | Value::NoShare => SheetCell::Text(says::value(desk, figure)),
    };
    let line = |name: String, figures: &mut dyn Iterator<Item = &Figure>| {
        std::iter::once(SheetCell::Text(name)).chain(figures.map(cell)).collect::<Vec<_>>()
    };
    for row in &pivot.rows {
        rows.push(line(models::name(desk, state, row), &mut row.cells.iter().chain([&row.total])));
    }
    rows.push(line(site.t("table.total"), &mut state.totals().iter()));
    rows
}

/// The picture with all that must be known to read it.
pub(super) fn poster(desk: Desk, state: &State, title: String) -> Poster {
    let Ok(pivot) = &state.pivot else { return Poster::default() };
    let site = desk.site;
    let (picture, size): (Vec<Shape>, Size) = match state.look.picture {
        Picture::Treemap => {
            let size = Size { width_px: WIDTH_PX, height_px: TREEMAP_PX };
            (layout_treemap(&models::treemap(desk, state), size).shapes, size)
        }
        Picture::Matrix => {
            let model = models::heat(desk, state);
            let size = heat_size(&model);
            (layout_heat(&model), Size { width_px: size.width_px.max(520.0), ..size })
        }
        Picture::Bars | Picture::Stacked => {
            let model = models::stacked(desk, state);
            let size = Size { width_px: WIDTH_PX, height_px: stacked_height_px(&model) };
            (layout_stacked(&model, WIDTH_PX).shapes, size)
        }
    };
    let total = format!("{}: {}", site.t("table.total"), says::value(desk, &pivot.total));
    let mut lines = vec![format!("{} · {total}", desk.package().descriptor.title)];
    lines.extend(says::left_out_of_total(desk, state));
    let left_out = models::left_out(desk, state);
    if left_out > 0 {
        let key = if state.look.picture == Picture::Treemap { "explore.not-drawn" } else { "explore.not-all-drawn" };
        lines.push(desk.count(key, left_out as u64));
    }
    if desk.package().descriptor.notice.is_some() {
        lines.push(site.t("notice.illustrative"));
    }
    Poster {
        title,
        lines,
        legend: legend(desk, state),
        picture,
        size,
        foot: provenance(desk, state).into_iter().map(|(name, value)| format!("{name}: {value}")).collect(),
    }
}

fn legend(desk: Desk, state: &State) -> Vec<(String, Ink)> {
    let (Ok(pivot), Some(key)) = (&state.pivot, state.columns()) else { return Vec::new() };
    let inks = inks::of_columns(desk, state);
    let entries = pivot.columns.iter().zip(inks).filter(|(column, _)| column.total.value != Value::Empty);
    entries.map(|(column, ink)| (desk.label(key, column.value.as_deref()), ink)).collect()
}
