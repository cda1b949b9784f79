//! What the arithmetic says, in words: the question, the sentence, and each refusal with what was read and what to do.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::desk::Desk;
use super::ground::Ground;
use crate::allocation::{
    Bound, Direction, Floor, Form, Measure, Rule, RuleCriterion, RuleError, Scenario, Weight, base_of, is_same_figure,
};
use crate::indicators::{NeedReading, Outcome, SectionOutcome};
use crate::money::{Currency, Money};
use crate::text::Writer;
use crate::web::site::Site;

/// What the open scenario asks: a preset's question, a limit's, or what weighs more than it officially does.
pub(super) fn question(desk: Desk) -> String {
    let site = desk.site;
    let (ground, board) = (desk.ground(), desk.board());
    let Scenario { rule, fund, .. } = board.scenario();
    let is_other_fund = ground.round.fund_minor.is_some_and(|official| official != fund.minor());
    match ground.preset_of(rule) {
        Some("official") if is_other_fund => site.t("what-if.question.fund"),
        Some("official") => site.fill("what-if.question.official", &[("year", &ground.round.year.to_string())]),
        Some(name) => site.t(&format!("what-if.question.{name}")),
        None => own_question(desk, &ground, rule).unwrap_or_else(|| site.t("what-if.question.other")),
    }
}

/// What a rule asks that is no preset.
fn own_question(desk: Desk, ground: &Ground, rule: &Rule) -> Option<String> {
    let site = desk.site;
    let official = ground.round.official.as_ref()?;
    let of_column = |wanted: &Measure| official.criteria.iter().find(|known| is_same_figure(&known.measure, wanted));
    // The first of those that gained alike.
    let gain = |criterion: &RuleCriterion| {
        let before = of_column(&criterion.measure).map(|known| known.weight).unwrap_or_default();
        criterion.weight.hundredths().saturating_sub(before.hundredths())
    };
    let name = |criterion: &RuleCriterion| desk.criterion_name(&criterion.id, &criterion.measure);
    let heaviest = rule.criteria.iter().rev().max_by_key(|criterion| gain(criterion))?;
    if gain(heaviest) > 0 {
        let args = [("name", name(heaviest)), ("weight", weight(desk, heaviest.weight))];
        return Some(site.fill("what-if.question.heavier", &args.each_ref().map(|(at, said)| (*at, said.as_str()))));
    }
    let is_other = |criterion: &&RuleCriterion| {
        criterion.weight > Weight::ZERO
            && of_column(&criterion.measure).is_some_and(|known| known.measure != criterion.measure)
    };
    if let Some(other) = rule.criteria.iter().find(is_other) {
        return Some(site.fill("what-if.question.measure", &[("name", &name(other))]));
    }
    let money = |key: &str, minor: i64| Some(site.fill(key, &[("amount", &desk.minor(minor))]));
    match (rule.floor, rule.cap_minor) {
        (Floor::Minimum(minor), _) => money("what-if.question.minimum", minor),
        (Floor::Flat(minor), _) => money("what-if.question.flat", minor),
        (Floor::None, Some(minor)) => money("what-if.question.cap", minor),
        (Floor::None, None) => {
            let share = weight(desk, rule.set_aside);
            (rule.set_aside > Weight::ZERO).then(|| site.fill("what-if.question.aside", &[("share", &share)]))
        }
    }
}

/// Where the need is, and how much of the money goes there.
pub(super) fn need_sentence(desk: Desk, outcome: &Outcome) -> AnyView {
    let site = desk.site;
    if outcome.total.minor == 0 {
        return site.t("what-if.need.no-money").into_any();
    }
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

/// A percentage as it stands in a box to be typed over.
pub(super) fn plain_percent(desk: Desk, weight: Weight) -> String {
    desk.style().number(weight.to_percent())
}

/// The round's currency.
pub(super) fn currency(desk: Desk) -> Currency {
    desk.ground().round.currency
}

/// What goes to the worst served, and what officially goes there, in one short line; nothing where the need is not published.
pub(super) fn glance(desk: Desk, outcome: &Outcome) -> Option<String> {
    let need = outcome.need.as_ref()?;
    let scenario = percent(desk, need.scenario_percent);
    Some(match need.official_percent {
        None => desk.site.fill("what-if.glance.alone", &[("scenario", &scenario)]),
        Some(official) => {
            desk.site.fill("what-if.glance", &[("scenario", &scenario), ("official", &percent(desk, official))])
        }
    })
}

/// What a screen reader is told of a result: what goes to the worst served, who gains most and who loses most.
pub(super) fn announcement(desk: Desk, outcome: &Outcome) -> String {
    let site = desk.site;
    let change = |key: &str, section: &SectionOutcome| {
        let more = section.from_official.map(|difference| signed_money(desk, difference.money)).unwrap_or_default();
        site.fill(key, &[("name", &section.name), ("more", &more)])
    };
    let most = outcome.gains_most().map(|section| change("what-if.announce.most", section));
    let least = outcome.loses_most().map(|section| change("what-if.announce.least", section));
    let is_same = most.is_none() && least.is_none() && outcome.total_from_official.is_some();
    let same = is_same.then(|| site.t("what-if.announce.same"));
    [glance(desk, outcome), same, most, least].into_iter().flatten().collect::<Vec<_>>().join(" ")
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
