//! The road of a work's money with its table, who pays, and the cost against what is secured.

use leptos::prelude::*;

use crate::budget::Stage;
use crate::chart::{BarCell, BarState, Ink, StepBar, StepLook, steps_height_px};
use crate::indicators::projects::{CommunityRule, Contribution, Dossier, RoadStep, Step};
use crate::web::projects::shown::{amount, money, no_data, percent};
use crate::web::projects::view::View;

/// The road: a chart in steps and the table that says the same.
pub(super) fn road(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let road = &dossier.road;
    let height = format!("height: {}px", steps_height_px(&bars(view, dossier)).ceil());
    let mut rows = Vec::new();
    let mut part: Option<Option<String>> = None;
    for step in &road.steps {
        let own_part = part_of(step, dossier);
        if part.as_ref() != Some(&own_part) && (part.is_some() || own_part.is_some()) {
            let name = own_part.clone().unwrap_or_default();
            rows.push(
                view! { <tr class="part"><th scope="rowgroup" colspan="3">{name_of_part(view, &name)}</th></tr> }
                    .into_any(),
            );
        }
        part = Some(own_part);
        rows.push(row(view, step));
    }
    let as_of = dossier.as_of.map(|date| site.fill("promise.as-of", &[("date", &site.words().date(date))]));
    let unpublished = road.unpublished.iter().map(|stage| site.t(&format!("stage.{stage}")));
    let unpublished: Vec<String> = unpublished.collect();
    let unpublished = (!unpublished.is_empty())
        .then(|| view! { <p class="muted">{site.fill("projects.road.unpublished", &[("stages", &unpublished.join(", "))])}</p> });
    let needs = dossier.lines.is_empty().then(|| view! { <p class="muted">{site.t("projects.road.no-lines")}</p> });
    let carried = (road.years.len() > 1).then(|| view! { <p class="muted">{site.t("projects.road.years")}</p> });
    view! {
        <section class="road">
            <h2>{site.t("projects.road")}</h2>
            <div class="chart steps" style=height><canvas data-chart="road" aria-hidden="true"></canvas></div>
            <details open>
                <summary>{site.t("projects.road.table")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=site.t("projects.road")>
                    <table data-by="road">
                        <thead><tr>
                            <th scope="col">{site.t("projects.road.step")}</th>
                            <th scope="col">{site.t("projects.road.amount")}</th>
                            <th scope="col">{site.t("projects.road.change")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
            {needs}
            {carried}
            {unpublished}
            <p class="muted">{as_of}</p>
        </section>
    }
    .into_any()
}

/// The part of the road a step belongs to: none for what was asked and agreed, a year, or an empty name for all years.
fn part_of(step: &RoadStep, dossier: &Dossier) -> Option<String> {
    let is_of_the_work = matches!(step.step, Step::Cost | Step::Stage(Stage::Agreed));
    match &step.year {
        Some(year) => Some(year.clone()),
        None if is_of_the_work => None,
        None => (!dossier.road.years.is_empty()).then(String::new),
    }
}

fn name_of_part(view: View, part: &str) -> String {
    match part {
        "" => view.site.t("projects.road.all-years"),
        year => view.site.fill("projects.road.year", &[("year", year)]),
    }
}

fn name_of(view: View, step: Step) -> String {
    match step {
        Step::Cost => view.site.t("projects.road.cost"),
        Step::Stage(stage) => view.site.t(&format!("projects.road.{}", stage.name())),
    }
}

fn row(view: View, step: &RoadStep) -> AnyView {
    let name = match step.step {
        Step::Cost => "cost",
        Step::Stage(stage) => stage.name(),
    };
    let change = step.change.map(|change| money(view, Some(change)));
    let change = change.unwrap_or_else(|| view! { <span class="muted">{view.site.t("value.dash")}</span> }.into_any());
    view! {
        <tr data-step=name data-year=step.year.clone()>
            <th scope="row">{name_of(view, step.step)}</th>
            <td data-role="amount">{amount(view, step.tally, step.currency)}</td>
            <td data-role="change">{change}</td>
        </tr>
    }
    .into_any()
}

/// The steps of the work whose page is open.
pub(in crate::web::projects) fn steps(view: View) -> Vec<StepBar> {
    view.dossier_now().map(|dossier| bars(view, &dossier)).unwrap_or_default()
}

fn bars(view: View, dossier: &Dossier) -> Vec<StepBar> {
    let mut part: Option<Option<String>> = None;
    let bar = |step: &RoadStep| {
        let own_part = part_of(step, dossier);
        let begins = part.as_ref() != Some(&own_part);
        let heading = own_part.as_deref().filter(|_| begins).map(|name| name_of_part(view, name));
        part = Some(own_part);
        let shown = match step.money() {
            Some(money) => view.style().money(money),
            None if step.tally.count == 0 => view.site.t("value.dash"),
            None => view.site.t("value.none"),
        };
        let look = match step.step {
            Step::Cost | Step::Stage(Stage::Agreed) => StepLook::Promised,
            Step::Stage(Stage::Accrued | Stage::Paid) => StepLook::Done,
            Step::Stage(_) => StepLook::Budgeted,
        };
        StepBar { heading, label: name_of(view, step.step), shown, amount: step.tally.minor, look, follows: !begins }
    };
    dossier.road.steps.iter().map(bar).collect()
}

/// Who pays for it, and what the round asks of the community.
pub(super) fn cofinancing(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let found = &dossier.cofinancing;
    let rule = found.rule.as_ref().map(|rule| community_rule(view, rule));
    let rule = rule.unwrap_or_else(|| view! { <p class="muted">{site.t("projects.rule.none")}</p> }.into_any());
    if found.contributions.is_empty() {
        return view! {
            <section class="payers"><h2>{site.t("projects.payers")}</h2><p class="muted">{site.t("projects.needs.financing")}</p>{rule}</section>
        }
        .into_any();
    }
    let rows = found.contributions.iter().enumerate().map(|(at, one)| contribution(view, at, one)).collect_view();
    let others = found.others_percent.map(|others| {
        view! { <p>{site.fill("projects.payers.others", &[("percent", &view.style().percent(others))])}</p> }
    });
    view! {
        <section class="payers">
            <h2>{site.t("projects.payers")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=site.t("projects.payers")>
                <div class="chart">
                    <table data-by="payers">
                        <thead><tr>
                            <th scope="col">{site.t("projects.payers.who")}</th>
                            <th scope="col">{site.t("projects.payers.form")}</th>
                            <th scope="col">{site.t("projects.road.amount")}</th>
                            <th scope="col">{site.t("column.share")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                        <tfoot><tr>
                            <th scope="row" colspan="2">{site.t("table.total")}</th>
                            <td data-role="amount">{money(view, found.total)}</td>
                            <td></td>
                        </tr></tfoot>
                    </table>
                    <canvas data-chart="payers" aria-hidden="true"></canvas>
                </div>
            </div>
            {others}
            {rule}
        </section>
    }
    .into_any()
}

fn contribution(view: View, at: usize, one: &Contribution) -> AnyView {
    let form = one.form.as_deref().map(|form| word(view, &format!("projects.form.{form}"), form));
    let form = form.map_or_else(|| no_data(view), |form| view! { <bdi>{form}</bdi> }.into_any());
    view! {
        <tr data-key=one.source.clone() data-bar=at.to_string()>
            <th scope="row"><bdi>{word(view, &format!("projects.payer.{}", one.source), &one.source)}</bdi></th>
            <td class="words">{form}</td>
            <td data-role="amount">{money(view, Some(one.amount))}</td>
            <td data-role="share">{percent(view, one.share_percent)}</td>
        </tr>
    }
    .into_any()
}

/// A code of the data by a word of ours, where we have one.
pub(super) fn word(view: View, key: &str, code: &str) -> String {
    let words = view.site.words();
    if words.has(key) { words.get(key) } else { code.to_owned() }
}

/// The bars of the contributions of the work whose page is open.
pub(in crate::web::projects) fn payers(view: View) -> Vec<BarCell> {
    let Some(dossier) = view.dossier_now() else { return Vec::new() };
    let total = dossier.cofinancing.total.map(|total| total.minor);
    let cell = |one: &Contribution| BarCell {
        outline: total,
        fill: Some(one.amount.minor),
        ink: if one.source == "municipality" { Ink::Ink } else { Ink::Muted },
        state: BarState::Plain,
    };
    dossier.cofinancing.contributions.iter().map(cell).collect()
}

fn community_rule(view: View, rule: &CommunityRule) -> AnyView {
    let site = view.site;
    let style = view.style();
    let asked = style.percent(rule.asked_percent.normalize());
    let given = percent(view, rule.given_percent);
    let of = if rule.is_of_cost { "projects.rule.of-cost" } else { "projects.rule.of-total" };
    let of = site.t(of);
    let args = [("asked", asked.as_str()), ("given", &given), ("of", &of)];
    let key = match rule.is_met {
        Some(true) => "projects.rule.met",
        Some(false) => "projects.rule.short",
        None => "projects.rule.unknown",
    };
    let lacking = rule.lacking.map(|lacking| {
        view! { <span>" " {site.t("projects.rule.lacking")} " " {money(view, Some(lacking))} "."</span> }
    });
    let mark = match rule.is_met {
        Some(true) => "●",
        Some(false) => "✕",
        None => "○",
    };
    let met = rule.is_met.map(|is_met| is_met.to_string());
    view! {
        <p class="rule" data-met=met><span class="mark" aria-hidden="true">{mark}</span>{site.fill(key, &args)}{lacking}</p>
    }
    .into_any()
}

/// The cost against what is secured, and what the technical design is of it.
pub(super) fn secured(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let found = &dossier.cofinancing.secured;
    let gap = match found.gap {
        None => view! { <span class="muted">{site.t("value.dash")}</span> }.into_any(),
        Some(gap) => money(view, Some(gap)),
    };
    let said = match found.gap.map(|gap| gap.minor.signum()) {
        None => "projects.secured.unknown",
        Some(1) => "projects.secured.gap",
        Some(0) => "projects.secured.even",
        Some(_) => "projects.secured.surplus",
    };
    let design = dossier.project.technical_design_cost;
    let incomplete = design.is_none().then(|| view! { <p class="muted">{site.t("projects.secured.no-design")}</p> });
    let feasibility =
        dossier.project.feasibility.map(|answer| site.t(&format!("projects.feasibility.{}", answer.name())));
    view! {
        <section class="secured">
            <h2>{site.t("projects.secured")}</h2>
            <p>{site.t(said)}</p>
            <dl class="facts">
                <div><dt>{site.t("projects.road.cost")}</dt><dd data-role="cost">{money(view, found.cost)}</dd></div>
                <div><dt>{site.t("projects.secured.secured")}</dt><dd data-role="secured">{money(view, found.secured)}</dd></div>
                <div><dt>{site.t("projects.secured.difference")}</dt><dd data-role="gap">{gap}</dd></div>
                <div><dt>{site.t("projects.secured.coverage")}</dt><dd data-role="coverage">{percent(view, found.coverage_percent)}</dd></div>
                <div><dt>{site.t("projects.field.technical_design_cost")}</dt><dd data-role="design">{money(view, design)}</dd></div>
                <div><dt>{site.t("projects.field.feasibility")}</dt><dd>{feasibility.map_or_else(|| no_data(view), |answer| answer.into_any())}</dd></div>
            </dl>
            {incomplete}
        </section>
    }
    .into_any()
}
