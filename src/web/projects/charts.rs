//! What the page's canvases show.

use super::view::View;
use super::{dossier, list, map};
use crate::chart::{BarStyle, layout_steps};
use crate::web::painter::{self, bars};

/// Paints them whenever the view changes.
pub(super) fn keep_painted(view: View) {
    let watch = Box::new(move || {
        drop(view.listing());
        view.project();
        drop(leptos::prelude::Get::get(&view.outlines));
    });
    painter::keep_painted(
        view.site,
        watch,
        Box::new(move |canvas, what, size| match what {
            "works" => bars(canvas, &list::bars(view), BarStyle::TABLE),
            "map" => map::layout(view, size).map(|(layout, _)| layout.shapes).unwrap_or_default(),
            "road" => layout_steps(&dossier::steps(view), size.width_px),
            "progress" => bars(canvas, &dossier::progress(view), BarStyle::TABLE),
            "payers" => bars(canvas, &dossier::payers(view), BarStyle::TABLE),
            _ => Vec::new(),
        }),
    );
}
