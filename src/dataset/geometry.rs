//! The outlines of sections, from a GeoJSON file that the descriptor names beside its tables; fetched only by a map.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value as Json;
use thiserror::Error;

use super::files::FileContent;
use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;
use crate::budget::Point;

/// What the `format` of a resource says where it holds outlines and no table.
pub const FORMAT: &str = "geojson";

/// The name of the resource.
pub const NAME: &str = "sections-geometry";

/// Outlines of sections, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Geometry {
    /// One for each section; of two features of one section, their rings together.
    pub shapes: Vec<SectionShape>,
}

/// The outline of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionShape {
    /// Code of the section.
    pub section: String,
    /// Closed rings; by the even-odd rule, what lies in a second ring is a hole.
    pub rings: Vec<Vec<Point>>,
}

/// Why a file holds no outlines. Features are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GeometryFault {
    /// It is no JSON.
    #[error("not JSON")]
    NotJson,
    /// It is no `FeatureCollection`.
    #[error("not a GeoJSON FeatureCollection")]
    NotFeatures,
    /// A feature does not say whose outline it is.
    #[error("feature {feature} has no property section_id")]
    NoSection {
        /// The feature.
        feature: usize,
    },
    /// A feature that is no area.
    #[error("feature {feature} is no Polygon or MultiPolygon")]
    NoArea {
        /// The feature.
        feature: usize,
    },
    /// A ring of fewer than four points, or one whose end is not its beginning.
    #[error("feature {feature} has a ring that is not closed")]
    OpenRing {
        /// The feature.
        feature: usize,
    },
    /// A place that is none on the earth.
    #[error("feature {feature} has a point that is not longitude, latitude")]
    NoPoint {
        /// The feature.
        feature: usize,
    },
}

impl GeometryFault {
    /// Where in the file it is, as GeoJSON's own words name it.
    fn place(self) -> String {
        match self {
            Self::NotJson | Self::NotFeatures => "features".to_owned(),
            Self::NoSection { feature } => format!("features[{}].properties", feature - 1),
            Self::NoArea { feature } | Self::OpenRing { feature } | Self::NoPoint { feature } => {
                format!("features[{}].geometry", feature - 1)
            }
        }
    }
}

impl Geometry {
    /// Reads a GeoJSON file: a `FeatureCollection` of areas, each with a property `section_id` (or an `id`).
    ///
    /// # Errors
    /// The first [`GeometryFault`]: half a map would show sections as missing that are not.
    pub fn parse(bytes: &[u8]) -> Result<Self, GeometryFault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let json: Json = serde_json::from_slice(bytes).map_err(|_not_json| GeometryFault::NotJson)?;
        let is_collection = json.get("type").and_then(Json::as_str) == Some("FeatureCollection");
        let features = json.get("features").and_then(Json::as_array).filter(|_| is_collection);
        let mut shapes: Vec<SectionShape> = Vec::new();
        for (at, feature) in features.ok_or(GeometryFault::NotFeatures)?.iter().enumerate() {
            let shape = shape(feature, at + 1)?;
            match shapes.iter_mut().find(|known| known.section == shape.section) {
                Some(known) => known.rings.extend(shape.rings),
                None => shapes.push(shape),
            }
        }
        Ok(Self { shapes })
    }
}

/// Holds the file of outlines against the sections; what is found is added to the report.
///
/// Not part of reading a package, because a page shows it without its map.
pub fn check_geometry(package: &Package, files: &BTreeMap<String, FileContent>, report: &mut Report) {
    let Some(path) = &package.descriptor.geometry else { return };
    let geometry = match files.get(path) {
        Some(FileContent::Bytes(bytes)) => Geometry::parse(bytes),
        missing => {
            let problem = Problem::new(Code::FileMissing, path);
            report.add(match missing {
                Some(FileContent::Unavailable(reason)) => problem.value(reason),
                _ => problem,
            });
            return;
        }
    };
    let geometry = match geometry {
        Ok(geometry) => geometry,
        Err(fault) => {
            report.add(Problem::new(Code::GeometryInvalid, path).arg("place", fault.place()));
            return;
        }
    };
    let sections = package.descriptor.resources.iter().find(|resource| resource.name == "sections");
    let target = sections.map_or("sections", |resource| resource.file());
    for shape in geometry.shapes.iter().filter(|shape| package.section(&shape.section).is_none()) {
        report.add(Problem::new(Code::GeometryUnknown, path).value(&shape.section).arg("target", target));
    }
}

