//! Every word a person reads, by language.
//!
//! Owns: the language files' format, filling in places, plurals, and long dates. Refuses: knowing any sentence itself.
//! The files are `public/text/*.json`, flat objects of key to text; `{name}` is a place, `key.one`, `key.many` and
//! `key.other` are the forms of a plural. A small format of our own: Fluent's runtime is larger than the whole site.

mod rules;
mod sentences;
mod spreadsheet;

use std::collections::BTreeMap;

pub use sentences::Writer;
pub use spreadsheet::{SheetCell, csv};
use thiserror::Error;

use crate::budget::Date;
use crate::dataset::Problem;
use crate::money::format::Language;

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    language: Language,
    entries: BTreeMap<String, String>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// An amount: its exact decimal, and how it is written.
    Amount {
        /// As machines read it.
        plain: String,
        /// As people read it.
        shown: String,
    },
}

enum Part<'a> {
    Words(&'a str),
    Place(&'a str),
}

/// A language file that is not a flat JSON object of texts.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the language file of {language:?} is not a flat object of texts: {reason}")]
pub struct InvalidCatalog {
    /// The language.
    pub language: Language,
    /// What the JSON reader said.
    pub reason: String,
}

impl Catalog {
    /// Reads a language file.
    ///
    /// # Errors
    /// [`InvalidCatalog`] when it is not a flat object of texts.
    pub fn parse(language: Language, json: &str) -> Result<Self, InvalidCatalog> {
        let entries = serde_json::from_str(json);
        let entries = entries.map_err(|error| InvalidCatalog { language, reason: error.to_string() })?;
        Ok(Self { language, entries })
    }

    /// The same catalogue with another file's texts added.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        self
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether there is a text for a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// A text; the key itself where there is none, so that a gap is seen (a test holds that there is none).
    pub fn get(&self, key: &str) -> String {
        self.entries.get(key).map_or(key, String::as_str).to_owned()
    }

    /// A text with its places filled in.
    pub fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        let arg = |name: &str| args.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        self.split(key)
            .into_iter()
            .map(|part| match part {
                Part::Words(words) => words.to_owned(),
                Part::Place(name) => arg(name).unwrap_or_else(|| format!("{{{name}}}")),
            })
            .collect()
    }

    /// A text as pieces, so that a page can mark its amounts as such.
    pub fn pieces(&self, key: &str, args: &[(&str, Piece)]) -> Vec<Piece> {
        let arg = |name: &str| args.iter().find(|(known, _)| *known == name).map(|(_, piece)| piece.clone());
        let piece = |part| match part {
            Part::Words(words) => Piece::Words(words.to_owned()),
            Part::Place(name) => arg(name).unwrap_or_else(|| Piece::Words(format!("{{{name}}}"))),
        };
        self.split(key).into_iter().map(piece).collect()
    }

    /// Words and places in turn. Split once, so that a value which itself holds braces is left as it is.
    fn split<'a>(&'a self, key: &'a str) -> Vec<Part<'a>> {
        let mut rest = self.entries.get(key).map_or(key, String::as_str);
        let mut parts = Vec::new();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            parts.extend([Part::Words(before), Part::Place(name)]);
            rest = tail;
        }
        parts.push(Part::Words(rest));
        parts
    }

    /// The form of a plural for `count`, with its places filled in (DOMAIN.md section 5: Spanish has a form for whole millions).
    pub fn plural(&self, key: &str, count: i64, args: &[(&str, &str)]) -> String {
        let form = match (self.language, count.unsigned_abs()) {
            (_, 1) => "one",
            (Language::Es, count) if count > 0 && count.is_multiple_of(1_000_000) => "many",
            _ => "other",
        };
        let full = format!("{key}.{form}");
        if self.has(&full) { self.fill(&full, args) } else { self.fill(&format!("{key}.other"), args) }
    }

    /// A day as people write it: `28 de julio de 2025`, `July 28, 2025`.
    pub fn date(&self, date: Date) -> String {
        let month = self.get(&format!("month.{}", date.month()));
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.fill("date.long", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// What a problem means and what to do, in this language's words (keys `problem.CODE`).
    pub fn problem(&self, problem: &Problem) -> String {
        let row = problem.row.map(|row| row.to_string()).unwrap_or_default();
        let mut args = vec![("file", problem.file.as_str()), ("row", row.as_str())];
        args.push(("column", problem.column.as_deref().unwrap_or_default()));
        args.push(("value", problem.value.as_deref().unwrap_or_default()));
        args.extend(problem.args.iter().map(|(name, value)| (*name, value.as_str())));
        self.fill(&format!("problem.{}", problem.code), &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(language: Language) -> Catalog {
        let json = r#"{"n.one":"1 obra","n.other":"{n} obras","n.many":"{n} de obras","hi":"Hola {who}, {who} {none}",
            "date.long":"{day} de {month} de {year}","month.7":"julio"}"#;
        Catalog::parse(language, json).unwrap()
    }

    #[test]
    fn places_are_filled_once() {
        assert_eq!(catalog(Language::Es).fill("hi", &[("who", "{who}")]), "Hola {who}, {who} {none}");
        assert_eq!(catalog(Language::Es).get("no.such.key"), "no.such.key");
    }

    #[test]
    fn plurals_follow_the_language() {
        for (language, count, expected) in [
            (Language::Es, 1, "1 obra"),
            (Language::Es, 0, "0 obras"),
            (Language::Es, 2_000_000, "2000000 de obras"),
            (Language::En, 2_000_000, "2000000 obras"),
        ] {
            let shown = catalog(language).plural("n", count, &[("n", &count.to_string())]);
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(catalog(Language::Es).date("2025-07-28".parse().unwrap()), "28 de julio de 2025");
    }
}
