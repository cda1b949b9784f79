//! A road in steps: each step is a bar under the one before it, and a line falls from the end of each to the next, so that
//! what is lost at every step is seen as a piece of ground.
//!
//! Owns the scale the steps share and where words and bars stand. Refuses to know what a step means: labels and amounts
//! arrive as text, and which steps follow one another is said by the caller.

use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Weight};
use crate::chart::text_width::{fitted, text_width_px};
use crate::chart::track::Track;

/// How a step is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepLook {
    /// What was asked or promised: a border.
    Promised,
    /// What was budgeted or set apart: filled, set back.
    Budgeted,
    /// What was spent or paid: filled.
    Done,
}

/// One step. The amount is in minor units of the chart's one currency; `None` is no data, which is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepBar {
    /// What stands above it where a part of the road begins.
    pub heading: Option<String>,
    /// Its name.
    pub label: String,
    /// Its amount in words, or why there is none.
    pub shown: String,
    /// Its amount.
    pub amount: Option<i64>,
    /// How it is drawn.
    pub look: StepLook,
    /// Whether it follows the step before it, from whose end a line falls.
    pub follows: bool,
}

/// Room for a heading, a step's words, its bar, and the air under it, CSS px.
const HEADING_PX: f64 = 30.0;
const WORDS_PX: f64 = 20.0;
const BAR_PX: f64 = 14.0;
const AIR_PX: f64 = 10.0;
/// Font sizes, CSS px.
const LABEL_SIZE_PX: f64 = 13.0;
const HEADING_SIZE_PX: f64 = 13.0;
/// Room between a step's name and its amount, CSS px.
const BETWEEN_PX: f64 = 10.0;
/// Least width of a bar that is not zero, CSS px.
const LEAST_BAR_PX: f64 = 2.0;
/// The narrowest chart that is drawn, CSS px.
const LEAST_WIDTH_PX: f64 = 60.0;

/// The height of the chart, CSS px.
pub fn steps_height_px(steps: &[StepBar]) -> f64 {
    steps.iter().map(height_px).sum()
}

fn height_px(step: &StepBar) -> f64 {
    let heading_px = if step.heading.is_some() { HEADING_PX } else { 0.0 };
    heading_px + WORDS_PX + BAR_PX + AIR_PX
}

/// The steps under one another, as wide as given.
pub fn layout_steps(steps: &[StepBar], width_px: f64) -> Vec<Shape> {
    if !(width_px >= LEAST_WIDTH_PX && width_px.is_finite()) {
        return Vec::new();
    }
    let scale = Scale::of(steps.iter().filter_map(|step| step.amount));
    let mut shapes = Vec::new();
    let mut top_px = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for step in steps {
        let words_px = top_px + height_px(step) - AIR_PX - BAR_PX - WORDS_PX;
        if let Some(heading) = &step.heading {
            shapes.extend(heading_shapes(heading, words_px, width_px));
        }
        let bar_px = words_px + WORDS_PX;
        let cell_box = Rect::new(0.0, bar_px, width_px, BAR_PX);
        let track = Track { cell_box, left_px: 0.0, length_px: width_px, top_px: bar_px, height_px: BAR_PX, scale };
        if let Some((end_px, foot_px)) = before.filter(|_| step.follows) {
            shapes.extend(fall(end_px, foot_px, step, &track));
        }
        shapes.extend(bar(step, &track));
        shapes.extend(words(step, words_px, width_px));
        before = step.amount.map(|amount| (track.x_of(amount), bar_px + BAR_PX));
        top_px += height_px(step);
    }
    shapes
}

/// The line that falls from the end of the step before, and the ground lost since.
fn fall(end_px: f64, foot_px: f64, step: &StepBar, track: &Track) -> Vec<Shape> {
    let Some(amount) = step.amount else { return Vec::new() };
    let bottom_px = track.top_px + track.height_px;
    let mut shapes = Vec::new();
    let now_px = track.x_of(amount);
    let (left, right) = (now_px.min(end_px), now_px.max(end_px));
    // Nothing is lost where more came than was there.
    if now_px < end_px && right - left >= 1.0 {
        shapes.push(Shape::solid(Rect::new(left, track.top_px, right - left, track.height_px), Ink::Soft));
    }
    let x = end_px.clamp(0.5, (track.length_px - 0.5).max(0.5));
    let (from, to) = (Point::new(x, foot_px), Point::new(x, bottom_px));
    shapes.push(Shape::Line { from, to, ink: Ink::Edge, thickness_px: 1.0, dashed: true });
    shapes
}

fn bar(step: &StepBar, track: &Track) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = track.zero_line().into_iter().collect();
    let Some(amount) = step.amount else {
        shapes.push(track.no_data());
        return shapes;
    };
    let Some(rect) = track.bar(amount, LEAST_BAR_PX) else {
        shapes.push(track.zero_tick(Ink::Ink, (track.top_px, track.height_px)));
        return shapes;
    };
    shapes.push(match step.look {
        StepLook::Promised => Shape::Outline { rect, ink: Ink::Ink, thickness_px: 1.5, dashed: false },
        StepLook::Budgeted => Shape::solid(rect, Ink::Edge),
        StepLook::Done => Shape::solid(rect, Ink::Ink),
    });
    shapes
}

