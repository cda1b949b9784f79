//! The ground of a map: the rings of each area on a flat page, or tiles for areas without a shape.
//!
//! Owns the step from degrees to CSS px (each degree of longitude shortened by the latitude in the middle), what is inside a
//! ring, and where in an area its circle stands. Refuses amounts.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::chart::shape::{Point, Rect};

/// Places nearer than this to the one before them are not drawn, CSS px.
const LEAST_STEP_PX: f64 = 0.6;

/// From degrees to the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    west: f64,
    north: f64,
    /// CSS px a degree, along and across.
    x_px: f64,
    y_px: f64,
    origin: Point,
    frame: Rect,
}

impl Projection {
    /// The places in the middle of a frame, as large as they fit; `None` where there are none or they are no places.
    pub fn fit<'a>(places: impl Iterator<Item = &'a (Decimal, Decimal)>, frame: Rect) -> Option<Self> {
        let degrees: Vec<(f64, f64)> =
            places.filter_map(|place| Some((place.0.to_f64()?, place.1.to_f64()?))).collect();
        let (first_x, first_y) = *degrees.first()?;
        let start = (first_x, first_x, first_y, first_y);
        let (west, east, south, north) = degrees
            .iter()
            .fold(start, |(west, east, south, north), &(x, y)| (west.min(x), east.max(x), south.min(y), north.max(y)));
        let shortened = ((south + north) / 2.0).to_radians().cos().abs().max(0.01);
        let (wide, tall) = ((east - west) * shortened, north - south);
        // One place alone, or a line, has no size of its own.
        let scale = if wide > 0.0 || tall > 0.0 {
            (frame.width / wide.max(1e-9)).min(frame.height / tall.max(1e-9))
        } else {
            0.0
        };
        let origin =
            Point::new(frame.x + (frame.width - wide * scale) / 2.0, frame.y + (frame.height - tall * scale) / 2.0);
        frame.is_drawable().then_some(Self { west, north, x_px: scale * shortened, y_px: scale, origin, frame })
    }

    /// A place on the page; `None` outside the frame.
    pub fn at(&self, place: &(Decimal, Decimal)) -> Option<Point> {
        let (longitude, latitude) = (place.0.to_f64()?, place.1.to_f64()?);
        let x = self.origin.x + (longitude - self.west) * self.x_px;
        let y = self.origin.y + (self.north - latitude) * self.y_px;
        let near = Rect::new(self.frame.x - 1.0, self.frame.y - 1.0, self.frame.width + 2.0, self.frame.height + 2.0);
        near.contains(Point::new(x, y)).then_some(Point::new(x, y))
    }

    /// A ring on the page, without what would not be seen.
    pub fn ring(&self, ring: &[(Decimal, Decimal)]) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for point in ring.iter().filter_map(|place| self.at(place)) {
            let is_far = |last: &Point| (last.x - point.x).hypot(last.y - point.y) >= LEAST_STEP_PX;
            if points.last().is_none_or(is_far) {
                points.push(point);
            }
        }
        points
    }
}

/// Whether a point lies in an odd number of rings, so that holes are outside.
pub(super) fn is_inside(rings: &[Vec<Point>], at: Point) -> bool {
    rings.iter().flat_map(|ring| edges(ring)).filter(|(from, to)| crosses(*from, *to, at)).count() % 2 == 1
}

/// The edges of a ring, closed.
pub(super) fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether an edge is met going right from a point.
fn crosses(from: Point, to: Point, at: Point) -> bool {
    (from.y > at.y) != (to.y > at.y) && at.x < from.x + (at.y - from.y) / (to.y - from.y) * (to.x - from.x)
}

/// Whether a ring is a hole in the others.
pub(super) fn is_hole(rings: &[Vec<Point>], place: usize) -> bool {
    let Some(first) = rings.get(place).and_then(|ring| ring.first()) else { return false };
    let others = rings.iter().enumerate().filter(|(other, _)| *other != place);
    others.filter(|(_, ring)| edges(ring).filter(|(from, to)| crosses(*from, *to, *first)).count() % 2 == 1).count() % 2
        == 1
}

