//! What stands around a plot: the title of an axis, its ticks and their labels.
//!
//! Owns sizes and places that all charts with axes share. Refuses to word anything: labels and titles
//! arrive as text.

use crate::chart::axis::nice_ticks;
use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Anchor, Point, Shape, Weight};
use crate::chart::text_width::{text_width_px, wrap};

/// Font size of an axis' title, CSS px.
const TITLE_SIZE_PX: f64 = 13.0;
/// Height of a line of a title, CSS px.
pub(super) const TITLE_LINE_PX: f64 = 18.0;
/// Font size of tick labels, CSS px.
pub(super) const TICK_SIZE_PX: f64 = 12.0;
/// Room between a tick label and the plot, CSS px.
pub(super) const TICK_GAP_PX: f64 = 8.0;
/// Room between two level gridlines, at least, CSS px.
const GRID_STEP_PX: f64 = 44.0;

/// A title broken into lines no wider than `width_px`.
pub(super) fn title_lines(title: &str, width_px: f64) -> Vec<String> {
    wrap(title, TITLE_SIZE_PX, width_px)
}

/// The lines of a title under one another, from `top` down.
pub(super) fn title_shapes(lines: &[String], top: Point, anchor: Anchor) -> Vec<Shape> {
    let placed = lines.iter().enumerate().map(|(line, text)| Shape::Text {
        at: Point::new(top.x, top.y + (line as f64 + 0.5) * TITLE_LINE_PX),
        text: text.clone(),
        ink: Ink::Muted,
        size_px: TITLE_SIZE_PX,
        anchor,
        weight: Weight::Regular,
    });
    placed.collect()
}

/// How many ticks an upright axis of that height has room for.
pub(super) fn most_upright_ticks(height_px: f64) -> usize {
    (height_px / GRID_STEP_PX).clamp(2.0, 8.0) as usize + 1
}

/// At most `most` ticks, but for an end tick that would leave most of its step empty, so that the
/// amounts use the room there is.
pub(super) fn ticks_within_reach(scale: Scale, most: usize) -> Vec<i64> {
    let mut ticks = nice_ticks(scale.low(), scale.high(), most);
    let is_far = |outer: i64, end: i64, inner: i64| {
        let (empty, used) = (i128::from(outer) - i128::from(end), i128::from(end) - i128::from(inner));
        empty.abs() > used.abs()
    };
    if let [.., _, inner, outer] = ticks.as_slice()
        && is_far(*outer, scale.high(), *inner)
    {
        ticks.pop();
    }
    if let [outer, inner, _, ..] = ticks.as_slice()
        && is_far(*outer, scale.low(), *inner)
    {
        ticks.remove(0);
    }
    ticks
}

/// Room for tick labels at the left of a plot, CSS px; 0 when they would take too much.
pub(super) fn gutter_px(labels: &[String], width_px: f64) -> f64 {
    let gutter_px = widest_px(labels).ceil() + TICK_GAP_PX;
    if gutter_px > width_px / 2.0 { 0.0 } else { gutter_px }
}

/// The width of the widest tick label, CSS px.
pub(super) fn widest_px(labels: &[String]) -> f64 {
    labels.iter().map(|label| text_width_px(label, TICK_SIZE_PX, Weight::Regular)).fold(0.0, f64::max)
}

/// A tick's label.
pub(super) fn tick_label(text: &str, at: Point, anchor: Anchor) -> Shape {
    let (text, size_px, weight) = (text.to_owned(), TICK_SIZE_PX, Weight::Regular);
    Shape::Text { at, text, ink: Ink::Muted, size_px, anchor, weight }
}

/// A hairline between two points.
pub(super) fn hairline(from: Point, to: Point, ink: Ink) -> Shape {
    Shape::Line { from, to, ink, thickness_px: 1.0, dashed: false }
}

/// Lengths of a dash and of the gap after it, CSS px.
const DASH_PX: (f64, f64) = (6.0, 4.0);

/// A line in any direction as dashes of its own: what draws shapes breaks only level and upright lines.
pub(super) fn dashes(from: Point, to: Point, ink: Ink, thickness_px: f64) -> Vec<Shape> {
    let (across, down) = (to.x - from.x, to.y - from.y);
    let length_px = across.hypot(down);
    let (dash_px, gap_px) = DASH_PX;
    let at = |along_px: f64| {
        let share = (along_px / length_px).min(1.0);
        Point::new(from.x + across * share, from.y + down * share)
    };
    let count = (length_px / (dash_px + gap_px)).ceil().clamp(0.0, 500.0) as usize;
    let dash = |index: usize| {
        let start_px = index as f64 * (dash_px + gap_px);
        Shape::Line { from: at(start_px), to: at(start_px + dash_px), ink, thickness_px, dashed: false }
    };
    (0..count).map(dash).collect()
}
