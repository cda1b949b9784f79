//! Named charts drawn to SVG and compared with `tests/golden/NAME.svg`, in both themes.
//!
//! A difference leaves `NAME.changed.svg` beside the golden and fails. `YUPAY_BLESS=1` rewrites the
//! goldens instead; look at them before they are committed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

mod compare;
mod explore;
mod golden;
mod scatter;
mod what_if;
mod works;

use yupay::chart::{
    Anchor, BarCell, BarState, BarStyle, ColumnsModel, Hue, Ink, Pattern, Point, SeriesInk, Shape, Size, StatusMark,
    Theme, Weight, YearColumn, layout_bars, layout_columns, layout_status_mark, series_for, stacked_boxes,
};

/// The themes of the screen and the greys of the printed sheet.
const WITH_PRINT: [(Theme, &str); 3] = [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")];

/// Compares one chart in both themes of the screen.
fn check(name: &str, shapes: &[Shape], size_px: (u32, u32)) {
    golden::check(name, shapes, size_px, &WITH_PRINT[..2]);
}

fn bar(outline: Option<i64>, fill: Option<i64>) -> BarCell {
    BarCell { outline, fill, ink: Ink::Ink, state: BarState::Plain }
}

fn check_bars(name: &str, cells: &[BarCell]) {
    let boxes = stacked_boxes(cells.len(), 240.0, 33.0);
    let height_px = 33 * u32::try_from(cells.len()).unwrap();
    check(name, &layout_bars(cells, &boxes, BarStyle::TABLE), (240, height_px));
}

#[test]
fn bars_breakdown() {
    let known = ["human", "ecological", "urban", "institutional", "economic"];
    let amounts = [(2_000, 1_100), (580, 270), (440, 250), (160, 60), (60, 20)];
    let dimensions = series_for(&known)
        .into_iter()
        .zip(amounts)
        .map(|(ink, (agreed, spent))| BarCell { ink: Ink::Series(ink), ..bar(Some(agreed), Some(spent)) });
    let states = [
        BarCell { state: BarState::Selected, ..bar(Some(1_700), Some(800)) },
        BarCell { state: BarState::Dimmed, ..bar(Some(1_500), Some(400)) },
        BarCell { ink: Ink::Muted, ..bar(None, Some(900)) },
    ];
    check_bars("bars_breakdown", &dimensions.chain(states).collect::<Vec<_>>());
}

#[test]
fn bars_promise() {
    let boxes = stacked_boxes(3, 896.0, 48.0);
    let cells = [bar(Some(200_000_000), Some(90_190_247))];
    let over = [bar(Some(80), Some(100))];
    let missing = [bar(Some(100), None)];
    let mut shapes = layout_bars(&cells, &boxes, BarStyle::PROMISE);
    shapes.extend(layout_bars(&over, &boxes[1..], BarStyle::PROMISE));
    shapes.extend(layout_bars(&missing, &boxes[2..], BarStyle::PROMISE));
    check("bars_promise", &shapes, (896, 144));
}

#[test]
fn bars_over_and_negative() {
    let cells = [
        bar(Some(100), Some(60)),
        bar(Some(80), Some(130)),
        BarCell { state: BarState::Selected, ..bar(Some(100), Some(101)) },
        BarCell { state: BarState::Dimmed, ..bar(Some(50), Some(90)) },
        bar(Some(60), Some(-40)),
        bar(None, Some(-25)),
        bar(Some(0), Some(30)),
        bar(Some(70), Some(-1)),
        bar(None, None),
    ];
    check_bars("bars_over_and_negative", &cells);
}

#[test]
fn bars_missing_and_zero() {
    let cells = [
        bar(Some(100_000), Some(40_000)),
        bar(Some(100_000), Some(1)),
        bar(Some(100_000), Some(0)),
        bar(Some(100_000), None),
        bar(None, Some(0)),
        bar(None, Some(1)),
        bar(None, None),
        BarCell { state: BarState::Selected, ..bar(None, None) },
        bar(Some(0), Some(0)),
    ];
    check_bars("bars_missing_and_zero", &cells);
}

#[test]
fn bars_eleven_series() {
    let ids = ["a", "human", "b", "ecological", "c", "d", "e", "f", "g", "h", "i"];
    let inks = series_for(&ids);
    let cells: Vec<BarCell> = inks
        .iter()
        .zip(0..)
        .map(|(&ink, rank)| BarCell { ink: Ink::Series(ink), ..bar(Some(1_000 - rank * 60), Some(800 - rank * 57)) })
        .collect();
    check_bars("bars_eleven_series", &cells);
}

fn official_years(first: i32) -> ColumnsModel {
    let years = [
        (61, 83, 52),
        (64, 97, 71),
        (70, 88, 75),
        (72, 120, 84),
        (75, 131, 90),
        (80, 118, 96),
        (78, 109, 61),
        (83, 126, 88),
        (85, 140, 97),
        (90, 151, 112),
        (92, 149, 120),
        (95, 133, 58),
    ];
    let columns = years.into_iter().zip(first..).map(|((opening, modified, spent), year)| {
        let partial = year == first + 11;
        YearColumn {
            year,
            label: if partial { format!("{year} enero a junio") } else { year.to_string() },
            outline: Some(modified * 100_000_000),
            fill: Some(spent * 100_000_000),
            tick: Some(opening * 100_000_000),
            partial,
        }
    });
    ColumnsModel { columns: columns.collect(), selected: Some(8), focused: None }
}

fn millions(minor: i64) -> String {
    (minor / 100_000_000).to_string()
}

fn check_columns(name: &str, model: &ColumnsModel, (width_px, height_px): (u32, u32)) {
    let size = Size { width_px: f64::from(width_px), height_px: f64::from(height_px) };
    let title = "Presupuesto y gasto devengado, en millones de soles de cada año";
    let layout = layout_columns(model, size, &millions, title);
    check(name, &layout.shapes, (width_px, height_px));
}

#[test]
fn columns_official_1200() {
    check_columns("columns_official_1200", &official_years(2013), (1200, 380));
}

#[test]
fn columns_official_320() {
    let model = ColumnsModel { focused: Some(5), ..official_years(2013) };
    check_columns("columns_official_320", &model, (320, 280));
}

#[test]
fn columns_empty_year() {
    let mut model = official_years(2013);
    model.columns.truncate(7);
    model.selected = Some(2);
    let years = &mut model.columns;
    years[1].fill = None;
    (years[2].outline, years[2].fill, years[2].tick) = (None, None, None);
    years[3].fill = Some(0);
    years[4].fill = Some(15_000_000_000);
    years[5].fill = Some(-3_000_000_000);
    (years[6].outline, years[6].tick) = (None, None);
    check_columns("columns_empty_year", &model, (560, 300));
}

#[test]
fn bars_patterns() {
    let inks = Pattern::ALL
        .iter()
        .flat_map(|&pattern| [Hue::Urban, Hue::Economic].map(|hue| Ink::Series(SeriesInk { hue, pattern })));
    let cells: Vec<BarCell> =
        inks.zip([90, 40].iter().cycle()).map(|(ink, &spent)| BarCell { ink, ..bar(Some(100), Some(spent)) }).collect();
    check_bars("bars_patterns", &cells);
}

#[test]
fn status_marks() {
    let mut shapes = Vec::new();
    for (mark, row) in StatusMark::ALL.into_iter().zip(stacked_boxes(8, 120.0, 36.0)) {
        let y = row.center().y;
        for (x, size_px) in [(16.0, 14.0), (44.0, 18.0), (84.0, 28.0)] {
            shapes.extend(layout_status_mark(mark, Point::new(x, y), size_px, Ink::Ink));
        }
        shapes.push(Shape::Text {
            at: Point::new(120.0, y),
            text: mark.symbol().to_owned(),
            ink: Ink::Muted,
            size_px: 16.0,
            anchor: Anchor::Middle,
            weight: Weight::Regular,
        });
    }
    check("status_marks", &shapes, (140, 288));
}
