//! What is typed into boxes: read strictly; taken, or refused with what was wrong while what stood before stays.

use super::desk::Desk;
use super::ground::official_scenario;
use super::words;
use crate::allocation::{Floor, Fund, Touch, Weight};
use crate::money::parse::{parse_decimal, parse_minor};

/// What a criterion weighs.
pub(super) fn weight_now(desk: Desk, at: usize) -> Weight {
    desk.board_now().scenario().rule.criteria.get(at).map(|criterion| criterion.weight).unwrap_or_default()
}

/// A percentage as people write it here, from 0 to 100 with at most two decimals.
fn percentage(desk: Desk, typed: &str) -> Option<Weight> {
    Weight::from_percent(parse_decimal(typed, desk.style().marks()).ok()?).ok()
}

/// A weight typed into its box.
pub(super) fn weight(desk: Desk, at: usize, id: &str, typed: &str) {
    let Some(wanted) = percentage(desk, typed) else {
        return desk.refuse(id, typed, desk.site.fill("what-if.fault.share", &[("typed", typed)]));
    };
    desk.touch(Touch::Weight(at, wanted));
    desk.accept(id);
    let given = weight_now(desk, at);
    if given != wanted {
        let said = desk.site.fill("what-if.fault.held", &[("weight", &words::weight(desk, given))]);
        desk.refuse(id, &words::plain_percent(desk, given), said);
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
        let Some(share) = percentage(desk, typed) else {
            return desk.refuse(id, typed, desk.site.fill("what-if.fault.share", &[("typed", typed)]));
        };
        let touch = match (id, fund_base(desk)) {
            ("set-aside", _) => Touch::SetAside(share),
            (_, Some(investment_minor)) => Touch::Fund(Fund::ShareOf { investment_minor, share }),
            (_, None) => return desk.refuse(id, typed, desk.site.t("what-if.fault.no-investment")),
        };
        return take(desk, id, typed, touch);
    }
    if id == "cap" && typed.is_empty() {
        return take(desk, id, typed, Touch::Cap(None));
    }
    let minor = match parse_minor(typed, words::currency(desk).exponent(), marks) {
        Ok(minor) if minor < 0 => return desk.refuse(id, typed, desk.site.t("what-if.fault.negative")),
        Ok(minor) if minor > MOST_MINOR => {
            return desk.refuse(
                id,
                typed,
                desk.site.fill("what-if.fault.too-much", &[("most", &desk.minor(MOST_MINOR))]),
            );
        }
        Ok(minor) => minor,
        Err(_reason) => {
            let example = words::plain(desk, 200_000_000);
            return desk.refuse(
                id,
                typed,
                desk.site.fill("what-if.fault.amount", &[("typed", typed), ("example", &example)]),
            );
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
    take(desk, id, typed, touch);
}

/// Takes what a box holds. What would leave nothing to show, where there was something, is refused as nonsense is.
fn take(desk: Desk, id: &str, typed: &str, touch: Touch) {
    let has_result = desk.outcome_now().is_some_and(|computed| computed.is_ok());
    let next = desk.board_now().after(touch.clone());
    match desk.result_of(next.scenario()) {
        Err(error) if has_result => {
            let reason = words::rule_error(desk, &error);
            desk.refuse(id, typed, desk.site.fill("what-if.fault.impossible", &[("reason", &reason)]));
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
