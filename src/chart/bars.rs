//! Bars that stand in the cells of a table: outline what was agreed, fill what was spent.
//!
//! Owns the scale the cells share and the shapes of each cell. Refuses to know where the cells are
//! (the caller measures them) and what the amounts mean. Nothing leaves the box of its cell.

use crate::chart::palette::Ink;
use crate::chart::shape::{Rect, Shape};

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

/// Whether a fill happened or is only supposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarKind {
    /// Solid.
    #[default]
    Official,
    /// Hatched at 135°.
    Hypothetical,
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
    /// Whether the fill is official.
    pub kind: BarKind,
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
/// Width of the dashed box that says "no data", CSS px.
const NO_DATA_PX: f64 = 18.0;
/// Thickness of the tick that says "zero", CSS px.
const ZERO_TICK_PX: f64 = 2.0;
/// Least width of a bar that is not zero, CSS px.
const LEAST_BAR_PX: f64 = 1.0;

/// The range of amounts a group of bars shares: from zero or the smallest negative amount to zero
/// or the largest. Only `scale_of` makes one, so it always holds zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarScale {
    low: i64,
    high: i64,
}

impl BarScale {
    /// Whether any amount is below zero, so that a zero line is needed.
    pub fn has_negatives(&self) -> bool {
        self.low < 0
    }

    /// Where an amount stands between the ends, 0 to 1; amounts beyond the ends stand at the ends,
    /// and all stand at 0 when every amount is zero.
    pub fn share(&self, amount: i64) -> f64 {
        let span = i128::from(self.high) - i128::from(self.low);
        if span == 0 {
            return 0.0;
        }
        let from_low = i128::from(amount.clamp(self.low, self.high)) - i128::from(self.low);
        from_low as f64 / span as f64
    }
}

/// The scale that fits every outline and every fill of `cells`.
pub fn scale_of(cells: &[BarCell]) -> BarScale {
    let amounts = cells.iter().flat_map(|cell| [cell.outline, cell.fill]).flatten();
    amounts.fold(BarScale { low: 0, high: 0 }, |scale, amount| BarScale {
        low: scale.low.min(amount),
        high: scale.high.max(amount),
    })
}

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
    let scale = scale_of(cells);
    let placed = || cells.iter().zip(boxes).filter(|(_, cell_box)| cell_box.is_drawable());
    let track_px = placed()
        .map(|(_, cell_box)| (cell_box.width - gutter_px(cell_box, style)).max(0.0))
        .fold(f64::INFINITY, f64::min);
    placed().flat_map(|(cell, cell_box)| Track::new(*cell_box, track_px, scale, style).shapes(cell)).collect()
}

/// The gutter of a box; a box too narrow for one goes without.
fn gutter_px(cell_box: &Rect, style: BarStyle) -> f64 {
    if cell_box.width > 4.0 * style.gutter_px { style.gutter_px.max(0.0) } else { 0.0 }
}

/// The strip of a box in which its bar runs.
struct Track {
    cell_box: Rect,
    /// Where the scale begins, and how long it is.
    left_px: f64,
    length_px: f64,
    /// Top and height of the bar.
    top_px: f64,
    height_px: f64,
    /// Top and height of ticks and markers, which stand out.
    tall: (f64, f64),
    scale: BarScale,
    style: BarStyle,
}

impl Track {
    fn new(cell_box: Rect, length_px: f64, scale: BarScale, style: BarStyle) -> Self {
        let room_px = cell_box.height - 2.0 * style.overhang_px;
        let height_px = style.bar_height_px.min(room_px.max(cell_box.height / 2.0)).max(0.0);
        let overhang_px = style.overhang_px.min((cell_box.height - height_px) / 2.0).max(0.0);
        let top_px = cell_box.center().y - height_px / 2.0;
        Self {
            cell_box,
            left_px: cell_box.x + gutter_px(&cell_box, style),
            length_px,
            top_px,
            height_px,
            tall: (top_px - overhang_px, height_px + 2.0 * overhang_px),
            scale,
            style,
        }
    }

    fn x_of(&self, amount: i64) -> f64 {
        self.left_px + self.scale.share(amount) * self.length_px
    }

