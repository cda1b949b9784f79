//! One column a year: the border is the budget, the fill what was spent, a line across the budget
//! the year opened with.
//!
//! Owns the axis, the columns, the place of the labels and where each year can be touched. Refuses
//! to format money or dates: tick labels come from the caller's function, year labels are text.

use crate::chart::frame::{
    TICK_GAP_PX, TICK_SIZE_PX, TITLE_LINE_PX, gutter_px, hairline, most_upright_ticks, tick_label, ticks_within_reach,
    title_lines, title_shapes,
};
use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size};
use crate::chart::year_labels;

/// One year. Amounts are minor units of one currency; `None` is no data, which is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearColumn {
    /// The fiscal year, for the short label.
    pub year: i32,
    /// The whole label. What follows its first space goes on a second line: "2024 enero a junio".
    pub label: String,
    /// The budget as last modified, drawn as a border.
    pub outline: Option<i64>,
    /// What was spent, drawn filled.
    pub fill: Option<i64>,
    /// The budget the year opened with, drawn as a short line across.
    pub tick: Option<i64>,
    /// Whether the year is not over, which breaks the border into dashes.
    pub partial: bool,
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnsModel {
    /// The years, in the order they are drawn.
    pub columns: Vec<YearColumn>,
    /// The year the page is about, as an index into `columns`.
    pub selected: Option<usize>,
    /// The year the keyboard is on, as an index into `columns`.
    pub focused: Option<usize>,
}

/// What to draw and what can be touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnsLayout {
    /// The shapes in drawing order.
    pub shapes: Vec<Shape>,
    /// One rectangle for each year, over the whole height; they touch but do not overlap.
    pub hits: Vec<Rect>,
}

/// Share of its slot a column takes, and the widest one, CSS px.
const COLUMN_SHARE: f64 = 0.62;
const WIDEST_COLUMN_PX: f64 = 56.0;
/// Room under the plot for the mark of the selected year, CSS px.
const MARK_PX: f64 = 7.0;
/// The smallest chart that is drawn, CSS px.
const LEAST_SIDE_PX: f64 = 60.0;

/// Which of `hits` holds the point, in CSS px from the chart's top left corner.
pub fn hit(hits: &[Rect], x_px: f64, y_px: f64) -> Option<usize> {
    hits.iter().position(|area| area.contains(Point::new(x_px, y_px)))
}

/// The chart at a size.
///
/// `tick_words` turns minor units into a short label ("20 mill."); `axis_title` says what is counted
/// and is broken into lines. Tick labels that would take more than half the width are left out. A
/// model without years, or a size under 60 px on a side, gives no shapes and no hits.
pub fn layout_columns(
    model: &ColumnsModel,
    size: Size,
    tick_words: &dyn Fn(i64) -> String,
    axis_title: &str,
) -> ColumnsLayout {
    let area = Rect::new(0.0, 0.0, size.width_px, size.height_px);
    let is_too_small = size.width_px < LEAST_SIDE_PX || size.height_px < LEAST_SIDE_PX;
    if model.columns.is_empty() || !area.is_drawable() || is_too_small {
        return ColumnsLayout::default();
    }
    let title = title_lines(axis_title, size.width_px);
    let labels_px = year_labels::height_px(&model.columns) + MARK_PX;
    let top_px = title.len() as f64 * TITLE_LINE_PX + TICK_SIZE_PX;
    let plot_height_px = (size.height_px - top_px - labels_px).max(1.0);

    let amounts = Scale::of(amounts(&model.columns));
    let ticks = ticks_within_reach(amounts, most_upright_ticks(plot_height_px));
    let labels: Vec<String> = ticks.iter().map(|&tick| tick_words(tick)).collect();
    let gutter_px = gutter_px(&labels, size.width_px);
    let plot = Rect::new(gutter_px, top_px, size.width_px - gutter_px, plot_height_px);
    let axis = Axis { plot, scale: amounts.and(Scale::of(ticks.iter().copied())) };

    let slot_px = plot.width / model.columns.len() as f64;
    let slots: Vec<Rect> = (0..model.columns.len())
        .map(|index| Rect::new(plot.x + index as f64 * slot_px, 0.0, slot_px, size.height_px))
        .collect();

    let mut shapes = title_shapes(&title, Point::default(), Anchor::Start);
    shapes.extend(axis.grid(&ticks, &labels));
    for (column, slot) in model.columns.iter().zip(&slots) {
        shapes.extend(axis.column(column, slot));
    }
    shapes.push(axis.zero_line());
    let under_px = plot.bottom() + MARK_PX;
    let place = (under_px, size.width_px);
    shapes.extend(year_labels::layout(&model.columns, &slots, model.selected, place));
    shapes.extend(marks(model, &slots, plot));
    ColumnsLayout { shapes, hits: slots }
}

