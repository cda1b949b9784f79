//! Shapes in CSS pixels turned into whole device pixels, so that hairlines are crisp.
//!
//! Owns rounding, dashes, patterns and hatching. Refuses colours and backends. Both backends draw
//! borders and level lines in their own way (one forgets the thickness, the other moves them by half
//! a pixel), so every straight edge becomes a filled rectangle here.

use crate::chart::hatch::{Hatch, Lean, Stroke};
use crate::chart::palette::Pattern;
use crate::chart::shape::{Point, Rect};

/// Length of a dash and of the gap after it, CSS px.
const DASH_PX: (f64, f64) = (3.0, 3.0);

/// Period and thickness of hatching, measured along a level line, CSS px.
const fn hatch_px(stroke: Stroke) -> (f64, f64) {
    match stroke {
        Stroke::Regular => (7.0, 3.0),
        Stroke::Fine => (4.0, 1.0),
        Stroke::Bold => (8.0, 6.0),
        Stroke::Sparse => (10.0, 2.0),
    }
}

/// A rectangle in whole device pixels; the far edges are not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pixels {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Pixels {
    fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    fn intersection(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn shrunk(self, by: i32) -> Self {
        Self { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }
}

/// The farthest pixel drawn to; beyond it sums of two coordinates could overflow.
const FAR_PX: f64 = 1_000_000.0;

/// The nearest whole device pixel; what is not a number becomes 0.
pub(super) fn pixel(css_px: f64, scale: f64) -> i32 {
    (css_px * scale).round().clamp(-FAR_PX, FAR_PX) as i32
}

/// A thickness in device pixels, never less than one.
pub(super) fn thickness(css_px: f64, scale: f64) -> i32 {
    pixel(css_px, scale).max(1)
}

/// The rectangle on whole pixels; each side is at least one pixel long. `None` without an area.
pub(super) fn snapped(rect: Rect, scale: f64) -> Option<Pixels> {
    if !rect.is_drawable() {
        return None;
    }
    let (left, top) = (pixel(rect.x, scale), pixel(rect.y, scale));
    Some(Pixels {
        left,
        top,
        right: pixel(rect.right(), scale).max(left + 1),
        bottom: pixel(rect.bottom(), scale).max(top + 1),
    })
}

/// The border of a rectangle as filled rectangles inside it.
pub(super) fn outline(rect: Rect, thickness_px: f64, dashed: bool, scale: f64) -> Vec<Pixels> {
    let Some(px) = snapped(rect, scale) else { return Vec::new() };
    let thick = thickness(thickness_px, scale);
    if px.right - px.left <= 2 * thick || px.bottom - px.top <= 2 * thick {
        return vec![px];
    }
    let level = [Pixels { bottom: px.top + thick, ..px }, Pixels { top: px.bottom - thick, ..px }];
    let upright = [
        Pixels { right: px.left + thick, top: px.top + thick, bottom: px.bottom - thick, ..px },
        Pixels { left: px.right - thick, top: px.top + thick, bottom: px.bottom - thick, ..px },
    ];
    let edges = level.into_iter().chain(upright);
    if dashed { edges.flat_map(|edge| dashes(edge, scale)).collect() } else { edges.collect() }
}

/// A level or upright line as filled rectangles; `None` for a slanted line.
pub(super) fn straight_line(
    (from, to): (Point, Point),
    thickness_px: f64,
    dashed: bool,
    scale: f64,
) -> Option<Vec<Pixels>> {
    let (a, b) = ((pixel(from.x, scale), pixel(from.y, scale)), (pixel(to.x, scale), pixel(to.y, scale)));
    let thick = thickness(thickness_px, scale);
    let (left, right) = (a.0.min(b.0), a.0.max(b.0));
    let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
    let line = if top == bottom {
        let top = pixel(from.y - thickness_px / 2.0, scale);
        Pixels { left, right, top, bottom: top + thick }
    } else if left == right {
        let left = pixel(from.x - thickness_px / 2.0, scale);
        Pixels { left, right: left + thick, top, bottom }
    } else {
        return None;
    };
    Some(if dashed { dashes(line, scale) } else { vec![line] })
}

/// Cuts a strip into dashes along its longer side; the last dash is cut short at the end.
fn dashes(strip: Pixels, scale: f64) -> Vec<Pixels> {
    let (dash, gap) = (thickness(DASH_PX.0, scale), thickness(DASH_PX.1, scale));
    let is_level = strip.right - strip.left >= strip.bottom - strip.top;
    let (start, end) = if is_level { (strip.left, strip.right) } else { (strip.top, strip.bottom) };
    steps(start, end, dash + gap)
        .map(|at| {
            let until = (at + dash).min(end);
            if is_level {
                Pixels { left: at, right: until, ..strip }
            } else {
                Pixels { top: at, bottom: until, ..strip }
            }
        })
        .collect()
}

/// `start`, `start + step`, … below `end`.
fn steps(start: i32, end: i32, step: i32) -> impl Iterator<Item = i32> {
    (start..end).step_by(step.max(1).unsigned_abs() as usize)
}

/// What a pattern leaves in paper over a filled rectangle. A rim of one CSS px stays solid, so a
/// bar keeps its length and the smallest bars keep their colour.
pub(super) fn pattern_marks(area: Pixels, pattern: Pattern, scale: f64) -> Vec<Pixels> {
    let unit = thickness(1.0, scale);
    let inner = area.shrunk(unit);
    if inner.is_empty() {
        return Vec::new();
    }
    let columns = |step: i32, width: i32| {
        steps(inner.left + 2 * unit, inner.right, step * unit).map(move |left| Pixels {
            left,
            right: left + width * unit,
            ..inner
        })
    };
    let rows = |step: i32, height: i32| {
        steps(inner.top + unit, inner.bottom, step * unit).map(move |top| Pixels {
            top,
            bottom: top + height * unit,
            ..inner
        })
    };
    let marks: Vec<Pixels> = match pattern {
        Pattern::Solid => Vec::new(),
        Pattern::Bands => rows(4, 2).collect(),
        Pattern::Stripes => columns(6, 2).collect(),
        Pattern::Cross => rows(4, 1).chain(columns(5, 1)).collect(),
        Pattern::Dots => rows(5, 2).flat_map(|row| columns(6, 2).map(move |c| row.intersection(c))).collect(),
        Pattern::Checks => checks(inner, 3 * unit),
    };
    let clipped = marks.into_iter().map(|mark| mark.intersection(inner));
    clipped.filter(|mark| !mark.is_empty()).collect()
}

/// Every second square of a chessboard.
fn checks(area: Pixels, side: i32) -> Vec<Pixels> {
    let rows = steps(area.top, area.bottom, side).enumerate();
    rows.flat_map(|(row, top)| {
        let first = if row % 2 == 0 { area.left + side } else { area.left };
        steps(first, area.right, 2 * side).map(move |left| Pixels { left, right: left + side, top, bottom: top + side })
    })
    .collect()
}

/// Diagonal bands inside a rectangle, as polygons on whole pixels.
pub(super) fn hatch(area: Pixels, hatch: Hatch, scale: f64) -> Vec<Vec<(i32, i32)>> {
    let rising = || rising_bands(area, hatch.stroke, scale);
    let falling = || {
        let mirrored = Pixels { left: -area.right, right: -area.left, ..area };
        let bands = rising_bands(mirrored, hatch.stroke, scale).into_iter();
        bands.map(|band| band.into_iter().map(|(x, y)| (-x, y)).collect()).collect()
    };
    match hatch.lean {
        Lean::Rising => rising(),
        Lean::Falling => falling(),
        Lean::Crossed => [rising(), falling()].concat(),
    }
}

fn rising_bands(area: Pixels, stroke: Stroke, scale: f64) -> Vec<Vec<(i32, i32)>> {
    let (period_px, band_px) = hatch_px(stroke);
    let (period, band) = (thickness(period_px, scale), thickness(band_px, scale));
    let first = (area.left + area.top).div_euclid(period) * period;
    steps(first, area.right + area.bottom, period)
        .map(|from| diagonal_band(area, from, from + band))
        .filter(|corners| corners.len() >= 3)
        .collect()
}

/// The part of a rectangle where `from <= x + y <= to`.
fn diagonal_band(area: Pixels, from: i32, to: i32) -> Vec<(i32, i32)> {
    let corners = [(area.left, area.top), (area.right, area.top), (area.right, area.bottom), (area.left, area.bottom)];
    let lower = clipped(&corners, |(x, y)| x + y - from);
    clipped(&lower, |(x, y)| to - x - y)
}

/// Cuts a polygon to where `depth` is not negative. The cut runs diagonally and the edges it meets
/// are level or upright, or lie along another such cut, so every new corner is a whole pixel.
fn clipped(corners: &[(i32, i32)], depth: impl Fn((i32, i32)) -> i32) -> Vec<(i32, i32)> {
    let mut kept = Vec::with_capacity(corners.len() + 2);
    let following = corners.iter().cycle().skip(1);
    for (&here, &next) in corners.iter().zip(following) {
        let (depth_here, depth_next) = (depth(here), depth(next));
        if depth_here >= 0 {
            kept.push(here);
        }
        if (depth_here > 0 && depth_next < 0) || (depth_here < 0 && depth_next > 0) {
            let step = depth_here.abs();
            let towards = |a: i32, b: i32| a + (b - a).signum() * step;
            kept.push((towards(here.0, next.0), towards(here.1, next.1)));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Pixels = Pixels { left: 10, top: 20, right: 57, bottom: 33 };

    fn is_inside(px: Pixels, area: Pixels) -> bool {
        !px.is_empty() && px == px.intersection(area)
    }

    #[test]
    fn thin_rectangles_stay_visible() {
        let thin = Rect::new(10.4, 0.0, 0.01, 12.0);
        assert_eq!(snapped(thin, 1.0), Some(Pixels { left: 10, top: 0, right: 11, bottom: 12 }));
        assert_eq!(snapped(Rect::new(0.0, 0.0, 0.0, 5.0), 1.0), None);
        assert_eq!((pixel(f64::NAN, 1.0), thickness(0.2, 1.0), thickness(1.0, 3.0)), (0, 1, 3));
    }

    #[test]
    fn borders_and_dashes_stay_on_the_edge() {
        let rect = Rect::new(10.0, 20.0, 47.0, 13.0);
        for dashed in [false, true] {
            let strips = outline(rect, 1.0, dashed, 1.0);
            assert!(strips.iter().all(|&px| is_inside(px, AREA)));
            let inner = AREA.shrunk(1);
            assert!(strips.iter().all(|px| px.intersection(inner).is_empty()));
        }
        let slanted = (Point::new(0.0, 0.0), Point::new(5.0, 7.0));
        assert_eq!(straight_line(slanted, 1.0, false, 1.0), None);
    }

    #[test]
    fn patterns_leave_a_solid_rim_and_most_of_the_colour() {
        for pattern in Pattern::ALL {
            let marks = pattern_marks(AREA, pattern, 1.0);
            assert!(marks.iter().all(|&mark| is_inside(mark, AREA.shrunk(1))), "{pattern:?}");
            assert_eq!(marks.is_empty(), pattern == Pattern::Solid, "{pattern:?}");
            let tiny = Pixels { right: AREA.left + 2, ..AREA };
            assert!(pattern_marks(tiny, pattern, 1.0).is_empty(), "{pattern:?}");
        }
    }

    const LEANS: [Lean; 3] = [Lean::Rising, Lean::Falling, Lean::Crossed];
    const STROKES: [Stroke; 4] = [Stroke::Regular, Stroke::Fine, Stroke::Bold, Stroke::Sparse];

    #[test]
    fn hatching_stays_inside_and_touches_every_side() {
        let hatches = LEANS.into_iter().flat_map(|lean| STROKES.map(|stroke| Hatch { lean, stroke }));
        for (lines, scale) in hatches.flat_map(|lines| [1.0, 1.5, 3.0].map(|scale| (lines, scale))) {
            // Longer on each side than the widest period, so that some line meets it.
            let area = Pixels { bottom: 67, ..AREA };
            let corners: Vec<(i32, i32)> = hatch(area, lines, scale).concat();
            let (xs, ys) = (corners.iter().map(|c| c.0), corners.iter().map(|c| c.1));
            assert_eq!((xs.clone().min(), xs.max()), (Some(area.left), Some(area.right)), "{lines:?} at {scale}");
            assert_eq!((ys.clone().min(), ys.max()), (Some(area.top), Some(area.bottom)), "{lines:?} at {scale}");
        }
    }
}
