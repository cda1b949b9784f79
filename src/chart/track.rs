//! The strip of a box in which one bar runs: where its zero is, how long an amount is, where it ends.
//!
//! Owns the arithmetic that every kind of bar shares. Refuses to choose what is drawn there.

use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Rect, Shape};

/// Width of the dashed box that says "no data", CSS px.
const NO_DATA_PX: f64 = 18.0;
/// Thickness of the tick that says "zero", CSS px.
const ZERO_TICK_PX: f64 = 2.0;

/// One strip. Nothing it gives leaves `cell_box`, except by rounding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Track {
    pub cell_box: Rect,
    /// Where the scale begins, and how long it is.
    pub left_px: f64,
    pub length_px: f64,
    /// Top and height of the bar.
    pub top_px: f64,
    pub height_px: f64,
    pub scale: Scale,
}

impl Track {
    pub fn x_of(&self, amount: i64) -> f64 {
        self.left_px + self.scale.share(amount) * self.length_px
    }

    /// The bar from zero to an amount, at least `least_px` wide unless the amount is zero.
    pub fn bar(&self, amount: i64, least_px: f64) -> Option<Rect> {
        let zero_px = self.x_of(0);
        let width = (self.x_of(amount) - zero_px).abs().max(least_px);
        let x = match amount.signum() {
            0 => return None,
            1 => zero_px.min(self.cell_box.right() - width),
            _ => zero_px - width,
        };
        Some(Rect::new(x.max(self.cell_box.x), self.top_px, width, self.height_px))
    }

    /// An upright strip centred on `x`, moved inwards where it would leave the box.
    pub fn strip(&self, x: f64, width: f64, (top_px, height_px): (f64, f64)) -> Rect {
        let width = width.min(self.cell_box.width);
        let left = (x - width / 2.0).min(self.cell_box.right() - width).max(self.cell_box.x);
        Rect::new(left, top_px, width, height_px)
    }

    /// The line amounts below zero stand to the left of; none where there are no such amounts.
    pub fn zero_line(&self) -> Option<Shape> {
        let whole = (self.cell_box.y, self.cell_box.height);
        self.scale.has_negatives().then(|| Shape::solid(self.strip(self.x_of(0), 1.0, whole), Ink::Edge))
    }

    /// The tick that says "zero", which is not "no data".
    pub fn zero_tick(&self, ink: Ink, tall: (f64, f64)) -> Shape {
        Shape::solid(self.strip(self.x_of(0), ZERO_TICK_PX, tall), ink)
    }

    /// The dashed box that says "no data", which is not zero.
    pub fn no_data(&self) -> Shape {
        let width = NO_DATA_PX.min(self.length_px);
        let x = self.x_of(0).min(self.left_px + self.length_px - width);
        let rect = Rect::new(x, self.top_px, width, self.height_px);
        Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true }
    }
}
