//! Totals the publisher gives as a control: the rows add up to them exactly, or it is said why that was not checked.

use rust_decimal::Decimal;

use super::{at, row_of_year};
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::spec::Kind;
use crate::dataset::table::{DataRow, TableData};
use crate::dataset::value::{Value, exact_sum};
use crate::money::Currency;
use crate::money::parse::{NumberMarks, parse_decimal};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(controls) = super::table(tables, "controls") else { return };
    for row in &controls.rows {
        let control = Control { package, controls, row };
        if let Some(problem) = control.problem(tables) {
            report.add(problem);
        }
    }
}

struct Control<'a> {
    package: &'a Package,
    controls: &'a TableData,
    row: &'a DataRow,
}

impl Control<'_> {
    fn problem(&self, tables: &[TableData]) -> Option<Problem> {
        let resource = self.text("resource");
        let Some(table) = tables.iter().find(|table| table.name == resource) else {
            return Some(self.unknown("resource"));
        };
        if !table.is_whole() {
            let problem = at(Code::ControlUnchecked, self.controls, self.row, "resource").value(resource);
            return Some(problem.arg("target", &table.file));
        }
        let is_number = |kind| matches!(kind, Kind::Amount | Kind::Percent | Kind::Integer);
        let field = table.position(&self.text("field"));
        let Some(field) = field.filter(|&at| table.columns.get(at).is_some_and(|column| is_number(column.kind))) else {
            return Some(self.unknown("field"));
        };
        let Some(conditions) = conditions(table, &self.text("filter")) else {
            return Some(self.unknown("filter"));
        };
        self.compare(table, field, &conditions)
    }

    /// The exact sum of the kept rows against what was expected.
    fn compare(&self, table: &TableData, field: usize, conditions: &[(usize, String)]) -> Option<Problem> {
        let mut sum = Decimal::ZERO;
        let mut currency: Option<Currency> = None;
        for (place, row) in table.rows.iter().enumerate().filter(|(_, row)| is_kept(row, conditions)) {
            let Some(number) = number(row.values.get(field)) else { continue };
            let of_row = self.currency(table, field, place);
            if currency.is_some() && of_row.is_some() && currency != of_row {
                return Some(at(Code::ControlCurrencies, self.controls, self.row, "filter").value(self.text("filter")));
            }
            currency = currency.or(of_row);
            let Some(more) = exact_sum(sum, number) else {
                return Some(at(Code::SumTooLarge, self.controls, self.row, "expected"));
            };
            sum = more;
        }
        let Value::Number(expected) = self.controls.value(self.row, "expected") else { return None };
        if sum == *expected {
            return None;
        }
        let problem = at(Code::ControlTotal, self.controls, self.row, "expected").value(expected.to_string());
        let problem = problem.arg("sum", sum.to_string()).arg("target", &table.file);
        Some(problem.arg("field", self.text("field")))
    }

    /// The currency of an amount, where the column holds amounts.
    fn currency(&self, table: &TableData, field: usize, place: usize) -> Option<Currency> {
        let column = table.columns.get(field).filter(|column| column.kind == Kind::Amount)?;
        let package = self.package;
        match table.name.as_str() {
            "projects" => package.projects.get(place).map(|project| project.currency),
            "budget" => package.lines.get(place).map(|line| line.currency),
            "financing" => package.financing.get(place).map(|financing| financing.amount.currency),
            "allocations" => package.allocations.get(place).map(|allocation| allocation.amount.currency),
            "processes" => {
                let row = table.rows.get(place)?;
                let of_row = |year| row_of_year(table, year).is_some_and(|found| found.row == row.row);
                let process = package.processes.iter().find(|process| of_row(process.year))?;
                let of_reserve = process.district_reserve.filter(|_| column.name == "district_reserve");
                Some(of_reserve.map_or(process.currency, |reserve| reserve.currency))
            }
            _ => None,
        }
    }

    fn unknown(&self, column: &str) -> Problem {
        at(Code::ControlUnknown, self.controls, self.row, column).value(self.text(column))
    }

    fn text(&self, column: &str) -> String {
        self.controls.value(self.row, column).key().unwrap_or_default()
    }
}

/// `column=value` conditions between semicolons, as columns and texts; `None` where one is no such thing.
fn conditions(table: &TableData, filter: &str) -> Option<Vec<(usize, String)>> {
    let parts = filter.split(';').map(str::trim).filter(|part| !part.is_empty());
    let condition = |part: &str| {
        let (column, value) = part.split_once('=')?;
        Some((table.position(column.trim())?, value.trim().to_owned()))
    };
    parts.map(condition).collect()
}

/// Whether a row meets every condition. A number matches however many zeros it is written with; nothing after `=` asks
/// for a blank.
fn is_kept(row: &DataRow, conditions: &[(usize, String)]) -> bool {
    conditions.iter().all(|(column, wanted)| {
        let value = row.values.get(*column);
        let wanted_number = parse_decimal(wanted, NumberMarks::default()).ok();
        (wanted_number.is_some() && number(value) == wanted_number)
            || value.and_then(Value::key).unwrap_or_default() == *wanted
    })
}

fn number(value: Option<&Value>) -> Option<Decimal> {
    match value? {
        Value::Number(number) => Some(*number),
        Value::Integer(integer) => Some(Decimal::from(*integer)),
        _ => None,
    }
}
