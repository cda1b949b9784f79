//! The table of differences, every row, to be kept.

use leptos::prelude::untrack;

use super::view::View;
use super::{notes, table, words};
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
    let site = view.site;
    let found = view.comparison().ok()?;
    let heads = table::heads(view, &found).into_iter().map(SheetCell::Text).collect();
    let mut rows: Vec<Vec<SheetCell>> = vec![heads];
    let named = |row: &ComparedRow| view.label(found.key, row.value.as_deref());
    rows.extend(found.rows.iter().map(|row| line(view, &found, named(row), row)));
    rows.push(line(view, &found, site.t("table.total"), &found.total));
    let [a, b] = &found.sides;
    let mut before = take::provenance(site, &view.package(), if b.is_other { a.as_of } else { a.as_of.max(b.as_of) });
    if b.is_other {
        before.extend(take::provenance(site, &view.package_of(true), b.as_of));
    }
    before.push(take::address(site, site.address_now()));
    let mut said = vec![table::title(view, &found)];
    said.extend(notes::read_as(view, &found));
    said.extend(notes::is_of_the_act(view).then(|| site.t("compare.note.agreed-only")));
    Some(take::sheet(&table::sentence(view, &found), before, said, rows))
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
    let mut why = words::why(view, found, row);
    // What a mark beside the amount says on the page.
    why.extend(found.sides.iter().zip(&row.sides).filter(|(_, compared)| compared.missing > 0).map(
        |(side, compared)| format!("{}: {}", words::side(view, side), view.count("value.missing", compared.missing)),
    ));
    cells.push(SheetCell::Text(why.join("; ")));
    cells
}

fn cell(shown: Shown) -> SheetCell {
    match shown {
        Shown::Money(money) => SheetCell::Number(money.to_plain()),
        Shown::Percent(percent) => SheetCell::Number(percent.to_string()),
    }
}
