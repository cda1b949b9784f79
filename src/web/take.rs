//! Files handed to the reader: text, or a picture. Nothing leaves the machine.

use std::time::Duration;

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, HtmlCanvasElement};

use crate::chart::{Device, Palette, Shape, Size, Theme, paint};

/// The browser reads a file after the click that asks for it; then it can go.
const READ_BY_THEN: Duration = Duration::from_secs(60);

/// Device pixels to a CSS pixel, as far as a canvas of that size may be.
const SHARP: f64 = 2.0;
const LONGEST_PX: f64 = 8000.0;

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
