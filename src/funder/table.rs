//! The proposals against the rules: who gets all it costs, who a part, who nothing, and what each rule leaves.

use super::answers::Answers;
use super::html::Html;
use super::write::Pen;
use crate::allocation::funding::{FundingRule, Proposal};
use crate::indicators::{Given, RuleOutcome, by_votes};
use crate::money::Money;
use crate::money::format::symbol;

/// The table; one sentence where there are no proposals.
pub(super) fn table(pen: &Pen, answers: &Answers) -> String {
    let mut html = Html::default();
    let proposals = &answers.election.proposals;
    if proposals.is_empty() {
        html.leaf("p", &[], &pen.words.get("projects.none"));
        return html.into_text();
    }
    let unit = symbol(&answers.currency()).to_owned();
    let rules = answers.columns();
    html.begin("table", &[("data-by", "projects")]);
    html.leaf("caption", &[("class", "hidden")], &pen.words.get("projects.caption"));
    head(pen, &mut html, &rules, &unit);
    html.begin("tbody", &[]);
    let places = if pen.by_votes { by_votes(proposals) } else { (0..proposals.len()).collect() };
    for place in places {
        if let Some(proposal) = proposals.get(place) {
            row(pen, &mut html, answers, &rules, place, proposal);
        }
    }
    html.end("tbody");
    foot(pen, &mut html, answers, &rules, &unit);
    html.end("table");
    html.into_text()
}

fn head(pen: &Pen, html: &mut Html, rules: &[FundingRule], unit: &str) {
    html.begin("thead", &[]);
    html.begin("tr", &[]);
    html.leaf("th", &[("scope", "col")], &pen.words.get("projects.column.work"));
    let cost = pen.fill("projects.column.cost", &[("unit", unit.to_owned())]);
    html.leaf("th", &[("scope", "col"), ("data-role", "cost")], &cost);
    html.leaf("th", &[("scope", "col"), ("data-role", "count")], &pen.words.get("projects.column.votes"));
    for rule in rules {
        html.leaf("th", &[("scope", "col"), ("data-rule", rule.name())], &pen.rule(*rule));
    }
    html.end("tr");
    html.end("thead");
}

fn row(pen: &Pen, html: &mut Html, answers: &Answers, rules: &[FundingRule], place: usize, proposal: &Proposal) {
    html.begin("tr", &[("data-key", &proposal.id)]);
    let cost = Money::new(proposal.cost_minor, answers.currency());
    html.begin("th", &[("scope", "row")]);
    html.text(&proposal.name);
    // On a narrow screen this stands in place of the two columns.
    let votes = usize::try_from(proposal.votes).unwrap_or(usize::MAX);
    let said = pen.plural("projects.asks", votes, &[("cost", pen.style.money(cost))]);
    html.leaf("small", &[], &said);
    html.end("th");
    html.begin("td", &[("data-role", "cost")]);
    pen.number(html, cost);
    html.end("td");
    html.leaf("td", &[("data-role", "count")], &pen.count(proposal.votes));
    for rule in rules {
        let given = answers.outcome(*rule).and_then(|outcome| outcome.given.get(place));
        cell(pen, html, *rule, given);
    }
    html.end("tr");
}

/// What a rule gives a work: a mark and, for those who do not see it, a word.
fn cell(pen: &Pen, html: &mut Html, rule: FundingRule, given: Option<&Given>) {
    let (state, mark) = match given {
        Some(Given::Full) => ("full", "●"),
        Some(Given::Partly { .. }) => ("partly", "◔"),
        Some(Given::Nothing) => ("nothing", "·"),
        None => ("waiting", "…"),
    };
    html.begin("td", &[("data-rule", rule.name()), ("data-given", state)]);
    html.leaf("span", &[("aria-hidden", "true")], mark);
    if let Some(Given::Partly { amount, percent }) = given {
        html.text(" ");
        html.leaf("data", &[("value", &amount.to_plain())], &pen.style.percent(*percent));
    }
    html.leaf("span", &[("class", "hidden")], &pen.words.get(&format!("projects.given.{state}")));
    html.end("td");
}

/// What a rule leaves.
type Figure = fn(&Pen, &mut Html, &RuleOutcome);

fn foot(pen: &Pen, html: &mut Html, answers: &Answers, rules: &[FundingRule], unit: &str) {
    let mut figures: Vec<(&str, Figure)> = vec![
        ("works", |pen, html, outcome| html.text(&pen.count(outcome.works))),
        ("spent", |pen, html, outcome| pen.number(html, outcome.spent)),
        ("stuck", |pen, html, outcome| pen.number(html, outcome.stuck)),
        ("left", |pen, html, outcome| pen.number(html, outcome.left_over)),
    ];
    if answers.election.has_ballots() {
        figures.push(("people", people));
    }
    html.begin("tfoot", &[]);
    for (name, figure) in figures {
        html.begin("tr", &[("data-figure", name)]);
        let said = pen.fill(&format!("projects.total.{name}"), &[("unit", unit.to_owned())]);
        html.leaf("th", &[("scope", "row")], &said);
        // Under cost and votes; the heading alone stays in sight while the rules are scrolled.
        html.leaf("td", &[("colspan", "2"), ("data-role", "none")], "");
        for rule in rules {
            html.begin("td", &[("data-rule", rule.name())]);
            if let Some(outcome) = answers.outcome(*rule) {
                figure(pen, html, outcome);
            }
            html.end("td");
        }
        html.end("tr");
    }
    html.end("tfoot");
}

/// People with at least one whole work of theirs, of so many.
fn people(pen: &Pen, html: &mut Html, outcome: &RuleOutcome) {
    if let Some((people, voters)) = outcome.supporters {
        let args = [("people", pen.count(people)), ("voters", pen.count(voters))];
        html.text(&pen.fill("projects.people", &args));
    }
}
