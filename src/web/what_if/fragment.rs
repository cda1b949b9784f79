//! The scenarios in the address: what stands after `#`, which browsers never send to anybody.
//!
//! `d` is the fingerprint of the data it was made with and `v` their version, each `s` a scenario, `open` the one that is open.

use super::desk::{Fault, Ground, official_scenario};
use crate::allocation::{Board, MOST_SCENARIOS, Scenario};
use crate::dataset::Package;
use crate::web::site::Site;

/// What a link brings.
pub(super) struct Opened {
    pub board: Board,
    pub faults: Vec<Fault>,
}

/// The board of the address, with all that could not be taken from it.
pub(super) fn open(site: Site, ground: &Ground, package: &Package) -> Opened {
    let official = official_scenario(&ground.round, site.t("what-if.preset.official"));
    let fragment = site.address_now().fragment;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let (mut scenarios, mut said) = (Vec::new(), Vec::new());
    for (_, text) in pairs.iter().filter(|(name, _)| name == "s") {
        match text.parse::<Scenario>() {
            Ok(_) if scenarios.len() == MOST_SCENARIOS => {
                said.push(site.fill("what-if.link.too-many", &[("most", &MOST_SCENARIOS.to_string())]));
            }
            Ok(scenario) => scenarios.push(scenario),
            Err(error) => said
                .push(site.fill("what-if.link.unreadable", &[("reason", &super::words::scenario_error(site, &error))])),
        }
    }
    let is_ours = |name: &str| matches!(name, "s" | "d" | "v" | "open");
    // A place on the page (`#provenance`) is no state: it has no value.
    for (name, value) in pairs.iter().filter(|(name, value)| !is_ours(name) && !value.is_empty()) {
        said.push(site.fill("what-if.link.unknown", &[("name", name), ("value", value)]));
    }
    if !scenarios.is_empty() && value("d").is_some_and(|made_with| made_with != ground.round.fingerprint) {
        let (then, now) = (value("v").unwrap_or_default(), package.descriptor.version.as_str());
        said.push(site.fill("what-if.link.other-data", &[("then", then), ("now", now)]));
    }
    let open = value("open").and_then(|open| open.parse::<usize>().ok()).and_then(|open| open.checked_sub(1));
    let board = Board::of(scenarios, open.unwrap_or_default()).unwrap_or_else(|| Board::new(official));
    Opened { board, faults: said.into_iter().map(|said| Fault { at: None, said }).collect() }
}

/// What the address has to carry; nothing for the board a round opens with.
pub(super) fn of(site: Site, ground: &Ground, package: &Package, board: &Board) -> String {
    if *board == Board::new(official_scenario(&ground.round, site.t("what-if.preset.official"))) {
        return String::new();
    }
    let mut fragment = form_urlencoded::Serializer::new(String::new());
    fragment.append_pair("d", &ground.round.fingerprint).append_pair("v", &package.descriptor.version);
    for scenario in board.scenarios() {
        fragment.append_pair("s", &scenario.to_text());
    }
    if board.open() > 0 {
        fragment.append_pair("open", &(board.open() + 1).to_string());
    }
    fragment.finish()
}
