//! The scenarios in the address: what stands after `#`, which browsers never send to anybody.
//!
//! `d` is the fingerprint of the data it was made with and `v` their version, each `s` a scenario, `open` the one that is open.

use std::num::NonZeroUsize;

use super::ground::{Ground, official_scenario};
use crate::allocation::{Board, MOST_SCENARIOS, Scenario, ScenarioError};
use crate::dataset::Package;
use crate::indicators::YearChoice;
use crate::web::site::Site;

/// The most things that a reader is told about one link; the rest are counted.
const MOST_TOLD: usize = 5;

/// The longest piece of a link that a sentence repeats, in characters.
const MOST_REPEATED: usize = 60;

/// What a link brings.
pub(super) struct Opened {
    pub board: Board,
    /// What could not be taken from it, a sentence each.
    pub notices: Vec<String>,
}

/// The board of the address, with all that could not be taken from it.
pub(super) fn open(site: Site, ground: &Ground, package: &Package) -> Opened {
    let Link { scenarios, open, fingerprint, version, faults } = read(&site.address_now().fragment);
    let mut notices: Vec<String> = faults.iter().take(MOST_TOLD).map(|fault| said(site, fault)).collect();
    let more = faults.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        notices.push(site.words().plural("what-if.link.more", count, &[("n", &more.to_string())]));
    }
    if !scenarios.is_empty() && fingerprint.is_some_and(|made_with| made_with != ground.round.fingerprint) {
        let (then, now) = (short(&version.unwrap_or_default()), package.descriptor.version.as_str());
        // Another round of the same version, or a publisher who did not count the change.
        let is_told = !then.is_empty() && then != now;
        notices.push(match is_told {
            true => site.fill("what-if.link.other-version", &[("then", &then), ("now", now)]),
            false => site.t("what-if.link.other-data"),
        });
    }
    let shown = ground.round.year.to_string();
    if let YearChoice::One(asked) = &site.address_now().selection.year
        && *asked != shown
    {
        notices.push(site.fill("what-if.link.other-round", &[("asked", &short(asked)), ("shown", &shown)]));
    }
    let official = official_scenario(&ground.round);
    Opened { board: Board::of(scenarios, open).unwrap_or_else(|| Board::new(official)), notices }
}

fn said(site: Site, fault: &LinkFault) -> String {
    match fault {
        LinkFault::Unreadable(error) => {
            site.fill("what-if.link.unreadable", &[("reason", &site.words().scenario_error(error))])
        }
        LinkFault::TooMany => site.fill("what-if.link.too-many", &[("most", &MOST_SCENARIOS.to_string())]),
        LinkFault::Unknown { name, value } => {
            site.fill("what-if.link.unknown", &[("name", &short(name)), ("value", &short(value))])
        }
        LinkFault::NotThere(open) => site.fill("what-if.link.not-there", &[("open", &short(open))]),
    }
}

/// A text cut to a length that a sentence can hold.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(MOST_REPEATED).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// What the address has to carry; nothing for the board a round opens with.
pub(super) fn of(ground: &Ground, package: &Package, board: &Board) -> String {
    if *board == Board::new(official_scenario(&ground.round)) {
        return String::new();
    }
    write(board, &ground.round.fingerprint, &package.descriptor.version)
}

/// A link as it is read, before anything is known of the data.
#[derive(Debug, Default, PartialEq, Eq)]
struct Link {
    scenarios: Vec<Scenario>,
    /// The place of the open scenario, from 0.
    open: usize,
    fingerprint: Option<String>,
    version: Option<String>,
    faults: Vec<LinkFault>,
}

/// What could not be taken from a link.
#[derive(Debug, PartialEq, Eq)]
enum LinkFault {
    /// A scenario that is none.
    Unreadable(ScenarioError),
    /// More scenarios than stand side by side; told once.
    TooMany,
    /// A part that means nothing here.
    Unknown { name: String, value: String },
    /// The scenario to open is not among them.
    NotThere(String),
}

fn read(fragment: &str) -> Link {
    let mut link = Link::default();
    let mut open = None;
    for (name, value) in form_urlencoded::parse(fragment.as_bytes()) {
        match name.as_ref() {
            "s" => link.take(&value),
            "d" => link.fingerprint = Some(value.into_owned()),
            "v" => link.version = Some(value.into_owned()),
            "open" => open = Some(value.into_owned()),
            // A place on the page (`#provenance`) is no state: it has no value.
            _ if value.is_empty() => {}
            _ => link.faults.push(LinkFault::Unknown { name: name.into_owned(), value: value.into_owned() }),
        }
    }
    if let Some(open) = open {
        let place = open.parse::<NonZeroUsize>().ok().map(|open| open.get() - 1);
        match place.filter(|&place| place < link.scenarios.len()) {
            Some(place) => link.open = place,
            None => link.faults.push(LinkFault::NotThere(open)),
        }
    }
    link
}

impl Link {
    fn take(&mut self, text: &str) {
        match text.parse::<Scenario>() {
            Ok(scenario) if self.scenarios.len() < MOST_SCENARIOS => self.scenarios.push(scenario),
            Ok(_) if self.faults.contains(&LinkFault::TooMany) => {}
            Ok(_) => self.faults.push(LinkFault::TooMany),
            Err(error) => self.faults.push(LinkFault::Unreadable(error)),
        }
    }
}

