//! The page's canvases: finds them, asks the browser where their parts belong, and lets `chart` draw.
//!
//! A canvas says what it is in `data-chart`. One painter serves all canvases of all pages, so that a change of size, colours
//! or view costs one pass over the page and the code is there once; each page says what its own canvases show.

use std::time::Duration;

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlCanvasElement};

use super::route::ThemeChoice;
use super::site::Site;
use crate::chart::{BarCell, BarStyle, Device, Ink, Palette, Rect, Shape, Size, Theme, layout_bars, paint};

/// The sharpest a canvas is drawn: beyond three device pixels to a CSS pixel nobody sees it and a phone pays for it.
const SHARPEST: f64 = 3.0;

/// Room between a bar and the rule under its row, in CSS px.
const CLEAR_OF_RULE_PX: f64 = 6.0;

/// A slider under a finger asks for a painting every frame, and a phone has no time to paint what nobody sees: while paintings
/// follow each other within this time, only what is near the window is painted, and the rest after it.
const CALM: Duration = Duration::from_millis(250);

/// What counts as near, in heights of the window above and below it: a finger that holds a slider does not scroll.
const NEAR_WINDOWS: f64 = 0.1;

/// Where rows with bars are taller than this many windows, the canvas is put around the window and follows it: a telephone draws nothing on
/// a canvas of more than some 16 million device pixels, and pays for each of them long before.
const MOST_WINDOWS: f64 = 3.0;

/// How near the window may come to the end of such a canvas before it follows, in heights of the window.
const LEFT_BEHIND_WINDOWS: f64 = 0.3;

/// What a page's canvas shows: the canvas, what it says it is, and how many CSS px it covers.
pub(super) type Draw = Box<dyn Fn(&HtmlCanvasElement, &str, Size) -> Vec<Shape>>;

/// What a canvas has on it: painting the same again would cost a phone what nobody sees.
#[derive(PartialEq)]
struct Painted {
    canvas: HtmlCanvasElement,
    covered: Covered,
    ratio: f64,
    theme: Theme,
    shapes: Vec<Shape>,
}

/// What a canvas covers of its chart: from which height, and how much.
#[derive(Clone, Copy, PartialEq)]
struct Covered {
    /// CSS px between the top of the chart and that of the canvas.
    top_px: f64,
    size: Size,
    /// Whether there is more of the chart above or below.
    is_part: bool,
}

/// The painter of a page; copies are the same one.
#[derive(Clone, Copy)]
struct Painter {
    draw: StoredValue<Draw, LocalStorage>,
    painted: StoredValue<Vec<Painted>, LocalStorage>,
}

