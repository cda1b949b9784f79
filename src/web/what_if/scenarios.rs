//! The scenarios side by side: which is open, what each is called, and what can be done with them.

use leptos::prelude::*;

use super::desk::Desk;
use crate::allocation::{MOST_SCENARIOS, Scenario};

/// The scenarios to choose from; nothing while there is one alone.
pub(super) fn tabs(desk: Desk) -> AnyView {
    let board = desk.board();
    if board.scenarios().len() < 2 {
        return ().into_any();
    }
    let tab = |(place, scenario): (usize, &Scenario)| {
        let is_open = place == board.open();
        let name = numbered(desk, place, scenario);
        view! {
            <button type="button" data-do="open" data-at=place.to_string() aria-pressed=is_open.to_string()>{name}</button>
        }
    };
    let tabs = board.scenarios().iter().enumerate().map(tab).collect_view();
    view! { <div class="tabs" role="group" aria-label=desk.site.t("what-if.scenarios")>{tabs}</div> }.into_any()
}

/// The open scenario's name, and what can be done with the scenarios.
pub(super) fn bar(desk: Desk) -> AnyView {
    let site = desk.site;
    let board = desk.board();
    let (can_undo, can_redo) = desk.steps();
    // One that can do nothing just now keeps the focus: `disabled` would drop it in the middle of the page.
    let button = |does: &'static str, key: &str, can: bool| {
        view! { <button type="button" data-do=does aria-disabled=(!can).then_some("true")>{site.t(key)}</button> }
    };
    let is_alone = board.scenarios().len() < 2;
    let full = (!board.has_room()).then(|| {
        let most = MOST_SCENARIOS.to_string();
        view! { <p class="muted">{site.fill("what-if.copy.full", &[("most", &most)])}</p> }
    });
    let scenario = board.scenario();
    let name = scenario.name.clone();
    view! {
        <div class="scenarios">
            <label for="name">
                <span>{site.t("what-if.name")}</span>
                <input
                    id="name" type="text" data-do="rename" maxlength="80" autocomplete="off"
                    placeholder=by_rule(desk, board.open(), scenario) prop:value=name
                />
            </label>
            <div class="buttons">
                {button("undo", "what-if.undo", can_undo)}
                {button("redo", "what-if.redo", can_redo)}
                {button("copy", "what-if.copy", board.has_room())}
                {(!is_alone).then(|| button("remove", "what-if.remove", true))}
            </div>
            {full}
        </div>
    }
    .into_any()
}

/// What a scenario is called: by the name somebody gave it, or else by its rule.
pub(super) fn name(desk: Desk, place: usize, scenario: &Scenario) -> String {
    match scenario.name.trim() {
        "" => by_rule(desk, place, scenario),
        name => name.to_owned(),
    }
}

/// The same with its number, where several stand side by side: two may go by one name.
pub(super) fn numbered(desk: Desk, place: usize, scenario: &Scenario) -> String {
    let number = (place + 1).to_string();
    desk.site.fill("what-if.numbered", &[("n", &number), ("name", &name(desk, place, scenario))])
}

/// The preset whose rule a scenario has; one with a rule of its own goes by its place.
fn by_rule(desk: Desk, place: usize, scenario: &Scenario) -> String {
    let site = desk.site;
    let ground = desk.ground();
    let Some(preset) = ground.preset_of(&scenario.rule) else {
        return site.fill("what-if.unnamed", &[("n", &(place + 1).to_string())]);
    };
    let preset = site.t(&format!("what-if.preset.{preset}"));
    match ground.round.fund_minor {
        Some(official) if official != scenario.fund.minor() => site.fill("what-if.other-fund", &[("name", &preset)]),
        _ => preset,
    }
}
