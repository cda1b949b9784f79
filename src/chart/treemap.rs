//! Tiles as large as their amounts; a tile may be made of parts, told apart by colour.
//!
//! Owns the places of tiles and their labels. Words stand on plates of paper, so that they read on every colour and
//! pattern. Refuses amounts that have no area: zero, negative and missing ones are for the table to tell.

use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::text_width::{fitted, text_width_px};

/// A part of a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TilePart {
    /// Its size; only positive ones have an area.
    pub size: i64,
    /// Its colour.
    pub ink: Ink,
}

/// A tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// What it is called.
    pub label: String,
    /// What it comes to, in words.
    pub words: String,
    /// Its size; only positive ones have an area.
    pub size: i64,
    /// Its colour, where it has no parts.
    pub ink: Ink,
    /// What it is made of; may be empty.
    pub parts: Vec<TilePart>,
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreemapModel {
    /// The tiles, in any order: the largest is laid first.
    pub tiles: Vec<Tile>,
}

/// Where a tile or a part of it can be touched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileHit {
    /// The tile, by its place in the model.
    pub tile: usize,
    /// The part, by its place in the tile.
    pub part: Option<usize>,
    /// Where.
    pub rect: Rect,
}

/// What to draw and what can be touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TreemapLayout {
    /// The shapes in drawing order.
    pub shapes: Vec<Shape>,
    /// The parts, and the tiles around them after those.
    pub hits: Vec<TileHit>,
}

/// Room around a tile, and between the parts of one, CSS px.
const TILE_GAP_PX: f64 = 7.0;
const PART_GAP_PX: f64 = 1.0;
/// The head of a tile that has parts, CSS px.
const HEAD_PX: f64 = 22.0;
/// Font sizes, CSS px.
const LABEL_PX: f64 = 13.5;
const WORDS_PX: f64 = 12.5;
/// Room around words, and the height of a line of them, CSS px.
const PAD_PX: f64 = 5.0;
const LINE_PX: f64 = 18.0;
/// The part of the room that a bold label may take by its estimated width.
const BOLD_ROOM: f64 = 0.93;

/// The tiles in an area of this size.
pub fn layout_treemap(model: &TreemapModel, size: Size) -> TreemapLayout {
    let area = Rect::new(0.0, 0.0, size.width_px, size.height_px);
    let mut layout = TreemapLayout::default();
    if !area.is_drawable() {
        return layout;
    }
    let mut wholes = Vec::new();
    for (place, rect) in squarified(&sizes(model.tiles.iter().map(|tile| tile.size)), area) {
        let Some(tile) = model.tiles.get(place) else { continue };
        let rect = shrunk(rect, TILE_GAP_PX / 2.0);
        if !rect.is_drawable() {
            continue;
        }
        if tile.parts.is_empty() {
            layout.shapes.push(Shape::Fill { rect, ink: tile.ink, pattern: tile.ink.pattern() });
            plate(tile, rect, &mut layout.shapes);
        } else {
            made_of_parts(tile, place, rect, &mut layout);
        }
        wholes.push(TileHit { tile: place, part: None, rect });
    }
    layout.hits.extend(wholes);
    layout
}

fn made_of_parts(tile: &Tile, place: usize, rect: Rect, layout: &mut TreemapLayout) {
    let head = if rect.height > HEAD_PX * 1.8 { HEAD_PX } else { 0.0 };
    let body = Rect::new(rect.x, rect.y + head, rect.width, rect.height - head);
    if head > 0.0 {
        let words_px = text_width_px(&tile.words, WORDS_PX, Weight::Regular);
        let label_px = text_width_px(&tile.label, LABEL_PX, Weight::Bold);
        let has_words = label_px + words_px + 3.0 * PAD_PX <= rect.width;
        // Bold letters of some fonts are wider than estimated.
        let room = BOLD_ROOM * if has_words { rect.width - words_px - 2.0 * PAD_PX } else { rect.width };
        let middle = rect.y + head / 2.0;
        text(&tile.label, Point::new(rect.x, middle), LABEL_PX, Anchor::Start, Weight::Bold, room, &mut layout.shapes);
        if has_words {
            let end = Point::new(rect.right(), middle);
            text(&tile.words, end, WORDS_PX, Anchor::End, Weight::Regular, words_px + 1.0, &mut layout.shapes);
        }
    }
    for (part, rect) in squarified(&sizes(tile.parts.iter().map(|part| part.size)), body) {
        let Some(ink) = tile.parts.get(part).map(|part| part.ink) else { continue };
        let rect = shrunk(rect, PART_GAP_PX / 2.0);
        if rect.is_drawable() {
            layout.shapes.push(Shape::Fill { rect, ink, pattern: ink.pattern() });
            layout.hits.push(TileHit { tile: place, part: Some(part), rect });
        }
    }
    if head == 0.0 {
        plate(tile, rect, &mut layout.shapes);
    }
}

