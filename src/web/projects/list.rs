//! The works as a table, a page at a time, each with its bar.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::shown::{amount, both, framed, money, number, percent, status, text};
use super::view::View;
use crate::budget::Project;
use crate::chart::{BarCell, BarState, Ink};
use crate::engine::{Key, Tally};
use crate::indicators::projects::{ListChoice, Listing, SortBy, rate_percent};

/// Rows that are drawn with bars, and at once: a canvas that covers more is taller than browsers make them.
const MOST_BARS: usize = 300;

/// Rows of a longer list that are added at a time, and how long the page has to itself between two times.
const PART_ROWS: usize = 2000;
const BETWEEN_PARTS: Duration = Duration::from_millis(40);

/// The list.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let Some(listing) = view.listing() else { return ().into_any() };
    if listing.rows.is_empty() {
        return view! { <p class="lead" id="nothing">{site.t("projects.nothing")}</p> }.into_any();
    }
    let shown = listing.shown().len();
    let has_bars = shown <= MOST_BARS;
    let canvas = has_bars.then(|| view! { <canvas data-chart="works" aria-hidden="true"></canvas> });
    let caption = caption(view, &listing);
    let first = rows(view, &listing, 0..shown.min(MOST_BARS), has_bars);
    let (rest, progress) = later(view, &listing);
    let table = view! {
        <div class="chart">
            <table class="list" class:long=!has_bars id="works" data-by="work" role="table">
                <caption>{caption.clone()}</caption>
                <thead role="rowgroup">{head(view)}</thead>
                <tbody role="rowgroup">{first}</tbody>
                {rest}
                <tfoot role="rowgroup">{foot(view, &listing)}</tfoot>
            </table>
            {canvas}
        </div>
    };
    view! {
        {progress}
        {framed(caption, table.into_any())}
        <p class="muted legend">{has_bars.then(|| legend(view))}</p>
        {pages(view, &listing)}
    }
    .into_any()
}

/// Some of the rows shown.
fn rows(view: View, listing: &Listing, places: Range<usize>, has_bars: bool) -> Vec<AnyView> {
    let main = listing.totals.first().map(|total| total.currency);
    let package = view.package();
    let shown = listing.shown().get(places).unwrap_or_default().iter().enumerate();
    let row = |(at, &place): (usize, &u32)| {
        let project = package.projects.get(place as usize)?;
        let bar = (has_bars && Some(project.currency) == main).then(|| at.to_string());
        Some(row(view, project, place, bar))
    };
    shown.filter_map(row).collect()
}

/// The rows after the first ones, some thousands at a time, so that the page goes on answering; and how far they have come.
fn later(view: View, listing: &Arc<Listing>) -> (Vec<AnyView>, Option<AnyView>) {
    let all = listing.shown().len();
    let parts = all.saturating_sub(MOST_BARS).div_ceil(PART_ROWS);
    if parts == 0 {
        return (Vec::new(), None);
    }
    let reached = RwSignal::new(0_usize);
    Effect::new(move |_| {
        if reached.get() < parts {
            // The page may have gone, and the count with it.
            let more = move || {
                let _is_there = reached.try_update(|reached| *reached += 1);
            };
            set_timeout(more, BETWEEN_PARTS);
        }
    });
    let end = move |parts: usize| (MOST_BARS + parts * PART_ROWS).min(all);
    let part = |at: usize| {
        let listing = Arc::clone(listing);
        let is_here = Memo::new(move |_| reached.get() > at);
        let body = move || {
            let rows = is_here.get().then(|| rows(view, &listing, end(at)..end(at + 1), false));
            rows.map(|rows| view! { <tbody role="rowgroup">{rows}</tbody> }.into_any())
        };
        body.into_any()
    };
    let progress = move || {
        let count = |count: usize| view.style().count(i64::try_from(count).unwrap_or(i64::MAX));
        let args = [("n", count(end(reached.get()))), ("of", count(all))];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        let key = if reached.get() < parts { "projects.filling" } else { "projects.filled" };
        view! { <p id="filling" class="muted">{view.site.fill(key, &args)}</p> }
    };
    ((0..parts).map(part).collect(), Some(progress.into_any()))
}

