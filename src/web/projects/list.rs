//! The works as a table, a page at a time, each with its bar.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::shown::{amount, both, money, note, number, percent, status, text, written};
use super::view::View;
use crate::budget::Project;
use crate::chart::{BarCell, BarState, Ink};
use crate::engine::Key;
use crate::indicators::projects::{GroupTotal, ListChoice, Listing, SortBy, rate_percent};
use crate::web::element::{Attribute, canvas, element, framed, is, link, said, words};

/// Rows that are drawn with bars, and at once: a canvas that covers more is taller than browsers make them.
const MOST_BARS: usize = 300;

/// Rows of a longer list that are added at a time, and how long the page has to itself between two times.
const PART_ROWS: usize = 1000;
const BETWEEN_PARTS: Duration = Duration::from_millis(40);

/// The list.
pub(super) fn section(view: View) -> AnyView {
    let Some(listing) = view.listing() else { return ().into_any() };
    if listing.rows.is_empty() {
        return nothing(view);
    }
    let shown = listing.shown().len();
    let has_bars = shown <= MOST_BARS;
    let caption = caption(view, &listing);
    let first = rows(view, &listing, 0..shown.min(MOST_BARS), has_bars);
    let (rest, progress) = later(view, &listing);
    let group = |tag: &'static str, rows: Vec<AnyView>| element(tag, vec![is("role", "rowgroup")], rows);
    let mut parts = vec![said("CAPTION", Vec::new(), caption.clone()), group("THEAD", vec![head(view)])];
    parts.push(group("TBODY", first));
    parts.extend(rest);
    parts.push(group("TFOOT", foot(view, &listing)));
    let class = if has_bars { "list" } else { "list long" };
    let attributes = vec![is("class", class), is("id", "works"), is("data-by", "work"), is("role", "table")];
    let mut chart = vec![element("TABLE", attributes, parts)];
    if has_bars {
        chart.push(canvas("works"));
    }
    let chart = element("DIV", vec![is("class", "chart")], chart);
    let mut all: Vec<AnyView> = progress.into_iter().collect();
    all.push(framed(caption, chart));
    if has_bars {
        all.push(note(legend(view)));
    }
    all.push(pages(view, &listing));
    all.into_any()
}

/// What is said where no work is as chosen.
pub(super) fn nothing(view: View) -> AnyView {
    said("P", vec![is("class", "lead"), is("id", "nothing")], view.site.t("projects.nothing"))
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

/// The rows after the first ones, a thousand at a time, so that the page goes on answering; and how far they have come.
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
            rows.map(|rows| element("TBODY", vec![is("role", "rowgroup")], rows))
        };
        body.into_any()
    };
    let progress = move || {
        let (here, of) = (written(view, end(reached.get())), written(view, all));
        let key = if reached.get() < parts { "projects.filling" } else { "projects.filled" };
        let text = view.site.fill(key, &[("n", &here), ("of", &of)]);
        said("P", vec![is("id", "filling"), is("class", "muted")], text)
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
    let count = |count: usize| written(view, count);
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
        let arrow = match (is_chosen, is_greatest_first) {
            (true, true) => " ▼",
            (true, false) => " ▲",
            (false, _) => "",
        };
        let parts = vec![words(name), said("SPAN", vec![is("aria-hidden", "true")], arrow.to_owned())];
        let link = link(view.href_of(choice.sorted_by(sort)), vec![is("data-sort", sort.name())], parts);
        let order = is_chosen.then(|| order.to_owned());
        element("TH", vec![is("scope", "col"), is("role", "columnheader"), ("aria-sort", order)], vec![link])
    };
    let cells = vec![
        sorted(SortBy::Title, site.t("projects.column.work")),
        sorted(SortBy::Round, site.t("key.round")),
        sorted(SortBy::Status, site.t("key.status")),
        sorted(SortBy::Agreed, site.t("stage.agreed.short")),
        sorted(SortBy::Spent, site.t(&format!("stage.{}.short", view.stage()))),
        sorted(SortBy::Rate, site.t("column.rate")),
        sorted(SortBy::Votes, site.t("projects.column.votes")),
        sorted(SortBy::Cost, site.t("projects.column.cost")),
    ];
    element("TR", vec![is("role", "row")], cells)
}

/// A cell with what it is called where a row is a card.
fn cell(named: Attribute, label: String, value: AnyView) -> AnyView {
    element("TD", vec![is("role", "cell"), named, ("data-label", Some(label))], vec![value])
}

