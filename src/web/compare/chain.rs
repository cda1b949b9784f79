//! The promise chain: each round's steps from what the rule gives to what is built, with what is lost at each.

use leptos::prelude::*;

use super::view::View;
use super::words;
use crate::chart::{ChainBar, Ink};
use crate::engine::Key;
use crate::indicators::{ChainLink, ChainStep, EntitledBy, PromiseChain, SectionChain, Selection, YearChoice};
use crate::money::Money;
use crate::web::element::{charted, element, framed, head, is, link, said, table};

/// How many of the sections that lost most are named in the sentence.
const NAMED_LOSERS: usize = 3;

/// The chain of one round as a picture, then of each of its sections, then of every round.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let chains = view.chains();
    let Some(chain) = view.chain_of(&chains) else {
        let title = said("H2", Vec::new(), site.t("compare.chain.heading"));
        let needs = said("P", Vec::new(), site.t("compare.needs.rounds"));
        return element("SECTION", vec![is("class", "chain"), is("id", "chain")], vec![title, needs]);
    };
    let round = |one: &PromiseChain| {
        let is_here = one.round == chain.round;
        let selection = Selection { year: YearChoice::One(one.round.clone()), ..site.selection() };
        let class = if is_here { "chip chosen" } else { "chip" };
        let attributes = vec![is("class", class), ("aria-current", is_here.then(|| "true".to_owned()))];
        let name = round_name(view, one).into_any();
        element("LI", Vec::new(), vec![link(round_href(view, selection), attributes, vec![name])])
    };
    let rounds = chains.iter().map(round).collect();
    let steps = chain.whole.links.iter().enumerate().map(|(at, link)| step(view, &chain, link, at));
    let title = site.fill("compare.chain.title", &[("round", &round_name(view, &chain))]);
    let all = vec![
        said("H2", Vec::new(), title),
        element("UL", vec![is("class", "rounds"), ("aria-label", Some(site.t("compare.chain.rounds")))], rounds),
        said("P", vec![is("class", "lead"), is("id", "losers")], losers(view, &chain)),
        charted("chain", element("OL", vec![is("class", "steps")], steps.collect())),
        said("P", vec![is("class", "legend muted")], site.t("compare.chain.legend")),
        by_section(view, &chain),
        by_round(view, &chains),
    ];
    element("SECTION", vec![is("class", "chain"), is("id", "chain")], all)
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
    let muted = |text: String| said("SPAN", vec![is("class", "muted")], text);
    let mut name = vec![said("STRONG", Vec::new(), step_name(view, chain, link.step)), " ".into_any()];
    if link.step == ChainStep::Entitled {
        name.push(muted(site.t(&format!("compare.entitled.{}", chain.entitled_by.name()))));
    }
    let mut reached = vec![element("SPAN", vec![is("data-role", "amount")], vec![amount(view, link)])];
    reached.extend(
        link.works.map(|works| {
            said("SPAN", vec![is("class", "works")], format!(" · {}", view.count("compare.works", works)))
        }),
    );
    reached.extend(link.of_agreed_percent.filter(|_| link.step != ChainStep::Agreed).map(|percent| {
        let percent = view.style().percent(percent);
        muted(format!(" · {}", site.fill("compare.chain.of-agreed", &[("percent", &percent)])))
    }));
    let parts = vec![
        element("P", Vec::new(), name),
        element("P", Vec::new(), reached),
        element("DIV", vec![is("class", "bar"), ("data-bar", Some(at.to_string()))], Vec::new()),
        element("P", vec![is("class", "gap"), is("data-role", "gap")], vec![gap(view, link)]),
    ];
    element("LI", vec![is("data-step", link.step.name())], parts)
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
    let mut heads = vec![site.t("key.section")];
    heads.extend(ChainStep::ALL.map(|step| site.t(&format!("compare.step.{}.short", step.name()))));
    heads.extend(
        ["compare.chain.lost", "compare.chain.lost-percent", "compare.chain.works-lost"].map(|key| site.t(key)),
    );
    let row = |section: &SectionChain, name: String| {
        let works = section.works_lost.map(|works| view.style().count(works)).unwrap_or_else(|| site.t("value.dash"));
        let name = said("BDI", Vec::new(), name);
        let mut cells = steps_and_loss(view, section, vec![name]);
        cells.push(said("TD", vec![is("data-role", "works-lost")], works));
        element("TR", vec![("data-key", section.section.clone())], cells)
    };
    let rows: Vec<AnyView> = chain.sections.iter().map(|section| row(section, section_name(view, section))).collect();
    let total = row(&chain.whole, site.t("table.total"));
    framed_table("chain-section", caption, heads, rows, vec![total])
}

/// A row's name, what reached each step, and what was lost between agreed and spent.
fn steps_and_loss(view: View, section: &SectionChain, name: Vec<AnyView>) -> Vec<AnyView> {
    let site = view.site;
    let lost = section.lost.map(|lost| exact(view, lost)).unwrap_or_else(|| site.t("value.dash").into_any());
    let percent = section.lost_percent.map(|percent| view.style().percent(percent));
    let percent = percent.unwrap_or_else(|| site.t("value.dash"));
    let mut cells = vec![element("TH", vec![is("scope", "row")], name)];
    cells.extend(section.links.iter().map(|link| cell(view, link)));
    cells.push(element("TD", vec![is("data-role", "lost")], vec![lost]));
    cells.push(said("TD", vec![is("data-role", "lost-percent")], percent));
    cells
}

fn framed_table(by: &str, caption: String, heads: Vec<String>, rows: Vec<AnyView>, foot: Vec<AnyView>) -> AnyView {
    let heads = heads.into_iter().map(head).collect();
    framed(caption.clone(), table(by, Some(said("CAPTION", Vec::new(), caption)), heads, rows, foot))
}

/// An amount, and under it how many works.
fn cell(view: View, link: &ChainLink) -> AnyView {
    let mut parts = vec![amount(view, link)];
    if let Some(works) = link.works.filter(|_| link.rows > 0 || link.amount.is_some()) {
        parts.push(said("SPAN", vec![is("class", "muted")], view.count("compare.works", works)));
    }
    element("TD", vec![is("data-step", link.step.name())], parts)
}

/// Every round beside the others.
fn by_round(view: View, chains: &[PromiseChain]) -> AnyView {
    let site = view.site;
    if chains.len() < 2 {
        return ().into_any();
    }
    let mut heads = vec![site.t("key.round")];
    heads.extend(ChainStep::ALL.map(|step| site.t(&format!("compare.step.{}.short", step.name()))));
    heads.extend(["compare.chain.lost", "compare.chain.lost-percent"].map(|key| site.t(key)));
    let row = |chain: &PromiseChain| {
        let mut name = vec![round_name(view, chain).into_any()];
        if chain.entitled_by != EntitledBy::Published {
            let by = site.t(&format!("compare.entitled.{}", chain.entitled_by.name()));
            name.push(said("SPAN", vec![is("class", "muted")], by));
        }
        element("TR", vec![is("data-key", &chain.round)], steps_and_loss(view, &chain.whole, name))
    };
    framed_table("chain-round", site.t("compare.chain.by-round"), heads, chains.iter().map(row).collect(), Vec::new())
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