fn words(step: &StepBar, top_px: f64, width_px: f64) -> Vec<Shape> {
    let middle_px = top_px + WORDS_PX / 2.0;
    let amount_px = text_width_px(&step.shown, LABEL_SIZE_PX, Weight::Bold);
    let text = |at: Point, text: String, anchor: Anchor, weight: Weight, ink: Ink| Shape::Text {
        at,
        text,
        ink,
        size_px: LABEL_SIZE_PX,
        anchor,
        weight,
    };
    let room_px = (width_px - amount_px - BETWEEN_PX).max(0.0);
    let label = fitted(&step.label, LABEL_SIZE_PX, Weight::Regular, room_px);
    let (shown_ink, weight) =
        if step.amount.is_some() { (Ink::Ink, Weight::Bold) } else { (Ink::Muted, Weight::Regular) };
    let shown = fitted(&step.shown, LABEL_SIZE_PX, weight, width_px);
    let ground = |left: f64, text: &str, weight: Weight| {
        Shape::solid(
            Rect::new(left, top_px + 1.0, text_width_px(text, LABEL_SIZE_PX, weight), WORDS_PX - 2.0),
            Ink::Paper,
        )
    };
    let shown_px = text_width_px(&shown, LABEL_SIZE_PX, weight);
    // The line that falls from the step before goes under the words.
    [
        ground(0.0, &label, Weight::Regular),
        ground(width_px - shown_px, &shown, weight),
        text(Point::new(0.0, middle_px), label, Anchor::Start, Weight::Regular, Ink::Ink),
        text(Point::new(width_px, middle_px), shown, Anchor::End, weight, shown_ink),
    ]
    .into_iter()
    .filter(|shape| shape.bounds().is_drawable())
    .collect()
}

fn heading_shapes(heading: &str, foot_px: f64, width_px: f64) -> [Shape; 2] {
    let rule_px = foot_px - HEADING_PX + 6.0;
    let text = fitted(heading, HEADING_SIZE_PX, Weight::Bold, width_px);
    let at = Point::new(0.0, foot_px - HEADING_SIZE_PX / 2.0 - 2.0);
    [
        Shape::Line {
            from: Point::new(0.0, rule_px),
            to: Point::new(width_px, rule_px),
            ink: Ink::Line,
            thickness_px: 1.0,
            dashed: false,
        },
        Shape::Text {
            at,
            text,
            ink: Ink::Muted,
            size_px: HEADING_SIZE_PX,
            anchor: Anchor::Start,
            weight: Weight::Bold,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(amount: Option<i64>, look: StepLook) -> StepBar {
        StepBar { heading: None, label: "Gastado".into(), shown: "S/ 1.00".into(), amount, look, follows: true }
    }

    #[test]
    fn bars_compare_as_the_amounts_do_and_stay_inside() {
        let amounts = [Some(1_000), Some(800), None, Some(0), Some(-200), Some(i64::MAX), Some(1)];
        for width_px in [60.0, 288.0, 900.0] {
            let steps: Vec<StepBar> = amounts.iter().map(|&amount| step(amount, StepLook::Done)).collect();
            let area = Rect::new(0.0, 0.0, width_px, steps_height_px(&steps));
            for shape in layout_steps(&steps, width_px) {
                let bounds = shape.bounds();
                assert!(bounds.x >= -2.0 && bounds.right() <= area.right() + 2.0, "{shape:?}");
                assert!(bounds.y >= -2.0 && bounds.bottom() <= area.bottom() + 2.0, "{shape:?}");
            }
        }
        let [half, whole] = [500, 1_000].map(|amount| {
            let steps = [step(Some(1_000), StepLook::Promised), step(Some(amount), StepLook::Done)];
            let shapes = layout_steps(&steps, 400.0);
            let fill = shapes.iter().find(|shape| matches!(shape, Shape::Fill { ink: Ink::Ink, .. })).cloned();
            fill.unwrap().bounds().width
        });
        assert!((whole - 2.0 * half).abs() < 1e-9);
    }

    #[test]
    fn what_is_lost_is_ground_between_two_ends() {
        let steps = [step(Some(1_000), StepLook::Promised), step(Some(250), StepLook::Done)];
        let soft = |steps: &[StepBar]| {
            let shapes = layout_steps(steps, 400.0);
            shapes.into_iter().find(|shape| matches!(shape, Shape::Fill { ink: Ink::Soft, .. }))
        };
        let ground = soft(&steps).unwrap().bounds();
        assert!((ground.x - 100.0).abs() < 1e-9 && (ground.right() - 400.0).abs() < 1e-9);
        let gained = [step(Some(250), StepLook::Promised), step(Some(1_000), StepLook::Done)];
        assert_eq!(soft(&gained), None);
        let apart = [steps[0].clone(), StepBar { follows: false, ..steps[1].clone() }];
        assert_eq!(soft(&apart), None);
        assert!(layout_steps(&steps, 10.0).is_empty() && layout_steps(&steps, f64::NAN).is_empty());
    }
}