fn row(view: View, project: &Project, place: u32, bar: Option<String>) -> AnyView {
    let site = view.site;
    let spent = view.spending().map(|spending| spending.at(place as usize)).unwrap_or_default();
    let rate = rate_percent(project, spent);
    let name = vec![work(view, project), said_where(view, project)];
    let name = element("TH", vec![is("scope", "row"), is("role", "rowheader"), ("data-bar", bar)], name);
    let stage = view.stage().name();
    let cells = vec![
        name,
        cell(is("data-role", "round"), site.t("key.round"), words(project.round.to_string())),
        cell(is("data-role", "status"), site.t("key.status"), status(view, project.status.as_deref())),
        cell(is("data-stage", "agreed"), site.t("stage.agreed.short"), money(view, project.agreed)),
        cell(is("data-stage", stage), site.t(&format!("stage.{stage}.short")), amount(view, spent, project.currency)),
        cell(is("data-role", "rate"), site.t("column.rate"), words(percent(view, rate))),
        cell(is("data-role", "votes"), site.t("projects.column.votes"), number(view, project.votes)),
        cell(is("data-role", "cost"), site.t("projects.column.cost"), money(view, project.cost)),
    ];
    element("TR", vec![is("role", "row"), is("data-key", &project.id)], cells)
}

/// The name of a work, which leads to its page.
pub(super) fn work(view: View, project: &Project) -> AnyView {
    let attributes = vec![("id", Some(format!("work-{}", project.id))), is("dir", "auto")];
    link(view.href_of_work(&project.id), attributes, vec![words(&*project.title)])
}

fn said_where(view: View, project: &Project) -> AnyView {
    element("SPAN", vec![is("class", "where muted")], vec![place_of(view, project)])
}

/// Where a work is: its section and its neighbourhood, or that it is for the whole district.
pub(super) fn place_of(view: View, project: &Project) -> AnyView {
    let section = section_of(view, project);
    let neighbourhood = project.neighbourhood.as_deref().map(|value| view.label(Key::Neighbourhood, Some(value)));
    let parts: Vec<String> = section.into_iter().chain(neighbourhood).collect();
    if parts.is_empty() { words(view.site.t("label.none.section")) } else { text(parts.join(" · ")) }
}

/// The section of a work, or that it is for the whole district; `None` where that is not published.
pub(super) fn section_of(view: View, project: &Project) -> Option<String> {
    match (&project.section, project.scope) {
        (Some(section), _) => Some(view.label(Key::Section, Some(section))),
        (None, Some(crate::budget::Scope::District)) => Some(view.site.t("label.district")),
        (None, _) => None,
    }
}

fn foot(view: View, listing: &Listing) -> Vec<AnyView> {
    let site = view.site;
    let is_part = !listing.shows_all && listing.pages > 1;
    let stage = view.stage().name();
    let row = |name: String, key: &str, totals: &[GroupTotal]| {
        let (agreed, spent) = both(view, totals);
        let cells = vec![
            said("TH", vec![is("scope", "row"), is("role", "rowheader"), is("colspan", "3")], name),
            cell(is("data-stage", "agreed"), site.t("stage.agreed.short"), agreed),
            cell(is("data-stage", stage), site.t(&format!("stage.{stage}.short")), spent),
            element("TD", vec![is("role", "cell"), is("colspan", "3"), is("class", "filler")], Vec::new()),
        ];
        element("TR", vec![is("role", "row"), is("data-total", key)], cells)
    };
    let all = if is_part { site.t("projects.total.all") } else { site.t("table.total") };
    let mut rows = Vec::new();
    if is_part {
        rows.push(row(site.t("projects.total.page"), "page", &listing.page_totals));
    }
    rows.push(row(all, "all", &listing.totals));
    rows
}

/// The other pages, and all rows at once.
fn pages(view: View, listing: &Listing) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    if listing.shows_all {
        let href = view.href_of(ListChoice { shows_all: false, ..choice });
        let back = link(href, vec![is("id", "by-page")], vec![words(site.t("projects.pages.by-page"))]);
        return element("P", vec![is("class", "pages")], vec![back]);
    }
    if listing.pages == 1 {
        return ().into_any();
    }
    let to = |page: usize| view.href_of(ListChoice { page, ..choice });
    let number = |number: Option<usize>| match number {
        None => said("LI", vec![is("aria-hidden", "true")], "…".to_owned()),
        Some(page) => {
            let current = (page == listing.page).then(|| "page".to_owned());
            let name = site.fill("projects.pages.page", &[("n", &page.to_string())]);
            let attributes = vec![("aria-label", Some(name)), ("aria-current", current)];
            element("LI", Vec::new(), vec![link(to(page), attributes, vec![words(written(view, page))])])
        }
    };
    let step = |page: usize, id: &str, key: &str| link(to(page), vec![is("id", id)], vec![words(site.t(key))]);
    let mut parts = Vec::new();
    if listing.page > 1 {
        parts.push(step(listing.page - 1, "page-before", "projects.pages.before"));
    }
    parts.push(element("OL", Vec::new(), listing.page_numbers().into_iter().map(number).collect()));
    if listing.page < listing.pages {
        parts.push(step(listing.page + 1, "page-after", "projects.pages.after"));
    }
    let all = site.fill("projects.pages.all", &[("n", &written(view, listing.rows.len()))]);
    let href = view.href_of(ListChoice { shows_all: true, ..choice });
    parts.push(link(href, vec![is("id", "show-all")], vec![words(all)]));
    element("NAV", vec![is("class", "pages"), ("aria-label", Some(site.t("projects.pages")))], parts)
}
