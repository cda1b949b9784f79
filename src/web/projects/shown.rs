//! Amounts, counts and texts of the data as they stand on the page.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::view::View;
use crate::budget::Date;
use crate::engine::{Key, Tally};
use crate::indicators::projects::GroupTotal;
use crate::money::{Currency, Money};
use crate::text::Piece;

/// An amount with its exact value, or why there is none: no rows is a dash, rows without an amount are "no data".
pub(super) fn amount(view: View, tally: Tally, currency: Currency) -> AnyView {
    let Some(minor) = tally.minor else {
        return if tally.count == 0 { dash(view) } else { no_data(view) };
    };
    let missing = (tally.missing > 0).then(|| {
        let text = view.count("value.missing", tally.missing);
        let title = text.clone();
        view! { <span class="missing" title=title><span aria-hidden="true">"*"</span><span class="hidden">{text}</span></span> }
    });
    let money = Money::new(minor, currency);
    view! { <span class="amount"><data value=money.to_plain()>{view.style().money(money)}</data>{missing}</span> }
        .into_any()
}

/// An amount that is published or not.
pub(super) fn money(view: View, money: Option<Money>) -> AnyView {
    match money {
        Some(money) => view! { <data value=money.to_plain()>{view.style().money(money)}</data> }.into_any(),
        None => no_data(view),
    }
}

/// What stands where nothing is published.
pub(super) fn no_data(view: View) -> AnyView {
    view! { <span class="muted">{view.site.t("value.none")}</span> }.into_any()
}

/// A percentage, or a dash where there is none to give.
pub(super) fn percent(view: View, percent: Option<Decimal>) -> String {
    percent.map_or_else(|| view.site.t("value.dash"), |percent| view.style().percent(percent))
}

/// A count of the data, or "no data".
pub(super) fn number(view: View, count: Option<i64>) -> AnyView {
    match count {
        Some(count) => view! { <data value=count.to_string()>{view.style().count(count)}</data> }.into_any(),
        None => no_data(view),
    }
}

/// A day, or "no data".
pub(super) fn day(view: View, date: Option<Date>) -> AnyView {
    match date {
        Some(date) => view! { <time datetime=date.to_string()>{view.site.words().date(date)}</time> }.into_any(),
        None => no_data(view),
    }
}

/// A text of the data, which may be of any length and run in any direction.
pub(super) fn text(text: String) -> AnyView {
    view! { <bdi class="text">{text}</bdi> }.into_any()
}

/// The name of a value, or "no data" where there is none.
pub(super) fn named(view: View, key: Key, value: Option<&str>) -> AnyView {
    match value {
        Some(value) => text(view.label(key, Some(value))),
        None => no_data(view),
    }
}

/// A state: its shape and its name.
pub(super) fn status(view: View, status: Option<&str>) -> AnyView {
    let symbol = status.map(|status| view.mark(Some(status)).symbol());
    let mark = symbol.map(|symbol| view! { <span class="mark" aria-hidden="true">{symbol}</span> });
    let name = match status {
        Some(status) => text(view.label(Key::Status, Some(status))),
        None => no_data(view),
    };
    view! { <span class="status">{mark}{name}</span> }.into_any()
}

/// Pieces of a sentence, its amounts marked with their exact values.
pub(super) fn pieces(pieces: Vec<Piece>) -> AnyView {
    let piece = |piece: Piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Amount { plain, shown } => view! { <data value=plain>{shown}</data> }.into_any(),
    };
    pieces.into_iter().map(piece).collect_view().into_any()
}

/// An amount in a sentence.
pub(super) fn piece(view: View, money: Option<Money>) -> Piece {
    match money {
        Some(money) => Piece::Amount { plain: money.to_plain(), shown: view.style().money(money) },
        None => Piece::Words(view.site.t("value.none")),
    }
}

/// Two amounts of each currency, one currency a line.
pub(super) fn both(view: View, totals: &[GroupTotal]) -> (AnyView, AnyView) {
    let lines = |of: fn(&GroupTotal) -> Tally| {
        let line = |total: &GroupTotal| view! { <div>{amount(view, of(total), total.currency)}</div> };
        totals.iter().map(line).collect_view().into_any()
    };
    if totals.is_empty() {
        return (dash(view), dash(view));
    }
    (lines(|total| total.agreed), lines(|total| total.spent))
}

// What the page's parts are built of. Each is compiled into the page once, where a macro at every place would be each time.

/// A remark.
pub(super) fn note(text: String) -> AnyView {
    view! { <p class="muted">{text}</p> }.into_any()
}

/// A part of the page under its heading.
pub(super) fn part(class: &'static str, title: String, body: Vec<AnyView>) -> AnyView {
    view! { <section class=class><h2>{title}</h2>{body}</section> }.into_any()
}

/// What is asked and what is published.
pub(super) fn fact(role: &'static str, name: String, value: AnyView) -> AnyView {
    view! { <div data-role=role><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// Such pairs under one another.
pub(super) fn facts(class: &'static str, pairs: Vec<AnyView>) -> AnyView {
    view! { <dl class=class>{pairs}</dl> }.into_any()
}

/// What may be wider than the page, in a frame of its own.
pub(super) fn framed(label: String, inside: AnyView) -> AnyView {
    view! { <div class="scroll" tabindex="0" role="region" aria-label=label>{inside}</div> }.into_any()
}

/// A table: what it is by, its columns (with whether they hold words), its rows and its foot.
pub(super) fn table(by: &'static str, columns: Vec<(String, bool)>, rows: Vec<AnyView>, foot: Vec<AnyView>) -> AnyView {
    let column = |(name, is_words): (String, bool)| {
        view! { <th scope="col" class=is_words.then_some("words")>{name}</th> }
    };
    let columns = columns.into_iter().map(column).collect_view();
    let foot = (!foot.is_empty()).then(|| view! { <tfoot><tr>{foot}</tr></tfoot> });
    view! { <table data-by=by><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody>{foot}</table> }.into_any()
}

/// A row of such a table, with what tells it apart.
pub(super) fn table_row(key: String, year: Option<String>, bar: Option<String>, cells: Vec<AnyView>) -> AnyView {
    view! { <tr data-key=key data-year=year data-bar=bar>{cells}</tr> }.into_any()
}

/// The name of a row.
pub(super) fn name_cell(name: AnyView, columns: &'static str) -> AnyView {
    view! { <th scope="row" colspan=columns>{name}</th> }.into_any()
}

/// A cell of figures.
pub(super) fn cell(role: &'static str, value: AnyView) -> AnyView {
    view! { <td data-role=role>{value}</td> }.into_any()
}

/// A cell of words.
pub(super) fn word_cell(value: AnyView) -> AnyView {
    view! { <td class="words">{value}</td> }.into_any()
}

/// An empty place: neither zero nor missing.
pub(super) fn dash(view: View) -> AnyView {
    view! { <span class="muted">{view.site.t("value.dash")}</span> }.into_any()
}
