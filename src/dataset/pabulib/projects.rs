//! What the section PROJECTS says.

use std::collections::BTreeMap;

use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::{PbRow, PbTable};
use super::sections::PROJECTS;
use crate::money::Currency;
use crate::money::parse::{NumberError, NumberMarks, parse_integer, parse_minor, suggestion};

/// A proposal that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PbProject {
    /// Code.
    pub id: String,
    /// Name; the code where there is none.
    pub name: String,
    /// What it costs, in minor units.
    pub cost_minor: i64,
    /// The column `votes`.
    pub votes: Option<i64>,
    /// The column `score`.
    pub score: Option<i64>,
    /// The column `selected`: 1 where it was funded.
    pub selected: Option<i64>,
    /// The column `section`, which packages of this project add.
    pub section: Option<String>,
    /// Where its row stands in [`Pabulib::projects`](super::Pabulib::projects).
    pub row: usize,
}

/// Proposals by code and by place.
pub(super) struct Proposals {
    in_order: Vec<PbProject>,
    place_of: BTreeMap<String, usize>,
}

impl Proposals {
    /// The place of a proposal that can be used.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.place_of.get(id).copied()
    }

    pub fn into_values(self) -> Vec<PbProject> {
        self.in_order
    }

    pub fn len(&self) -> usize {
        self.in_order.len()
    }
}

/// Reads the proposals. One without a code or a cost, or with the code of an earlier one, is reported and not used.
pub(super) fn read(table: &PbTable, currency: Option<Currency>, file: &str, report: &mut Report) -> Proposals {
    let column = |label: &str| table.column(label);
    let labels = table.labels.iter().map(|label| label.trim()).collect::<Vec<_>>().join(", ");
    for label in ["project_id", "cost"] {
        if !table.labels.is_empty() && column(label).is_none() {
            report.add(Problem::new(Code::LabelMissing, file).column(format!("{PROJECTS}.{label}")).value(&labels));
        }
    }
    let mut proposals = Proposals { in_order: Vec::new(), place_of: BTreeMap::new() };
    let mut first_lines: BTreeMap<String, u32> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let Some(id) = code(row, column("project_id"), "project_id", &mut first_lines, file, report) else { continue };
        let cell = |label: &str| row.filled(column(label));
        let problem =
            |code: Code, label: &str| Problem::new(code, file).row(row.line).column(format!("{PROJECTS}.{label}"));
        let cost_minor = match cell("cost").map(|text| read_amount(text, currency)) {
            None => {
                if column("cost").is_some() {
                    report.add(problem(Code::ValueRequired, "cost"));
                }
                continue;
            }
            Some(Err(refusal)) => {
                report.add(refusal.fill(problem(refusal.code, "cost")));
                continue;
            }
            Some(Ok(cost_minor)) => cost_minor,
        };
        let mut count = |label: &str| {
            let text = cell(label)?;
            let number = parse_integer(text, NumberMarks::default()).ok().filter(|&number| number >= 0);
            if number.is_none() {
                report.add(problem(Code::IntegerFormat, label).value(text));
            }
            number
        };
        let (votes, score, selected) = (count("votes"), count("score"), count("selected"));
        let name = cell("name").unwrap_or(&id).to_owned();
        let section = cell("section").map(str::to_owned);
        proposals.place_of.insert(id.clone(), proposals.in_order.len());
        proposals.in_order.push(PbProject { id, name, cost_minor, votes, score, selected, section, row: at });
    }
    proposals
}

/// The code of a row, which must be there and be its own; `section` is `PROJECTS` for proposals.
fn code(
    row: &PbRow,
    column: Option<usize>,
    label: &str,
    first_lines: &mut BTreeMap<String, u32>,
    file: &str,
    report: &mut Report,
) -> Option<String> {
    column?;
    let at = |code: Code| Problem::new(code, file).row(row.line).column(format!("{PROJECTS}.{label}"));
    let Some(id) = row.filled(column) else {
        report.add(at(Code::KeyBlank));
        return None;
    };
    if let Some(first) = first_lines.get(id) {
        report.add(at(Code::KeyDuplicate).value(id).arg("first", first.to_string()));
        return None;
    }
    first_lines.insert(id.to_owned(), row.line);
    Some(id.to_owned())
}

/// Why an amount cannot be used.
pub(super) struct AmountRefusal {
    pub code: Code,
    text: String,
    currency: String,
    allowed: u8,
}

impl AmountRefusal {
    pub fn fill(&self, problem: Problem) -> Problem {
        let example = suggestion(&self.text).unwrap_or_else(|| "1234.50".to_owned());
        let problem = problem.value(&self.text).arg("example", example);
        problem.arg("currency", self.currency.as_str()).arg("allowed", self.allowed.to_string())
    }
}

/// An amount of zero or more in minor units. Zeros after the currency's decimals do no harm: some files write 400000.0 yen.
pub(super) fn read_amount(text: &str, currency: Option<Currency>) -> Result<i64, AmountRefusal> {
    let exponent = currency.map_or(DECIMALS_UNSAID, Currency::exponent);
    let refusal = |code: Code| AmountRefusal {
        code,
        text: text.to_owned(),
        currency: currency.map_or_else(|| "XXX".to_owned(), |currency| currency.to_string()),
        allowed: exponent,
    };
    let shorter = match text.split_once('.') {
        Some((whole, fraction)) if fraction.len() > usize::from(exponent) && fraction.bytes().all(|b| b == b'0') => {
            whole
        }
        _ => text,
    };
    match parse_minor(shorter, exponent, NumberMarks::default()) {
        Ok(minor) if minor >= 0 => Ok(minor),
        Ok(_negative) => Err(refusal(Code::PbAmountNegative)),
        Err(NumberError::Decimals { .. }) => Err(refusal(Code::NumberDecimals)),
        Err(NumberError::Range) => Err(refusal(Code::NumberRange)),
        Err(NumberError::Format | NumberError::Groups) => Err(refusal(Code::NumberFormat)),
    }
}

/// Decimals of amounts in a file that does not say its currency.
pub(super) const DECIMALS_UNSAID: u8 = 2;
