//! The works by section: a map drawn here, and the table that says the same.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::filters::toggled;
use super::shown::{both, cell, name_cell, note, stage_cell, table, table_row, text, written};
use super::view::{Outlines, View};
use crate::chart::{BarState, MapArea, MapLayout, MapModel, MapPoint, Size, layout_map};
use crate::dataset::geometry::Geometry;
use crate::engine::Key;
use crate::indicators::projects::{Places, SectionPlace};
use crate::web::app::Errands;
use crate::web::element::{canvas, element, framed, is, link, said};

/// The map and its table.
pub(super) fn section(view: View) -> AnyView {
    fetch(view);
    let ground = view! { <div class="ground chart" data-map style=move || tiles_style(view)>{canvas("map")}</div> };
    let notes = move || notes(view);
    let picture = element("DIV", vec![is("class", "picture")], vec![ground.into_any(), notes.into_any()]);
    let table = move || sections(view);
    element("DIV", vec![is("class", "places")], vec![picture, table.into_any()])
}

/// Sections without outlines are tiles, which want room.
fn tiles_style(view: View) -> String {
    let count = match view.outlines.get() {
        Outlines::Here(_) => 0,
        _ => view.package().sections.len(),
    };
    format!("--tiles: {count}")
}

/// Asks for the outlines, once the map is looked at.
fn fetch(view: View) {
    let errands = use_context::<Errands>();
    let Some(path) = view.package().descriptor.geometry.clone() else { return };
    Effect::new(move |_| {
        let Some(errands) = errands.filter(|_| matches!(view.outlines.get_untracked(), Outlines::Waiting)) else {
            return;
        };
        let slug = view.site.address_now().route.municipality.unwrap_or_default();
        let file = format!("data/{slug}/{path}");
        spawn_local(async move {
            let found = match (errands.file)(file).await {
                Ok(bytes) => match Geometry::parse(&bytes) {
                    Ok(geometry) => Outlines::Here(Arc::new(geometry)),
                    Err(fault) => Outlines::Gone(fault.to_string()),
                },
                Err(why) => Outlines::Gone(why),
            };
            // The page may have gone in the meantime.
            let _is_there = view.outlines.try_set(found);
        });
    });
}

fn notes(view: View) -> AnyView {
    let site = view.site;
    let mut notes = vec![site.t("projects.map.legend")];
    let package = view.package();
    if let Some(places) = view.places() {
        if places.points.is_empty() {
            notes.push(site.t("projects.needs.location"));
        } else {
            notes.push(view.count("projects.map.points", places.points.len() as u64));
        }
    }
    match view.outlines.get() {
        Outlines::NotPublished => notes.push(site.t("projects.needs.geometry")),
        Outlines::Waiting => notes.push(site.t("projects.map.waiting")),
        Outlines::Gone(why) => notes.push(site.fill("projects.map.gone", &[("why", &why)])),
        Outlines::Here(geometry) => {
            let has_shape = |id: &str| geometry.shapes.iter().any(|shape| shape.section == id);
            let without = package.sections.iter().filter(|section| !has_shape(&section.id)).count();
            if without > 0 {
                notes.push(view.count("projects.map.without-shape", without as u64));
            }
        }
    }
    element("DIV", vec![is("class", "muted notes")], notes.into_iter().map(note).collect())
}

fn sections(view: View) -> AnyView {
    let site = view.site;
    let Some(places) = view.places() else { return ().into_any() };
    if view.package().sections.is_empty() && places.sections.len() <= 1 {
        return said("P", vec![is("class", "lead")], site.t("projects.needs.sections"));
    }
    let rows = places.sections.iter().map(|place| row(view, place)).collect();
    let (agreed, spent) = both(view, &places.totals);
    let all: usize = places.sections.iter().map(|place| place.group.rows.len()).sum();
    let stage = view.stage().name();
    let columns = vec![
        (site.t("key.section"), true),
        (site.t("column.projects"), false),
        (site.t("stage.agreed.short"), false),
        (site.t(&format!("stage.{stage}.short")), false),
    ];
    let foot = vec![
        name_cell(site.t("table.total").into_any(), "1"),
        cell("count", written(view, all).into_any()),
        stage_cell("agreed", agreed),
        stage_cell(stage, spent),
    ];
    let caption = site.t("projects.map.caption");
    framed(caption.clone(), table("section", Some(caption), columns, rows, foot))
}

fn row(view: View, place: &SectionPlace) -> AnyView {
    let value = place.group.value.as_deref();
    let href = view.href(toggled(&view.selection(), Key::Section, value));
    let (agreed, spent) = both(view, &place.group.totals);
    let current = place.is_chosen.then(|| "true".to_owned());
    let name = link(href, vec![("aria-current", current)], vec![text(view.label(Key::Section, value))]);
    let cells = vec![
        name_cell(name, "1"),
        cell("count", written(view, place.group.rows.len()).into_any()),
        stage_cell("agreed", agreed),
        stage_cell(view.stage().name(), spent),
    ];
    let class = place.is_chosen.then(|| "chosen".to_owned());
    table_row(value.unwrap_or("-"), vec![("class", class)], cells)
}

/// The map as it is now, at a size; the sections and the works in the order of its parts.
pub(super) fn layout(view: View, size: Size) -> Option<(MapLayout, Arc<Places>)> {
    let places = view.places_now()?;
    let outlines = view.outlines.get_untracked();
    Some((layout_map(&model(view, &places, &outlines), size), places))
}

fn model(view: View, places: &Places, outlines: &Outlines) -> MapModel {
    let package = view.package();
    let main = places.totals.first().map(|total| total.currency);
    let is_any_chosen = places.sections.iter().any(|place| place.is_chosen);
    let area = |place: &SectionPlace| {
        let total = place.group.totals.iter().find(|total| Some(total.currency) == main);
        let rings = match outlines {
            Outlines::Here(geometry) => {
                let shape = geometry.shapes.iter().find(|shape| Some(&shape.section) == place.group.value.as_ref());
                let ring = |ring: &Vec<crate::budget::Point>| {
                    ring.iter().map(|point| (point.longitude, point.latitude)).collect()
                };
                shape.map(|shape| shape.rings.iter().map(ring).collect()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let state = match (place.is_chosen, is_any_chosen) {
            (true, _) => BarState::Selected,
            (false, true) => BarState::Dimmed,
            (false, false) => BarState::Plain,
        };
        MapArea {
            label: view.label(Key::Section, place.group.value.as_deref()),
            rings,
            outline: total.and_then(|total| total.agreed.minor),
            fill: total.and_then(|total| total.spent.minor),
            has_rows: !place.group.rows.is_empty(),
            state,
        }
    };
    let point = |&place: &u32| {
        let project = package.projects.get(place as usize)?;
        let location = project.location?;
        let mark = view.mark(project.status.as_deref());
        Some(MapPoint { place: (location.longitude, location.latitude), mark })
    };
    MapModel {
        areas: places.sections.iter().filter(|place| place.is_a_section).map(area).collect(),
        points: places.points.iter().filter_map(point).collect(),
    }
}
