//! Amounts, counts and texts of the data as they stand on the page, and what its parts are built of.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::view::View;
use crate::budget::Date;
use crate::engine::{Key, Tally};
use crate::indicators::projects::GroupTotal;
use crate::money::{Currency, Money};
use crate::text::Piece;
use crate::web::element::{self, Attribute, element, flag, is, said};

/// An amount with its exact value, or why there is none: no rows is a dash, rows without an amount are "no data".
pub(super) fn amount(view: View, tally: Tally, currency: Currency) -> AnyView {
    let Some(minor) = tally.minor else {
        return if tally.count == 0 { dash(view) } else { no_data(view) };
    };
    let mut parts = vec![money(view, Some(Money::new(minor, currency)))];
    if tally.missing > 0 {
        let text = view.count("value.missing", tally.missing);
        let star = said("SPAN", vec![is("aria-hidden", "true")], "*".to_owned());
        let hidden = said("SPAN", vec![is("class", "hidden")], text.clone());
        parts.push(element("SPAN", vec![is("class", "missing"), ("title", Some(text))], vec![star, hidden]));
    }
    element("SPAN", vec![is("class", "amount")], parts)
}

/// An amount that is published or not.
pub(super) fn money(view: View, money: Option<Money>) -> AnyView {
    money.map_or_else(|| no_data(view), |money| exact(money.to_plain(), view.style().money(money)))
}

/// A figure with its exact value.
fn exact(plain: String, shown: String) -> AnyView {
    view! { <data value=plain>{shown}</data> }.into_any()
}

/// What stands where nothing is published.
pub(super) fn no_data(view: View) -> AnyView {
    muted(view.site.t("value.none"))
}

/// An empty place: neither zero nor missing.
pub(super) fn dash(view: View) -> AnyView {
    muted(view.site.t("value.dash"))
}

/// Words that stand back.
pub(super) fn muted(words: String) -> AnyView {
    said("SPAN", vec![is("class", "muted")], words)
}

/// A percentage, or a dash where there is none to give.
pub(super) fn percent(view: View, percent: Option<Decimal>) -> String {
    percent.map_or_else(|| view.site.t("value.dash"), |percent| view.style().percent(percent))
}

/// A count as people write it.
pub(super) fn written(view: View, count: usize) -> String {
    view.style().count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A count of the data, or "no data".
pub(super) fn number(view: View, count: Option<i64>) -> AnyView {
    count.map_or_else(|| no_data(view), |count| exact(count.to_string(), view.style().count(count)))
}

/// A day, or "no data".
pub(super) fn day(view: View, date: Option<Date>) -> AnyView {
    let shown = |date: Date| said("TIME", vec![("datetime", Some(date.to_string()))], view.site.words().date(date));
    date.map_or_else(|| no_data(view), shown)
}

/// A text of the data, which may be of any length and run in any direction.
pub(super) fn text(text: String) -> AnyView {
    said("BDI", vec![is("class", "text")], text)
}

/// The name of a value, or "no data" where there is none.
pub(super) fn named(view: View, key: Key, value: Option<&str>) -> AnyView {
    value.map_or_else(|| no_data(view), |value| text(view.label(key, Some(value))))
}

/// The shape of a state, for the eye alone.
pub(super) fn mark(symbol: &str) -> AnyView {
    said("SPAN", vec![is("class", "mark"), is("aria-hidden", "true")], symbol.to_owned())
}

/// A state: its shape and its name.
pub(super) fn status(view: View, status: Option<&str>) -> AnyView {
    let Some(status) = status else { return no_data(view) };
    let name = text(view.label(Key::Status, Some(status)));
    element("SPAN", vec![is("class", "status")], vec![mark(view.mark(Some(status)).symbol()), name])
}

/// Pieces of a sentence, its amounts marked with their exact values.
pub(super) fn pieces(pieces: Vec<Piece>) -> Vec<AnyView> {
    let piece = |piece: Piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Amount { plain, shown } => exact(plain, shown),
    };
    pieces.into_iter().map(piece).collect()
}

