//! Which of the round's proposals an amount would carry, under each rule side by side.
//!
//! Owns: the panel, which asks for nothing until a reader opens it: then for the round's proposals, and for the worker (`funder`)
//! that runs the rules and writes what comes of them. Refuses: running them itself, and keeping their words in the page.

mod file;
mod hire;
mod material;
mod panel;

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::desk::Desk;
use crate::web::app::Loaded;
use material::Material;
use panel::{Order, Panel, Spent};

/// The section, closed.
pub(super) fn section(desk: Desk, loaded: &Loaded) -> AnyView {
    let panel = Panel::new(desk, loaded);
    panel.seek();
    panel.follow();
    let site = desk.site;
    view! {
        <section class="projects" id="projects" aria-labelledby="projects-heading">
            <h2 id="projects-heading">{site.t("what-if.projects")}</h2>
            <details on:toggle=move |event| panel.is_open.set(is_open(&event))>
                <summary>{site.t("what-if.projects.open")}</summary>
                {move || panel.own.get().is_none().then(|| choices(panel))}
                <p role="status" id="projects-status">{move || status(panel)}</p>
                {answers(panel)}
                {move || file::files(panel)}
            </details>
        </section>
    }
    .into_any()
}

/// What the reader chooses of the round.
fn choices(panel: Panel) -> AnyView {
    view! {
        <div class="pickers">{move || section_picker(panel)} {order_picker(panel)}</div>
        {move || amounts(panel)}
    }
    .into_any()
}

fn is_open(event: &Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// All sections together, or one.
fn section_picker(panel: Panel) -> AnyView {
    let ground = panel.desk.ground();
    let all = (String::new(), panel.site.t("what-if.projects.all"));
    let sections = ground.round.sections.iter().map(|section| (section.id.clone(), section.name.clone()));
    let options: Vec<(String, String)> = std::iter::once(all).chain(sections).collect();
    let chosen = panel.section;
    picker(panel, "section", options, chosen.get_untracked(), Box::new(move |value| chosen.set(value)))
}

fn order_picker(panel: Panel) -> AnyView {
    let option = |value: &str| (value.to_owned(), panel.site.t(&format!("what-if.projects.order.{value}")));
    let options = ["declared", "votes"].map(option).to_vec();
    let choose = move |value: String| panel.order.set(if value == "votes" { Order::Votes } else { Order::Declared });
    let chosen = if panel.order.get_untracked() == Order::Votes { "votes" } else { "declared" };
    picker(panel, "order", options, chosen.to_owned(), Box::new(choose))
}

fn picker(
    panel: Panel,
    what: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
    choose: Box<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let id = format!("projects-{what}");
    let label = id.clone();
    let option = |(value, name): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{name}</option> }
    };
    let options = options.into_iter().map(option).collect_view();
    view! {
        <label for=label>
            <span>{panel.site.t(&format!("what-if.projects.{what}"))}</span>
            <select id=id on:change=move |event| choose(event_target_value(&event))>{options}</select>
        </label>
    }
    .into_any()
}

/// Whose amount is spent: the open scenario's, or the official one.
fn amounts(panel: Panel) -> AnyView {
    let site = panel.site;
    let choice = |spent: Spent, name: &'static str| {
        let amount = panel.amount(spent).map(|amount| panel.desk.style().money(amount));
        let is_chosen = panel.spent.get() == spent;
        let (has_none, id) = (amount.is_none(), format!("projects-{name}"));
        let label = id.clone();
        let amount = amount.unwrap_or_else(|| site.t("value.none"));
        view! {
            <label for=label>
                <input
                    type="radio" name="projects-amount" id=id prop:checked=is_chosen disabled=has_none
                    on:change=move |_| panel.spent.set(spent)
                />
                {site.fill(&format!("what-if.projects.amount.{name}"), &[("amount", &amount)])}
            </label>
        }
    };
    view! {
        <fieldset class="amounts">
            <legend>{site.t("what-if.projects.amount")}</legend>
            {choice(Spent::Scenario, "scenario")}
            {choice(Spent::Official, "official")}
        </fieldset>
    }
    .into_any()
}

/// What is told, in one line: how far the panel is, or that it is done.
fn status(panel: Panel) -> String {
    let site = panel.site;
    if !panel.is_open.get() {
        return String::new();
    }
    if panel.is_broken.get() {
        return site.t("what-if.projects.broken");
    }
    let written = panel.written.get().status;
    if panel.own.get().is_some() {
        return written;
    }
    match panel.material.get() {
        Material::Gone => site.t("what-if.projects.gone"),
        Material::OnItsWay => site.t("what-if.projects.looking"),
        Material::Found(_) if panel.amount(panel.spent.get()).is_none() => site.t("what-if.projects.no-amount"),
        Material::Found(_) => written,
    }
}

/// The answers as the worker wrote them, which escapes whatever comes from the data. The region stays where it is, so that one who
/// scrolls it keeps their place.
fn answers(panel: Panel) -> AnyView {
    let site = panel.site;
    let has_lost = move || matches!(panel.material.get(), Material::Found(found) if found.has_lost_ballots);
    let lost = move || has_lost().then(|| view! { <p class="problems">{site.t("what-if.projects.no-ballots")}</p> });
    let is_empty = move || panel.written.with(|written| written.table.is_empty());
    view! {
        <div hidden=is_empty aria-busy=move || panel.is_old.get().to_string()>
            {lost}
            <div inner_html=move || panel.written.get().above></div>
            <div
                class="scroll" tabindex="0" role="region" aria-label=site.t("what-if.projects.region")
                inner_html=move || panel.written.get().table
            ></div>
            <div inner_html=move || panel.written.get().below></div>
            <details class="rules">
                <summary>{site.t("what-if.projects.rules")}</summary>
                <div inner_html=move || panel.written.get().rules></div>
            </details>
        </div>
    }
    .into_any()
}
