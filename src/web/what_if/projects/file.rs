//! Files: one of the reader's own in place of the round, which stays on the device, and the round's proposals to take away.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};

use super::panel::Panel;
use crate::funder::FileHeading;
use crate::web::what_if::files::hand_over;

/// The file in place of the round, or how to choose one.
pub(super) fn files(panel: Panel) -> AnyView {
    let site = panel.site;
    if let Some(file) = panel.own.get() {
        let said = site.fill("what-if.projects.own", &[("file", &file.name)]);
        return view! {
            <p id="projects-own">
                {said} " "
                <button type="button" on:click=move |_| panel.own.set(None)>{site.t("what-if.projects.own.close")}</button>
            </p>
        }
        .into_any();
    }
    view! {
        <details class="file">
            <summary>{site.t("what-if.projects.file")}</summary>
            <p>
                <label for="projects-file">
                    <span>{site.t("what-if.projects.file.choose")}</span>
                    <input type="file" id="projects-file" accept=".pb" on:change=move |event| chosen(panel, &event) />
                </label>
            </p>
            <p>
                <button type="button" id="projects-save" disabled=move || !panel.written.get().is_done on:click=move |_| ask_for_file(panel)>
                    {site.t("what-if.projects.file.save")}
                </button>
            </p>
        </details>
    }
    .into_any()
}

fn chosen(panel: Panel, event: &Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
    spawn_local(open(panel, file));
}

async fn open(panel: Panel, file: File) {
    // What is wrong with a file is told line by line, and that takes the words for it.
    if panel.words.with_value(Vec::len) < 2
        && let Some(words) = panel.language_file("problems.").await
    {
        panel.words.update_value(|files| files.push(words));
    }
    let held = panel.hold(file.name(), file.into(), None);
    panel.own.set(Some(held));
}

/// Asks the worker for the proposals and ballots that were answered about, as a file.
fn ask_for_file(panel: Panel) {
    let Some(mut request) = panel.request() else { return };
    let (ground, package) = (panel.desk.ground_now(), panel.desk.package());
    let unit = package.descriptor.title.clone();
    request.heading = Some(FileHeading {
        description: panel.site.fill("what-if.projects.file.description", &[("name", &unit)]),
        unit,
        section: panel.section(),
        round: ground.round.year.to_string(),
    });
    panel.post(request);
}

impl Panel {
    /// Hands the file over to be kept.
    pub fn save(self, text: &str) {
        let slug = self.site.address_now().route.municipality.unwrap_or_default();
        let year = self.desk.ground_now().round.year;
        let section = self.section().map(|section| format!("-{section}")).unwrap_or_default();
        // Where it cannot be made the browser says so itself.
        let _handed = hand_over(&format!("{slug}-{year}{section}.pb"), "text/plain;charset=utf-8", text);
    }
}
