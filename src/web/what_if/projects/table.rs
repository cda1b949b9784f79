//! The proposals against the rules: who gets all it costs, who a part, who nothing, and what each rule leaves.

use leptos::prelude::*;

use super::answers::Answers;
use super::panel::{Order, Panel};
use crate::allocation::funding::FundingRule;
use crate::funder::Asking;
use crate::indicators::{Given, RuleOutcome, by_votes};
use crate::money::Money;
use crate::money::format::symbol;

/// The table; nothing without proposals.
pub(super) fn table(panel: Panel, answers: &Answers) -> AnyView {
    if answers.asking().is_empty() {
        return view! { <p>{panel.site.t("what-if.projects.none")}</p> }.into_any();
    }
    let site = panel.site;
    let rules = answers.columns();
    let unit = symbol(&answers.currency()).to_owned();
    let heads = rules.iter().map(|rule| {
        view! { <th scope="col" data-rule=rule.name()>{site.t(&format!("what-if.rule.{rule}"))}</th> }
    });
    let order = match panel.order.get() {
        Order::Declared => (0..answers.asking().len()).collect(),
        Order::Votes => by_votes(answers.proposals()),
    };
    let rows =
        order.into_iter().filter_map(|place| Some(row(panel, answers, &rules, place, answers.asking().get(place)?)));
    let caption = site.t("what-if.projects.caption");
    let region = caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <table data-by="projects" aria-busy=move || panel.is_old.get().to_string()>
                <caption class="hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{site.t("what-if.projects.column.work")}</th>
                        <th scope="col">{site.fill("what-if.projects.column.cost", &[("unit", &unit)])}</th>
                        <th scope="col">{site.t("what-if.projects.column.votes")}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>{totals(panel, answers, &rules, &unit)}</tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn row(panel: Panel, answers: &Answers, rules: &[FundingRule], place: usize, asking: &Asking) -> AnyView {
    let cost = Money::new(asking.cost_minor, answers.currency());
    let votes = i64::try_from(asking.votes).unwrap_or(i64::MAX);
    let cells = rules.iter().map(|rule| cell(panel, *rule, answers.outcome(*rule).and_then(|of| of.given.get(place))));
    view! {
        <tr data-key=asking.id.clone()>
            <th scope="row">{asking.name.clone()}</th>
            <td data-role="cost">{number(panel, cost)}</td>
            <td data-role="count">{panel.desk.style().count(votes)}</td>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// What a rule gives a work: a mark and, for those who do not see it, a word.
fn cell(panel: Panel, rule: FundingRule, given: Option<&Given>) -> AnyView {
    let (state, mark) = match given {
        Some(Given::Full) => ("full", "●"),
        Some(Given::Partly { .. }) => ("partly", "◔"),
        Some(Given::Nothing) => ("nothing", "·"),
        None => ("waiting", "…"),
    };
    let part = given.and_then(|given| match given {
        Given::Partly { amount, percent } => {
            let percent = panel.desk.style().percent(*percent);
            Some(view! { " " <data value=amount.to_plain()>{percent}</data> })
        }
        _ => None,
    });
    let said = panel.site.t(&format!("what-if.projects.given.{state}"));
    view! {
        <td data-rule=rule.name() data-given=state>
            <span aria-hidden="true">{mark}</span>{part}<span class="hidden">{said}</span>
        </td>
    }
    .into_any()
}

/// What each rule leaves, a row a figure.
fn totals(panel: Panel, answers: &Answers, rules: &[FundingRule], unit: &str) -> AnyView {
    let count = |count: usize| panel.desk.style().count(i64::try_from(count).unwrap_or(i64::MAX)).into_any();
    let mut figures: Vec<(&str, Box<dyn Fn(&RuleOutcome) -> AnyView>)> = vec![
        ("works", Box::new(move |of| count(of.works))),
        ("spent", Box::new(move |of| number(panel, of.spent))),
        ("stuck", Box::new(move |of| number(panel, of.stuck))),
        ("left", Box::new(move |of| number(panel, of.left_over))),
    ];
    if answers.outcomes().iter().any(|of| of.supporters.is_some()) {
        figures.push(("people", Box::new(move |of| people(panel, of))));
    }
    let row = |(name, figure): (&str, Box<dyn Fn(&RuleOutcome) -> AnyView>)| {
        let cells = rules.iter().map(|rule| {
            let shown = answers.outcome(*rule).map(&figure);
            view! { <td data-rule=rule.name()>{shown}</td> }
        });
        let head = panel.site.fill(&format!("what-if.projects.total.{name}"), &[("unit", unit)]);
        view! { <tr data-figure=name.to_owned()><th scope="row" colspan="3">{head}</th>{cells.collect_view()}</tr> }
    };
    figures.into_iter().map(row).collect_view().into_any()
}

/// People with at least one whole work, of so many.
fn people(panel: Panel, outcome: &RuleOutcome) -> AnyView {
    let Some((people, voters)) = outcome.supporters else { return ().into_any() };
    let count = |count: u64| panel.desk.style().count(i64::try_from(count).unwrap_or(i64::MAX));
    panel.site.fill("what-if.projects.people", &[("people", &count(people)), ("voters", &count(voters))]).into_any()
}

/// An amount without its currency's sign, which the heading has, and its exact value for machines.
fn number(panel: Panel, money: Money) -> AnyView {
    view! { <data value=money.to_plain()>{panel.desk.style().number(money.to_decimal())}</data> }.into_any()
}
