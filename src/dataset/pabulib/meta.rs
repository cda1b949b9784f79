//! What the section META says.

use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::{PbTable, VoteType};
use super::projects::read_amount;
use crate::money::Currency;

/// What of it the rules need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meta {
    pub budget_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub vote_type: VoteType,
}

/// The value of a key; the first where it stands twice.
pub(super) fn value<'a>(meta: &'a PbTable, key: &str) -> Option<&'a str> {
    meta.rows.iter().find(|row| row.cells.first().is_some_and(|cell| cell.trim() == key))?.filled(Some(1))
}

/// The line of a key.
pub(super) fn line(meta: &PbTable, key: &str) -> Option<u32> {
    meta.rows.iter().find(|row| row.cells.first().is_some_and(|cell| cell.trim() == key)).map(|row| row.line)
}

pub(super) fn read(meta: &PbTable, file: &str, report: &mut Report) -> Meta {
    report_repeated_keys(meta, file, report);
    let at = |code: Code, key: &str| {
        let problem = Problem::new(code, file).column(format!("META.{key}"));
        line(meta, key).into_iter().fold(problem, Problem::row)
    };
    let currency = value(meta, "currency").and_then(|code| match code.parse::<Currency>() {
        Ok(currency) => Some(currency),
        Err(_not_a_code) => {
            report.add(at(Code::CurrencyFormat, "currency").value(code));
            None
        }
    });
    let budget_minor = match value(meta, "budget") {
        Some(text) => match read_amount(text, currency) {
            Ok(minor) => Some(minor),
            Err(refusal) => {
                report.add(refusal.fill(at(refusal.code, "budget")));
                None
            }
        },
        None => None,
    };
    let vote_type = value(meta, "vote_type");
    let known = vote_type.and_then(|name| VoteType::ALL.into_iter().find(|known| known.name() == name));
    if let Some(name) = vote_type.filter(|_| known.is_none()) {
        let allowed = VoteType::ALL.map(VoteType::name).join(", ");
        report.add(at(Code::ValueEnum, "vote_type").value(name).arg("allowed", allowed));
    }
    for key in ["budget", "vote_type"] {
        if !meta.labels.is_empty() && value(meta, key).is_none() {
            report.add(at(Code::PbMetaMissing, key).value(key));
        }
    }
    Meta { budget_minor, currency, vote_type: known.unwrap_or(VoteType::Approval) }
}

fn report_repeated_keys(meta: &PbTable, file: &str, report: &mut Report) {
    for (at, row) in meta.rows.iter().enumerate() {
        let key = row.cells.first().map(|key| key.trim()).unwrap_or_default();
        let mut earlier = meta.rows.iter().take(at);
        if let Some(first) = earlier.find(|row| row.cells.first().is_some_and(|known| known.trim() == key)) {
            let problem = Problem::new(Code::KeyDuplicate, file).row(row.line).column("META.key").value(key);
            report.add(problem.arg("first", first.line.to_string()));
        }
    }
}
