//! What must hold for every layout, whatever the amounts and sizes: shapes are finite, stay in their
//! box, lengths follow amounts, labels never touch.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use yupay::chart::{
    BarCell, BarState, BarStyle, ColumnsModel, Ink, Rect, Shape, Size, YearColumn, hit, layout_bars, layout_columns,
    stacked_boxes,
};

/// A small repeatable stream of numbers (xorshift), so a failure can be run again.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Missing, zero, small, large, negative and extreme amounts.
    fn amount(&mut self) -> Option<i64> {
        let size = i64::try_from(self.below(1_000_000_000)).unwrap();
        match self.below(9) {
            0 => None,
            1 => Some(0),
            2 => Some(1),
            3 => Some(-size),
            4 => Some([i64::MAX, i64::MIN, -1, 99][usize::try_from(self.below(4)).unwrap()]),
            _ => Some(size),
        }
    }

    fn cell(&mut self) -> BarCell {
        let state = [BarState::Plain, BarState::Selected, BarState::Dimmed];
        BarCell {
            outline: self.amount(),
            fill: self.amount(),
            ink: Ink::Ink,
            state: state[usize::try_from(self.below(3)).unwrap()],
        }
    }
}

fn assert_inside(shape: &Shape, area: Rect, slack_px: f64) {
    let bounds = shape.bounds();
    let numbers = [bounds.x, bounds.y, bounds.width, bounds.height];
    assert!(numbers.iter().all(|n| n.is_finite()), "{shape:?}");
    assert!(bounds.width >= 0.0 && bounds.height >= 0.0, "{shape:?}");
    assert!(bounds.x >= area.x - slack_px, "{shape:?} leaves {area:?} at the left");
    assert!(bounds.y >= area.y - slack_px, "{shape:?} leaves {area:?} at the top");
    assert!(bounds.right() <= area.right() + slack_px, "{shape:?} leaves {area:?} at the right");
    assert!(bounds.bottom() <= area.bottom() + slack_px, "{shape:?} leaves {area:?} at the bottom");
}

#[test]
fn every_bar_stays_in_its_box() {
    let mut stream = Stream(20_260_701);
    for _ in 0..2_000 {
        let cells: Vec<BarCell> = (0..=stream.below(6)).map(|_| stream.cell()).collect();
        let width_px = (stream.below(6_000) + 20) as f64 / 10.0;
        let height_px = (stream.below(500) + 20) as f64 / 10.0;
        let boxes = stacked_boxes(cells.len(), width_px, height_px);
        for style in [BarStyle::TABLE, BarStyle::PROMISE] {
            // Other cells keep their amounts but lose their boxes, so the scale is the same.
            for index in 0..cells.len() {
                let mut alone = vec![Rect::default(); cells.len()];
                alone[index] = boxes[index];
                for shape in layout_bars(&cells, &alone, style) {
                    assert_inside(&shape, boxes[index], 1.0);
                }
            }
        }
    }
}

fn bar(outline: Option<i64>, fill: Option<i64>) -> BarCell {
    BarCell { outline, fill, ink: Ink::Ink, state: BarState::Plain }
}

fn fill_width_px(amount: i64, outline: Option<i64>) -> f64 {
    let cells = [bar(Some(1_000_000), Some(1_000_000)), bar(outline, Some(amount))];
    let boxes = [Rect::default(), Rect::new(0.0, 0.0, 300.0, 30.0)];
    let shapes = layout_bars(&cells, &boxes, BarStyle { overhang_px: 0.0, ..BarStyle::PROMISE });
    let fill = shapes.iter().find(|shape| matches!(shape, Shape::Fill { ink: Ink::Ink, .. }));
    if amount == 0 { 0.0 } else { fill.unwrap().bounds().width }
}

