//! Need against money: one point a section, a dot for what is official and a ring for what is supposed.
//!
//! Owns the two axes, the marks, the line of equal shares and which point is touched. Refuses to
//! format numbers: both axes take integers of any unit and words for their ticks from the caller.

use crate::chart::frame::TICK_SIZE_PX;
use crate::chart::palette::Ink;
use crate::chart::point_labels::{LABEL_SIZE_PX, Labelled, places};
use crate::chart::scatter_mark::Mark;
use crate::chart::scatter_plot::Plot;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};

/// One section. Need and money are integers in the unit of their axis (hundredths of a percent, minor
/// units of one currency); `None` is no data, which is not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScatterPoint {
    /// A few characters that stand beside the mark.
    pub label: String,
    /// How much need there is. Without it the point is not drawn.
    pub need: Option<i64>,
    /// The money by the official rule: a solid dot.
    pub official: Option<i64>,
    /// The money by the supposed rule: a ring, joined to the dot.
    pub supposed: Option<i64>,
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScatterModel {
    /// The sections in declared order.
    pub points: Vec<ScatterPoint>,
    /// Where both axes count shares of a whole: words for the line on which a section has as large a
    /// share of the money as of the need. Both axes then run over the same range.
    pub equality: Option<String>,
    /// The point the page is about, as an index into `points`.
    pub selected: Option<usize>,
    /// The point the keyboard is on, as an index into `points`.
    pub focused: Option<usize>,
}

/// The words of an axis.
#[derive(Clone, Copy)]
pub struct AxisWords<'a> {
    /// What is counted; broken into lines.
    pub title: &'a str,
    /// A short label for a tick ("20 %").
    pub tick: &'a dyn Fn(i64) -> String,
}

/// What to draw and what can be touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScatterLayout {
    /// The shapes in drawing order.
    pub shapes: Vec<Shape>,
    /// The drawn points as indices, from left to right and from top to bottom: the keyboard's way.
    pub order: Vec<usize>,
    /// The mark of each point; `None` where nothing is drawn.
    marks: Vec<Option<Mark>>,
}

/// How far from a mark a touch still means it, CSS px.
const TOUCH_PX: f64 = 22.0;

impl ScatterLayout {
    /// The point whose mark is nearest to a place in CSS px from the chart's top left corner, if it is
    /// within reach of a finger. Of marks that lie on one another the first is meant.
    pub fn hit(&self, x_px: f64, y_px: f64) -> Option<usize> {
        let touch = Point::new(x_px, y_px);
        let distances = self.marks.iter().enumerate().filter_map(|(index, mark)| Some((index, mark.as_ref()?, touch)));
        let near = distances.map(|(index, mark, touch)| (index, mark.distance_px(touch)));
        let nearest = near.filter(|(_, px)| *px <= TOUCH_PX).min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map(|(index, _)| index)
    }
}

