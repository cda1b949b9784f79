//! `yupay show`: the engine's answers, as a table, CSV or JSON; the same figures as the page's.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use super::command::{AnswerFormat, NamedKey, ShowArgs, ShowOrder};
use super::render::{self, Side};
use super::{CLEAN, Failure, Terminal, read, visible};
use crate::budget::Stage;
use crate::dataset::{Code, Label, Package};
use crate::engine::{
    Facts, Filter, Group, Groups, Key, Order, Question, Tally, Unanswered, cells, currencies, distinct, named, order,
    top,
};
use crate::money::format::NumberStyle;
use crate::money::{Currency, Money};
use crate::text::Catalog;

/// Answers the question.
pub(super) fn run(args: &ShowArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let (package, report) = read::package_files(&args.package)?.load();
    let path = read::shown(&args.package);
    if report.problems.iter().any(|problem| problem.code == Code::DescriptorUnreadable) {
        return Err(Failure::said("show.unreadable", [("path", &path)]));
    }
    refuse_unknown_values(args, &package.facts)?;
    if !report.is_clean() {
        let aside = i64::try_from(report.rows_set_aside()).unwrap_or(i64::MAX);
        let note_args = [("n", aside.to_string()), ("path", visible(&path))];
        let note_args = note_args.each_ref().map(|(name, value)| (*name, value.as_str()));
        writeln!(terminal.err, "{}", terminal.words.plural("show.note", aside, &note_args))?;
    }
    let answers = answers(args, &package)?;
    let sheet = Sheet { args, package: &package, words: terminal.words };
    match args.format {
        AnswerFormat::Table => sheet.table(terminal.out, &answers)?,
        AnswerFormat::Csv => sheet.csv(terminal.out, &answers)?,
        AnswerFormat::Json => sheet.json(terminal.out, &answers)?,
    }
    Ok(CLEAN)
}

/// One stage in one currency.
struct Answer {
    stage: Stage,
    /// `None` where the package names no currency at all.
    currency: Option<Currency>,
    /// The groups shown, and the total of all.
    groups: Groups,
    /// Groups past the first ones, where only so many are shown and there are more.
    others: Option<Others>,
}

/// Groups that are not shown one by one.
#[derive(Clone, Copy)]
struct Others {
    groups: u64,
    tally: Tally,
}

fn answers(args: &ShowArgs, package: &Package) -> Result<Vec<Answer>, Failure> {
    let searched = Filter { text: args.search.clone(), ..Filter::default() };
    let filter = args.wheres.iter().fold(searched, |filter, (named, value)| filter.with(named.key, value.as_deref()));
    let by: Vec<Key> = args.by.iter().map(|named| named.key).collect();
    let mut answers = Vec::new();
    for &stage in &args.stages {
        let asked = |currency: &Currency| match (args.currency, filter.values(Key::Currency)) {
            (Some(only), _) => *currency == only,
            (None, Some(values)) => values.iter().flatten().any(|value| value == currency.code()),
            (None, None) => true,
        };
        let mut found: Vec<Currency> =
            currencies(&package.facts, stage, &filter).unwrap_or_default().into_iter().filter(asked).collect();
        if found.is_empty() {
            found.extend(args.currency.or(package.main_currency()));
        }
        if found.is_empty() {
            answers.push(Answer { stage, currency: None, groups: Groups::default(), others: None });
        }
        for currency in found {
            let question = Question { by: &by, stage, currency, filter: &filter };
            let answer = answer(args, &package.facts, &question);
            // Everything the command reads has its rows, so that there is no other reason.
            answers.push(answer.map_err(|_too_large| Failure::said("show.too-large", [("stage", stage.name())]))?);
        }
    }
    Ok(answers)
}

fn answer(args: &ShowArgs, facts: &Facts, question: &Question<'_>) -> Result<Answer, Unanswered> {
    let stage = question.stage;
    let found = cells(facts, question)?;
    let first = match args.order {
        ShowOrder::Declared => Order::Declared,
        ShowOrder::Amount => Order::Amount(stage),
        ShowOrder::Count => Order::Count,
    };
    let first = top(&order(&found, first), args.top.unwrap_or(usize::MAX))?;
    let total = named(facts, &found, stage)?.total;
    let groups = Groups { total, ..named(facts, &first.cells, stage)? };
    let others = (first.others > 0).then(|| Others { groups: first.others as u64, tally: first.rest.tally(0, stage) });
    Ok(Answer { stage, currency: Some(question.currency), groups, others })
}

