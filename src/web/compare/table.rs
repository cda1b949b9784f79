//! The sentence, the table of differences and its picture.

use leptos::prelude::*;

use super::view::View;
use super::words;
use crate::chart::{Ink, SlopeLine, SlopeModel, series_for};
use crate::dataset::Package;
use crate::engine::{Key, YearBasis};
use crate::indicators::{Compared, ComparedRow, ComparedSide, Comparison, Selection, Shown, YearChoice};
use crate::web::element::{Attribute, canvas, element, framed, is, link, said};
use crate::web::route::{Address, Page, Route};
use crate::web::take;

/// The biggest thing on the page: what is more or less, and how much.
pub(super) fn headline(view: View) -> AnyView {
    let site = view.site;
    let found = match view.comparison() {
        _ if view.is_waiting() => {
            return view! { <h1 id="headline" aria-live="polite">{site.t("compare.headline.waiting")}</h1> }.into_any();
        }
        Ok(found) => found,
        Err(refusal) => {
            return view! { <h1 id="headline" aria-live="polite">{super::notes::refused(view, refusal)}</h1> }
                .into_any();
        }
    };
    let of = |place: usize| {
        let side = found.sides.get(place).map(|one| words::side(view, one));
        let value = found.total.sides.get(place).map(|compared| words::value(view, compared));
        view! { <span class="of-side"><strong>{side}": "</strong>{value}</span> }
    };
    let percent = found.total.percent.map(|percent| {
        let is_more = percent.is_sign_positive() && !percent.is_zero();
        format!("({})", words::signed(is_more, view.style().percent(percent)))
    });
    view! {
        <section class="compared">
            <h1 id="headline" aria-live="polite" dir="auto">{sentence(view, &found)}</h1>
            <p class="lead">{of(0)}" · "{of(1)}" "{percent}</p>
        </section>
    }
    .into_any()
}

/// What is more or less, and how much.
pub(super) fn sentence(view: View, found: &Comparison) -> String {
    let [a, b] = &found.sides;
    let stages = if a.stage == b.stage { "one" } else { "two" };
    let direction = match found.total.difference {
        Some(Shown::Money(money)) if money.minor < 0 => "less",
        Some(Shown::Money(money)) if money.minor > 0 => "more",
        Some(Shown::Money(_)) => "same",
        Some(Shown::Percent(_)) => "share",
        None => "unknown",
    };
    let size = match found.total.difference {
        Some(Shown::Money(money)) => words::text(view, Shown::Money(money.abs())),
        _ => String::new(),
    };
    let args = [
        ("stage", words::stage(view, a.stage)),
        ("stage_b", words::stage(view, b.stage)),
        ("a", words::side(view, a)),
        ("b", words::side(view, b)),
        ("difference", size),
    ];
    let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
    words::capital(&view.site.fill(&format!("compare.headline.{stages}.{direction}"), &args))
}

/// What the table is of, and in what.
pub(super) fn title(view: View, found: &Comparison) -> String {
    let key = view.site.t(&format!("key.{}", found.key.name()));
    view.site.fill("compare.table.title", &[("key", &key), ("unit", &words::unit(view, found))])
}

/// The picture and the table.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let Ok(found) = view.comparison() else { return ().into_any() };
    if view.is_waiting() {
        return ().into_any();
    }
    if found.rows.is_empty() {
        return view! { <p id="nothing">{site.t("compare.nothing")}</p> }.into_any();
    }
    let title = title(view, &found);
    let heads = heads(view, &found);
    let labels = heads.clone();
    let head = |text: String| said("TH", vec![is("scope", "col"), is("role", "columnheader"), is("dir", "auto")], text);
    let heads = element("TR", vec![is("role", "row")], heads.into_iter().map(head).collect());
    let query = view.query();
    let shown = if query.is_whole { usize::MAX } else { MOST_ROWS };
    let rows: Vec<AnyView> = found.rows.iter().take(shown).map(|one| row(view, &found, one, &labels, false)).collect();
    let is_cut = found.rows.len() > rows.len();
    let total = row(view, &found, &found.total, &labels, true);
    let group = |tag: &'static str, rows: Vec<AnyView>| element(tag, vec![is("role", "rowgroup")], rows);
    let caption = said("CAPTION", vec![is("class", "hidden")], title.clone());
    let parts = vec![caption, group("THEAD", vec![heads]), group("TBODY", rows), group("TFOOT", vec![total])];
    let table = vec![is("data-by", "difference"), is("role", "table"), is("class", "one-year")];
    let mut all = vec![
        said("H2", vec![is("dir", "auto")], title.clone()),
        picture(view, &found),
        framed(title, element("TABLE", table, parts)),
    ];
    if is_cut {
        let own = crate::indicators::CompareQuery { is_whole: true, ..query }.to_pairs();
        let href = Address { own, ..site.address() }.href();
        let count = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
        let more = site.fill("compare.table.more", &[("n", &view.style().count(count))]);
        all.push(element("P", Vec::new(), vec![link(href, Vec::new(), vec![more.into_any()])]));
    }
    all.push(said("P", vec![is("class", "muted")], foot(view, &found)));
    all.push(take::section(site, site.t("compare.take"), &["csv"], view.said));
    element("SECTION", vec![is("class", "differences"), is("id", "differences")], all)
}