/// Paints the charts whenever the view, the colours or the page's size change. `watch` asks for all that the view depends on.
pub(super) fn keep_painted(site: Site, watch: Box<dyn Fn()>, draw: Draw) {
    let painter = Painter { draw: StoredValue::new_local(draw), painted: StoredValue::new_local(Vec::new()) };
    let is_asked_for = StoredValue::new_local(false);
    let last_ms = StoredValue::new_local(f64::NEG_INFINITY);
    let again = move || {
        // Once a frame, whatever happens in it.
        if is_asked_for.try_get_value() != Some(false) {
            return;
        }
        is_asked_for.set_value(true);
        request_animation_frame(move || {
            // The page may have gone in the meantime, and its drawings with it.
            let _is_there = is_asked_for.try_set_value(false);
            let now_ms = window().performance().map_or(f64::INFINITY, |performance| performance.now());
            let is_calm = last_ms.try_get_value().is_none_or(|last_ms| now_ms - last_ms > CALM.as_secs_f64() * 1000.0);
            let _is_there = last_ms.try_set_value(now_ms);
            painter.paint(site, if is_calm { Extent::Page } else { Extent::Window });
            if !is_calm {
                rest_later(painter, last_ms, site);
            }
        });
    };
    let on_paper = move || painter.paint_as(Theme::Print, Extent::Paper);
    let follow = move || {
        if painter.is_left_behind() {
            again();
        }
    };
    Effect::new(move |_| {
        site.address();
        watch();
        again();
    });
    Effect::new(move |_| {
        let listening = [
            // Charts that came after the first ones are in no observer.
            window_event_listener_untyped("resize", move |_| again()),
            window_event_listener_untyped("scroll", move |_| follow()),
            window_event_listener_untyped("beforeprint", move |_| on_paper()),
            window_event_listener_untyped("afterprint", move |_| again()),
        ];
        on_cleanup(move || listening.into_iter().for_each(|listening| listening.remove()));
    });
    Effect::new(move |_| {
        let again = Closure::<dyn Fn()>::new(again);
        let Ok(observer) = web_sys::ResizeObserver::new(again.as_ref().unchecked_ref()) else { return };
        for chart in charts() {
            if let Some(parent) = chart.parent_element() {
                observer.observe(&parent);
            }
        }
        on_change_of("(prefers-color-scheme: dark)", &again);
        let kept = StoredValue::new_local((observer, again));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    });
    Effect::new(move |_| {
        // Told while the page is laid out for paper, where rows stand in other places; `beforeprint` is for browsers that do not.
        let turned = Closure::<dyn Fn()>::new(move || {
            if is_paper() {
                on_paper()
            }
        });
        on_change_of("print", &turned);
        let _kept = StoredValue::new_local(turned);
    });
}

/// Calls when a media query begins or ceases to hold, until the effect that asks for it runs again or goes.
fn on_change_of(query: &str, call: &Closure<dyn Fn()>) {
    let Some(media) = window().match_media(query).ok().flatten() else { return };
    let call: js_sys::Function = call.as_ref().unchecked_ref::<js_sys::Function>().clone();
    drop(media.add_event_listener_with_callback("change", &call));
    let kept = StoredValue::new_local((media, call));
    on_cleanup(move || {
        kept.with_value(|(media, call)| drop(media.remove_event_listener_with_callback("change", call)));
    });
}

/// Paints everything once nothing has been painted for a while.
fn rest_later(painter: Painter, last_ms: StoredValue<f64, LocalStorage>, site: Site) {
    let asked_ms = last_ms.try_get_value();
    set_timeout(
        move || {
            // A later painting asks for the rest itself.
            if last_ms.try_get_value() == asked_ms {
                painter.paint(site, Extent::Page);
            }
        },
        CALM,
    );
}

/// How much of the page is painted.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// What is near the window, and what shows nothing yet.
    Window,
    /// Every chart, as much of it as a canvas covers.
    Page,
    /// Every chart from its top to its foot.
    Paper,
}

impl Painter {
    /// Paints in the colours in force; while the page is laid out for paper, all of it and for paper, whoever asks.
    fn paint(self, site: Site, extent: Extent) {
        match is_paper() {
            true => self.paint_as(Theme::Print, Extent::Paper),
            false => self.paint_as(theme_in_force(site.address_now().theme), extent),
        }
    }

    fn paint_as(self, theme: Theme, extent: Extent) {
        let paint = |draw: &Draw| self.painted.try_update_value(|painted| paint_all(draw, painted, theme, extent));
        // The page may have gone, and its drawings with it.
        let _painted = self.draw.try_with_value(paint);
    }

    /// Whether the window is about to show a part of a chart that its canvas does not cover.
    fn is_left_behind(self) -> bool {
        let any = |painted: &Vec<Painted>| painted.iter().any(Painted::is_left_behind);
        self.painted.try_with_value(any).unwrap_or_default()
    }
}