/// A value that no row has is a slip of the fingers more often than a question: an empty answer would hide it.
fn refuse_unknown_values(args: &ShowArgs, facts: &Facts) -> Result<(), Failure> {
    let typed =
        args.wheres.iter().filter_map(|(named, value)| Some((named.name.as_str(), named.key, value.as_deref()?)));
    let currency = args.currency.as_ref().map(|currency| ("currency", Key::Currency, currency.code()));
    for (name, key, value) in typed.chain(currency) {
        let held = held_values(facts, key);
        if held.contains(&value) {
            continue;
        }
        let mut choices = held.iter().take(LISTED_AT_MOST).copied().collect::<Vec<_>>().join(", ");
        if held.len() > LISTED_AT_MOST {
            choices.push_str(", …");
        }
        return Err(Failure::said("show.unknown-value", [("key", name), ("value", value), ("choices", &choices)]));
    }
    Ok(())
}

const LISTED_AT_MOST: usize = 20;

/// The values of a key that some row has, in declared order.
fn held_values(facts: &Facts, key: Key) -> Vec<&str> {
    let tables = [Stage::Agreed, Stage::Accrued]
        .into_iter()
        .filter_map(|stage| facts.source(stage, &Filter::default(), &[key]).ok());
    let codes: BTreeSet<u32> = tables.flat_map(|table| distinct(table, None, key)).map(|(code, _)| code).collect();
    let dictionary = facts.dictionary(key);
    codes.into_iter().filter_map(|code| dictionary.and_then(|dictionary| dictionary.value(code))).collect()
}

/// What is needed to print answers.
struct Sheet<'a> {
    args: &'a ShowArgs,
    package: &'a Package,
    words: &'a Catalog,
}

impl Sheet<'_> {
    fn label(&self, key: Key, value: Option<&str>) -> String {
        match self.package.label(key, value, self.words.language()) {
            Label::Named(name) => visible(&name),
            Label::Word => self.words.get(&format!("{}.{}", key.name(), value.unwrap_or_default())),
            Label::District => self.words.get("label.district"),
            Label::NoValue => self.words.get(&format!("label.none.{}", key.name())),
        }
    }

    fn table(&self, out: &mut dyn Write, answers: &[Answer]) -> io::Result<()> {
        let style = NumberStyle::new(self.words.language(), &self.package.descriptor.country);
        let count = |count: u64| style.count(i64::try_from(count).unwrap_or(i64::MAX));
        for (position, answer) in answers.iter().enumerate() {
            if position > 0 {
                writeln!(out)?;
            }
            let stage = self.words.get(&format!("stage.{}", answer.stage));
            let currency = answer.currency.map(|currency| format!(" · {currency}")).unwrap_or_default();
            writeln!(out, "{} · {stage}{currency}", visible(&self.package.descriptor.title))?;
            let counted = if answer.stage == Stage::Agreed { "show.projects" } else { "show.lines" };
            let headings = self.args.by.iter().map(|named| self.words.get(&format!("key.{}", named.key.name())));
            let mut rows: Vec<Vec<String>> =
                vec![headings.chain([self.words.get("show.amount"), self.words.get(counted), String::new()]).collect()];
            let cells = |labels: Vec<String>, tally: Tally| -> Vec<String> {
                let amount =
                    answer.currency.zip(tally.minor).map(|(currency, minor)| style.money(Money::new(minor, currency)));
                let missing = match tally.missing {
                    0 => String::new(),
                    missing => self.words.fill("show.missing", &[("n", &count(missing))]),
                };
                let amount = amount.unwrap_or_else(|| self.words.get("show.no-amount"));
                labels.into_iter().chain([amount, count(tally.count), missing]).collect()
            };
            rows.extend(answer.groups.groups.iter().filter(|_group| !self.args.by.is_empty()).map(|group| {
                let labels =
                    self.args.by.iter().zip(&group.keys).map(|(named, value)| self.label(named.key, value.as_deref()));
                cells(labels.collect(), group.tally)
            }));
            let labelled = |label: String| {
                let labels = std::iter::once(label).chain(std::iter::repeat_with(String::new));
                labels.take(self.args.by.len()).collect()
            };
            rows.extend(answer.others.map(|others| cells(labelled(self.others(others, &style)), others.tally)));
            rows.push(cells(labelled(self.words.get("show.total")), answer.groups.total));
            let sides: Vec<Side> =
                self.args.by.iter().map(|_key| Side::Left).chain([Side::Right, Side::Right, Side::Left]).collect();
            render::columns(out, &sides, &rows)?;
        }
        Ok(())
    }

    fn others(&self, others: Others, style: &NumberStyle) -> String {
        let count = i64::try_from(others.groups).unwrap_or(i64::MAX);
        self.words.plural("show.others", count, &[("n", &style.count(count))])
    }

    /// Rows of every answer in one table; the total row only where nothing else is asked for, so that a column can be added up.
    fn csv(&self, out: &mut dyn Write, answers: &[Answer]) -> io::Result<()> {
        let keys = self.args.by.iter().flat_map(|named| [named.name.clone(), format!("{}_label", named.name)]);
        let header: Vec<String> =
            keys.chain(["stage", "currency", "amount", "count", "missing"].map(str::to_owned)).collect();
        render::csv_row(out, header.iter().map(String::as_str))?;
        let style = NumberStyle::new(self.words.language(), &self.package.descriptor.country);
        for answer in answers {
            let keys = |group: &Group| {
                let cells = self.args.by.iter().zip(&group.keys).flat_map(|(named, value)| {
                    [value.clone().unwrap_or_default(), self.label(named.key, value.as_deref())]
                });
                cells.collect::<Vec<String>>()
            };
            let mut rows: Vec<(Vec<String>, Tally)> = match self.args.by.as_slice() {
                [] => vec![(Vec::new(), answer.groups.total)],
                _ => answer.groups.groups.iter().map(|group| (keys(group), group.tally)).collect(),
            };
            rows.extend(answer.others.map(|others| {
                // No value and a label of its own.
                let cells = self.args.by.iter().flat_map(|_key| [String::new(), self.others(others, &style)]);
                (cells.collect(), others.tally)
            }));
            for (mut cells, tally) in rows {
                cells.extend([
                    answer.stage.name().to_owned(),
                    answer.currency.map(|currency| currency.to_string()).unwrap_or_default(),
                    plain(answer.currency, tally).unwrap_or_default(),
                    tally.count.to_string(),
                    tally.missing.to_string(),
                ]);
                render::csv_row(out, cells.iter().map(String::as_str))?;
            }
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write, answers: &[Answer]) -> io::Result<()> {
        let shown: Vec<ShownAnswer> = answers.iter().map(|answer| ShownAnswer::new(self, answer)).collect();
        match shown.as_slice() {
            [only] => render::json(out, only),
            several => render::json(out, &several),
        }
    }
}

