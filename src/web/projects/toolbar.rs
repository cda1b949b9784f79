//! What stands above the works: the sentence, the search, the order, and what they are shown as.

use leptos::prelude::*;

use super::shown::{amount, piece, pieces};
use super::view::View;
use crate::indicators::projects::{ListChoice, ListForm, SortBy};
use crate::text::Piece;
use crate::web::element::{element, flag, is, link, said, words};

/// How many works, what was agreed for them and what has been spent: the sums of what is listed.
pub(super) fn sentence(view: View) -> AnyView {
    pieces(said_of_all(view)).into_any()
}

/// The same as text.
pub(super) fn sentence_text(view: View) -> String {
    let text = |piece: Piece| match piece {
        Piece::Words(words) => words,
        Piece::Amount { shown, .. } => shown,
    };
    said_of_all(view).into_iter().map(text).collect()
}

fn said_of_all(view: View) -> Vec<Piece> {
    let site = view.site;
    let Some(listing) = view.listing() else { return vec![Piece::Words(site.t("state.too-large"))] };
    let listed = view.count("projects.unit", listing.rows.len() as u64);
    let of = view.count("projects.unit", listing.of as u64);
    let Some(total) = listing.totals.first() else {
        return vec![Piece::Words(site.fill("projects.said.none", &[("of", &of)]))];
    };
    let is_some_left_out = listing.rows.len() < listing.of;
    let key = match (is_some_left_out, view.package().has_lines()) {
        (false, true) => "projects.said.all",
        (true, true) => "projects.said.some",
        (false, false) => "projects.said.all-promise",
        (true, false) => "projects.said.some-promise",
    };
    let of_all = view.style().count(i64::try_from(listing.of).unwrap_or(i64::MAX));
    let verb = site.t(&format!("projects.verb.{}", view.stage()));
    let args = [
        ("listed", Piece::Words(listed)),
        ("of", Piece::Words(of_all)),
        ("agreed", piece(view, total.agreed_money())),
        ("spent", piece(view, total.spent_money())),
        ("verb", Piece::Words(verb)),
    ];
    site.words().pieces(key, &args)
}

/// What is in another currency, what is lacking in the sums, and which tables would be needed for more.
pub(super) fn notes(view: View) -> AnyView {
    let site = view.site;
    let Some(listing) = view.listing() else { return ().into_any() };
    let mut notes: Vec<AnyView> = Vec::new();
    for total in listing.totals.iter().skip(1) {
        let count = view.count("projects.unit", total.count);
        let parts = vec![
            words(format!("{} ", site.fill("projects.other-currency", &[("count", &count)]))),
            amount(view, total.agreed, total.currency),
            words(format!(" {}, ", site.t("stage.agreed"))),
            amount(view, total.spent, total.currency),
            words(format!(" {}", site.t(&format!("stage.{}", view.stage())))),
        ];
        notes.push(element("LI", Vec::new(), parts));
    }
    if let Some(total) = listing.totals.first() {
        let missing =
            [("projects.missing.agreed", total.agreed.missing), ("projects.missing.spent", total.spent.missing)];
        for (key, count) in missing.into_iter().filter(|(_, count)| *count > 0) {
            notes.push(said("LI", Vec::new(), view.count(key, count)));
        }
    }
    let package = view.package();
    let needs = [
        ("projects.needs.budget", package.has_lines()),
        ("projects.needs.statuses", package.projects.iter().any(|project| project.status.is_some())),
        ("projects.needs.sections", package.projects.iter().any(|project| project.section.is_some())),
        ("projects.needs.agreed", package.projects.iter().any(|project| project.agreed.is_some())),
    ];
    for (key, _) in needs.into_iter().filter(|(_, has)| !has) {
        notes.push(said("LI", Vec::new(), site.t(key)));
    }
    element("UL", vec![is("class", "works-notes muted")], notes)
}

/// The search box; it is never made anew while someone writes in it.
pub(super) fn search(view: View) -> AnyView {
    let site = view.site;
    view! {
        <form class="search" role="search" action="">
            <label for="q">{site.t("projects.search")}</label>
            <input
                type="search"
                id="q"
                name="q"
                autocomplete="off"
                placeholder=site.t("projects.search.example")
                prop:value=move || view.selection().filter.text
            />
            <button type="submit">{site.t("projects.search.button")}</button>
        </form>
    }
    .into_any()
}

/// List, board, map; and the order.
pub(super) fn forms(view: View) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    let form = |form: ListForm| {
        let href = view.href_of(ListChoice { form, page: 1, ..choice });
        let current = (form == choice.form).then(|| "true".to_owned());
        let name = words(site.t(&format!("projects.view.{}", form.name())));
        let attributes = vec![is("data-form", form.name()), ("aria-current", current)];
        element("LI", Vec::new(), vec![link(href, attributes, vec![name])])
    };
    let forms = element("UL", Vec::new(), ListForm::ALL.map(form).into());
    let mut parts = vec![element("NAV", vec![("aria-label", Some(site.t("projects.view")))], vec![forms])];
    if choice.form != ListForm::Map {
        parts.push(order(view));
    }
    element("DIV", vec![is("class", "forms")], parts)
}

fn order(view: View) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    let option = |sort: SortBy| {
        let name = site.t(&format!("projects.sort.{}", sort.name()));
        said("OPTION", vec![is("value", sort.name()), flag("selected", sort == choice.sort)], name)
    };
    let options: Vec<AnyView> = SortBy::ALL.map(option).into();
    let is_greatest_first = choice.sort.is_greatest_first() != choice.is_turned;
    let now = if is_greatest_first { "projects.order.down" } else { "projects.order.up" };
    let turn = said("SPAN", vec![is("class", "hidden")], format!(": {}", site.t("projects.order.turn")));
    let turned = view.href_of(choice.sorted_by(choice.sort));
    let parts = vec![
        said("LABEL", vec![is("for", "sort")], site.t("projects.sort")),
        view! { <select id="sort" prop:value=choice.sort.name()>{options}</select> }.into_any(),
        link(turned, vec![is("id", "turn")], vec![words(site.t(now)), turn]),
    ];
    element("DIV", vec![is("class", "order")], parts)
}