impl Painted {
    fn is_left_behind(&self) -> bool {
        let Some(chart) = self.canvas.parent_element().filter(|_| self.covered.is_part) else { return false };
        let window_px = window_height_px();
        let (chart, canvas) = (chart.get_bounding_client_rect(), self.canvas.get_bounding_client_rect());
        let least_px = LEFT_BEHIND_WINDOWS * window_px;
        // A chart's own ends are no ends of the canvas; a pixel's part is nothing.
        let is_short_above = canvas.top() > chart.top() + 1.0 && canvas.top() > -least_px;
        let is_short_below = canvas.bottom() < chart.bottom() - 1.0 && canvas.bottom() < window_px + least_px;
        is_short_above || is_short_below
    }
}

/// Paints each canvas that does not show already what it should.
fn paint_all(draw: &Draw, painted: &mut Vec<Painted>, theme: Theme, extent: Extent) {
    let ratio = device_pixel_ratio();
    painted.retain(|painted| painted.canvas.is_connected());
    for canvas in charts() {
        let earlier = painted.iter_mut().find(|painted| painted.canvas == canvas);
        if earlier.is_some() && extent == Extent::Window && !is_near(&canvas) {
            continue;
        }
        let Some(covered) = cover(&canvas, extent) else { continue };
        let shapes = draw(&canvas, &canvas.get_attribute("data-chart").unwrap_or_default(), covered.size);
        let now = Painted { canvas, covered, ratio, theme, shapes };
        match earlier {
            Some(earlier) if *earlier == now => {}
            Some(earlier) => {
                put(&now);
                *earlier = now;
            }
            None => {
                put(&now);
                painted.push(now);
            }
        }
    }
}

fn is_near(canvas: &HtmlCanvasElement) -> bool {
    let height_px = window_height_px();
    let Some(chart) = canvas.parent_element() else { return false };
    let rect = chart.get_bounding_client_rect();
    rect.bottom() > -NEAR_WINDOWS * height_px && rect.top() < (1.0 + NEAR_WINDOWS) * height_px
}

fn window_height_px() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::INFINITY)
}

fn charts() -> Vec<HtmlCanvasElement> {
    elements(document().query_selector_all("canvas[data-chart]"))
}

fn elements<T: JsCast>(list: Result<web_sys::NodeList, wasm_bindgen::JsValue>) -> Vec<T> {
    let Ok(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|position| list.get(position)?.dyn_into::<T>().ok()).collect()
}

/// Puts a canvas where it covers its chart: the whole of it, or of tall rows what is around the window. `None` where it is not
/// shown.
fn cover(canvas: &HtmlCanvasElement, extent: Extent) -> Option<Covered> {
    let chart = canvas.parent_element().filter(|_| canvas.client_width() > 0)?;
    let whole = Size { width_px: f64::from(chart.client_width()), height_px: f64::from(chart.client_height()) };
    let window_px = window_height_px();
    let most_px = (MOST_WINDOWS * window_px).ceil();
    let style = web_sys::HtmlElement::style(canvas);
    // Bars are found by their rows, wherever the canvas is; other pictures are laid out in the whole of their chart.
    let has_rows = || chart.query_selector("[data-bar]").is_ok_and(|row| row.is_some());
    if extent == Extent::Paper || whole.height_px <= most_px || !has_rows() {
        for name in ["top", "height"] {
            drop(style.remove_property(name));
        }
        return Some(Covered { top_px: 0.0, size: whole, is_part: false });
    }
    let above_px = (most_px - window_px) / 2.0;
    let from_px = -chart.get_bounding_client_rect().top() - above_px;
    let top_px = from_px.round().clamp(0.0, whole.height_px - most_px);
    for (name, value_px) in [("top", top_px), ("height", most_px)] {
        // Whole pixels, so that writing them takes no more code than numbers without a point do.
        drop(style.set_property(name, &format!("{}px", value_px as i64)));
    }
    Some(Covered { top_px, size: Size { height_px: most_px, ..whole }, is_part: true })
}

/// Bars in the places marked `data-bar="i"` for cell `i`; places with one number are one bar across all of them.
pub(super) fn bars(canvas: &HtmlCanvasElement, cells: &[BarCell], style: BarStyle) -> Vec<Shape> {
    layout_bars(cells, &strips(canvas, cells.len(), bar_strip_px(style)), style)
}

