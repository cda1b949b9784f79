//! A column's cells, judged once a distinct value and kept as codes, integers or raw bytes.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::csv::Batch;
use super::numbers::{Numbers, number_in_hundredths, plain_number};
use super::problem::{Code, Problem};
use super::schema::{Bound, Field};
use super::spec::Kind;
use super::table::Column;
use super::value;
use crate::budget::{Date, FiscalYear};
use crate::engine::{Amounts, Bitset, Codes, Dictionary, Texts};

/// From this many rows on, whenever they have doubled, a column of texts is looked at anew.
const FIRST_LOOK: usize = 8192;

/// A cell that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing was published. Never a zero.
    Missing,
    Text(&'a str),
    Number(Decimal),
    Integer(i64),
    Year(FiscalYear),
    Date(Date),
    Boolean(bool),
}

impl<'a> Value<'a> {
    /// The text that keys are compared by; `None` where missing.
    pub fn key(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Missing => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(number.normalize().to_string().into()),
            Self::Integer(integer) => Some(integer.to_string().into()),
            Self::Year(year) => Some(year.to_string().into()),
            Self::Date(date) => Some(date.to_string().into()),
            Self::Boolean(boolean) => Some(boolean.to_string().into()),
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Integer(integer) => Some(Decimal::from(*integer)),
            Self::Year(year) => Some(Decimal::from(year.number())),
            _ => None,
        }
    }
}

/// The cells of one column: of all rows that could be split, whether set aside or not.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    kind: Kind,
    store: Store,
}

#[derive(Debug, Clone)]
enum Store {
    Coded(Coded),
    /// Texts that hardly repeat: a dictionary of them would cost more than it saves.
    Texts(Texts),
    Numbers(Numbers),
}

/// Texts, years, dates, yes or no: each distinct cell once.
#[derive(Debug, Clone, Default)]
struct Coded {
    /// Cells as they stand in the file.
    raw: Dictionary,
    codes: Codes,
    /// By code.
    meanings: Vec<Meaning>,
    has_odd: bool,
    /// The codes of a batch, on their way into `codes`.
    latest: Vec<u32>,
}

/// What a distinct cell says.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    means: Means,
    /// Whether there is something to report wherever it stands.
    is_odd: bool,
}

#[derive(Debug, Clone, Copy)]
enum Means {
    Missing,
    Text,
    Year(FiscalYear),
    Date(Date),
    Boolean(bool),
}

/// What to hold cells to.
pub(super) struct Rules<'a> {
    pub column: &'a Column,
    /// Texts that mean "missing", beside blanks.
    pub missing: &'a [String],
    pub file: &'a str,
}

/// Something to report of a cell.
#[derive(Debug)]
pub(super) struct Finding {
    /// Its row within the batch.
    pub row: usize,
    /// Its column.
    pub column: usize,
    pub problem: Problem,
    /// Whether the cell cannot be used.
    pub is_fault: bool,
}

impl Rules<'_> {
    /// Between which integers of `scale` decimals a number that reads plainly needs no further look; `None` where each does.
    fn plain_range(&self, scale: u8) -> Option<RangeInclusive<i64>> {
        let Field { marks, constraints, .. } = &self.column.field;
        let is_number = |text: &String| plain_number(text.as_bytes(), b'.').is_some();
        if !marks.decimal.is_ascii() || !constraints.is_only_bounded() || self.missing.iter().any(is_number) {
            return None;
        }
        let at_scale = |bound: &Bound| {
            let scaled = bound.value.checked_mul(Decimal::from(10i64.pow(u32::from(scale))))?;
            Some((i64::try_from(scaled.ceil()).ok()?, i64::try_from(scaled.floor()).ok()?))
        };
        let (lowest, highest) = (constraints.minimum.as_ref(), constraints.maximum.as_ref());
        // At an open bound itself the closer look decides.
        let low = lowest.map_or(Some(i64::MIN), |bound| at_scale(bound)?.0.checked_add(i64::from(bound.exclusive)));
        let high = highest.map_or(Some(i64::MAX), |bound| at_scale(bound)?.1.checked_sub(i64::from(bound.exclusive)));
        low.zip(high).map(|(low, high)| low..=high)
    }

    fn takes_plain_texts(&self) -> bool {
        self.column.field.constraints.is_free() && self.missing.iter().all(String::is_empty)
    }

    /// What a cell says, by the letter, and what there is to report of it.
    fn judge<'t>(&self, text: &'t str, row: u32) -> (Value<'t>, Option<Problem>, Option<Problem>) {
        let column = self.column;
        // Spaces alone are a blank to whoever typed them, and no text.
        let is_missing = text.trim().is_empty() || self.missing.iter().any(|known| known == text);
        let is_text = column.kind == Kind::Text || is_missing;
        let at = |code| Problem::new(code, self.file).row(row).column(&column.label);
        let notice = (is_text && text.trim().len() != text.len()).then(|| at(Code::ValueSpace).value(text));
        if is_missing {
            return (Value::Missing, notice, column.required.then(|| at(Code::ValueRequired)));
        }
        match value::read(text, column.kind, &column.field) {
            Ok(value) => (value, notice, None),
            Err(fault) => (Value::Missing, notice, Some(fault.at(self.file, row, &column.label, text))),
        }
    }
}

