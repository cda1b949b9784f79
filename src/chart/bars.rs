//! Bars that stand in the cells of a table: outline what was agreed, fill what was spent.
//!
//! Owns the scale the cells share and the shapes of each cell. Refuses to know where the cells are
//! (the caller measures them) and what the amounts mean. Nothing leaves the box of its cell.

use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Rect, Shape};
use crate::chart::track::Track;

/// How a bar stands among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarState {
    /// Like the others.
    #[default]
    Plain,
    /// Chosen: an accent mark stands in the gutter.
    Selected,
    /// Set back: drawn in edge ink, still readable.
    Dimmed,
}

/// One bar. Amounts are minor units of one currency; `None` is no data, which is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarCell {
    /// What was agreed, drawn as a border.
    pub outline: Option<i64>,
    /// What was spent, drawn filled.
    pub fill: Option<i64>,
    /// The colour, with its pattern if it is a series.
    pub ink: Ink,
    /// How it stands among its neighbours.
    pub state: BarState,
}

/// The sizes of a kind of bar, in CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarStyle {
    /// Height of the bar; a lower box makes a lower bar.
    pub bar_height_px: f64,
    /// Thickness of the border.
    pub outline_px: f64,
    /// How far ticks and markers stand out above and below the bar.
    pub overhang_px: f64,
    /// Room kept free at the left of every box for the mark of the selected bar; with none, no
    /// mark is drawn.
    pub gutter_px: f64,
}

impl BarStyle {
    /// Bars in the rows of a table.
    pub const TABLE: Self = Self { bar_height_px: 12.0, outline_px: 1.0, overhang_px: 3.0, gutter_px: 6.0 };

    /// The one large bar that shows a promise and what became of it.
    pub const PROMISE: Self = Self { bar_height_px: 30.0, outline_px: 2.0, overhang_px: 4.0, gutter_px: 0.0 };
}

/// Width of the mark of a selected bar, CSS px.
const SELECTED_MARK_PX: f64 = 3.0;
/// Least width of a bar that is not zero, CSS px.
const LEAST_BAR_PX: f64 = 1.0;

/// Boxes of one width under one another, for bars outside a table.
pub fn stacked_boxes(rows: usize, width_px: f64, row_height_px: f64) -> Vec<Rect> {
    (0..rows).map(|row| Rect::new(0.0, row as f64 * row_height_px, width_px, row_height_px)).collect()
}

/// The shapes of all bars, each inside the box with the same index.
///
/// All bars share one scale, taken from `cells` and drawn to the narrowest box, so lengths compare
/// even when boxes differ. A cell without a box, a box without a cell and a box without an area
/// draw nothing.
pub fn layout_bars(cells: &[BarCell], boxes: &[Rect], style: BarStyle) -> Vec<Shape> {
    let scale = Scale::of(cells.iter().flat_map(|cell| [cell.outline, cell.fill]).flatten());
    let placed = || cells.iter().zip(boxes).filter(|(_, cell_box)| cell_box.is_drawable());
    let track_px = placed()
        .map(|(_, cell_box)| (cell_box.width - gutter_px(cell_box, style)).max(0.0))
        .fold(f64::INFINITY, f64::min);
    placed().flat_map(|(cell, cell_box)| Bar::new(*cell_box, track_px, scale, style).shapes(cell)).collect()
}

/// The gutter of a box; a box too narrow for one goes without.
fn gutter_px(cell_box: &Rect, style: BarStyle) -> f64 {
    if cell_box.width > 4.0 * style.gutter_px { style.gutter_px.max(0.0) } else { 0.0 }
}

/// One bar in its box.
struct Bar {
    track: Track,
    /// Top and height of ticks and markers, which stand out.
    tall: (f64, f64),
    outline_px: f64,
}

impl Bar {
    fn new(cell_box: Rect, length_px: f64, scale: Scale, style: BarStyle) -> Self {
        let room_px = cell_box.height - 2.0 * style.overhang_px;
        let height_px = style.bar_height_px.min(room_px.max(cell_box.height / 2.0)).max(0.0);
        let overhang_px = style.overhang_px.min((cell_box.height - height_px) / 2.0).max(0.0);
        let top_px = cell_box.center().y - height_px / 2.0;
        let left_px = cell_box.x + gutter_px(&cell_box, style);
        Self {
            track: Track { cell_box, left_px, length_px, top_px, height_px, scale },
            tall: (top_px - overhang_px, height_px + 2.0 * overhang_px),
            outline_px: style.outline_px,
        }
    }

    fn shapes(&self, cell: &BarCell) -> Vec<Shape> {
        let mut shapes = Vec::new();
        shapes.extend(self.track.zero_line());
        let ink = if cell.state == BarState::Dimmed { Ink::Edge } else { cell.ink };
        match (cell.outline, cell.fill) {
            (None, None) => shapes.push(self.track.no_data()),
            (outline, fill) => {
                shapes.extend(self.fill(cell, ink));
                shapes.extend(self.outline(outline, ink));
                shapes.extend(self.over_mark(cell).into_iter().flatten());
                if fill == Some(0) || (fill.is_none() && outline == Some(0)) {
                    shapes.push(self.track.zero_tick(ink, self.tall));
                }
            }
        }
        if cell.state == BarState::Selected && self.track.left_px - self.track.cell_box.x >= SELECTED_MARK_PX {
            let (y, height) = self.tall;
            let mark = Rect::new(self.track.cell_box.x, y, SELECTED_MARK_PX, height);
            shapes.push(Shape::solid(mark, Ink::Accent));
        }
        shapes
    }

    fn fill(&self, cell: &BarCell, ink: Ink) -> Option<Shape> {
        // Behind a border the smallest fill must be wider than the border to be seen.
        let border_px = cell.outline.map_or(0.0, |_| self.outline_px);
        let rect = self.track.bar(cell.fill?, LEAST_BAR_PX + border_px)?;
        Some(Shape::Fill { rect, ink, pattern: cell.ink.pattern() })
    }

    fn outline(&self, outline: Option<i64>, ink: Ink) -> Option<Shape> {
        let rect = self.track.bar(outline?, LEAST_BAR_PX)?;
        Some(Shape::Outline { rect, ink, thickness_px: self.outline_px, dashed: false })
    }

    /// Where more was spent than agreed, the end of the promise is cut into the fill.
    fn over_mark(&self, cell: &BarCell) -> Option<[Shape; 2]> {
        let (outline, fill) = (cell.outline?, cell.fill?);
        let is_over = outline.signum() * fill.signum() >= 0 && fill.unsigned_abs() > outline.unsigned_abs();
        if !is_over {
            return None;
        }
        let end_px = self.track.x_of(outline);
        let ink = if cell.state == BarState::Dimmed { Ink::Edge } else { Ink::Ink };
        let within = (self.track.top_px, self.track.height_px);
        Some([
            Shape::solid(self.track.strip(end_px, self.outline_px + 2.0, within), Ink::Paper),
            Shape::solid(self.track.strip(end_px, self.outline_px, self.tall), ink),
        ])
    }
}
