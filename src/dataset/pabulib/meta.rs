//! META: keys and values, and what is read from them.

use super::cell;
use super::sections::{Part, Section};
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::money::Currency;

/// Kinds of ballots that name projects.
const NAMED: [&str; 3] = ["approval", "choose-1", "ordinal"];

/// Kinds of ballots that give them points.
const POINTS: [&str; 2] = ["cumulative", "scoring"];

/// META as read.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub entries: Vec<(String, String)>,
    /// Line of each.
    lines: Vec<u32>,
    pub currency: Option<Currency>,
    pub budget_minor: Option<i64>,
    /// Whether a ballot's points say what it approves.
    pub points_decide: bool,
}

impl Meta {
    /// The value of a key, and its line.
    pub fn find(&self, key: &str) -> Option<(&str, u32)> {
        let mut entries = self.entries.iter().zip(&self.lines);
        entries.find(|((known, _), _)| known == key).map(|((_, value), line)| (value.as_str(), *line))
    }
}

struct Entry {
    key: String,
    value: String,
    line: u32,
}

/// Reads META, whose labels must be `key` and `value`.
pub(super) fn read(part: &Part, name: &str, report: &mut Report) -> Meta {
    let mut entries: Vec<Entry> = Vec::new();
    let (_labels, places) = part.columns(["key", "value"], name, report);
    let Some([key, value]) = places else { return Meta::default() };
    for line in &part.lines {
        let entry = Entry { key: line.cell(key).to_owned(), value: line.cell(value).to_owned(), line: line.number };
        let first = entries.iter().find(|known| known.key == entry.key).map(|first| first.line);
        let problem = |code| super::problem(code, name, Section::Meta, "key").row(line.number);
        if entry.key.trim().is_empty() {
            report.add(problem(Code::KeyBlank).value(&entry.value));
        } else if let Some(first) = first {
            report.add(problem(Code::KeyDuplicate).value(&entry.key).arg("first", first.to_string()));
        } else {
            entries.push(entry);
        }
    }
    let mut meta = interpret(&entries, name, report);
    meta.lines = entries.iter().map(|entry| entry.line).collect();
    meta.entries = entries.into_iter().map(|entry| (entry.key, entry.value)).collect();
    meta
}

/// Reads the values that decide how the rest is read.
fn interpret(entries: &[Entry], name: &str, report: &mut Report) -> Meta {
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let missing = |code, key: &str| super::problem(code, name, Section::Meta, key);
    let wrong = |code, entry: &Entry| -> Problem {
        super::problem(code, name, Section::Meta, &entry.key).row(entry.line).value(super::shown(&entry.value))
    };
    let mut meta = Meta::default();
    match find("currency").map(|entry| (entry, entry.value.parse())) {
        Some((_, Ok(currency))) => meta.currency = Some(currency),
        Some((entry, Err(_no_code))) => report.add(wrong(Code::CurrencyFormat, entry)),
        None => report.add(missing(Code::BallotsCurrency, "currency")),
    }
    match find("budget") {
        None => report.add(missing(Code::BallotsBudget, "budget")),
        Some(entry) => match cell::amount(&entry.value, meta.currency, 0) {
            Ok(budget) => meta.budget_minor = Some(budget),
            Err(fault) => report.add(super::fault(fault, name, Section::Meta, "budget", entry.line, &entry.value)),
        },
    }
    let allowed = || [NAMED.as_slice(), POINTS.as_slice()].concat().join(", ");
    match find("vote_type") {
        None => report.add(missing(Code::BallotsKind, "vote_type").value("—").arg("allowed", allowed())),
        Some(entry) if POINTS.contains(&entry.value.as_str()) => meta.points_decide = true,
        Some(entry) if NAMED.contains(&entry.value.as_str()) => {}
        Some(entry) => report.add(wrong(Code::BallotsKind, entry).arg("allowed", allowed())),
    }
    meta
}
