//! The works listed, every page of them, as a table to be kept.

use leptos::prelude::untrack;

use super::list::section_of;
use super::toolbar;
use super::view::View;
use crate::budget::Project;
use crate::engine::Key;
use crate::indicators::projects::{as_of, rate_percent};
use crate::text::SheetCell;
use crate::web::take;

/// Hands the reader the file.
pub(super) fn take_away(view: View) {
    let site = view.site;
    let name = take::file_name(site, &["projects"], "csv");
    if let Some(rows) = untrack(|| sheet(view)) {
        take::table(site, view.said, &name, &rows);
    }
}

/// Every work listed, in the order listed, with what was chosen before them and what they come to after them; `None` where a
/// sum is too large to hold.
fn sheet(view: View) -> Option<Vec<Vec<SheetCell>>> {
    let (site, package) = (view.site, view.package());
    let (listing, spending) = (view.listing()?, view.spending()?);
    let words = |key: &str| SheetCell::Text(site.t(key));
    let stage = site.t(&format!("stage.{}.short", view.stage()));
    let mut table = vec![vec![
        words("projects.column.code"),
        words("projects.column.work"),
        words("key.round"),
        words("key.section"),
        words("key.neighbourhood"),
        words("key.dimension"),
        words("key.status"),
        words("key.currency"),
        words("stage.agreed.short"),
        SheetCell::Text(stage),
        words("column.rate"),
        words("projects.column.votes"),
        words("projects.column.cost"),
    ]];
    let none = site.t("value.none");
    let label = |key: Key, value: &Option<String>| {
        SheetCell::Text(value.as_ref().map_or_else(|| none.clone(), |value| view.label(key, Some(value))))
    };
    let line = |place: u32, project: &Project| {
        let spent = spending.at(place as usize);
        let votes = project.votes.map_or_else(|| SheetCell::text(&*none), |votes| SheetCell::Number(votes.to_string()));
        vec![
            SheetCell::text(&*project.id),
            SheetCell::text(&*project.title),
            SheetCell::Number(project.round.to_string()),
            SheetCell::Text(section_of(view, project).unwrap_or_else(|| none.clone())),
            label(Key::Neighbourhood, &project.neighbourhood),
            label(Key::Dimension, &project.dimension),
            label(Key::Status, &project.status),
            SheetCell::text(project.currency.code()),
            take::amount(project.agreed, &none),
            take::sum(spent, project.currency, &none),
            take::number(rate_percent(project, spent)),
            votes,
            take::amount(project.cost, &none),
        ]
    };
    let works = listing.rows.iter().filter_map(|&place| Some(line(place, package.projects.get(place as usize)?)));
    table.extend(works);
    for total in &listing.totals {
        let mut row = vec![words("table.total")];
        row.resize_with(7, SheetCell::blank);
        row.push(SheetCell::text(total.currency.code()));
        row.push(take::sum(total.agreed, total.currency, &none));
        row.push(take::sum(total.spent, total.currency, &none));
        table.push(row);
    }
    let mut before = take::provenance(site, &package, as_of(&package, &view.selection()));
    before.push(take::address(site, site.address_now()));
    Some(take::sheet(&toolbar::sentence_text(view), before, Vec::new(), table))
}