fn legend(view: View) -> String {
    let site = view.site;
    let stage = site.t(&format!("stage.{}", view.stage()));
    site.fill("legend.pair", &[("outline", &site.t("stage.agreed")), ("fill", &stage)])
}

fn caption(view: View, listing: &Listing) -> String {
    let site = view.site;
    let count = |count: usize| view.style().count(i64::try_from(count).unwrap_or(i64::MAX));
    if listing.shows_all || listing.pages == 1 {
        return site.fill("projects.caption.all", &[("n", &count(listing.rows.len()))]);
    }
    let (first, last) = listing.span();
    let args = [("first", &*count(first)), ("last", &count(last)), ("n", &count(listing.rows.len()))];
    site.fill("projects.caption.page", &args)
}

/// The bars of the rows, in their order.
pub(super) fn bars(view: View) -> Vec<BarCell> {
    let (Some(listing), Some(spending)) = (view.listing_now(), view.spending_now()) else { return Vec::new() };
    let package = view.package();
    let cell = |&place: &u32| {
        let project = package.projects.get(place as usize);
        BarCell {
            outline: project.and_then(|project| project.agreed).map(|agreed| agreed.minor),
            fill: spending.at(place as usize).minor,
            ink: Ink::Ink,
            state: BarState::Plain,
        }
    };
    listing.shown().iter().map(cell).collect()
}

fn head(view: View) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    let sorted = |sort: SortBy, name: String| {
        let is_greatest_first = choice.sort.is_greatest_first() != choice.is_turned;
        let order = if is_greatest_first { "descending" } else { "ascending" };
        let is_chosen = choice.sort == sort;
        let arrow = is_chosen.then_some(if is_greatest_first { " ▼" } else { " ▲" });
        let href = view.href_of(choice.sorted_by(sort));
        view! {
            <th scope="col" role="columnheader" aria-sort=is_chosen.then_some(order)>
                <a data-view data-sort=sort.name() href=href>{name}<span aria-hidden="true">{arrow}</span></a>
            </th>
        }
    };
    let spent = site.t(&format!("stage.{}.short", view.stage()));
    view! {
        <tr role="row">
            {sorted(SortBy::Title, site.t("projects.column.work"))}
            {sorted(SortBy::Round, site.t("key.round"))}
            {sorted(SortBy::Status, site.t("key.status"))}
            {sorted(SortBy::Agreed, site.t("stage.agreed.short"))}
            {sorted(SortBy::Spent, spent)}
            {sorted(SortBy::Rate, site.t("column.rate"))}
            {sorted(SortBy::Votes, site.t("projects.column.votes"))}
            {sorted(SortBy::Cost, site.t("projects.column.cost"))}
        </tr>
    }
    .into_any()
}

fn row(view: View, project: &Project, place: u32, bar: Option<String>) -> AnyView {
    let site = view.site;
    let spent = view.spending().map(|spending| spending.at(place as usize)).unwrap_or_default();
    let agreed = Tally { minor: project.agreed.map(|agreed| agreed.minor), count: 1, missing: 0 };
    let rate = rate_percent(project, spent);
    let label = |key: &str| site.t(key);
    let spent_label = site.t(&format!("stage.{}.short", view.stage()));
    view! {
        <tr role="row" data-key=project.id.clone()>
            <th scope="row" role="rowheader" data-bar=bar>
                <a data-view id=format!("work-{}", project.id) href=view.href_of_work(&project.id) dir="auto">{project.title.clone()}</a>
                <span class="where muted">{place_of(view, project)}</span>
            </th>
            <td role="cell" data-role="round" data-label=label("key.round")>{project.round.to_string()}</td>
            <td role="cell" data-role="status" data-label=label("key.status")>{status(view, project.status.as_deref())}</td>
            <td role="cell" data-stage="agreed" data-label=label("stage.agreed.short")>{amount(view, agreed, project.currency)}</td>
            <td role="cell" data-stage=view.stage().name() data-label=spent_label>{amount(view, spent, project.currency)}</td>
            <td role="cell" data-role="rate" data-label=label("column.rate")>{percent(view, rate)}</td>
            <td role="cell" data-role="votes" data-label=label("projects.column.votes")>{number(view, project.votes)}</td>
            <td role="cell" data-role="cost" data-label=label("projects.column.cost")>{money(view, project.cost)}</td>
        </tr>
    }
    .into_any()
}

