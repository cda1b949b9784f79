//! What must hold for official and supposed bars in a row, whatever their amounts: they stay in their
//! box, lengths compare across rows, parts follow one another and end where the amount ends.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use proptest::prelude::*;
use yupay::chart::{Hatched, Ink, Part, Rect, RowBar, Shape, layout_split_bars, split_bars_height_px};

const BOX: Rect = Rect::new(10.0, 20.0, 300.0, 25.0);

fn supposed(amounts: &[i64]) -> RowBar {
    let parts = amounts.iter().enumerate();
    RowBar::Supposed(parts.map(|(at, &amount)| Part { amount, hatched: Hatched::at(at) }).collect())
}

fn row(official: Option<i64>, amounts: &[i64]) -> Vec<RowBar> {
    vec![RowBar::Official(official), supposed(amounts)]
}

/// The shapes of one row in `BOX`, on the scale of all rows.
fn drawn(rows: &[Vec<RowBar>], index: usize) -> Vec<Shape> {
    let boxes: Vec<Rect> = (0..rows.len()).map(|at| if at == index { BOX } else { Rect::default() }).collect();
    layout_split_bars(rows, &boxes)
}

/// Left and right ends of the parts that are kept, in the order of the rule.
fn kept(shapes: &[Shape]) -> Vec<(f64, f64)> {
    let hatches = shapes.iter().filter(|shape| matches!(shape, Shape::Hatch { ink: Ink::Series(_), .. }));
    hatches.map(|shape| (shape.bounds().x, shape.bounds().right())).collect()
}

fn taken(shapes: &[Shape]) -> Vec<(f64, f64)> {
    let hatches = shapes.iter().filter(|shape| matches!(shape, Shape::Hatch { ink: Ink::Line, .. }));
    hatches.map(|shape| (shape.bounds().x, shape.bounds().right())).collect()
}

fn official(shapes: &[Shape]) -> (f64, f64) {
    let is_bar = |shape: &&Shape| matches!(shape, Shape::Fill { ink: Ink::Muted, .. });
    let bounds = shapes.iter().find(is_bar).unwrap().bounds();
    (bounds.x, bounds.right())
}

fn assert_ends(found: &[(f64, f64)], expected: &[(f64, f64)]) {
    let is_near = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9;
    let all_near = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| is_near(a, b));
    assert!(all_near, "found {found:?}, expected {expected:?}");
}

#[test]
fn lengths_follow_one_scale_and_a_hairline_of_paper_stands_between_parts() {
    let rows = [row(Some(600), &[100, 50, 150]), row(Some(150), &[0, 300, 0])];
    let first = drawn(&rows, 0);
    assert_ends(&[official(&first)], &[(10.0, 310.0)]);
    assert_ends(&kept(&first), &[(10.0, 59.0), (60.0, 84.0), (85.0, 160.0)]);
    let second = drawn(&rows, 1);
    assert_ends(&[official(&second)], &[(10.0, 85.0)]);
    assert_ends(&kept(&second), &[(10.0, 160.0)]);
}

#[test]
fn a_supposed_amount_that_equals_the_official_one_is_still_drawn_below_it() {
    let shapes = drawn(&[row(Some(300), &[100, 200])], 0);
    let bars: Vec<Rect> =
        shapes.iter().filter(|shape| !matches!(shape, Shape::Outline { .. })).map(Shape::bounds).collect();
    let [official, parts @ ..] = bars.as_slice() else { panic!("nothing is drawn") };
    assert!(parts.iter().all(|part| part.y >= official.bottom() + 1.0), "{bars:?}");
    assert_ends(&kept(&shapes), &[(10.0, 109.0), (110.0, 310.0)]);
}

#[test]
fn amounts_below_zero_grow_to_the_left_of_a_line_at_zero() {
    let rows = [row(Some(-100), &[-60, -40]), row(Some(200), &[200])];
    let shapes = drawn(&rows, 0);
    let zero_px = 10.0 + 100.0;
    let zero_line = Shape::solid(Rect::new(zero_px - 0.5, BOX.y, 1.0, BOX.height), Ink::Edge);
    assert!(shapes.contains(&zero_line));
    assert_ends(&[official(&shapes)], &[(10.0, zero_px)]);
    assert_ends(&kept(&shapes), &[(zero_px - 59.0, zero_px), (10.0, zero_px - 60.0)]);
}

