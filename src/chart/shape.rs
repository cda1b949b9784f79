//! The few shapes every chart is made of, in CSS pixels from the top left corner.
//!
//! Owns geometry and nothing else. Refuses colours (shapes name roles of ink) and device pixels.

use crate::chart::hatch::Hatch;
use crate::chart::palette::{Ink, Pattern};
use crate::chart::text_width::text_width_px;

/// A place, in CSS pixels; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left edge, CSS px.
    pub x: f64,
    /// From the top edge, CSS px.
    pub y: f64,
}

impl Point {
    /// A point at `x`, `y` in CSS px.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A width and a height, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// CSS px.
    pub width_px: f64,
    /// CSS px.
    pub height_px: f64,
}

/// An upright rectangle, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge, CSS px.
    pub x: f64,
    /// Top edge, CSS px.
    pub y: f64,
    /// CSS px; a layout never gives a negative one.
    pub width: f64,
    /// CSS px; a layout never gives a negative one.
    pub height: f64,
}

impl Rect {
    /// A rectangle from its top left corner, in CSS px.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// The right edge, CSS px.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The bottom edge, CSS px.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle, CSS px.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether the point lies inside; the left and top edges count, the right and bottom do not.
    pub fn contains(&self, at: Point) -> bool {
        (self.x..self.right()).contains(&at.x) && (self.y..self.bottom()).contains(&at.y)
    }

    /// The upper and the lower half: an official bar above, a hypothetical one below.
    pub fn halves(&self) -> (Self, Self) {
        let height = self.height / 2.0;
        (Self { height, ..*self }, Self { y: self.y + height, height, ..*self })
    }

    /// Whether all four numbers are finite and both sides are longer than zero.
    pub fn is_drawable(&self) -> bool {
        let finite = [self.x, self.y, self.width, self.height].iter().all(|n| n.is_finite());
        finite && self.width > 0.0 && self.height > 0.0
    }

    /// The rectangle between two corners given in any order.
    fn spanning(a: Point, b: Point) -> Self {
        Self::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }

    /// The rectangle grown by `by` CSS px on each side.
    fn grown(&self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }
}

/// Which end of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// The chosen one among its neighbours.
    Bold,
}

/// One thing to draw. Later shapes cover earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle; the pattern is drawn over it in paper, inside a solid rim.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        ink: Ink,
        /// What lies over the colour.
        pattern: Pattern,
    },
    /// Diagonal lines inside a rectangle, on whatever lies below: a hypothetical amount.
    Hatch {
        /// Where.
        rect: Rect,
        /// In which colour.
        ink: Ink,
        /// Which lines.
        hatch: Hatch,
    },
    /// The border of a rectangle, drawn inwards from its edge.
    Outline {
        /// Where the outer edge lies.
        rect: Rect,
        /// In which colour.
        ink: Ink,
        /// CSS px.
        thickness_px: f64,
        /// Whether the border is broken into dashes.
        dashed: bool,
    },
    /// A straight line, centred on its two ends. Dashes apply to upright and level lines only.
    Line {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// In which colour.
        ink: Ink,
        /// CSS px.
        thickness_px: f64,
        /// Whether the line is broken into dashes.
        dashed: bool,
    },
    /// One line of text, vertically centred on its point.
    Text {
        /// The anchor point; `y` is the middle of the line.
        at: Point,
        /// The words, already in the reader's language.
        text: String,
        /// In which colour.
        ink: Ink,
        /// Font size, CSS px.
        size_px: f64,
        /// Which end stands at the point.
        anchor: Anchor,
        /// How heavy.
        weight: Weight,
    },
    /// A filled circle.
    Disc {
        /// The middle.
        center: Point,
        /// CSS px.
        radius_px: f64,
        /// In which colour.
        ink: Ink,
    },
    /// The border of a circle, centred on its radius.
    Ring {
        /// The middle.
        center: Point,
        /// CSS px.
        radius_px: f64,
        /// In which colour.
        ink: Ink,
        /// CSS px.
        thickness_px: f64,
    },
    /// A filled polygon through its corners in order.
    Polygon {
        /// The corners.
        points: Vec<Point>,
        /// In which colour.
        ink: Ink,
    },
}

impl Shape {
    /// A plain filled rectangle.
    pub fn solid(rect: Rect, ink: Ink) -> Self {
        Self::Fill { rect, ink, pattern: Pattern::Solid }
    }

    /// The rectangle the shape stays in, CSS px; for text an estimate.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Fill { rect, .. } | Self::Hatch { rect, .. } | Self::Outline { rect, .. } => *rect,
            Self::Line { from, to, thickness_px, .. } => Rect::spanning(*from, *to).grown(thickness_px / 2.0),
            Self::Text { at, text, size_px, anchor, weight, .. } => {
                let width = text_width_px(text, *size_px, *weight);
                let x = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2.0,
                    Anchor::End => at.x - width,
                };
                Rect::new(x, at.y - size_px / 2.0, width, *size_px)
            }
            Self::Disc { center, radius_px, .. } => Rect::spanning(*center, *center).grown(*radius_px),
            Self::Ring { center, radius_px, thickness_px, .. } => {
                Rect::spanning(*center, *center).grown(radius_px + thickness_px / 2.0)
            }
            Self::Polygon { points, .. } => bounds_of_points(points),
        }
    }
}

fn bounds_of_points(points: &[Point]) -> Rect {
    let Some(&first) = points.first() else { return Rect::default() };
    let (low, high) = points.iter().fold((first, first), |(low, high), point| {
        (Point::new(low.x.min(point.x), low.y.min(point.y)), Point::new(high.x.max(point.x), high.y.max(point.y)))
    });
    Rect::spanning(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_one_rectangle_only() {
        let (upper, lower) = Rect::new(0.0, 0.0, 10.0, 20.0).halves();
        let seam = Point::new(5.0, 10.0);
        assert!(!upper.contains(seam) && lower.contains(seam));
        assert!(!lower.contains(Point::new(10.0, 15.0)));
    }

    #[test]
    fn only_finite_rectangles_with_an_area_can_be_drawn() {
        assert!(Rect::new(0.0, 0.0, 1.0, 1.0).is_drawable());
        assert!(!Rect::new(0.0, 0.0, 0.0, 1.0).is_drawable());
        assert!(!Rect::new(f64::NAN, 0.0, 1.0, 1.0).is_drawable());
        assert!(!Rect::new(0.0, 0.0, f64::INFINITY, 1.0).is_drawable());
    }

    #[test]
    fn bounds_follow_the_anchor() {
        let text = |anchor| Shape::Text {
            at: Point::new(100.0, 10.0),
            text: "2024".to_owned(),
            ink: Ink::Ink,
            size_px: 10.0,
            anchor,
            weight: Weight::Regular,
        };
        let width = text(Anchor::Start).bounds().width;
        let gap = |a: f64, b: f64| (a - b).abs();
        assert!(gap(text(Anchor::Start).bounds().x, 100.0) < 1e-9);
        assert!(gap(text(Anchor::Middle).bounds().x, 100.0 - width / 2.0) < 1e-9);
        assert!(gap(text(Anchor::End).bounds().right(), 100.0) < 1e-9);
    }
}
