//! The outlines of sections: named by the descriptor, read apart, and held against the sections.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::BTreeMap;

use yupay::dataset::geometry::{Geometry, check_geometry};
use yupay::dataset::{FileContent, Package, Report, load};

const MAP: &str = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"section_id": "S1"},
    "geometry": {"type": "Polygon", "coordinates": [[[-77, -12], [-76, -12], [-76, -11], [-77, -12]]]}}]}"#;

fn package(geometry: &str) -> (Package, Report, BTreeMap<String, FileContent>) {
    let descriptor = format!(
        r#"{{"name": "n", "yupay": {{"contact": "mailto:a@b.example"}},
            "resources": [{{"name": "sections", "path": "s.csv"}}, {geometry}]}}"#
    );
    let files = [("s.csv", "section_id,name\nS1,Uno\n"), ("m.geojson", MAP)];
    let files = files.map(|(path, text)| (path.to_owned(), FileContent::Bytes(text.into()))).into();
    let (package, report) = load(descriptor.as_bytes(), &files);
    (package, report, files)
}

const NAMED: &str = r#"{"name": "sections-geometry", "path": "m.geojson", "format": "geojson"}"#;

#[test]
fn a_map_is_named_and_is_no_table() {
    let (package, report, files) = package(NAMED);
    assert_eq!(report.problems, []);
    assert_eq!(package.descriptor.geometry.as_deref(), Some("m.geojson"));
    assert_eq!(package.descriptor.contact.as_deref(), Some("mailto:a@b.example"));
    assert_eq!(report.tables.len(), 1);
    let mut found = Report::default();
    check_geometry(&package, &files, &mut found);
    assert_eq!(found.problems, []);
}

#[test]
fn what_is_wrong_with_it_is_told_and_the_rest_is_shown() {
    for (map, said) in [
        (None, "file-missing"),
        (Some("{"), "geometry-invalid"),
        (Some(MAP.replace("S1", "S9").as_str()), "geometry-unknown"),
    ] {
        let (package, _, mut files) = package(NAMED);
        match map {
            Some(map) => files.insert("m.geojson".to_owned(), FileContent::Bytes(map.into())),
            None => files.remove("m.geojson"),
        };
        let mut found = Report::default();
        check_geometry(&package, &files, &mut found);
        assert_eq!(found.problems.iter().map(|problem| problem.code.name()).collect::<Vec<_>>(), [said]);
        assert_eq!(package.sections.len(), 1);
    }
}

#[test]
fn an_address_that_is_none_and_a_map_of_another_name_are_told() {
    let (_, report, _) = package(&NAMED.replace("sections-geometry", "roads"));
    assert_eq!(report.problems.iter().map(|problem| problem.code.name()).collect::<Vec<_>>(), ["descriptor-invalid"]);
    for address in ["javascript:alert(1)", "http://a.example", "https://", "mailto:a b@c.example"] {
        let descriptor = format!(r#"{{"name": "n", "yupay": {{"contact": "{address}"}}, "resources": [{NAMED}]}}"#);
        let (package, report) = load(descriptor.as_bytes(), &BTreeMap::new());
        assert_eq!((package.descriptor.contact, report.problems.len()), (None, 1), "{address}");
    }
}

/// The shipped map has an outline for each section, and the points of the works stand inside their section's.
#[test]
fn works_stand_inside_their_section() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/villa-el-salvador");
    let read = |path: &str| std::fs::read(folder.join(path)).unwrap();
    let geometry = Geometry::parse(&read("data/sections.geojson")).unwrap();
    let files = ["data/sections.csv", "data/projects.csv", "data/processes.csv"];
    let files = files.map(|path| (path.to_owned(), FileContent::Bytes(read(path)))).into();
    let (package, _) = load(&read("datapackage.json"), &files);
    assert_eq!(geometry.shapes.len(), package.sections.len());
    let mut located = 0;
    for project in &package.projects {
        let Some((point, section)) = project.location.zip(project.section.as_ref()) else { continue };
        let shape = geometry.shapes.iter().find(|shape| shape.section == *section).unwrap();
        let inside = shape.rings.iter().flat_map(|ring| ring.windows(2)).filter(|edge| {
            let [a, b] = edge else { unreachable!() };
            let is_between = (a.latitude > point.latitude) != (b.latitude > point.latitude);
            let run = (b.longitude - a.longitude) * (point.latitude - a.latitude);
            is_between && point.longitude < a.longitude + run / (b.latitude - a.latitude)
        });
        assert_eq!(inside.count() % 2, 1, "{} {point:?}", project.id);
        located += 1;
    }
    assert!(located > 80, "{located} works with a point");
}
