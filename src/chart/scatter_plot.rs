//! The two axes of a scatter: what they span, where the plot lies and what stands around it.
//!
//! Owns ticks, titles, grid and the line of equal shares. Refuses to know the marks but for their place.

use crate::chart::axis::round_ticks;
use crate::chart::frame::{
    TICK_GAP_PX, TICK_SIZE_PX, TITLE_LINE_PX, gutter_px, hairline, most_upright_ticks, tick_label, title_lines,
    title_shapes, widest_px,
};
use crate::chart::palette::Ink;
use crate::chart::point_labels::{LABEL_SIZE_PX, holds, overlap};
use crate::chart::scale::Scale;
use crate::chart::scatter::{AxisWords, ScatterModel, ScatterPoint};
use crate::chart::scatter_mark::Mark;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::text_width::text_width_px;

/// The smallest plot that is drawn, CSS px.
const LEAST_SIDE_PX: f64 = 40.0;
/// Room around the plot for marks that stand on its edge and the keyboard's outline, CSS px.
const INSET_PX: f64 = 11.0;
/// Room between two labels of the level axis, CSS px.
const BETWEEN_TICKS_PX: f64 = 12.0;

/// Where the plot lies, what its axes span and what stands around it.
pub(super) struct Plot {
    pub size: Size,
    pub rect: Rect,
    need: Scale,
    money: Scale,
    need_ticks: Vec<i64>,
    money_ticks: Vec<i64>,
    title_heights: (f64, f64),
}

impl Plot {
    /// `None` without points or without room for them.
    pub fn new(model: &ScatterModel, size: Size, need: AxisWords, money: AxisWords) -> Option<Self> {
        let drawn = || model.points.iter().filter(|point| point.is_drawn());
        let need_values: Vec<i64> = drawn().filter_map(|point| point.need).collect();
        let money_values: Vec<i64> = drawn().flat_map(|point| [point.official, point.supposed]).flatten().collect();
        let is_shared = model.equality.is_some();
        let both = Scale::of_places(need_values.iter().chain(&money_values).copied());
        let own = |values: &[i64]| if is_shared { both } else { Scale::of_places(values.iter().copied()) };
        let (need_scale, money_scale) = (own(&need_values), own(&money_values));

        let title_px = |title: &str| title_lines(title, size.width_px).len() as f64 * TITLE_LINE_PX;
        let title_heights = (title_px(money.title), title_px(need.title));
        let top_px = title_heights.0 + TICK_SIZE_PX;
        let under_px = TICK_GAP_PX + TICK_SIZE_PX + title_heights.1 + 2.0;
        let height_px = size.height_px - top_px - under_px;

        let money_ticks = round_ticks(money_scale.low(), money_scale.high(), most_upright_ticks(height_px));
        let money_labels: Vec<String> = money_ticks.iter().map(|&tick| (money.tick)(tick)).collect();
        let left_px = gutter_px(&money_labels, size.width_px).max(INSET_PX);
        let width_px = size.width_px - left_px - INSET_PX;
        let need_ticks = level_ticks(need_scale, width_px, need);

        let spanned =
            |scale: Scale, ticks: &[i64]| Scale::of_places(ticks.iter().copied().chain([scale.low(), scale.high()]));
        let (need, money) = (spanned(need_scale, &need_ticks), spanned(money_scale, &money_ticks));
        let (need, money) = if is_shared { (need.and(money), need.and(money)) } else { (need, money) };
        let rect = Rect::new(left_px, top_px, width_px, height_px);
        let has_room = rect.is_drawable() && width_px.min(height_px) >= LEAST_SIDE_PX && !need_values.is_empty();
        has_room.then_some(Self { size, rect, need, money, need_ticks, money_ticks, title_heights })
    }

    fn x_of(&self, need: i64) -> f64 {
        self.rect.x + self.rect.width * self.need.share(need)
    }

    fn y_of(&self, money: i64) -> f64 {
        self.rect.bottom() - self.rect.height * self.money.share(money)
    }

    pub fn mark(&self, point: &ScatterPoint) -> Option<Mark> {
        let y_of = |amount: i64| self.y_of(amount);
        let mark =
            Mark { x: self.x_of(point.need?), dot_y: point.official.map(y_of), ring_y: point.supposed.map(y_of) };
        point.is_drawn().then_some(mark)
    }

