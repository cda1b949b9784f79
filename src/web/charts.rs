//! What the overview's canvases show.

use web_sys::Element;

use super::overview::View;
use super::painter::{self, bars, swatches};
use super::{breakdown, headline, matrix, official};
use crate::chart::{BarStyle, ColumnsLayout, Size, hit};

/// Paints them whenever the view changes.
pub(super) fn keep_painted(view: View) {
    let watch = Box::new(move || drop(view.overview()));
    painter::keep_painted(
        view.site,
        watch,
        Box::new(move |canvas, what, size| match what {
            "official" => official_layout(view, size).map(|layout| layout.shapes).unwrap_or_default(),
            "promise" => bars(canvas, &headline::bars(view), BarStyle::PROMISE),
            "matrix" => bars(canvas, &matrix::bars(view), BarStyle::TABLE),
            key => {
                let mut shapes = swatches(canvas, &breakdown::swatches(view, key));
                shapes.extend(bars(canvas, &breakdown::bars(view, key), BarStyle::TABLE));
                shapes
            }
        }),
    );
}

/// The year under a point of the chart of official totals; the point is in CSS px of the window.
pub(super) fn official_year_at(view: View, chart: &Element, x: i32, y: i32) -> Option<String> {
    let rect = chart.get_bounding_client_rect();
    let layout = official_layout(view, Size { width_px: rect.width(), height_px: rect.height() })?;
    let touched = hit(&layout.hits, f64::from(x) - rect.left(), f64::from(y) - rect.top())?;
    view.package().official_totals.get(touched).map(|total| total.year.to_string())
}

fn official_layout(view: View, size: Size) -> Option<ColumnsLayout> {
    official::layout(view, view.site.address_now().selection.official_year.as_deref(), size)
}
