//! The table of differences, every row, to be kept.

use leptos::prelude::untrack;

use super::view::View;
use super::{table, words};
use crate::indicators::{Compared, ComparedRow, Comparison, Shown};
use crate::text::SheetCell;
use crate::web::take;

/// Hands the reader the file.
pub(super) fn take_away(view: View) {
    let site = view.site;
    let Some(rows) = untrack(|| sheet(view)) else { return };
    let parts = untrack(|| view.comparison()).map(|found| [found.key.name(), found.sides[0].stage.name()]);
    let [key, stage] = parts.unwrap_or_default();
    take::table(site, view.said, &take::file_name(site, &["compare", key, stage], "csv"), &rows);
}

fn sheet(view: View) -> Option<Vec<Vec<SheetCell>>> {
    let (site, package) = (view.site, view.package());
    let found = view.comparison().ok()?;
    let heads = table::heads(view, &found).into_iter().map(SheetCell::Text).collect();
    let mut rows: Vec<Vec<SheetCell>> = vec![heads];
    let named = |row: &ComparedRow| view.label(found.key, row.value.as_deref());
    rows.extend(found.rows.iter().map(|row| line(view, &found, named(row), row)));
    rows.push(line(view, &found, site.t("table.total"), &found.total));
    let notes = vec![table::title(view, &found)];
    let as_of = package.as_of(&site.selection().filter).ok().flatten();
    let provenance = take::provenance(site, &package, as_of, site.address_now());
    Some(take::sheet(&table::sentence(view, &found), provenance, notes, rows))
}

fn line(view: View, found: &Comparison, name: String, row: &ComparedRow) -> Vec<SheetCell> {
    let side = |compared: &Compared| match compared.shown {
        Some(shown) => cell(shown),
        None if compared.count == 0 => SheetCell::blank(),
        None => SheetCell::Text(view.site.t("value.none")),
    };
    let mut cells = vec![SheetCell::Text(name)];
    cells.extend(row.sides.iter().map(side));
    cells.push(row.difference.map_or_else(SheetCell::blank, cell));
    if table::has_percents(found) {
        cells.push(take::number(row.percent));
    }
    if found.is_ranked {
        cells.push(SheetCell::Text(table::places(view, row)));
    }
    cells.push(SheetCell::Text(words::why(view, found, row).join("; ")));
    cells
}

fn cell(shown: Shown) -> SheetCell {
    match shown {
        Shown::Money(money) => SheetCell::Number(money.to_plain()),
        Shown::Percent(percent) => SheetCell::Number(percent.to_string()),
    }
}