fn shape(json: &Json, feature: usize) -> Result<SectionShape, GeometryFault> {
    let property = json.get("properties").and_then(|properties| properties.get("section_id"));
    let section = match property.or_else(|| json.get("id")) {
        Some(Json::String(section)) if !section.is_empty() => section.clone(),
        Some(Json::Number(section)) => section.to_string(),
        _ => return Err(GeometryFault::NoSection { feature }),
    };
    let no_area = GeometryFault::NoArea { feature };
    let geometry = json.get("geometry").ok_or(no_area)?;
    let kind = geometry.get("type").and_then(Json::as_str);
    let coordinates = geometry.get("coordinates").and_then(Json::as_array).ok_or(no_area)?;
    let polygons: Vec<&Json> = match kind {
        Some("Polygon") => coordinates.iter().collect(),
        Some("MultiPolygon") => coordinates.iter().filter_map(Json::as_array).flatten().collect(),
        _ => return Err(no_area),
    };
    let rings: Vec<Vec<Point>> = polygons.into_iter().map(|json| ring(json, feature)).collect::<Result<_, _>>()?;
    if rings.is_empty() { Err(no_area) } else { Ok(SectionShape { section, rings }) }
}

fn ring(json: &Json, feature: usize) -> Result<Vec<Point>, GeometryFault> {
    let points = json.as_array().ok_or(GeometryFault::OpenRing { feature })?;
    let points: Option<Vec<Point>> = points.iter().map(point).collect();
    let points = points.ok_or(GeometryFault::NoPoint { feature })?;
    let is_closed = points.len() >= 4 && points.first() == points.last();
    if is_closed { Ok(points) } else { Err(GeometryFault::OpenRing { feature }) }
}

/// Longitude, latitude, and perhaps a height that no map of ours shows.
fn point(json: &Json) -> Option<Point> {
    let [longitude, latitude, ..] = json.as_array()?.as_slice() else { return None };
    let number = |json: &Json| {
        let written = json.as_number()?.to_string();
        written.parse().or_else(|_plain| Decimal::from_scientific(&written)).ok()
    };
    Point::new(number(longitude)?, number(latitude)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(feature: &str) -> String {
        format!(r#"{{"type": "FeatureCollection", "features": [{feature}]}}"#)
    }

    fn feature(section: &str, geometry: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type": "Feature", "properties": {section},
                "geometry": {{"type": "{geometry}", "coordinates": {coordinates}}}}}"#
        )
    }

    const SECTION: &str = r#"{"section_id": "S1"}"#;
    const RING: &str = "[[-76.95, -12.2], [-76.94, -12.2, 120], [-76.94, -1.219e1], [-76.95, -12.2]]";

    #[test]
    fn areas_are_read_with_every_ring() {
        let features = [
            feature(SECTION, "Polygon", &format!("[{RING}]")),
            feature(r#"{"section_id": 2}"#, "MultiPolygon", &format!("[[{RING}, {RING}], [{RING}]]")),
            feature(SECTION, "Polygon", &format!("[{RING}]")),
        ];
        let found = Geometry::parse(collection(&features.join(",")).as_bytes()).unwrap();
        let shapes: Vec<(&str, usize)> = found.shapes.iter().map(|of| (of.section.as_str(), of.rings.len())).collect();
        assert_eq!(shapes, [("S1", 2), ("2", 3)]);
        assert_eq!(found.shapes[0].rings[0][2], "-76.94, -12.19".parse().unwrap());
    }

    #[test]
    fn what_is_no_outline_is_refused_with_its_place() {
        let one = |section, geometry, coordinates: &str| collection(&feature(section, geometry, coordinates));
        for (text, fault) in [
            ("{".to_owned(), GeometryFault::NotJson),
            ("[]".to_owned(), GeometryFault::NotFeatures),
            (r#"{"type": "Feature", "features": []}"#.to_owned(), GeometryFault::NotFeatures),
            (one("{}", "Polygon", &format!("[{RING}]")), GeometryFault::NoSection { feature: 1 }),
            (one("null", "Polygon", &format!("[{RING}]")), GeometryFault::NoSection { feature: 1 }),
            (one(SECTION, "Point", "[0, 0]"), GeometryFault::NoArea { feature: 1 }),
            (one(SECTION, "Polygon", "[]"), GeometryFault::NoArea { feature: 1 }),
            (one(SECTION, "Polygon", "[[[0, 0], [1, 0], [0, 0]]]"), GeometryFault::OpenRing { feature: 1 }),
            (one(SECTION, "Polygon", "[[[0, 0], [1, 0], [1, 1], [2, 2]]]"), GeometryFault::OpenRing { feature: 1 }),
            (one(SECTION, "Polygon", "[[[0, 0], [1, 0], [1, 91], [0, 0]]]"), GeometryFault::NoPoint { feature: 1 }),
            (one(SECTION, "Polygon", r#"[[["0", 0]]]"#), GeometryFault::NoPoint { feature: 1 }),
        ] {
            assert_eq!(Geometry::parse(text.as_bytes()), Err(fault), "{text}");
        }
        assert_eq!(Geometry::parse(collection("").as_bytes()), Ok(Geometry::default()));
    }
}
