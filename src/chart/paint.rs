//! Puts shapes on any plotters backend: canvas in a browser, SVG for a file.
//!
//! Owns the last step and decides nothing: colours come from a palette, whole pixels from `raster`.
//! Refuses to clear the surface first and to call `present` at the end; the caller does both.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use crate::chart::hatch::Hatch;
use crate::chart::palette::{Ink, Palette, Pattern};
use crate::chart::raster::{self, Pixels};
use crate::chart::shape::{Anchor, Point, Rect, Shape, Weight};

/// The font of every label: the reader's own system font.
const FONT_FAMILY: &str = "system-ui, sans-serif";

/// plotters-svg divides a font size by this before it writes it; plotters-canvas does not.
const SVG_FONT_DIVISOR: f64 = 1.24;

/// What a surface needs to know to draw CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Device {
    scale: f64,
    font_unit: f64,
}

impl Device {
    /// A canvas whose width and height are its CSS size times `device_pixel_ratio`, which draws in
    /// raw canvas pixels.
    pub const fn canvas(device_pixel_ratio: f64) -> Self {
        Self { scale: device_pixel_ratio, font_unit: device_pixel_ratio }
    }

    /// An SVG document, one user unit for each CSS px.
    pub const fn svg() -> Self {
        Self { scale: 1.0, font_unit: SVG_FONT_DIVISOR }
    }
}

/// Why nothing, or not everything, was painted.
#[derive(Debug, Clone, PartialEq)]
pub enum PaintError {
    /// The device pixel ratio is not a number above 0 and up to 16.
    Scale {
        /// The ratio that was given.
        scale: f64,
    },
    /// The surface is already being drawn on.
    Busy,
    /// The backend refused a shape.
    Backend {
        /// What the backend says.
        message: String,
    },
}

impl std::fmt::Display for PaintError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scale { scale } => write!(f, "cannot draw at a device pixel ratio of {scale}"),
            Self::Busy => write!(f, "the drawing surface is in use"),
            Self::Backend { message } => write!(f, "the drawing surface failed: {message}"),
        }
    }
}

impl std::error::Error for PaintError {}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PaintError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        match error {
            DrawingAreaErrorKind::SharingError => Self::Busy,
            other => Self::Backend { message: other.to_string() },
        }
    }
}

/// Draws the shapes in order.
///
/// # Errors
///
/// `Scale` before anything is drawn, when the ratio of `device` is not above 0 and at most 16;
/// `Busy` or `Backend` when the surface fails, with the shapes before it already drawn.
pub fn paint<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    shapes: &[Shape],
    palette: &Palette,
    device: Device,
) -> Result<(), PaintError> {
    let scale = device.scale;
    if !(scale > 0.0 && scale <= 16.0) {
        return Err(PaintError::Scale { scale });
    }
    let brush = Brush { area, palette, device };
    shapes.iter().try_for_each(|shape| brush.shape(shape))
}

struct Brush<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    palette: &'a Palette,
    device: Device,
}

impl<DB: DrawingBackend> Brush<'_, DB> {
    fn shape(&self, shape: &Shape) -> Result<(), PaintError> {
        let scale = self.device.scale;
        match shape {
            Shape::Fill { rect, ink, pattern } => self.fill(*rect, *ink, *pattern),
            Shape::Hatch { rect, ink, hatch } => self.hatch(*rect, *ink, *hatch),
            Shape::Outline { rect, ink, thickness_px, dashed } => {
                self.pixels(&raster::outline(*rect, *thickness_px, *dashed, scale), *ink)
            }
            Shape::Line { from, to, ink, thickness_px, dashed } => {
                match raster::straight_line((*from, *to), *thickness_px, *dashed, scale) {
                    Some(strips) => self.pixels(&strips, *ink),
                    None => self.slanted_line([*from, *to], *ink, *thickness_px),
                }
            }
            Shape::Text { .. } => self.text(shape),
            Shape::Disc { center, radius_px, ink } => self.circle(*center, *radius_px, self.solid(*ink)),
            Shape::Ring { center, radius_px, ink, thickness_px } => {
                self.circle(*center, *radius_px, self.stroke(*ink, *thickness_px))
            }
            Shape::Polygon { points, ink } => {
                let corners: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
                Ok(self.area.draw(&Polygon::new(corners, self.solid(*ink)))?)
            }
        }
    }

    fn fill(&self, rect: Rect, ink: Ink, pattern: Pattern) -> Result<(), PaintError> {
        let Some(area) = raster::snapped(rect, self.device.scale) else { return Ok(()) };
        self.pixels(&[area], ink)?;
        self.pixels(&raster::pattern_marks(area, pattern, self.device.scale), Ink::Paper)
    }

    fn hatch(&self, rect: Rect, ink: Ink, hatch: Hatch) -> Result<(), PaintError> {
        let Some(area) = raster::snapped(rect, self.device.scale) else { return Ok(()) };
        raster::hatch(area, hatch, self.device.scale)
            .into_iter()
            .try_for_each(|bands| Ok(self.area.draw(&Polygon::new(bands, self.solid(ink)))?))
    }

    fn pixels(&self, strips: &[Pixels], ink: Ink) -> Result<(), PaintError> {
        strips.iter().try_for_each(|px| {
            let corners = [(px.left, px.top), (px.right, px.bottom)];
            Ok(self.area.draw(&Rectangle::new(corners, self.solid(ink)))?)
        })
    }

    fn slanted_line(&self, ends: [Point; 2], ink: Ink, thickness_px: f64) -> Result<(), PaintError> {
        let path = ends.map(|end| self.at(end));
        Ok(self.area.draw(&PathElement::new(path, self.stroke(ink, thickness_px)))?)
    }

    fn circle(&self, center: Point, radius_px: f64, style: ShapeStyle) -> Result<(), PaintError> {
        let radius = raster::thickness(radius_px, self.device.scale);
        Ok(self.area.draw(&Circle::new(self.at(center), radius, style))?)
    }

    fn text(&self, shape: &Shape) -> Result<(), PaintError> {
        let Shape::Text { at, text, ink, size_px, anchor, weight } = shape else { return Ok(()) };
        let style = match weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let h_pos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let size = size_px * self.device.font_unit;
        let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), size, style);
        let color = self.color(*ink);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(h_pos, VPos::Center));
        Ok(self.area.draw_text(text, &style, self.at(*at))?)
    }

    fn at(&self, point: Point) -> (i32, i32) {
        (raster::pixel(point.x, self.device.scale), raster::pixel(point.y, self.device.scale))
    }

    fn color(&self, ink: Ink) -> RGBColor {
        let rgb = self.palette.rgb(ink);
        RGBColor(rgb.0, rgb.1, rgb.2)
    }

    fn solid(&self, ink: Ink) -> ShapeStyle {
        ShapeStyle { filled: true, ..ShapeStyle::from(self.color(ink)) }
    }

    fn stroke(&self, ink: Ink, thickness_px: f64) -> ShapeStyle {
        let thick = raster::thickness(thickness_px, self.device.scale);
        ShapeStyle::from(self.color(ink)).stroke_width(thick.unsigned_abs())
    }
}