/// So many rows are written at first; the total is of all.
pub(super) const MOST_ROWS: usize = 200;

fn foot(view: View, found: &Comparison) -> String {
    let key = match found.measure {
        crate::indicators::ComparedAs::PerPerson => "compare.table.foot.person",
        _ if !found.is_ranked => "compare.table.foot.unranked",
        _ => "compare.table.foot",
    };
    view.site.t(key)
}

/// Row, side A, side B, difference, percent and place where there are any, why.
pub(super) fn heads(view: View, found: &Comparison) -> Vec<String> {
    let site = view.site;
    let [a, b] = &found.sides;
    let side = |one: &ComparedSide| {
        let name = words::side(view, one);
        let stage = words::stage_short(view, one.stage);
        site.fill("compare.column.side", &[("side", &name), ("stage", &stage)])
    };
    let mut heads =
        vec![site.t(&format!("key.{}", found.key.name())), side(a), side(b), site.t("compare.column.difference")];
    if has_percents(found) {
        heads.push(site.t("compare.column.percent"));
    }
    if found.is_ranked {
        heads.push(site.t("compare.column.rank"));
    }
    heads.push(site.t("compare.column.why"));
    heads
}

/// Parts of a total differ in points and not in percent; a side that is not over has no percent to give.
pub(super) fn has_percents(found: &Comparison) -> bool {
    found.is_ranked && found.measure != crate::indicators::ComparedAs::Share
}

fn row(view: View, found: &Comparison, row: &ComparedRow, labels: &[String], is_total: bool) -> AnyView {
    let site = view.site;
    let value = row.value.as_deref();
    let label = |at: usize| labels.get(at).cloned().unwrap_or_default();
    let name = if is_total {
        site.t("table.total").into_any()
    } else {
        let href = site.href(site.selection().toggled(&[(found.key, value)]));
        let name = said("BDI", Vec::new(), view.label(found.key, value));
        link(href, Vec::new(), vec![name])
    };
    let cell = |of: Attribute, label: String, shown: AnyView| {
        element("TD", vec![is("role", "cell"), of, ("data-label", Some(label))], vec![shown])
    };
    let mut cells = vec![element("TH", vec![is("scope", "row"), is("role", "rowheader")], vec![name])];
    for (place, side) in ["a", "b"].into_iter().enumerate() {
        let compared = row.sides.get(place).copied().unwrap_or_default();
        let shown = words::value(view, &compared);
        let href = found.sides.get(place).and_then(|side| rows_behind(view, found, side, value, is_total, &compared));
        let shown = match href {
            Some(href) => element("A", vec![("href", Some(href))], vec![shown]),
            None => shown,
        };
        cells.push(cell(is("data-side", side), label(place.saturating_add(1)), shown));
    }
    cells.push(cell(is("data-role", "difference"), label(3), words::difference(view, row.difference)));
    if has_percents(found) {
        let percent = row.percent.map(|percent| {
            let is_more = percent.is_sign_positive() && !percent.is_zero();
            words::signed(is_more, view.style().percent(percent))
        });
        let percent = percent.unwrap_or_else(|| site.t("value.dash"));
        cells.push(cell(is("data-role", "percent"), site.t("compare.column.percent"), percent.into_any()));
    }
    if found.is_ranked {
        cells.push(cell(is("data-role", "rank"), site.t("compare.column.rank"), places(view, row).into_any()));
    }
    let why = words::why(view, found, row);
    let is_plain = why.is_empty();
    let why = if is_plain { site.t("value.dash") } else { why.join("; ") };
    let of = vec![
        is("role", "cell"),
        is("data-role", "why"),
        ("class", is_plain.then(|| "none".to_owned())),
        ("data-label", Some(site.t("compare.column.why"))),
    ];
    cells.push(said("TD", of, why));
    let key = if is_total { None } else { Some(value.unwrap_or("-").to_owned()) };
    element("TR", vec![is("role", "row"), ("data-key", key)], cells)
}

/// The places of a row on both sides, and how far it rose or fell.
pub(super) fn places(view: View, row: &ComparedRow) -> String {
    let site = view.site;
    match (row.ranks, row.climbed) {
        ([Some(a), Some(b)], Some(climbed)) => {
            let arrow = match climbed {
                0 => String::new(),
                places if places > 0 => format!(" ▲{places}"),
                places => format!(" ▼{}", places.unsigned_abs()),
            };
            format!("{a} → {b}{arrow}")
        }
        ([Some(only), None], _) => format!("{only} → {}", site.t("value.dash")),
        ([None, Some(only)], _) => format!("{} → {only}", site.t("value.dash")),
        _ => site.t("value.dash"),
    }
}