#[test]
fn what_a_bound_takes_lies_beyond_the_end_of_the_amount() {
    for sign in [1, -1] {
        let amounts = [200, 100, -50].map(|amount| amount * sign);
        let shapes = drawn(&[row(None, &amounts)], 0);
        let mirrored = |(left, right): (f64, f64)| if sign > 0 { (left, right) } else { (320.0 - right, 320.0 - left) };
        assert_ends(&kept(&shapes), &[(10.0, 209.0), (210.0, 259.0)].map(mirrored));
        assert_ends(&taken(&shapes), &[(260.0, 310.0)].map(mirrored));
        let end = mirrored((259.0, 261.0)).0;
        let marks = shapes.iter().filter(|shape| matches!(shape, Shape::Fill { ink: Ink::Ink, .. }));
        let ends: Vec<f64> = marks.map(|shape| shape.bounds().x).collect();
        assert!(matches!(ends.as_slice(), [x] if (x - end).abs() < 1e-9), "{ends:?}");
    }
}

#[test]
fn missing_zero_and_tiny_are_three_pictures() {
    let big = row(Some(1_000_000_000), &[5]);
    let picture = |official, amounts: &[i64]| drawn(&[row(official, amounts), big.clone()], 0);
    let is_dashed = |shape: &Shape| matches!(shape, Shape::Outline { dashed: true, .. });
    let missing = picture(None, &[]);
    assert_eq!(missing.len(), 2);
    assert!(missing.iter().all(is_dashed), "{missing:?}");
    let (zero, tiny) = (picture(Some(0), &[0, 0]), picture(Some(1), &[0, 1]));
    assert!(!zero.iter().chain(&tiny).any(is_dashed));
    assert_ne!(zero, tiny);
    assert!(tiny.iter().all(|shape| shape.bounds().width >= 1.0), "{tiny:?}");
}

#[test]
fn several_scenarios_need_less_height_each() {
    let two = vec![row(Some(3), &[1, 2])];
    let mut five = row(Some(3), &[3]);
    five.extend([supposed(&[2]), supposed(&[1]), supposed(&[4])]);
    let (two_px, five_px) = (split_bars_height_px(&two), split_bars_height_px(&[five]));
    assert!(two_px < five_px && five_px < 2.5 * two_px, "{two_px} and {five_px}");
    assert!(split_bars_height_px(&[]).abs() < 1e-9);
}

#[test]
fn rows_without_a_box_draw_nothing() {
    let rows = [row(Some(1), &[1]), row(Some(1), &[1])];
    let boxes = [Rect::new(f64::NAN, 0.0, 10.0, 10.0), Rect::new(0.0, 0.0, 10.0, 0.0)];
    assert!(layout_split_bars(&rows, &boxes).is_empty());
    assert!(layout_split_bars(&rows, &[]).is_empty());
    assert!(layout_split_bars(&[], &[BOX]).is_empty());
    assert!(layout_split_bars(&[Vec::new()], &[BOX]).is_empty());
}

/// Nothing, zero, small, usual, negative and extreme amounts.
fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), Just(1), Just(-1), Just(i64::MAX), Just(i64::MIN), -1_000_000i64..1_000_000_000]
}

fn any_row() -> impl Strategy<Value = Vec<RowBar>> {
    let official = prop::option::of(amount()).prop_map(RowBar::Official);
    let stack = prop::collection::vec(amount(), 0..12).prop_map(|amounts| supposed(&amounts));
    prop::collection::vec(prop_oneof![official, stack], 0..6)
}

proptest! {
    #[test]
    fn every_shape_is_finite_and_stays_in_its_box(
        rows in prop::collection::vec(any_row(), 1..5),
        (width_px, height_px) in (2.0..900.0f64, 2.0..90.0f64),
    ) {
        for index in 0..rows.len() {
            let area = Rect::new(7.0, 9.0, width_px, height_px);
            let boxes: Vec<Rect> = (0..rows.len()).map(|at| if at == index { area } else { Rect::default() }).collect();
            for shape in layout_split_bars(&rows, &boxes) {
                let bounds = shape.bounds();
                prop_assert!(bounds.is_drawable(), "{:?}", shape);
                let slack_px = 1e-6;
                prop_assert!(bounds.x >= area.x - slack_px && bounds.right() <= area.right() + slack_px, "{:?}", shape);
                prop_assert!(bounds.y >= area.y - slack_px && bounds.bottom() <= area.bottom() + slack_px, "{:?}", shape);
            }
        }
    }

    #[test]
    fn parts_end_where_an_official_bar_of_their_total_ends(amounts in prop::collection::vec(0..1_000_000i64, 1..11)) {
        let total: i64 = amounts.iter().sum();
        prop_assume!(total > 0);
        let shapes = drawn(&[row(Some(total), &amounts), row(Some(3_000_000), &[1])], 0);
        let end = kept(&shapes).into_iter().map(|(_, right)| right).fold(0.0, f64::max);
        prop_assert!((end - official(&shapes).1).abs() <= 1.0, "{end} and {:?}", official(&shapes));
    }
}
