//! A picture that explains itself wherever it is pasted: its title, what is shown in words, its legend, its source and date.
//!
//! Owns the places around a finished picture. Refuses to draw the picture itself.

use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::text_width::{fitted, text_width_px, wrap};

/// What goes on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Poster {
    /// What the picture is of.
    pub title: String,
    /// What is shown: filters, unit.
    pub lines: Vec<String>,
    /// What each colour means.
    pub legend: Vec<(String, Ink)>,
    /// The picture, from its own corner.
    pub picture: Vec<Shape>,
    /// Its size, CSS px.
    pub size: Size,
    /// Source, date and address, under the picture.
    pub foot: Vec<String>,
}

const MARGIN_PX: f64 = 28.0;
const TITLE_PX: f64 = 23.0;
const LINE_PX: f64 = 14.0;
const FOOT_PX: f64 = 12.0;
const SWATCH_PX: f64 = 14.0;

/// The whole sheet on paper, and its size.
pub fn layout_poster(poster: &Poster) -> (Vec<Shape>, Size) {
    let width_px = poster.size.width_px + 2.0 * MARGIN_PX;
    let mut shapes = Vec::new();
    let mut y = MARGIN_PX - 4.0;
    let paragraph = |text: &str, size_px: f64, weight: Weight, ink: Ink, y: &mut f64, shapes: &mut Vec<Shape>| {
        // The estimate is for regular letters; bold ones are wider, in some fonts by a fifth.
        let room = poster.size.width_px / if weight == Weight::Bold { 1.22 } else { 1.0 };
        for line in wrap(text, size_px, room) {
            // A word may be longer than a line.
            let line = fitted(&line, size_px, Weight::Regular, room);
            let at = Point::new(MARGIN_PX, *y + size_px * 0.68);
            shapes.push(Shape::Text { at, text: line, ink, size_px, anchor: Anchor::Start, weight });
            *y += size_px * 1.36;
        }
    };
    paragraph(&poster.title, TITLE_PX, Weight::Bold, Ink::Ink, &mut y, &mut shapes);
    y += 4.0;
    for line in &poster.lines {
        paragraph(line, LINE_PX, Weight::Regular, Ink::Muted, &mut y, &mut shapes);
    }
    y += 10.0;
    y = legend(&poster.legend, poster.size.width_px, y, &mut shapes);
    let origin = Point::new(MARGIN_PX, y + 4.0);
    shapes.extend(poster.picture.iter().map(|shape| moved(shape, origin)));
    y = origin.y + poster.size.height_px + 16.0;
    let rule = |x: f64| Point::new(x, y);
    let (from, to) = (rule(MARGIN_PX), rule(width_px - MARGIN_PX));
    shapes.push(Shape::Line { from, to, ink: Ink::Line, thickness_px: 1.0, dashed: false });
    y += 8.0;
    for line in &poster.foot {
        paragraph(line, FOOT_PX, Weight::Regular, Ink::Muted, &mut y, &mut shapes);
    }
    let size = Size { width_px, height_px: y + MARGIN_PX - 8.0 };
    shapes.insert(0, Shape::solid(Rect::new(0.0, 0.0, size.width_px, size.height_px), Ink::Paper));
    (shapes, size)
}

/// Samples with their names, in lines as wide as the picture; answers where they end.
fn legend(entries: &[(String, Ink)], width_px: f64, top: f64, shapes: &mut Vec<Shape>) -> f64 {
    if entries.is_empty() {
        return top;
    }
    let (mut x, mut y) = (MARGIN_PX, top);
    for (name, ink) in entries {
        let name = fitted(name, LINE_PX, Weight::Regular, width_px - SWATCH_PX - 24.0);
        let entry_px = SWATCH_PX + 6.0 + text_width_px(&name, LINE_PX, Weight::Regular) + 18.0;
        if x > MARGIN_PX && x + entry_px > MARGIN_PX + width_px {
            (x, y) = (MARGIN_PX, y + 22.0);
        }
        let rect = Rect::new(x, y + 3.0, SWATCH_PX, SWATCH_PX);
        shapes.push(Shape::Fill { rect, ink: *ink, pattern: ink.pattern() });
        let at = Point::new(rect.right() + 6.0, rect.center().y);
        let (text, size_px, anchor, weight) = (name, LINE_PX, Anchor::Start, Weight::Regular);
        shapes.push(Shape::Text { at, text, ink: Ink::Ink, size_px, anchor, weight });
        x += entry_px;
    }
    y + 30.0
}

/// The same shape elsewhere.
fn moved(shape: &Shape, by: Point) -> Shape {
    let point = |at: &Point| Point::new(at.x + by.x, at.y + by.y);
    let area = |rect: &Rect| Rect::new(rect.x + by.x, rect.y + by.y, rect.width, rect.height);
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Fill { rect, .. } | Shape::Hatch { rect, .. } | Shape::Outline { rect, .. } => *rect = area(rect),
        Shape::Line { from, to, .. } => (*from, *to) = (point(from), point(to)),
        Shape::Text { at, .. } => *at = point(at),
        Shape::Disc { center, .. } | Shape::Ring { center, .. } => *center = point(center),
        Shape::Polygon { points, .. } => points.iter_mut().for_each(|corner| *corner = point(corner)),
    }
    shape
}