/// An amount in a sentence.
pub(super) fn piece(view: View, money: Option<Money>) -> Piece {
    match money {
        Some(money) => Piece::Amount { plain: money.to_plain(), shown: view.style().money(money) },
        None => Piece::Words(view.site.t("value.none")),
    }
}

/// What was agreed and what was spent in each currency, one currency a line.
pub(super) fn both(view: View, totals: &[GroupTotal]) -> (AnyView, AnyView) {
    if totals.is_empty() {
        return (dash(view), dash(view));
    }
    let lines = |of: fn(&GroupTotal) -> Tally| {
        let line = |total: &GroupTotal| element("DIV", Vec::new(), vec![amount(view, of(total), total.currency)]);
        totals.iter().map(line).collect::<Vec<AnyView>>().into_any()
    };
    (lines(|total| total.agreed), lines(|total| total.spent))
}

/// A remark.
pub(super) fn note(words: String) -> AnyView {
    said("P", vec![is("class", "muted")], words)
}

/// A part of the page under its heading.
pub(super) fn part(class: &str, title: String, mut body: Vec<AnyView>) -> AnyView {
    body.insert(0, said("H2", Vec::new(), title));
    element("SECTION", vec![is("class", class)], body)
}

/// What is asked and what is published.
pub(super) fn fact(role: &str, name: String, value: AnyView) -> AnyView {
    let pair = vec![said("DT", Vec::new(), name), element("DD", Vec::new(), vec![value])];
    element("DIV", vec![is("data-role", role)], pair)
}

/// The same of an amount that tests and readers' own programs look for.
pub(super) fn stage_fact(stage: &str, name: String, value: AnyView) -> AnyView {
    let pair = vec![said("DT", Vec::new(), name), element("DD", vec![is("data-stage", stage)], vec![value])];
    element("DIV", Vec::new(), pair)
}

/// Such pairs under one another.
pub(super) fn facts(class: &str, pairs: Vec<AnyView>) -> AnyView {
    element("DL", vec![is("class", class)], pairs)
}

/// A table: what it is by, its caption, its columns (with whether they hold words), its rows and its foot.
pub(super) fn table(
    by: &str,
    caption: Option<String>,
    columns: Vec<(String, bool)>,
    rows: Vec<AnyView>,
    foot: Vec<AnyView>,
) -> AnyView {
    let column = |(name, is_words): (String, bool)| {
        let class = is_words.then(|| "words".to_owned());
        said("TH", vec![is("scope", "col"), ("class", class)], name)
    };
    let columns = columns.into_iter().map(column).collect();
    let caption = caption.map(|caption| said("CAPTION", Vec::new(), caption));
    let foot = if foot.is_empty() { foot } else { vec![element("TR", Vec::new(), foot)] };
    element::table(by, caption, columns, rows, foot)
}

/// A row of such a table, with what tells it apart.
pub(super) fn table_row(key: &str, mut attributes: Vec<Attribute>, cells: Vec<AnyView>) -> AnyView {
    attributes.push(is("data-key", key));
    element("TR", attributes, cells)
}

/// The name of a row, over so many columns.
pub(super) fn name_cell(name: AnyView, columns: &str) -> AnyView {
    element("TH", vec![is("scope", "row"), is("colspan", columns)], vec![name])
}

/// A cell of figures.
pub(super) fn cell(role: &str, value: AnyView) -> AnyView {
    element("TD", vec![is("data-role", role)], vec![value])
}

/// A cell of an amount of a stage.
pub(super) fn stage_cell(stage: &str, value: AnyView) -> AnyView {
    element("TD", vec![is("data-stage", stage)], vec![value])
}

/// A cell of words.
pub(super) fn word_cell(value: AnyView) -> AnyView {
    element("TD", vec![is("class", "words")], vec![value])
}

/// What opens and closes under a line.
pub(super) fn folded(is_open: bool, summary: String, inside: AnyView) -> AnyView {
    element("DETAILS", vec![flag("open", is_open)], vec![said("SUMMARY", Vec::new(), summary), inside])
}
