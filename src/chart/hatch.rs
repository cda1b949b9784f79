//! Hatchings: how a supposed amount is drawn, and how one part of it is told from the next.
//!
//! Owns which hatching stands at which position. All of them run diagonally, because diagonals say
//! "hypothetical" and nothing else does. No two positions share a hatching, so the parts stay apart
//! in black and white, and neighbours differ in colour too.

use crate::chart::palette::{Hue, Ink, Pattern, SeriesInk};
use crate::chart::shape::{Rect, Shape};

/// Which way the lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lean {
    /// Up to the right.
    Rising,
    /// Down to the right.
    Falling,
    /// Both ways.
    Crossed,
}

/// How heavy and how close the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stroke {
    /// Almost as much ink as paper.
    Regular,
    /// Thin and close.
    Fine,
    /// Thick and close: the darkest.
    Bold,
    /// Thin and far apart: the lightest.
    Sparse,
}

/// One hatching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hatch {
    /// Which way the lines run.
    pub lean: Lean,
    /// How heavy they are.
    pub stroke: Stroke,
}

/// A hatching in its colour, with a border of the same colour around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hatched {
    /// The colour of lines and border.
    pub ink: Ink,
    /// The lines.
    pub hatch: Hatch,
}

/// The hatchings in the order in which they are handed out: neighbours differ in the way their lines
/// run and in how dark they are.
const IN_ORDER: [Hatch; 10] = [
    Hatch { lean: Lean::Rising, stroke: Stroke::Regular },
    Hatch { lean: Lean::Falling, stroke: Stroke::Fine },
    Hatch { lean: Lean::Crossed, stroke: Stroke::Sparse },
    Hatch { lean: Lean::Rising, stroke: Stroke::Bold },
    Hatch { lean: Lean::Falling, stroke: Stroke::Sparse },
    Hatch { lean: Lean::Crossed, stroke: Stroke::Regular },
    Hatch { lean: Lean::Rising, stroke: Stroke::Fine },
    Hatch { lean: Lean::Falling, stroke: Stroke::Bold },
    Hatch { lean: Lean::Rising, stroke: Stroke::Sparse },
    Hatch { lean: Lean::Falling, stroke: Stroke::Regular },
];

impl Hatched {
    /// What a floor adds, which belongs to no criterion.
    pub const FLOOR: Self = Self { ink: Ink::Muted, hatch: Hatch { lean: Lean::Crossed, stroke: Stroke::Fine } };

    /// The hatching of a criterion by its place in the rule, or of a scenario by its place among
    /// those compared, from 0. Ten are distinct; from there they start again.
    pub fn at(position: usize) -> Self {
        let hue = Hue::ALL.get(position % Hue::ALL.len()).copied().unwrap_or(Hue::Human);
        let hatch = IN_ORDER.get(position % IN_ORDER.len()).copied().unwrap_or(Self::FLOOR.hatch);
        Self { ink: Ink::Series(SeriesInk { hue, pattern: Pattern::Solid }), hatch }
    }

    /// The hatching in a rectangle, with its border: a part of a bar, or a sample in a legend.
    pub fn shapes(self, rect: Rect) -> [Shape; 2] {
        [
            Shape::Hatch { rect, ink: self.ink, hatch: self.hatch },
            Shape::Outline { rect, ink: self.ink, thickness_px: 1.0, dashed: false },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_hatchings_are_distinct_without_their_colour() {
        let mut hatches: Vec<Hatch> = (0..10).map(|position| Hatched::at(position).hatch).collect();
        hatches.push(Hatched::FLOOR.hatch);
        hatches.sort_unstable();
        hatches.dedup();
        assert_eq!(hatches.len(), 11);
    }

    #[test]
    fn neighbours_differ_in_colour_in_the_way_of_their_lines_and_in_weight() {
        for position in 0..9 {
            let (left, right) = (Hatched::at(position), Hatched::at(position + 1));
            assert_ne!(left.ink, right.ink, "{position}");
            assert_ne!(left.hatch.lean, right.hatch.lean, "{position}");
            assert_ne!(left.hatch.stroke, right.hatch.stroke, "{position}");
        }
        assert_eq!(Hatched::at(10), Hatched::at(0));
        assert_eq!(Hatched::at(usize::MAX).ink, Hatched::at(usize::MAX % 5).ink);
    }
}