/// Where the circle of an area stands: at the middle of its greatest ring, or, where that lies outside, in the middle of the
/// widest stretch at that height.
pub(super) fn middle(rings: &[Vec<Point>]) -> Option<Point> {
    let ring = rings.iter().max_by(|left, right| area(left).abs().total_cmp(&area(right).abs()))?;
    let center = centroid(ring)?;
    if is_inside(rings, center) {
        return Some(center);
    }
    let crossing = |(from, to): (Point, Point)| {
        let is_met = (from.y > center.y) != (to.y > center.y);
        is_met.then(|| from.x + (center.y - from.y) / (to.y - from.y) * (to.x - from.x))
    };
    let mut met: Vec<f64> = rings.iter().flat_map(|ring| edges(ring)).filter_map(crossing).collect();
    met.sort_unstable_by(f64::total_cmp);
    let stretches = met.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    let widest = stretches.max_by(|left, right| (left.1 - left.0).total_cmp(&(right.1 - right.0)));
    Some(widest.map_or(center, |(left, right)| Point::new((left + right) / 2.0, center.y)))
}

fn area(ring: &[Point]) -> f64 {
    edges(ring).map(|(from, to)| from.x * to.y - to.x * from.y).sum::<f64>() / 2.0
}

fn centroid(ring: &[Point]) -> Option<Point> {
    let area = area(ring);
    if area.abs() < 1e-6 {
        return ring.first().copied();
    }
    let (x, y) = edges(ring).fold((0.0, 0.0), |(x, y), (from, to)| {
        let cross = from.x * to.y - to.x * from.y;
        (x + (from.x + to.x) * cross, y + (from.y + to.y) * cross)
    });
    Some(Point::new(x / (6.0 * area), y / (6.0 * area)))
}

/// `count` tiles in a frame, as near to square as they come.
pub(super) fn tiles(count: usize, frame: Rect, gap_px: f64) -> Vec<Rect> {
    if count == 0 || !frame.is_drawable() {
        return Vec::new();
    }
    let side = |columns: usize| {
        let rows = count.div_ceil(columns);
        (frame.width / columns as f64).min(1.4 * frame.height / rows as f64)
    };
    let columns = (1..=count).max_by(|&left, &right| side(left).total_cmp(&side(right))).unwrap_or(1);
    let (width, height) = (frame.width / columns as f64, frame.height / count.div_ceil(columns) as f64);
    let tile = |place: usize| {
        let (column, row) = ((place % columns) as f64, (place / columns) as f64);
        let (x, y) = (frame.x + column * width, frame.y + row * height);
        Rect::new(x, y, (width - gap_px).max(1.0), (height - gap_px).max(1.0))
    };
    (0..count).map(tile).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<Point> {
        corners.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn holes_are_outside_and_the_middle_is_inside() {
        let square = ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
        let hole = ring(&[(3.0, 3.0), (7.0, 3.0), (7.0, 7.0), (3.0, 7.0)]);
        let rings = [square.clone(), hole];
        assert!(is_inside(&rings, Point::new(1.0, 1.0)) && !is_inside(&rings, Point::new(5.0, 5.0)));
        assert!(!is_hole(&rings, 0) && is_hole(&rings, 1));
        assert!(is_inside(&rings, middle(&rings).unwrap()));
        let hook = ring(&[
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 1.0),
            (1.0, 1.0),
            (1.0, 9.0),
            (10.0, 9.0),
            (10.0, 10.0),
            (0.0, 10.0),
        ]);
        assert!(is_inside(std::slice::from_ref(&hook), middle(std::slice::from_ref(&hook)).unwrap()));
        assert_eq!(middle(&[square]), Some(Point::new(5.0, 5.0)));
        assert_eq!(middle(&[]), None);
    }

    #[test]
    fn tiles_fill_their_frame_and_do_not_touch() {
        let frame = Rect::new(0.0, 0.0, 288.0, 400.0);
        for count in [1, 2, 7, 8, 60] {
            let found = tiles(count, frame, 4.0);
            assert_eq!(found.len(), count);
            for (place, tile) in found.iter().enumerate() {
                assert!(tile.right() <= frame.right() && tile.bottom() <= frame.bottom() + 1e-9);
                assert!(found.iter().enumerate().all(|(other, area)| other == place || !area.contains(tile.center())));
            }
        }
    }
}