fn amounts(columns: &[YearColumn]) -> impl Iterator<Item = i64> {
    columns.iter().flat_map(|column| [column.outline, column.fill, column.tick]).flatten()
}

/// The mark under the selected year and the ring around the one the keyboard is on.
fn marks(model: &ColumnsModel, slots: &[Rect], plot: Rect) -> Vec<Shape> {
    let slot_of = |index: Option<usize>| index.and_then(|index| slots.get(index));
    let selected = slot_of(model.selected).map(|slot| {
        let width = column_width_px(slot).max(6.0).min(slot.width);
        let left = slot.center().x - width / 2.0;
        Shape::solid(Rect::new(left, plot.bottom() + 3.0, width, 3.0), Ink::Accent)
    });
    let focused = slot_of(model.focused).map(|slot| Shape::Outline {
        rect: Rect::new(slot.x, plot.y - 4.0, slot.width, plot.height + 4.0 + MARK_PX),
        ink: Ink::Accent,
        thickness_px: 2.0,
        dashed: false,
    });
    selected.into_iter().chain(focused).collect()
}

fn column_width_px(slot: &Rect) -> f64 {
    (slot.width * COLUMN_SHARE).min(WIDEST_COLUMN_PX)
}

/// The amounts the plot spans, and where it lies.
struct Axis {
    plot: Rect,
    scale: Scale,
}

impl Axis {
    fn y_of(&self, amount: i64) -> f64 {
        self.plot.bottom() - self.plot.height * self.scale.share(amount)
    }

    fn grid(&self, ticks: &[i64], labels: &[String]) -> Vec<Shape> {
        let lines = ticks.iter().map(|&tick| self.level(self.y_of(tick), Ink::Line));
        let has_labels = self.plot.x > 0.0;
        let texts = ticks.iter().zip(labels).filter(|_| has_labels).map(|(&tick, label)| {
            tick_label(label, Point::new(self.plot.x - TICK_GAP_PX, self.y_of(tick)), Anchor::End)
        });
        lines.chain(texts).collect()
    }

    fn level(&self, y: f64, ink: Ink) -> Shape {
        hairline(Point::new(self.plot.x, y), Point::new(self.plot.right(), y), ink)
    }

    fn zero_line(&self) -> Shape {
        self.level(self.y_of(0), Ink::Ink)
    }

    fn column(&self, column: &YearColumn, slot: &Rect) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let width = column_width_px(slot);
        let left = slot.center().x - width / 2.0;
        let zero_px = self.y_of(0);
        let bar = |amount: i64| {
            let height = (self.y_of(amount) - zero_px).abs().max(1.0);
            let top = if amount < 0 { zero_px } else { zero_px - height };
            (amount != 0).then(|| Rect::new(left, top, width, height))
        };
        let outlined = |rect, ink, dashed| Shape::Outline { rect, ink, thickness_px: 1.0, dashed };

        if column.outline.is_none() && column.fill.is_none() {
            let height = self.plot.height.min(14.0);
            let rect = Rect::new(left, zero_px - height, width, height);
            shapes.push(outlined(rect, Ink::Edge, true));
        }
        shapes.extend(column.fill.and_then(bar).map(|rect| Shape::solid(rect, Ink::Ink)));
        if column.fill == Some(0) {
            let rect = Rect::new(left, zero_px - 1.0, width, 3.0);
            shapes.push(Shape::solid(rect, Ink::Ink));
        }
        if let Some(rect) = column.outline.and_then(bar) {
            shapes.extend(self.promise_cut(column, rect));
            shapes.push(outlined(rect, Ink::Ink, column.partial));
        }
        shapes.extend(column.tick.into_iter().flat_map(|amount| self.tick(amount, left, slot)));
        shapes
    }

    /// Where more was spent than budgeted, a line of paper shows the end of the budget.
    fn promise_cut(&self, column: &YearColumn, outline: Rect) -> Option<Shape> {
        let (outlined, filled) = (column.outline?, column.fill?);
        let is_over = (outlined > 0 && filled > outlined) || (outlined < 0 && filled < outlined);
        let end_px = if outlined < 0 { outline.bottom() } else { outline.y - 2.0 };
        is_over.then(|| Shape::solid(Rect::new(outline.x, end_px, outline.width, 2.0), Ink::Paper))
    }

    /// The opening budget: a line a little wider than its column, with paper above and below so
    /// that it stays visible on the fill.
    fn tick(&self, amount: i64, left: f64, slot: &Rect) -> [Shape; 2] {
        let width = column_width_px(slot);
        let overhang_px = ((slot.width - width) / 4.0).min(5.0);
        let y = self.y_of(amount);
        let line = |overhang_px: f64, height: f64| {
            Rect::new(left - overhang_px, y - height / 2.0, width + 2.0 * overhang_px, height)
        };
        [Shape::solid(line(0.0, 4.0), Ink::Paper), Shape::solid(line(overhang_px, 2.0), Ink::Ink)]
    }
}
