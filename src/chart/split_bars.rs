//! Bars under one another in a row: the official amount solid, supposed amounts hatched below it, each
//! split into the parts it is made of.
//!
//! Owns the scale all rows share, how a row's height is divided and how parts follow one another.
//! Refuses to know where the rows are (the caller measures them) and what the parts mean.

use crate::chart::hatch::Hatched;
use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Rect, Shape};
use crate::chart::track::Track;

/// A part of a supposed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Minor units of one currency. Below zero in an amount above zero (or the other way round) it
    /// takes from the other parts, as a cap does.
    pub amount: i64,
    /// How it is told from its neighbours.
    pub hatched: Hatched,
}

/// One bar of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowBar {
    /// A thin solid bar; `None` is no data, which is not zero.
    Official(Option<i64>),
    /// A hatched bar as long as its parts together; without parts there is no data.
    Supposed(Vec<Part>),
}

/// Heights in CSS px.
struct Heights {
    official_px: f64,
    supposed_px: f64,
    gap_px: f64,
}

/// One supposed amount under the official one.
const ROOMY: Heights = Heights { official_px: 7.0, supposed_px: 13.0, gap_px: 3.0 };
/// Several supposed amounts under the official one.
const COMPACT: Heights = Heights { official_px: 5.0, supposed_px: 9.0, gap_px: 2.0 };

/// Least width of a part that is not zero, CSS px.
const LEAST_PART_PX: f64 = 1.0;
/// Paper between two parts, and the least width of a part that can spare it, CSS px.
const BETWEEN_PARTS_PX: f64 = 1.0;
const SPARING_PART_PX: f64 = 4.0;
/// Thickness of the mark where an amount ends before its parts do, CSS px.
const END_MARK_PX: f64 = 2.0;
/// How far ticks and marks stand out above and below a bar, CSS px.
const OVERHANG_PX: f64 = 1.0;

impl RowBar {
    fn is_supposed(&self) -> bool {
        matches!(self, Self::Supposed(_))
    }

    fn height_px(&self, heights: &Heights) -> f64 {
        if self.is_supposed() { heights.supposed_px } else { heights.official_px }
    }

    /// Everything the scale must reach.
    fn ends(&self) -> Vec<i64> {
        match self {
            Self::Official(amount) => amount.iter().copied().collect(),
            Self::Supposed(parts) => stretches(parts).into_iter().map(|stretch| stretch.to).collect(),
        }
    }
}

/// The height the tallest row wants, CSS px, for the page to leave room.
pub fn split_bars_height_px(rows: &[Vec<RowBar>]) -> f64 {
    let heights = heights_of(rows);
    rows.iter().map(|row| row_height_px(row, heights)).fold(0.0, f64::max)
}

fn heights_of(rows: &[Vec<RowBar>]) -> &'static Heights {
    let has_several = rows.iter().any(|row| row.iter().filter(|bar| bar.is_supposed()).count() > 1);
    if has_several { &COMPACT } else { &ROOMY }
}

fn row_height_px(row: &[RowBar], heights: &Heights) -> f64 {
    let bars: f64 = row.iter().map(|bar| bar.height_px(heights)).sum();
    bars + heights.gap_px * row.len().saturating_sub(1) as f64 + 2.0 * OVERHANG_PX
}

/// The shapes of all rows, each inside the box with the same index, its bars from top to bottom.
///
/// All bars share one scale, taken from `rows` and drawn to the narrowest box. Amounts below zero
/// grow to the left of a line at zero. A lower box makes lower bars. A row without a box, a box
/// without a row and a box without an area draw nothing.
///
/// ```
/// use yupay::chart::{Hatched, Part, RowBar, layout_split_bars, split_bars_height_px, stacked_boxes};
///
/// let terms = [9_500, 7_900, 10_100];
/// let parts = terms.into_iter().zip(0..).map(|(amount, position)| Part { amount, hatched: Hatched::at(position) });
/// let rows = [vec![RowBar::Official(Some(36_500)), RowBar::Supposed(parts.collect())]];
/// let boxes = stacked_boxes(1, 240.0, split_bars_height_px(&rows));
/// // One solid bar, and lines and a border for each part.
/// assert_eq!(layout_split_bars(&rows, &boxes).len(), 1 + 2 * terms.len());
/// ```
pub fn layout_split_bars(rows: &[Vec<RowBar>], boxes: &[Rect]) -> Vec<Shape> {
    let scale = Scale::of(rows.iter().flatten().flat_map(RowBar::ends));
    let heights = heights_of(rows);
    let placed = || rows.iter().zip(boxes).filter(|(_, row_box)| row_box.is_drawable());
    let length_px = placed().map(|(_, row_box)| row_box.width).fold(f64::INFINITY, f64::min);
    placed().flat_map(|(row, row_box)| row_shapes(row, *row_box, (length_px, scale), heights)).collect()
}

