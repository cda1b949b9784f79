//! Files handed to the reader: text, or a picture. Nothing leaves the machine.

use std::time::Duration;

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use rust_decimal::Decimal;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, HtmlCanvasElement};

use super::element::{self, element, is};
use super::history;
use super::route::{Address, ThemeChoice};
use super::site::Site;
use crate::budget::Date;
use crate::chart::{Device, Palette, Shape, Size, Theme, paint};
use crate::dataset::Package;
use crate::engine::Tally;
use crate::money::{Currency, Money};
use crate::text::{SheetCell, csv};

/// The browser reads a file after the click that asks for it; then it can go.
const READ_BY_THEN: Duration = Duration::from_secs(60);

/// Device pixels to a CSS pixel, as far as a canvas of that size may be.
const SHARP: f64 = 2.0;
const LONGEST_PX: f64 = 8000.0;

/// The buttons for the files named, under words that say of what they are, and what is said once one is kept.
pub(super) fn section(site: Site, title: String, files: &[&'static str], said: RwSignal<String>) -> AnyView {
    let button = |what: &&'static str| {
        let attributes = vec![is("type", "button"), is("data-take", what)];
        element::said("BUTTON", attributes, site.t(&format!("take.{what}")))
    };
    let status = move || said.get();
    let parts = vec![
        element::said("H2", Vec::new(), title.clone()),
        element("P", vec![is("class", "buttons")], files.iter().map(button).collect()),
        element("P", vec![is("id", "taken"), is("role", "status")], vec![status.into_any()]),
    ];
    element("SECTION", vec![is("class", "take"), ("aria-label", Some(title))], parts)
}

/// `villa-el-salvador-section-dimension-accrued.csv`; no mark in it that any system takes for something else.
pub(super) fn file_name(site: Site, parts: &[&str], ending: &str) -> String {
    let slug = site.address_now().route.municipality.unwrap_or_default();
    let name = [&[slug.as_str()], parts].concat().join("-");
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    format!("{name}.{ending}")
}

/// Data, source, day and licence of a package, as every file carries them.
pub(super) fn provenance(site: Site, package: &Package, as_of: Option<Date>) -> Vec<(String, String)> {
    let descriptor = &package.descriptor;
    let mut lines = vec![
        (site.t("take.file.package"), format!("{}, {}", descriptor.title, descriptor.version)),
        (site.t("take.file.sources"), descriptor.sources.join("; ")),
    ];
    if let Some(day) = as_of {
        lines.push((site.t("take.file.as-of"), site.words().date(day)));
    }
    if !descriptor.licenses.is_empty() {
        lines.push((site.t("take.file.licence"), descriptor.licenses.join(", ")));
    }
    lines
}

/// Where to see the same again.
pub(super) fn address(site: Site, address: Address) -> (String, String) {
    let address = Address { theme: ThemeChoice::System, ignored: Vec::new(), ..address };
    (site.t("take.file.address"), history::whole(&address))
}

/// A table under its title, with what it is of.
pub(super) fn sheet(
    title: &str,
    provenance: Vec<(String, String)>,
    notes: Vec<String>,
    table: Vec<Vec<SheetCell>>,
) -> Vec<Vec<SheetCell>> {
    let mut rows = vec![vec![SheetCell::text(title)]];
    rows.extend(provenance.into_iter().map(|(name, value)| vec![SheetCell::Text(name), SheetCell::Text(value)]));
    rows.extend(notes.into_iter().map(|note| vec![SheetCell::Text(note)]));
    rows.push(Vec::new());
    rows.extend(table);
    rows
}

/// An amount; where none is published, the words that stand for it.
pub(super) fn amount(money: Option<Money>, otherwise: &str) -> SheetCell {
    money.map_or_else(|| SheetCell::text(otherwise), |money| SheetCell::Number(money.to_plain()))
}

/// A sum: nothing where it has no rows, words where none of its rows has an amount.
pub(super) fn sum(tally: Tally, currency: Currency, otherwise: &str) -> SheetCell {
    match tally.minor {
        None if tally.count == 0 => SheetCell::blank(),
        minor => amount(minor.map(|minor| Money::new(minor, currency)), otherwise),
    }
}

/// A percentage or another number; where there is none, nothing.
pub(super) fn number(number: Option<Decimal>) -> SheetCell {
    number.map_or_else(SheetCell::blank, |number| SheetCell::Number(number.to_string()))
}

/// Hands over a table, and says so.
pub(super) fn table(site: Site, said: RwSignal<String>, name: &str, rows: &[Vec<SheetCell>]) {
    say(site, said, name, text(name, "text/csv;charset=utf-8", &csv(rows)));
}

/// Says that a file was kept, or that it was not.
pub(super) fn say(site: Site, said: RwSignal<String>, name: &str, is_taken: Option<()>) {
    let key = if is_taken.is_some() { "take.done" } else { "take.failed" };
    said.set(site.fill(key, &[("file", name)]));
}

/// Hands a text to the browser to be kept as a file.
pub(super) fn text(name: &str, kind: &str, content: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&JsValue::from_str(content));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    file(name, &Blob::new_with_str_sequence_and_options(&parts, &options).ok()?)
}

/// Paints a picture and hands it over as a PNG, once the browser has written it.
pub(super) fn png(name: String, shapes: &[Shape], size: Size) -> Option<()> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let ratio = (LONGEST_PX / size.width_px.max(size.height_px)).clamp(0.5, SHARP);
    canvas.set_width((size.width_px * ratio).round() as u32);
    canvas.set_height((size.height_px * ratio).round() as u32);
    let area = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
    paint(&area, shapes, &Palette::of(Theme::Light), Device::canvas(ratio)).ok()?;
    let written = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            let _kept = file(&name, &blob);
        }
    });
    canvas.to_blob_with_type(written.unchecked_ref(), "image/png").ok()
}

fn file(name: &str, blob: &Blob) -> Option<()> {
    let url = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    set_timeout(move || drop(web_sys::Url::revoke_object_url(&url)), READ_BY_THEN);
    Some(())
}
