//! Touches, typing and keys, handled once for the whole page: what an element does stands in its `data-do`, and to which
//! criterion, scenario or section in its `data-at`.

use std::time::Duration;

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::desk::{Desk, official_scenario};
use super::{controls, files, fragment, painter, results, words};
use crate::allocation::{Floor, Form, Fund, Measure, Touch, Weight};
use crate::budget::Direction;
use crate::chart::Size;
use crate::indicators::YearChoice;
use crate::money::parse::{parse_decimal, parse_minor};
use crate::web::route::Address;

/// How long after the last touch a screen reader is told, and the address follows: browsers refuse an address that
/// changes with every move of a slider.
const SETTLED: Duration = Duration::from_millis(400);

/// One step of the buttons beside a slider: a whole percent.
const STEP_HUNDREDTHS: u16 = 100;

/// Keeps the address with the board, and tells a screen reader what came of a touch.
pub(super) fn follow(desk: Desk) {
    let waiting: StoredValue<Option<TimeoutHandle>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |earlier: Option<()>| {
        desk.board();
        if earlier.is_none() {
            return;
        }
        waiting.update_value(|waiting| {
            if let Some(handle) = waiting.take() {
                handle.clear();
            }
            *waiting = set_timeout_with_handle(move || settled(desk), SETTLED).ok();
        });
    });
    // Another round, or a link put into the bar.
    let site = desk.site;
    Effect::new(move |earlier: Option<Address>| {
        let address = site.address();
        if let Some(earlier) = earlier {
            let is_ours = address.fragment == fragment::of(site, &desk.ground(), &desk.package(), &desk.board_now());
            if address.selection != earlier.selection || (address.fragment != earlier.fragment && !is_ours) {
                desk.reopen();
            }
        }
        address
    });
}

fn settled(desk: Desk) {
    let fragment = fragment::of(desk.site, &desk.ground(), &desk.package(), &desk.board_now());
    let address = desk.site.address_now();
    if fragment != address.fragment {
        desk.site.replace(Address { fragment, ..address });
    }
    if let Some(outcome) = results::shown(desk.outcome_now()) {
        desk.announce(words::announcement(desk, &outcome));
    }
}

/// A button.
pub(super) fn click(desk: Desk, event: &MouseEvent) {
    let Some((element, does, at)) = what(event) else { return };
    if does == "plot" {
        let rect = element.get_bounding_client_rect();
        let size = Size { width_px: rect.width(), height_px: rect.height() };
        let (x_px, y_px) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
        if let Some(place) = painter::section_at(desk, size, x_px, y_px) {
            explain(desk, Some(place));
        }
        return;
    }
    let open = desk.board_now();
    match does.as_str() {
        "preset" => {
            let name = element.get_attribute("data-value").unwrap_or_default();
            let Some(rule) = controls::preset(desk, &name) else { return };
            desk.touch(Touch::Preset(desk.site.t(&format!("what-if.preset.{name}")), rule), false);
        }
        "less" | "more" => {
            let Some(criterion) = open.scenario().rule.criteria.get(at) else { return };
            let now = criterion.weight.hundredths();
            let next =
                if does == "less" { now.saturating_sub(STEP_HUNDREDTHS) } else { now.saturating_add(STEP_HUNDREDTHS) };
            let wanted = Weight::from_hundredths(next.min(Weight::WHOLE.hundredths())).unwrap_or(Weight::WHOLE);
            desk.touch(Touch::Weight(at, wanted), false);
        }
        "lock" => desk.touch(Touch::Lock(at), false),
        "remove-criterion" => desk.touch(Touch::RemoveCriterion(at), false),
        "open" => desk.touch(Touch::Open(at), false),
        "copy" => {
            let of = controls::scenario_name(desk, open.open(), open.scenario());
            desk.touch(Touch::Copy(desk.site.fill("what-if.copy.name", &[("name", &of)])), false);
        }
        "remove" => desk.touch(Touch::Remove, false),
        "undo" => desk.undo(),
        "redo" => desk.redo(),
        "explain" => explain(desk, (desk.explained_now() != Some(at)).then_some(at)),
        "sheet" => desk.show_sheet(true),
        "sheet-close" => desk.show_sheet(false),
        "print" => drop(window().print()),
        "link" => files::copy_link(desk),
        "csv" => files::csv(desk),
        "json" => files::json(desk),
        _ => {}
    }
}

