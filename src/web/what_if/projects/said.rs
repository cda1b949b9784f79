//! What the table says, in sentences: what is left unspent and why, what is stuck, and which rule serves most people.

use leptos::prelude::*;

use super::answers::{Answers, Running};
use super::panel::Panel;
use crate::allocation::funding::FundingRule;
use crate::indicators::{RuleOutcome, asked_minor, serving_most};
use crate::money::Money;
use crate::web::what_if::desk::Desk;

/// The sentences above the table.
pub(super) fn sentences(panel: Panel, answers: &Answers) -> AnyView {
    let said = [lead(panel, answers), unspent(panel, answers)].into_iter().flatten();
    let stuck = [FundingRule::MoneyByVotes, FundingRule::EqualSplit];
    let stuck = stuck.into_iter().filter_map(|rule| unfinished(panel, answers.outcome(rule)?));
    let said = said.chain(stuck).chain(served(panel, answers));
    let items = said.map(|said| view! { <li>{said}</li> }).collect_view();
    view! { <ul class="said">{items}</ul> }.into_any()
}

/// How much is asked for, and how much there is.
fn lead(panel: Panel, answers: &Answers) -> Option<String> {
    let works = count(answers.asking().len());
    let asked = Money::new(asked_minor(answers.proposals())?, answers.currency());
    let style = panel.desk.style();
    let (asked, budget) = (style.money(asked), style.money(answers.budget()?));
    let args = [("n", style.count(works)), ("asked", asked), ("budget", budget)];
    Some(plural(panel.desk, "what-if.projects.lead", works, &args))
}

/// The money that equal shares leaves, and why.
fn unspent(panel: Panel, answers: &Answers) -> Option<String> {
    let left = answers.outcome(FundingRule::EqualShares)?.left_over;
    let args = [("rule", name(panel, FundingRule::EqualShares)), ("left", panel.desk.style().money(left))];
    let key = if left.minor > 0 { "what-if.projects.unspent" } else { "what-if.projects.unspent.none" };
    Some(fill(panel, key, &args))
}

/// The money in works that nobody can finish.
fn unfinished(panel: Panel, outcome: &RuleOutcome) -> Option<String> {
    let works = count(outcome.unfinished_works);
    let style = panel.desk.style();
    let args = [("rule", name(panel, outcome.rule)), ("n", style.count(works)), ("stuck", style.money(outcome.stuck))];
    (works > 0).then(|| plural(panel.desk, "what-if.projects.unfinished", works, &args))
}

/// The rules that give most people a whole work; once all have answered.
fn served(panel: Panel, answers: &Answers) -> Option<String> {
    let outcomes = answers.outcomes();
    let most = serving_most(&outcomes);
    let (people, voters) = outcomes.get(*most.first()?)?.supporters?;
    let people_of = |count: u64| panel.desk.style().count(i64::try_from(count).unwrap_or(i64::MAX));
    let names = most.iter().filter_map(|place| outcomes.get(*place)).map(|outcome| name(panel, outcome.rule));
    let names: Vec<String> = names.collect();
    let args = [("people", people_of(people)), ("voters", people_of(voters)), ("rules", names.join("; "))];
    answers.is_done.then(|| fill(panel, "what-if.projects.served", &args))
}

/// Rules that gave nothing, with the reason in words.
pub(super) fn refused(panel: Panel, answers: &Answers) -> AnyView {
    let refused = answers.refused();
    if refused.is_empty() {
        return ().into_any();
    }
    let item = |(rule, reason): (FundingRule, &str)| {
        let said = panel.site.t(&format!("what-if.projects.refused.{reason}"));
        view! { <li data-rule=rule.name()>{format!("{}: {said}", name(panel, rule))}</li> }
    };
    let items = refused.into_iter().map(item).collect_view();
    view! { <ul class="refused">{items}</ul> }.into_any()
}

/// Works that no rule can fund, for want of a cost.
pub(super) fn without_cost(panel: Panel, answers: &Answers) -> AnyView {
    let names = answers.without_cost();
    if names.is_empty() {
        return ().into_any();
    }
    let works = count(names.len());
    let said = plural(panel.desk, "what-if.projects.without-cost", works, &[("n", works.to_string())]);
    view! { <p class="without-cost">{said} " " {names.join("; ")}</p> }.into_any()
}

/// How far a slow rule is.
pub(super) fn progress(panel: Panel, running: &Running) -> AnyView {
    let said = panel.site.fill("what-if.projects.running", &[("rule", &name(panel, running.rule))]);
    // Without an end there is no value, and the bar only says that it goes on.
    let (done, of) = (running.of.map(|_| running.done.to_string()), running.of.map(|of| of.to_string()));
    view! { <p class="running"><label>{said} " " <progress max=of value=done></progress></label></p> }.into_any()
}

/// What is told to a screen reader once, and stands there to be read.
pub(super) fn status(panel: Panel, answers: &Answers) -> String {
    let rules = count(answers.outcomes().len());
    let budget = answers.budget().map(|budget| panel.desk.style().money(budget)).unwrap_or_default();
    if !answers.is_done {
        return String::new();
    }
    plural(panel.desk, "what-if.projects.done", rules, &[("n", rules.to_string()), ("budget", budget)])
}

/// What each rule does, a sentence a rule, and what ties do.
pub(super) fn explained(panel: Panel) -> AnyView {
    let site = panel.site;
    let item = |rule: FundingRule| {
        let means = site.t(&format!("what-if.rule.{rule}.means"));
        view! { <dt>{name(panel, rule)}</dt><dd>{means}</dd> }
    };
    let items = FundingRule::ALL.into_iter().map(item).collect_view();
    view! {
        <details class="rules">
            <summary>{site.t("what-if.projects.rules")}</summary>
            <dl>{items}</dl>
            <p>{site.t("what-if.projects.ties")}</p>
            <p>{site.t("what-if.projects.own-rule")}</p>
        </details>
    }
    .into_any()
}

fn name(panel: Panel, rule: FundingRule) -> String {
    panel.site.t(&format!("what-if.rule.{rule}"))
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn fill(panel: Panel, key: &str, args: &[(&str, String)]) -> String {
    panel.site.fill(key, &borrowed(args))
}

fn plural(desk: Desk, key: &str, count: i64, args: &[(&str, String)]) -> String {
    desk.site.words().plural(key, count, &borrowed(args))
}

fn borrowed<'a>(args: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    args.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