impl Cells {
    pub fn new(kind: Kind) -> Self {
        let store = match kind {
            Kind::Amount | Kind::Percent => Store::Numbers(Numbers::new(2)),
            Kind::Integer => Store::Numbers(Numbers::new(0)),
            Kind::Text | Kind::Year | Kind::Date | Kind::Boolean => Store::Coded(Coded::default()),
        };
        Self { kind, store }
    }

    pub fn len(&self) -> usize {
        match &self.store {
            Store::Coded(coded) => coded.codes.len(),
            Store::Texts(texts) => texts.len(),
            Store::Numbers(numbers) => numbers.len(),
        }
    }

    /// The value of a row by its place; missing past the end, and where it could not be read.
    pub fn value(&self, place: usize) -> Value<'_> {
        match &self.store {
            Store::Coded(coded) => coded.value(coded.codes.get(place)),
            Store::Texts(texts) => {
                Some(texts.get(place)).filter(|text| !text.is_empty()).map_or(Value::Missing, Value::Text)
            }
            Store::Numbers(numbers) => match numbers.get(place) {
                None => Value::Missing,
                Some(number) if self.kind == Kind::Integer => {
                    i64::try_from(number.mantissa()).map_or(Value::Missing, Value::Integer)
                }
                Some(number) => Value::Number(number),
            },
        }
    }

    /// Each row's code and, by code, what it says, so that work can be done once a distinct value; code 0 is missing.
    /// Several codes may say the same. `None` for numbers, and for texts that hardly repeat.
    pub fn coded(&self) -> Option<(&Codes, Vec<Value<'_>>)> {
        let Store::Coded(coded) = &self.store else { return None };
        let values = (0..=coded.raw.len()).map(|code| coded.value(u32::try_from(code).unwrap_or(0)));
        Some((&coded.codes, values.collect()))
    }

    /// A number column as integers of `scale` decimals; `None` where that is not what it is.
    pub fn integers(&self, scale: u32) -> Option<&Amounts> {
        match &self.store {
            Store::Numbers(numbers) => numbers.integers(scale),
            _ => None,
        }
    }

    /// The same, taken out of the column.
    pub fn take_integers(&mut self, scale: u32) -> Option<Amounts> {
        match &mut self.store {
            Store::Numbers(numbers) => numbers.take_integers(scale),
            _ => None,
        }
    }

    /// A column of texts as raw bytes; empty where missing.
    pub fn into_texts(self) -> Texts {
        match self.store {
            Store::Texts(texts) => texts,
            Store::Coded(coded) => coded.as_texts(),
            Store::Numbers(_) => Texts::default(),
        }
    }

    /// Keeps only some rows.
    pub fn retain(&mut self, kept: &Bitset) {
        match &mut self.store {
            Store::Coded(coded) => coded.codes = kept.iter().map(|place| coded.codes.get(place)).collect(),
            Store::Texts(texts) => *texts = kept.iter().map(|place| texts.get(place)).collect(),
            Store::Numbers(numbers) => numbers.retain(kept),
        }
    }

    /// Adds a batch's cells of column `at`.
    pub fn append(&mut self, batch: &Batch<'_>, at: usize, rules: &Rules<'_>, findings: &mut Vec<Finding>) {
        match &mut self.store {
            Store::Coded(coded) => {
                coded.append(batch, at, rules, findings);
                self.look_anew();
            }
            Store::Texts(texts) => append_texts(texts, batch, at, rules, findings),
            Store::Numbers(numbers) => append_numbers(numbers, batch, at, rules, findings),
        }
    }

    /// Gives the dictionary up where hardly two rows say the same.
    fn look_anew(&mut self) {
        let Store::Coded(coded) = &self.store else { return };
        let (rows, distinct) = (coded.codes.len(), coded.raw.len());
        // Rows come by the batch, so the look is at the first batch past each doubling.
        let is_due = rows >= FIRST_LOOK && distinct > rows / 2;
        if self.kind == Kind::Text && is_due {
            self.store = Store::Texts(coded.as_texts());
        }
    }
}

impl Coded {
    fn as_texts(&self) -> Texts {
        let texts = self.codes.iter().map(|code| match self.value(code) {
            Value::Text(text) => text,
            _ => "",
        });
        texts.collect()
    }

