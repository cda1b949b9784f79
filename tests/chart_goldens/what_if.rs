//! Bars of the what-if page, on the screen in both themes and in the greys of the printed sheet.

use yupay::chart::{
    Anchor, Hatched, Ink, Part, Point, Rect, RowBar, Shape, Weight, layout_split_bars, split_bars_height_px,
    stacked_boxes,
};

use super::{WITH_PRINT, golden};

fn check(name: &str, shapes: &[Shape], size_px: (u32, u32)) {
    golden::check(name, shapes, size_px, &WITH_PRINT);
}

fn check_rows(name: &str, rows: &[Vec<RowBar>], width_px: u32) {
    let row_px = split_bars_height_px(rows) + 10.0;
    let boxes = stacked_boxes(rows.len(), f64::from(width_px), row_px);
    let height_px = boxes.last().map_or(0.0, Rect::bottom).ceil() as u32;
    check(name, &layout_split_bars(rows, &boxes), (width_px, height_px));
}

/// One part for each criterion, in its place; zero where it gives nothing.
fn parts(amounts: &[i64]) -> Vec<Part> {
    let placed = amounts.iter().enumerate();
    placed.map(|(position, &amount)| Part { amount, hatched: Hatched::at(position) }).collect()
}

fn row(official: i64, amounts: &[i64]) -> Vec<RowBar> {
    vec![RowBar::Official(Some(official)), RowBar::Supposed(parts(amounts))]
}

fn with_floor(mut row: Vec<RowBar>, floor: i64) -> Vec<RowBar> {
    if let Some(RowBar::Supposed(parts)) = row.last_mut() {
        parts.push(Part { amount: floor, hatched: Hatched::FLOOR });
    }
    row
}

fn rows_of_villa_el_salvador() -> Vec<Vec<RowBar>> {
    vec![
        row(365, &[95, 79, 101]),
        row(310, &[85, 90, 80]),
        row(274, &[72, 111, 60]),
        row(248, &[70, 121, 60]),
        row(234, &[62, 160, 37]),
        row(215, &[61, 175, 31]),
        row(189, &[55, 167, 21]),
        row(160, &[47, 145, 16]),
    ]
}

#[test]
fn split_three_criteria_320() {
    check_rows("split_three_criteria_320", &rows_of_villa_el_salvador(), 140);
}

#[test]
fn split_three_criteria_1280() {
    check_rows("split_three_criteria_1280", &rows_of_villa_el_salvador(), 460);
}

#[test]
fn split_ten_criteria_and_a_floor() {
    let equal = [70; 10];
    let rows = [
        with_floor(row(700, &equal), 70),
        with_floor(row(500, &[90, 20, 60, 40, 80, 30, 70, 50, 10, 100]), 120),
        with_floor(row(300, &[2, 2, 2, 2, 2, 2, 2, 2, 2, 2]), 40),
    ];
    check_rows("split_ten_criteria_and_a_floor", &rows, 480);
}

#[test]
fn split_bounds_that_give_and_take() {
    let rows = [
        with_floor(row(300, &[60, 50, 20]), 110),
        with_floor(row(300, &[130, 120, 90]), -40),
        with_floor(row(300, &[130, 120, 90]), -190),
        with_floor(row(300, &[0, 200, 140]), -1),
    ];
    check_rows("split_bounds_that_give_and_take", &rows, 260);
}

#[test]
fn split_missing_zero_tiny_and_negative() {
    let missing = vec![RowBar::Official(None), RowBar::Supposed(Vec::new())];
    let rows = [
        row(300, &[100, 120, 80]),
        missing,
        row(0, &[0, 0, 0]),
        row(1, &[0, 1, 0]),
        row(-90, &[-30, -40, -20]),
        with_floor(row(-90, &[-60, -40, -30]), 40),
        vec![RowBar::Official(Some(300))],
        vec![RowBar::Supposed(parts(&[100, 120, 80]))],
    ];
    check_rows("split_missing_zero_tiny_and_negative", &rows, 260);
}

#[test]
fn split_four_scenarios() {
    let scenario =
        |position: usize, amount: i64| RowBar::Supposed(vec![Part { amount, hatched: Hatched::at(position) }]);
    let rows: Vec<Vec<RowBar>> = [365, 310, 274, 160]
        .iter()
        .zip([275, 255, 243, 208])
        .map(|(&official, second)| {
            vec![
                RowBar::Official(Some(official)),
                scenario(0, official),
                scenario(1, second),
                scenario(2, 250),
                scenario(3, (official + second) / 2),
            ]
        })
        .collect();
    check_rows("split_four_scenarios", &rows, 260);
}

#[test]
fn hatch_swatches() {
    let marks = (0..10).map(Hatched::at).chain([Hatched::FLOOR]);
    let shapes = marks.zip(stacked_boxes(11, 160.0, 24.0)).zip(1..).flat_map(|((hatched, row), number)| {
        let label = Shape::Text {
            at: Point::new(100.0, row.center().y),
            text: number.to_string(),
            ink: Ink::Muted,
            size_px: 13.0,
            anchor: Anchor::Start,
            weight: Weight::Regular,
        };
        let samples = [(4.0, 13.0), (28.0, 60.0)].map(|(x, width)| Rect::new(x, row.y + 5.0, width, 13.0));
        samples.into_iter().flat_map(move |rect| hatched.shapes(rect)).chain([label])
    });
    check("hatch_swatches", &shapes.collect::<Vec<_>>(), (160, 264));
}
