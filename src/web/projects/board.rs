//! The works by state: a column each, with its count and what its works come to, and the first of them.

use leptos::prelude::*;

use super::filters::toggled;
use super::list::{nothing, place_of, work};
use super::shown::{amount, both, facts, money, stage_fact, status, text};
use super::view::View;
use crate::budget::Project;
use crate::engine::Key;
use crate::indicators::Selection;
use crate::indicators::projects::{Group, ListChoice, ListForm, groups};
use crate::web::element::{element, is, link, said, words};

/// Works shown of each column.
const FIRST: usize = 8;

/// The board.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let (Some(listing), Some(spending)) = (view.listing(), view.spending()) else { return ().into_any() };
    if listing.rows.is_empty() {
        return nothing(view);
    }
    let package = view.package();
    let found = groups(&package, &spending, &listing.rows, Key::Status).unwrap_or_default();
    let columns = found.iter().map(|group| column(view, group)).collect();
    let (agreed, spent) = both(view, &listing.totals);
    let stage = view.stage().name();
    let count = view.count("projects.unit", listing.rows.len() as u64);
    let total = vec![
        said("STRONG", Vec::new(), format!("{}: {count} · ", site.t("table.total"))),
        element("SPAN", vec![is("data-stage", "agreed")], vec![agreed]),
        words(format!(" {} · ", site.t("stage.agreed"))),
        element("SPAN", vec![is("data-stage", stage)], vec![spent]),
        words(format!(" {}", site.t(&format!("stage.{stage}")))),
    ];
    let board = element("DIV", vec![is("class", "board")], columns);
    vec![board, element("P", vec![is("class", "board-total"), is("data-total", "all")], total)].into_any()
}

fn column(view: View, group: &Group) -> AnyView {
    let (site, package) = (view.site, view.package());
    let value = group.value.as_deref();
    let id = format!("column-{}", value.unwrap_or("-"));
    let (agreed, spent) = both(view, &group.totals);
    let cards = group.rows.iter().take(FIRST);
    let cards = cards.filter_map(|&place| Some(card(view, package.projects.get(place as usize)?, place))).collect();
    let more = view.href_to(only(view, group), ListChoice { form: ListForm::List, page: 1, ..view.choice() });
    let count = view.count("projects.unit", group.rows.len() as u64);
    let heading = match value {
        Some(value) => status(view, Some(value)),
        None => text(view.label(Key::Status, None)),
    };
    let stage = view.stage().name();
    let pair = vec![
        stage_fact("agreed", site.t("stage.agreed.short"), agreed),
        stage_fact(stage, site.t(&format!("stage.{stage}.short")), spent),
    ];
    let more =
        link(more, vec![is("class", "more")], vec![words(site.fill("projects.board.more", &[("count", &count)]))]);
    let parts = vec![
        element("H2", vec![is("id", &id)], vec![heading]),
        said("P", vec![is("class", "count")], count),
        facts("pair", pair),
        element("UL", Vec::new(), cards),
        element("P", Vec::new(), vec![more]),
    ];
    let attributes = vec![is("class", "column"), is("data-key", value.unwrap_or("-")), is("aria-labelledby", &id)];
    element("SECTION", attributes, parts)
}

/// The same choice of works, of this state alone.
fn only(view: View, group: &Group) -> Selection {
    let selection = view.selection();
    let filter = selection.filter.clone().without(Key::Status);
    toggled(&Selection { filter, ..selection }, Key::Status, group.value.as_deref())
}

fn card(view: View, project: &Project, place: u32) -> AnyView {
    let spent = view.spending().map(|spending| spending.at(place as usize)).unwrap_or_default();
    let place = vec![words(format!("{} · ", project.round)), place_of(view, project)];
    let of = vec![
        amount(view, spent, project.currency),
        words(format!(" {} ", view.site.t("projects.board.of"))),
        money(view, project.agreed),
    ];
    let parts = vec![
        work(view, project),
        element("SPAN", vec![is("class", "where muted")], place),
        element("SPAN", vec![is("class", "of")], of),
    ];
    element("LI", vec![is("data-key", &project.id)], parts)
}
