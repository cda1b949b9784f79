//! One canvas over a table: it finds where each bar belongs by asking the browser, and lets `chart` draw.

use leptos::html::Canvas;
use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::route::ThemeChoice;
use super::site::Site;
use crate::chart::{BarCell, BarStyle, Device, Palette, Rect, Shape, Theme, layout_bars, paint};

/// The sharpest a canvas is drawn: beyond three device pixels to a CSS pixel nobody sees it and a phone pays for it.
const SHARPEST: f64 = 3.0;

/// A canvas that covers its parent and draws a bar in each place marked `data-bar="i"` for cell `i`. Places with one
/// number are one bar across all of them.
#[component]
pub fn BarCanvas(site: Site, cells: Signal<Vec<BarCell>>, style: BarStyle) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    draw_when_needed(site, canvas, move |canvas| {
        let cells = cells.get_untracked();
        let boxes = bar_boxes(canvas, cells.len(), style)?;
        Some(layout_bars(&cells, &boxes, style))
    });
    Effect::new(move |_| {
        cells.track();
        request_redraw(canvas);
    });
    view! { <canvas class="bars" node_ref=canvas aria-hidden="true"></canvas> }
}

/// Redraws `canvas` with the shapes of `layout` whenever its parent changes size, the colours change, or it is asked to
/// by [`request_redraw`].
pub(super) fn draw_when_needed(
    site: Site,
    canvas: NodeRef<Canvas>,
    layout: impl Fn(&web_sys::HtmlCanvasElement) -> Option<Vec<Shape>> + Copy + 'static,
) {
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let Some(parent) = element.parent_element() else { return };
        let redraw = move || {
            let Some(element) = canvas.get_untracked() else { return };
            fit(&element);
            if let Some(shapes) = layout(&element) {
                draw(&element, &shapes, theme_in_force(site.address.with_untracked(|address| address.theme)));
            }
        };
        let on_redraw = Closure::<dyn Fn()>::new(redraw);
        drop(element.add_event_listener_with_callback(REDRAW, on_redraw.as_ref().unchecked_ref()));
        let on_resize = Closure::<dyn Fn()>::new(move || request_redraw(canvas));
        let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
        observer.observe(&parent);
        let media = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        if let Some(media) = &media {
            drop(media.add_event_listener_with_callback("change", on_resize.as_ref().unchecked_ref()));
        }
        let kept = StoredValue::new_local((observer, on_resize, on_redraw, media));
        on_cleanup(move || {
            kept.with_value(|(observer, on_resize, _, media)| {
                observer.disconnect();
                if let Some(media) = media {
                    drop(media.remove_event_listener_with_callback("change", on_resize.as_ref().unchecked_ref()));
                }
            });
        });
    });
    Effect::new(move |_| {
        site.address.with(|address| address.theme);
        request_redraw(canvas);
    });
}

/// The event that asks a canvas to draw itself again.
const REDRAW: &str = "yupay-redraw";

/// Draws again before the next frame, once the browser has laid the page out.
pub(super) fn request_redraw(canvas: NodeRef<Canvas>) {
    request_animation_frame(move || {
        let (Some(element), Ok(event)) = (canvas.get_untracked(), web_sys::Event::new(REDRAW)) else { return };
        drop(element.dispatch_event(&event));
    });
}

/// Makes the canvas as many device pixels as it covers.
fn fit(canvas: &web_sys::HtmlCanvasElement) {
    let ratio = device_pixel_ratio();
    let Some(parent) = canvas.parent_element() else { return };
    let (width, height) = (f64::from(parent.client_width()), f64::from(parent.client_height()));
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
}

/// Room between a bar and the rule under its row, in CSS px.
const CLEAR_OF_RULE_PX: f64 = 6.0;

/// Where each bar goes, in CSS pixels from the canvas' corner; an undrawable place for a bar with none.
fn bar_boxes(canvas: &web_sys::HtmlCanvasElement, count: usize, style: BarStyle) -> Option<Vec<Rect>> {
    let parent = canvas.parent_element()?;
    let origin = canvas.get_bounding_client_rect();
    let mut boxes: Vec<Option<Rect>> = vec![None; count];
    let places = parent.query_selector_all("[data-bar]").ok()?;
    for position in 0..places.length() {
        let Some(place) = places.get(position).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) else { continue };
        let Some(index) = place.get_attribute("data-bar").and_then(|index| index.parse::<usize>().ok()) else { continue };
        let Some(slot) = boxes.get_mut(index) else { continue };
        let rect = place.get_bounding_client_rect();
        let strip_px = style.bar_height_px + 2.0 * style.overhang_px;
        let y = rect.bottom() - origin.top() - strip_px - CLEAR_OF_RULE_PX;
        let strip = Rect::new(rect.left() - origin.left(), y, rect.width(), strip_px);
        *slot = Some(slot.map_or(strip, |other| around(other, strip)));
    }
    Some(boxes.into_iter().map(|found| found.unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0))).collect())
}

fn around(left: Rect, right: Rect) -> Rect {
    let x = left.x.min(right.x);
    Rect::new(x, left.y, left.right().max(right.right()) - x, left.height)
}

fn draw(canvas: &web_sys::HtmlCanvasElement, shapes: &[Shape], theme: Theme) {
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return };
    let area = backend.into_drawing_area();
    // A canvas that cannot be drawn on leaves the table beside it, which says the same.
    drop(paint(&area, shapes, &Palette::of(theme), Device::canvas(device_pixel_ratio())));
}

fn device_pixel_ratio() -> f64 {
    window().device_pixel_ratio().clamp(1.0, SHARPEST)
}

fn theme_in_force(choice: ThemeChoice) -> Theme {
    let is_dark = || {
        let media = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        media.is_some_and(|media| media.matches())
    };
    match choice {
        ThemeChoice::Dark => Theme::Dark,
        ThemeChoice::Light => Theme::Light,
        ThemeChoice::System if is_dark() => Theme::Dark,
        ThemeChoice::System => Theme::Light,
    }
}
