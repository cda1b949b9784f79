//! The works by state: a column each, with its count and what its works come to, and the first of them.

use leptos::prelude::*;

use super::filters::toggled;
use super::list::place_of;
use super::shown::{amount, both, status, text};
use super::view::View;
use crate::budget::Project;
use crate::engine::{Key, Tally};
use crate::indicators::projects::{Group, ListChoice, ListForm, groups};

/// Works shown of each column.
const FIRST: usize = 8;

/// The board.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let (Some(listing), Some(spending)) = (view.listing(), view.spending()) else { return ().into_any() };
    if listing.rows.is_empty() {
        return view! { <p class="lead" id="nothing">{site.t("projects.nothing")}</p> }.into_any();
    }
    let package = view.package();
    let found = groups(&package, &spending, &listing.rows, Key::Status).unwrap_or_default();
    let columns = found.iter().map(|group| column(view, group)).collect_view();
    let (agreed, spent) = both(view, &listing.totals);
    let stage = site.t(&format!("stage.{}", view.stage()));
    view! {
        <div class="board">{columns}</div>
        <p class="board-total" data-total="all">
            <strong>{site.t("table.total")} ": " {view.count("projects.unit", listing.rows.len() as u64)}</strong> " · "
            <span data-stage="agreed">{agreed}</span> " " {site.t("stage.agreed")} " · "
            <span data-stage=view.stage().name()>{spent}</span> " " {stage}
        </p>
    }
    .into_any()
}

fn column(view: View, group: &Group) -> AnyView {
    let (site, package) = (view.site, view.package());
    let value = group.value.as_deref();
    let id = format!("column-{}", value.unwrap_or("-"));
    let heading_id = id.clone();
    let (agreed, spent) = both(view, &group.totals);
    let projects = group.rows.iter().take(FIRST);
    let cards =
        projects.filter_map(|&place| Some(card(view, package.projects.get(place as usize)?, place))).collect_view();
    let selection = view.selection();
    let is_chosen = selection.filter.values(Key::Status).is_some_and(|values| values == [group.value.clone()]);
    let only = if is_chosen { selection.clone() } else { toggled(&cleared(view), Key::Status, value) };
    let more = view.href_to(only, ListChoice { form: ListForm::List, page: 1, ..view.choice() });
    let count = view.count("projects.unit", group.rows.len() as u64);
    let heading = match value {
        Some(value) => status(view, Some(value)),
        None => text(view.label(Key::Status, None)),
    };
    let stage = site.t(&format!("stage.{}.short", view.stage()));
    view! {
        <section class="column" data-key=value.unwrap_or("-").to_owned() aria-labelledby=id>
            <h2 id=heading_id>{heading}</h2>
            <p class="count">{count}</p>
            <dl class="pair">
                <div><dt>{site.t("stage.agreed.short")}</dt><dd data-stage="agreed">{agreed}</dd></div>
                <div><dt>{stage}</dt><dd data-stage=view.stage().name()>{spent}</dd></div>
            </dl>
            <ul>{cards}</ul>
            <p><a data-view class="more" href=more>{site.fill("projects.board.more", &[("count", &view.count("projects.unit", group.rows.len() as u64))])}</a></p>
        </section>
    }
    .into_any()
}

fn cleared(view: View) -> crate::indicators::Selection {
    let selection = view.selection();
    crate::indicators::Selection { filter: selection.filter.clone().without(Key::Status), ..selection }
}

fn card(view: View, project: &Project, place: u32) -> AnyView {
    let spent = view.spending().map(|spending| spending.at(place as usize)).unwrap_or_default();
    let agreed = Tally { minor: project.agreed.map(|agreed| agreed.minor), count: 1, missing: 0 };
    view! {
        <li data-key=project.id.clone()>
            <a data-view id=format!("work-{}", project.id) href=view.href_of_work(&project.id) dir="auto">{project.title.clone()}</a>
            <span class="where muted">{project.round.to_string()} " · " {place_of(view, project)}</span>
            <span class="of">
                {amount(view, spent, project.currency)} " " {view.site.t("projects.board.of")} " " {amount(view, agreed, project.currency)}
            </span>
        </li>
    }
    .into_any()
}
