//! How one section's amount is computed: term by term, in words and numbers that add up.

use leptos::prelude::*;

use super::desk::Desk;
use super::results::shown;
use super::words;
use crate::allocation::{Bound, Direction, Form, Measure, Term};
use crate::indicators::{Outcome, SectionOutcome};
use crate::money::Money;

/// The arithmetic of the section asked for.
pub(super) fn section(desk: Desk) -> AnyView {
    let Some(outcome) = shown(desk.outcome()) else { return ().into_any() };
    let Some((place, section)) = desk.explained().and_then(|place| Some((place, outcome.sections.get(place)?))) else {
        return ().into_any();
    };
    let site = desk.site;
    let amount = desk.style().money(section.amount);
    let lead = [("name", section.name.as_str()), ("amount", &amount), ("fund", &desk.style().money(outcome.fund))];
    let steps = steps(desk, &outcome, section).into_iter().map(|said| view! { <li>{said}</li> }).collect_view();
    let fractions = section.share.terms.iter().map(|term| {
        view! { <li>{format!("{}: {}", name(desk, term), term.share)}</li> }
    });
    let fractions = fractions.collect_view();
    view! {
        <section class="explain" id="explain" tabindex="-1" aria-labelledby="explain-heading" data-section=section.id.clone()>
            <h2 id="explain-heading">{site.fill("what-if.explain.heading", &[("name", &section.name)])}</h2>
            <p>{site.fill("what-if.explain.lead", &lead)}</p>
            <ol>{steps}</ol>
            <p><strong>{site.fill("what-if.explain.total", &[("amount", &amount)])}</strong></p>
            <details>
                <summary>{site.t("what-if.explain.exact")}</summary>
                <ul class="exact">{fractions}</ul>
            </details>
            <button type="button" data-do="explain" data-at=place.to_string()>{site.t("what-if.explain.close")}</button>
        </section>
    }
    .into_any()
}

fn name(desk: Desk, term: &Term) -> String {
    let board = desk.board();
    let criterion = board.scenario().rule.criteria.iter().find(|criterion| criterion.id == term.criterion);
    criterion.map_or_else(|| term.criterion.clone(), |criterion| desk.criterion_name(&criterion.id, &criterion.measure))
}

/// A sentence for each part of the amount that is not nothing.
fn steps(desk: Desk, outcome: &Outcome, section: &SectionOutcome) -> Vec<String> {
    let site = desk.site;
    let share = &section.share;
    let money = |minor: i64| desk.style().money(Money::new(minor, outcome.currency));
    let mut steps = Vec::new();
    if share.flat_floor_minor != 0 {
        steps.push(site.fill("what-if.explain.flat", &[("part", &money(share.flat_floor_minor))]));
    }
    steps.extend(share.terms.iter().map(|term| of_criterion(desk, outcome, section, term)));
    if share.bounds_minor != 0 {
        let key = match share.bound {
            Some(Bound::Minimum) => "what-if.explain.bounds.minimum",
            Some(Bound::Cap) => "what-if.explain.bounds.cap",
            None => "what-if.explain.bounds.others",
        };
        let part = Money::new(share.bounds_minor, outcome.currency);
        steps.push(site.fill(key, &[("part", &words::signed_money(desk, part))]));
    }
    if share.rounding_minor != 0 {
        let part = words::signed_money(desk, Money::new(share.rounding_minor, outcome.currency));
        steps.push(site.fill("what-if.explain.rounding", &[("part", &part)]));
    }
    steps
}

fn of_criterion(desk: Desk, outcome: &Outcome, section: &SectionOutcome, term: &Term) -> String {
    let site = desk.site;
    let style = desk.style();
    let board = desk.board();
    let measure = board.scenario().rule.criteria.iter().find(|criterion| criterion.id == term.criterion);
    let key = match measure.map(|criterion| &criterion.measure) {
        Some(Measure::Figure { form: Form::Count, direction: Direction::Direct, .. }) => "what-if.explain.count",
        Some(Measure::Figure { form: Form::Count, direction: Direction::Inverse, .. }) => {
            "what-if.explain.count.inverse"
        }
        Some(Measure::Figure { form: Form::Rate, direction: Direction::Direct, .. }) => "what-if.explain.rate",
        Some(Measure::Figure { form: Form::Rate, direction: Direction::Inverse, .. }) => "what-if.explain.rate.inverse",
        _ => "what-if.explain.equal",
    };
    let percent = term.share.percent(2).map(|percent| words::percent(desk, percent)).unwrap_or_default();
    let pot = outcome.pot(term.weight).map(|pot| style.money(pot)).unwrap_or_default();
    let count = |count: Option<i64>| count.map(|count| style.count(count)).unwrap_or_default();
    let sections = i64::try_from(outcome.sections.len()).ok();
    site.fill(
        key,
        &[
            ("criterion", &name(desk, term)),
            ("weight", &words::weight(desk, term.weight)),
            ("pot", &pot),
            ("name", &section.name),
            ("mine", &count(Some(term.measured.counted))),
            ("all", &count(outcome.counted_in_all(&term.criterion))),
            ("base", &count(term.measured.base)),
            ("n", &count(sections)),
            ("share", &percent),
            ("part", &style.money(Money::new(term.amount_minor, outcome.currency))),
        ],
    )
}
