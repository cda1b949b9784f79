//! What must hold for need against money, whatever the numbers and sizes: everything stays on the
//! chart, words never touch, places follow the numbers, every point can be touched.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use proptest::prelude::*;
use yupay::chart::{
    AxisWords, Ink, Point, Rect, ScatterLayout, ScatterModel, ScatterPoint, Shape, Size, layout_scatter,
};

fn point(need: Option<i64>, official: Option<i64>, supposed: Option<i64>) -> ScatterPoint {
    ScatterPoint { label: "S10".to_owned(), need, official, supposed }
}

fn shares(points: Vec<ScatterPoint>) -> ScatterModel {
    ScatterModel { points, equality: Some("igual parte".to_owned()), ..Default::default() }
}

fn layout(model: &ScatterModel, width_px: f64, height_px: f64) -> ScatterLayout {
    let words = |hundredths: i64| format!("{} %", hundredths / 100);
    let need = AxisWords { title: "Parte de las personas sin servicios básicos", tick: &words };
    let money = AxisWords { title: "Parte del fondo", tick: &words };
    layout_scatter(model, Size { width_px, height_px }, need, money)
}

fn assert_no_touching(layout: &ScatterLayout) {
    let texts = texts(layout);
    for (index, text) in texts.iter().enumerate() {
        for other in texts.iter().skip(index + 1) {
            assert!(is_clear(text, other), "{text:?} touches {other:?}");
        }
    }
}

/// The dots in the order of the points drawn.
fn dots(layout: &ScatterLayout) -> Vec<Point> {
    let dot = |shape: &Shape| match shape {
        Shape::Disc { center, ink: Ink::Ink, .. } => Some(*center),
        _ => None,
    };
    layout.shapes.iter().filter_map(dot).collect()
}

fn rings(layout: &ScatterLayout) -> Vec<Point> {
    let ring = |shape: &Shape| match shape {
        Shape::Ring { center, .. } => Some(*center),
        _ => None,
    };
    layout.shapes.iter().filter_map(ring).collect()
}

fn texts(layout: &ScatterLayout) -> Vec<Rect> {
    layout.shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })).map(Shape::bounds).collect()
}

fn slanted_line(layout: &ScatterLayout) -> (Point, Point) {
    let slanted = layout.shapes.iter().find_map(|shape| match shape {
        Shape::Line { from, to, .. } if (from.x - to.x).abs() > 1.0 && (from.y - to.y).abs() > 1.0 => {
            Some((*from, *to))
        }
        _ => None,
    });
    slanted.unwrap()
}

fn is_clear(a: &Rect, b: &Rect) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

#[test]
fn more_need_is_further_right_and_more_money_higher() {
    let points = [(500, 900), (700, 1_000), (1_500, 1_800)].map(|(need, money)| point(Some(need), Some(money), None));
    for equality in [None, Some("igual".to_owned())] {
        let layout = layout(&ScatterModel { points: points.to_vec(), equality, ..Default::default() }, 400.0, 300.0);
        let dots = dots(&layout);
        assert!(dots.is_sorted_by(|a, b| a.x < b.x && a.y > b.y), "{dots:?}");
        // The second step is four times the first in need and eight times in money.
        let steps: Vec<f64> = dots
            .windows(2)
            .flat_map(|pair| match pair {
                [a, b] => vec![b.x - a.x, a.y - b.y],
                _ => Vec::new(),
            })
            .collect();
        let [x1, y1, x2, y2] = steps.as_slice() else { panic!("{steps:?}") };
        assert!((x2 / x1 - 4.0).abs() < 1e-9 && (y2 / y1 - 8.0).abs() < 1e-9, "{steps:?}");
    }
}

#[test]
fn equal_shares_lie_on_the_line_and_larger_ones_above_it() {
    let points = vec![
        point(Some(771), Some(771), Some(900)),
        point(Some(1_250), Some(1_250), Some(1_000)),
        point(Some(1_825), Some(1_825), None),
    ];
    let layout = layout(&shares(points), 520.0, 360.0);
    let (from, to) = slanted_line(&layout);
    let above_px = |at: &Point| from.y + (to.y - from.y) * (at.x - from.x) / (to.x - from.x) - at.y;
    assert!(dots(&layout).iter().all(|dot| above_px(dot).abs() < 1e-9));
    let rings: Vec<f64> = rings(&layout).iter().map(above_px).collect();
    assert!(matches!(rings.as_slice(), [higher, lower] if *higher > 1.0 && *lower < -1.0), "{rings:?}");
}

#[test]
fn what_is_missing_is_not_drawn_and_not_zero() {
    let points = vec![
        point(None, Some(900), Some(800)),
        point(Some(700), None, None),
        point(Some(900), None, Some(700)),
        point(Some(800), Some(0), None),
    ];
    let layout = layout(&shares(points), 400.0, 300.0);
    assert_eq!((dots(&layout).len(), rings(&layout).len()), (1, 1));
    assert_eq!(layout.order, [3, 2]);
}

#[test]
fn a_dot_and_its_ring_are_joined_unless_they_touch() {
    let joined = |supposed| {
        let ends = [point(Some(0), Some(0), None), point(Some(2_000), Some(2_000), None)];
        let points = ends.into_iter().chain([point(Some(1_000), Some(1_000), Some(supposed))]);
        let layout = layout(&shares(points.collect()), 400.0, 300.0);
        layout.shapes.iter().filter(|shape| matches!(shape, Shape::Line { ink: Ink::Muted, .. })).count()
    };
    assert_eq!([joined(1_000), joined(1_010), joined(1_500), joined(100)], [0, 0, 1, 1]);
}

