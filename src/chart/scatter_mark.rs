//! The mark of a section among others: a dot where it is, a ring where it would be, a line between.
//!
//! Owns their sizes and shapes. Refuses to know what the places mean.

use crate::chart::frame::hairline;
use crate::chart::palette::Ink;
use crate::chart::shape::{Point, Rect, Shape};

const DOT_RADIUS_PX: f64 = 4.0;
const RING_RADIUS_PX: f64 = 6.0;
const RING_LINE_PX: f64 = 2.0;
/// Room between a mark and the keyboard's outline, CSS px.
const OUTLINE_GAP_PX: f64 = 3.0;

/// A dot, a ring or both, one above the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub x: f64,
    pub dot_y: Option<f64>,
    pub ring_y: Option<f64>,
}

impl Mark {
    /// Where the marks are, the supposed one first.
    pub fn ends(&self) -> Vec<Rect> {
        let square = |y: f64, radius: f64| Rect::new(self.x - radius, y - radius, 2.0 * radius, 2.0 * radius);
        let ring = self.ring_y.map(|y| square(y, RING_RADIUS_PX + RING_LINE_PX / 2.0));
        let dot = self.dot_y.map(|y| square(y, DOT_RADIUS_PX));
        ring.into_iter().chain(dot).collect()
    }

    /// The upright stretch from the upper to the lower mark.
    fn stretch(&self) -> (f64, f64) {
        let (dot, ring) = (self.dot_y.or(self.ring_y).unwrap_or(0.0), self.ring_y.or(self.dot_y).unwrap_or(0.0));
        (dot.min(ring), dot.max(ring))
    }

    pub fn top_left(&self) -> (f64, f64) {
        (self.x, self.stretch().0)
    }

    pub fn bounds(&self) -> Rect {
        let ends = self.ends();
        let top = ends.iter().map(|end| end.y).fold(f64::INFINITY, f64::min);
        let bottom = ends.iter().map(Rect::bottom).fold(f64::NEG_INFINITY, f64::max);
        let widest = ends.iter().map(|end| end.width).fold(0.0, f64::max);
        Rect::new(self.x - widest / 2.0, top, widest, bottom - top)
    }

    pub fn distance_px(&self, from: Point) -> f64 {
        let (top, bottom) = self.stretch();
        let y = from.y.max(top).min(bottom);
        (from.x - self.x).hypot(from.y - y)
    }

    /// From the dot to the edge of the ring.
    pub fn joining_line(&self) -> Option<Shape> {
        let (dot_y, ring_y) = (self.dot_y?, self.ring_y?);
        let edge_px = RING_RADIUS_PX * (dot_y - ring_y).signum();
        let is_apart = (dot_y - ring_y).abs() > RING_RADIUS_PX;
        is_apart.then(|| hairline(Point::new(self.x, dot_y), Point::new(self.x, ring_y + edge_px), Ink::Muted))
    }

    pub fn shapes(&self) -> Vec<Shape> {
        let ring = self.ring_y.map(|y| Point::new(self.x, y));
        let dot = self.dot_y.map(|y| Point::new(self.x, y));
        let ground = ring.map(|center| Shape::Disc { center, radius_px: RING_RADIUS_PX, ink: Ink::Paper });
        let dot = dot.map(|center| Shape::Disc { center, radius_px: DOT_RADIUS_PX, ink: Ink::Ink });
        let ring = ring.map(|center| Shape::Ring {
            center,
            radius_px: RING_RADIUS_PX,
            ink: Ink::Accent,
            thickness_px: RING_LINE_PX,
        });
        ground.into_iter().chain(dot).chain(ring).collect()
    }

    pub fn outline(&self) -> Shape {
        let bounds = self.bounds();
        let grown_px = 2.0 * OUTLINE_GAP_PX;
        let (x, y) = (bounds.x - OUTLINE_GAP_PX, bounds.y - OUTLINE_GAP_PX);
        let rect = Rect::new(x, y, bounds.width + grown_px, bounds.height + grown_px);
        Shape::Outline { rect, ink: Ink::Accent, thickness_px: 2.0, dashed: false }
    }
}
