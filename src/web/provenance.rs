//! Where the figures come from, what is real and what is not, and what was found wrong with the files.

use leptos::prelude::*;

use super::app::{Loaded, NETWORK, NotPacked, in_language};
use super::site::Site;
use crate::dataset::{Package, Problem, Severity, TableReport};
use crate::indicators::{SourceCount, records_by_source};
use crate::money::format::NumberStyle;

/// Problems listed on the page; the command lists all.
const LISTED: usize = 30;

/// Where each kind of record comes from.
pub(super) fn provenance(site: Site, loaded: &Loaded) -> AnyView {
    let descriptor = &loaded.package.descriptor;
    let sources = descriptor.sources.iter().map(|source| view! { <li>{source.clone()}</li> }).collect_view();
    let language = site.words().language();
    let (description, language) = in_language(language, &descriptor.description, &descriptor.description_en);
    let licence = descriptor.licenses.join(", ");
    let slug = site.address_now().route.municipality.unwrap_or_default();
    let data = format!("data/{slug}/{}", crate::dataset::DESCRIPTOR_FILE);
    view! {
        <section id="provenance" class="provenance" tabindex="-1">
            <h2>{site.t("provenance.heading")}</h2>
            <p lang=language.tag()>{description.to_owned()}</p>
            {loaded.not_packed.as_ref().map(|why| view! { <p id="not-packed" class="muted">{why_not_packed(site, why)}</p> })}
            {sources_table(site, &loaded.package)}
            <h3>{site.t("provenance.sources")}</h3>
            <ul>{sources}</ul>
            <p>
                {site.fill("provenance.version", &[("version", &descriptor.version), ("licence", &licence)])}
                " "
                <a href=data>{site.t("provenance.descriptor")}</a>
            </p>
        </section>
    }
    .into_any()
}

/// Why the figures come from the CSV files.
fn why_not_packed(site: Site, why: &NotPacked) -> String {
    let reason = match why {
        NotPacked::Stale(file) => site.fill("packed.stale", &[("file", file)]),
        NotPacked::Unavailable(reason) if reason == NETWORK => site.t("packed.network"),
        NotPacked::Unavailable(reason) => site.fill("packed.unavailable", &[("reason", reason)]),
        NotPacked::Fault(fault) => site.t(&format!("packed.{}", fault.name())),
    };
    site.fill("packed.not-used", &[("reason", &reason)])
}

/// How many rounds, projects, lines and yearly totals each source stands behind.
fn sources_table(site: Site, package: &Package) -> AnyView {
    let words = site.words();
    let style = NumberStyle::new(words.language(), &package.descriptor.country);
    let row = |found: SourceCount| {
        let key = format!("source.{}", found.source.as_deref().unwrap_or("none"));
        let name = if words.has(&key) { words.get(&key) } else { found.source.unwrap_or_default() };
        let counts = [found.rounds, found.projects, found.lines, found.totals].map(|count| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            view! { <td>{style.count(count)}</td> }
        });
        view! { <tr><th scope="row">{name}</th>{counts.into_iter().collect_view()}</tr> }
    };
    let rows = records_by_source(package).unwrap_or_default().into_iter().map(row).collect_view();
    let heads = ["key.source", "column.rounds", "column.projects", "column.lines", "column.totals"];
    let heads = heads.map(|key| view! { <th scope="col">{site.t(key)}</th> }).into_iter().collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=site.t("provenance.caption")>
            <table data-by="source">
                <caption>{site.t("provenance.caption")}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A table's rows that are left out, and the money in them, column by column.
fn set_aside_in_words(site: Site, style: &NumberStyle, table: &TableReport) -> String {
    let words = site.words();
    let rows = i64::try_from(table.set_aside.rows).unwrap_or(i64::MAX);
    let mut said = words.plural("problems.aside", rows, &[("n", &style.count(rows)), ("file", &table.file)]);
    for (column, (sum, unreadable)) in &table.set_aside.amounts {
        said.push_str(&site.fill("problems.aside.amount", &[("column", column), ("sum", &style.number(*sum))]));
        if *unreadable > 0 {
            let count = i64::try_from(*unreadable).unwrap_or(i64::MAX);
            said.push_str(&words.plural("problems.aside.unread", count, &[("n", &style.count(count))]));
        }
    }
    said
}

/// What is wrong with the files, and what still holds. Nothing is shown of a clean package.
pub(super) fn problems(site: Site, loaded: &Loaded) -> AnyView {
    let report = &loaded.report;
    if report.is_clean() {
        return ().into_any();
    }
    let words = site.words();
    let style = NumberStyle::new(words.language(), &loaded.package.descriptor.country);
    let problem_words = loaded.problem_words.clone();
    let errors = i64::try_from(report.count(Severity::Error)).unwrap_or(i64::MAX);
    let rows = i64::try_from(report.rows_set_aside()).unwrap_or(i64::MAX);
    let summary = words.plural("problems.summary", errors, &[("n", &errors.to_string())]);
    let set_aside = (rows > 0).then(|| words.plural("problems.set-aside", rows, &[("n", &rows.to_string())]));
    let aside = report.tables.iter().filter(|table| table.set_aside.rows > 0).map(|table| {
        view! { <li>{set_aside_in_words(site, &style, table)}</li> }
    });
    let aside = aside.collect_view();
    let item = |problem: &Problem| {
        let place = match (problem.row, problem.column.as_deref()) {
            (Some(row), Some(column)) => {
                site.fill("problems.place.cell", &[("row", &row.to_string()), ("column", column)])
            }
            (Some(row), None) => site.fill("problems.place.row", &[("row", &row.to_string())]),
            (None, Some(column)) => column.to_owned(),
            (None, None) => String::new(),
        };
        let place = if place.is_empty() { ": ".to_owned() } else { format!(" {place}: ") };
        let message = problem_words.as_ref().map_or_else(|| problem.code.to_string(), |words| words.problem(problem));
        view! { <li><code>{problem.file.clone()}</code>{place}{message}</li> }
    };
    let problems = report.problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let listed = problems.clone().take(LISTED).map(item).collect_view();
    let rest = problems.count().saturating_sub(LISTED);
    let more = (rest > 0).then(|| view! { <p>{site.fill("problems.more", &[("n", &rest.to_string())])}</p> });
    view! {
        <section id="problems" class="problems" role="alert">
            <h2>{summary}</h2>
            <p>{set_aside} " " {site.t("problems.rest-holds")}</p>
            <ul>{aside}</ul>
            <details>
                <summary>{site.t("problems.list")}</summary>
                <ul>{listed}</ul>
                {more}
            </details>
        </section>
    }
    .into_any()
}
