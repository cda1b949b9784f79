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
            Err(error) => {
                said.push(site.fill("what-if.link.unreadable", &[("reason", &site.words().scenario_error(&error))]))
            }
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
    let mut pairs = vec![("d", ground.round.fingerprint.clone()), ("v", package.descriptor.version.clone())];
    pairs.extend(board.scenarios().iter().map(|scenario| ("s", scenario.to_text())));
    if board.open() > 0 {
        pairs.push(("open", (board.open() + 1).to_string()));
    }
    let written = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    written.collect::<Vec<_>>().join("&")
}

/// A value as form encoding writes it, but for the marks a fragment may hold as they are: a link that is read by people and
/// printed as a code should be short.
fn encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b' ' => text.push('+'),
            b'-' | b'.' | b'_' | b'~' | b':' | b';' | b',' | b'=' | b'*' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(value in ".{0,40}") {
            let pair = format!("s={}", encoded(&value));
            prop_assert!(pair.is_ascii());
            let read: Vec<_> = form_urlencoded::parse(pair.as_bytes()).into_owned().collect();
            prop_assert_eq!(read, [("s".to_owned(), value)]);
        }
    }
}
