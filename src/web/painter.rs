//! The page's canvases: finds them, asks the browser where their parts belong, and lets `chart` draw.
//!
//! A canvas says what it is in `data-chart`. One painter serves all, so that a change of size, colours or view costs one
//! pass over the page and the code is there once.

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlCanvasElement};

use super::overview::View;
use super::route::ThemeChoice;
use super::{breakdown, headline, matrix, official};
use crate::chart::{
    BarCell, BarStyle, ColumnsLayout, Device, Ink, Palette, Rect, Shape, Size, Theme, hit, layout_bars, paint,
};

/// The sharpest a canvas is drawn: beyond three device pixels to a CSS pixel nobody sees it and a phone pays for it.
const SHARPEST: f64 = 3.0;

/// Room between a bar and the rule under its row, in CSS px.
const CLEAR_OF_RULE_PX: f64 = 6.0;

/// Paints the charts whenever the view, the colours or the page's size change.
pub(super) fn keep_painted(view: View) {
    Effect::new(move |_| {
        view.site.address();
        view.overview();
        request_animation_frame(move || paint_all(view));
    });
    Effect::new(move |_| {
        let again = Closure::<dyn Fn()>::new(move || request_animation_frame(move || paint_all(view)));
        let Ok(observer) = web_sys::ResizeObserver::new(again.as_ref().unchecked_ref()) else { return };
        for chart in charts() {
            if let Some(parent) = chart.parent_element() {
                observer.observe(&parent);
            }
        }
        let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        if let Some(dark) = &dark {
            drop(dark.add_event_listener_with_callback("change", again.as_ref().unchecked_ref()));
        }
        let kept = StoredValue::new_local((observer, dark, again));
        on_cleanup(move || {
            kept.with_value(|(observer, dark, again)| {
                observer.disconnect();
                if let Some(dark) = dark {
                    drop(dark.remove_event_listener_with_callback("change", again.as_ref().unchecked_ref()));
                }
            });
        });
    });
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

fn paint_all(view: View) {
    let theme = theme_in_force(view.site.address_now().theme);
    for canvas in charts() {
        let Some(size) = fit(&canvas) else { continue };
        let mut shapes = Vec::new();
        let drawn = match canvas.get_attribute("data-chart").unwrap_or_default().as_str() {
            "official" => official_layout(view, size).map(|layout| layout.shapes),
            "promise" => bars(&canvas, &headline::bars(view), BarStyle::PROMISE),
            "matrix" => bars(&canvas, &matrix::bars(view), BarStyle::TABLE),
            key => {
                shapes.extend(swatches(&canvas, &breakdown::swatches(view, key)));
                bars(&canvas, &breakdown::bars(view, key), BarStyle::TABLE)
            }
        };
        shapes.extend(drawn.unwrap_or_default());
        draw(&canvas, &shapes, theme);
    }
}

fn charts() -> Vec<HtmlCanvasElement> {
    elements(document().query_selector_all("canvas[data-chart]"))
}

fn elements<T: JsCast>(list: Result<web_sys::NodeList, wasm_bindgen::JsValue>) -> Vec<T> {
    let Ok(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|position| list.get(position)?.dyn_into::<T>().ok()).collect()
}

/// Makes the canvas as many device pixels as its parent covers, and says how many CSS px that is.
fn fit(canvas: &HtmlCanvasElement) -> Option<Size> {
    let ratio = device_pixel_ratio();
    let parent = canvas.parent_element()?;
    let size = Size { width_px: f64::from(parent.client_width()), height_px: f64::from(parent.client_height()) };
    canvas.set_width((size.width_px * ratio).round() as u32);
    canvas.set_height((size.height_px * ratio).round() as u32);
    Some(size)
}

/// Bars in the places marked `data-bar="i"` for cell `i`; places with one number are one bar across all of them.
fn bars(canvas: &HtmlCanvasElement, cells: &[BarCell], style: BarStyle) -> Option<Vec<Shape>> {
    let parent = canvas.parent_element()?;
    let origin = canvas.get_bounding_client_rect();
    let mut boxes = vec![Rect::new(0.0, 0.0, 0.0, 0.0); cells.len()];
    for place in elements::<Element>(parent.query_selector_all("[data-bar]")) {
        let index = place.get_attribute("data-bar").and_then(|index| index.parse::<usize>().ok());
        let Some(slot) = index.and_then(|index| boxes.get_mut(index)) else { continue };
        let rect = place.get_bounding_client_rect();
        let strip_px = style.bar_height_px + 2.0 * style.overhang_px;
        let y = rect.bottom() - origin.top() - strip_px - CLEAR_OF_RULE_PX;
        let strip = Rect::new(rect.left() - origin.left(), y, rect.width(), strip_px);
        *slot = if slot.is_drawable() { around(*slot, strip) } else { strip };
    }
    Some(layout_bars(cells, &boxes, style))
}

/// A sample of ink in each place marked `data-swatch="i"`.
fn swatches(canvas: &HtmlCanvasElement, inks: &[Ink]) -> Vec<Shape> {
    let origin = canvas.get_bounding_client_rect();
    let places = canvas.parent_element().map(|parent| elements::<Element>(parent.query_selector_all("[data-swatch]")));
    let sample = |place: Element| {
        let index = place.get_attribute("data-swatch")?.parse::<usize>().ok()?;
        let rect = place.get_bounding_client_rect();
        let at = Rect::new(rect.left() - origin.left(), rect.top() - origin.top(), rect.width(), rect.height());
        let ink = *inks.get(index)?;
        Some(Shape::Fill { rect: at, ink, pattern: ink.pattern() })
    };
    places.unwrap_or_default().into_iter().filter_map(sample).collect()
}

fn around(left: Rect, right: Rect) -> Rect {
    let x = left.x.min(right.x);
    Rect::new(x, left.y, left.right().max(right.right()) - x, left.height)
}

fn draw(canvas: &HtmlCanvasElement, shapes: &[Shape], theme: Theme) {
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return };
    let area = backend.into_drawing_area();
    // A canvas that cannot be drawn on leaves the table beside it, which says the same.
    drop(paint(&area, shapes, &Palette::of(theme), Device::canvas(device_pixel_ratio())));
}

fn device_pixel_ratio() -> f64 {
    window().device_pixel_ratio().clamp(1.0, SHARPEST)
}

fn theme_in_force(choice: ThemeChoice) -> Theme {
    let system_is_dark = || {
        let media = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        media.is_some_and(|media| media.matches())
    };
    match choice {
        ThemeChoice::Dark => Theme::Dark,
        ThemeChoice::System if system_is_dark() => Theme::Dark,
        ThemeChoice::Light | ThemeChoice::System => Theme::Light,
    }
}
