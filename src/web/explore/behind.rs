//! The lines of the file behind a cell.

use leptos::prelude::*;

use super::desk::{Desk, State};
use super::says;
use crate::engine::Key;
use crate::indicators::{Behind, BehindLine, CellChoice, Look, drilled};
use crate::money::Money;

/// The lines, with where they stand in which file, and their sum.
pub(super) fn section(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let Some(behind) = &state.behind else { return ().into_any() };
    let of = cell_in_words(desk, &state, &behind.choice);
    let close = desk.href(state.selection.clone(), &Look { cell: None, page: 1, ..state.look.clone() });
    let slug = site.address_now().route.municipality.unwrap_or_default();
    let file = format!("data/{slug}/{}", behind.path);
    let name = behind.path.clone();
    let mut heads = vec![site.t("explore.behind.row"), says::heading_of(desk, Key::Project)];
    heads.extend(behind.keys.iter().map(|&key| says::heading_of(desk, key)));
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let stages = behind.stages.iter().map(|&stage| {
        let is_own = stage == behind.stage;
        view! { <th scope="col" class="money" class:own=is_own>{site.t(&format!("stage.{stage}.short"))}</th> }
    });
    let stages = stages.collect_view();
    let rows = behind.lines.iter().map(|found| line(desk, behind, found)).collect_view();
    let blank = behind.keys.len() + 2;
    let sums = behind.stages.iter().map(|&stage| {
        let sum = (stage == behind.stage).then(|| money(desk, behind.sum));
        view! { <td class:own=stage == behind.stage>{sum}</td> }
    });
    let sums = sums.collect_view();
    let caption = desk.count(&format!("explore.unit.{}", says::counted(behind.stage)), behind.count as u64);
    let region = caption.clone();
    view! {
        <section id="behind" class="behind" tabindex="-1" aria-labelledby="behind-heading">
            <h2 id="behind-heading" dir="auto">{site.fill("explore.behind.heading", &[("cell", &of)])}</h2>
            <p>
                {site.t("explore.behind.file")} " " <a href=file><code>{name}</code></a> ". "
                {down(desk, &state, &behind.choice)}
                <a data-view href=close id="close-behind">{site.t("explore.behind.close")}</a>
            </p>
            {years(desk, &state, behind)}
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <table data-by="lines">
                    <caption>{caption}</caption>
                    <thead><tr>{heads}{stages}</tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row" colspan=blank.to_string()>{site.t("explore.behind.sum")}</th>{sums}</tr></tfoot>
                </table>
            </div>
            {pages(desk, &state, behind)}
        </section>
    }
    .into_any()
}

/// `Sección 3 · Humana`, or all of it.
fn cell_in_words(desk: Desk, state: &State, choice: &CellChoice) -> String {
    let mut names = Vec::new();
    if let Some(row) = &choice.row {
        names.push(desk.label(state.rows(), row.as_deref()));
    }
    if let (Some(column), Some(key)) = (&choice.column, state.columns()) {
        names.push(desk.label(key, column.as_deref()));
    }
    if names.is_empty() { desk.site.t("explore.behind.all") } else { names.join(" · ") }
}

/// The link that makes the cell the whole view.
fn down(desk: Desk, state: &State, choice: &CellChoice) -> AnyView {
    let (mut selection, mut look) = (state.selection.clone(), state.look.clone());
    if let (Some(column), Some(key)) = (&choice.column, state.columns()) {
        (selection, look) = drilled(&selection, &look, key, column.as_deref(), &state.offered);
    }
    if let Some(row) = &choice.row {
        (selection, look) = drilled(&selection, &look, state.rows(), row.as_deref(), &state.offered);
    }
    if look.cell.is_some() || selection == state.selection {
        return ().into_any();
    }
    view! { <a data-view id="down" href=desk.href(selection, &look)>{desk.site.t("explore.behind.down")}</a> " · " }
        .into_any()
}

fn money(desk: Desk, money: Option<Money>) -> AnyView {
    match money {
        Some(money) => view! { <data value=money.to_plain()>{desk.style().money(money)}</data> }.into_any(),
        None => view! { <span class="muted">{desk.site.t("value.none")}</span> }.into_any(),
    }
}

fn line(desk: Desk, behind: &Behind, found: &BehindLine) -> AnyView {
    let row = found.row.map_or_else(|| desk.site.t("value.dash"), |row| row.to_string());
    let title = desk.label(Key::Project, found.project.as_deref());
    let values = found.values.iter().zip(&behind.keys).map(|(value, &key)| {
        let name = desk.label(key, value.as_deref());
        view! { <td class="word"><bdi>{name}</bdi></td> }
    });
    let values = values.collect_view();
    let amounts = found.amounts.iter().zip(&behind.stages).map(|(&amount, &stage)| {
        view! { <td class:own=stage == behind.stage>{money(desk, amount)}</td> }
    });
    let amounts = amounts.collect_view();
    view! { <tr><td class="row">{row}</td><th scope="row"><bdi>{title}</bdi></th>{values}{amounts}</tr> }.into_any()
}

/// In real prices: what each year comes to.
fn years(desk: Desk, state: &State, behind: &Behind) -> AnyView {
    let (site, Some(base)) = (desk.site, state.look.real) else { return ().into_any() };
    if behind.years.is_empty() {
        return ().into_any();
    }
    let base = base.to_string();
    let row = |year: &crate::indicators::BehindYear| {
        let name = year.year.clone().unwrap_or_else(|| desk.label(Key::FiscalYear, None));
        view! { <tr><th scope="row">{name}</th><td>{money(desk, year.nominal)}</td><td>{money(desk, year.real)}</td></tr> }
    };
    let rows = behind.years.iter().map(row).collect_view();
    let caption = site.fill("explore.behind.years", &[("year", &base)]);
    let region = caption.clone();
    let heads = [
        says::heading_of(desk, Key::FiscalYear),
        site.t("explore.real.none"),
        site.fill("explore.real.of", &[("year", &base)]),
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=region>
            <table class="narrow" data-by="years">
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn pages(desk: Desk, state: &State, behind: &Behind) -> AnyView {
    if behind.pages < 2 {
        return ().into_any();
    }
    let site = desk.site;
    let (now, all) = (behind.page, behind.pages);
    let said = site.fill("explore.part", &[("part", &now.to_string()), ("parts", &all.to_string())]);
    let link = |is_there: bool, page: usize, key: &str| {
        is_there.then(|| {
            let href = desk.href(state.selection.clone(), &Look { page, ..state.look.clone() });
            view! { " " <a data-view data-page=page.to_string() href=href>{site.t(key)}</a> }
        })
    };
    view! {
        <p class="parts">
            {said}
            {link(now > 1, now.saturating_sub(1), "explore.part.before")}
            {link(now < all, now + 1, "explore.part.next")}
        </p>
    }
    .into_any()
}
