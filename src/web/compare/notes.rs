//! How the figures are to be read, and what cannot be shown: each with the table it needs.

use leptos::prelude::*;

use super::view::{Other, View};
use super::words;
use crate::budget::Stage;
use crate::dataset::{OUTSIDE, Package};
use crate::engine::{Key, Unanswered, YearBasis};
use crate::indicators::{CompareBy, ComparedAs, Comparison, Lacking, Refusal, Selection, base_years};

/// The notes above the table.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let mut notes: Vec<AnyView> = Vec::new();
    let mut say = |text: String| notes.push(view! { <li>{text}</li> }.into_any());
    match (view.query().with, view.other.get()) {
        (Some(slug), Other::Failed) => say(site.fill("compare.other.failed", &[("name", &slug)])),
        (Some(slug), Other::Fetching(_) | Other::None) => say(site.fill("compare.other.fetching", &[("name", &slug)])),
        _ => {}
    }
    match view.comparison() {
        Ok(_) if view.is_waiting() => {}
        Ok(found) => {
            read_as(view, &found).into_iter().for_each(&mut say);
        }
        // The heading says why.
        Err(_refusal) => {}
    }
    needs(view, &view.package()).into_iter().for_each(&mut say);
    let outside = outside(view);
    view! { <ul class="notes" id="notes">{notes}{outside}</ul> }.into_any()
}

/// Why two sides are not compared.
pub(super) fn refused(view: View, refusal: Refusal) -> String {
    let site = view.site;
    match refusal {
        Refusal::Unanswered(Unanswered::RowsNeeded(_)) => site.t("state.rows"),
        Refusal::Unanswered(Unanswered::SumTooLarge(_)) => site.t("state.too-large"),
        Refusal::Currency { own, other } => {
            site.fill("compare.refused.currency", &[("own", own.code()), ("other", other.code())])
        }
        Refusal::Empty { .. } if has_one_year(view) => site.t("compare.needs.years"),
        Refusal::Empty { side } => {
            site.t(if side == 0 { "compare.refused.empty-a" } else { "compare.refused.empty-b" })
        }
    }
}

/// Whether years are to be compared and there is one only.
fn has_one_year(view: View) -> bool {
    let query = view.query();
    let is_by_years = query.by == CompareBy::Years && query.with.is_none();
    is_by_years && view.package().facts.values(view.site.selection().basis.key()).len() < 2
}

/// How the figures of the table are to be read.
pub(super) fn read_as(view: View, found: &Comparison) -> Vec<String> {
    let site = view.site;
    let mut notes = Vec::new();
    let [a, b] = &found.sides;
    if a.stage != b.stage {
        let stages = [("a", words::stage(view, a.stage)), ("b", words::stage(view, b.stage))];
        notes.push(site.fill("compare.note.stages", &stages.each_ref().map(|(name, stage)| (*name, stage.as_str()))));
    }
    if let Some(year) = found.real {
        notes.push(site.fill("compare.note.real", &[("year", &year.to_string())]));
    }
    if found.measure == ComparedAs::PerPerson {
        let year = |side: &crate::indicators::ComparedSide| {
            side.people_year.map_or_else(|| site.t("value.none"), |year| year.to_string())
        };
        let args = [("a", words::side(view, a)), ("year_a", year(a)), ("b", words::side(view, b)), ("year_b", year(b))];
        notes.push(site.fill("compare.note.person", &args.each_ref().map(|(name, text)| (*name, text.as_str()))));
    }
    if found.measure == ComparedAs::Share {
        notes.push(site.t("compare.note.share"));
    }
    match found.same_months {
        Some(month) => {
            notes.push(site.fill("compare.note.same-months", &[("month", &site.t(&format!("month.{month}")))]));
        }
        None => {
            for partial in found.sides.iter().flat_map(|side| &side.partial) {
                let until = words::until(view, partial);
                notes.push(site.fill("compare.note.partial", &[("year", &partial.year), ("until", &until)]));
            }
        }
    }
    let lacks = |what: fn(&Lacking) -> bool| {
        let rows = found.rows.iter().chain([&found.total]);
        rows.flat_map(|row| &row.sides).any(|side| side.lacking.as_ref().is_some_and(what))
    };
    if lacks(|lacking| matches!(lacking, Lacking::Index(_))) {
        notes.push(site.t("compare.needs.index-year"));
    }
    if lacks(|lacking| matches!(lacking, Lacking::People)) {
        notes.push(site.t("compare.needs.people-year"));
    }
    notes
}

/// What the package has no table for.
fn needs(view: View, package: &Package) -> Vec<String> {
    let site = view.site;
    let lacking = [
        (base_years(package).is_empty(), "compare.needs.price_index"),
        (!package.has_population(), "compare.needs.population"),
        (package.sections.is_empty(), "compare.needs.sections"),
        (!package.has_lines(), "compare.needs.lines"),
    ];
    lacking.into_iter().filter(|(is_lacking, _)| *is_lacking).map(|(_, key)| site.t(key)).collect()
}

/// Whether only works of the act are compared: by round they are, where nothing else is chosen.
pub(super) fn is_of_the_act(view: View) -> bool {
    let selection = view.site.selection();
    let has_list = selection.basis == YearBasis::Round && view.package().facts.has(Stage::Agreed);
    has_list && selection.filter.values(Key::List).is_none()
}

/// That the works outside the act are a link away.
fn outside(view: View) -> AnyView {
    if !is_of_the_act(view) {
        return ().into_any();
    }
    let site = view.site;
    let selection = site.selection();
    let filter = selection.filter.clone().with(Key::List, Some(OUTSIDE));
    let href = site.href(Selection { filter, ..selection });
    view! { <li>{site.t("compare.note.agreed-only")}" "<a data-view href=href>{site.t("compare.note.see-outside")}</a></li> }
        .into_any()
}