fn write(board: &Board, fingerprint: &str, version: &str) -> String {
    let mut pairs = vec![("d", fingerprint.to_owned()), ("v", version.to_owned())];
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
    use crate::allocation::{Floor, Form, Fund, Measure, Rule, RuleCriterion, Weight};
    use crate::budget::Direction;

    fn weight() -> impl Strategy<Value = Weight> {
        (0u16..=10_000).prop_map(|hundredths| Weight::from_hundredths(hundredths).unwrap())
    }

    fn measure() -> impl Strategy<Value = Measure> {
        let figure = ("[a-z_]{1,9}", any::<bool>(), any::<bool>(), proptest::option::of("[a-z_]{1,9}"));
        let figure = figure.prop_map(|(column, is_rate, is_inverse, base)| Measure::Figure {
            column,
            form: if is_rate { Form::Rate } else { Form::Count },
            direction: if is_inverse { Direction::Inverse } else { Direction::Direct },
            base,
        });
        prop_oneof![Just(Measure::Equal), figure]
    }

    fn scenario() -> impl Strategy<Value = Scenario> {
        let criterion =
            (".{1,9}", measure(), weight()).prop_map(|(id, measure, weight)| RuleCriterion { id, measure, weight });
        let floor =
            prop_oneof![Just(Floor::None), any::<i64>().prop_map(Floor::Flat), any::<i64>().prop_map(Floor::Minimum)];
        let cap = proptest::option::of(any::<i64>());
        let rule = (proptest::collection::vec(criterion, 0..5), floor, cap, weight())
            .prop_map(|(criteria, floor, cap_minor, set_aside)| Rule { criteria, floor, cap_minor, set_aside });
        let share =
            (any::<i64>(), weight()).prop_map(|(investment_minor, share)| Fund::ShareOf { investment_minor, share });
        let fund = prop_oneof![any::<i64>().prop_map(Fund::Amount), share];
        (".{0,30}", fund, rule).prop_map(|(name, fund, rule)| Scenario { name, fund, rule })
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(value in ".{0,40}") {
            let pair = format!("s={}", encoded(&value));
            prop_assert!(pair.is_ascii());
            let read: Vec<_> = form_urlencoded::parse(pair.as_bytes()).into_owned().collect();
            prop_assert_eq!(read, [("s".to_owned(), value)]);
        }

        #[test]
        fn a_link_brings_the_board_it_was_made_of(
            scenarios in proptest::collection::vec(scenario(), 1..=4), open in 0usize..4, version in ".{0,9}",
        ) {
            let board = Board::of(scenarios, open).unwrap();
            let link = read(&write(&board, "0123456789abcdef", &version));
            prop_assert_eq!(&link.faults, &[]);
            prop_assert_eq!((link.fingerprint, link.version), (Some("0123456789abcdef".to_owned()), Some(version)));
            prop_assert_eq!(Board::of(link.scenarios, link.open), Some(board));
        }

        #[test]
        fn whatever_stands_after_the_mark_is_read(fragment in ".{0,200}") {
            let link = read(&fragment);
            prop_assert!(link.scenarios.len() <= MOST_SCENARIOS);
        }
    }

    #[test]
    fn a_link_made_by_hand_says_what_it_cannot_have() {
        let unknown = |name: &str, value: &str| LinkFault::Unknown { name: name.to_owned(), value: value.to_owned() };
        let not_there = |open: &str| LinkFault::NotThere(open.to_owned());
        let garbage = || LinkFault::Unreadable("garbage".parse::<Scenario>().unwrap_err());
        let cases: [(&str, usize, usize, Vec<LinkFault>); 11] = [
            ("", 0, 0, vec![]),
            ("provenance", 0, 0, vec![]),
            ("s=f:1;e:a,100", 1, 0, vec![]),
            ("s=f:1&s=f:2&open=2", 2, 1, vec![]),
            ("s=f:1&open=99", 1, 0, vec![not_there("99")]),
            ("open=1", 0, 0, vec![not_there("1")]),
            ("s=f:1&open=0&open=x", 1, 0, vec![not_there("x")]),
            ("s=garbage&s=f:1&color=red", 1, 0, vec![garbage(), unknown("color", "red")]),
            ("s=f:1&s=f:1&s=f:1&s=f:1&s=f:1&s=f:1", 4, 0, vec![LinkFault::TooMany]),
            ("%%%=%", 0, 0, vec![unknown("%%%", "%")]),
            ("&&=&=&%FF=%C3", 0, 0, vec![unknown("\u{fffd}", "\u{fffd}")]),
        ];
        for (fragment, scenarios, open, faults) in cases {
            let link = read(fragment);
            assert_eq!((link.scenarios.len(), link.open, link.faults), (scenarios, open, faults), "{fragment}");
        }
    }

    #[test]
    fn a_sentence_repeats_no_more_of_a_link_than_it_can_hold() {
        assert_eq!(short("corto"), "corto");
        assert_eq!(short(&"ñ".repeat(61)), format!("{}…", "ñ".repeat(60)));
    }
}
