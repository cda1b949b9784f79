//! What can be touched: presets, scenarios, the fund, the weights, floors and limits. `actions` does what each says in
//! `data-do`.

use leptos::prelude::*;

use super::desk::Desk;
use super::words;
use crate::allocation::{
    Direction, Floor, Form, Fund, Measure, Rule, RuleCriterion, Scenario, among, base_of, is_same_rule,
};
use crate::budget::FiscalYear;

/// What a link or a box brought that could not be taken.
pub(super) fn notices(desk: Desk) -> AnyView {
    let of_link = desk.faults().into_iter().filter(|fault| fault.at.is_none());
    let said = of_link.map(|fault| view! { <p>{fault.said}</p> }).collect::<Vec<_>>();
    if said.is_empty() {
        return ().into_any();
    }
    view! { <section id="link-notice" class="problems" role="alert">{said}</section> }.into_any()
}

/// The round, where there are several.
pub(super) fn year(desk: Desk) -> AnyView {
    let site = desk.site;
    let package = desk.package();
    let chosen = desk.ground().round.year;
    let years: Vec<FiscalYear> = package.processes.iter().map(|process| process.year).collect();
    if years.len() < 2 {
        return ().into_any();
    }
    let option = |year: &FiscalYear| {
        let (value, is_chosen) = (year.to_string(), *year == chosen);
        let is_running = package.is_running(&value);
        let shown = if is_running { site.fill("pick.year.running", &[("year", &value)]) } else { value.clone() };
        view! { <option value=value selected=is_chosen>{shown}</option> }
    };
    let options = years.iter().rev().map(option).collect_view();
    view! {
        <form class="pickers" aria-label=site.t("what-if.year")>
            <label for="year">
                <span>{site.t("what-if.year")}</span>
                <select id="year" data-do="year" prop:value=chosen.to_string()>{options}</select>
            </label>
        </form>
    }
    .into_any()
}

/// Rules to begin with, each one tap.
pub(super) fn presets(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    let open = board.scenario();
    let button = |(name, rule): (&'static str, Rule)| {
        let is_open = is_same_rule(&open.rule, &rule);
        view! {
            <button type="button" data-do="preset" data-value=name aria-pressed=is_open.to_string()>
                {site.t(&format!("what-if.preset.{name}"))}
            </button>
        }
    };
    let buttons = desk.presets().into_iter().map(button).collect_view();
    view! { <div class="presets" role="group" aria-label=site.t("what-if.presets")>{buttons}</div> }.into_any()
}

