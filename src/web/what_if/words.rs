//! What the arithmetic says, in words: the question, the sentence, and each refusal with what was read and what to do.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::desk::{Desk, official_scenario};
use crate::allocation::{Bound, Direction, Floor, Form, Measure, RuleError, Weight, base_of, is_same_rule};
use crate::indicators::{NeedReading, Outcome, SectionOutcome};
use crate::money::{Currency, Money};
use crate::text::Writer;
use crate::web::site::Site;

/// What the open scenario asks: a preset's question, or what weighs more than it officially does.
pub(super) fn question(desk: Desk) -> String {
    let site = desk.site;
    let (ground, board) = (desk.ground(), desk.board());
    let scenario = board.scenario();
    let year = ground.round.year.to_string();
    if *scenario == official_scenario(&ground.round, scenario.name.clone()) {
        return site.fill("what-if.question.official", &[("year", &year)]);
    }
    let preset = desk.presets().into_iter().find(|(_, rule)| is_same_rule(rule, &scenario.rule));
    match preset {
        // The official rule with another fund.
        Some(("official", _)) => site.t("what-if.question.fund"),
        Some((name, _)) => site.t(&format!("what-if.question.{name}")),
        None => heavier(desk).unwrap_or_else(|| site.t("what-if.question.other")),
    }
}

/// The criterion that has gained most weight against the official rule.
fn heavier(desk: Desk) -> Option<String> {
    let (ground, board) = (desk.ground(), desk.board());
    let official = ground.round.official.as_ref()?;
    let before = |measure: &Measure| {
        let same = official.criteria.iter().find(|criterion| criterion.measure == *measure);
        same.map(|criterion| criterion.weight).unwrap_or_default()
    };
    let gained = board.scenario().rule.criteria.iter().filter_map(|criterion| {
        let gain = criterion.weight.hundredths().checked_sub(before(&criterion.measure).hundredths())?;
        (gain > 0).then_some((gain, criterion))
    });
    // The first of those that gained alike.
    let (_, criterion) = gained.rev().max_by_key(|(gain, _)| *gain)?;
    let name = desk.criterion_name(&criterion.id, &criterion.measure);
    let weight = percent(desk, criterion.weight.to_percent());
    Some(desk.site.fill("what-if.question.heavier", &[("name", &name), ("weight", &weight)]))
}

/// Where the need is, and how much of the money goes there.
pub(super) fn need_sentence(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    let Some(need) = &outcome.need else { return site.t("what-if.need.none").into_any() };
    need_in_words(desk, outcome, need).into_any()
}

/// The same, as text.
pub(super) fn need_in_words(desk: Desk, outcome: &Outcome, need: &NeedReading) -> String {
    let site = desk.site;
    // By name they stand as everywhere on the page.
    let mut worst = need.worst.clone();
    worst.sort_unstable();
    let names: Vec<&str> =
        worst.iter().filter_map(|&place| outcome.sections.get(place)).map(|section| section.name.as_str()).collect();
    let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
    let spelled = site.words();
    let number = format!("number.{count}");
    let number = if spelled.has(&number) { spelled.get(&number) } else { desk.style().count(count) };
    let two = |value: Decimal| percent(desk, value);
    let official = need.official_percent.map(two).unwrap_or_default();
    let key = match need.official_percent {
        None => "what-if.need.alone",
        Some(official) if official == need.scenario_percent => "what-if.need.same",
        Some(_) => "what-if.need.both",
    };
    let args = [
        ("n", number.as_str()),
        ("names", &names.join(", ")),
        ("need", &two(need.need_percent)),
        ("official", &official),
        ("scenario", &two(need.scenario_percent)),
    ];
    spelled.plural(key, count, &args)
}