/// An amount as machines read it; `None` where none is published.
fn plain(currency: Option<Currency>, tally: Tally) -> Option<String> {
    currency.zip(tally.minor).map(|(currency, minor)| Money::new(minor, currency).to_plain())
}

#[derive(Serialize)]
struct ShownAnswer<'a> {
    package: &'a str,
    stage: &'static str,
    currency: Option<String>,
    by: Vec<&'a str>,
    rows: Vec<ShownRow<'a>>,
    /// Only where not all groups are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<ShownOthers>,
    total: ShownTally,
}

#[derive(Serialize)]
struct ShownOthers {
    groups: u64,
    #[serde(flatten)]
    tally: ShownTally,
}

#[derive(Serialize)]
struct ShownRow<'a> {
    key: BTreeMap<&'a str, Option<&'a str>>,
    #[serde(flatten)]
    tally: ShownTally,
}

#[derive(Serialize)]
struct ShownTally {
    amount: Option<String>,
    count: u64,
    missing: u64,
}

impl ShownTally {
    fn new(currency: Option<Currency>, tally: Tally) -> Self {
        Self { amount: plain(currency, tally), count: tally.count, missing: tally.missing }
    }
}

impl<'a> ShownAnswer<'a> {
    fn new(sheet: &Sheet<'a>, answer: &'a Answer) -> Self {
        let by: &'a [NamedKey] = &sheet.args.by;
        let rows = answer.groups.groups.iter().filter(|_group| !by.is_empty()).map(|group| ShownRow {
            key: by.iter().map(|named| named.name.as_str()).zip(group.keys.iter().map(Option::as_deref)).collect(),
            tally: ShownTally::new(answer.currency, group.tally),
        });
        Self {
            package: &sheet.package.descriptor.name,
            stage: answer.stage.name(),
            currency: answer.currency.map(|currency| currency.to_string()),
            by: by.iter().map(|named| named.name.as_str()).collect(),
            rows: rows.collect(),
            others: answer.others.map(|others| ShownOthers {
                groups: others.groups,
                tally: ShownTally::new(answer.currency, others.tally),
            }),
            total: ShownTally::new(answer.currency, answer.groups.total),
        }
    }
}
