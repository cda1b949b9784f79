//! What the page's canvases show.

use super::view::View;
use super::{chain, table, trend};
use crate::chart::{CHAIN_STRIP_PX, layout_chain, layout_slope, layout_trend};
use crate::web::painter::{self, strips};

/// Height of the strip a small line is drawn in, CSS px; the style sheet leaves room for it.
const SPARK_PX: f64 = 48.0;

/// Paints them whenever what is compared changes.
pub(super) fn keep_painted(view: View) {
    let watch = Box::new(move || {
        drop(view.comparison());
        drop(view.trend());
        drop(view.chains());
    });
    painter::keep_painted(
        view.site,
        watch,
        Box::new(move |canvas, what, size| match what {
            "slope" => table::slope(view).map(|model| layout_slope(&model, size)).unwrap_or_default(),
            "trend" => {
                let Some((panels, years)) = trend::panels(view) else { return Vec::new() };
                layout_trend(&panels, &years, &strips(canvas, panels.len(), SPARK_PX))
            }
            "chain" => {
                let bars = chain::bars(view);
                layout_chain(&bars, &strips(canvas, bars.len(), CHAIN_STRIP_PX))
            }
            _ => Vec::new(),
        }),
    );
}
