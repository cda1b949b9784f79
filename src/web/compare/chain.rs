//! The promise chain: each round's steps from what the rule gives to what is built, with what is lost at each.

use leptos::prelude::*;

use super::view::View;
use super::words;
use crate::chart::{ChainBar, Ink};
use crate::engine::Key;
use crate::indicators::{ChainLink, ChainStep, EntitledBy, PromiseChain, SectionChain, Selection, YearChoice};
use crate::money::Money;

/// How many of the sections that lost most are named in the sentence.
const NAMED_LOSERS: usize = 3;

/// The chain of one round as a picture, then of each of its sections, then of every round.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let chains = view.chains();
    let Some(chain) = view.chain_of(&chains) else {
        return view! { <section class="chain" id="chain"><h2>{site.t("compare.chain.heading")}</h2><p>{site.t("compare.needs.rounds")}</p></section> }
            .into_any();
    };
    let rounds = chains.iter().map(|one| {
        let is_here = one.round == chain.round;
        let selection = Selection { year: YearChoice::One(one.round.clone()), ..site.selection() };
        let name = round_name(view, one);
        view! { <li><a class="chip" class:chosen=is_here data-view href=round_href(view, selection) aria-current=is_here.then_some("true")>{name}</a></li> }
    });
    let rounds = rounds.collect_view();
    let steps = chain.whole.links.iter().enumerate().map(|(at, link)| step(view, &chain, link, at));
    let steps: Vec<AnyView> = steps.collect();
    view! {
        <section class="chain" id="chain">
            <h2>{site.fill("compare.chain.title", &[("round", &round_name(view, &chain))])}</h2>
            <ul class="rounds" aria-label=site.t("compare.chain.rounds")>{rounds}</ul>
            <p class="lead" id="losers">{losers(view, &chain)}</p>
            <div class="chart">
                <ol class="steps">{steps}</ol>
                <canvas data-chart="chain" aria-hidden="true"></canvas>
            </div>
            <p class="legend muted">{site.t("compare.chain.legend")}</p>
            {by_section(view, &chain)}
            {by_round(view, &chains)}
        </section>
    }
    .into_any()
}

/// The chain's round is the year of every page; the sides of the comparison stay as they are on screen.
fn round_href(view: View, selection: Selection) -> String {
    let mut query = view.query();
    if let Ok(found) = view.comparison() {
        for (side, asked) in found.sides.iter().zip(&mut query.sides) {
            if asked.is_empty() && side.sections.is_empty() {
                *asked = side.years.clone();
            }
        }
    }
    let address = view.site.address();
    crate::web::route::Address { own: query.to_pairs(), selection, ..address }.href()
}

fn round_name(view: View, chain: &PromiseChain) -> String {
    if chain.is_running { view.site.fill("pick.year.running", &[("year", &chain.round)]) } else { chain.round.clone() }
}

/// Which sections lost most.
fn losers(view: View, chain: &PromiseChain) -> String {
    let site = view.site;
    let losers = chain.losers();
    if losers.is_empty() {
        return site.t("compare.chain.no-losers");
    }
    let named = losers.iter().take(NAMED_LOSERS).map(|section| {
        let lost = section.lost.map(|lost| view.style().money(lost)).unwrap_or_default();
        let percent = section.lost_percent.map(|percent| view.style().percent(percent));
        let percent = percent.unwrap_or_else(|| site.t("value.dash"));
        let name = section_name(view, section);
        site.fill("compare.chain.loser", &[("name", &name), ("lost", &lost), ("percent", &percent)])
    });
    let named: Vec<String> = named.collect();
    site.fill(
        if chain.is_running { "compare.chain.losers-running" } else { "compare.chain.losers" },
        &[("list", &words::listed(view, &named))],
    )
}

fn section_name(view: View, section: &SectionChain) -> String {
    view.label_in(&view.package(), Key::Section, section.section.as_deref())
}

fn step_name(view: View, chain: &PromiseChain, step: ChainStep) -> String {
    let year = chain.budget_year.map_or_else(|| view.site.t("value.dash"), |year| year.to_string());
    view.site.fill(&format!("compare.step.{}", step.name()), &[("year", &year)])
}

/// One step: what reached it, the works, the gap.
fn step(view: View, chain: &PromiseChain, link: &ChainLink, at: usize) -> AnyView {
    let site = view.site;
    let by = (link.step == ChainStep::Entitled).then(
        || view! { <span class="muted">{site.t(&format!("compare.entitled.{}", chain.entitled_by.name()))}</span> },
    );
    let works = link.works.map(|works| view.count("compare.works", works));
    let works = works.map(|works| view! { <span class="works">" · "{works}</span> });
    let percent = link.of_agreed_percent.filter(|_| link.step != ChainStep::Agreed).map(|percent| {
        let percent = view.style().percent(percent);
        view! { <span class="muted">" · "{site.fill("compare.chain.of-agreed", &[("percent", &percent)])}</span> }
    });
    view! {
        <li data-step=link.step.name()>
            <p>
                <strong>{step_name(view, chain, link.step)}</strong>
                " "
                {by}
            </p>
            <p>
                <span data-role="amount">{amount(view, link)}</span>
                {works}
                {percent}
            </p>
            <div class="bar" data-bar=at.to_string()></div>
            <p class="gap" data-role="gap">{gap(view, link)}</p>
        </li>
    }
    .into_any()
}