/// A tile's words on paper, as far as there is room.
fn plate(tile: &Tile, tile_rect: Rect, shapes: &mut Vec<Shape>) {
    let room = tile_rect.width - 4.0 * PAD_PX;
    let label = fitted(&tile.label, LABEL_PX, Weight::Bold, BOLD_ROOM * room);
    if label.is_empty() || tile_rect.height < LINE_PX + 3.0 * PAD_PX {
        return;
    }
    let words_px = text_width_px(&tile.words, WORDS_PX, Weight::Regular);
    let has_words = words_px <= room && tile_rect.height >= 2.0 * LINE_PX + 3.0 * PAD_PX;
    let label_px = text_width_px(&label, LABEL_PX, Weight::Bold);
    let width = if has_words { label_px.max(words_px) } else { label_px } + 2.5 * PAD_PX;
    let height = if has_words { 2.0 * LINE_PX } else { LINE_PX } + PAD_PX;
    let plate = Rect::new(tile_rect.x + PAD_PX, tile_rect.y + PAD_PX, width, height);
    shapes.push(Shape::solid(plate, Ink::Paper));
    let line = |line: f64| Point::new(plate.x + PAD_PX, plate.y + PAD_PX / 2.0 + (line + 0.5) * LINE_PX);
    text(&label, line(0.0), LABEL_PX, Anchor::Start, Weight::Bold, width, shapes);
    if has_words {
        text(&tile.words, line(1.0), WORDS_PX, Anchor::Start, Weight::Regular, width, shapes);
    }
}

fn text(words: &str, at: Point, size_px: f64, anchor: Anchor, weight: Weight, room_px: f64, shapes: &mut Vec<Shape>) {
    let text = fitted(words, size_px, weight, room_px);
    if !text.is_empty() {
        shapes.push(Shape::Text { at, text, ink: Ink::Ink, size_px, anchor, weight });
    }
}

fn shrunk(rect: Rect, by: f64) -> Rect {
    Rect::new(rect.x + by, rect.y + by, rect.width - 2.0 * by, rect.height - 2.0 * by)
}

/// The places with an area, the largest first.
fn sizes(sizes: impl Iterator<Item = i64>) -> Vec<(usize, f64)> {
    let mut sizes: Vec<(usize, i64)> = sizes.enumerate().filter(|(_, size)| *size > 0).collect();
    sizes.sort_unstable_by_key(|&(place, size)| (std::cmp::Reverse(size), place));
    sizes.into_iter().map(|(place, size)| (place, size as f64)).collect()
}

/// Bruls, Huizing and van Wijk's squarified treemap: rows along the shorter side, each as long as its tiles grow squarer.
fn squarified(sizes: &[(usize, f64)], area: Rect) -> Vec<(usize, Rect)> {
    let total: f64 = sizes.iter().map(|(_, size)| size).sum();
    if total <= 0.0 || !area.is_drawable() {
        return Vec::new();
    }
    let scale = area.width * area.height / total;
    let mut placed = Vec::new();
    let (mut rest, mut free) = (sizes, area);
    while !rest.is_empty() && free.is_drawable() {
        let side = free.width.min(free.height);
        let mut taken = 1;
        let mut sum = rest.first().map_or(0.0, |(_, size)| size * scale);
        let largest = sum;
        while let Some((_, next)) = rest.get(taken) {
            let next = next * scale;
            let least = rest.get(taken - 1).map_or(0.0, |(_, size)| size * scale);
            if worst(largest, next, sum + next, side) > worst(largest, least, sum, side) {
                break;
            }
            sum += next;
            taken += 1;
        }
        let (row, later) = rest.split_at(taken);
        let thick = if later.is_empty() { free.width.max(free.height) } else { sum / side };
        let mut along = 0.0;
        for (place, size) in row {
            let length = side * size * scale / sum;
            let rect = if free.width >= free.height {
                Rect::new(free.x, free.y + along, thick, length)
            } else {
                Rect::new(free.x + along, free.y, length, thick)
            };
            placed.push((*place, rect));
            along += length;
        }
        free = if free.width >= free.height {
            Rect::new(free.x + thick, free.y, free.width - thick, free.height)
        } else {
            Rect::new(free.x, free.y + thick, free.width, free.height - thick)
        };
        rest = later;
    }
    placed
}

/// The worst proportion of sides in a row of tiles from `largest` to `least`.
fn worst(largest: f64, least: f64, sum: f64, side: f64) -> f64 {
    let square = (side * side).max(f64::MIN_POSITIVE);
    let whole = (sum * sum).max(f64::MIN_POSITIVE);
    (square * largest / whole).max(whole / (square * least).max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn areas_are_as_the_sizes_and_tiles_do_not_overlap(given in proptest::collection::vec(-5i64..1_000_000, 0..40)) {
            let area = Rect::new(10.0, 20.0, 640.0, 360.0);
            let sizes = sizes(given.iter().copied());
            let placed = squarified(&sizes, area);
            prop_assert_eq!(placed.len(), given.iter().filter(|size| **size > 0).count());
            let total: f64 = sizes.iter().map(|(_, size)| size).sum();
            for (place, rect) in &placed {
                let expected = given[*place] as f64 / total * area.width * area.height;
                prop_assert!((rect.width * rect.height - expected).abs() < 1e-3 * area.width * area.height / 100.0 + 1e-6);
                prop_assert!(rect.x >= area.x - 1e-6 && rect.y >= area.y - 1e-6);
                prop_assert!(rect.right() <= area.right() + 1e-6 && rect.bottom() <= area.bottom() + 1e-6);
            }
            let covered: f64 = placed.iter().map(|(_, rect)| rect.width * rect.height).sum();
            prop_assert!(placed.is_empty() || (covered - area.width * area.height).abs() < 1.0);
        }
    }

    #[test]
    fn nothing_positive_draws_nothing() {
        let tile = |size| Tile { label: "x".into(), words: "0".into(), size, ink: Ink::Ink, parts: Vec::new() };
        let model = TreemapModel { tiles: vec![tile(0), tile(-3)] };
        let size = Size { width_px: 300.0, height_px: 200.0 };
        assert_eq!(layout_treemap(&model, size), TreemapLayout::default());
        assert_eq!(layout_treemap(&TreemapModel::default(), size), TreemapLayout::default());
    }
}
