//! Which year labels fit under the columns, and where.
//!
//! Owns the choice between whole, shortened and skipped labels. Never rotates a label and never lets
//! two of them touch. The newest year is always the first to get its label.

use crate::chart::columns::YearColumn;
use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Weight};
use crate::chart::text_width::text_width_px;

/// Font size of the years, CSS px.
const YEAR_SIZE_PX: f64 = 13.0;
/// Font size of what follows a year in its label, CSS px.
const NOTE_SIZE_PX: f64 = 12.0;
/// Height of the line of years, CSS px.
const YEAR_LINE_PX: f64 = 20.0;
/// Height of the line of notes, CSS px.
const NOTE_LINE_PX: f64 = 16.0;
/// Least room between two labels, CSS px.
const GAP_PX: f64 = 5.0;

/// Height the labels need, CSS px: one line, or two when any label says more than its year.
pub(super) fn height_px(columns: &[YearColumn]) -> f64 {
    let has_notes = columns.iter().any(|column| !parts(column).1.is_empty());
    YEAR_LINE_PX + if has_notes { NOTE_LINE_PX } else { 0.0 }
}

/// The labels under `slots`, from `top_px` down, all inside `0..width_px`.
pub(super) fn layout(
    columns: &[YearColumn],
    slots: &[Rect],
    selected: Option<usize>,
    (top_px, width_px): (f64, f64),
) -> Vec<Shape> {
    let years = fitting_years(columns, slots, width_px);
    let notes = columns
        .iter()
        .zip(slots)
        .map(|(column, slot)| Placed::new(parts(column).1, slot, (NOTE_SIZE_PX, Weight::Regular), width_px));
    let notes = without_overlaps(notes.collect());

    let year_shapes = years.into_iter().map(|(index, year)| {
        let is_selected = selected == Some(index);
        let weight = if is_selected { Weight::Bold } else { Weight::Regular };
        let at = Point::new(year.middle_px, top_px + YEAR_LINE_PX / 2.0);
        text(at, year.text, (Ink::Ink, YEAR_SIZE_PX, weight))
    });
    let note_shapes = notes.into_iter().map(|note| {
        let at = Point::new(note.middle_px, top_px + YEAR_LINE_PX + NOTE_LINE_PX / 2.0);
        text(at, note.text, (Ink::Muted, NOTE_SIZE_PX, Weight::Regular))
    });
    year_shapes.chain(note_shapes).collect()
}

fn text(at: Point, text: String, (ink, size_px, weight): (Ink, f64, Weight)) -> Shape {
    Shape::Text { at, text, ink, size_px, anchor: Anchor::Middle, weight }
}

/// A label's first word and the rest: "2024 enero a junio" is a year with a note.
fn parts(column: &YearColumn) -> (&str, &str) {
    let label = column.label.trim();
    label.split_once(char::is_whitespace).map_or((label, ""), |(year, note)| (year, note.trim()))
}

/// Two digits after an apostrophe.
fn short_year(column: &YearColumn) -> String {
    format!("’{:02}", column.year.rem_euclid(100))
}

/// A label with the stretch it covers.
struct Placed {
    text: String,
    middle_px: f64,
    half_px: f64,
}

impl Placed {
    /// Centred under its slot, pushed inwards at the two ends.
    fn new(text: &str, slot: &Rect, (size_px, weight): (f64, Weight), width_px: f64) -> Self {
        let text = text.to_owned();
        let half_px = text_width_px(&text, size_px, weight) / 2.0;
        let middle_px = slot.center().x.min(width_px - half_px).max(half_px);
        Self { text, middle_px, half_px }
    }

    fn is_clear_of(&self, left: &Self) -> bool {
        left.middle_px + left.half_px + GAP_PX <= self.middle_px - self.half_px
    }
}

/// Widths are those of bold text, so choosing a year moves no label. Every label whole, else every label short, else every second one whole, and so on.
fn fitting_years(columns: &[YearColumn], slots: &[Rect], width_px: f64) -> Vec<(usize, Placed)> {
    let attempts = (1..=columns.len()).flat_map(|step| [(step, false), (step, true)]);
    for (step, is_short) in attempts {
        let labels = columns.iter().zip(slots).enumerate();
        let chosen: Vec<(usize, Placed)> = labels
            .filter(|(index, _)| (columns.len() - 1 - index).is_multiple_of(step))
            .map(|(index, (column, slot))| {
                let year = if is_short { short_year(column) } else { parts(column).0.to_owned() };
                (index, Placed::new(&year, slot, (YEAR_SIZE_PX, Weight::Bold), width_px))
            })
            .collect();
        let all_inside = chosen.iter().all(|(_, label)| 2.0 * label.half_px <= width_px);
        let pairs = chosen.iter().zip(chosen.iter().skip(1));
        if all_inside && pairs.into_iter().all(|((_, left), (_, right))| right.is_clear_of(left)) {
            return chosen;
        }
    }
    Vec::new()
}

/// Keeps notes from the newest back, leaving out those that would touch a kept one or the edge.
fn without_overlaps(notes: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::new();
    for note in notes.into_iter().rev() {
        let is_inside = note.middle_px >= note.half_px;
        let is_clear = kept.last().is_none_or(|right| right.is_clear_of(&note));
        if !note.text.is_empty() && is_inside && is_clear {
            kept.push(note);
        }
    }
    kept
}
