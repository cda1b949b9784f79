//! What the table says, in sentences: what is left unspent and why, what is stuck, and which rule serves most people.

use super::answers::Answers;
use super::html::Html;
use super::listing::reason;
use super::write::Pen;
use crate::allocation::funding::{FundingRule, Progress};
use crate::dataset::Problem;
use crate::indicators::{LeftOutReason, RuleOutcome, asked_minor, serving_most};
use crate::money::Money;

/// Problems that are told one by one; the rest are counted.
const TOLD_AT_MOST: usize = 20;

/// More names than this are shown when they are asked for.
const FEW_NAMES: usize = 5;

/// One line for everybody, once all is answered.
pub(super) fn status(pen: &Pen, answers: &Answers) -> String {
    let Some(budget) = answers.budget.filter(|_| answers.is_done) else { return String::new() };
    pen.plural("projects.done", answers.outcomes().len(), &[("budget", pen.style.money(budget))])
}

/// What stands above the table.
pub(super) fn above(pen: &Pen, answers: &Answers) -> String {
    let mut html = Html::default();
    problems(pen, &mut html, &answers.problems);
    if let Some((rule, progress)) = answers.running {
        running(pen, &mut html, rule, progress);
    }
    let stuck = [FundingRule::MoneyByVotes, FundingRule::EqualSplit];
    let stuck = stuck.into_iter().filter_map(|rule| unfinished(pen, answers.outcome(rule)?));
    let said =
        [lead(pen, answers), unspent(pen, answers)].into_iter().flatten().chain(stuck).chain(served(pen, answers));
    html.begin("ul", &[("class", "said")]);
    said.for_each(|said| html.leaf("li", &[], &said));
    html.end("ul");
    html.into_text()
}

/// What was wrong with a file, line by line. A line is named where the words for the problem are there.
fn problems(pen: &Pen, html: &mut Html, problems: &[Problem]) {
    if problems.is_empty() {
        return;
    }
    html.begin("div", &[("class", "problems"), ("id", "projects-problems")]);
    html.leaf("p", &[], &pen.plural("projects.problems", problems.len(), &[]));
    let has_words = |problem: &&Problem| pen.words.has(&format!("problem.{}", problem.code));
    html.begin("ul", &[]);
    for problem in problems.iter().filter(has_words).take(TOLD_AT_MOST) {
        let line = problem.row.map(|row| pen.fill("projects.line", &[("row", row.to_string())])).unwrap_or_default();
        html.leaf("li", &[], &format!("{line} {}", pen.words.problem(problem)));
    }
    html.end("ul");
    html.end("div");
}

/// How far a slow rule is. Without an end the bar has no value, and only says that it goes on.
fn running(pen: &Pen, html: &mut Html, rule: FundingRule, Progress { done, of }: Progress) {
    html.begin("p", &[("class", "running")]);
    html.begin("label", &[]);
    html.text(&pen.fill("projects.running", &[("rule", pen.rule(rule))]));
    html.text(" ");
    let (done, of) = (done.to_string(), of.map(|of| of.to_string()));
    match &of {
        Some(of) => html.begin("progress", &[("value", &done), ("max", of)]),
        None => html.begin("progress", &[]),
    }
    html.end("progress");
    html.end("label");
    html.end("p");
}

/// How much is asked for, and how much there is.
fn lead(pen: &Pen, answers: &Answers) -> Option<String> {
    let proposals = &answers.election.proposals;
    let asked = Money::new(asked_minor(proposals)?, answers.currency());
    let args = [("asked", pen.style.money(asked)), ("budget", pen.style.money(answers.budget?))];
    (!proposals.is_empty()).then(|| pen.plural("projects.lead", proposals.len(), &args))
}

/// The money that equal shares leaves, and why.
fn unspent(pen: &Pen, answers: &Answers) -> Option<String> {
    let left = answers.outcome(FundingRule::EqualShares)?.left_over;
    let key = if left.minor > 0 { "projects.unspent" } else { "projects.unspent.none" };
    Some(pen.fill(key, &[("rule", pen.rule(FundingRule::EqualShares)), ("left", pen.style.money(left))]))
}

/// The money in works that nobody can finish.
fn unfinished(pen: &Pen, outcome: &RuleOutcome) -> Option<String> {
    let works = outcome.unfinished_works;
    let args = [("rule", pen.rule(outcome.rule)), ("stuck", pen.style.money(outcome.stuck))];
    (works > 0).then(|| pen.plural("projects.unfinished", works, &args))
}

/// The rules that give most people a whole work, once all have answered.
fn served(pen: &Pen, answers: &Answers) -> Option<String> {
    let outcomes = answers.outcomes();
    let most = serving_most(&outcomes);
    let (people, voters) = outcomes.get(*most.first()?)?.supporters?;
    let names = most.iter().filter_map(|place| outcomes.get(*place)).map(|outcome| pen.rule(outcome.rule));
    let names: Vec<String> = names.collect();
    let key = if names.len() == outcomes.len() { "projects.served.all" } else { "projects.served" };
    let args = [("people", pen.count(people)), ("voters", pen.count(voters)), ("rules", names.join("; "))];
    answers.is_done.then(|| pen.fill(key, &args))
}

/// What stands below the table: rules that gave nothing and works that no rule can take, with the reasons.
pub(super) fn below(pen: &Pen, answers: &Answers) -> String {
    let mut html = Html::default();
    let refused = answers.refused();
    if !refused.is_empty() {
        html.begin("ul", &[("class", "refused")]);
        for (rule, reason) in refused {
            let said = pen.words.get(&format!("projects.refused.{reason}"));
            html.leaf("li", &[("data-rule", rule.name())], &format!("{}: {said}", pen.rule(rule)));
        }
        html.end("ul");
    }
    let named: Vec<(&str, LeftOutReason)> =
        answers.listing.left_out.iter().filter_map(|(name, why)| Some((name.as_str(), reason(why)?))).collect();
    for reason in LeftOutReason::ALL {
        let names: Vec<&str> = named.iter().filter(|(_, why)| *why == reason).map(|(name, _)| *name).collect();
        if names.is_empty() {
            continue;
        }
        let said = pen.plural(&format!("projects.left-out.{}", reason.name()), names.len(), &[]);
        if names.len() <= FEW_NAMES {
            html.leaf("p", &[("data-left-out", reason.name())], &format!("{said} {}.", names.join("; ")));
        } else {
            html.begin("details", &[("data-left-out", reason.name())]);
            html.leaf("summary", &[], &said);
            html.leaf("p", &[], &format!("{}.", names.join("; ")));
            html.end("details");
        }
    }
    html.into_text()
}

/// What each rule does, a sentence a rule; what ties do, and that none is known to be the municipality's own.
pub(super) fn rules(pen: &Pen) -> String {
    let mut html = Html::default();
    html.begin("dl", &[]);
    for rule in FundingRule::ALL {
        html.leaf("dt", &[], &pen.rule(rule));
        html.leaf("dd", &[], &pen.words.get(&format!("rule.{rule}.means")));
    }
    html.end("dl");
    html.leaf("p", &[], &pen.words.get("projects.ties"));
    html.leaf("p", &[], &pen.words.get("projects.own-rule"));
    html.into_text()
}
