//! What the page says of sides, amounts and reasons.

use leptos::prelude::*;

use super::view::View;
use crate::budget::Stage;
use crate::engine::Key;
use crate::indicators::{
    Change, Compared, ComparedAs, ComparedRow, ComparedSide, Comparison, Lacking, Partial, Shown, WhyDifferent,
};

/// What a side is called: `2001`, `2000 y 2001`, `Sección 3`, `San Juan de Miraflores, 2004`; with until when it goes.
pub(super) fn side(view: View, side: &ComparedSide) -> String {
    let site = view.site;
    let package = view.package_of(side.is_other);
    let several = |names: Vec<String>| listed(view, &names);
    let years = several(side.years.clone());
    let name = if !side.sections.is_empty() {
        let sections = side.sections.iter().map(|section| view.label_in(&package, Key::Section, section.as_deref()));
        several(sections.collect())
    } else if view.query().with.is_some() {
        let title = package.descriptor.title.clone();
        site.fill("compare.side.of", &[("name", &title), ("years", &years)])
    } else {
        years
    };
    match side.partial.last() {
        Some(partial) => site.fill("compare.side.partial", &[("name", &name), ("until", &until(view, partial))]),
        None => name,
    }
}

/// `hasta junio`; `hasta junio de 2003` for a round, which may go on in another year.
pub(super) fn until(view: View, partial: &Partial) -> String {
    let site = view.site;
    let Some(month) = partial.month.filter(|&month| month > 0) else { return site.t("compare.until.unknown") };
    let month = site.t(&format!("month.{month}"));
    match partial.month_year.map(|year| year.to_string()).filter(|year| *year != partial.year) {
        Some(year) => site.fill("compare.until.year", &[("month", &month), ("year", &year)]),
        None => site.fill("compare.until", &[("month", &month)]),
    }
}

/// `a`, `a y b`, `a, b y c`.
pub(super) fn listed(view: View, names: &[String]) -> String {
    match names {
        [] => view.site.t("value.dash"),
        [one] => one.clone(),
        [rest @ .., last] => view.site.fill("compare.and", &[("list", &rest.join(", ")), ("last", last)]),
    }
}

/// A stage in a sentence.
pub(super) fn stage(view: View, stage: Stage) -> String {
    view.site.t(&format!("stage.{stage}"))
}

/// A stage at the head of a column.
pub(super) fn stage_short(view: View, stage: Stage) -> String {
    view.site.t(&format!("stage.{stage}.short"))
}

/// In what the amounts of the page are told: soles, soles of 2000, soles per person, percent.
pub(super) fn unit(view: View, found: &Comparison) -> String {
    let site = view.site;
    let symbol = crate::money::format::symbol(&found.currency).to_owned();
    let money = match found.real {
        Some(year) => site.fill("compare.unit.real", &[("currency", &symbol), ("year", &year.to_string())]),
        None => symbol,
    };
    match found.measure {
        ComparedAs::Total => money,
        ComparedAs::PerPerson => site.fill("compare.unit.person", &[("currency", &money)]),
        ComparedAs::Share => site.t("compare.unit.share"),
    }
}

/// A value with its exact figure, or why there is none.
pub(super) fn value(view: View, compared: &Compared) -> AnyView {
    let Some(found) = compared.shown else {
        let text = if compared.count == 0 { "value.dash" } else { "value.none" };
        return view! { <span class="muted">{view.site.t(text)}</span> }.into_any();
    };
    let missing = (compared.missing > 0).then(|| {
        let text = view.count("value.missing", compared.missing);
        let title = text.clone();
        view! { <span class="missing" title=title><span aria-hidden="true">"*"</span><span class="hidden">{text}</span></span> }
    });
    view! { <span class="amount">{plain(view, found)}{missing}</span> }.into_any()
}