/// The height that a style's bars take, with what stands out above and below.
fn bar_strip_px(style: BarStyle) -> f64 {
    style.bar_height_px + 2.0 * style.overhang_px
}

/// A strip of this height at the foot of each of `count` places marked `data-bar="i"`; places with one number make one strip.
pub(super) fn strips(canvas: &HtmlCanvasElement, count: usize, strip_px: f64) -> Vec<Rect> {
    let mut boxes = vec![Rect::new(0.0, 0.0, 0.0, 0.0); count];
    let Some(parent) = canvas.parent_element() else { return boxes };
    let origin = canvas.get_bounding_client_rect();
    let is_part = origin.height() < parent.get_bounding_client_rect().height() - 1.0;
    for place in elements::<Element>(parent.query_selector_all("[data-bar]")) {
        // Where a place is in a row out of sight is not asked: the browser has not laid it out, and would.
        let is_beside = |row: Element| {
            let row = row.get_bounding_client_rect();
            row.bottom() < origin.top() || row.top() > origin.bottom()
        };
        if is_part && place.parent_element().is_some_and(is_beside) {
            continue;
        }
        let index = place.get_attribute("data-bar").and_then(|index| index.parse::<usize>().ok());
        let Some(slot) = index.and_then(|index| boxes.get_mut(index)) else { continue };
        let rect = place.get_bounding_client_rect();
        let y = rect.bottom() - origin.top() - strip_px - CLEAR_OF_RULE_PX;
        let strip = Rect::new(rect.left() - origin.left(), y, rect.width(), strip_px);
        *slot = if slot.is_drawable() { around(*slot, strip) } else { strip };
    }
    boxes
}

/// A sample of ink in each place marked `data-swatch="i"`.
pub(super) fn swatches(canvas: &HtmlCanvasElement, inks: &[Ink]) -> Vec<Shape> {
    let sample = |(index, rect): (usize, Rect)| {
        let ink = *inks.get(index)?;
        Some(Shape::Fill { rect, ink, pattern: ink.pattern() })
    };
    samples(canvas).into_iter().filter_map(sample).collect()
}

/// The places marked `data-swatch="i"` beside a canvas, each with its number.
pub(super) fn samples(canvas: &HtmlCanvasElement) -> Vec<(usize, Rect)> {
    let origin = canvas.get_bounding_client_rect();
    let places = canvas.parent_element().map(|parent| elements::<Element>(parent.query_selector_all("[data-swatch]")));
    let sample = |place: Element| {
        let index = place.get_attribute("data-swatch")?.parse::<usize>().ok()?;
        let rect = place.get_bounding_client_rect();
        Some((index, Rect::new(rect.left() - origin.left(), rect.top() - origin.top(), rect.width(), rect.height())))
    };
    places.unwrap_or_default().into_iter().filter_map(sample).collect()
}

fn around(left: Rect, right: Rect) -> Rect {
    let x = left.x.min(right.x);
    Rect::new(x, left.y, left.right().max(right.right()) - x, left.height)
}

/// Makes the canvas as many device pixels as it covers, which also wipes it, and paints.
fn put(Painted { canvas, covered: Covered { size, .. }, ratio, theme, shapes }: &Painted) {
    canvas.set_width((size.width_px * ratio).round() as u32);
    canvas.set_height((size.height_px * ratio).round() as u32);
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return };
    let area = backend.into_drawing_area();
    // A canvas that cannot be drawn on leaves the table beside it, which says the same.
    drop(paint(&area, shapes, &Palette::of(*theme), Device::canvas(*ratio)));
}

fn device_pixel_ratio() -> f64 {
    window().device_pixel_ratio().clamp(1.0, SHARPEST)
}

/// Whether the page is laid out for paper.
fn is_paper() -> bool {
    window().match_media("print").ok().flatten().is_some_and(|paper| paper.matches())
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
