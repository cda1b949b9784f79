//! The page of one work: the sentence, the road of its money beside what is built, who pays, its days, what changed, what is
//! missing, and the rows it was read from.

mod facts;
mod money;
mod rows;
mod story;

use leptos::prelude::*;
use rust_decimal::Decimal;

pub(super) use self::money::{payers, steps};
use super::list::place_of;
use super::shown::{muted, note, part, piece, pieces, status, text, written};
use super::view::View;
use crate::budget::Stage;
use crate::chart::{BarCell, BarState, Ink};
use crate::indicators::projects::{Dossier, contact_href, per_thousand};
use crate::text::Piece;
use crate::web::element::{charted, element, is, link, said, words};
use crate::web::history;

/// The page of the work that the link names.
pub(super) fn page(view: View) -> AnyView {
    let site = view.site;
    let id = view.project().unwrap_or_default();
    let title = || vec![is("id", "work-title"), is("tabindex", "-1"), is("dir", "auto")];
    let dossier = match view.dossier() {
        Ok(Some(dossier)) => dossier,
        Ok(None) => {
            let back = link(back(view), Vec::new(), vec![words(site.t("projects.back"))]);
            return vec![
                element("P", vec![is("class", "back")], vec![back]),
                said("H1", title(), site.fill("projects.unknown", &[("id", &id)])),
                said("P", vec![is("class", "lead")], site.t("projects.unknown.lead")),
            ]
            .into_any();
        }
        Err(_) => return said("H1", title(), site.t("state.too-large")),
    };
    let place = vec![words(format!("{} · ", dossier.project.round)), place_of(view, &dossier.project)];
    let left = vec![money::road(view, &dossier), money::cofinancing(view, &dossier)];
    let right = vec![
        state(view, &dossier),
        story::dates(view, &dossier),
        money::secured(view, &dossier),
        facts::section(view, &dossier),
    ];
    let columns = vec![element("DIV", Vec::new(), left), element("DIV", Vec::new(), right)];
    let parts = vec![
        around(view, &dossier, "projects.around"),
        said("H1", title(), dossier.project.title.clone()),
        element("P", vec![is("class", "where")], place),
        element("P", vec![is("class", "lead sentence")], sentence(view, &dossier)),
        element("DIV", vec![is("class", "side-by-side")], columns),
        story::changes(view, &dossier),
        story::history(view, &dossier),
        story::gaps(view, &dossier),
        rows::section(view, &dossier),
        contact(view, &dossier),
        around(view, &dossier, "projects.around.below"),
    ];
    element("ARTICLE", vec![is("class", "dossier"), ("data-work", Some(id))], parts)
}

fn back(view: View) -> String {
    view.href_of(view.choice())
}

/// Back to the list, and the works before and after in its order.
fn around(view: View, dossier: &Dossier, label: &str) -> AnyView {
    let site = view.site;
    let place = u32::try_from(dossier.place).unwrap_or(u32::MAX);
    let listing = view.listing();
    let package = view.package();
    let around = listing.as_ref().and_then(|listing| Some((listing.around(place)?, listing.rows.len())));
    let neighbour = |other: Option<u32>, key: &str, rel: &str| {
        let project = other.and_then(|other| package.projects.get(other as usize))?;
        let hidden = element("SPAN", vec![is("class", "hidden")], vec![words(": "), text(project.title.clone())]);
        let attributes = vec![is("class", rel), is("rel", rel)];
        Some(link(view.href_of_work(&project.id), attributes, vec![words(site.t(key)), hidden]))
    };
    let back = link(back(view), vec![is("class", "back")], vec![words(site.t("projects.back"))]);
    let mut parts = vec![back];
    match around {
        Some(((before, at, after), of)) => {
            let args = [("at", &*written(view, at)), ("of", &written(view, of))];
            parts.push(muted(site.fill("projects.position", &args)));
            parts.extend(neighbour(before, "projects.previous", "prev"));
            parts.extend(neighbour(after, "projects.next", "next"));
        }
        None => parts.push(muted(site.t("projects.not-listed"))),
    }
    element("NAV", vec![is("class", "around"), ("aria-label", Some(site.t(label)))], parts)
}

