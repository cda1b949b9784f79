//! Sections on a map, each with a circle as large as what it was promised, filled as far as was spent; and a mark for each work
//! that has a place. Sections without a shape are tiles.
//!
//! Owns the scale the circles share (area compares as the amounts do), which labels fit, and what is touched. Refuses tiles of
//! other people's servers and any notion of a street.

use rust_decimal::Decimal;

use crate::chart::bars::BarState;
use crate::chart::map_ground::{Projection, edges, is_hole, is_inside, middle, tiles};
use crate::chart::palette::Ink;
use crate::chart::shape::{Anchor, Point, Rect, Shape, Size, Weight};
use crate::chart::status_marks::{StatusMark, layout_status_mark};
use crate::chart::text_width::{fitted, text_width_px};

/// An area. Amounts are minor units of one currency; `None` is no data, which is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapArea {
    /// What it is called.
    pub label: String,
    /// Its rings, longitude and latitude; none where its shape is not known.
    pub rings: Vec<Vec<(Decimal, Decimal)>>,
    /// What was promised: the size of the circle.
    pub outline: Option<i64>,
    /// What was spent: the filled circle.
    pub fill: Option<i64>,
    /// Whether it has any works: one without has no circle, which is neither zero nor missing.
    pub has_rows: bool,
    /// How it stands among its neighbours.
    pub state: BarState,
}

/// A work with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapPoint {
    /// Longitude and latitude.
    pub place: (Decimal, Decimal),
    /// The shape of its state.
    pub mark: StatusMark,
}

/// What the map shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapModel {
    /// The areas.
    pub areas: Vec<MapArea>,
    /// The works.
    pub points: Vec<MapPoint>,
}

/// What is under a finger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapTouch {
    /// A work, by its place in the model.
    Point(usize),
    /// An area, by its place in the model.
    Area(usize),
}

/// What to draw and what can be touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapLayout {
    /// The shapes in drawing order.
    pub shapes: Vec<Shape>,
    /// By area: its rings on the page.
    areas: Vec<Vec<Vec<Point>>>,
    /// By point; `None` for one that is not on the page.
    points: Vec<Option<Point>>,
}

/// The smallest map that is drawn, CSS px.
const LEAST_SIDE_PX: f64 = 60.0;
/// Air around the ground and between tiles, CSS px.
const MARGIN_PX: f64 = 8.0;
const GAP_PX: f64 = 6.0;
/// Font size of an area's name, CSS px.
const LABEL_SIZE_PX: f64 = 12.0;
const LABEL_LINE_PX: f64 = 16.0;
/// The largest and the smallest circle of the greatest amount, CSS px.
const MOST_RADIUS_PX: f64 = 30.0;
const LEAST_RADIUS_PX: f64 = 4.0;
/// Marks of works; where there are more than so many, dots.
const MARK_PX: f64 = 10.0;
const MOST_MARKS: usize = 250;
const DOT_PX: f64 = 2.0;
/// Room of the page for each mark, or they are dots, square CSS px.
const LEAST_ROOM_PX2: f64 = 1500.0;
/// How near a finger must come to a work, CSS px.
const TOUCH_PX: f64 = 12.0;
/// The part of the height that tiles take beside a ground.
const TILES_SHARE: f64 = 0.3;

impl MapLayout {
    /// What is at a point, in CSS px from the map's top left corner.
    pub fn touched(&self, x_px: f64, y_px: f64) -> Option<MapTouch> {
        let at = Point::new(x_px, y_px);
        let far = |point: &Point| (point.x - at.x).hypot(point.y - at.y);
        let near = self.points.iter().enumerate().filter_map(|(place, point)| Some((place, far(point.as_ref()?))));
        let nearest = near.min_by(|left, right| left.1.total_cmp(&right.1)).filter(|(_, far)| *far <= TOUCH_PX);
        if let Some((place, _)) = nearest {
            return Some(MapTouch::Point(place));
        }
        self.areas.iter().position(|rings| is_inside(rings, at)).map(MapTouch::Area)
    }
}

