//! What is on screen, in words: the sentence, the values of cells, and why something is not shown.

use leptos::prelude::*;

use super::desk::{Desk, State};
use crate::budget::Stage;
use crate::dataset::{AGREED, OUTSIDE};
use crate::engine::{Key, Unanswered, YearBasis};
use crate::indicators::{Coverage, Figure, Lack, Look, Measure, Per, Refused, Selection, Value, base_years, coverage};

/// A cell's value as it is written, without marks.
pub(super) fn value(desk: Desk, figure: &Figure) -> String {
    let (site, style) = (desk.site, desk.style());
    match figure.value {
        Value::Empty => site.t("value.dash"),
        Value::NoData => site.t("value.none"),
        Value::NoIndex => site.t("explore.value.no-index"),
        Value::NoPeople => site.t("explore.value.no-people"),
        Value::NoShare => site.t("value.dash"),
        Value::Amount(money) => style.money(money),
        Value::Count(count) => style.count(count),
        Value::Percent(percent) => style.percent(percent),
    }
}

/// A cell's value with its exact form and its marks.
pub(super) fn shown(desk: Desk, figure: &Figure) -> AnyView {
    let words = value(desk, figure);
    let plain = match figure.value {
        Value::Amount(money) => money.to_plain(),
        Value::Count(count) => count.to_string(),
        Value::Percent(percent) => percent.to_string(),
        Value::Empty | Value::NoData | Value::NoIndex | Value::NoPeople | Value::NoShare => {
            return view! { <span class="muted">{words}</span> }.into_any();
        }
    };
    let mut marks = Vec::new();
    if figure.missing > 0 {
        marks.push(desk.count("value.missing", figure.missing));
    }
    if figure.without_index > 0 {
        marks.push(desk.count("explore.without-index", figure.without_index));
    }
    let mark = (!marks.is_empty() && !matches!(figure.value, Value::Count(_))).then(|| {
        let text = marks.join("; ");
        let title = text.clone();
        view! { <span class="missing" title=title><span aria-hidden="true">"*"</span><span class="hidden">{text}</span></span> }
    });
    view! { <span class="amount"><data value=plain>{words}</data>{mark}</span> }.into_any()
}

/// A key as a noun: `sección`.
pub(super) fn noun(desk: Desk, key: Key) -> String {
    desk.site.t(&format!("explore.key.{}", key.name()))
}

/// A key as a heading: `Sección`.
pub(super) fn heading_of(desk: Desk, key: Key) -> String {
    let noun = noun(desk, key);
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is counted at a stage: `works`, `lines` or `contributions`.
pub(super) fn counted(stage: Stage) -> &'static str {
    match stage {
        Stage::Agreed => "works",
        Stage::Secured => "contributions",
        _ => "lines",
    }
}

/// The values chosen, as the sentence names them.
fn chosen(desk: Desk, selection: &Selection) -> Vec<String> {
    let conditions = selection.filter.conditions.iter();
    let named = conditions.map(|condition| {
        let values: Vec<String> =
            condition.values.iter().map(|value| desk.label(condition.key, value.as_deref())).collect();
        values.join(&desk.site.t("explore.or"))
    });
    named.collect()
}

/// The currency as people call it.
fn currency(desk: Desk, code: &str) -> String {
    let (words, key) = (desk.site.words(), format!("currency.{code}"));
    if words.has(&key) { words.get(&key) } else { code.to_owned() }
}

