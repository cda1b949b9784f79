//! The road of a work's money with its table, who pays, and the cost against what is secured.

use leptos::prelude::*;

use crate::budget::Stage;
use crate::chart::{BarCell, BarState, Ink, StepBar, StepLook, steps_height_px};
use crate::indicators::projects::{CommunityRule, Contribution, Dossier, RoadStep, Step};
use crate::web::element::{canvas, charted, element, framed, is, said, words};
use crate::web::projects::shown::{
    amount, cell, dash, fact, facts, folded, mark, money, name_cell, no_data, note, part, percent, table, table_row,
    text, word_cell,
};
use crate::web::projects::view::View;

/// The road: a chart in steps and the table that says the same.
pub(super) fn road(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let road = &dossier.road;
    let height = format!("height: {}px", steps_height_px(&bars(view, dossier)).ceil());
    let chart = element("DIV", vec![is("class", "chart steps"), ("style", Some(height))], vec![canvas("road")]);
    let columns = ["projects.road.step", "projects.road.amount", "projects.road.change"];
    let columns = columns.map(|key| (site.t(key), false)).into();
    let table = table("road", None, columns, rows(view, dossier), Vec::new());
    let table = folded(true, site.t("projects.road.table"), framed(site.t("projects.road"), table));
    let mut body = vec![chart, table];
    if dossier.lines.is_empty() {
        body.push(note(site.t("projects.road.no-lines")));
    }
    if road.years.len() > 1 {
        body.push(note(site.t("projects.road.years")));
    }
    let unpublished: Vec<String> = road.unpublished.iter().map(|stage| site.t(&format!("stage.{stage}"))).collect();
    if !unpublished.is_empty() {
        body.push(note(site.fill("projects.road.unpublished", &[("stages", &unpublished.join(", "))])));
    }
    if let Some(date) = dossier.as_of {
        body.push(note(site.fill("promise.as-of", &[("date", &site.words().date(date))])));
    }
    part("road", site.t("projects.road"), body)
}

fn rows(view: View, dossier: &Dossier) -> Vec<AnyView> {
    let mut rows = Vec::new();
    let mut known: Option<Option<String>> = None;
    for step in &dossier.road.steps {
        let own = part_of(step, dossier);
        if let Some(name) = own.as_deref().filter(|_| known.as_ref() != Some(&own)) {
            let heading = said("TH", vec![is("scope", "rowgroup"), is("colspan", "3")], name_of_part(view, name));
            rows.push(element("TR", vec![is("class", "part")], vec![heading]));
        }
        known = Some(own);
        let change = step.change.map_or_else(|| dash(view), |change| money(view, Some(change)));
        let cells = vec![
            name_cell(name_of(view, step.step).into_any(), "1"),
            cell("amount", amount(view, step.tally, step.currency)),
            cell("change", change),
        ];
        rows.push(table_row(key_of(step.step), vec![("data-year", step.year.clone())], cells));
    }
    rows
}

/// The part of the road a step belongs to: none for what was asked and agreed, a year, or an empty name for all years.
fn part_of(step: &RoadStep, dossier: &Dossier) -> Option<String> {
    let is_of_the_work = matches!(step.step, Step::Cost | Step::Stage(Stage::Agreed));
    match &step.year {
        Some(year) => Some(year.clone()),
        None if is_of_the_work => None,
        None => (!dossier.road.years.is_empty()).then(String::new),
    }
}

fn name_of_part(view: View, part: &str) -> String {
    match part {
        "" => view.site.t("projects.road.all-years"),
        year => view.site.fill("projects.road.year", &[("year", year)]),
    }
}

fn name_of(view: View, step: Step) -> String {
    match step {
        Step::Cost => view.site.t("projects.road.cost"),
        Step::Stage(stage) => view.site.t(&format!("projects.road.{}", stage.name())),
    }
}

fn key_of(step: Step) -> &'static str {
    match step {
        Step::Cost => "cost",
        Step::Stage(stage) => stage.name(),
    }
}

/// The steps of the work whose page is open.
pub(in crate::web::projects) fn steps(view: View) -> Vec<StepBar> {
    view.dossier_now().map(|dossier| bars(view, &dossier)).unwrap_or_default()
}

fn bars(view: View, dossier: &Dossier) -> Vec<StepBar> {
    let mut part: Option<Option<String>> = None;
    let bar = |step: &RoadStep| {
        let own_part = part_of(step, dossier);
        let begins = part.as_ref() != Some(&own_part);
        let heading = own_part.as_deref().filter(|_| begins).map(|name| name_of_part(view, name));
        part = Some(own_part);
        let shown = match step.money() {
            Some(money) => view.style().money(money),
            None if step.tally.count == 0 => view.site.t("value.dash"),
            None => view.site.t("value.none"),
        };
        let look = match step.step {
            Step::Cost | Step::Stage(Stage::Agreed) => StepLook::Promised,
            Step::Stage(Stage::Accrued | Stage::Paid) => StepLook::Done,
            Step::Stage(_) => StepLook::Budgeted,
        };
        StepBar { heading, label: name_of(view, step.step), shown, amount: step.tally.minor, look, follows: !begins }
    };
    dossier.road.steps.iter().map(bar).collect()
}