/// Where a work is: its section and its neighbourhood, or that it is for the whole district.
pub(super) fn place_of(view: View, project: &Project) -> AnyView {
    let section = match (&project.section, project.scope) {
        (Some(section), _) => Some(view.label(Key::Section, Some(section))),
        (None, Some(crate::budget::Scope::District)) => Some(view.site.t("label.district")),
        (None, _) => None,
    };
    let neighbourhood = project.neighbourhood.as_deref().map(|value| view.label(Key::Neighbourhood, Some(value)));
    let parts: Vec<String> = section.into_iter().chain(neighbourhood).collect();
    if parts.is_empty() { view.site.t("label.none.section").into_any() } else { text(parts.join(" · ")) }
}

fn foot(view: View, listing: &Listing) -> AnyView {
    let site = view.site;
    let is_part = !listing.shows_all && listing.pages > 1;
    let row = |name: String, key: &'static str, totals| {
        let (agreed, spent) = both(view, totals);
        let stage = site.t(&format!("stage.{}.short", view.stage()));
        view! {
            <tr role="row" data-total=key>
                <th scope="row" role="rowheader" colspan="3">{name}</th>
                <td role="cell" data-stage="agreed" data-label=site.t("stage.agreed.short")>{agreed}</td>
                <td role="cell" data-stage=view.stage().name() data-label=stage>{spent}</td>
                <td role="cell" colspan="3" class="filler"></td>
            </tr>
        }
    };
    let page = is_part.then(|| row(site.t("projects.total.page"), "page", &listing.page_totals));
    let all = if is_part { site.t("projects.total.all") } else { site.t("table.total") };
    view! { {page}{row(all, "all", &listing.totals)} }.into_any()
}

/// The other pages, and all rows at once.
fn pages(view: View, listing: &Listing) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    let all_rows = view.style().count(i64::try_from(listing.rows.len()).unwrap_or(i64::MAX));
    if listing.shows_all {
        let href = view.href_of(ListChoice { shows_all: false, ..choice });
        return view! { <p class="pages"><a data-view id="by-page" href=href>{site.t("projects.pages.by-page")}</a></p> }.into_any();
    }
    if listing.pages == 1 {
        return ().into_any();
    }
    let to = |page: usize| view.href_of(ListChoice { page, ..choice });
    let link = |page: usize, name: String, id: &'static str| {
        view! { <a data-view class="plain" id=id href=to(page)>{name}</a> }
    };
    let before = (listing.page > 1).then(|| link(listing.page - 1, site.t("projects.pages.before"), "page-before"));
    let after =
        (listing.page < listing.pages).then(|| link(listing.page + 1, site.t("projects.pages.after"), "page-after"));
    let numbers = listing.page_numbers().into_iter().map(|number| match number {
        None => view! { <li aria-hidden="true">"…"</li> }.into_any(),
        Some(page) => {
            let current = (page == listing.page).then_some("page");
            let name = site.fill("projects.pages.page", &[("n", &page.to_string())]);
            let shown = view.style().count(i64::try_from(page).unwrap_or(i64::MAX));
            view! { <li><a data-view href=to(page) aria-label=name aria-current=current>{shown}</a></li> }.into_any()
        }
    });
    let numbers = numbers.collect_view();
    let all = view.href_of(ListChoice { shows_all: true, ..choice });
    view! {
        <nav class="pages" aria-label=site.t("projects.pages")>
            {before}
            <ol>{numbers}</ol>
            {after}
            <a data-view id="show-all" href=all>{site.fill("projects.pages.all", &[("n", &all_rows)])}</a>
        </nav>
    }
    .into_any()
}