    /// The bar from zero to an amount, at least `least_px` wide unless the amount is zero.
    fn bar(&self, amount: i64, least_px: f64) -> Option<Rect> {
        let zero_px = self.x_of(0);
        let width = (self.x_of(amount) - zero_px).abs().max(least_px);
        let x = match amount.signum() {
            0 => return None,
            1 => zero_px.min(self.cell_box.right() - width),
            _ => zero_px - width,
        };
        Some(Rect::new(x.max(self.cell_box.x), self.top_px, width, self.height_px))
    }

    /// An upright strip centred on `x`, moved inwards where it would leave the box.
    fn strip(&self, x: f64, width: f64, (top_px, height_px): (f64, f64)) -> Rect {
        let width = width.min(self.cell_box.width);
        let left = (x - width / 2.0).min(self.cell_box.right() - width).max(self.cell_box.x);
        Rect::new(left, top_px, width, height_px)
    }

    fn shapes(&self, cell: &BarCell) -> Vec<Shape> {
        let mut shapes = Vec::new();
        if self.scale.has_negatives() {
            let whole = (self.cell_box.y, self.cell_box.height);
            shapes.push(Shape::solid(self.strip(self.x_of(0), 1.0, whole), Ink::Edge));
        }
        let ink = if cell.state == BarState::Dimmed { Ink::Edge } else { cell.ink };
        match (cell.outline, cell.fill) {
            (None, None) => shapes.push(self.no_data()),
            (outline, fill) => {
                self.push_fill(&mut shapes, fill, ink, cell);
                self.push_outline(&mut shapes, outline, ink);
                self.push_over_mark(&mut shapes, outline, fill, cell.state);
                if fill == Some(0) || (fill.is_none() && outline == Some(0)) {
                    let tick = self.strip(self.x_of(0), ZERO_TICK_PX, self.tall);
                    shapes.push(Shape::solid(tick, ink));
                }
            }
        }
        if cell.state == BarState::Selected && self.left_px - self.cell_box.x >= SELECTED_MARK_PX {
            let (y, height) = self.tall;
            let mark = Rect::new(self.cell_box.x, y, SELECTED_MARK_PX, height);
            shapes.push(Shape::solid(mark, Ink::Accent));
        }
        shapes
    }

    fn no_data(&self) -> Shape {
        let width = NO_DATA_PX.min(self.length_px);
        let x = self.x_of(0).min(self.left_px + self.length_px - width);
        let rect = Rect::new(x, self.top_px, width, self.height_px);
        Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true }
    }

    fn push_fill(&self, shapes: &mut Vec<Shape>, fill: Option<i64>, ink: Ink, cell: &BarCell) {
        // Behind a border the smallest fill must be wider than the border to be seen.
        let border_px = cell.outline.map_or(0.0, |_| self.style.outline_px);
        let least_px = LEAST_BAR_PX + border_px;
        let Some(rect) = fill.and_then(|amount| self.bar(amount, least_px)) else { return };
        match cell.kind {
            BarKind::Official => {
                shapes.push(Shape::Fill { rect, ink, pattern: cell.ink.pattern() });
            }
            BarKind::Hypothetical => {
                shapes.push(Shape::Hatch { rect, ink });
                shapes.push(Shape::Outline { rect, ink, thickness_px: 1.0, dashed: false });
            }
        }
    }

    fn push_outline(&self, shapes: &mut Vec<Shape>, outline: Option<i64>, ink: Ink) {
        if let Some(rect) = outline.and_then(|amount| self.bar(amount, LEAST_BAR_PX)) {
            let thickness_px = self.style.outline_px;
            shapes.push(Shape::Outline { rect, ink, thickness_px, dashed: false });
        }
    }

    /// Where more was spent than agreed, the end of the promise is cut into the fill.
    fn push_over_mark(&self, shapes: &mut Vec<Shape>, outline: Option<i64>, fill: Option<i64>, state: BarState) {
        let (Some(outline), Some(fill)) = (outline, fill) else { return };
        let is_over = outline.signum() * fill.signum() >= 0 && fill.unsigned_abs() > outline.unsigned_abs();
        if !is_over {
            return;
        }
        let end_px = self.x_of(outline);
        let ink = if state == BarState::Dimmed { Ink::Edge } else { Ink::Ink };
        let line_px = self.style.outline_px;
        let within = (self.top_px, self.height_px);
        shapes.push(Shape::solid(self.strip(end_px, line_px + 2.0, within), Ink::Paper));
        shapes.push(Shape::solid(self.strip(end_px, line_px, self.tall), ink));
    }
}