/// Who pays for it, and what the round asks of the community.
pub(super) fn cofinancing(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let found = &dossier.cofinancing;
    let rule = found.rule.as_ref().map(|rule| community_rule(view, rule));
    let rule = rule.unwrap_or_else(|| note(site.t("projects.rule.none")));
    let title = site.t("projects.payers");
    if found.contributions.is_empty() {
        return part("payers", title, vec![note(site.t("projects.needs.financing")), rule]);
    }
    let columns = vec![
        (site.t("projects.payers.who"), true),
        (site.t("projects.payers.form"), true),
        (site.t("projects.road.amount"), false),
        (site.t("column.share"), false),
    ];
    let rows = found.contributions.iter().enumerate().map(|(at, one)| contribution(view, at, one)).collect();
    let foot = vec![
        name_cell(site.t("table.total").into_any(), "2"),
        cell("amount", money(view, found.total)),
        cell("share", ().into_any()),
    ];
    let table = table("payers", None, columns, rows, foot);
    let mut body = vec![framed(title.clone(), charted("payers", table))];
    if let Some(others) = found.others_percent {
        body.push(note(site.fill("projects.payers.others", &[("percent", &view.style().percent(others))])));
    }
    body.push(rule);
    part("payers", title, body)
}

fn contribution(view: View, at: usize, one: &Contribution) -> AnyView {
    let form = one.form.as_deref().map(|form| word(view, &format!("projects.form.{form}"), form));
    let cells = vec![
        name_cell(text(word(view, &format!("projects.payer.{}", one.source), &one.source)), "1"),
        word_cell(form.map_or_else(|| no_data(view), text)),
        cell("amount", money(view, Some(one.amount))),
        cell("share", percent(view, one.share_percent).into_any()),
    ];
    table_row(&one.source, vec![("data-bar", Some(at.to_string()))], cells)
}

/// A code of the data by a word of ours, where we have one.
pub(super) fn word(view: View, key: &str, code: &str) -> String {
    let catalog = view.site.words();
    if catalog.has(key) { catalog.get(key) } else { code.to_owned() }
}

/// The bars of the contributions of the work whose page is open.
pub(in crate::web::projects) fn payers(view: View) -> Vec<BarCell> {
    let Some(dossier) = view.dossier_now() else { return Vec::new() };
    let total = dossier.cofinancing.total.map(|total| total.minor);
    let cell = |one: &Contribution| BarCell {
        outline: total,
        fill: Some(one.amount.minor),
        ink: if one.source == "municipality" { Ink::Ink } else { Ink::Muted },
        state: BarState::Plain,
    };
    dossier.cofinancing.contributions.iter().map(cell).collect()
}

fn community_rule(view: View, rule: &CommunityRule) -> AnyView {
    let site = view.site;
    let style = view.style();
    let asked = style.percent(rule.asked_percent.normalize());
    let given = percent(view, rule.given_percent);
    let of = if rule.is_of_cost { "projects.rule.of-cost" } else { "projects.rule.of-total" };
    let of = site.t(of);
    let args = [("asked", asked.as_str()), ("given", &given), ("of", &of)];
    let key = match rule.is_met {
        Some(true) => "projects.rule.met",
        Some(false) => "projects.rule.short",
        None => "projects.rule.unknown",
    };
    let symbol = match rule.is_met {
        Some(true) => "●",
        Some(false) => "✕",
        None => "○",
    };
    let mut parts = vec![mark(symbol), words(site.fill(key, &args))];
    if let Some(lacking) = rule.lacking {
        parts.extend([words(format!(" {} ", site.t("projects.rule.lacking"))), money(view, Some(lacking)), words(".")]);
    }
    let met = rule.is_met.map(|is_met| is_met.to_string());
    element("P", vec![is("class", "rule"), ("data-met", met)], parts)
}

/// The cost against what is secured, and what the technical design is of it.
pub(super) fn secured(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let found = &dossier.cofinancing.secured;
    let told = match found.gap.map(|gap| gap.minor.signum()) {
        None => "projects.secured.unknown",
        Some(1) => "projects.secured.gap",
        Some(0) => "projects.secured.even",
        Some(_) => "projects.secured.surplus",
    };
    let design = dossier.project.technical_design_cost;
    let feasibility =
        dossier.project.feasibility.map(|answer| site.t(&format!("projects.feasibility.{}", answer.name())));
    let gap = found.gap.map_or_else(|| dash(view), |gap| money(view, Some(gap)));
    let coverage = percent(view, found.coverage_percent).into_any();
    let feasibility = feasibility.map_or_else(|| no_data(view), |answer| answer.into_any());
    let pairs = vec![
        fact("cost", site.t("projects.road.cost"), money(view, found.cost)),
        fact("secured", site.t("projects.secured.secured"), money(view, found.secured)),
        fact("gap", site.t("projects.secured.difference"), gap),
        fact("coverage", site.t("projects.secured.coverage"), coverage),
        fact("design", site.t("projects.field.technical_design_cost"), money(view, design)),
        fact("feasibility", site.t("projects.field.feasibility"), feasibility),
    ];
    let mut body = vec![said("P", Vec::new(), site.t(told)), facts("facts", pairs)];
    if design.is_none() {
        body.push(note(site.t("projects.secured.no-design")));
    }
    part("secured", site.t("projects.secured"), body)
}
