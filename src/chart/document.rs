//! Shapes as the text of an SVG file.
//!
//! Our own writer and not plotters' SVG backend: its text is placed by estimates of a font that the reader may not have,
//! where an SVG has anchors of its own. The pixels are those of `raster`, as on a canvas of one device pixel to a CSS pixel.

use crate::chart::palette::{Ink, Palette, Rgb};
use crate::chart::raster::{self, Pixels};
use crate::chart::shape::{Anchor, Point, Shape, Size, Weight};

/// One user unit for each CSS px.
const SCALE: f64 = 1.0;

/// The document of shapes in a palette's colours; `title` is what a screen reader says of it.
pub fn svg_document(shapes: &[Shape], palette: &Palette, size: Size, title: &str) -> String {
    let (width, height) = (size.width_px.ceil(), size.height_px.ceil());
    let mut pen = Pen { text: String::new(), palette };
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"system-ui, sans-serif\">\n<title>"
    );
    pen.put(&head);
    pen.escaped(title);
    pen.put("</title>\n");
    shapes.iter().for_each(|shape| pen.shape(shape));
    pen.put("</svg>\n");
    pen.text
}

struct Pen<'a> {
    text: String,
    palette: &'a Palette,
}

impl Pen<'_> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Text that may hold anything; what XML cannot hold is left out.
    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.put("&amp;"),
                '<' => self.put("&lt;"),
                '>' => self.put("&gt;"),
                '"' => self.put("&quot;"),
                '\t' | '\n' => self.put(" "),
                letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
                letter => self.text.push(letter),
            }
        }
    }

    fn color(&self, ink: Ink) -> String {
        let Rgb(red, green, blue) = self.palette.rgb(ink);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Fill { rect, ink, pattern } => {
                let Some(area) = raster::snapped(*rect, SCALE) else { return };
                self.pixels(&[area], *ink);
                self.pixels(&raster::pattern_marks(area, *pattern, SCALE), Ink::Paper);
            }
            Shape::Hatch { rect, ink, hatch } => {
                let Some(area) = raster::snapped(*rect, SCALE) else { return };
                for corners in raster::hatch(area, *hatch, SCALE) {
                    let corners: Vec<Point> =
                        corners.into_iter().map(|(x, y)| Point::new(f64::from(x), f64::from(y))).collect();
                    self.polygon(&corners, *ink);
                }
            }
            Shape::Outline { rect, ink, thickness_px, dashed } => {
                self.pixels(&raster::outline(*rect, *thickness_px, *dashed, SCALE), *ink);
            }
            Shape::Line { from, to, ink, thickness_px, dashed } => {
                match raster::straight_line((*from, *to), *thickness_px, *dashed, SCALE) {
                    Some(strips) => self.pixels(&strips, *ink),
                    None => {
                        let color = self.color(*ink);
                        let (a, b) = (places(*from), places(*to));
                        let line = format!(
                            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{color}\" stroke-width=\"{}\"/>\n",
                            a.0,
                            a.1,
                            b.0,
                            b.1,
                            number(*thickness_px)
                        );
                        self.put(&line);
                    }
                }
            }
            Shape::Text { at, text, ink, size_px, anchor, weight } => {
                let (x, y) = places(*at);
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let weight = if *weight == Weight::Bold { " font-weight=\"bold\"" } else { "" };
                let (color, size) = (self.color(*ink), number(*size_px));
                // A third of the letters' size under the middle: not every reader knows `dominant-baseline`.
                let head = format!(
                    "<text x=\"{x}\" y=\"{y}\" dy=\".35em\" font-size=\"{size}\" fill=\"{color}\"{anchor}{weight}>"
                );
                self.put(&head);
                self.escaped(text);
                self.put("</text>\n");
            }
            Shape::Disc { center, radius_px, ink } => {
                let (x, y) = places(*center);
                let disc = format!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\"/>\n",
                    number(*radius_px),
                    self.color(*ink)
                );
                self.put(&disc);
            }
            Shape::Ring { center, radius_px, ink, thickness_px } => {
                let (x, y) = places(*center);
                let ring = format!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
                    number(*radius_px),
                    self.color(*ink),
                    number(*thickness_px)
                );
                self.put(&ring);
            }
            Shape::Polygon { points, ink } => self.polygon(points, *ink),
        }
    }

    /// Rectangles of one colour as one path.
    fn pixels(&mut self, strips: &[Pixels], ink: Ink) {
        if strips.is_empty() {
            return;
        }
        let mut path = String::new();
        for px in strips {
            let (width, height) = (px.right - px.left, px.bottom - px.top);
            path.push_str(&format!("M{} {}h{width}v{height}h{}z", px.left, px.top, -width));
        }
        let path = format!("<path d=\"{path}\" fill=\"{}\"/>\n", self.color(ink));
        self.put(&path);
    }

    fn polygon(&mut self, points: &[Point], ink: Ink) {
        let mut corners = String::new();
        for point in points {
            let (x, y) = places(*point);
            corners.push_str(&format!("{x},{y} "));
        }
        let polygon = format!("<polygon points=\"{}\" fill=\"{}\"/>\n", corners.trim_end(), self.color(ink));
        self.put(&polygon);
    }
}

fn places(point: Point) -> (f64, f64) {
    (number(point.x), number(point.y))
}

/// Two decimals are more than any screen shows.
fn number(px: f64) -> f64 {
    let rounded = (px * 100.0).round() / 100.0;
    if rounded.is_finite() { rounded } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Theme;

    #[test]
    fn words_cannot_leave_their_place() {
        let text = Shape::Text {
            at: Point::new(1.0, 2.0),
            text: "</text><script>alert(1)</script> \"A\" & B\u{0}\u{ffff}".to_owned(),
            ink: Ink::Ink,
            size_px: 12.0,
            anchor: Anchor::Middle,
            weight: Weight::Bold,
        };
        let size = Size { width_px: 10.0, height_px: 10.0 };
        let document = svg_document(&[text], &Palette::of(Theme::Light), size, "<b>");
        assert!(!document.contains("<script") && !document.contains("<b>"));
        assert!(document.contains("&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;A&quot; &amp; B</text>"));
    }
}