/// The chart at a size; at its best between 280 and 900 px wide and two thirds to once as high.
///
/// An axis begins near its smallest value, as places do not compare as lengths do; its ticks are round
/// numbers of its unit, so their words need as many decimals as that takes. A label that finds no room
/// is left out: the table beside the chart names every section. Without a point that has need and
/// money, or where the words leave no room for the plot, there are no shapes.
///
/// ```
/// use yupay::chart::{AxisWords, ScatterModel, ScatterPoint, Size, layout_scatter};
///
/// let section = |label: &str, need, official, supposed| {
///     let (need, official, supposed) = (Some(need), Some(official), Some(supposed));
///     ScatterPoint { label: label.to_owned(), need, official, supposed }
/// };
/// // Hundredths of a percent.
/// let points = vec![section("S6", 1690, 1077, 1334), section("S1", 771, 1825, 1373)];
/// let model = ScatterModel { points, equality: Some("equal share".to_owned()), ..ScatterModel::default() };
/// let percent = |hundredths: i64| format!("{} %", hundredths / 100);
/// let need = AxisWords { title: "Share of the need", tick: &percent };
/// let money = AxisWords { title: "Share of the fund", tick: &percent };
/// let layout = layout_scatter(&model, Size { width_px: 480.0, height_px: 360.0 }, need, money);
/// assert_eq!(layout.order, [1, 0]);
/// ```
pub fn layout_scatter(model: &ScatterModel, size: Size, need: AxisWords, money: AxisWords) -> ScatterLayout {
    let Some(plot) = Plot::new(model, size, need, money) else { return ScatterLayout::default() };
    let marks: Vec<Option<Mark>> = model.points.iter().map(|point| plot.mark(point)).collect();
    let mut order: Vec<usize> =
        (0..marks.len()).filter(|&index| marks.get(index).is_some_and(Option::is_some)).collect();
    let top_left = |index: &usize| marks.get(*index).copied().flatten().map_or((0.0, 0.0), |mark| mark.top_left());
    order.sort_unstable_by(|a, b| {
        let ((a_x, a_y), (b_x, b_y)) = (top_left(a), top_left(b));
        a_x.total_cmp(&b_x).then(a_y.total_cmp(&b_y)).then(a.cmp(b))
    });

    let mut shapes = plot.frame(need, money);
    shapes.extend(model.equality.as_ref().map(|_| plot.equality_line()));
    shapes.extend(marks.iter().flatten().flat_map(Mark::joining_line));
    shapes.extend(marks.iter().flatten().flat_map(Mark::shapes));
    shapes.extend(labels(model, &marks, &order, &plot));
    let focused = model.focused.and_then(|index| marks.get(index).copied().flatten());
    shapes.extend(focused.map(|mark| mark.outline()));
    ScatterLayout { shapes, order, marks }
}

impl ScatterPoint {
    pub(super) fn is_drawn(&self) -> bool {
        self.need.is_some() && (self.official.is_some() || self.supposed.is_some())
    }
}

/// The labels of the points, from left to right, and then that of the line of equal shares.
fn labels(model: &ScatterModel, marks: &[Option<Mark>], order: &[usize], plot: &Plot) -> Vec<Shape> {
    let is_chosen = |index: usize| model.selected == Some(index) || model.focused == Some(index);
    let drawn: Vec<(usize, &ScatterPoint, Mark)> = order
        .iter()
        .filter_map(|&index| Some((index, model.points.get(index)?, marks.get(index).copied().flatten()?)))
        .collect();
    let ends: Vec<Vec<Rect>> = drawn.iter().map(|(_, _, mark)| mark.ends()).collect();
    let labelled: Vec<Labelled> = drawn
        .iter()
        .zip(&ends)
        .map(|((index, point, _), marks)| Labelled { text: &point.label, marks, is_chosen: is_chosen(*index) })
        .collect();
    let mut in_the_way: Vec<Rect> = drawn.iter().map(|(_, _, mark)| mark.bounds()).collect();
    let rect = plot.rect;
    let within =
        Rect::new(rect.x + 2.0, rect.y - TICK_SIZE_PX, plot.size.width_px - rect.x - 2.0, rect.height + TICK_SIZE_PX);
    let found = places(&labelled, &in_the_way, within);

    let mut shapes = Vec::new();
    for ((index, point, _), place) in drawn.iter().zip(found) {
        let Some(place) = place else { continue };
        let weight = if is_chosen(*index) { Weight::Bold } else { Weight::Regular };
        let (at, text, size_px) = (place.center(), point.label.clone(), LABEL_SIZE_PX);
        shapes.push(Shape::Text { at, text, ink: Ink::Ink, size_px, anchor: Anchor::Middle, weight });
        in_the_way.push(place);
    }
    let equality = model.equality.as_ref().and_then(|text| plot.equality_label(text, &in_the_way, within));
    shapes.extend(equality);
    shapes
}