    fn value(&self, code: u32) -> Value<'_> {
        let meaning = (code as usize).checked_sub(1).and_then(|at| self.meanings.get(at));
        match meaning.map(|meaning| meaning.means) {
            Some(Means::Text) => self.raw.value(code).map_or(Value::Missing, |text| Value::Text(text.trim())),
            Some(Means::Year(year)) => Value::Year(year),
            Some(Means::Date(date)) => Value::Date(date),
            Some(Means::Boolean(boolean)) => Value::Boolean(boolean),
            Some(Means::Missing) | None => Value::Missing,
        }
    }

    fn append(&mut self, batch: &Batch<'_>, at: usize, rules: &Rules<'_>, findings: &mut Vec<Finding>) {
        self.latest.clear();
        for (row, (start, end)) in batch.places(at).enumerate() {
            let code = self.raw.intern_within(batch.bytes(), start, end).unwrap_or_default();
            self.latest.push(code);
            let place = (code as usize).wrapping_sub(1);
            if place < self.meanings.len() && !self.has_odd {
                continue;
            }
            let cell = batch.bytes().get(start..end).unwrap_or_default();
            if place == self.meanings.len() {
                let meaning = meaning_of(cell, rules);
                self.has_odd |= meaning.is_odd;
                self.meanings.push(meaning);
            }
            if self.meanings.get(place).is_some_and(|meaning| meaning.is_odd) {
                judge_cell(cell, batch, row, at, rules, findings);
            }
        }
        self.codes.extend_from_slice(&self.latest);
    }
}

fn meaning_of(cell: &[u8], rules: &Rules<'_>) -> Meaning {
    let (value, notice, fault) = rules.judge(as_text(cell), 0);
    let means = match value {
        Value::Text(_) => Means::Text,
        Value::Year(year) => Means::Year(year),
        Value::Date(date) => Means::Date(date),
        Value::Boolean(boolean) => Means::Boolean(boolean),
        Value::Missing | Value::Number(_) | Value::Integer(_) => Means::Missing,
    };
    Meaning { means, is_odd: notice.is_some() || fault.is_some() }
}

/// What a cell that needs a closer look says; what is to be reported is added to `findings`.
fn judge_cell<'t>(
    cell: &'t [u8],
    batch: &Batch<'_>,
    row: usize,
    column: usize,
    rules: &Rules<'_>,
    findings: &mut Vec<Finding>,
) -> Value<'t> {
    let number = batch.first_row().saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
    let (value, notice, fault) = rules.judge(as_text(cell), number);
    let notice = notice.map(|problem| Finding { row, column, problem, is_fault: false });
    let fault = fault.map(|problem| Finding { row, column, problem, is_fault: true });
    findings.extend(notice.into_iter().chain(fault));
    value
}

fn append_texts(texts: &mut Texts, batch: &Batch<'_>, at: usize, rules: &Rules<'_>, findings: &mut Vec<Finding>) {
    let takes_plain = rules.takes_plain_texts();
    for (row, cell) in batch.column(at).enumerate() {
        let is_plain = |byte: Option<&u8>| matches!(byte, Some(0x21..0x7f));
        if takes_plain && is_plain(cell.first()) && is_plain(cell.last()) {
            texts.push_bytes(cell);
        } else {
            match judge_cell(cell, batch, row, at, rules, findings) {
                Value::Text(text) => texts.push(text),
                _ => texts.push(""),
            }
        }
    }
}

fn append_numbers(numbers: &mut Numbers, batch: &Batch<'_>, at: usize, rules: &Rules<'_>, findings: &mut Vec<Finding>) {
    let scale = numbers.scale();
    let plain = rules.plain_range(scale);
    let is_integer = rules.column.kind == Kind::Integer;
    let mark = u8::try_from(rules.column.field.marks.decimal).unwrap_or(b'.');
    let is_plain = |integer: i64| plain.as_ref().is_some_and(|plain| plain.contains(&integer));
    let takes_hundredths = plain.is_some() && !is_integer && scale == 2;
    // Numbers in hundredths, until one is not.
    let mut latest: Vec<i64> = Vec::with_capacity(batch.len());
    for (row, (start, end)) in batch.places(at).enumerate() {
        let hundredths = if takes_hundredths { number_in_hundredths(batch.bytes(), start, end, mark) } else { None };
        if let Some(hundredths) = hundredths.filter(|&hundredths| is_plain(hundredths)) {
            latest.push(hundredths);
            continue;
        }
        numbers.extend_from_slice(&latest);
        latest.clear();
        let cell = batch.bytes().get(start..end).unwrap_or_default();
        let plainly = plain_number(cell, mark).filter(|&(mantissa, decimals)| {
            let raised = scale.checked_sub(decimals).and_then(|more| mantissa.checked_mul(10i64.pow(u32::from(more))));
            raised.is_some_and(is_plain)
        });
        match plainly {
            Some((mantissa, decimals)) => numbers.push_plain(mantissa, decimals),
            None => match judge_cell(cell, batch, row, at, rules, findings) {
                Value::Number(number) => numbers.push(number),
                Value::Integer(integer) => numbers.push(Decimal::from(integer)),
                _ => numbers.push_missing(),
            },
        }
    }
    numbers.extend_from_slice(&latest);
}

/// The reader of rows gives out UTF-8 alone.
fn as_text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).unwrap_or_default()
}
