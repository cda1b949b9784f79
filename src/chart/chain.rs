//! The steps of a promise under one another: a bar for what reached a step, and a dashed end for what did not.
//!
//! Owns the scale and the two parts of each step. Refuses words, and knowing where the steps stand.

use crate::chart::palette::Ink;
use crate::chart::scale::Scale;
use crate::chart::shape::{Rect, Shape};
use crate::chart::track::Track;

/// One step. Amounts are minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainBar {
    /// What reached it; `None` is no data, which is not zero.
    pub amount: Option<i64>,
    /// What reached the last known step before it.
    pub before: Option<i64>,
    /// Its colour.
    pub ink: Ink,
}

/// Thickness of the dashed end and of the mark of the step before, CSS px.
const LINE_PX: f64 = 1.0;
/// How far the mark of the step before stands out, CSS px.
const OVERHANG_PX: f64 = 3.0;
/// Least width of a bar that is not zero, CSS px.
const LEAST_BAR_PX: f64 = 1.0;

/// The height of the strip a step's bar takes, CSS px.
pub const CHAIN_STRIP_PX: f64 = 22.0;

/// Each step in the box of its number, all on one scale.
pub fn layout_chain(bars: &[ChainBar], boxes: &[Rect]) -> Vec<Shape> {
    let scale = Scale::of(bars.iter().flat_map(|bar| [bar.amount, bar.before]).flatten());
    let placed = || bars.iter().zip(boxes).filter(|(_, area)| area.is_drawable());
    let length_px = placed().map(|(_, area)| area.width).fold(f64::INFINITY, f64::min);
    placed().flat_map(|(bar, area)| step(bar, *area, length_px, scale)).collect()
}

fn step(bar: &ChainBar, area: Rect, length_px: f64, scale: Scale) -> Vec<Shape> {
    let height_px = (area.height - 2.0 * OVERHANG_PX).max(1.0);
    let top_px = area.y + OVERHANG_PX;
    let track = Track { cell_box: area, left_px: area.x, length_px, top_px, height_px, scale };
    let tall = (area.y, area.height);
    let mut shapes: Vec<Shape> = track.zero_line().into_iter().collect();
    let Some(amount) = bar.amount else {
        shapes.push(track.no_data());
        return shapes;
    };
    shapes.extend(track.bar(amount, LEAST_BAR_PX).map(|rect| Shape::solid(rect, bar.ink)));
    if amount == 0 {
        shapes.push(track.zero_tick(bar.ink, tall));
    }
    if let Some(before) = bar.before {
        let (here_px, before_px) = (track.x_of(amount), track.x_of(before));
        if before_px > here_px + 2.0 * LINE_PX {
            let rect = Rect::new(here_px, top_px, before_px - here_px, height_px);
            shapes.push(Shape::Outline { rect, ink: Ink::Edge, thickness_px: LINE_PX, dashed: true });
        } else if before < amount {
            // More than before: where the step before ended is cut into the bar.
            shapes.push(Shape::solid(track.strip(before_px, LINE_PX + 2.0, (top_px, height_px)), Ink::Paper));
            shapes.push(Shape::solid(track.strip(before_px, LINE_PX, tall), Ink::Ink));
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_reach_a_step_is_its_dashed_end() {
        let bar = |amount, before| ChainBar { amount, before, ink: Ink::Ink };
        let bars = [
            bar(Some(100), None),
            bar(Some(25), Some(100)),
            bar(None, Some(25)),
            bar(Some(50), Some(25)),
            bar(Some(0), Some(50)),
        ];
        let boxes: Vec<Rect> = (0..5).map(|at| Rect::new(0.0, f64::from(at) * 30.0, 200.0, CHAIN_STRIP_PX)).collect();
        let shapes = layout_chain(&bars, &boxes);
        let widths: Vec<f64> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill { rect, ink: Ink::Ink, .. } if rect.width > 3.0 => Some(rect.width),
                _ => None,
            })
            .collect();
        assert!(
            widths.iter().zip([200.0, 50.0, 100.0]).all(|(found, wanted)| (found - wanted).abs() < 1e-6),
            "{widths:?}"
        );
        let dashed: Vec<f64> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Outline { rect, dashed: true, .. } => Some(rect.width),
                _ => None,
            })
            .collect();
        // What was lost; the box that says "no data"; what was lost of the last.
        assert_eq!(dashed.len(), 3);
        assert!((dashed[0] - 150.0).abs() < 1e-6 && (dashed[2] - 100.0).abs() < 1e-6, "{dashed:?}");
        assert!(shapes.iter().all(|shape| shape.bounds().right() <= 200.5));
    }
}