#[test]
fn longer_bars_mean_larger_amounts() {
    for outline in [None, Some(1_000_000)] {
        let widths: Vec<f64> = (0..=1_000_000).step_by(977).map(|amount| fill_width_px(amount, outline)).collect();
        assert!(widths.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(fill_width_px(1, outline) >= 1.0);
        assert!((fill_width_px(1_000_000, outline) - 300.0).abs() < 1e-9);
        assert!((fill_width_px(500_000, outline) - 150.0).abs() < 1e-9);
    }
}

#[test]
fn zero_tiny_and_missing_are_three_pictures() {
    let boxes = [Rect::default(), Rect::new(0.0, 0.0, 300.0, 30.0)];
    for outline in [None, Some(1_000)] {
        let picture = |fill| {
            let cells = [bar(Some(1_000_000_000), None), bar(outline, fill)];
            layout_bars(&cells, &boxes, BarStyle::TABLE)
        };
        let pictures = [picture(None), picture(Some(0)), picture(Some(1))];
        assert_ne!(pictures[0], pictures[1]);
        assert_ne!(pictures[0], pictures[2]);
        assert_ne!(pictures[1], pictures[2]);
    }
}

#[test]
fn boxes_without_an_area_draw_nothing() {
    let cells = [bar(Some(1), Some(1)); 4];
    let boxes =
        [Rect::new(f64::NAN, 0.0, 10.0, 10.0), Rect::new(0.0, 0.0, -10.0, 10.0), Rect::new(0.0, 0.0, 10.0, 0.0)];
    assert!(layout_bars(&cells, &boxes, BarStyle::TABLE).is_empty());
    assert!(layout_bars(&[], &stacked_boxes(2, 10.0, 10.0), BarStyle::TABLE).is_empty());
}

fn label(minor: i64) -> String {
    format!("{} mill.", minor / 100_000_000)
}

fn size(width_px: f64, height_px: f64) -> Size {
    Size { width_px, height_px }
}

fn random_columns(stream: &mut Stream) -> ColumnsModel {
    let count = i32::try_from(stream.below(26)).unwrap();
    let columns = (0..count).map(|index| {
        let year = 2000 + index;
        let partial = index + 1 == count;
        let label = if partial { format!("{year} enero a junio") } else { year.to_string() };
        let (outline, fill, tick) = (stream.amount(), stream.amount(), stream.amount());
        YearColumn { year, label, outline, fill, tick, partial }
    });
    ColumnsModel { columns: columns.collect(), selected: Some(1), focused: Some(2) }
}

#[test]
fn columns_stay_on_the_chart_and_labels_never_touch() {
    let mut stream = Stream(77);
    for _ in 0..1_500 {
        let model = random_columns(&mut stream);
        let (width_px, height_px) = ((280 + stream.below(921)) as f64, (200 + stream.below(300)) as f64);
        let chart = size(width_px, height_px);
        let layout = layout_columns(&model, chart, &label, "Millones de soles de cada año");
        assert_eq!(layout.hits.len(), model.columns.len());
        assert_eq!(layout.shapes.is_empty(), model.columns.is_empty());
        let area = Rect::new(0.0, 0.0, width_px, height_px);
        let mut texts: Vec<Rect> = Vec::new();
        for shape in &layout.shapes {
            assert_inside(shape, area, 1.0);
            if matches!(shape, Shape::Text { .. }) {
                let bounds = shape.bounds();
                let clear = |other: &Rect| {
                    other.right() <= bounds.x
                        || bounds.right() <= other.x
                        || other.bottom() <= bounds.y
                        || bounds.bottom() <= other.y
                };
                assert!(texts.iter().all(clear), "labels touch at {width_px} px: {shape:?}");
                texts.push(bounds);
            }
        }
    }
}

#[test]
fn every_year_can_be_hit() {
    let model = random_columns(&mut Stream(3));
    let layout = layout_columns(&model, size(320.0, 260.0), &label, "Soles");
    for (index, area) in layout.hits.iter().enumerate() {
        let middle = area.center();
        assert_eq!(hit(&layout.hits, middle.x, middle.y), Some(index));
    }
    assert_eq!(hit(&layout.hits, -1.0, 10.0), None);
    assert_eq!(hit(&layout.hits, f64::NAN, 10.0), None);
}

#[test]
fn no_years_or_no_room_give_no_shapes() {
    let years = random_columns(&mut Stream(3));
    let none = ColumnsModel::default();
    let sizes = [(0.0, 300.0), (300.0, 20.0), (f64::NAN, 300.0), (f64::INFINITY, 300.0)];
    assert!(layout_columns(&none, size(600.0, 300.0), &label, "Soles").shapes.is_empty());
    for (width_px, height_px) in sizes {
        let layout = layout_columns(&years, size(width_px, height_px), &label, "Soles");
        assert!(layout.shapes.is_empty() && layout.hits.is_empty(), "{width_px} by {height_px}");
    }
}
