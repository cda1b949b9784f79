//! A work's days, what changed, its states, and what is not published of it.

use leptos::prelude::*;

use super::money::word;
use crate::budget::Change;
use crate::engine::Key;
use crate::indicators::projects::{Deadline, Dossier, Gap, change_money};
use crate::web::element::{element, is, said, words};
use crate::web::projects::shown::{day, fact, facts, money, no_data, note, part, status, text};
use crate::web::projects::view::View;

/// When it was to be done and when it was.
pub(super) fn dates(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let dates = &dossier.dates;
    let days = |key: &str, count: i64| view.count(key, count.unsigned_abs());
    let told = match dates.deadline {
        Deadline::OnTime(0) => site.t("projects.deadline.on-the-day"),
        Deadline::OnTime(early) => days("projects.deadline.early", early),
        Deadline::Late(late) => days("projects.deadline.late", late),
        Deadline::Overdue(late) => days("projects.deadline.overdue", late),
        Deadline::NotYet => site.t("projects.deadline.not-yet"),
        Deadline::GivenUp => site.t("projects.deadline.given-up"),
        Deadline::Unknown => site.t("projects.deadline.unknown"),
    };
    let kind = match dates.deadline {
        Deadline::Late(_) | Deadline::Overdue(_) => "late",
        Deadline::OnTime(_) => "on-time",
        _ => "unknown",
    };
    let known = [
        ("agreed_on", dates.agreed_on),
        ("actual_start", dates.started),
        ("planned_end", dates.planned_end),
        ("actual_end", dates.ended),
        ("status_date", dates.status_date),
    ];
    let name = |column: &str| site.t(&format!("projects.field.{column}"));
    let pairs = known.into_iter().map(|(column, date)| fact(column, name(column), day(view, date))).collect();
    let told = element("P", vec![is("data-deadline", kind)], vec![said("STRONG", Vec::new(), told)]);
    let mut body = vec![told, facts("facts", pairs)];
    if let Some(worked) = dates.worked_days {
        body.push(note(days("projects.dates.worked", worked)));
    }
    part("dates", site.t("projects.dates"), body)
}

/// What changed between what was agreed and what was done.
pub(super) fn changes(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let body = if dossier.changes.is_empty() {
        let key = if view.package().changes.is_empty() { "projects.needs.changes" } else { "projects.changes.none" };
        note(site.t(key))
    } else {
        let items = dossier.changes.iter().map(|change| item(view, dossier, change)).collect();
        element("OL", vec![is("class", "changes")], items)
    };
    part("changed", site.t("projects.changes"), vec![body])
}

fn item(view: View, dossier: &Dossier, change: &Change) -> AnyView {
    let site = view.site;
    let value = |value: &Option<String>| match value.as_deref() {
        None => no_data(view),
        Some(value) if change.kind == "section" => text(view.label(Key::Section, Some(value))),
        Some(value) if change.kind == "amount" => match change_money(value, dossier.project.currency) {
            Some(amount) => money(view, Some(amount)),
            None => text(value.to_owned()),
        },
        Some(value) => text(value.to_owned()),
    };
    let kind = text(word(view, &format!("projects.change.{}", change.kind), &change.kind));
    let mut parts = vec![element("STRONG", Vec::new(), vec![kind]), words(" · "), day(view, change.date)];
    parts.extend(change.reason.clone().map(|reason| element("P", Vec::new(), vec![text(reason)])));
    if change.before.is_some() || change.after.is_some() {
        let before = fact("before", site.t("projects.changes.before"), value(&change.before));
        let after = fact("after", site.t("projects.changes.after"), value(&change.after));
        parts.push(facts("pair", vec![before, after]));
    }
    element("LI", vec![is("data-kind", &change.kind)], parts)
}

/// The states it was in.
pub(super) fn history(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let body = if dossier.history.is_empty() {
        note(site.t("projects.needs.history"))
    } else {
        let items = dossier.history.iter().map(|one| {
            element("LI", Vec::new(), vec![day(view, Some(one.date)), words(": "), status(view, Some(&one.status))])
        });
        element("OL", vec![is("class", "states")], items.collect())
    };
    part("past", site.t("projects.history"), vec![body])
}

/// What is not published of it, each thing by name.
pub(super) fn gaps(view: View, dossier: &Dossier) -> AnyView {
    let site = view.site;
    let body = if dossier.gaps.is_empty() {
        note(site.t("projects.gaps.none"))
    } else {
        let items = dossier.gaps.iter().map(|gap| missing(view, gap)).collect();
        element("UL", vec![is("class", "gaps")], items)
    };
    part("lacking", site.t("projects.gaps"), vec![body])
}

fn missing(view: View, gap: &Gap) -> AnyView {
    let site = view.site;
    let name = if gap.column.is_empty() {
        site.t(&format!("projects.table.{}", gap.table))
    } else {
        site.t(&format!("projects.field.{}", gap.column))
    };
    let place = match gap.column {
        "" => format!("{}.csv", gap.table),
        column => format!("{}.csv, {column}", gap.table),
    };
    let whose = if gap.is_of_all { format!(" {}", site.t("projects.gaps.of-all")) } else { String::new() };
    let place = vec![words("("), said("CODE", Vec::new(), place), words(format!("){whose}"))];
    let key = if gap.column.is_empty() { gap.table } else { gap.column };
    let place = element("SPAN", vec![is("class", "muted")], place);
    element("LI", vec![is("data-gap", key)], vec![words(format!("{name} ")), place])
}
