//! Dates that follow one another do: works end after they start, meetings are held after they are announced.

use super::{at, table};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;
use crate::dataset::value::Value;

/// Table, earlier column, later column.
const IN_ORDER: &[(&str, &str, &str)] =
    &[("projects", "actual_start", "actual_end"), ("milestones", "announced_date", "actual_date")];

pub(super) fn check(_package: &Package, tables: &[TableData], report: &mut Report) {
    for (name, first, second) in IN_ORDER {
        let Some(table) = table(tables, name) else { continue };
        for row in &table.rows {
            if let (Value::Date(earlier), Value::Date(later)) = (table.value(row, first), table.value(row, second))
                && earlier > later
            {
                let problem = at(Code::DateOrder, table, row, second).value(later.to_string());
                report.add(problem.arg("other", table.label(first)).arg("other_value", earlier.to_string()));
            }
        }
    }
}