/// Shows a section's arithmetic and goes there; or closes it and goes back to where it was opened.
fn explain(desk: Desk, place: Option<usize>) {
    let earlier = desk.explained_now();
    desk.explain(place);
    request_animation_frame(move || {
        let target = match (place, earlier) {
            (Some(_), _) => "#explain".to_owned(),
            (None, Some(earlier)) => format!("[data-by='what-if'] [data-do='explain'][data-at='{earlier}']"),
            (None, None) => return,
        };
        let found = document().query_selector(&target).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}

/// A slider under a finger.
pub(super) fn input(desk: Desk, event: &Event) {
    let Some((element, does, at)) = what(event) else { return };
    let Some(slider) = element.dyn_into::<HtmlInputElement>().ok().filter(|input| input.type_() == "range") else {
        return;
    };
    if does == "weight" {
        set_weight(desk, &slider, at, true);
    }
}

/// A box or a picker with a new value.
pub(super) fn change(desk: Desk, event: &Event) {
    let Some((element, does, at)) = what(event) else { return };
    if let Some(picker) = element.dyn_ref::<HtmlSelectElement>() {
        choose(desk, &does, at, &picker.value());
        return;
    }
    let Ok(typed) = element.dyn_into::<HtmlInputElement>() else { return };
    match does.as_str() {
        "weight" => {
            set_weight(desk, &typed, at, false);
            desk.settle();
        }
        "rename" => desk.touch(Touch::Rename(typed.value().trim().to_owned()), false),
        _ => amount(desk, &does, &typed.value()),
    }
}

/// Ctrl+Z takes back, outside boxes where it takes back typing.
pub(super) fn press(desk: Desk, event: &KeyboardEvent) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let is_box = element.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() != "range");
    if is_box || !(event.ctrl_key() || event.meta_key()) || !event.key().eq_ignore_ascii_case("z") {
        return;
    }
    event.prevent_default();
    if event.shift_key() { desk.redo() } else { desk.undo() }
}

fn set_weight(desk: Desk, typed: &HtmlInputElement, at: usize, goes_on: bool) {
    let now = desk.board_now().scenario().rule.criteria.get(at).map(|criterion| criterion.weight).unwrap_or_default();
    match typed.value().parse::<Weight>() {
        // A slider stands at whole percents: at its own place, a finer weight is kept.
        Ok(wanted) if typed.type_() == "range" && wanted.hundredths() == now.hundredths() / 100 * 100 && !goes_on => {}
        Ok(wanted) => desk.touch(Touch::Weight(at, wanted), goes_on),
        Err(_not_a_weight) => {
            desk.refuse(&format!("weight-{at}"), desk.site.t("what-if.fault.weight"));
            return;
        }
    }
    // What was asked for may not be what could be given.
    let given = desk.board_now().scenario().rule.criteria.get(at).map(|criterion| criterion.weight).unwrap_or_default();
    typed.set_value(&given.to_string());
}

fn choose(desk: Desk, does: &str, at: usize, value: &str) {
    let open = desk.board_now();
    let rule = &open.scenario().rule;
    let measure = rule.criteria.get(at).map(|criterion| criterion.measure.clone());
    match does {
        "year" => {
            let address = desk.site.address_now();
            let mut selection = address.selection.clone();
            selection.year = YearChoice::One(value.to_owned());
            desk.site.go(Address { selection, fragment: String::new(), ..address });
        }
        "form" | "direction" => {
            let Some(Measure::Figure { column, mut form, mut direction, base }) = measure else { return };
            match (does, value) {
                ("form", "rate") => form = Form::Rate,
                ("form", _) => form = Form::Count,
                (_, "inverse") => direction = Direction::Inverse,
                _ => direction = Direction::Direct,
            }
            desk.touch(Touch::Measure(at, Measure::Figure { column, form, direction, base }), false);
        }
        "add-criterion" if value == controls::EQUAL => {
            desk.touch(Touch::AddCriterion("equal".to_owned(), Measure::Equal), false)
        }
        "add-criterion" if !value.is_empty() => {
            let measure = Measure::Figure {
                column: value.to_owned(),
                form: Form::Count,
                direction: Direction::Direct,
                base: None,
            };
            desk.touch(Touch::AddCriterion(value.to_owned(), measure), false);
        }
        "floor-kind" => {
            let minor = match rule.floor {
                Floor::Flat(minor) | Floor::Minimum(minor) => minor,
                Floor::None => 0,
            };
            desk.touch(
                Touch::Floor(match value {
                    "flat" => Floor::Flat(minor),
                    "minimum" => Floor::Minimum(minor),
                    _ => Floor::None,
                }),
                false,
            );
        }
        _ => {}
    }
}

/// The most that can be typed as a fund, in minor units: what the arithmetic is held to.
const MOST_MINOR: i64 = 1_000_000_000_000_000;

/// An amount or a share typed into a box.
fn amount(desk: Desk, id: &str, typed: &str) {
    let typed = typed.trim();
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
        return desk.touch(touch, false);
    }
    if id == "cap" && typed.is_empty() {
        return desk.touch(Touch::Cap(None), false);
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
    desk.touch(touch, false);
}

/// The investment budget the fund is a share of: the open scenario's, or the round's.
fn fund_base(desk: Desk) -> Option<i64> {
    match desk.board_now().scenario().fund {
        Fund::ShareOf { investment_minor, .. } => Some(investment_minor),
        Fund::Amount(_) => desk.ground_now().round.investment_minor,
    }
}

fn official_share(desk: Desk) -> Weight {
    match official_scenario(&desk.ground_now().round, String::new()).fund {
        Fund::ShareOf { share, .. } => share,
        Fund::Amount(_) => Weight::WHOLE,
    }
}

/// The element that was touched and does something, what it does, and where.
fn what(event: &Event) -> Option<(Element, String, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-do]").ok().flatten()?;
    let does = element.get_attribute("data-do")?;
    let at = element.get_attribute("data-at").and_then(|at| at.parse().ok()).unwrap_or_default();
    Some((element, does, at))
}