/// The sentence that says what is on screen.
pub(super) fn sentence(desk: Desk, state: &State) -> String {
    let site = desk.site;
    let (selection, look) = (&state.selection, &state.look);
    let what = match look.measure {
        Measure::Amount => site.t(&format!("explore.what.{}", selection.stage)),
        Measure::Count => site.t(&format!("explore.what.count.{}", counted(selection.stage))),
    };
    let share = look.share.map(|share| site.t(&format!("explore.in.{}", share.name()))).unwrap_or_default();
    let basis = match selection.basis {
        YearBasis::Round => "round",
        YearBasis::Fiscal => "fiscal",
    };
    let years = state.pivot.as_ref().map(|pivot| pivot.years.clone()).unwrap_or_default();
    let when = if years.is_empty() {
        site.t(&format!("explore.when.{basis}.all"))
    } else {
        site.fill(&format!("explore.when.{basis}"), &[("years", &years.join(", "))])
    };
    let rows = noun(desk, state.rows());
    let by = match state.columns() {
        Some(columns) => site.fill("explore.by.two", &[("rows", &rows), ("columns", &noun(desk, columns))]),
        None => site.fill("explore.by.one", &[("rows", &rows)]),
    };
    let unit = unit(desk, state);
    let only = chosen(desk, selection);
    let only = if only.is_empty() { String::new() } else { site.fill("explore.only", &[("chosen", &only.join("; "))]) };
    let text = &selection.filter.text;
    let found = if text.is_empty() { String::new() } else { site.fill("explore.found", &[("text", text)]) };
    let pieces = [
        ("what", &what),
        ("share", &share),
        ("when", &when),
        ("by", &by),
        ("unit", &unit),
        ("only", &only),
        ("found", &found),
    ];
    site.fill("explore.sentence", &pieces.map(|(name, piece)| (name, piece.as_str())))
}

/// In what the amounts are told.
fn unit(desk: Desk, state: &State) -> String {
    let site = desk.site;
    if state.look.measure == Measure::Count || state.look.share.is_some() {
        return String::new();
    }
    let Ok(pivot) = &state.pivot else { return String::new() };
    let currency = currency(desk, pivot.currency.code());
    let mut unit = match state.look.real {
        Some(year) => site.fill("explore.unit.real", &[("currency", &currency), ("year", &year.to_string())]),
        None => site.fill("explore.unit.nominal", &[("currency", &currency)]),
    };
    if pivot.per == Per::Person {
        unit.push_str(&site.t("explore.unit.person"));
    }
    unit
}

/// The sentence, what it comes to, and what must be known to read it.
pub(super) fn heading(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let sentence = sentence(desk, &state);
    let pivot = match &state.pivot {
        Ok(pivot) => pivot,
        Err(Unanswered::SumTooLarge(_)) => return view! { <h1>{site.t("state.too-large")}</h1> }.into_any(),
        Err(Unanswered::RowsNeeded(_)) => return view! { <h1>{site.t("state.rows")}</h1> }.into_any(),
    };
    let total = shown(desk, &pivot.total);
    let behind = desk.count(&format!("explore.unit.{}", counted(pivot.stage)), pivot.total.count);
    let as_of = pivot.as_of.map(|day| site.fill("explore.as-of", &[("date", &site.words().date(day))]));
    view! {
        <h1 dir="auto">{sentence}</h1>
        <p class="lead total" role="status"><strong>{total}</strong> " · " {behind} {as_of.map(|text| format!(" · {text}"))}</p>
        {notes(desk)}
    }
    .into_any()
}

/// What the total does not count, for want of an amount or of a price index; the marks in the table say it cell by cell.
pub(super) fn left_out_of_total(desk: Desk, state: &State) -> Vec<String> {
    let Ok(pivot) = &state.pivot else { return Vec::new() };
    if pivot.measure == Measure::Count {
        return Vec::new();
    }
    let said = [("value.missing", pivot.total.missing), ("explore.without-index", pivot.total.without_index)];
    let said = said.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(key, count)| format!("{}: {}", desk.site.t("table.total"), desk.count(key, count))).collect()
}

