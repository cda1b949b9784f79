//! Small lines over years, one in each of some boxes, all on one scale.
//!
//! Owns the scale and the places of years, which stand as far apart as they are. Refuses names and amounts in words: they
//! stand beside the box, as text.

use crate::chart::frame::{dashes, hairline};
use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Point, Rect, Shape};

/// What a line has in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendPoint {
    /// An amount.
    Amount(i64),
    /// Rows without an amount: not zero.
    Missing,
    /// No rows.
    Empty,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendPanel {
    /// One a year.
    pub points: Vec<TrendPoint>,
    /// Its colour.
    pub ink: Ink,
}

/// A year all lines share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendMark {
    /// The year as a number.
    pub year: i64,
    /// Whether it is not over: its points are open, and lines that lead to it dashed.
    pub is_partial: bool,
}

/// Radius of a point, CSS px.
const POINT_PX: f64 = 3.5;
/// Side of the box that says "no data", CSS px.
const NO_DATA_PX: f64 = 9.0;

/// Each panel in the box of its number.
pub fn layout_trend(panels: &[TrendPanel], years: &[TrendMark], boxes: &[Rect]) -> Vec<Shape> {
    let amounts = panels.iter().flat_map(|panel| &panel.points).filter_map(|point| match point {
        TrendPoint::Amount(amount) => Some(*amount),
        TrendPoint::Missing | TrendPoint::Empty => None,
    });
    let scale = Scale::of(amounts);
    let across = Scale::of_places(years.iter().map(|mark| mark.year).collect::<Vec<i64>>());
    let placed = panels.iter().zip(boxes).filter(|(_, area)| area.is_drawable());
    placed.flat_map(|(panel, area)| panel_shapes(panel, years, *area, (scale, across))).collect()
}

fn panel_shapes(panel: &TrendPanel, years: &[TrendMark], area: Rect, (scale, across): (Scale, Scale)) -> Vec<Shape> {
    let edge_px = POINT_PX + 1.0;
    let width = (area.width - 2.0 * edge_px).max(1.0);
    let height = (area.height - 2.0 * edge_px).max(1.0);
    let x_of = |year: i64| {
        let share = if years.len() > 1 { across.share(year) } else { 0.5 };
        area.x + edge_px + width * share
    };
    let y_of = |amount: i64| area.y + edge_px + height * (1.0 - scale.share(amount));
    let zero = y_of(0);
    let mut shapes = vec![hairline(Point::new(area.x, zero), Point::new(area.right(), zero), Ink::Edge)];
    let (mut marks, mut last): (Vec<Shape>, Option<Point>) = (Vec::new(), None);
    for (mark, point) in years.iter().zip(&panel.points) {
        let x = x_of(mark.year);
        match point {
            TrendPoint::Amount(amount) => {
                let center = Point::new(x, y_of(*amount));
                if let Some(from) = last {
                    match mark.is_partial {
                        true => shapes.extend(dashes(from, center, panel.ink, 2.0)),
                        false => shapes.push(Shape::Line {
                            from,
                            to: center,
                            ink: panel.ink,
                            thickness_px: 2.0,
                            dashed: false,
                        }),
                    }
                }
                marks.push(Shape::Disc { center, radius_px: POINT_PX, ink: panel.ink });
                if mark.is_partial {
                    marks.push(Shape::Disc { center, radius_px: POINT_PX - 1.5, ink: Ink::Paper });
                }
                last = Some(center);
            }
            TrendPoint::Missing => {
                let rect = Rect::new(x - NO_DATA_PX / 2.0, zero - NO_DATA_PX - 1.0, NO_DATA_PX, NO_DATA_PX);
                marks.push(Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true });
                last = None;
            }
            TrendPoint::Empty => last = None,
        }
    }
    shapes.extend(marks);
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEARS: [TrendMark; 3] = [
        TrendMark { year: 2000, is_partial: false },
        TrendMark { year: 2001, is_partial: false },
        TrendMark { year: 2003, is_partial: true },
    ];

    fn panel(points: [TrendPoint; 3]) -> TrendPanel {
        TrendPanel { points: points.to_vec(), ink: Ink::Ink }
    }

    #[test]
    fn all_lines_share_a_scale_and_years_stand_as_far_apart_as_they_are() {
        use TrendPoint::Amount;
        let panels = [panel([Amount(100), Amount(50), Amount(0)]), panel([Amount(200), Amount(0), Amount(0)])];
        let boxes = [Rect::new(0.0, 0.0, 109.0, 59.0), Rect::new(0.0, 100.0, 109.0, 59.0)];
        let shapes = layout_trend(&panels, &YEARS, &boxes);
        let points: Vec<Point> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Disc { center, ink: Ink::Ink, .. } => Some(*center),
                _ => None,
            })
            .collect();
        let expected = [(4.5, 29.5), (37.833, 42.0), (104.5, 54.5), (4.5, 104.5), (37.833, 154.5), (104.5, 154.5)];
        assert_eq!(points.len(), expected.len());
        for (point, (x, y)) in points.iter().zip(expected) {
            assert!((point.x - x).abs() < 0.01 && (point.y - y).abs() < 0.01, "{point:?} {x} {y}");
        }
        assert!(shapes.iter().all(|shape| shape.bounds().right() <= 110.0 && shape.bounds().bottom() <= 160.0));
    }

    #[test]
    fn a_year_without_an_amount_breaks_the_line() {
        use TrendPoint::{Amount, Empty, Missing};
        for (points, lines, boxed) in [
            ([Amount(1), Missing, Amount(2)], 0, 1),
            ([Amount(1), Empty, Amount(2)], 0, 0),
            ([Empty, Empty, Amount(2)], 0, 0),
            ([Amount(1), Amount(2), Empty], 1, 0),
        ] {
            let shapes = layout_trend(&[panel(points)], &YEARS, &[Rect::new(0.0, 0.0, 100.0, 50.0)]);
            let drawn =
                shapes.iter().filter(|shape| matches!(shape, Shape::Line { thickness_px, .. } if *thickness_px > 1.5));
            assert_eq!(drawn.count(), lines, "{points:?}");
            assert_eq!(shapes.iter().filter(|shape| matches!(shape, Shape::Outline { .. })).count(), boxed);
        }
        assert!(layout_trend(&[panel([Empty; 3])], &YEARS, &[Rect::default()]).is_empty());
    }
}
