//! What can be taken away: the table as CSV, the picture as SVG or PNG, each saying what it shows, of when and from where.

use super::desk::{Desk, State};
use super::{inks, models, says};
use crate::chart::{
    Ink, Palette, Poster, Shape, Size, Theme, heat_size, layout_heat, layout_poster, layout_stacked, layout_treemap,
    stacked_height_px, svg_document,
};
use crate::indicators::{Figure, Picture, Value};
use crate::text::SheetCell;
use crate::web::take;

/// How wide a picture is made, and how high a treemap, CSS px.
const WIDTH_PX: f64 = 960.0;
const TREEMAP_PX: f64 = 540.0;

/// Hands the reader a file.
pub(super) fn take_away(desk: Desk, what: &str) {
    let state = desk.state_now();
    let name = file_name(desk, &state, what);
    let title = says::sentence(desk, &state);
    match what {
        "csv" => {
            let rows = sheet(desk, &state, &title);
            take::table(desk.site, desk.said, &name, &rows);
        }
        "svg" => {
            let (shapes, size) = layout_poster(&poster(desk, &state, title.clone()));
            let document = svg_document(&shapes, &Palette::of(Theme::Light), size, &title);
            take::say(desk.site, desk.said, &name, take::text(&name, "image/svg+xml", &document));
        }
        "png" => {
            let (shapes, size) = layout_poster(&poster(desk, &state, title));
            let kept = name.clone();
            take::say(desk.site, desk.said, &kept, take::png(name, &shapes, size));
        }
        _ => {}
    }
}

/// `villa-el-salvador-section-dimension-accrued-2001.csv`
fn file_name(desk: Desk, state: &State, ending: &str) -> String {
    let mut parts = vec![state.rows().name()];
    parts.extend(state.columns().map(|key| key.name()));
    parts.push(state.selection.stage.name());
    parts.extend(state.pivot.as_ref().ok().and_then(|pivot| pivot.years.first()).map(String::as_str));
    take::file_name(desk.site, &parts, ending)
}

fn provenance(desk: Desk, state: &State) -> Vec<(String, String)> {
    let as_of = state.pivot.as_ref().ok().and_then(|pivot| pivot.as_of);
    let mut lines = take::provenance(desk.site, &desk.package(), as_of);
    lines.push(take::address(desk.site, desk.address(state.selection.clone(), &state.look)));
    lines
}

/// The whole table, every row, with what it is before it.
pub(super) fn sheet(desk: Desk, state: &State, title: &str) -> Vec<Vec<SheetCell>> {
    let site = desk.site;
    let Ok(pivot) = &state.pivot else { return Vec::new() };
    let mut head = vec![SheetCell::text(says::heading_of(desk, state.rows()))];
    if let Some(key) = state.columns() {
        head.extend(pivot.columns.iter().map(|column| SheetCell::Text(desk.label(key, column.value.as_deref()))));
    }
    head.push(SheetCell::Text(site.t("table.total")));
    let mut rows = vec![head];
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
    let notes = says::left_out_of_total(desk, state).into_iter().collect();
    take::sheet(title, provenance(desk, state), notes, rows)
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
