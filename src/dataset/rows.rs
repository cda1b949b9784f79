//! Rows of a table, one at a time, as values of the domain.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount;
use super::columns::Value;
use super::problem::{Code, Problem};
use super::report::Report;
use super::table::{Row, TableData};
use crate::budget::{Date, FiscalYear, Point, Stage, StageAmounts};
use crate::money::{Currency, Money};

/// Rows by a number each has; equal ones as they stood. The sorting itself is written once for all kinds of rows.
pub(super) fn in_order<T>(rows: Vec<T>, number: impl Fn(&T) -> i64) -> Vec<T> {
    let mut places: Vec<(i64, usize)> = rows.iter().enumerate().map(|(place, row)| (number(row), place)).collect();
    places.sort_unstable();
    let mut rows: Vec<Option<T>> = rows.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(_, place)| rows.get_mut(place)?.take()).collect()
}

/// How far a table has been gone through.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    /// The place to go on from.
    place: usize,
    refused: Vec<usize>,
}

/// The tables that rows are taken from.
pub(super) struct Rows<'a> {
    pub tables: &'a mut [TableData],
    pub report: &'a mut Report,
    /// The currency of amounts whose row and round name none.
    pub fallback: Option<Currency>,
    pub under_way: &'a mut UnderWay,
}

/// A row on its way out of its table. A method that finds the row unusable says so in `problems`.
pub(super) struct RowView<'a> {
    pub row: Row<'a>,
    pub fallback: Option<Currency>,
    problems: std::cell::RefCell<Vec<Problem>>,
}

impl Rows<'_> {
    /// Some more rows of a table as values; whether these were the last. A row that `build` refuses is set aside in the
    /// end; its reasons are reported.
    pub fn build<T>(&mut self, name: &str, built: &mut Vec<T>, build: impl Fn(&RowView<'_>) -> Option<T>) -> bool {
        /// Rows built at one go, each of some dozen texts.
        const PIECE: usize = 1 << 11;
        let Some(table) = self.tables.iter_mut().find(|table| table.name == name) else { return true };
        if self.under_way.place == 0 {
            built.reserve_exact(table.places());
        }
        let end = table.places().min(self.under_way.place.saturating_add(PIECE));
        for place in (self.under_way.place..end).filter(|&place| !table.aside.contains(place)) {
            let row = Row { table, place };
            let view = RowView { row, fallback: self.fallback, problems: std::cell::RefCell::default() };
            let value = build(&view);
            let problems = view.problems.into_inner();
            match value {
                Some(value) if problems.is_empty() => built.push(value),
                _ => self.under_way.refused.push(place),
            }
            problems.into_iter().for_each(|problem| self.report.add(problem));
        }
        self.under_way.place = end;
        if end < table.places() {
            return false;
        }
        table.set_aside(&std::mem::take(self.under_way).refused);
        true
    }

    /// Every row of a table as values, at one go: of a table that has one row a year, or is a list of codes.
    pub fn all<T>(&mut self, name: &str, build: impl Fn(&RowView<'_>) -> Option<T>) -> Vec<T> {
        let mut built = Vec::new();
        while !self.build(name, &mut built, &build) {}
        built
    }

    /// Rows of a code list, by its `sort_order` (or `order`) where it has one.
    pub fn ordered<T>(&mut self, name: &str, build: impl Fn(&RowView<'_>) -> Option<T>) -> Vec<T> {
        let rows = self.all(name, |row| {
            let order = row.integer("sort_order").or_else(|| row.integer("order")).unwrap_or(i64::MAX);
            Some((order, build(row)?))
        });
        in_order(rows, |(order, _)| *order).into_iter().map(|(_, value)| value).collect()
    }
}

impl RowView<'_> {
    pub fn value(&self, column: &str) -> Value<'_> {
        self.row.named(column)
    }

    pub fn text(&self, column: &str) -> Option<String> {
        self.value(column).key().map(Cow::into_owned)
    }

    pub fn year(&self, column: &str) -> Option<FiscalYear> {
        match self.value(column) {
            Value::Year(year) => Some(year),
            _ => None,
        }
    }

    pub fn date(&self, column: &str) -> Option<Date> {
        match self.value(column) {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    pub fn integer(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    pub fn decimal(&self, column: &str) -> Option<Decimal> {
        match self.value(column) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A point, as `longitude, latitude`; `None` (and a problem) where it is none.
    pub fn point(&self, column: &str) -> Option<Option<Point>> {
        let Some(text) = self.text(column) else { return Some(None) };
        let point = text.parse().ok();
        if point.is_none() {
            self.push(self.problem(Code::ValuePattern, column).value(text).arg("allowed", "-76.9412, -12.2135"));
        }
        point.map(Some)
    }

    /// A number that must be above zero; `None` (and a problem) where it is not.
    pub fn above_zero(&self, column: &str) -> Option<Decimal> {
        let number = self.decimal(column)?;
        if number > Decimal::ZERO {
            return Some(number);
        }
        self.push(self.problem(Code::ValueRange, column).value(number.to_string()).arg("allowed", "> 0"));
        None
    }

    /// A currency column: `Some(None)` where blank, `None` (and a problem) where it is no currency.
    pub fn currency(&self, column: &str) -> Option<Option<Currency>> {
        let Some(code) = self.text(column) else { return Some(None) };
        match code.parse() {
            Ok(currency) => Some(Some(currency)),
            Err(_not_a_currency) => {
                self.refuse(Code::CurrencyFormat, column, &code);
                None
            }
        }
    }

    /// An amount: `Some(None)` where not published, `None` (and a problem) where it does not fit its currency.
    pub fn money(&self, column: &str, currency: Option<Currency>) -> Option<Option<Money>> {
        let Some(amount) = self.decimal(column) else { return Some(None) };
        let currency = currency.or(self.fallback);
        match amount::minor(amount, currency) {
            Ok(minor) => Some(Some(Money::new(minor, currency?))),
            Err(refusal) => {
                self.push(refusal.fill(self.problem(refusal.code(), column), amount));
                None
            }
        }
    }

    pub fn stages(&self, currency: Option<Currency>) -> Option<StageAmounts> {
        let mut amounts = StageAmounts::default();
        for (slot, stage) in amounts.minor.iter_mut().zip(Stage::OF_A_LINE) {
            *slot = self.money(stage.column(), currency)?.map(|money| money.minor);
        }
        Some(amounts)
    }

    pub fn refuse(&self, code: Code, column: &str, value: &str) {
        self.push(self.problem(code, column).value(value));
    }

    fn push(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    fn problem(&self, code: Code, column: &str) -> Problem {
        let table = self.row.table;
        Problem::new(code, &table.file).row(self.row.number()).column(table.label(column))
    }

    /// The currency stated once for the whole table.
    pub fn of_table(&self) -> Option<Currency> {
        self.row.table.currency.as_ref()?.parse().ok()
    }
}
