//! Totals the publisher gives as a control: the rows add up to them exactly, or it is said why that was not checked.

use rust_decimal::Decimal;

use super::stages::currency_of_line;
use super::{at, rows_by_year};
use crate::budget::{Process, Stage};
use crate::dataset::columns::{Cells, Value};
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::spec::Kind;
use crate::dataset::table::{Row, TableData};
use crate::dataset::translate::translate;
use crate::dataset::value::exact_sum;
use crate::engine::{Amounts, Bitset};
use crate::money::Currency;
use crate::money::parse::{NumberMarks, parse_decimal};

/// Checks the first control in use from a place on, and gives the place to go on from.
pub(super) fn check(place: usize, package: &Package, tables: &[TableData], report: &mut Report) -> Option<usize> {
    let controls = super::table(tables, "controls")?;
    let place = (place..controls.places()).find(|&place| !controls.aside.contains(place))?;
    let control = Control { package, row: Row { table: controls, place } };
    if let Some(problem) = control.problem(tables) {
        report.add(problem);
    }
    Some(place + 1)
}

struct Control<'a> {
    package: &'a Package,
    row: Row<'a>,
}

impl Control<'_> {
    fn problem(&self, tables: &[TableData]) -> Option<Problem> {
        let resource = self.text("resource");
        let Some(table) = tables.iter().find(|table| table.name == resource) else {
            return Some(self.unknown("resource"));
        };
        if !table.is_whole() {
            let problem = at(Code::ControlUnchecked, self.row, "resource").value(resource);
            return Some(problem.arg("target", &table.file));
        }
        let is_number = |kind| matches!(kind, Kind::Amount | Kind::Percent | Kind::Integer);
        let field = table.position(&self.text("field"));
        let Some(field) = field.filter(|&at| table.columns.get(at).is_some_and(|column| is_number(column.kind))) else {
            return Some(self.unknown("field"));
        };
        let Some(rows) = rows_that_meet(&self.text("filter"), table, self.package) else {
            return Some(self.unknown("filter"));
        };
        self.compare(table, field, &rows)
    }

    /// The exact sum of some rows against what was expected.
    fn compare(&self, table: &TableData, field: usize, rows: &Bitset) -> Option<Problem> {
        let numbers = Source::of(table, field, self.package)?;
        let currencies = Currencies::of(table, field, self.package);
        let mut sum = Decimal::ZERO;
        let mut currency: Option<Currency> = None;
        for place in rows.iter() {
            let Some(number) = number(numbers.value(place)) else { continue };
            let of_row = currencies.get(place);
            if currency.is_some() && of_row.is_some() && currency != of_row {
                return Some(at(Code::ControlCurrencies, self.row, "filter").value(self.text("filter")));
            }
            currency = currency.or(of_row);
            let Some(more) = exact_sum(sum, number) else {
                return Some(at(Code::SumTooLarge, self.row, "expected"));
            };
            sum = more;
        }
        let Value::Number(expected) = self.row.named("expected") else { return None };
        if sum == expected {
            return None;
        }
        let problem = at(Code::ControlTotal, self.row, "expected").value(expected.to_string());
        let problem = problem.arg("sum", sum.to_string()).arg("target", &table.file);
        Some(problem.arg("field", self.text("field")))
    }

    fn unknown(&self, column: &str) -> Problem {
        at(Code::ControlUnknown, self.row, column).value(self.text(column))
    }

    fn text(&self, column: &str) -> String {
        self.row.named(column).key().unwrap_or_default().into_owned()
    }
}