/// The scenarios side by side, and what can be done with them.
pub(super) fn scenarios(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    let tab = |(place, scenario): (usize, &Scenario)| {
        let is_open = place == board.open();
        let name = scenario_name(desk, place, scenario);
        view! {
            <button type="button" data-do="open" data-at=place.to_string() aria-pressed=is_open.to_string()>{name}</button>
        }
    };
    let tabs = (board.scenarios().len() > 1).then(|| {
        let tabs = board.scenarios().iter().enumerate().map(tab).collect_view();
        view! { <div class="tabs" role="group" aria-label=site.t("what-if.scenarios")>{tabs}</div> }
    });
    let (can_undo, can_redo) = desk.steps();
    let can_remove = board.scenarios().len() > 1;
    let name = board.scenario().name.clone();
    view! {
        <div class="scenarios">
            {tabs}
            <label for="name">
                <span>{site.t("what-if.name")}</span>
                <input id="name" type="text" data-do="rename" maxlength="80" autocomplete="off" prop:value=name />
            </label>
            <div class="buttons">
                <button type="button" data-do="undo" disabled=!can_undo>{site.t("what-if.undo")}</button>
                <button type="button" data-do="redo" disabled=!can_redo>{site.t("what-if.redo")}</button>
                <button type="button" data-do="copy" disabled=!board.has_room()>{site.t("what-if.copy")}</button>
                <button type="button" data-do="remove" disabled=!can_remove>{site.t("what-if.remove")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// What a scenario is called; one without a name by its place.
pub(super) fn scenario_name(desk: Desk, place: usize, scenario: &Scenario) -> String {
    if scenario.name.trim().is_empty() {
        return desk.site.fill("what-if.unnamed", &[("n", &(place + 1).to_string())]);
    }
    scenario.name.clone()
}

/// Everything of the open scenario that can be changed.
pub(super) fn form(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    let rule = &board.scenario().rule;
    let only_one = rule.criteria.len() == 1;
    let criteria = rule.criteria.iter().enumerate();
    let criteria =
        criteria.map(|(at, criterion)| weight(desk, at, criterion, board.is_locked(at), only_one)).collect_view();
    view! {
        <section class="controls" aria-label=site.t("what-if.controls")>
            <h2>{site.t("what-if.weights")}</h2>
            <ul class="weights">{criteria}</ul>
            {add_criterion(desk)}
            {fund(desk)}
            {limits(desk)}
        </section>
    }
    .into_any()
}

/// A padlock, shut and open.
const LOCKED: &str = "M6 11V8a6 6 0 0 1 12 0v3M4 11h16v10H4z";
const OPEN: &str = "M6 11V6a6 6 0 0 1 11.5-2M4 11h16v10H4z";

fn weight(desk: Desk, at: usize, criterion: &RuleCriterion, is_locked: bool, only_one: bool) -> AnyView {
    let site = desk.site;
    let name = desk.criterion_name(&criterion.id, &criterion.measure);
    let (weight, place) = (criterion.weight.to_string(), at.to_string());
    let said = |key: &str| site.fill(key, &[("name", &name)]);
    let (slider, number) = (format!("slider-{at}"), format!("weight-{at}"));
    let lock = if is_locked { "what-if.unlock" } else { "what-if.lock" };
    let fault = fault(desk, &number);
    view! {
        <li data-criterion=criterion.id.clone()>
            <label for=slider.clone()>{name.clone()}</label>
            <div class="weight">
                <button type="button" data-do="less" data-at=place.clone() aria-label=said("what-if.less") disabled=is_locked>"−"</button>
                <input
                    id=slider type="range" min="0" max="100" step="1" data-do="weight" data-at=place.clone() disabled=is_locked
                    aria-valuetext=format!("{weight}%") prop:value=weight.clone()
                    style=format!("--filled: {weight}%")
                />
                <button type="button" data-do="more" data-at=place.clone() aria-label=said("what-if.more") disabled=is_locked>"+"</button>
                <span class="percent">
                    <input
                        id=number type="number" min="0" max="100" step="any" inputmode="decimal" data-do="weight" data-at=place.clone()
                        aria-label=said("what-if.weight-of") disabled=is_locked prop:value=weight
                    />
                    " %"
                </span>
                <button
                    type="button" class="lock" data-do="lock" data-at=place.clone() aria-pressed=is_locked.to_string()
                    aria-label=said(lock) title=said(lock)
                >
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d=if is_locked { LOCKED } else { OPEN }></path></svg>
                </button>
            </div>
            {fault}
            {measure(desk, at, criterion, &name, only_one)}
        </li>
    }
    .into_any()
}

/// How a criterion is measured: as a count or a rate, more for more or more for less.
fn measure(desk: Desk, at: usize, criterion: &RuleCriterion, name: &str, only_one: bool) -> AnyView {
    let site = desk.site;
    let place = at.to_string();
    let said = words::measure(desk, &criterion.measure);
    let choices = match &criterion.measure {
        Measure::Equal => Vec::new(),
        Measure::Figure { column, form, direction, base } => {
            let has_base = base.is_some() || base_of(column).is_some();
            let forms = [("count", *form == Form::Count), ("rate", *form == Form::Rate)];
            let directions =
                [("direct", *direction == Direction::Direct), ("inverse", *direction == Direction::Inverse)];
            // What there is no whole for can be neither a rate nor turned round.
            if has_base {
                vec![picker(desk, "form", at, &forms), picker(desk, "direction", at, &directions)]
            } else {
                Vec::new()
            }
        }
    };
    let remove = (!only_one).then(|| {
        let label = site.fill("what-if.remove-criterion", &[("name", name)]);
        view! { <button type="button" class="plain" data-do="remove-criterion" data-at=place>{label}</button> }
    });
    view! {
        <details class="measure">
            <summary>{said}</summary>
            <div class="pickers">{choices}{remove}</div>
        </details>
    }
    .into_any()
}

fn picker(desk: Desk, what: &'static str, at: usize, choices: &[(&'static str, bool)]) -> AnyView {
    let site = desk.site;
    let id = format!("{what}-{at}");
    let label = id.clone();
    let chosen = choices.iter().find(|(_, is_chosen)| *is_chosen).map_or("", |(value, _)| value);
    let options = choices.iter().map(|(value, is_chosen)| {
        view! { <option value=*value selected=*is_chosen>{site.t(&format!("what-if.{what}.{value}"))}</option> }
    });
    view! {
        <label for=label>
            <span>{site.t(&format!("what-if.{what}"))}</span>
            <select id=id data-do=what data-at=at.to_string() prop:value=chosen>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}

/// One more criterion, of the figures that no criterion uses yet.
fn add_criterion(desk: Desk) -> AnyView {
    let site = desk.site;
    let (ground, board) = (desk.ground(), desk.board());
    let is_used = |column: &str| {
        board.scenario().rule.criteria.iter().any(|criterion| match &criterion.measure {
            Measure::Figure { column: used, .. } => used == column,
            Measure::Equal => column == EQUAL,
        })
    };
    let columns = ground.round.inputs.columns.iter().map(|(column, _)| (column.clone(), desk.column_name(column)));
    let free: Vec<(String, String)> = columns
        .chain([(EQUAL.to_owned(), site.t("what-if.measure.equal"))])
        .filter(|(column, _)| !is_used(column))
        .collect();
    if free.is_empty() {
        return ().into_any();
    }
    let options = free.into_iter().map(|(value, name)| view! { <option value=value>{name}</option> }).collect_view();
    view! {
        <label class="add" for="add-criterion">
            <span class="hidden">{site.t("what-if.add-criterion")}</span>
            <select id="add-criterion" data-do="add-criterion" prop:value="">
                <option value="">{site.t("what-if.add-criterion")}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// The value of the choice for equal parts, beside the figures' columns.
pub(super) const EQUAL: &str = "=";

/// Where the fund comes from.
fn fund(desk: Desk) -> AnyView {
    let site = desk.site;
    let (ground, board) = (desk.ground(), desk.board());
    let round = &ground.round;
    let fund = &board.scenario().fund;
    let amount = desk.minor(fund.minor());
    let (investment, share) = match fund {
        Fund::ShareOf { investment_minor, share } => (Some(*investment_minor), Some(*share)),
        Fund::Amount(_) => (None, None),
    };
    let said = match (investment, share) {
        (Some(investment), Some(share)) => site.fill(
            "what-if.fund.share",
            &[("amount", &amount), ("share", &format!("{share}%")), ("investment", &desk.minor(investment))],
        ),
        _ => site.fill("what-if.fund.amount", &[("amount", &amount)]),
    };
    let plain = |minor: Option<i64>| minor.map(|minor| words::plain(desk, minor)).unwrap_or_default();
    let is_official = Some(fund.minor()) == round.fund_minor;
    let mark = (!is_official).then(|| view! { <span class="tag">{site.t("what-if.fund.changed")}</span> });
    view! {
        <div class="fund">
            <h2>{site.t("what-if.fund")}</h2>
            <p>{said} " " {mark}</p>
            <details id="fund-boxes">
                <summary>{site.t("what-if.fund.change")}</summary>
                <div class="boxes">
                    {text_box(desk, "investment", "what-if.investment", plain(investment))}
                    {text_box(desk, "share", "what-if.share", share.map(|share| share.to_string()).unwrap_or_default())}
                    {text_box(desk, "fund", "what-if.fund.box", plain(Some(fund.minor())))}
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// Floors, the cap, and what is set aside.
fn limits(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    let rule = &board.scenario().rule;
    let (kind, floor) = match rule.floor {
        Floor::None => ("none", None),
        Floor::Flat(minor) => ("flat", Some(minor)),
        Floor::Minimum(minor) => ("minimum", Some(minor)),
    };
    let plain = |minor: Option<i64>| minor.map(|minor| words::plain(desk, minor)).unwrap_or_default();
    let kinds = ["none", "flat", "minimum"].map(|value| {
        let is_chosen = value == kind;
        view! { <option value=value selected=is_chosen>{site.t(&format!("what-if.floor.{value}"))}</option> }
    });
    let amount = (kind != "none").then(|| text_box(desk, "floor", "what-if.floor.amount", plain(floor)));
    let is_open = kind != "none" || rule.cap_minor.is_some() || rule.set_aside.hundredths() > 0;
    view! {
        <details class="limits" open=is_open>
            <summary>{site.t("what-if.limits")}</summary>
            <div class="boxes">
                <label for="floor-kind">
                    <span>{site.t("what-if.floor")}</span>
                    <select id="floor-kind" data-do="floor-kind" prop:value=kind>{kinds.into_iter().collect_view()}</select>
                </label>
                {amount}
                {text_box(desk, "cap", "what-if.cap", plain(rule.cap_minor))}
                {text_box(desk, "set-aside", "what-if.set-aside", rule.set_aside.to_string())}
            </div>
            <p class="muted">{site.t(&format!("what-if.floor.{kind}.means"))}</p>
        </details>
    }
    .into_any()
}

fn text_box(desk: Desk, id: &'static str, label: &str, value: String) -> AnyView {
    let fault_id = format!("{id}-fault");
    let fault = fault(desk, id);
    let is_wrong = desk.faults().iter().any(|fault| fault.at.as_deref() == Some(id));
    view! {
        <div>
            <label for=id>
                <span>{desk.site.t(label)}</span>
                <input
                    id=id type="text" inputmode="decimal" autocomplete="off" data-do=id prop:value=value
                    aria-invalid=is_wrong.to_string() aria-describedby=fault_id
                />
            </label>
            {fault}
        </div>
    }
    .into_any()
}

/// What was wrong with what was typed into a box.
fn fault(desk: Desk, id: &str) -> AnyView {
    let fault = desk.faults().into_iter().find(|fault| fault.at.as_deref() == Some(id));
    let said = fault.map(|fault| fault.said).unwrap_or_default();
    view! { <p class="fault" id=format!("{id}-fault") role="alert">{said}</p> }.into_any()
}

/// The rule a preset puts in place of the open one, with the criteria on screen kept.
pub(super) fn preset(desk: Desk, name: &str) -> Option<Rule> {
    let ground = desk.ground();
    let (_, rule) = desk.presets().into_iter().find(|(known, _)| *known == name)?;
    let official = ground.round.official.as_ref().map(|rule| rule.criteria.clone()).unwrap_or_default();
    Some(among(&rule, &official))
}
