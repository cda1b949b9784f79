//! What painting asks of a backend: whole, visible pixels and text at the right size.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::cell::RefCell;
use std::rc::Rc;

use plotters::prelude::{DrawingBackend, IntoDrawingArea};
use plotters_backend::{BackendColor, BackendCoord, BackendTextStyle, DrawingErrorKind};
use yupay::chart::{
    AxisWords, BarCell, BarState, BarStyle, ColumnsModel, Device, Hatched, Ink, PaintError, Palette, Part, RowBar,
    ScatterModel, ScatterPoint, Size, Theme, YearColumn, layout_bars, layout_columns, layout_scatter,
    layout_split_bars, paint, stacked_boxes,
};

/// A backend that keeps what it is asked to draw.
#[derive(Clone, Default)]
struct Recorder {
    rects: Rc<RefCell<Vec<(BackendCoord, BackendCoord)>>>,
    font_sizes: Rc<RefCell<Vec<f64>>>,
}

impl DrawingBackend for Recorder {
    type ErrorType = std::io::Error;

    fn get_size(&self) -> (u32, u32) {
        (4_000, 4_000)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn draw_rect<S: plotters_backend::BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        _: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        assert!(fill, "borders are drawn as filled strips");
        self.rects.borrow_mut().push((upper_left, lower_right));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        _: &str,
        style: &S,
        _: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.font_sizes.borrow_mut().push(style.size());
        Ok(())
    }
}

fn row(cell: &BarCell) -> Vec<RowBar> {
    let parts = [cell.outline, cell.fill].into_iter().flatten().zip(0..);
    let parts = parts.map(|(amount, position)| Part { amount, hatched: Hatched::at(position) });
    vec![RowBar::Official(cell.outline), RowBar::Supposed(parts.collect())]
}

#[test]
fn painting_uses_whole_visible_pixels_at_every_ratio() {
    let amounts = [None, Some(0), Some(1), Some(-1), Some(40_000), Some(-90_000), Some(99_999)];
    let cells: Vec<BarCell> = amounts
        .iter()
        .flat_map(|&outline| amounts.iter().map(move |&fill| (outline, fill)))
        .map(|(outline, fill)| BarCell { outline, fill, ink: Ink::Ink, state: BarState::Plain })
        .collect();
    let mut shapes = layout_bars(&cells, &stacked_boxes(cells.len(), 233.3, 17.7), BarStyle::TABLE);
    let columns = cells.iter().zip(2000..).map(|(cell, year)| YearColumn {
        year,
        label: year.to_string(),
        outline: cell.outline,
        fill: cell.fill,
        tick: cell.outline,
        partial: year % 2 == 0,
    });
    let model = ColumnsModel { columns: columns.collect(), selected: Some(1), focused: Some(2) };
    let size = Size { width_px: 640.0, height_px: 300.0 };
    shapes.extend(layout_columns(&model, size, &|minor| minor.to_string(), "Soles").shapes);
    let rows: Vec<Vec<RowBar>> = cells.iter().map(row).collect();
    shapes.extend(layout_split_bars(&rows, &stacked_boxes(rows.len(), 233.3, 25.7)));
    let points = cells.iter().map(|cell| ScatterPoint {
        label: "S1".to_owned(),
        need: cell.outline,
        official: cell.fill,
        supposed: cell.outline,
    });
    let axis = AxisWords { title: "Soles", tick: &|minor| minor.to_string() };
    let model = ScatterModel { points: points.collect(), focused: Some(9), ..Default::default() };
    shapes.extend(layout_scatter(&model, size, axis, axis).shapes);
    for ratio in [1.0, 1.25, 1.5, 2.0, 2.625, 3.0] {
        let recorder = Recorder::default();
        let area = recorder.clone().into_drawing_area();
        paint(&area, &shapes, &Palette::of(Theme::Light), Device::canvas(ratio)).unwrap();
        let rects = recorder.rects.borrow();
        assert!(!rects.is_empty());
        let hidden = rects.iter().find(|(a, b)| a.0 >= b.0 || a.1 >= b.1);
        assert_eq!(hidden, None, "at {ratio}");
        let smallest = recorder.font_sizes.borrow().iter().copied().fold(f64::MAX, f64::min);
        assert!((smallest - 12.0 * ratio).abs() < 1e-9, "at {ratio}");
    }
}

#[test]
fn impossible_ratios_are_refused_before_drawing() {
    let area = Recorder::default().into_drawing_area();
    for ratio in [0.0, -1.0, 17.0, f64::NAN, f64::INFINITY] {
        let painted = paint(&area, &[], &Palette::of(Theme::Dark), Device::canvas(ratio));
        assert!(matches!(painted, Err(PaintError::Scale { .. })), "{ratio}");
    }
}