/// What was agreed for it, what has been spent, and its state, in a sentence.
fn sentence(view: View, dossier: &Dossier) -> Vec<AnyView> {
    let catalog = view.site.words();
    let project = &dossier.project;
    let spent = dossier.road.whole(Stage::Accrued);
    let spent_money = spent.and_then(|step| step.money());
    let key = match (project.is_agreed(), project.agreed, spent.is_some(), spent_money) {
        (Some(false), _, _, Some(_)) => "projects.tells.outside",
        (Some(false), ..) => "projects.tells.outside-nothing",
        (_, Some(_), _, Some(_)) => "projects.tells.spent",
        (_, Some(_), true, None) => "projects.tells.spending-unknown",
        (_, Some(_), false, _) => "projects.tells.no-lines",
        (_, None, _, Some(_)) => "projects.tells.promise-unknown",
        (_, None, ..) => "projects.tells.nothing",
    };
    let percent = dossier.spent_percent.map(|percent| view.style().percent(percent));
    let args = [
        ("round", Piece::Words(project.round.to_string())),
        ("agreed", piece(view, project.agreed)),
        ("spent", piece(view, spent_money)),
        ("percent", Piece::Words(percent.unwrap_or_else(|| view.site.t("value.dash")))),
    ];
    pieces(catalog.pieces(key, &args))
}

/// What is built, beside what is paid.
fn state(view: View, dossier: &Dossier) -> AnyView {
    let (site, project) = (view.site, &dossier.project);
    let line = |key: &str, percent: Option<Decimal>, place: &str| {
        let shown = percent.map_or_else(|| site.t("value.none"), |percent| view.style().percent(percent));
        let name = said("SPAN", Vec::new(), site.t(&format!("projects.progress.{key}")));
        let attributes = vec![is("data-bar", place), is("data-role", key)];
        element("LI", attributes, vec![name, words(" "), said("STRONG", Vec::new(), shown)])
    };
    let lines = vec![line("built", project.physical_progress_percent, "0"), line("spent", dossier.spent_percent, "1")];
    let mut body = vec![element("P", vec![is("class", "status-now")], vec![status(view, project.status.as_deref())])];
    if let Some(date) = project.status_date {
        body.push(note(site.fill("projects.state.told", &[("date", &site.words().date(date))])));
    }
    body.push(charted("progress", element("UL", vec![is("class", "progress")], lines)));
    body.push(note(site.t("projects.progress.apart")));
    part("state", site.t("projects.state"), body)
}

/// The bars of what is built and what is spent, each of a hundred.
pub(super) fn progress(view: View) -> Vec<BarCell> {
    let Some(dossier) = view.dossier_now() else { return Vec::new() };
    let cell = |percent: Option<Decimal>, ink: Ink| {
        let fill = percent.and_then(per_thousand);
        BarCell { outline: fill.map(|_| 1000), fill, ink, state: BarState::Plain }
    };
    vec![cell(dossier.project.physical_progress_percent, Ink::Muted), cell(dossier.spent_percent, Ink::Ink)]
}

/// A way to tell the municipality something about this work.
fn contact(view: View, dossier: &Dossier) -> AnyView {
    let (site, package, project) = (view.site, view.package(), &dossier.project);
    let heading = site.t("projects.contact");
    let Some(contact) = package.descriptor.contact.clone() else {
        return part("contact", heading, vec![note(site.t("projects.needs.contact"))]);
    };
    let args = [("id", project.id.as_str()), ("title", project.title.as_str())];
    let subject = site.fill("projects.contact.subject", &args);
    let Some(plain) = contact_href(&contact, &subject, "") else { return ().into_any() };
    let is_mail = plain.starts_with("mailto:");
    // Only a browser knows where the site stands.
    let is_in_browser = RwSignal::new(false);
    Effect::new(move |_| is_in_browser.set(true));
    let title = project.title.clone();
    let href = move || {
        let address = if is_in_browser.get() { history::whole(&site.address()) } else { String::new() };
        let body = site.fill("projects.contact.body", &[("title", &title), ("link", &address)]);
        contact_href(&contact, &subject, &body)
    };
    let hint = if is_mail { "projects.contact.mail" } else { "projects.contact.page" };
    let link = view! { <a id="contact" href=href rel="noopener noreferrer">{site.t("projects.contact.link")}</a> };
    let body = vec![said("P", Vec::new(), site.t(hint)), element("P", Vec::new(), vec![link.into_any()])];
    part("contact", heading, body)
}