/// How a criterion is measured.
pub(super) fn measure(desk: Desk, measure: &Measure) -> String {
    let site = desk.site;
    let Measure::Figure { column, form, direction, base } = measure else {
        return site.t("what-if.measure.equal.means");
    };
    let form = if *form == Form::Count { "count" } else { "rate" };
    let direction = if *direction == Direction::Direct { "direct" } else { "inverse" };
    let whole = base.as_deref().or_else(|| base_of(column)).map(|base| desk.column_name(base)).unwrap_or_default();
    site.fill(
        &format!("what-if.measure.{form}.{direction}"),
        &[("column", &desk.column_name(column)), ("base", &whole)],
    )
}

/// Which limit holds.
pub(super) fn bound(site: Site, bound: Bound) -> String {
    site.t(match bound {
        Bound::Minimum => "what-if.bound.minimum",
        Bound::Cap => "what-if.bound.cap",
    })
}

/// A percentage with the decimals it has but no empty ones.
pub(super) fn percent(desk: Desk, value: Decimal) -> String {
    desk.style().percent(value.normalize())
}

/// A weight as a percentage.
pub(super) fn weight(desk: Desk, weight: Weight) -> String {
    percent(desk, weight.to_percent())
}

/// A difference in percent, always with its sign.
pub(super) fn signed_percent(desk: Desk, value: Decimal) -> String {
    let sign = if value.is_sign_positive() && !value.is_zero() { "+" } else { "" };
    format!("{sign}{}", desk.style().percent(value))
}

/// A difference in money, always with its sign.
pub(super) fn signed_money(desk: Desk, money: Money) -> String {
    let sign = if money.minor > 0 { "+" } else { "" };
    format!("{sign}{}", desk.style().money(money))
}

/// An amount as it stands in a box to be typed over.
pub(super) fn plain(desk: Desk, minor: i64) -> String {
    desk.style().number(Money::new(minor, currency(desk)).to_decimal())
}

/// The round's currency.
pub(super) fn currency(desk: Desk) -> Currency {
    desk.ground().round.currency
}

/// What a screen reader is told of a result: the sentence that matters, who gains most and who loses most.
pub(super) fn announcement(desk: Desk, outcome: &Outcome) -> String {
    let site = desk.site;
    let need = outcome.need.as_ref().map(|need| need_in_words(desk, outcome, need)).unwrap_or_default();
    let change = |section: &SectionOutcome| {
        section.from_official.map(|difference| signed_money(desk, difference.money)).unwrap_or_default()
    };
    match outcome.extremes() {
        None => site.fill("what-if.announce.same", &[("need", &need)]),
        Some((most, least)) => {
            let (more, less) = (change(most), change(least));
            let args = [
                ("need", need.as_str()),
                ("most", &most.name),
                ("more", &more),
                ("least", &least.name),
                ("less", &less),
            ];
            site.fill("what-if.announce", &args)
        }
    }
}

/// Floors, cap and what is set aside, one sentence each.
pub(super) fn limits(desk: Desk, outcome: &Outcome) -> Vec<String> {
    let site = desk.site;
    let board = desk.board();
    let rule = &board.scenario().rule;
    let money = |minor: i64| desk.minor(minor);
    let floor = match rule.floor {
        Floor::None => None,
        Floor::Flat(minor) => Some(site.fill("what-if.limit.flat", &[("amount", &money(minor))])),
        Floor::Minimum(minor) => Some(site.fill("what-if.limit.minimum", &[("amount", &money(minor))])),
    };
    let cap = rule.cap_minor.map(|minor| site.fill("what-if.limit.cap", &[("amount", &money(minor))]));
    let aside = (rule.set_aside > Weight::ZERO).then(|| {
        let amount = desk.style().money(outcome.set_aside);
        site.fill("what-if.limit.aside", &[("share", &weight(desk, rule.set_aside)), ("amount", &amount)])
    });
    [floor, cap, aside].into_iter().flatten().collect()
}

/// Why a rule gives nothing.
pub(super) fn rule_error(desk: Desk, error: &RuleError) -> String {
    let (words, package) = (desk.site.words(), desk.package());
    Writer { catalog: &words, package: &package, style: desk.style() }.rule_error(error, currency(desk))
}
