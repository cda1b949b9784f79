//! What can be taken away: the table as CSV, the open scenario as JSON, the link. Nothing leaves the machine.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::desk::Desk;
use super::results::shown;
use super::{fragment, scenarios};
use crate::allocation::{Board, MadeFor, RuleFile, Scenario};
use crate::indicators::allotment_csv;
use crate::web::history;
use crate::web::route::Address;

/// The browser reads a file after the click that asks for it; then it can go.
const READ_BY_THEN: Duration = Duration::from_secs(60);

/// The whole link to a board of this round.
pub(super) fn link_to(desk: Desk, board: &Board) -> String {
    let fragment = fragment::of(&desk.ground_now(), &desk.package(), board);
    history::whole(&Address { fragment, ..desk.site.address_now() })
}

/// Puts the link where it can be pasted from; where the browser does not let it, shows it.
pub(super) fn copy_link(desk: Desk) {
    let link = link_to(desk, &desk.board_now());
    wasm_bindgen_futures::spawn_local(async move {
        let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
        // Only pages served securely have one.
        let clipboard = clipboard.ok().filter(JsValue::is_object).map(JsCast::unchecked_into::<web_sys::Clipboard>);
        let is_copied = match clipboard {
            Some(clipboard) => wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&link)).await.is_ok(),
            None => false,
        };
        let site = desk.site;
        let said = if is_copied {
            site.t("what-if.taken.link")
        } else {
            site.fill("what-if.taken.link-shown", &[("link", &link)])
        };
        desk.say_taken(said);
    });
}

/// The open scenario's table, for a spreadsheet.
pub(super) fn csv(desk: Desk) {
    let ground = desk.ground_now();
    let Some(outcome) = shown(desk.outcome_now()) else { return desk.say_taken(desk.site.t("what-if.taken.nothing")) };
    save(desk, "csv", "text/csv;charset=utf-8", &allotment_csv(&outcome, &ground.round, &ground.baseline));
}

/// The open scenario, as `yupay allocate --rule` reads it.
pub(super) fn json(desk: Desk) {
    let (ground, board, package) = (desk.ground_now(), desk.board_now(), desk.package());
    let made_for = MadeFor {
        name: package.descriptor.name.clone(),
        version: package.descriptor.version.clone(),
        year: ground.round.year,
    };
    let name = scenarios::name(desk, board.open(), board.scenario());
    let scenario = Scenario { name, ..board.scenario().clone() };
    let file = RuleFile { scenario, currency: ground.round.currency, made_for: Some(made_for) };
    save(desk, "json", "application/json", &file.to_json());
}

fn save(desk: Desk, ending: &str, kind: &str, content: &str) {
    let board = desk.board_now();
    let name = scenarios::name(desk, board.open(), board.scenario());
    // A file's name holds no mark that any system takes for something else.
    let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let slug = desk.site.address_now().route.municipality.unwrap_or_default();
    let file = format!("{slug}-{}-{}.{ending}", desk.ground_now().round.year, name.to_lowercase());
    if hand_over(&file, kind, content).is_some() {
        desk.say_taken(desk.site.fill("what-if.taken.file", &[("file", &file)]));
    }
}

/// Hands a file to the browser to be kept.
pub(super) fn hand_over(name: &str, kind: &str, content: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&JsValue::from_str(content));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    set_timeout(move || drop(web_sys::Url::revoke_object_url(&url)), READ_BY_THEN);
    Some(())
}