/// The map at a size.
pub fn layout_map(model: &MapModel, size: Size) -> MapLayout {
    let area = Rect::new(0.0, 0.0, size.width_px, size.height_px);
    if !(size.width_px >= LEAST_SIDE_PX && size.height_px >= LEAST_SIDE_PX && area.is_drawable()) {
        return MapLayout::default();
    }
    let inner = Rect::new(MARGIN_PX, MARGIN_PX, area.width - 2.0 * MARGIN_PX, area.height - 2.0 * MARGIN_PX);
    let shaped = model.areas.iter().filter(|area| !area.rings.is_empty()).count();
    let tiled = model.areas.len() - shaped;
    let has_ground = shaped > 0 || !model.points.is_empty();
    let tiles_px = match (has_ground, tiled) {
        (_, 0) => 0.0,
        (false, _) => inner.height,
        (true, _) => inner.height * TILES_SHARE,
    };
    let between_px = if tiles_px > 0.0 { MARGIN_PX } else { 0.0 };
    let ground = Rect::new(inner.x, inner.y, inner.width, (inner.height - tiles_px - between_px).max(1.0));
    let below = Rect::new(inner.x, inner.bottom() - tiles_px, inner.width, tiles_px.max(1.0));
    let rings = model.areas.iter().flat_map(|area| area.rings.iter().flatten());
    let projection = if shaped > 0 {
        Projection::fit(rings, ground)
    } else {
        Projection::fit(model.points.iter().map(|point| &point.place), ground)
    };
    let mut free = tiles(tiled, below, GAP_PX).into_iter();
    let grounds: Vec<Ground> =
        model.areas.iter().map(|area| Ground::of(area, projection.as_ref(), &mut free)).collect();
    let mut shapes = Vec::new();
    for (area, ground) in model.areas.iter().zip(&grounds) {
        shapes.extend(ground.shapes(area));
    }
    // Chosen ones last, so that no neighbour covers their border.
    for (area, ground) in model.areas.iter().zip(&grounds).filter(|(area, _)| area.state == BarState::Selected) {
        shapes.extend(ground.border(area));
    }
    let points: Vec<Option<Point>> = model
        .points
        .iter()
        .map(|point| projection.as_ref().and_then(|projection| projection.at(&point.place)))
        .collect();
    let circles = Circles::of(model, &grounds);
    for (area, ground) in model.areas.iter().zip(&grounds) {
        shapes.extend(circles.shapes(area, ground));
    }
    shapes.extend(marks(model, &points, circles.radius_px, area));
    shapes.extend(labels(model, &grounds, &circles, area));
    MapLayout { shapes, areas: grounds.into_iter().map(|ground| ground.rings).collect(), points }
}

/// An area on the page.
struct Ground {
    rings: Vec<Vec<Point>>,
    middle: Option<Point>,
    tile: Option<Rect>,
}

impl Ground {
    fn of(area: &MapArea, projection: Option<&Projection>, tiles: &mut impl Iterator<Item = Rect>) -> Self {
        if area.rings.is_empty() {
            let tile = tiles.next();
            let corners = |tile: Rect| {
                [(tile.x, tile.y), (tile.right(), tile.y), (tile.right(), tile.bottom()), (tile.x, tile.bottom())]
                    .map(|(x, y)| Point::new(x, y))
                    .into()
            };
            // Room for the name above the circle.
            let middle = tile.map(|tile| Point::new(tile.center().x, tile.center().y + LABEL_LINE_PX / 2.0));
            return Self { rings: tile.map(corners).into_iter().collect(), middle, tile };
        }
        let on_page = |ring: &Vec<(Decimal, Decimal)>| projection.map(|projection| projection.ring(ring));
        let rings: Vec<Vec<Point>> = area.rings.iter().filter_map(on_page).filter(|ring| ring.len() > 2).collect();
        Self { middle: middle(&rings), rings, tile: None }
    }

    fn shapes(&self, area: &MapArea) -> Vec<Shape> {
        let ground = if area.state == BarState::Dimmed { Ink::Paper } else { Ink::Soft };
        let mut shapes = Vec::new();
        for is_hole_turn in [false, true] {
            for (place, ring) in self.rings.iter().enumerate() {
                if is_hole(&self.rings, place) == is_hole_turn {
                    let ink = if is_hole_turn { Ink::Paper } else { ground };
                    shapes.push(Shape::Polygon { points: ring.clone(), ink });
                }
            }
        }
        shapes.extend(self.lines(Ink::Edge, 1.0));
        shapes
    }

    fn border(&self, area: &MapArea) -> Vec<Shape> {
        let is_chosen = area.state == BarState::Selected;
        if is_chosen { self.lines(Ink::Accent, 3.0).collect() } else { Vec::new() }
    }

    fn lines(&self, ink: Ink, thickness_px: f64) -> impl Iterator<Item = Shape> + '_ {
        let edges = self.rings.iter().flat_map(|ring| edges(ring));
        edges.map(move |(from, to)| Shape::Line { from, to, ink, thickness_px, dashed: false })
    }
}

/// The circles of a map, on one scale.
struct Circles {
    greatest: i64,
    radius_px: f64,
    /// How far the nearest two are apart.
    apart_px: f64,
}