/// A value as it stands.
pub(super) fn plain(view: View, found: Shown) -> AnyView {
    let (exact, text) = match found {
        Shown::Money(money) => (money.to_plain(), view.style().money(money)),
        Shown::Percent(percent) => (percent.to_string(), view.style().percent(percent)),
    };
    view! { <data value=exact>{text}</data> }.into_any()
}

/// A value in words, for pictures and sentences.
pub(super) fn text(view: View, found: Shown) -> String {
    match found {
        Shown::Money(money) => view.style().money(money),
        Shown::Percent(percent) => view.style().percent(percent),
    }
}

/// A difference: with its sign, always.
pub(super) fn difference(view: View, found: Option<Shown>) -> AnyView {
    let site = view.site;
    let Some(found) = found else {
        return view! { <span class="muted">{site.t("value.dash")}</span> }.into_any();
    };
    let (exact, text) = match found {
        Shown::Money(money) => (money.to_plain(), signed(money.minor > 0, view.style().money(money))),
        Shown::Percent(points) => {
            let is_more = points.is_sign_positive() && !points.is_zero();
            let number = signed(is_more, view.style().number(points));
            (points.to_string(), site.fill("compare.points", &[("n", &number)]))
        }
    };
    view! { <data value=exact>{text}</data> }.into_any()
}

/// A sentence that begins with a capital.
pub(super) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Puts a plus before what is more.
pub(super) fn signed(is_more: bool, text: String) -> String {
    if is_more { format!("+{text}") } else { text }
}

/// Why a row's difference is no plain one, in words.
pub(super) fn why(view: View, found: &Comparison, row: &ComparedRow) -> Vec<String> {
    let names = found.sides.each_ref().map(|one| side(view, one));
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    row.why.iter().map(|why| reason(view, found, why, &name)).collect()
}

fn reason(view: View, found: &Comparison, why: &WhyDifferent, name: &dyn Fn(usize) -> String) -> String {
    let site = view.site;
    let code = |code: &String| view.label(found.key, Some(code));
    let on_side = |key: &str, place: usize| site.fill(key, &[("side", &name(place))]);
    match why {
        WhyDifferent::New { side } => on_side("compare.why.new", *side),
        WhyDifferent::Ended { side } => on_side("compare.why.ended", *side),
        WhyDifferent::Only { side } => on_side("compare.why.only", *side),
        WhyDifferent::Crossed(Change::Renamed { from }) => site.fill("compare.why.renamed", &[("from", &code(from))]),
        WhyDifferent::Crossed(Change::Split { from }) => site.fill("compare.why.split", &[("from", &code(from))]),
        WhyDifferent::Crossed(Change::Moved { from }) => {
            let from: Vec<String> = from.iter().map(code).collect();
            site.fill("compare.why.moved", &[("from", &listed(view, &from))])
        }
        WhyDifferent::Crossed(Change::NotComparable) => site.t("compare.why.not-comparable"),
        WhyDifferent::Lacking { side, what } => lacking(view, *what, found, *side, &name(*side)),
        WhyDifferent::Partial { side } => on_side("compare.why.partial", *side),
    }
}

fn lacking(view: View, what: Lacking, found: &Comparison, place: usize, name: &str) -> String {
    let site = view.site;
    match what {
        Lacking::Amount => site.fill("compare.why.no-amount", &[("side", name)]),
        Lacking::Index(year) => {
            let year = year.map_or_else(|| site.t("value.dash"), |year| year.to_string());
            site.fill("compare.why.no-index", &[("side", name), ("year", &year)])
        }
        Lacking::People => {
            let year = found.sides.get(place).and_then(|side| side.people_year);
            match year {
                Some(_) => site.fill("compare.why.no-people-here", &[("side", name)]),
                None => site.fill("compare.why.no-people", &[("side", name)]),
            }
        }
        Lacking::Total => site.fill("compare.why.no-total", &[("side", name)]),
        Lacking::TooLarge => site.fill("compare.why.too-large", &[("side", name)]),
    }
}
