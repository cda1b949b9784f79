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
use super::shown::{piece, pieces, status, text};
use super::view::View;
use crate::budget::Stage;
use crate::chart::{BarCell, BarState, Ink};
use crate::indicators::projects::{Dossier, contact_href, per_thousand};
use crate::text::Piece;
use crate::web::history;

/// The page of the work that the link names.
pub(super) fn page(view: View) -> AnyView {
    let site = view.site;
    let id = view.project().unwrap_or_default();
    let dossier = match view.dossier() {
        Ok(Some(dossier)) => dossier,
        Ok(None) => {
            return view! {
                <p class="back"><a data-view href=back(view)>{site.t("projects.back")}</a></p>
                <h1 id="work-title" tabindex="-1" dir="auto">{site.fill("projects.unknown", &[("id", &id)])}</h1>
                <p class="lead">{site.t("projects.unknown.lead")}</p>
            }
            .into_any();
        }
        Err(_) => return view! { <h1 id="work-title" tabindex="-1">{site.t("state.too-large")}</h1> }.into_any(),
    };
    let name = dossier.project.title.clone();
    view! {
        <article class="dossier" data-work=id>
            {around(view, &dossier)}
            <h1 id="work-title" tabindex="-1" dir="auto">{name}</h1>
            <p class="where">{dossier.project.round.to_string()} " · " {place_of(view, &dossier.project)}</p>
            <p class="lead sentence">{sentence(view, &dossier)}</p>
            <div class="side-by-side">
                <div>
                    {money::road(view, &dossier)}
                    {money::cofinancing(view, &dossier)}
                </div>
                <div>
                    {state(view, &dossier)}
                    {story::dates(view, &dossier)}
                    {money::secured(view, &dossier)}
                    {facts::section(view, &dossier)}
                </div>
            </div>
            {story::changes(view, &dossier)}
            {story::history(view, &dossier)}
            {story::gaps(view, &dossier)}
            {rows::section(view, &dossier)}
            {contact(view, &dossier)}
            {around(view, &dossier)}
        </article>
    }
    .into_any()
}

fn back(view: View) -> String {
    view.href_of(view.choice())
}

/// Back to the list, and the works before and after in its order.
fn around(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let place = u32::try_from(dossier.place).unwrap_or(u32::MAX);
    let listing = view.listing();
    let package = view.package();
    let around = listing.as_ref().and_then(|listing| Some((listing.around(place)?, listing.rows.len())));
    let link = |other: Option<u32>, key: &str, rel: &'static str| {
        let project = other.and_then(|other| package.projects.get(other as usize))?;
        let name = site.t(key);
        let title = project.title.clone();
        Some(view! {
            <a data-view class=rel rel=rel href=view.href_of_work(&project.id)>{name}<span class="hidden">": " {text(title)}</span></a>
        })
    };
    let (before, position, after) = match around {
        Some(((before, at, after), of)) => {
            let count = |count: usize| view.style().count(i64::try_from(count).unwrap_or(i64::MAX));
            let said = site.fill("projects.position", &[("at", &count(at)), ("of", &count(of))]);
            (link(before, "projects.previous", "prev"), said, link(after, "projects.next", "next"))
        }
        None => (None, site.t("projects.not-listed"), None),
    };
    view! {
        <nav class="around" aria-label=site.t("projects.around")>
            <a data-view class="back" href=back(view)>{site.t("projects.back")}</a>
            <span class="muted">{position}</span>
            {before}
            {after}
        </nav>
    }
    .into_any()
}

/// What was agreed for it, what has been spent, and its state, in a sentence.
fn sentence(view: View, dossier: &Dossier) -> AnyView {
    let words = view.site.words();
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
    pieces(words.pieces(key, &args))
}

/// What is built, beside what is paid.
fn state(view: View, dossier: &Dossier) -> AnyView {
    let (site, project) = (view.site, &dossier.project);
    let built = project.physical_progress_percent;
    let line = |key: &'static str, percent: Option<Decimal>, place: &'static str| {
        let shown = percent.map_or_else(|| site.t("value.none"), |percent| view.style().percent(percent));
        view! { <li data-bar=place data-role=key><span>{site.t(&format!("projects.progress.{key}"))}</span> <strong>{shown}</strong></li> }
    };
    let told = project.status_date.map(|date| {
        view! { <p class="muted">{site.fill("projects.state.told", &[("date", &site.words().date(date))])}</p> }
    });
    view! {
        <section class="state">
            <h2>{site.t("projects.state")}</h2>
            <p class="status-now">{status(view, project.status.as_deref())}</p>
            {told}
            <div class="chart">
                <ul class="progress">
                    {line("built", built, "0")}
                    {line("spent", dossier.spent_percent, "1")}
                </ul>
                <canvas data-chart="progress" aria-hidden="true"></canvas>
            </div>
            <p class="muted">{site.t("projects.progress.apart")}</p>
        </section>
    }
    .into_any()
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
    let Some(contact) = package.descriptor.contact.clone() else {
        return view! { <section class="contact"><h2>{site.t("projects.contact")}</h2><p class="muted">{site.t("projects.needs.contact")}</p></section> }.into_any();
    };
    let args = [("id", project.id.as_str()), ("title", project.title.as_str())];
    let subject = site.fill("projects.contact.subject", &args);
    let Some(plain) = contact_href(&contact, &subject, "") else { return ().into_any() };
    let is_mail = plain.starts_with("mailto:");
    // Only a browser knows where the site stands.
    let link = RwSignal::new(String::new());
    Effect::new(move |_| link.set(history::whole(&site.address())));
    let title = project.title.clone();
    let href = move || {
        let body = site.fill("projects.contact.body", &[("title", &title), ("link", &link.get())]);
        contact_href(&contact, &subject, &body)
    };
    let hint = if is_mail { "projects.contact.mail" } else { "projects.contact.page" };
    view! {
        <section class="contact">
            <h2>{site.t("projects.contact")}</h2>
            <p>{site.t(hint)}</p>
            <p><a id="contact" href=href rel="noopener noreferrer">{site.t("projects.contact.link")}</a></p>
        </section>
    }
    .into_any()
}