impl Circles {
    fn of(model: &MapModel, grounds: &[Ground]) -> Self {
        let amounts = model.areas.iter().flat_map(|area| [area.outline, area.fill]).flatten();
        let greatest = amounts.max().unwrap_or_default().max(0);
        let room = |ground: &Ground| match ground.tile {
            Some(tile) => Some((tile.width.min(tile.height - LABEL_LINE_PX) / 2.0 - 4.0).max(LEAST_RADIUS_PX)),
            None => ground.middle.map(|_| MOST_RADIUS_PX),
        };
        // Many sections on a small page have small circles.
        let apart_px = nearest_px(grounds);
        let radius_px = grounds.iter().filter_map(room).fold(MOST_RADIUS_PX, f64::min).min(0.46 * apart_px);
        Self { greatest, radius_px: radius_px.max(LEAST_RADIUS_PX), apart_px }
    }

    fn radius_px(&self, amount: i64) -> f64 {
        if self.greatest <= 0 { 0.0 } else { self.radius_px * (amount.max(0) as f64 / self.greatest as f64).sqrt() }
    }

    fn shapes(&self, area: &MapArea, ground: &Ground) -> Vec<Shape> {
        let Some(center) = ground.middle.filter(|_| area.has_rows) else { return Vec::new() };
        let ink = if area.state == BarState::Dimmed { Ink::Edge } else { Ink::Ink };
        if area.outline.is_none() && area.fill.is_none() {
            let rect = Rect::new(center.x - 6.0, center.y - 6.0, 12.0, 12.0);
            return vec![Shape::Outline { rect, ink: Ink::Edge, thickness_px: 1.0, dashed: true }];
        }
        let mut shapes = Vec::new();
        if let Some(fill) = area.fill.filter(|&fill| fill > 0) {
            shapes.push(Shape::Disc { center, radius_px: self.radius_px(fill).max(1.0), ink });
        }
        if let Some(outline) = area.outline.filter(|&outline| outline > 0) {
            // On a disc that is larger, the ring of the promise is cut into it.
            let is_covered = area.fill.is_some_and(|fill| fill > outline);
            let ink = if is_covered { Ink::Paper } else { ink };
            let radius_px = self.radius_px(outline).max(1.5);
            shapes.push(Shape::Ring { center, radius_px, ink, thickness_px: 1.5 });
        }
        if shapes.is_empty() {
            // Zero, or taken back: a tick, which is not "no data".
            shapes.push(Shape::solid(Rect::new(center.x - 1.0, center.y - 6.0, 2.0, 12.0), ink));
        }
        shapes
    }
}

/// How far the nearest two circles' middles are apart, CSS px.
fn nearest_px(grounds: &[Ground]) -> f64 {
    let middles: Vec<Point> = grounds.iter().filter_map(|ground| ground.middle).collect();
    let mut nearest = f64::INFINITY;
    for (place, left) in middles.iter().enumerate() {
        for right in middles.iter().skip(place + 1) {
            nearest = nearest.min((left.x - right.x).hypot(left.y - right.y));
        }
    }
    nearest
}

fn marks(model: &MapModel, points: &[Option<Point>], radius_px: f64, page: Rect) -> Vec<Shape> {
    let are_dots = points.len() > MOST_MARKS
        || radius_px < MARK_PX
        || page.width * page.height < LEAST_ROOM_PX2 * points.len() as f64;
    let mut shapes = Vec::new();
    for (point, at) in model.points.iter().zip(points) {
        let Some(at) = *at else { continue };
        if are_dots {
            shapes.push(Shape::Disc { center: at, radius_px: DOT_PX + 1.0, ink: Ink::Paper });
            shapes.push(Shape::Disc { center: at, radius_px: DOT_PX, ink: Ink::Accent });
        } else {
            shapes.push(Shape::Disc { center: at, radius_px: MARK_PX / 2.0 + 1.0, ink: Ink::Paper });
            shapes.extend(layout_status_mark(point.mark, at, MARK_PX, Ink::Accent));
        }
    }
    shapes
}

