//! Where the labels of points go, so that they can be read: one after another, each in the first free
//! place around its own mark.
//!
//! Owns the choice of places. No two labels ever touch: one that finds no room is left out, unless it
//! is chosen, and then those it touches are left out instead. Which one is chosen moves no other label.

use crate::chart::shape::{Rect, Weight};
use crate::chart::text_width::text_width_px;

/// Font size of the labels, CSS px.
pub(super) const LABEL_SIZE_PX: f64 = 12.0;
/// Height a label keeps to itself, CSS px.
const LABEL_LINE_PX: f64 = 14.0;
/// Room between a mark and its label, CSS px.
const GAP_PX: f64 = 5.0;
/// With more points than this only chosen ones are labelled: the others would cover the marks.
const MOST_LABELS: usize = 40;

/// A point that wants a label.
pub(super) struct Labelled<'a> {
    pub text: &'a str,
    /// The marks it belongs to, from the one the label should stand by; at least one.
    pub marks: &'a [Rect],
    pub is_chosen: bool,
}

/// The place of each label, or `None` where it is left out. `obstacles` are better not covered; no
/// label leaves `area`.
pub(super) fn places(labelled: &[Labelled], obstacles: &[Rect], area: Rect) -> Vec<Option<Rect>> {
    let mut places: Vec<Option<Rect>> = Vec::with_capacity(labelled.len());
    for label in labelled {
        let is_wanted = labelled.len() <= MOST_LABELS && !label.text.is_empty();
        let taken: Vec<Rect> = places.iter().flatten().copied().collect();
        let place = is_wanted.then(|| best(label, obstacles, area, &taken)).flatten();
        places.push(place);
    }
    for (index, label) in labelled.iter().enumerate() {
        if !label.is_chosen || places.get(index).is_some_and(Option::is_some) {
            continue;
        }
        let Some(place) = best(label, obstacles, area, &[]) else { continue };
        for other in places.iter_mut().filter(|other| other.is_some_and(|other| overlap(&other, &place) > 0.0)) {
            *other = None;
        }
        if let Some(own) = places.get_mut(index) {
            *own = Some(place);
        }
    }
    places
}

/// The first place clear of everything, else the one that covers least of the obstacles; none that
/// touches a taken place.
fn best(label: &Labelled, obstacles: &[Rect], area: Rect, taken: &[Rect]) -> Option<Rect> {
    let mut best: Option<(f64, Rect)> = None;
    for place in candidates(label) {
        if !holds(&area, &place) || taken.iter().any(|other| overlap(other, &place) > 0.0) {
            continue;
        }
        let covered: f64 = obstacles.iter().map(|obstacle| overlap(obstacle, &place)).sum();
        if covered <= 0.0 {
            return Some(place);
        }
        if best.is_none_or(|(least, _)| covered < least) {
            best = Some((covered, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Beside each mark, then above and below all of them, then at their corners. As wide as bold text,
/// so choosing a point moves nothing.
fn candidates(label: &Labelled) -> Vec<Rect> {
    let width = text_width_px(label.text, LABEL_SIZE_PX, Weight::Bold);
    let height = LABEL_LINE_PX;
    let right = |mark: &Rect, y: f64| Rect::new(mark.right() + GAP_PX, y, width, height);
    let left = |mark: &Rect, y: f64| Rect::new(mark.x - GAP_PX - width, y, width, height);
    let mut places = Vec::new();
    for mark in label.marks {
        let level = mark.center().y - height / 2.0;
        places.extend([right(mark, level), left(mark, level)]);
    }
    let top = label.marks.iter().min_by(|a, b| a.y.total_cmp(&b.y));
    let bottom = label.marks.iter().max_by(|a, b| a.y.total_cmp(&b.y));
    let centred = |mark: &Rect, y: f64| Rect::new(mark.center().x - width / 2.0, y, width, height);
    places.extend(top.map(|mark| centred(mark, mark.y - height)));
    places.extend(bottom.map(|mark| centred(mark, mark.bottom())));
    for mark in label.marks {
        let (above, below) = (mark.center().y - height, mark.center().y);
        places.extend([right(mark, above), right(mark, below), left(mark, above), left(mark, below)]);
    }
    places
}

/// The area two rectangles share, CSS px squared.
pub(super) fn overlap(a: &Rect, b: &Rect) -> f64 {
    let width = a.right().min(b.right()) - a.x.max(b.x);
    let height = a.bottom().min(b.bottom()) - a.y.max(b.y);
    width.max(0.0) * height.max(0.0)
}

/// Whether a rectangle lies wholly in another.
pub(super) fn holds(area: &Rect, inner: &Rect) -> bool {
    inner.x >= area.x && inner.y >= area.y && inner.right() <= area.right() && inner.bottom() <= area.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect::new(0.0, 0.0, 200.0, 100.0);

    fn mark(x: f64, y: f64) -> Rect {
        Rect::new(x - 4.0, y - 4.0, 8.0, 8.0)
    }

    fn placed(points: &[(f64, f64)], chosen: Option<usize>) -> Vec<Option<Rect>> {
        let marks: Vec<[Rect; 1]> = points.iter().map(|&(x, y)| [mark(x, y)]).collect();
        let obstacles: Vec<Rect> = marks.concat();
        let labelled: Vec<Labelled> = marks
            .iter()
            .enumerate()
            .map(|(index, marks)| Labelled { text: "S1", marks, is_chosen: chosen == Some(index) })
            .collect();
        places(&labelled, &obstacles, AREA)
    }

    #[test]
    fn a_label_stands_to_the_right_where_there_is_room_and_to_the_left_at_the_edge() {
        let places: Vec<Rect> = placed(&[(50.0, 50.0), (195.0, 50.0)], None).into_iter().flatten().collect();
        assert!(matches!(places.as_slice(), [first, second] if first.x > 54.0 && second.right() < 191.0), "{places:?}");
    }

    #[test]
    fn a_neighbour_pushes_a_label_to_another_side() {
        let places: Vec<Rect> = placed(&[(50.0, 50.0), (64.0, 50.0)], None).into_iter().flatten().collect();
        assert!(matches!(places.as_slice(), [first, second] if first.right() < 46.0 && second.x > 68.0), "{places:?}");
    }

    #[test]
    fn a_crowd_leaves_some_out_but_never_the_chosen_one() {
        let crowd = [(100.0, 50.0); 30];
        let without = placed(&crowd, None);
        let left_out = without.iter().position(Option::is_none);
        assert!(left_out.is_some(), "thirty labels found room around one point");
        let with = placed(&crowd, left_out);
        assert!(left_out.and_then(|index| with.get(index)).is_some_and(Option::is_some));
        for places in [without, with] {
            let places: Vec<Rect> = places.into_iter().flatten().collect();
            for (index, place) in places.iter().enumerate() {
                assert!(holds(&AREA, place));
                assert!(places.iter().skip(index + 1).all(|other| overlap(place, other) <= 0.0));
            }
        }
    }

    #[test]
    fn choosing_a_labelled_point_moves_nothing() {
        let points = [(50.0, 50.0), (64.0, 50.0), (70.0, 54.0)];
        assert_eq!(placed(&points, None), placed(&points, Some(2)));
    }
}
