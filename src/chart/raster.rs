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

/// Diagonal bands inside a rectangle: one polygon on whole pixels for each way they run, for a surface takes longest over the
/// number of its shapes.
pub(super) fn hatch(area: Pixels, hatch: Hatch, scale: f64) -> Vec<Vec<(i32, i32)>> {
    let rising = || rising_bands(area, hatch.stroke, scale);
    let falling = || {
        let mirrored = Pixels { left: -area.right, right: -area.left, ..area };
        rising_bands(mirrored, hatch.stroke, scale).into_iter().map(|(x, y)| (-x, y)).collect()
    };
    let ways = match hatch.lean {
        Lean::Rising => vec![rising()],
        Lean::Falling => vec![falling()],
        Lean::Crossed => vec![rising(), falling()],
    };
    ways.into_iter().filter(|corners| !corners.is_empty()).collect()
}

/// The bands as the teeth of one comb. Its back runs along the left and the lower edge and has no width: from band to band
/// it is walked there and, at the end, back again.
fn rising_bands(area: Pixels, stroke: Stroke, scale: f64) -> Vec<(i32, i32)> {
    let (period_px, band_px) = hatch_px(stroke);
    let (period, band) = (thickness(period_px, scale), thickness(band_px, scale));
    // A band is where x + y lies between two numbers.
    let (first, last) = (area.left + area.top, area.right + area.bottom);
    let mut comb = Comb { area, corners: Vec::new(), reached: None };
    for from in steps(first.div_euclid(period) * period, last, period) {
        comb.tooth(from.max(first), (from + band).min(last));
    }
    comb.closed()
}

/// A polygon that grows tooth by tooth.
struct Comb {
    area: Pixels,
    corners: Vec<(i32, i32)>,
    /// Where the first tooth begins and where the latest ends, as x + y.
    reached: Option<(i32, i32)>,
}

impl Comb {
    fn tooth(&mut self, from: i32, to: i32) {
        if from >= to {
            return;
        }
        let start = self.reached.map_or(from, |(start, end)| {
            self.along_back(end, from);
            start
        });
        self.reached = Some((start, to));
        self.corners.extend([self.lower_end(from), self.upper_end(from)]);
        if (from + 1..to).contains(&(self.area.right + self.area.top)) {
            self.corners.push((self.area.right, self.area.top));
        }
        self.corners.extend([self.upper_end(to), self.lower_end(to)]);
    }

    fn closed(mut self) -> Vec<(i32, i32)> {
        if let Some((start, end)) = self.reached {
            self.along_back(start, end);
        }
        self.corners.dedup();
        self.corners
    }

    /// Around the lower left corner where it lies between.
    fn along_back(&mut self, from: i32, to: i32) {
        if (from + 1..to).contains(&(self.area.left + self.area.bottom)) {
            self.corners.push((self.area.left, self.area.bottom));
        }
    }

    /// Where the line of all points with this x + y meets the left or the lower edge.
    fn lower_end(&self, sum: i32) -> (i32, i32) {
        let y = (sum - self.area.left).min(self.area.bottom);
        (sum - y, y)
    }

    /// Where it meets the upper or the right edge.
    fn upper_end(&self, sum: i32) -> (i32, i32) {
        let x = (sum - self.area.top).min(self.area.right);
        (x, sum - x)
    }
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

    /// How often a polygon winds around a point given in quarters of a pixel, which lies on no edge.
    fn winding(corners: &[(i32, i32)], (x, y): (i32, i32)) -> i32 {
        let following = corners.iter().cycle().skip(1);
        let edges = corners.iter().zip(following).map(|(a, b)| ((4 * a.0, 4 * a.1), (4 * b.0, 4 * b.1)));
        let turn = |(a, b): ((i32, i32), (i32, i32))| {
            let side = (b.0 - a.0) * (y - a.1) - (x - a.0) * (b.1 - a.1);
            match (a.1 <= y, b.1 <= y) {
                (true, false) if side > 0 => 1,
                (false, true) if side < 0 => -1,
                _ => 0,
            }
        };
        edges.map(turn).sum()
    }

    #[test]
    fn bands_cover_what_lies_in_them_once_and_nothing_else() {
        let areas =
            [AREA, Pixels { left: -30, top: -9, right: -3, bottom: 70 }, Pixels { right: 12, bottom: 22, ..AREA }];
        for (area, stroke) in areas.into_iter().flat_map(|area| STROKES.map(|stroke| (area, stroke))) {
            let (period, band) = hatch_px(stroke);
            let (period, band) = (thickness(period, 2.0), thickness(band, 2.0));
            let corners = rising_bands(area, stroke, 2.0);
            // The points between pixels' corners and middles: on no level, upright or diagonal edge between whole pixels.
            let points =
                (area.top - 2..area.bottom + 2).flat_map(|y| (area.left - 2..area.right + 2).map(move |x| (x, y)));
            for (x, y) in points.flat_map(|(x, y)| [(4 * x + 1, 4 * y + 2), (4 * x + 3, 4 * y + 2)]) {
                let is_inside =
                    (4 * area.left..4 * area.right).contains(&x) && (4 * area.top..4 * area.bottom).contains(&y);
                let is_in_band = (x + y).rem_euclid(4 * period) < 4 * band;
                let wound = winding(&corners, (x, y)).abs();
                assert_eq!(wound, i32::from(is_inside && is_in_band), "{stroke:?} in {area:?} at {x}/4, {y}/4");
            }
        }
    }

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
