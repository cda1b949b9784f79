//! What is typed into boxes: read strictly; taken, or refused with what was wrong while what stood before stays.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::desk::Desk;
use super::ground::official_scenario;
use super::words;
use crate::allocation::{Floor, Fund, Touch, Weight};
use crate::money::parse::{parse_decimal, parse_minor};

/// Writes into a box what is reckoned with, in place of what was typed.
pub(super) fn show_held(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        let Some(typed) = found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(held) = typed.get_attribute("data-held").filter(|held| *held != typed.value()) {
            typed.set_value(&held);
        }
    });
}

/// What a criterion weighs.
pub(super) fn weight_now(desk: Desk, at: usize) -> Weight {
    desk.board_now().scenario().rule.criteria.get(at).map(|criterion| criterion.weight).unwrap_or_default()
}

/// A weight typed into its box.
pub(super) fn weight(desk: Desk, at: usize, id: &str, typed: &str) {
    let Ok(wanted) = typed.parse::<Weight>() else { return desk.refuse(id, desk.site.t("what-if.fault.weight")) };
    desk.touch(Touch::Weight(at, wanted));
    let given = weight_now(desk, at);
    if given != wanted {
        desk.refuse(id, desk.site.fill("what-if.fault.held", &[("weight", &words::weight(desk, given))]));
        show_held(id.to_owned());
    }
}

/// The most that can be typed as a fund, in minor units: what the arithmetic is held to.
const MOST_MINOR: i64 = 1_000_000_000_000_000;

/// An amount or a share typed into a box.
pub(super) fn amount(desk: Desk, id: &str, typed: &str) {
    let marks = desk.style().marks();
    let open = desk.board_now();
    let scenario = open.scenario();
    if matches!(id, "share" | "set-aside") {
        let read = parse_decimal(typed, marks).ok().and_then(|percent| Weight::from_percent(percent).ok());
        let Some(share) = read else {
            return desk.refuse(id, desk.site.fill("what-if.fault.share", &[("typed", typed)]));
        };
        let touch = match (id, fund_base(desk)) {
            ("set-aside", _) => Touch::SetAside(share),
            (_, Some(investment_minor)) => Touch::Fund(Fund::ShareOf { investment_minor, share }),
            (_, None) => return desk.refuse(id, desk.site.t("what-if.fault.no-investment")),
        };
        return take(desk, id, touch);
    }
    if id == "cap" && typed.is_empty() {
        return take(desk, id, Touch::Cap(None));
    }
    let minor = match parse_minor(typed, words::currency(desk).exponent(), marks) {
        Ok(minor) if minor < 0 => return desk.refuse(id, desk.site.t("what-if.fault.negative")),
        Ok(minor) if minor > MOST_MINOR => {
            return desk.refuse(id, desk.site.fill("what-if.fault.too-much", &[("most", &desk.minor(MOST_MINOR))]));
        }
        Ok(minor) => minor,
        Err(_reason) => {
            let example = words::plain(desk, 200_000_000);
            return desk.refuse(id, desk.site.fill("what-if.fault.amount", &[("typed", typed), ("example", &example)]));
        }
    };
    let touch = match (id, scenario.rule.floor, &scenario.fund) {
        ("fund", ..) => Touch::Fund(Fund::Amount(minor)),
        ("investment", _, Fund::ShareOf { share, .. }) => {
            Touch::Fund(Fund::ShareOf { investment_minor: minor, share: *share })
        }
        ("investment", ..) => Touch::Fund(Fund::ShareOf { investment_minor: minor, share: official_share(desk) }),
        ("floor", Floor::Flat(_), _) => Touch::Floor(Floor::Flat(minor)),
        ("floor", ..) => Touch::Floor(Floor::Minimum(minor)),
        ("cap", ..) => Touch::Cap(Some(minor)),
        _ => return,
    };
    take(desk, id, touch);
}

/// Takes what a box holds. What would leave nothing to show, where there was something, is refused as nonsense is.
fn take(desk: Desk, id: &str, touch: Touch) {
    let has_result = desk.outcome_now().is_some_and(|computed| computed.is_ok());
    let next = desk.board_now().after(touch.clone());
    match desk.result_of(next.scenario()) {
        Err(error) if has_result => {
            let reason = words::rule_error(desk, &error);
            desk.refuse(id, desk.site.fill("what-if.fault.impossible", &[("reason", &reason)]));
        }
        _ => {
            desk.touch(touch);
            desk.accept(id);
        }
    }
}

/// The investment budget the fund is a share of: the open scenario's, or the round's.
fn fund_base(desk: Desk) -> Option<i64> {
    match desk.board_now().scenario().fund {
        Fund::ShareOf { investment_minor, .. } => Some(investment_minor),
        Fund::Amount(_) => desk.ground_now().round.investment_minor,
    }
}

fn official_share(desk: Desk) -> Weight {
    match official_scenario(&desk.ground_now().round).fund {
        Fund::ShareOf { share, .. } => share,
        Fund::Amount(_) => Weight::WHOLE,
    }
}