/// What stands behind an amount, where one link says it: the works of a single round, or a single fiscal year explored.
fn rows_behind(
    view: View,
    found: &Comparison,
    side: &ComparedSide,
    value: Option<&str>,
    is_total: bool,
    compared: &Compared,
) -> Option<String> {
    let Address { route, theme, selection, .. } = view.site.address();
    let [year] = side.years.as_slice() else { return None };
    let municipality = if side.is_other { view.query().with } else { route.municipality.clone() };
    compared.shown?;
    let mut filter = selection.filter.clone();
    if !side.sections.is_empty() {
        filter = side
            .sections
            .iter()
            .fold(filter.without(Key::Section), |filter, section| filter.with(Key::Section, section.as_deref()));
    }
    if !is_total {
        filter = filter.without(found.key).with(found.key, value);
    }
    let is_by_round = selection.basis == YearBasis::Round && found.key != Key::FinancingSource;
    let page = if is_by_round { Page::Projects } else { Page::Explore };
    let selection = Selection {
        year: YearChoice::One(year.clone()),
        basis: selection.basis,
        stage: if is_by_round { Selection::default().stage } else { side.stage },
        filter,
        currency: selection.currency,
        ..Selection::default()
    };
    let address = Address { theme, ..Address::of(Route { page, municipality, ..route }, selection) };
    let rows = [("rows", Some(found.key.name())), ("columns", Some("none"))];
    Some(if is_by_round { address } else { address.with_own(&rows) }.href())
}

/// The slope chart: the table below says the same.
fn picture(view: View, found: &Comparison) -> AnyView {
    let site = view.site;
    let drawn = found.rows.iter().filter(|row| is_drawn(row)).count();
    if drawn == 0 {
        return ().into_any();
    }
    let style = format!("--rows:{}", drawn.clamp(5, MOST_NAMED));
    let chart = element("DIV", vec![is("class", "chart slope"), ("style", Some(style))], vec![canvas("slope")]);
    let legend = site.t(if found.is_ranked { "compare.slope.legend" } else { "compare.slope.partial" });
    vec![chart, said("P", vec![is("class", "legend muted")], legend)].into_any()
}

/// So many rows find room for their names in the picture.
const MOST_NAMED: usize = 40;

fn is_drawn(row: &ComparedRow) -> bool {
    row.sides.iter().any(|side| side.shown.is_some())
}

/// What the slope chart draws.
pub(super) fn slope(view: View) -> Option<SlopeModel> {
    let found = view.comparison_now()?;
    let inks = inks_of(&view.package(), found.key);
    // Short amounts leave room for names; the table has them exact.
    let short = |shown: Shown| match shown {
        Shown::Money(money) if money.abs().to_decimal() >= rust_decimal::Decimal::ONE_THOUSAND => {
            view.style().compact(money.minor, money.currency)
        }
        Shown::Money(money) => view.style().money(money),
        Shown::Percent(percent) => view.style().percent(percent),
    };
    let line = |row: &ComparedRow| SlopeLine {
        name: view.label(found.key, row.value.as_deref()),
        amounts: row.sides.each_ref().map(|side| side.shown.and_then(size)),
        words: row.sides.each_ref().map(|side| side.shown.map(short).unwrap_or_default()),
        ink: ink_of(&inks, row.value.as_deref()),
    };
    let heads = found.sides.each_ref().map(|side| words::side(view, side));
    let lines = found.rows.iter().filter(|row| is_drawn(row)).map(line).collect();
    Some(SlopeModel { heads, lines, is_partial: !found.is_ranked })
}

/// A value as a whole number, for a place on a scale.
pub(super) fn size(shown: Shown) -> Option<i64> {
    match shown {
        Shown::Money(money) => Some(money.minor),
        Shown::Percent(percent) => i64::try_from(percent.mantissa()).ok(),
    }
}

/// The colours of a key's values: dimensions have their own.
pub(super) fn inks_of(package: &Package, key: Key) -> Vec<(String, Ink)> {
    let ids = if key == Key::Dimension { package.facts.values(key) } else { Vec::new() };
    ids.iter().zip(series_for(&ids)).map(|(id, ink)| ((*id).to_owned(), Ink::Series(ink))).collect()
}

/// The colour of a value.
pub(super) fn ink_of(inks: &[(String, Ink)], value: Option<&str>) -> Ink {
    inks.iter().find(|(id, _)| Some(id.as_str()) == value).map_or(Ink::Ink, |(_, ink)| *ink)
}
