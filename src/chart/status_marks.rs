//! A shape for each state of a project, so that a state is never told by colour alone.
//!
//! Owns which shape stands for which state, as drawn shapes and as characters for text. Refuses
//! words: the state's name always stands beside its mark and comes from the dataset.

use crate::chart::palette::Ink;
use crate::chart::shape::{Point, Rect, Shape};

/// The mark of a state. A circle fills as the project advances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusMark {
    /// Empty circle: identified.
    Empty,
    /// Quarter circle: in preparation.
    Quarter,
    /// Half circle: being built or delivered.
    Half,
    /// Full circle: finished.
    Full,
    /// Cross: stopped for now.
    Cross,
    /// Dash: cancelled.
    Dash,
    /// Triangle: finished and being maintained.
    Triangle,
    /// Empty square: any other state.
    Square,
}

impl StatusMark {
    /// Every mark, in the order of a project's life.
    pub const ALL: [Self; 8] =
        [Self::Empty, Self::Quarter, Self::Half, Self::Full, Self::Triangle, Self::Cross, Self::Dash, Self::Square];

    /// The same mark as one character, for HTML and the command line. Screen readers should skip it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Empty => "○",
            Self::Quarter => "◔",
            Self::Half => "◑",
            Self::Full => "●",
            Self::Cross => "✕",
            Self::Dash => "–",
            Self::Triangle => "△",
            Self::Square => "▢",
        }
    }
}

/// The mark of a state, from its OC4IDS `projectStatus` and its id in the dataset. A state with the
/// id `paused` is a cross, because OC4IDS has no word for it; an unknown state is a square.
///
/// ```
/// use yupay::chart::{StatusMark, mark_for};
///
/// assert_eq!(mark_for("implementation", "implementation"), StatusMark::Half);
/// assert_eq!(mark_for("implementation", "paused"), StatusMark::Cross);
/// ```
pub fn mark_for(oc4ids_status: &str, status_id: &str) -> StatusMark {
    match (oc4ids_status, status_id) {
        (_, "paused") => StatusMark::Cross,
        ("identification", _) => StatusMark::Empty,
        ("preparation", _) => StatusMark::Quarter,
        ("implementation", _) => StatusMark::Half,
        ("completion", _) => StatusMark::Full,
        ("maintenance", _) => StatusMark::Triangle,
        ("cancelled", _) => StatusMark::Dash,
        _ => StatusMark::Square,
    }
}

/// Straight pieces in a full turn of a drawn arc.
const ARC_PIECES: u32 = 48;

/// A mark as shapes, centred on `center`, inside a square of `size_px` CSS px. A size that is not
/// above zero draws nothing.
pub fn layout_status_mark(mark: StatusMark, center: Point, size_px: f64, ink: Ink) -> Vec<Shape> {
    if !(size_px > 0.0 && size_px.is_finite()) {
        return Vec::new();
    }
    let thickness_px = (size_px / 10.0).max(1.0);
    let radius_px = (size_px - thickness_px) / 2.0;
    let ring = Shape::Ring { center, radius_px, ink, thickness_px };
    match mark {
        StatusMark::Empty => vec![ring],
        StatusMark::Quarter => vec![pie(center, radius_px, 1, ink), ring],
        StatusMark::Half => vec![pie(center, radius_px, 2, ink), ring],
        StatusMark::Full => vec![Shape::Disc { center, radius_px, ink }, ring],
        StatusMark::Cross => cross(center, radius_px * 0.8, ink, thickness_px * 1.5),
        StatusMark::Dash => {
            let width = radius_px * 1.4;
            let height = thickness_px * 1.5;
            let rect = Rect::new(center.x - width / 2.0, center.y - height / 2.0, width, height);
            vec![Shape::solid(rect, ink)]
        }
        StatusMark::Triangle => triangle(center, radius_px, ink, thickness_px),
        StatusMark::Square => {
            let side = radius_px * 1.7;
            let rect = Rect::new(center.x - side / 2.0, center.y - side / 2.0, side, side);
            vec![Shape::Outline { rect, ink, thickness_px, dashed: false }]
        }
    }
}

/// A slice of a circle, clockwise from the top, as many quarters long as asked.
fn pie(center: Point, radius_px: f64, quarters: u32, ink: Ink) -> Shape {
    let arc = (0..=quarters * ARC_PIECES / 4).map(|piece| {
        let angle = f64::from(piece) * std::f64::consts::TAU / f64::from(ARC_PIECES);
        Point::new(center.x + radius_px * angle.sin(), center.y - radius_px * angle.cos())
    });
    Shape::Polygon { points: std::iter::once(center).chain(arc).collect(), ink }
}

fn cross(center: Point, arm_px: f64, ink: Ink, thickness_px: f64) -> Vec<Shape> {
    let corner = |x: f64, y: f64| Point::new(center.x + x * arm_px, center.y + y * arm_px);
    [(corner(-1.0, -1.0), corner(1.0, 1.0)), (corner(-1.0, 1.0), corner(1.0, -1.0))]
        .map(|(from, to)| Shape::Line { from, to, ink, thickness_px, dashed: false })
        .into()
}

fn triangle(center: Point, radius_px: f64, ink: Ink, thickness_px: f64) -> Vec<Shape> {
    let foot_px = center.y + radius_px * 0.7;
    let top = Point::new(center.x, center.y - radius_px * 0.9);
    let left = Point::new(center.x - radius_px * 0.9, foot_px);
    let right = Point::new(center.x + radius_px * 0.9, foot_px);
    [(left, top), (top, right), (right, left)]
        .map(|(from, to)| Shape::Line { from, to, ink, thickness_px, dashed: false })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standard_state_has_its_mark() {
        let marks = [
            ("identification", StatusMark::Empty),
            ("preparation", StatusMark::Quarter),
            ("implementation", StatusMark::Half),
            ("completion", StatusMark::Full),
            ("maintenance", StatusMark::Triangle),
            ("decommissioning", StatusMark::Square),
            ("decommissioned", StatusMark::Square),
            ("cancelled", StatusMark::Dash),
            ("", StatusMark::Square),
        ];
        for (status, mark) in marks {
            assert_eq!(mark_for(status, status), mark, "{status}");
        }
        assert_eq!(mark_for("implementation", "paused"), StatusMark::Cross);
    }

    #[test]
    fn marks_stay_in_their_square_and_differ() {
        let mut symbols: Vec<&str> = StatusMark::ALL.iter().map(|mark| mark.symbol()).collect();
        symbols.sort_unstable();
        symbols.dedup();
        assert_eq!(symbols.len(), StatusMark::ALL.len());
        for size_px in [8.0, 16.0, 41.5] {
            for mark in StatusMark::ALL {
                let shapes = layout_status_mark(mark, Point::new(50.0, 50.0), size_px, Ink::Ink);
                assert!(!shapes.is_empty());
                for bounds in shapes.iter().map(Shape::bounds) {
                    let half = size_px / 2.0 + 1e-9;
                    assert!(bounds.x >= 50.0 - half && bounds.right() <= 50.0 + half, "{mark:?}");
                    assert!(bounds.y >= 50.0 - half && bounds.bottom() <= 50.0 + half, "{mark:?}");
                }
            }
        }
        assert!(layout_status_mark(StatusMark::Full, Point::default(), f64::NAN, Ink::Ink).is_empty());
    }
}