/// Names above their circles, as far as they do not touch one another.
fn labels(model: &MapModel, grounds: &[Ground], circles: &Circles, page: Rect) -> Vec<Shape> {
    let mut placed: Vec<Rect> = Vec::new();
    let mut shapes = Vec::new();
    // What is chosen is named before its neighbours.
    let is_chosen = |pair: &(&MapArea, &Ground)| pair.0.state == BarState::Selected;
    let (chosen, others): (Vec<_>, Vec<_>) = model.areas.iter().zip(grounds).partition(is_chosen);
    for (area, ground) in chosen.into_iter().chain(others) {
        let Some(middle) = ground.middle else { continue };
        let (room_px, y) = match ground.tile {
            Some(tile) => (tile.width - 8.0, tile.y + LABEL_LINE_PX * 0.75),
            None => (page.width / 3.0, middle.y - circles.radius_px - LABEL_LINE_PX / 2.0),
        };
        // Among crowded sections names would lie on their neighbours' circles: only the chosen one has its name.
        let wanted_px = text_width_px(&area.label, LABEL_SIZE_PX, Weight::Regular);
        if ground.tile.is_none() && area.state != BarState::Selected && wanted_px > circles.apart_px * 1.35 {
            continue;
        }
        let weight = if area.state == BarState::Selected { Weight::Bold } else { Weight::Regular };
        let text = fitted(&area.label, LABEL_SIZE_PX, weight, room_px);
        let ink = if area.state == BarState::Dimmed { Ink::Muted } else { Ink::Ink };
        let (size_px, anchor) = (LABEL_SIZE_PX, Anchor::Middle);
        let shape =
            Shape::Text { at: Point::new(middle.x, y.max(LABEL_LINE_PX / 2.0)), text, ink, size_px, anchor, weight };
        let bounds = shape.bounds();
        let touches = |other: &Rect| {
            bounds.x < other.right()
                && other.x < bounds.right()
                && bounds.y < other.bottom()
                && other.y < bounds.bottom()
        };
        let is_inside = bounds.x >= page.x && bounds.right() <= page.right();
        if bounds.width > 0.0 && is_inside && !placed.iter().any(touches) {
            placed.push(bounds);
            // Marks of works go under the name.
            let ground = if area.state == BarState::Dimmed { Ink::Paper } else { Ink::Soft };
            shapes.push(Shape::solid(bounds, ground));
            shapes.push(shape);
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { width_px: 288.0, height_px: 360.0 };

    fn ring(west: i64, south: i64) -> Vec<(Decimal, Decimal)> {
        let corners = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)];
        corners.map(|(x, y)| (Decimal::new(-77_000 + west + x, 3), Decimal::new(-12_000 + south + y, 3))).into()
    }

    fn area(rings: Vec<Vec<(Decimal, Decimal)>>, outline: Option<i64>, fill: Option<i64>) -> MapArea {
        MapArea { label: "Sección".into(), rings, outline, fill, has_rows: true, state: BarState::Plain }
    }

    #[test]
    fn an_area_and_a_work_are_found_where_they_are_drawn() {
        let west = area(vec![ring(0, 0)], Some(400), Some(100));
        let east = area(vec![ring(10, 0)], Some(100), None);
        let place = (Decimal::new(-76_985, 3), Decimal::new(-11_995, 3));
        let points = vec![MapPoint { place, mark: StatusMark::Full }];
        let map = layout_map(&MapModel { areas: vec![west, east], points }, SIZE);
        assert_eq!(map.touched(40.0, 150.0), Some(MapTouch::Area(0)));
        assert_eq!(map.touched(144.0 + 20.0, 150.0), Some(MapTouch::Area(1)));
        assert_eq!(map.touched(144.0 + 68.0, 180.0), Some(MapTouch::Point(0)));
        assert_eq!(map.touched(144.0, 5.0), None);
        // Area compares as the amounts do: a quarter of the money is half the radius.
        let radii: Vec<f64> = map
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Ring { radius_px, thickness_px, .. } if *thickness_px > 1.4 => Some(*radius_px),
                _ => None,
            })
            .collect();
        assert!((radii[0] - 2.0 * radii[1]).abs() < 1e-9, "{radii:?}");
    }

    #[test]
    fn without_shapes_there_are_tiles_and_everything_stays_on_the_page() {
        let amounts =
            [(Some(5), Some(9)), (None, None), (Some(0), None), (Some(-4), Some(-9)), (Some(i64::MAX), Some(1))];
        for count in [0, 1, 8, 60] {
            for has_points in [false, true] {
                let areas = (0..count).map(|at| {
                    let (outline, fill) = amounts[at % amounts.len()];
                    area(Vec::new(), outline, fill)
                });
                let place = (Decimal::new(-77, 0), Decimal::new(-12, 0));
                let points = vec![MapPoint { place, mark: StatusMark::Half }; usize::from(has_points)];
                let map = layout_map(&MapModel { areas: areas.collect(), points }, SIZE);
                for shape in &map.shapes {
                    let bounds = shape.bounds();
                    assert!(bounds.x >= -1.0 && bounds.right() <= 289.0, "{shape:?}");
                    assert!(bounds.y >= -1.0 && bounds.bottom() <= 361.0, "{shape:?}");
                }
                let places = (0..288u16).step_by(4).flat_map(|x| (0..360u16).step_by(4).map(move |y| (x, y)));
                let touched = places.map(|(x, y)| map.touched(f64::from(x), f64::from(y)));
                let is_tile = |touched: Option<MapTouch>| matches!(touched, Some(MapTouch::Area(_)));
                assert_eq!(touched.into_iter().any(is_tile), count > 0, "{count} {has_points}");
            }
        }
        assert!(layout_map(&MapModel::default(), Size { width_px: 3.0, height_px: f64::NAN }).shapes.is_empty());
    }
}
