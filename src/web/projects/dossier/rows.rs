//! The rows a work was read from: which file, which row, and what stands there.

use leptos::prelude::*;

use super::facts::source_name;
use super::money::word;
use crate::dataset::FileRows;
use crate::engine::Key;
use crate::indicators::projects::{Contribution, Dossier, FileLine, project_cells};
use crate::web::projects::shown::{day, money, no_data, text};
use crate::web::projects::view::View;

/// The rows of its files.
pub(super) fn section(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    view! {
        <section class="rows" id="rows">
            <h2>{site.t("projects.rows")}</h2>
            <p class="muted">{site.t("projects.rows.lead")}</p>
            {project(view, dossier)}
            {lines(view, dossier)}
            {financing(view, dossier)}
        </section>
    }
    .into_any()
}

/// The file, as a link to it, and a row of it.
fn place(view: View, rows: &FileRows, row: Option<u32>) -> AnyView {
    let slug = view.site.address_now().route.municipality.unwrap_or_default();
    let href = format!("data/{slug}/{}", rows.path);
    let row = row.map(|row| view.site.fill("projects.rows.row", &[("n", &row.to_string())]));
    let row = row.map(|row| view! { ", " {row} });
    if rows.path.is_empty() {
        return view! { <span>{row}</span> }.into_any();
    }
    view! { <span><a href=href download=""><code>{rows.path.clone()}</code></a>{row}</span> }.into_any()
}

fn project(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let package = view.package();
    let rows = &package.file_rows.projects;
    let cells = project_cells(&dossier.project).into_iter().map(|(column, value)| {
        let value =
            value.map_or_else(|| view! { <span class="muted">{site.t("projects.rows.blank")}</span> }.into_any(), text);
        view! { <tr><th scope="row"><code>{column}</code></th><td class="words">{value}</td></tr> }
    });
    let cells = cells.collect_view();
    view! {
        <h3>{site.t("projects.rows.project")}</h3>
        <p data-file="projects">{place(view, rows, rows.get(dossier.place))}</p>
        <details>
            <summary>{site.t("projects.rows.values")}</summary>
            <table class="cells" data-by="project-row">
                <thead><tr><th scope="col">{site.t("projects.rows.column")}</th><th scope="col">{site.t("projects.rows.value")}</th></tr></thead>
                <tbody>{cells}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn lines(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let package = view.package();
    let Some(first) = dossier.lines.first() else {
        return view! { <h3>{site.t("projects.rows.lines")}</h3><p class="muted">{site.t("projects.road.no-lines")}</p> }.into_any();
    };
    let stages =
        first.amounts.iter().map(|(stage, _)| view! { <th scope="col">{site.t(&format!("stage.{stage}.short"))}</th> });
    let stages = stages.collect_view();
    let line = |line: &FileLine| {
        let amounts = line
            .amounts
            .iter()
            .map(|(stage, amount)| view! { <td data-stage=stage.name()>{money(view, *amount)}</td> });
        let amounts = amounts.collect_view();
        let row = line.row.map_or_else(|| no_data(view), |row| row.to_string().into_any());
        let section = view.label(Key::Section, line.section.as_deref());
        let financing = view.label(Key::FinancingSource, line.financing_source.as_deref());
        let source = line.source.as_deref().map_or_else(|| no_data(view), |source| text(source_name(view, source)));
        view! {
            <tr>
                <th scope="row">{row}</th>
                <td>{line.year.clone()}</td>
                <td class="words">{text(section)}</td>
                <td class="words">{text(financing)}</td>
                {amounts}
                <td>{day(view, line.as_of)}</td>
                <td class="words">{source}</td>
            </tr>
        }
    };
    let rows = dossier.lines.iter().map(line).collect_view();
    view! {
        <h3>{site.t("projects.rows.lines")}</h3>
        <p data-file="budget">{place(view, &package.file_rows.budget, None)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=site.t("projects.rows.lines")>
            <table class="cells" data-by="lines">
                <thead><tr>
                    <th scope="col">{site.t("projects.rows.number")}</th>
                    <th scope="col">{site.t("key.fiscal_year")}</th>
                    <th scope="col">{site.t("key.section")}</th>
                    <th scope="col">{site.t("key.financing_source")}</th>
                    {stages}
                    <th scope="col">{site.t("column.as-of")}</th>
                    <th scope="col">{site.t("key.source")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn financing(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    if dossier.cofinancing.contributions.is_empty() {
        return ().into_any();
    }
    let package = view.package();
    let file = &package.file_rows.financing;
    let line = |one: &Contribution| {
        let row = file.get(one.place).map_or_else(|| no_data(view), |row| row.to_string().into_any());
        let form = one
            .form
            .as_deref()
            .map_or_else(|| no_data(view), |form| text(word(view, &format!("projects.form.{form}"), form)));
        view! {
            <tr>
                <th scope="row">{row}</th>
                <td class="words">{text(word(view, &format!("projects.payer.{}", one.source), &one.source))}</td>
                <td class="words">{form}</td>
                <td>{money(view, Some(one.amount))}</td>
            </tr>
        }
    };
    let rows = dossier.cofinancing.contributions.iter().map(line).collect_view();
    view! {
        <h3>{site.t("projects.rows.financing")}</h3>
        <p data-file="financing">{place(view, file, None)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=site.t("projects.rows.financing")>
            <table class="cells" data-by="financing">
                <thead><tr>
                    <th scope="col">{site.t("projects.rows.number")}</th>
                    <th scope="col">{site.t("projects.payers.who")}</th>
                    <th scope="col">{site.t("projects.payers.form")}</th>
                    <th scope="col">{site.t("projects.road.amount")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