fn row_shapes(row: &[RowBar], row_box: Rect, (length_px, scale): (f64, Scale), heights: &Heights) -> Vec<Shape> {
    let wanted_px = row_height_px(row, heights);
    let squeeze = (row_box.height / wanted_px).min(1.0);
    let mut track =
        Track { cell_box: row_box, left_px: row_box.x, length_px, top_px: row_box.y, height_px: 0.0, scale };
    track.top_px = row_box.center().y + (OVERHANG_PX - wanted_px / 2.0) * squeeze;
    let mut shapes: Vec<Shape> = track.zero_line().into_iter().collect();
    for bar in row {
        track.height_px = bar.height_px(heights) * squeeze;
        match bar {
            RowBar::Official(amount) => shapes.push(official(&track, *amount)),
            RowBar::Supposed(parts) => shapes.extend(supposed(&track, parts, OVERHANG_PX * squeeze)),
        }
        track.top_px += track.height_px + heights.gap_px * squeeze;
    }
    shapes
}

fn official(track: &Track, amount: Option<i64>) -> Shape {
    let Some(amount) = amount else { return track.no_data() };
    match track.bar(amount, LEAST_PART_PX) {
        Some(rect) => Shape::solid(rect, Ink::Muted),
        None => track.zero_tick(Ink::Muted, (track.top_px, track.height_px)),
    }
}

fn supposed(track: &Track, parts: &[Part], overhang_px: f64) -> Vec<Shape> {
    let Some(first) = parts.first() else { return vec![track.no_data()] };
    let mut shapes = Vec::new();
    let stretches = stretches(parts);
    for (index, stretch) in stretches.iter().enumerate() {
        let is_last = index + 1 == stretches.len();
        shapes.extend(stretch.shapes(track, is_last));
    }
    let total = total(parts);
    let tall = (track.top_px - overhang_px, track.height_px + 2.0 * overhang_px);
    if total == 0 {
        shapes.push(track.zero_tick(first.hatched.ink, tall));
    } else if stretches.iter().any(|stretch| stretch.is_taken) {
        let end_px = track.x_of(total);
        shapes.push(Shape::solid(track.strip(end_px, END_MARK_PX + 2.0, tall), Ink::Paper));
        shapes.push(Shape::solid(track.strip(end_px, END_MARK_PX, tall), Ink::Ink));
    }
    shapes
}

/// The sum of the parts; what an `i64` cannot hold stops at its ends.
fn total(parts: &[Part]) -> i64 {
    within_i64(parts.iter().map(|part| i128::from(part.amount)).sum())
}

fn within_i64(amount: i128) -> i64 {
    amount.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// A part, or the piece of it on one side of where the amount ends.
struct Stretch {
    from: i64,
    to: i64,
    hatched: Hatched,
    /// Whether it lies beyond the amount: another part took it away again.
    is_taken: bool,
}

/// Where each part runs. Parts that go the way of the total follow one another from zero; together
/// they reach beyond it by what the other parts take away.
fn stretches(parts: &[Part]) -> Vec<Stretch> {
    let total = total(parts);
    let way: i64 = if total < 0 { -1 } else { 1 };
    let mut stretches = Vec::new();
    let mut end: i128 = 0;
    for part in parts.iter().filter(|part| part.amount.signum() == way) {
        let from = within_i64(end);
        end += i128::from(part.amount);
        let to = within_i64(end);
        let middle = if way < 0 { total.clamp(to, from) } else { total.clamp(from, to) };
        let pieces = [(from, middle, false), (middle, to, true)];
        stretches.extend(pieces.into_iter().filter(|(from, to, _)| from != to).map(|(from, to, is_taken)| Stretch {
            from,
            to,
            hatched: part.hatched,
            is_taken,
        }));
    }
    stretches
}

impl Stretch {
    fn shapes(&self, track: &Track, is_last: bool) -> [Shape; 2] {
        let (from_px, to_px) = (track.x_of(self.from), track.x_of(self.to));
        let width_px = (to_px - from_px).abs();
        let spared_px = if !is_last && width_px >= SPARING_PART_PX { BETWEEN_PARTS_PX } else { 0.0 };
        let drawn_px = (width_px - spared_px).max(LEAST_PART_PX);
        let left_px = if to_px < from_px { from_px - drawn_px } else { from_px };
        let x = left_px.min(track.cell_box.right() - drawn_px).max(track.cell_box.x);
        let rect = Rect::new(x, track.top_px, drawn_px, track.height_px);
        if self.is_taken {
            let Hatched { hatch, .. } = self.hatched;
            [
                Shape::Hatch { rect, ink: Ink::Line, hatch },
                Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true },
            ]
        } else {
            self.hatched.shapes(rect)
        }
    }
}