/// What a link asked for and is not shown; other currencies; works outside the act; years that are not whole.
fn notes(desk: Desk) -> AnyView {
    let (site, state) = (desk.site, desk.state());
    let Ok(pivot) = &state.pivot else { return ().into_any() };
    let mut notes: Vec<AnyView> =
        state.refused.iter().map(|&refused| view! { <li>{why_refused(desk, refused)}</li> }.into_any()).collect();
    notes.extend(left_out_of_total(desk, &state).into_iter().map(|said| view! { <li>{said}</li> }.into_any()));
    let selection = &state.selection;
    for &other in pivot.currencies.iter().filter(|&&other| other != pivot.currency) {
        let href = desk.href(Selection { currency: Some(other), ..selection.clone() }, &state.look);
        let name = currency(desk, other.code());
        notes.push(
            view! { <li>{site.t("explore.note.currency")} " " <a data-view href=href>{name}</a></li> }.into_any(),
        );
    }
    let package = desk.package();
    let has_lists = package.facts.dictionary(Key::List).is_some_and(|lists| lists.code(OUTSIDE).is_some());
    if has_lists
        && selection.filter.values(Key::List).is_none()
        && state.rows() != Key::List
        && state.columns() != Some(Key::List)
    {
        let filter = selection.filter.clone().with(Key::List, Some(AGREED));
        let href = desk.href(Selection { filter, ..selection.clone() }, &state.look.from_the_top());
        notes.push(
            view! { <li>{site.t("explore.note.outside")} " " <a data-view href=href>{site.t("explore.note.only-agreed")}</a></li> }
                .into_any(),
        );
    }
    if pivot.stage != Stage::Agreed {
        let partial = partial_years(desk, &state);
        if !partial.is_empty() {
            notes.push(
                view! { <li>{site.fill("explore.note.partial", &[("years", &partial.join(", "))])}</li> }.into_any(),
            );
        }
    }
    if !pivot.adds_up() {
        notes.push(view! { <li>{site.t("explore.note.person")}</li> }.into_any());
    }
    if pivot.real.is_none() && pivot.measure == Measure::Amount && pivot.share.is_none() && pivot.years.len() != 1 {
        let link = base_years(&package).last().copied().map(|year| {
            let look = Look { real: Some(year), ..state.look.from_the_top() };
            let name = site.fill("explore.note.real", &[("year", &year.to_string())]);
            view! { " " <a data-view href=desk.href(selection.clone(), &look)>{name}</a> }
        });
        notes.push(view! { <li>{site.t("explore.note.nominal")} {link}</li> }.into_any());
    }
    if notes.is_empty() {
        return ().into_any();
    }
    view! { <ul class="notes muted">{notes}</ul> }.into_any()
}

/// The fiscal years in the table that are not whole.
fn partial_years(desk: Desk, state: &State) -> Vec<String> {
    let package = desk.package();
    let Ok(pivot) = &state.pivot else { return Vec::new() };
    let years: Vec<String> = if state.columns() == Some(Key::FiscalYear) {
        pivot.columns.iter().filter_map(|column| column.value.clone()).collect()
    } else if state.rows() == Key::FiscalYear {
        pivot.rows.iter().filter_map(|row| row.kind.value().flatten().map(str::to_owned)).collect()
    } else if state.selection.basis == YearBasis::Fiscal {
        pivot.years.clone()
    } else {
        Vec::new()
    };
    years.into_iter().filter_map(|year| Some(format!("{year} ({})", until(desk, &package, &year)?))).collect()
}

/// `hasta junio`, for a fiscal year that is not whole.
pub(super) fn until(desk: Desk, package: &crate::dataset::Package, year: &str) -> Option<String> {
    match coverage(package, year.parse().ok()?) {
        Coverage::Whole | Coverage::Unknown => None,
        Coverage::To { month } => {
            let name = desk.site.t(&format!("month.{}", month.max(1)));
            Some(desk.site.fill("explore.until", &[("month", &name)]))
        }
    }
}

/// What cannot be shown, as a noun.
pub(super) fn lack(desk: Desk, lack: Lack) -> String {
    let site = desk.site;
    match lack {
        Lack::Key(key, stage) => {
            let what = site.t(&format!("explore.unit.{}.name", counted(stage)));
            site.fill("explore.lack.key", &[("what", &what), ("key", &noun(desk, key))])
        }
        Lack::Stage(stage) => site.t(&format!("explore.what.{stage}")),
        Lack::People => site.t("explore.lack.people"),
        Lack::Prices => site.t("explore.lack.prices"),
    }
}

fn why_refused(desk: Desk, refused: Refused) -> String {
    let site = desk.site;
    match refused {
        Refused::Lacking(found) => {
            let what = lack(desk, found);
            site.fill("explore.refused.lacking", &[("what", &what), ("needs", found.needs())])
        }
        Refused::Key(key) => site.fill("explore.refused.key", &[("key", key.name())]),
        Refused::Twice(key) => site.fill("explore.refused.twice", &[("key", &noun(desk, key))]),
        Refused::Year(year) => site.fill("explore.refused.year", &[("year", &year.to_string())]),
        Refused::Picture(picture) => {
            let name = site.t(&format!("explore.picture.{}", picture.name()));
            site.fill("explore.refused.picture", &[("picture", &name)])
        }
    }
}