#[test]
fn one_point_and_equal_points_have_a_place() {
    for amount in [0, 1, 1_250, -300, i64::MAX, i64::MIN] {
        for count in [1, 8] {
            for equality in [None, Some("igual".to_owned())] {
                let points = vec![point(Some(amount), Some(amount), Some(amount)); count];
                let layout = layout(&ScatterModel { points, equality, ..Default::default() }, 300.0, 260.0);
                assert_eq!(dots(&layout).len(), count, "{amount}");
                let canvas = Rect::new(0.0, 0.0, 300.0, 260.0);
                assert!(dots(&layout).iter().all(|dot| canvas.contains(*dot)), "{amount}");
            }
        }
    }
}

#[test]
fn no_points_or_no_room_give_no_shapes() {
    let points = vec![point(Some(500), Some(700), None)];
    assert_eq!(layout(&shares(Vec::new()), 400.0, 300.0), ScatterLayout::default());
    assert_eq!(layout(&shares(vec![point(None, Some(1), Some(1))]), 400.0, 300.0), ScatterLayout::default());
    for (width_px, height_px) in [(0.0, 300.0), (300.0, 60.0), (40.0, 300.0), (f64::NAN, 300.0), (f64::INFINITY, 300.0)]
    {
        assert_eq!(layout(&shares(points.clone()), width_px, height_px), ScatterLayout::default(), "{width_px}");
    }
    assert_eq!(ScatterLayout::default().hit(3.0, 3.0), None);
}

#[test]
fn long_words_of_ticks_are_left_out_rather_than_touching() {
    let model = shares([0, 900, 2_000].map(|share| point(Some(share), Some(share), None)).to_vec());
    let words = |hundredths: i64| format!("{hundredths} centésimos por ciento");
    let axis = AxisWords { title: "Necesidad", tick: &words };
    let layout = layout_scatter(&model, Size { width_px: 300.0, height_px: 260.0 }, axis, axis);
    assert_no_touching(&layout);
    assert!(layout.shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if *text == words(0))));
}

#[test]
fn a_touch_means_the_nearest_mark_within_reach() {
    let points = vec![
        point(Some(500), Some(500), Some(2_000)),
        point(Some(1_900), Some(1_900), None),
        point(Some(2_000), Some(600), None),
        point(None, None, None),
    ];
    let layout = layout(&shares(points), 600.0, 400.0);
    let dots = dots(&layout);
    for (index, dot) in dots.iter().enumerate() {
        assert_eq!(layout.hit(dot.x, dot.y), Some(index));
        assert_eq!(layout.hit(dot.x + 12.0, dot.y - 12.0), Some(index));
    }
    // The line between dot and ring belongs to the point too.
    let (dot, ring) = (dots.first().unwrap(), rings(&layout).first().copied().unwrap());
    assert_eq!(layout.hit(dot.x + 10.0, (dot.y + ring.y) / 2.0), Some(0));
    assert_eq!(layout.hit(300.0, 200.0), None);
    assert_eq!(layout.hit(f64::NAN, 10.0), None);
}

#[test]
fn the_keyboard_goes_from_left_to_right() {
    let needs = [900, 300, 1_500, 300];
    let points = needs.into_iter().zip([10, 20, 30, 40]).map(|(need, money)| point(Some(need), Some(money), None));
    let layout = layout(&shares(points.collect()), 400.0, 300.0);
    assert_eq!(layout.order, [3, 1, 0, 2]);
}

fn amount() -> impl Strategy<Value = Option<i64>> {
    let any = prop_oneof![Just(0), Just(1), Just(i64::MAX), Just(i64::MIN), -2_000i64..2_000, 0i64..1_000_000_000];
    prop::option::weighted(0.9, any)
}

fn any_model() -> impl Strategy<Value = ScatterModel> {
    let share = || prop::option::weighted(0.9, 0i64..4_000);
    let usual = (share(), share(), share());
    let extreme = (amount(), amount(), amount());
    let points = prop_oneof![prop::collection::vec(usual, 0..30), prop::collection::vec(extreme, 0..60)];
    let chosen = || prop::option::of(0usize..60);
    (points, any::<bool>(), chosen(), chosen()).prop_map(|(points, is_shared, selected, focused)| {
        let points = points.into_iter().map(|(need, official, supposed)| point(need, official, supposed));
        let equality = is_shared.then(|| "igual parte".to_owned());
        ScatterModel { points: points.collect(), equality, selected, focused }
    })
}

proptest! {
    #[test]
    fn everything_stays_on_the_chart_and_words_never_touch(
        model in any_model(),
        (width_px, height_px) in (280.0..900.0f64, 220.0..600.0f64),
    ) {
        let layout = layout(&model, width_px, height_px);
        for shape in &layout.shapes {
            let bounds = shape.bounds();
            prop_assert!([bounds.x, bounds.y, bounds.width, bounds.height].iter().all(|n| n.is_finite()), "{:?}", shape);
            prop_assert!(bounds.x >= -0.5 && bounds.y >= -0.5, "{:?}", shape);
            prop_assert!(bounds.right() <= width_px + 0.5 && bounds.bottom() <= height_px + 0.5, "{:?}", shape);
        }
        assert_no_touching(&layout);
        let is_drawn = |point: &ScatterPoint| point.need.is_some() && (point.official.or(point.supposed)).is_some();
        let mut drawn = layout.order.clone();
        drawn.sort_unstable();
        let expected: Vec<usize> = (0..model.points.len()).filter(|&at| is_drawn(&model.points[at])).collect();
        prop_assert_eq!(drawn, expected);
        for dot in dots(&layout) {
            prop_assert!(layout.hit(dot.x, dot.y).is_some());
        }
    }
}
