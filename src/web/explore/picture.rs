//! The picture above the table, and what a touch on it means.

use leptos::prelude::*;
use web_sys::{Element, HtmlCanvasElement};

use super::desk::{Desk, State};
use super::{inks, models, table};
use crate::chart::{BarStyle, Shape, Size, layout_stacked, layout_treemap, stacked_height_px};
use crate::indicators::{Picture, RowKind, Value};
use crate::web::painter;

/// The picture and what its colours mean; the matrix is the table itself.
pub(super) fn section(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    if pivot.total.is_empty() || state.shown.is_empty() {
        return ().into_any();
    }
    let picture = state.look.picture;
    let legend = legend(desk, &state);
    if picture == Picture::Matrix {
        return legend;
    }
    let style = match picture {
        Picture::Treemap => String::new(),
        _ => format!("height:{}px", stacked_height_px(&models::stacked(desk, &state)).ceil()),
    };
    let left_out = models::left_out(desk, &state);
    let note = (left_out > 0).then(|| {
        let key = if picture == Picture::Treemap { "explore.not-drawn" } else { "explore.not-all-drawn" };
        view! { <p class="muted" id="not-drawn">{desk.count(key, left_out as u64)}</p> }
    });
    let others = state.shown.iter().any(|row| matches!(row.kind, RowKind::Others(_)));
    let others = others.then(|| view! { <p class="muted" id="gathered">{site.t("explore.others.rule")}</p> });
    let is_stacked_without = picture == Picture::Stacked && pivot.columns.is_empty() && state.offered.len() > 1;
    let hint = is_stacked_without.then(|| view! { <p class="muted">{site.t("explore.stacked.hint")}</p> });
    let is_blank = left_out == state.shown.len();
    let drawing = (!is_blank).then(|| {
        view! {
            {legend}
            <div class="picture" class:treemap=picture == Picture::Treemap style=style>
                <canvas data-chart="explore" aria-hidden="true"></canvas>
            </div>
        }
    });
    view! {
        <section class="view" aria-label=site.t("explore.picture")>
            {drawing}
            {note}
            {others}
            {hint}
        </section>
    }
    .into_any()
}

fn legend(desk: Desk, state: &State) -> AnyView {
    let (Ok(pivot), Some(key)) = (&state.pivot, state.columns()) else { return ().into_any() };
    let shown = pivot.columns.iter().enumerate().filter(|(_, column)| column.total.value != Value::Empty);
    let entry = |(at, column): (usize, &crate::indicators::Column)| {
        let name = desk.label(key, column.value.as_deref());
        view! { <li><span class="swatch" data-swatch=at.to_string()></span><bdi>{name}</bdi></li> }
    };
    let entries = shown.map(entry).collect_view();
    view! {
        <div class="chart legend" aria-hidden="true">
            <ul class="swatches">{entries}</ul>
            <canvas data-chart="explore-legend"></canvas>
        </div>
    }
    .into_any()
}

/// What a canvas shows.
pub(super) fn draw(desk: Desk, canvas: &HtmlCanvasElement, what: &str, size: Size) -> Vec<Shape> {
    let state = desk.state_now();
    match what {
        "explore-legend" => painter::swatches(canvas, &inks::of_columns(desk, &state)),
        "explore-matrix" => painter::bars(canvas, &table::bars(desk, &state), BarStyle::TABLE),
        "explore" if state.look.picture == Picture::Treemap => {
            layout_treemap(&models::treemap(desk, &state), size).shapes
        }
        "explore" => layout_stacked(&models::stacked(desk, &state), size.width_px).shapes,
        _ => Vec::new(),
    }
}

/// The row under a point of the picture, in CSS px of the window.
pub(super) fn row_at(desk: Desk, picture: &Element, x: i32, y: i32) -> Option<usize> {
    let state = desk.state_now();
    let rect = picture.get_bounding_client_rect();
    let at = crate::chart::Point::new(f64::from(x) - rect.left(), f64::from(y) - rect.top());
    let size = Size { width_px: rect.width(), height_px: rect.height() };
    if state.look.picture == Picture::Treemap {
        let hits = layout_treemap(&models::treemap(desk, &state), size).hits;
        return hits.into_iter().find(|hit| hit.rect.contains(at)).map(|hit| hit.tile);
    }
    let hits = layout_stacked(&models::stacked(desk, &state), size.width_px).hits;
    hits.into_iter().find(|hit| hit.rect.contains(at)).map(|hit| hit.row)
}
