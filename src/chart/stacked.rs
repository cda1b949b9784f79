//! Labelled rows of bars under one scale, each bar made of parts: plain bars, grouped bars and stacked bars are all this.
//!
//! Owns the places of labels, bars and parts, and what each touch means. Negative parts run to the left of the line of
//! zero; zero is a tick on it; what has no data is a dashed box, which is neither.

use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Weight};
use crate::chart::text_width::{fitted, text_width_px};

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarPart {
    /// Its size; `None` is no data.
    pub size: Option<i64>,
    /// Its colour.
    pub ink: Ink,
    /// Whether it stands for nothing at all: it is not drawn, and is no missing data.
    pub is_empty: bool,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedBar {
    /// Its parts, from zero outwards.
    pub parts: Vec<BarPart>,
    /// What it comes to; empty where the row says so.
    pub words: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedRow {
    /// What it is called.
    pub label: String,
    /// What it comes to.
    pub words: String,
    /// Its bars, under one another.
    pub bars: Vec<StackedBar>,
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StackedModel {
    /// The rows.
    pub rows: Vec<StackedRow>,
}

/// Where a part can be touched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartHit {
    /// The row.
    pub row: usize,
    /// The bar in it; `None` for the row's label.
    pub bar: Option<usize>,
    /// The part of it.
    pub part: Option<usize>,
    /// Where.
    pub rect: Rect,
}

/// What to draw and what can be touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StackedLayout {
    /// The shapes in drawing order.
    pub shapes: Vec<Shape>,
    /// The parts, and the rows around them after those.
    pub hits: Vec<PartHit>,
}

/// The line with a row's label, CSS px.
const LABEL_LINE_PX: f64 = 22.0;
/// A bar that has the row to itself, and one among several, CSS px.
const LONE_BAR_PX: f64 = 20.0;
const BAR_PX: f64 = 14.0;
const BAR_GAP_PX: f64 = 3.0;
/// Room under a row, CSS px.
const ROW_GAP_PX: f64 = 12.0;
/// Font sizes, CSS px.
const LABEL_PX: f64 = 14.0;
const WORDS_PX: f64 = 13.0;
const BAR_WORDS_PX: f64 = 11.5;
/// The box of what has no data, CSS px.
const NO_DATA_PX: f64 = 26.0;
const GAP_PX: f64 = 8.0;

fn bar_px(row: &StackedRow) -> f64 {
    if row.bars.len() > 1 { BAR_PX } else { LONE_BAR_PX }
}

fn row_px(row: &StackedRow) -> f64 {
    let bars = row.bars.len() as f64;
    LABEL_LINE_PX + bars * bar_px(row) + (bars - 1.0).max(0.0) * BAR_GAP_PX + ROW_GAP_PX
}

/// How high the chart stands, whatever its width, CSS px.
pub fn stacked_height_px(model: &StackedModel) -> f64 {
    model.rows.iter().map(row_px).sum()
}

/// The chart at a width.
pub fn layout_stacked(model: &StackedModel, width_px: f64) -> StackedLayout {
    let mut layout = StackedLayout::default();
    if !(width_px.is_finite() && width_px >= 60.0) {
        return layout;
    }
    let words =
        model.rows.iter().flat_map(|row| &row.bars).map(|bar| text_width_px(&bar.words, BAR_WORDS_PX, Weight::Regular));
    let widest_px = words.fold(0.0, f64::max);
    let room_px = if widest_px > 0.0 { (widest_px + GAP_PX).min(width_px / 2.0) } else { 0.0 };
    let scale = Reach::of(model, width_px - room_px);
    let mut top = 0.0;
    let mut rows = Vec::new();
    for (place, row) in model.rows.iter().enumerate() {
        let height = row_px(row);
        label(row, top, width_px, &mut layout.shapes);
        let mut y = top + LABEL_LINE_PX;
        for (at, bar) in row.bars.iter().enumerate() {
            let strip = Rect::new(0.0, y, width_px, bar_px(row));
            scale.bar(bar, strip, (place, at), room_px, &mut layout);
            y += bar_px(row) + BAR_GAP_PX;
        }
        rows.push(PartHit { row: place, bar: None, part: None, rect: Rect::new(0.0, top, width_px, height) });
        top += height;
    }
    if scale.zero_px > 0.5 {
        let line = |y| Point::new(scale.zero_px, y);
        layout.shapes.push(Shape::Line {
            from: line(0.0),
            to: line((top - ROW_GAP_PX).max(0.0)),
            ink: Ink::Edge,
            thickness_px: 1.0,
            dashed: false,
        });
    }
    layout.hits.extend(rows);
    layout
}

fn label(row: &StackedRow, top: f64, width_px: f64, shapes: &mut Vec<Shape>) {
    let middle = top + LABEL_LINE_PX / 2.0;
    let words_px = text_width_px(&row.words, WORDS_PX, Weight::Regular);
    let room = (width_px - words_px - GAP_PX).max(width_px / 3.0);
    let text = fitted(&row.label, LABEL_PX, Weight::Regular, room);
    let (ink, weight) = (Ink::Ink, Weight::Regular);
    shapes.push(Shape::Text {
        at: Point::new(0.0, middle),
        text,
        ink,
        size_px: LABEL_PX,
        anchor: Anchor::Start,
        weight,
    });
    if !row.words.is_empty() {
        let (at, text) = (Point::new(width_px, middle), row.words.clone());
        shapes.push(Shape::Text { at, text, ink, size_px: WORDS_PX, anchor: Anchor::End, weight });
    }
}

/// The range all bars share.
struct Reach {
    zero_px: f64,
    /// CSS px for one unit.
    unit_px: f64,
}

impl Reach {
    fn of(model: &StackedModel, width_px: f64) -> Self {
        let (mut low, mut high) = (0.0f64, 0.0f64);
        for bar in model.rows.iter().flat_map(|row| &row.bars) {
            let sizes = || bar.parts.iter().filter_map(|part| part.size).map(|size| size as f64);
            high = high.max(sizes().filter(|size| *size > 0.0).sum());
            low = low.min(sizes().filter(|size| *size < 0.0).sum());
        }
        let span = high - low;
        let unit_px = if span > 0.0 { width_px / span } else { 0.0 };
        Self { zero_px: -low * unit_px, unit_px }
    }

    fn bar(&self, bar: &StackedBar, strip: Rect, (row, at): (usize, usize), room_px: f64, layout: &mut StackedLayout) {
        let (mut right, mut left) = (self.zero_px, self.zero_px);
        let mut is_drawn = false;
        for (part, found) in bar.parts.iter().enumerate().filter(|(_, part)| !part.is_empty) {
            let Some(size) = found.size.filter(|size| *size != 0) else { continue };
            let length = (size.unsigned_abs() as f64 * self.unit_px).max(1.0);
            let rect = if size > 0 {
                right += length;
                Rect::new(right - length, strip.y, length, strip.height)
            } else {
                left -= length;
                Rect::new(left, strip.y, length, strip.height)
            };
            layout.shapes.push(Shape::Fill { rect, ink: found.ink, pattern: found.ink.pattern() });
            layout.hits.push(PartHit { row, bar: Some(at), part: Some(part), rect });
            is_drawn = true;
        }
        // A line of paper between parts, so that equal colours beside one another stay two.
        let edges: Vec<f64> =
            layout.hits.iter().filter(|hit| hit.row == row && hit.bar == Some(at)).map(|hit| hit.rect.x).collect();
        for x in edges.into_iter().skip(1) {
            layout.shapes.push(Shape::solid(Rect::new(x - 0.5, strip.y, 1.0, strip.height), Ink::Paper));
        }
        let shown = || bar.parts.iter().filter(|part| !part.is_empty);
        if !is_drawn && shown().any(|part| part.size == Some(0)) {
            let tick = Rect::new((self.zero_px - 1.0).max(0.0), strip.y, 3.0, strip.height);
            layout.shapes.push(Shape::solid(tick, Ink::Ink));
            right = right.max(tick.right());
        }
        if shown().any(|part| part.size.is_none()) {
            let rect = Rect::new(right + if is_drawn { 2.0 } else { 0.0 }, strip.y, NO_DATA_PX, strip.height);
            if rect.right() <= strip.width {
                layout.shapes.push(Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true });
                right = rect.right();
            }
        }
        if room_px > 0.0 && !bar.words.is_empty() {
            let at = Point::new(right + GAP_PX / 2.0, strip.center().y);
            let text = fitted(&bar.words, BAR_WORDS_PX, Weight::Regular, strip.width - at.x);
            let (ink, anchor, weight) = (Ink::Muted, Anchor::Start, Weight::Regular);
            layout.shapes.push(Shape::Text { at, text, ink, size_px: BAR_WORDS_PX, anchor, weight });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: Option<i64>) -> BarPart {
        BarPart { size, ink: Ink::Ink, is_empty: false }
    }

    fn row(parts: Vec<BarPart>) -> StackedRow {
        StackedRow { label: "A".into(), words: "1".into(), bars: vec![StackedBar { parts, words: String::new() }] }
    }

    #[test]
    fn parts_stand_side_by_side_and_as_long_as_their_sizes() {
        let model = StackedModel { rows: vec![row(vec![part(Some(30)), part(Some(70))]), row(vec![part(Some(50))])] };
        let layout = layout_stacked(&model, 400.0);
        let widths: Vec<f64> =
            layout.hits.iter().filter(|hit| hit.part.is_some()).map(|hit| hit.rect.width.round()).collect();
        assert_eq!(widths, [120.0, 280.0, 200.0]);
        let height = stacked_height_px(&model);
        assert!(layout.shapes.iter().all(|shape| shape.bounds().bottom() <= height + 0.5));
        assert!(layout.hits.iter().any(|hit| hit.bar.is_none() && hit.row == 1));
    }

    #[test]
    fn negative_zero_missing_and_empty_are_four_things() {
        let empty = BarPart { is_empty: true, ..part(None) };
        let rows = [part(Some(-10)), part(Some(0)), part(None), empty, part(Some(30))];
        let model = StackedModel { rows: rows.into_iter().map(|part| row(vec![part])).collect() };
        let layout = layout_stacked(&model, 400.0);
        let dashed = layout.shapes.iter().filter(|shape| matches!(shape, Shape::Outline { dashed: true, .. })).count();
        let fills = layout.shapes.iter().filter(|shape| matches!(shape, Shape::Fill { .. })).count();
        assert_eq!((dashed, fills), (1, 3));
        assert!(layout.hits.iter().find(|hit| hit.part.is_some()).unwrap().rect.x.abs() < 1e-9);
    }
}
