//! The answers as the page shows them: in the reader's language, with numbers as the country writes them.

use super::answers::Answers;
use super::html::Html;
use super::message::{Manner, Written};
use super::{said, table};
use crate::allocation::funding::FundingRule;
use crate::money::Money;
use crate::money::format::{Language, NumberStyle};
use crate::text::Catalog;

/// Words and numbers of one reader, and the order they asked for.
#[derive(Debug, Clone)]
pub(super) struct Pen {
    pub words: Catalog,
    pub style: NumberStyle,
    pub by_votes: bool,
}

impl Pen {
    /// `None` where the words cannot be read.
    pub fn of(manner: &Manner) -> Option<Self> {
        let language = Language::from_tag(&manner.language)?;
        let read = |json: &String| Catalog::parse(language, json).ok();
        let mut files = manner.words.iter().map(read);
        let first = files.next()??;
        let words = files.try_fold(first, |words, file| Some(words.with(file?)))?;
        Some(Self { words, style: NumberStyle::new(language, &manner.country), by_votes: manner.by_votes })
    }

    /// A text with its places filled in.
    pub fn fill(&self, key: &str, args: &[(&str, String)]) -> String {
        self.words.fill(key, &borrowed(args))
    }

    /// The form of a plural for `count`, with `{n}` the count as it is written.
    pub fn plural(&self, key: &str, count: usize, args: &[(&str, String)]) -> String {
        let mut args = args.to_vec();
        args.push(("n", self.count(count)));
        self.words.plural(key, i64::try_from(count).unwrap_or(i64::MAX), &borrowed(&args))
    }

    /// A count.
    pub fn count(&self, count: impl TryInto<i64>) -> String {
        self.style.count(count.try_into().unwrap_or(i64::MAX))
    }

    /// What a rule is called.
    pub fn rule(&self, rule: FundingRule) -> String {
        self.words.get(&format!("rule.{rule}"))
    }

    /// An amount in a table whose heading has the currency's sign, with its exact value for machines.
    pub fn number(&self, html: &mut Html, money: Money) {
        html.leaf("data", &[("value", &money.to_plain())], &self.style.number(money.to_decimal()));
    }
}

fn borrowed<'a>(args: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    args.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Everything there is to show.
pub(super) fn write(pen: &Pen, answers: &Answers) -> Written {
    Written {
        status: said::status(pen, answers),
        above: said::above(pen, answers),
        table: table::table(pen, answers),
        below: said::below(pen, answers),
        rules: said::rules(pen),
        is_done: answers.is_done,
    }
}