/// A column, wherever it is by now.
enum Source<'a> {
    Cells(&'a Cells),
    /// The amounts of budget lines, which were moved out of their table, and their decimals.
    Moved(&'a Amounts, u32),
}

impl<'a> Source<'a> {
    fn of(table: &'a TableData, column: usize, package: &'a Package) -> Option<Self> {
        let cells = table.cells.get(column)?;
        let name = &table.columns.get(column)?.name;
        let stage = Stage::OF_A_LINE.into_iter().find(|stage| stage.column() == name);
        let was_moved = cells.len() < table.places() && table.name == "budget";
        let amounts = stage.filter(|_| was_moved).and_then(|stage| package.facts.table(stage)?.amounts(stage));
        let exponent = currency_of_line(package, 0).map(|currency| u32::from(currency.exponent()));
        Some(amounts.zip(exponent).map_or(Self::Cells(cells), |(amounts, scale)| Self::Moved(amounts, scale)))
    }

    fn value(&self, place: usize) -> Value<'a> {
        match self {
            Self::Cells(cells) => cells.value(place),
            Self::Moved(amounts, scale) => {
                amounts.get(place).map_or(Value::Missing, |minor| Value::Number(Decimal::new(minor, *scale)))
            }
        }
    }
}

/// The currencies of a column's rows, where it holds amounts.
enum Currencies<'a> {
    None,
    OfLines(&'a Package),
    Listed(Vec<Option<Currency>>),
}

impl<'a> Currencies<'a> {
    fn of(table: &TableData, field: usize, package: &'a Package) -> Self {
        let Some(column) = table.columns.get(field).filter(|column| column.kind == Kind::Amount) else {
            return Self::None;
        };
        let listed = match table.name.as_str() {
            "budget" => return Self::OfLines(package),
            "projects" => package.projects.iter().map(|project| Some(project.currency)).collect(),
            "financing" => package.financing.iter().map(|financing| Some(financing.amount.currency)).collect(),
            "allocations" => package.allocations.iter().map(|allocation| Some(allocation.amount.currency)).collect(),
            "processes" => {
                // The package keeps rounds by year, and not by row.
                let mut listed = vec![None; table.places()];
                let rows = rows_by_year(table);
                for process in package.processes.iter().rev() {
                    let place = rows.get(&process.year).and_then(|row| listed.get_mut(row.place));
                    if let Some(currency) = place {
                        *currency = Some(of_round(process, &column.name));
                    }
                }
                listed
            }
            _ => return Self::None,
        };
        Self::Listed(listed)
    }

    fn get(&self, place: usize) -> Option<Currency> {
        match self {
            Self::None => None,
            Self::OfLines(package) => currency_of_line(package, place),
            Self::Listed(listed) => listed.get(place).copied().flatten(),
        }
    }
}

fn of_round(process: &Process, column: &str) -> Currency {
    let of_reserve = process.district_reserve.filter(|_| column == "district_reserve");
    of_reserve.map_or(process.currency, |reserve| reserve.currency)
}

/// The rows of a whole table that meet every `column=value` condition between semicolons; `None` where one is no such thing.
fn rows_that_meet(filter: &str, table: &TableData, package: &Package) -> Option<Bitset> {
    let mut rows = Bitset::all(table.places());
    for part in filter.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (column, wanted) = part.split_once('=')?;
        let column = Source::of(table, table.position(column.trim())?, package)?;
        let wanted = wanted.trim();
        let number = parse_decimal(wanted, NumberMarks::default()).ok();
        let met = match column {
            Source::Cells(cells) => {
                let met = translate(Some(cells), &mut |value| u32::from(is_met(value, wanted, number)));
                Bitset::from_fn(table.places(), |place| met.get(place) == 1)
            }
            moved => Bitset::from_fn(table.places(), |place| is_met(moved.value(place), wanted, number)),
        };
        rows = rows.and(&met);
    }
    Some(rows)
}

/// A number matches however many zeros it is written with; nothing after `=` asks for a blank.
fn is_met(value: Value<'_>, wanted: &str, wanted_number: Option<Decimal>) -> bool {
    match number(value) {
        Some(number) => wanted_number == Some(number),
        None => value.key().unwrap_or_default() == wanted,
    }
}

fn number(value: Value<'_>) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number),
        Value::Integer(integer) => Some(Decimal::from(integer)),
        _ => None,
    }
}
