//! What can be taken to the assembly: the link, the files, and one sheet of A4 that a black-and-white printer can print.

use leptos::prelude::*;

use super::desk::Desk;
use super::results::{self, shown};
use super::{files, parts, scenarios, words};
use crate::allocation::{Board, RuleCriterion};
use crate::indicators::{Outcome, SectionOutcome};
use crate::web::qr::qr_svg_path;

/// The most sections, and the most parts of an amount, that one page of A4 holds beside everything else.
const MOST_ROWS: usize = 10;
const MOST_PARTS: usize = 5;

/// The buttons, and the sheet once it is asked for.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let button = |does: &'static str, key: &str| view! { <button type="button" data-do=does>{site.t(key)}</button> };
    view! {
        <section class="take">
            <h2>{site.t("what-if.take")}</h2>
            <p>{site.t("what-if.take.how")}</p>
            <div class="buttons">
                {button("link", "what-if.take.link")}
                {button("csv", "what-if.take.csv")}
                {button("json", "what-if.take.json")}
                {button("sheet", "what-if.take.sheet")}
            </div>
            <p role="status" id="taken">{move || desk.taken()}</p>
            {move || desk.is_sheet_open().then(|| sheet(desk))}
        </section>
    }
    .into_any()
}

fn sheet(desk: Desk) -> AnyView {
    let site = desk.site;
    let Some(outcome) = shown(desk.outcome()) else {
        return view! { <p class="problems">{site.t("what-if.sheet.none")}</p> }.into_any();
    };
    let (ground, board) = (desk.ground(), desk.board());
    let scenario = board.scenario();
    let name = scenarios::name(desk, board.open(), scenario);
    let package = desk.package();
    let (title, year) = (package.descriptor.title.clone(), ground.round.year.to_string());
    let demonstration =
        package.descriptor.notice.is_some().then(|| view! { <p><strong>{site.t("notice.illustrative")}</strong></p> });
    let need = outcome.need.as_ref().map(|need| words::need_in_words(desk, &outcome, need));
    let heads = [
        "key.section",
        "what-if.column.amount",
        "what-if.column.person",
        "what-if.compare.official",
        "what-if.column.change",
    ];
    let heads = heads.map(|key| view! { <th scope="col">{site.t(key)}</th> }).into_iter().collect_view();
    let rows = outcome.sections.iter().map(|section| row(desk, section)).collect_view();
    let criterion = |criterion: &RuleCriterion| {
        let name = desk.criterion_name(&criterion.id, &criterion.measure);
        let measure = words::measure(desk, &criterion.measure);
        let pot = outcome.pot(criterion.weight).map(|pot| desk.style().money(pot)).unwrap_or_default();
        let pot = site.fill("what-if.sheet.pot", &[("pot", &pot)]);
        view! { <li><strong>{format!("{} {name}", words::weight(desk, criterion.weight))}</strong>{format!(": {pot} {measure}")}</li> }
    };
    let used = scenario.rule.criteria.iter().filter(|criterion| criterion.weight.hundredths() > 0);
    let criteria = used.map(criterion).collect_view();
    // The sheet is of one scenario, and a short link makes a code that prints well.
    let link = files::link_to(desk, &Board::new(scenario.clone()));
    let version = site.fill(
        "what-if.sheet.data",
        &[("version", &package.descriptor.version), ("fingerprint", &ground.round.fingerprint)],
    );
    view! {
        <article class="sheet" id="sheet" tabindex="-1" aria-label=site.t("what-if.take.sheet")>
            <div class="buttons noprint">
                <button type="button" data-do="print">{site.t("what-if.sheet.print")}</button>
                <button type="button" data-do="sheet-close">{site.t("what-if.sheet.close")}</button>
            </div>
            <h3>{site.fill("what-if.sheet.title", &[("name", &title), ("year", &year)])}</h3>
            {demonstration}
            <p class="scenario">{site.fill("what-if.sheet.scenario", &[("name", &name), ("fund", &desk.style().money(outcome.fund))])}</p>
            <ul>{criteria}{limits(desk, &outcome)}</ul>
            <p>{need}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=on_sheet(desk, &site.t("what-if.results"))>
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{site.t("table.total")}</th>
                            <td>{results::amount(desk, Some(outcome.total))}</td>
                            <td></td>
                            <td>{results::amount(desk, ground.official_total())}</td>
                            <td>{results::change(desk, outcome.total_from_official)}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            <p class="how">{site.t("what-if.sheet.how")}</p>
            {every_part(desk, &outcome)}
            <div class="way">
                {code(desk, &link)}
                <p>{site.t("what-if.sheet.link")} <br/> <span class="url">{link}</span> <br/> <span class="muted">{version}</span></p>
            </div>
        </article>
    }
    .into_any()
}

/// What a part of the sheet is called, beside its like on the page.
fn on_sheet(desk: Desk, name: &str) -> String {
    format!("{}: {name}", desk.site.t("what-if.take.sheet"))
}

/// Every part of every amount, where there is room for it on one page.
fn every_part(desk: Desk, outcome: &Outcome) -> AnyView {
    if outcome.sections.len() > MOST_ROWS || results::part_names(desk, outcome).len() > MOST_PARTS {
        return ().into_any();
    }
    let caption = desk.site.t("what-if.parts.caption");
    let region = on_sheet(desk, &caption);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <table class="small"><caption>{caption}</caption>{parts::rows(desk, outcome)}</table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, section: &SectionOutcome) -> AnyView {
    view! {
        <tr>
            <th scope="row">{section.name.clone()}</th>
            <td>{results::amount(desk, Some(section.amount))}</td>
            <td>{results::amount(desk, section.per_person)}</td>
            <td>{results::amount(desk, section.official)}</td>
            <td>{results::change(desk, section.from_official)}</td>
        </tr>
    }
    .into_any()
}

/// Floors, cap and what is set aside, one line each.
fn limits(desk: Desk, outcome: &Outcome) -> AnyView {
    words::limits(desk, outcome).into_iter().map(|said| view! { <li>{said}</li> }).collect_view().into_any()
}

/// The link as a code for a phone's camera.
fn code(desk: Desk, link: &str) -> AnyView {
    let Some((modules, path)) = qr_svg_path(link) else {
        return view! { <p class="muted">{desk.site.t("what-if.sheet.too-long")}</p> }.into_any();
    };
    let size = format!("0 0 {modules} {modules}");
    view! {
        <svg class="qr" viewBox=size role="img" aria-label=desk.site.t("what-if.sheet.code") shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}
