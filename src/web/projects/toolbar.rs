//! What stands above the works: the sentence, the search, the order, and what they are shown as.

use leptos::prelude::*;

use super::shown::{amount, piece, pieces};
use super::view::View;
use crate::indicators::projects::{ListForm, SortBy};
use crate::text::Piece;

/// How many works, what was agreed for them and what has been spent: the sums of what is listed.
pub(super) fn sentence(view: View) -> AnyView {
    let site = view.site;
    let Some(listing) = view.listing() else { return site.t("state.too-large").into_any() };
    let words = site.words();
    let listed = view.count("projects.unit", listing.rows.len() as u64);
    let of = view.count("projects.unit", listing.of as u64);
    let Some(total) = listing.totals.first() else {
        return site.fill("projects.said.none", &[("of", &of)]).into_any();
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
    pieces(words.pieces(key, &args))
}

/// What is in another currency, what is lacking in the sums, and which tables would be needed for more.
pub(super) fn notes(view: View) -> AnyView {
    let site = view.site;
    let Some(listing) = view.listing() else { return ().into_any() };
    let mut notes: Vec<AnyView> = Vec::new();
    for total in listing.totals.iter().skip(1) {
        let count = view.count("projects.unit", total.count);
        notes.push(
            view! {
                <li>
                    {site.fill("projects.other-currency", &[("count", &count)])} " "
                    {amount(view, total.agreed, total.currency)} " " {site.t("stage.agreed")} ", "
                    {amount(view, total.spent, total.currency)} " " {site.t(&format!("stage.{}", view.stage()))}
                </li>
            }
            .into_any(),
        );
    }
    if let Some(total) = listing.totals.first() {
        let missing = [("projects.missing.agreed", total.agreed.missing), ("projects.missing.spent", total.spent.missing)];
        for (key, count) in missing.into_iter().filter(|(_, count)| *count > 0) {
            notes.push(view! { <li>{view.count(key, count)}</li> }.into_any());
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
        notes.push(view! { <li>{site.t(key)}</li> }.into_any());
    }
    view! { <ul class="works-notes muted">{notes}</ul> }.into_any()
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
        let href = view.href_of(crate::indicators::projects::ListChoice { form, page: 1, ..choice });
        let current = (form == choice.form).then_some("true");
        view! { <li><a data-view data-form=form.name() href=href aria-current=current>{site.t(&format!("projects.view.{}", form.name()))}</a></li> }
    };
    let forms = ListForm::ALL.map(form).into_iter().collect_view();
    let order = (choice.form != ListForm::Map).then(|| order(view));
    view! {
        <div class="forms">
            <nav aria-label=site.t("projects.view")><ul>{forms}</ul></nav>
            {order}
        </div>
    }
    .into_any()
}

fn order(view: View) -> AnyView {
    let (site, choice) = (view.site, view.choice());
    let option = |sort: SortBy| {
        let is_chosen = sort == choice.sort;
        view! { <option value=sort.name() selected=is_chosen>{site.t(&format!("projects.sort.{}", sort.name()))}</option> }
    };
    let options = SortBy::ALL.map(option).into_iter().collect_view();
    let turned = view.href_of(choice.sorted_by(choice.sort));
    let is_greatest_first = choice.sort.is_greatest_first() != choice.is_turned;
    let now = if is_greatest_first { "projects.order.down" } else { "projects.order.up" };
    view! {
        <div class="order">
            <label for="sort">{site.t("projects.sort")}</label>
            <select id="sort" prop:value=choice.sort.name()>{options}</select>
            <a id="turn" data-view href=turned title=site.t("projects.order.turn")>
                {site.t(now)} <span class="hidden">": " {site.t("projects.order.turn")}</span>
            </a>
        </div>
    }
    .into_any()
}