    /// Titles, grid and tick labels.
    pub fn frame(&self, need: AxisWords, money: AxisWords) -> Vec<Shape> {
        let rect = self.rect;
        let (width_px, height_px) = (self.size.width_px, self.size.height_px);
        let mut shapes = title_shapes(&title_lines(money.title, width_px), Point::default(), Anchor::Start);
        let under = Point::new(width_px, height_px - self.title_heights.1);
        shapes.extend(title_shapes(&title_lines(need.title, width_px), under, Anchor::End));
        for &tick in &self.need_ticks {
            let x = self.x_of(tick);
            let ink = if tick == 0 { Ink::Edge } else { Ink::Line };
            shapes.push(hairline(Point::new(x, rect.y), Point::new(x, rect.bottom()), ink));
        }
        for &tick in &self.money_ticks {
            let y = self.y_of(tick);
            let ink = if tick == 0 { Ink::Edge } else { Ink::Line };
            shapes.push(hairline(Point::new(rect.x, y), Point::new(rect.right(), y), ink));
        }
        if rect.x > INSET_PX {
            let labels = self.money_ticks.iter().map(|&tick| {
                let at = Point::new(rect.x - TICK_GAP_PX, self.y_of(tick));
                tick_label(&(money.tick)(tick), at, Anchor::End)
            });
            shapes.extend(labels);
        }
        let y = rect.bottom() + TICK_GAP_PX + TICK_SIZE_PX / 2.0;
        shapes.extend(level_labels(&self.need_ticks, need, |tick| self.x_of(tick), y, width_px));
        shapes
    }

    /// From corner to corner, as both axes span the same range.
    pub fn equality_line(&self) -> Shape {
        let from = Point::new(self.rect.x, self.rect.bottom());
        hairline(from, Point::new(self.rect.right(), self.rect.y), Ink::Edge)
    }

    /// The words of the line of equal shares, beside it where nothing stands in the way; else nowhere.
    pub fn equality_label(&self, text: &str, in_the_way: &[Rect], within: Rect) -> Option<Shape> {
        let width = text_width_px(text, LABEL_SIZE_PX, Weight::Regular);
        let beside = |share: f64| {
            let x = self.rect.x + self.rect.width * share;
            let y = self.rect.bottom() - self.rect.height * share;
            let below = Rect::new(x + 6.0, y + 3.0, width, LABEL_SIZE_PX);
            let above = Rect::new(x - 6.0 - width, y - 3.0 - LABEL_SIZE_PX, width, LABEL_SIZE_PX);
            [below, above]
        };
        let places = [0.9, 0.75, 0.6, 0.45, 0.3, 0.15].into_iter().flat_map(beside);
        let mut free =
            places.filter(|place| holds(&within, place) && in_the_way.iter().all(|other| overlap(other, place) <= 0.0));
        let at = free.next()?.center();
        let (text, size_px) = (text.to_owned(), LABEL_SIZE_PX);
        Some(Shape::Text { at, text, ink: Ink::Muted, size_px, anchor: Anchor::Middle, weight: Weight::Regular })
    }
}

/// As many ticks as have room for their labels beside one another; at least what three allow.
fn level_ticks(scale: Scale, width_px: f64, words: AxisWords) -> Vec<i64> {
    let fits = |ticks: &Vec<i64>| {
        let labels: Vec<String> = ticks.iter().map(|&tick| (words.tick)(tick)).collect();
        ticks.len() as f64 * (widest_px(&labels) + BETWEEN_TICKS_PX) <= width_px
    };
    let fewest = round_ticks(scale.low(), scale.high(), 3);
    (4..=9).rev().map(|most| round_ticks(scale.low(), scale.high(), most)).find(fits).unwrap_or(fewest)
}

/// Labels under their ticks, moved inwards at the two ends; one that would touch the label before it
/// is left out.
fn level_labels(ticks: &[i64], words: AxisWords, x_of: impl Fn(i64) -> f64, y: f64, width_px: f64) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut used_px = f64::NEG_INFINITY;
    for &tick in ticks {
        let text = (words.tick)(tick);
        let half_px = widest_px(std::slice::from_ref(&text)) / 2.0;
        let x = x_of(tick).min(width_px - half_px).max(half_px);
        if x - half_px < used_px || 2.0 * half_px > width_px {
            continue;
        }
        used_px = x + half_px + BETWEEN_TICKS_PX / 2.0;
        shapes.push(tick_label(&text, Point::new(x, y), Anchor::Middle));
    }
    shapes
}
