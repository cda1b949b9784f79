//! Where the fund comes from, and what limits its sharing out: floors, a cap, what is set aside.

use leptos::prelude::*;

use super::desk::Desk;
use super::words;
use crate::allocation::{Floor, Fund};

/// The fund and its limits.
pub(super) fn section(desk: Desk) -> AnyView {
    view! {
        {fund(desk)}
        {limits(desk)}
    }
    .into_any()
}

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
            &[("amount", &amount), ("share", &words::weight(desk, share)), ("investment", &desk.minor(investment))],
        ),
        _ if round.fund_minor.is_none() && fund.minor() == 0 => site.t("what-if.fund.unknown"),
        _ if round.fund_minor == Some(fund.minor()) => site.fill("what-if.fund.published", &[("amount", &amount)]),
        _ => site.fill("what-if.fund.amount", &[("amount", &amount)]),
    };
    let plain = |minor: Option<i64>| minor.map(|minor| words::plain(desk, minor)).unwrap_or_default();
    let percent = |share| words::plain_percent(desk, share);
    let is_changed = round.fund_minor.is_some_and(|official| official != fund.minor());
    let mark = is_changed.then(|| view! { <span class="tag">{site.t("what-if.fund.changed")}</span> });
    view! {
        <div class="fund">
            <h2>{site.t("what-if.fund")}</h2>
            <p>{said} " " {mark}</p>
            <details id="fund-boxes">
                <summary>{site.t("what-if.fund.change")}</summary>
                <div class="boxes">
                    {text_box(desk, "investment", "what-if.investment", plain(investment))}
                    {text_box(desk, "share", "what-if.share", share.map(percent).unwrap_or_default())}
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
    let is_open = desk.shows_limits(kind != "none" || rule.cap_minor.is_some() || rule.set_aside.hundredths() > 0);
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
                {text_box(desk, "set-aside", "what-if.set-aside", words::plain_percent(desk, rule.set_aside))}
            </div>
            <p class="muted">{site.t(&format!("what-if.floor.{kind}.means"))}</p>
        </details>
    }
    .into_any()
}

fn text_box(desk: Desk, id: &'static str, label: &str, value: String) -> AnyView {
    // What nothing in the box means, where it means something.
    let blank = (id == "cap").then(|| desk.site.t("what-if.cap.none"));
    let (fault, value) = fault(desk, id, value);
    let (is_wrong, fault_id) = (fault.is_some().to_string(), format!("{id}-fault"));
    view! {
        <div>
            <label for=id>
                <span>{desk.site.t(label)}</span>
                <input
                    id=id type="text" inputmode="decimal" autocomplete="off" data-do=id placeholder=blank prop:value=value
                    aria-invalid=is_wrong aria-describedby=fault_id.clone()
                />
            </label>
            <p class="fault" id=fault_id role="alert">{fault}</p>
        </div>
    }
    .into_any()
}

/// What was wrong with what was typed into a box, and what the box holds: that, or else the value reckoned with.
pub(super) fn fault(desk: Desk, id: &str, value: String) -> (Option<String>, String) {
    match desk.faults().into_iter().find(|fault| fault.at == id) {
        Some(fault) => (Some(fault.said), fault.typed),
        None => (None, value),
    }
}
