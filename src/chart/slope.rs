//! Two sides and a line for each row from one to the other.
//!
//! Owns the places of lines and of their labels, which never touch: a label that is pushed aside keeps a thin thread to its
//! point, and where there are more rows than room, those that changed least go without. Refuses to word amounts.

use std::cmp::Ordering;

use crate::chart::frame::dashes;
use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::text_width::{fitted, text_width_px};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlopeLine {
    /// What it is called.
    pub name: String,
    /// What each side has; `None` where there is nothing to show.
    pub amounts: [Option<i64>; 2],
    /// The same in words.
    pub words: [String; 2],
    /// Its colour.
    pub ink: Ink,
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlopeModel {
    /// What the sides are called.
    pub heads: [String; 2],
    /// The rows.
    pub lines: Vec<SlopeLine>,
    /// Whether a side is not over, which breaks the lines into dashes.
    pub is_partial: bool,
}

/// Font size of labels, CSS px.
const LABEL_SIZE_PX: f64 = 12.0;
/// Font size of the heads, CSS px.
const HEAD_SIZE_PX: f64 = 13.0;
/// Height of the heads, CSS px.
const HEAD_PX: f64 = 26.0;
/// Room between two labels, from middle to middle, CSS px.
const LABEL_STEP_PX: f64 = 15.0;
/// Room between a point and its label, CSS px.
const GAP_PX: f64 = 10.0;
/// Radius of a point, CSS px.
const POINT_PX: f64 = 4.0;
/// What the lines keep of the width at least, as a share.
const LEAST_LINES_SHARE: f64 = 0.26;
/// Some fonts are wider than the estimate: a label is given so much more room.
const SLACK: f64 = 1.06;
/// The room is made as wide as the widest label, and read back a rounding narrower.
const ROUNDING_PX: f64 = 0.01;
/// The smallest chart that is drawn, CSS px.
const LEAST_SIDE_PX: f64 = 60.0;

/// The height that leaves room for every label, CSS px.
pub fn slope_height_px(lines: usize) -> f64 {
    HEAD_PX + LABEL_STEP_PX * (lines.max(5) as f64 + 1.0)
}

/// The chart at a size.
pub fn layout_slope(model: &SlopeModel, size: Size) -> Vec<Shape> {
    if size.width_px < LEAST_SIDE_PX || size.height_px < LEAST_SIDE_PX + HEAD_PX || model.lines.is_empty() {
        return Vec::new();
    }
    let plot = plot_of(model, size);
    let scale = Scale::of(model.lines.iter().flat_map(|line| line.amounts).flatten());
    let y_of = |amount: i64| plot.bottom() - plot.height * scale.share(amount);
    let sides = [plot.x, plot.right()];

    let mut shapes = Vec::new();
    for (side, (x, head)) in sides.iter().zip(&model.heads).enumerate() {
        shapes.push(Shape::Line {
            from: Point::new(*x, plot.y),
            to: Point::new(*x, plot.bottom()),
            ink: Ink::Line,
            thickness_px: 1.0,
            dashed: false,
        });
        shapes.push(head_shape(head, side, *x, size));
    }
    for line in &model.lines {
        shapes.extend(line_shapes(line, sides, &y_of, model.is_partial));
    }
    for (side, x) in sides.iter().enumerate() {
        shapes.extend(labels(model, side, *x, plot, size, &y_of));
    }
    shapes
}

/// A head over its side, outwards from it; one that is too long for that begins, or ends, at the edge of the chart.
fn head_shape(head: &str, side: usize, x: f64, size: Size) -> Shape {
    let outwards_px = if side == 0 { x } else { size.width_px - x };
    let is_short = SLACK * text_width_px(head, HEAD_SIZE_PX, Weight::Bold) <= outwards_px;
    let (x, anchor) = match (is_short, side) {
        (true, 0) => (x, Anchor::End),
        (true, _) => (x, Anchor::Start),
        (false, 0) => (0.0, Anchor::Start),
        (false, _) => (size.width_px, Anchor::End),
    };
    Shape::Text {
        at: Point::new(x, HEAD_PX / 2.0),
        text: fitted(head, HEAD_SIZE_PX, Weight::Bold, size.width_px / 2.0 / SLACK - GAP_PX),
        ink: Ink::Ink,
        size_px: HEAD_SIZE_PX,
        anchor,
        weight: Weight::Bold,
    }
}

/// Where the lines run: what the widest labels leave of the width, and never less than a share of it.
fn plot_of(model: &SlopeModel, size: Size) -> Rect {
    let label_px = |side: usize| {
        let widest =
            model.lines.iter().map(|line| text_width_px(&label(line, side, size), LABEL_SIZE_PX, Weight::Regular));
        SLACK * widest.fold(0.0, f64::max) + GAP_PX
    };
    let most_px = size.width_px * (1.0 - LEAST_LINES_SHARE);
    let (mut left, mut right) = (label_px(0), label_px(1));
    let wanted = left + right;
    if wanted > most_px {
        // The left has amounts alone on narrow screens and keeps them whole.
        left = left.min(most_px / 2.0);
        right = (most_px - left).max(0.0);
    }
    let top = HEAD_PX + LABEL_STEP_PX / 2.0;
    Rect::new(left, top, size.width_px - left - right, size.height_px - top - LABEL_STEP_PX / 2.0)
}

/// On a wide chart rows are named on both sides, on a narrow one at the right alone.
fn label(line: &SlopeLine, side: usize, size: Size) -> String {
    let words = line.words.get(side).map_or("", String::as_str);
    let is_named = side == 1 || size.width_px >= 560.0 || line.amounts.get(1).copied().flatten().is_none();
    match (is_named, side) {
        // Kept apart from the amount, in whatever direction the name is written.
        (true, 0) => format!("\u{2068}{}\u{2069}  {words}", line.name),
        (true, _) => format!("{words}  \u{2068}{}\u{2069}", line.name),
        (false, _) => words.to_owned(),
    }
}

fn line_shapes(line: &SlopeLine, sides: [f64; 2], y_of: &dyn Fn(i64) -> f64, is_partial: bool) -> Vec<Shape> {
    let points = [0, 1].map(|side: usize| {
        let amount = line.amounts.get(side).copied().flatten()?;
        Some(Point::new(*sides.get(side)?, y_of(amount)))
    });
    let mut shapes = Vec::new();
    if let [Some(from), Some(to)] = points {
        match is_partial {
            true => shapes.extend(dashes(from, to, line.ink, 2.0)),
            false => shapes.push(Shape::Line { from, to, ink: line.ink, thickness_px: 2.0, dashed: false }),
        }
    }
    let is_alone = points.iter().flatten().count() == 1;
    for center in points.into_iter().flatten() {
        shapes.push(Shape::Disc { center, radius_px: POINT_PX, ink: line.ink });
        if is_alone {
            // A row that only one side has.
            shapes.push(Shape::Disc { center, radius_px: POINT_PX - 2.0, ink: Ink::Paper });
        }
    }
    shapes
}

fn labels(model: &SlopeModel, side: usize, x: f64, plot: Rect, size: Size, y_of: &dyn Fn(i64) -> f64) -> Vec<Shape> {
    let amount = |line: &SlopeLine| line.amounts.get(side).copied().flatten();
    let wanted: Vec<(usize, f64)> =
        model.lines.iter().enumerate().filter_map(|(at, line)| Some((at, y_of(amount(line)?)))).collect();
    let room = (plot.height / LABEL_STEP_PX) as usize + 1;
    let changed = |at: usize| model.lines.get(at).map_or(0, change);
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let mut in_order = |by: &dyn Fn(usize, usize) -> Ordering, count: usize| {
        order.sort_unstable_by(|&one, &other| by(one, other).then(one.cmp(&other)));
        order.truncate(count);
        order.clone()
    };
    let at = |place: usize| wanted.get(place).copied().unwrap_or_default();
    in_order(&|one, other| changed(at(other).0).cmp(&changed(at(one).0)), room);
    let wanted: Vec<(usize, f64)> =
        in_order(&|one, other| at(one).1.total_cmp(&at(other).1), room).into_iter().map(at).collect();
    let places = spread(&wanted.iter().map(|(_, y)| *y).collect::<Vec<f64>>(), plot.y, plot.bottom());
    let (anchor, toward) = if side == 0 { (Anchor::End, -1.0) } else { (Anchor::Start, 1.0) };
    let room_px = if side == 0 { x } else { size.width_px - x } - GAP_PX;
    let mut shapes = Vec::new();
    for ((at, y), place) in wanted.into_iter().zip(places) {
        let Some(line) = model.lines.get(at) else { continue };
        if (place - y).abs() > 1.0 {
            let thread = [Point::new(x + toward * POINT_PX, y), Point::new(x + toward * (GAP_PX - 1.0), place)];
            let [from, to] = thread;
            shapes.push(Shape::Line { from, to, ink: Ink::Edge, thickness_px: 1.0, dashed: false });
        }
        shapes.push(Shape::Text {
            at: Point::new(x + toward * GAP_PX, place),
            text: fitted(&label(line, side, size), LABEL_SIZE_PX, Weight::Regular, room_px / SLACK + ROUNDING_PX),
            ink: Ink::Ink,
            size_px: LABEL_SIZE_PX,
            anchor,
            weight: Weight::Regular,
        });
    }
    shapes
}

/// How much a row changed, for choosing which rows are named where not all can be.
fn change(line: &SlopeLine) -> u64 {
    let [a, b] = line.amounts.map(Option::unwrap_or_default);
    a.abs_diff(b)
}

/// Places at least a step apart, as near as may be to where they are wanted (which come in order), between two ends.
fn spread(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::with_capacity(wanted.len());
    for &y in wanted {
        let least = places.last().map_or(top, |last| last + LABEL_STEP_PX);
        places.push(y.max(least));
    }
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - LABEL_STEP_PX;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(amounts: &[[Option<i64>; 2]]) -> SlopeModel {
        let line = |(at, amounts): (usize, &[Option<i64>; 2])| SlopeLine {
            name: format!("Sección {at}"),
            amounts: *amounts,
            words: amounts.map(|amount| amount.map_or_else(String::new, |amount| format!("S/ {amount}"))),
            ink: Ink::Ink,
        };
        SlopeModel {
            heads: ["2000".to_owned(), "2001".to_owned()],
            lines: amounts.iter().enumerate().map(line).collect(),
            is_partial: false,
        }
    }

    fn texts(shapes: &[Shape]) -> Vec<Rect> {
        shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })).map(Shape::bounds).collect()
    }

    #[test]
    fn the_widest_labels_are_whole_where_there_is_room() {
        for (left, width_px) in (0..9).flat_map(|power| (600..1280).map(move |width_px| (10i64.pow(power), width_px))) {
            let size = Size { width_px: f64::from(width_px), height_px: slope_height_px(1) };
            for shape in layout_slope(&model(&[[Some(left), Some(171_621)]]), size) {
                assert!(!matches!(&shape, Shape::Text { text, .. } if text.contains('…')), "{width_px}: {shape:?}");
            }
        }
    }

    #[test]
    fn no_label_touches_another_or_leaves_the_chart() {
        let alike: Vec<[Option<i64>; 2]> = (0..12).map(|at| [Some(100 + at), Some(100 - at)]).collect();
        for width_px in [290.0, 640.0, 1200.0] {
            let size = Size { width_px, height_px: slope_height_px(alike.len()) };
            let found = texts(&layout_slope(&model(&alike), size));
            assert_eq!(found.len(), 2 + 24, "{width_px}");
            for (at, one) in found.iter().enumerate() {
                assert!(
                    one.x > -1.0 && one.right() < width_px + 1.0 && one.bottom() <= size.height_px + 1.0,
                    "{one:?}"
                );
                for other in found.iter().skip(at + 1) {
                    let apart =
                        one.right() <= other.x || other.right() <= one.x || (one.y - other.y).abs() >= LABEL_SIZE_PX;
                    assert!(apart, "{width_px}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_of_one_side_is_an_open_point_without_a_line() {
        let shapes =
            layout_slope(&model(&[[Some(1), None], [Some(5), Some(3)]]), Size { width_px: 600.0, height_px: 200.0 });
        let slanted =
            shapes.iter().filter(|shape| matches!(shape, Shape::Line { thickness_px, .. } if *thickness_px > 1.5));
        assert_eq!(slanted.count(), 1);
        let open = shapes.iter().filter(|shape| matches!(shape, Shape::Disc { ink: Ink::Paper, .. }));
        assert_eq!(open.count(), 1);
    }

    #[test]
    fn too_many_rows_are_drawn_and_those_that_changed_most_are_named() {
        let many: Vec<[Option<i64>; 2]> = (0..100).map(|at| [Some(at), Some(2 * at)]).collect();
        let size = Size { width_px: 600.0, height_px: 300.0 };
        let shapes = layout_slope(&model(&many), size);
        assert!(texts(&shapes).len() < 2 + 2 * 21);
        assert!(shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text.contains("Sección 99"))));
        assert!(layout_slope(&model(&[]), size).is_empty());
        assert!(layout_slope(&model(&many), Size { width_px: 10.0, height_px: 10.0 }).is_empty());
    }

    #[test]
    fn places_keep_their_distance() {
        assert_eq!(spread(&[0.0, 1.0, 50.0], 0.0, 100.0), [0.0, 15.0, 50.0]);
        assert_eq!(spread(&[90.0, 95.0, 99.0], 0.0, 100.0), [70.0, 85.0, 100.0]);
        assert!(spread(&[], 0.0, 1.0).is_empty());
    }
}
