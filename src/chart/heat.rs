//! Rows against columns with a bar in each cell, as one picture to be taken away; on the page the table itself is this.
//!
//! Owns a grid wide enough for its words. A cell says its words; its bar is as long as its size against the greatest.

use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::text_width::{fitted, text_width_px, wrap};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeatCell {
    /// What it says.
    pub words: String,
    /// How long its bar is; `None` draws none.
    pub size: Option<i64>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeatRow {
    /// What it is called.
    pub label: String,
    /// Its cells, then its total.
    pub cells: Vec<HeatCell>,
}

/// What the picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeatModel {
    /// The names of the columns, then of the total.
    pub columns: Vec<String>,
    /// The colour of each column; the total has none.
    pub inks: Vec<Ink>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// The columns' totals, under a rule.
    pub total: HeatRow,
}

const SIZE_PX: f64 = 13.0;
const HEAD_LINE_PX: f64 = 17.0;
const ROW_PX: f64 = 42.0;
const BAR_PX: f64 = 10.0;
const GAP_PX: f64 = 14.0;
const LEAST_CELL_PX: f64 = 84.0;
const WIDEST_LABEL_PX: f64 = 260.0;
const WIDEST_WORD_PX: f64 = 150.0;
const MOST_HEAD_LINES: usize = 4;

fn label_px(model: &HeatModel) -> f64 {
    let rows = model.rows.iter().chain([&model.total]);
    let widest = rows.map(|row| text_width_px(&row.label, SIZE_PX, Weight::Bold)).fold(60.0, f64::max);
    widest.min(WIDEST_LABEL_PX)
}

fn column_px(model: &HeatModel, column: usize) -> f64 {
    let rows = model.rows.iter().chain([&model.total]);
    let words =
        rows.filter_map(|row| row.cells.get(column)).map(|cell| text_width_px(&cell.words, SIZE_PX, Weight::Bold));
    let head = model.columns.get(column).map_or("", String::as_str);
    // A word of the heading that is wider than its column would run into the next.
    let heads = head.split_whitespace().map(|word| text_width_px(word, SIZE_PX, Weight::Regular).min(WIDEST_WORD_PX));
    words.chain(heads).fold(LEAST_CELL_PX, f64::max)
}

fn heads(model: &HeatModel) -> Vec<Vec<String>> {
    let head = |(column, text): (usize, &String)| {
        let room = column_px(model, column);
        let lines = wrap(text, SIZE_PX, room).into_iter().take(MOST_HEAD_LINES);
        lines.map(|line| fitted(&line, SIZE_PX, Weight::Regular, room)).collect()
    };
    model.columns.iter().enumerate().map(head).collect()
}

fn head_px(model: &HeatModel) -> f64 {
    let lines = heads(model).iter().map(Vec::len).max().unwrap_or(1);
    lines as f64 * HEAD_LINE_PX + 6.0
}

/// How large the picture is, CSS px.
pub fn heat_size(model: &HeatModel) -> Size {
    let columns: f64 = (0..model.columns.len()).map(|column| column_px(model, column) + GAP_PX).sum();
    let rows = model.rows.len() as f64 + 0.7;
    Size { width_px: label_px(model) + columns, height_px: head_px(model) + rows * ROW_PX }
}

/// The picture.
pub fn layout_heat(model: &HeatModel) -> Vec<Shape> {
    let size = heat_size(model);
    let greatest =
        model.rows.iter().flat_map(|row| row.cells.iter().take(model.inks.len())).filter_map(|cell| cell.size);
    let greatest = greatest.map(i64::unsigned_abs).max().unwrap_or_default() as f64;
    let mut shapes = Vec::new();
    let rule = |y: f64, ink: Ink, thickness_px: f64| Shape::Line {
        from: Point::new(0.0, y),
        to: Point::new(size.width_px, y),
        ink,
        thickness_px,
        dashed: false,
    };
    let say = |text: String, at: Point, anchor: Anchor, weight: Weight, ink: Ink| Shape::Text {
        at,
        text,
        ink,
        size_px: SIZE_PX,
        anchor,
        weight,
    };
    let mut rights = Vec::new();
    let mut x = label_px(model);
    for column in 0..model.columns.len() {
        x += GAP_PX + column_px(model, column);
        rights.push(x);
    }
    let top = head_px(model);
    for (lines, &right) in heads(model).into_iter().zip(&rights) {
        let first = top - 6.0 - lines.len() as f64 * HEAD_LINE_PX;
        for (line, text) in lines.into_iter().enumerate() {
            let at = Point::new(right, first + (line as f64 + 0.5) * HEAD_LINE_PX);
            shapes.push(say(text, at, Anchor::End, Weight::Regular, Ink::Muted));
        }
    }
    shapes.push(rule(top, Ink::Edge, 1.0));
    for (place, row) in model.rows.iter().enumerate() {
        let y = top + place as f64 * ROW_PX;
        let label = fitted(&row.label, SIZE_PX, Weight::Regular, label_px(model));
        shapes.push(say(label, Point::new(0.0, y + 14.0), Anchor::Start, Weight::Regular, Ink::Ink));
        for (column, (cell, &right)) in row.cells.iter().zip(&rights).enumerate() {
            let ink = model.inks.get(column).copied();
            let weight = if ink.is_some() { Weight::Regular } else { Weight::Bold };
            shapes.push(say(cell.words.clone(), Point::new(right, y + 14.0), Anchor::End, weight, Ink::Ink));
            let (Some(ink), Some(size)) = (ink, cell.size) else { continue };
            let length = column_px(model, column) * size.unsigned_abs() as f64 / greatest.max(1.0);
            if size != 0 {
                let rect = Rect::new(right - length.max(1.0), y + 25.0, length.max(1.0), BAR_PX);
                // Below zero is an outline: the length says how much, and nothing is filled.
                shapes.push(match size > 0 {
                    true => Shape::Fill { rect, ink, pattern: ink.pattern() },
                    false => Shape::Outline { rect, ink, thickness_px: 1.5, dashed: false },
                });
            }
        }
        shapes.push(rule(y + ROW_PX - 1.0, Ink::Line, 1.0));
    }
    let y = top + model.rows.len() as f64 * ROW_PX;
    shapes.push(rule(y, Ink::Ink, 2.0));
    let label = fitted(&model.total.label, SIZE_PX, Weight::Bold, label_px(model));
    shapes.push(say(label, Point::new(0.0, y + 15.0), Anchor::Start, Weight::Bold, Ink::Ink));
    for (cell, &right) in model.total.cells.iter().zip(&rights) {
        shapes.push(say(cell.words.clone(), Point::new(right, y + 15.0), Anchor::End, Weight::Bold, Ink::Ink));
    }
    shapes
}
