//! What can be touched: the round, presets, criteria and their weights. `actions` does what each says in `data-do`.

use leptos::prelude::*;

use super::desk::Desk;
use super::fund::fault;
use super::ground::Ground;
use super::words;
use crate::allocation::{Direction, Form, Measure, Rule, RuleCriterion, among, base_of, is_same_rule};
use crate::budget::FiscalYear;

/// What a link brought that could not be taken. It stays until it is closed: what it says may matter later, and sliders must not
/// move under a finger because something above them is gone.
pub(super) fn notices(desk: Desk) -> AnyView {
    let said = desk.notices();
    if said.is_empty() {
        return ().into_any();
    }
    let said = said.into_iter().map(|said| view! { <p>{said}</p> }).collect_view();
    view! {
        <section id="link-notice" class="problems" role="alert">
            {said}
            <button type="button" data-do="notices-close">{desk.site.t("what-if.link.close")}</button>
        </section>
    }
    .into_any()
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
    let (ground, board) = (desk.ground(), desk.board());
    let open = &board.scenario().rule;
    let button = |(name, rule): &(&'static str, Rule)| {
        let is_open = is_same_rule(open, rule);
        view! {
            <button type="button" data-do="preset" data-value=*name aria-pressed=is_open.to_string()>
                {site.t(&format!("what-if.preset.{name}"))}
            </button>
        }
    };
    let buttons = ground.presets.iter().map(button).collect_view();
    view! { <div class="presets" role="group" aria-label=site.t("what-if.presets")>{buttons}</div> }.into_any()
}

/// The criteria of the open scenario, with their weights.
pub(super) fn weights(desk: Desk) -> AnyView {
    let site = desk.site;
    let (ground, board) = (desk.ground(), desk.board());
    let criteria = &board.scenario().rule.criteria;
    let rows = criteria.iter().enumerate().map(|(at, criterion)| {
        let hold = if board.is_locked(at) { Hold::Locked } else { Hold::free_if(board.can_move(at)) };
        weight(desk, &ground, at, criterion, hold, criteria.len() == 1)
    });
    view! {
        <h2>{site.t("what-if.weights")}</h2>
        <ul class="weights">{rows.collect_view()}</ul>
        {add_criterion(desk)}
    }
    .into_any()
}

/// Whether a weight can be moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Free,
    /// Held fast by the reader.
    Locked,
    /// Nothing else is there to give or take.
    Alone,
}

impl Hold {
    fn free_if(can_move: bool) -> Self {
        if can_move { Self::Free } else { Self::Alone }
    }
}

/// What a criterion weighs officially; nothing where the official rule does not have it, or there is none.
fn official_weight(desk: Desk, ground: &Ground, criterion: &RuleCriterion) -> String {
    let official = ground.round.official.as_ref();
    let known = official.and_then(|rule| rule.criteria.iter().find(|known| known.id == criterion.id));
    known.map_or_else(String::new, |known| {
        desk.site.fill("what-if.official-weight", &[("weight", &words::weight(desk, known.weight))])
    })
}

/// A padlock, shut and open.
const LOCKED: &str = "M6 11V8a6 6 0 0 1 12 0v3M4 11h16v10H4z";
const OPEN: &str = "M6 11V6a6 6 0 0 1 11.5-2M4 11h16v10H4z";

fn weight(desk: Desk, ground: &Ground, at: usize, criterion: &RuleCriterion, hold: Hold, only_one: bool) -> AnyView {
    let site = desk.site;
    let (is_locked, is_held) = (hold == Hold::Locked, hold != Hold::Free);
    let name = desk.criterion_name(&criterion.id, &criterion.measure);
    let (weight, place) = (criterion.weight.to_string(), at.to_string());
    let said = |key: &str| site.fill(key, &[("name", &name)]);
    let (slider, number) = (format!("slider-{at}"), format!("weight-{at}"));
    let lock = if is_locked { "what-if.unlock" } else { "what-if.lock" };
    let (fault, typed) = fault(desk, &number, words::plain_percent(desk, criterion.weight));
    let (is_wrong, fault_id) = (fault.is_some().to_string(), format!("{number}-fault"));
    view! {
        <li data-criterion=criterion.id.clone()>
            <div class="name">
                <label for=slider.clone()>{name.clone()}</label>
                <span class="muted">{official_weight(desk, ground, criterion)}</span>
            </div>
            <div class="weight">
                <button type="button" data-do="less" data-at=place.clone() aria-label=said("what-if.less") disabled=is_held>"−"</button>
                <input
                    id=slider type="range" min="0" max="100" step="1" data-do="weight" data-at=place.clone() disabled=is_held
                    aria-valuetext=words::weight(desk, criterion.weight) style=format!("--filled: {weight}%") prop:value=weight
                />
                <button type="button" data-do="more" data-at=place.clone() aria-label=said("what-if.more") disabled=is_held>"+"</button>
                <span class="percent">
                    <input
                        id=number type="text" inputmode="decimal" autocomplete="off" data-do="weight" data-at=place.clone()
                        aria-label=said("what-if.weight-of") disabled=is_held
                        aria-invalid=is_wrong aria-describedby=fault_id.clone() prop:value=typed
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
            <p class="fault" id=fault_id role="alert">{fault}</p>
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
    let columns = ground.round.inputs.columns.iter();
    let columns = columns.map(|(column, _)| (column.clone(), desk.column_title(column)));
    let free: Vec<(String, String)> = columns
        .chain([(EQUAL.to_owned(), site.t("what-if.measure.equal"))])
        .filter(|(column, _)| !is_used(column))
        .collect();
    if free.is_empty() {
        return ().into_any();
    }
    let buttons = free.into_iter().map(|(column, name)| {
        let label = site.fill("what-if.add-criterion.of", &[("name", &name)]);
        view! { <button type="button" data-do="add-criterion" data-value=column aria-label=label>"+ " {name}</button> }
    });
    // Buttons and not a list to choose from: there, some browsers choose as soon as an arrow key is pressed.
    view! {
        <details class="add">
            <summary>{site.t("what-if.add-criterion")}</summary>
            <div class="buttons">{buttons.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// The value of the choice for equal parts, beside the figures' columns.
pub(super) const EQUAL: &str = "=";

/// The rule a preset puts in place of the open one, with the criteria on screen kept.
pub(super) fn preset(desk: Desk, name: &str) -> Option<Rule> {
    let ground = desk.ground_now();
    let (_, rule) = ground.presets.iter().find(|(known, _)| *known == name)?;
    let official = ground.round.official.as_ref().map(|rule| rule.criteria.clone()).unwrap_or_default();
    Some(among(rule, &official))
}
