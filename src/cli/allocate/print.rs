//! The answer as aligned columns, as CSV for a spreadsheet, and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::Ground;
use super::chosen::made_here;
use super::result::{Answer, Row};
use crate::allocation::{Bound, RuleFile, SectionShare};
use crate::cli::render::{self, Side};
use crate::cli::visible;
use crate::indicators::allotment_csv;
use crate::money::{Currency, Money};

/// Columns for people: amounts with their currency, differences with their sign.
pub(super) fn table(ground: &Ground<'_>, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let style = ground.style();
    let money = |minor: i64| style.money(Money::new(minor, ground.round.currency));
    let title = visible(&ground.package.descriptor.title);
    let fund = style.money(answer.outcome.fund);
    let heading = [("title", title.as_str()), ("year", &ground.round.year.to_string()), ("fund", &fund)];
    writeln!(out, "{}", ground.words.fill("allocate.heading", &heading))?;
    let columns = Columns::new(answer);
    let mut headings = vec![ground.words.get("key.section"), ground.words.get("show.amount")];
    headings.push(ground.words.get("allocate.per-person"));
    headings.extend(columns.official.then(|| ground.words.get("allocate.from-official")));
    headings.extend(columns.published.then(|| ground.words.get("allocate.published")));
    headings.extend(columns.published.then(|| ground.words.get("allocate.from-published")));
    let none = || ground.words.get("show.no-amount");
    let cells = |label: String, row: &Row| {
        let change = |minor: Option<i64>| match minor {
            None => none(),
            Some(minor) if minor > 0 => format!("+{}", money(minor)),
            Some(minor) => money(minor),
        };
        let mut cells = vec![label, money(row.amount), row.per_person.map_or_else(none, money)];
        cells.extend(columns.official.then(|| change(row.more_than(row.official))));
        cells.extend(columns.published.then(|| row.published.map_or_else(none, money)));
        cells.extend(columns.published.then(|| change(row.more_than(row.published))));
        cells
    };
    let mut rows = vec![headings];
    for (section, row) in ground.round.sections.iter().zip(&answer.rows) {
        rows.push(cells(visible(&section.name), row));
    }
    rows.push(cells(ground.words.get("show.total"), &answer.total));
    if answer.outcome.set_aside.minor != 0 {
        rows.push(vec![ground.words.get("label.district"), style.money(answer.outcome.set_aside)]);
    }
    let sides: Vec<Side> =
        (0..rows.first().map_or(0, Vec::len)).map(|place| if place == 0 { Side::Left } else { Side::Right }).collect();
    render::columns(out, &sides, &rows)
}

/// Which comparisons there are anything for.
struct Columns {
    /// Nothing is set against itself.
    official: bool,
    published: bool,
}

impl Columns {
    fn new(answer: &Answer) -> Self {
        Self {
            official: !answer.chosen.is_official && answer.rows.iter().any(|row| row.official.is_some()),
            published: answer.rows.iter().any(|row| row.published.is_some()),
        }
    }
}

/// The same file as the page hands out.
pub(super) fn csv(ground: &Ground<'_>, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(allotment_csv(&answer.outcome, ground.round, &answer.baseline).as_bytes())
}

#[derive(Serialize)]
struct Shown<'a> {
    package: &'a str,
    year: u16,
    fund_minor: i64,
    currency: String,
    /// As a file that `--rule` reads.
    rule: serde_json::Value,
    sections: Vec<ShownSection<'a>>,
    set_aside_minor: i64,
}

#[derive(Serialize)]
struct ShownSection<'a> {
    section_id: &'a str,
    amount: String,
    amount_minor: i64,
    terms: Vec<ShownTerm<'a>>,
    flat_floor_minor: i64,
    bounds_minor: i64,
    bound: Option<&'static str>,
    rounding_minor: i64,
    published: Option<String>,
}

#[derive(Serialize)]
struct ShownTerm<'a> {
    criterion_id: &'a str,
    /// Exact and reduced.
    share: String,
    amount: String,
}

impl<'a> ShownSection<'a> {
    fn new(share: &'a SectionShare, row: &Row, currency: Currency) -> Self {
        let plain = |minor: i64| Money::new(minor, currency).to_plain();
        let terms = share.terms.iter().map(|term| ShownTerm {
            criterion_id: &term.criterion,
            share: term.share.to_string(),
            amount: plain(term.amount_minor),
        });
        Self {
            section_id: &share.section,
            amount: plain(share.amount_minor),
            amount_minor: share.amount_minor,
            terms: terms.collect(),
            flat_floor_minor: share.flat_floor_minor,
            bounds_minor: share.bounds_minor,
            bound: share.bound.map(|bound| match bound {
                Bound::Minimum => "minimum",
                Bound::Cap => "cap",
            }),
            rounding_minor: share.rounding_minor,
            published: row.published.map(plain),
        }
    }
}

/// One object, for programs.
pub(super) fn json(ground: &Ground<'_>, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let sections = answer.outcome.sections.iter().map(|section| &section.share).zip(&answer.rows);
    let rule = RuleFile {
        scenario: answer.chosen.scenario.clone(),
        currency: ground.round.currency,
        made_for: Some(made_here(ground.package, ground.round)),
    };
    let shown = Shown {
        package: &ground.package.descriptor.name,
        year: ground.round.year.number(),
        fund_minor: answer.outcome.fund.minor,
        currency: ground.round.currency.to_string(),
        rule: rule.to_value(),
        sections: sections.map(|(share, row)| ShownSection::new(share, row, ground.round.currency)).collect(),
        set_aside_minor: answer.outcome.set_aside.minor,
    };
    render::json(out, &shown)
}