fn amount(view: View, link: &ChainLink) -> AnyView {
    match link.amount {
        Some(money) => exact(view, money),
        None => {
            let text = if link.rows == 0 && link.works == Some(0) { "value.dash" } else { "value.none" };
            view! { <span class="muted">{view.site.t(text)}</span> }.into_any()
        }
    }
}

fn exact(view: View, money: Money) -> AnyView {
    view! { <data value=money.to_plain()>{view.style().money(money)}</data> }.into_any()
}

/// What lies between a step and the one before, in money and in works.
fn gap(view: View, link: &ChainLink) -> AnyView {
    let site = view.site;
    let money = link.amount_gap.map(|gap| {
        let key = match gap.minor {
            0 => "compare.gap.none",
            less if less < 0 => "compare.gap.less",
            _ => "compare.gap.more",
        };
        let shown = view.style().money(gap.abs());
        view! { <data value=gap.to_plain()>{site.fill(key, &[("amount", &shown)])}</data> }
    });
    let works = link.works_gap.filter(|gap| *gap != 0).map(|gap| {
        let key = if gap < 0 { "compare.gap.works-less" } else { "compare.gap.works-more" };
        format!(" · {}", view.count(key, gap.unsigned_abs()))
    });
    view! { {money}{works} }.into_any()
}

/// The steps of each section, and what it lost.
fn by_section(view: View, chain: &PromiseChain) -> AnyView {
    let site = view.site;
    if chain.sections.is_empty() {
        return view! { <p>{site.t("compare.needs.sections")}</p> }.into_any();
    }
    let caption = site.fill("compare.chain.by-section", &[("round", &chain.round)]);
    let region = caption.clone();
    let heads = ChainStep::ALL.map(|step| site.t(&format!("compare.step.{}.short", step.name())));
    let heads = [site.t("key.section")].into_iter().chain(heads);
    let heads = heads
        .chain(["compare.chain.lost", "compare.chain.lost-percent", "compare.chain.works-lost"].map(|key| site.t(key)));
    let heads = heads.map(|text| view! { <th scope="col">{text}</th> }).collect_view();
    let row = |section: &SectionChain, name: String| {
        let cells = section.links.iter().map(|link| cell(view, link)).collect_view();
        let lost = section.lost.map(|lost| exact(view, lost));
        let lost = lost.unwrap_or_else(|| site.t("value.dash").into_any());
        let percent = section.lost_percent.map(|percent| view.style().percent(percent));
        let percent = percent.unwrap_or_else(|| site.t("value.dash"));
        let works = section.works_lost.map(|works| view.style().count(works)).unwrap_or_else(|| site.t("value.dash"));
        view! {
            <tr data-key=section.section.clone()>
                <th scope="row"><bdi>{name}</bdi></th>
                {cells}
                <td data-role="lost">{lost}</td>
                <td data-role="lost-percent">{percent}</td>
                <td data-role="works-lost">{works}</td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = chain.sections.iter().map(|section| row(section, section_name(view, section))).collect();
    let total = row(&chain.whole, site.t("table.total"));
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <table data-by="chain-section">
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>{total}</tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// An amount, and under it how many works.
fn cell(view: View, link: &ChainLink) -> AnyView {
    let works =
        link.works.filter(|_| link.rows > 0 || link.amount.is_some()).map(|works| view.count("compare.works", works));
    let works = works.map(|works| view! { <br/><span class="muted">{works}</span> });
    view! { <td data-step=link.step.name()>{amount(view, link)}{works}</td> }.into_any()
}

/// Every round beside the others.
fn by_round(view: View, chains: &[PromiseChain]) -> AnyView {
    let site = view.site;
    if chains.len() < 2 {
        return ().into_any();
    }
    let caption = site.t("compare.chain.by-round");
    let region = caption.clone();
    let heads = [site.t("key.round")].into_iter();
    let heads = heads.chain(ChainStep::ALL.map(|step| site.t(&format!("compare.step.{}.short", step.name()))));
    let heads = heads.chain([site.t("compare.chain.lost"), site.t("compare.chain.lost-percent")]);
    let heads = heads.map(|text| view! { <th scope="col">{text}</th> }).collect_view();
    let rows = chains.iter().map(|chain| {
        let cells = chain.whole.links.iter().map(|link| cell(view, link)).collect_view();
        let lost = chain.whole.lost.map(|lost| exact(view, lost)).unwrap_or_else(|| site.t("value.dash").into_any());
        let percent = chain.whole.lost_percent.map(|percent| view.style().percent(percent));
        let percent = percent.unwrap_or_else(|| site.t("value.dash"));
        let by = (chain.entitled_by != EntitledBy::Published)
            .then(|| site.t(&format!("compare.entitled.{}", chain.entitled_by.name())));
        view! {
            <tr data-key=chain.round.clone()>
                <th scope="row">{round_name(view, chain)}<br/><span class="muted">{by}</span></th>
                {cells}
                <td data-role="lost">{lost}</td>
                <td data-role="lost-percent">{percent}</td>
            </tr>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <table data-by="chain-round">
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What the picture draws.
pub(super) fn bars(view: View) -> Vec<ChainBar> {
    let Some(chain) = view.chain_now() else { return Vec::new() };
    let mut before = None;
    let mut bars = Vec::new();
    for link in &chain.whole.links {
        let amount = link.amount.map(|amount| amount.minor);
        bars.push(ChainBar { amount, before, ink: Ink::Ink });
        before = amount.or(before);
    }
    bars
}
