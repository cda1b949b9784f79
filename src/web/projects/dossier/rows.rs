//! The rows a work was read from: which file, which row, and what stands there.

use leptos::prelude::*;

use super::facts::source_name;
use super::money::word;
use crate::dataset::FileRows;
use crate::engine::Key;
use crate::indicators::projects::{Contribution, Dossier, FileLine, project_cells};
use crate::web::element::{element, flag, framed, is, said, words};
use crate::web::projects::shown::{
    cell, day, folded, money, muted, name_cell, no_data, note, part, table, table_row, text, word_cell,
};
use crate::web::projects::view::View;

/// The rows of its files.
pub(super) fn section(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let lead = note(site.t("projects.rows.lead"));
    let body = vec![lead, project(view, dossier), lines(view, dossier), financing(view, dossier)];
    part("rows", site.t("projects.rows"), body)
}

/// The file, as a link to it, and a row of it.
fn place(view: View, rows: &FileRows, row: Option<u32>) -> AnyView {
    let slug = view.site.address_now().route.municipality.unwrap_or_default();
    let href = format!("data/{slug}/{}", rows.path);
    let row = row.map(|row| format!(", {}", view.site.fill("projects.rows.row", &[("n", &row.to_string())])));
    let mut parts = Vec::new();
    if !rows.path.is_empty() {
        let code = said("CODE", Vec::new(), rows.path.clone());
        parts.push(element("A", vec![("href", Some(href)), flag("download", true)], vec![code]));
    }
    parts.extend(row.map(words));
    parts.into_any()
}

/// A file's rows under what they are.
fn file(title: String, name: &str, place: AnyView, rows: AnyView) -> AnyView {
    vec![said("H3", Vec::new(), title), element("P", vec![is("data-file", name)], vec![place]), rows].into_any()
}

fn project(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let package = view.package();
    let rows = &package.file_rows.projects;
    let row = |(column, value): (&'static str, Option<String>)| {
        let blank = || muted(site.t("projects.rows.blank"));
        let cells = vec![
            name_cell(said("CODE", Vec::new(), column.to_owned()), "1"),
            word_cell(value.map_or_else(blank, text)),
        ];
        table_row(column, Vec::new(), cells)
    };
    let cells = project_cells(&dossier.project).into_iter().map(row).collect();
    let columns = vec![(site.t("projects.rows.column"), true), (site.t("projects.rows.value"), true)];
    let table = folded(false, site.t("projects.rows.values"), table("project-row", None, columns, cells, Vec::new()));
    file(site.t("projects.rows.project"), "projects", place(view, rows, rows.get(dossier.place)), table)
}

/// The number of a row.
fn number(view: View, row: Option<u32>) -> AnyView {
    row.map_or_else(|| no_data(view), |row| row.to_string().into_any())
}

fn lines(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let package = view.package();
    let title = site.t("projects.rows.lines");
    let Some(first) = dossier.lines.first() else {
        return file(title, "budget", ().into_any(), note(site.t("projects.road.no-lines")));
    };
    let mut columns = vec![
        (site.t("projects.rows.number"), false),
        (site.t("key.fiscal_year"), false),
        (site.t("key.section"), true),
        (site.t("key.financing_source"), true),
    ];
    columns.extend(first.amounts.iter().map(|(stage, _)| (site.t(&format!("stage.{stage}.short")), false)));
    columns.extend([(site.t("column.as-of"), false), (site.t("key.source"), true)]);
    let line = |line: &FileLine| {
        let mut cells = vec![
            name_cell(number(view, line.row), "1"),
            cell("year", words(line.year.clone().unwrap_or_default())),
            word_cell(text(view.label(Key::Section, line.section.as_deref()))),
            word_cell(text(view.label(Key::FinancingSource, line.financing_source.as_deref()))),
        ];
        cells.extend(line.amounts.iter().map(|(stage, amount)| cell(stage.name(), money(view, *amount))));
        let source = line.source.as_deref().map_or_else(|| no_data(view), |source| text(source_name(view, source)));
        cells.extend([cell("as-of", day(view, line.as_of)), word_cell(source)]);
        table_row(&line.row.map(|row| row.to_string()).unwrap_or_default(), Vec::new(), cells)
    };
    let rows = dossier.lines.iter().map(line).collect();
    let table = framed(title.clone(), table("lines", None, columns, rows, Vec::new()));
    file(title, "budget", place(view, &package.file_rows.budget, None), table)
}

fn financing(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    if dossier.cofinancing.contributions.is_empty() {
        return ().into_any();
    }
    let package = view.package();
    let title = site.t("projects.rows.financing");
    let rows = &package.file_rows.financing;
    let columns = vec![
        (site.t("projects.rows.number"), false),
        (site.t("projects.payers.who"), true),
        (site.t("projects.payers.form"), true),
        (site.t("projects.road.amount"), false),
    ];
    let line = |one: &Contribution| {
        let form = one.form.as_deref();
        let form = form.map_or_else(|| no_data(view), |form| text(word(view, &format!("projects.form.{form}"), form)));
        let cells = vec![
            name_cell(number(view, rows.get(one.place)), "1"),
            word_cell(text(word(view, &format!("projects.payer.{}", one.source), &one.source))),
            word_cell(form),
            cell("amount", money(view, Some(one.amount))),
        ];
        table_row(&one.source, Vec::new(), cells)
    };
    let lines = dossier.cofinancing.contributions.iter().map(line).collect();
    let table = framed(title.clone(), table("financing", None, columns, lines, Vec::new()));
    file(title, "financing", place(view, rows, None), table)
}
