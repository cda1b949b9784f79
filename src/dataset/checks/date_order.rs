//! Dates that follow one another do: works end after they start, meetings are held after they are announced.

use super::{at, table};
use crate::dataset::columns::Value;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

/// Table, earlier column, later column.
const IN_ORDER: &[(&str, &str, &str)] =
    &[("projects", "actual_start", "actual_end"), ("milestones", "announced_date", "actual_date")];

pub(super) fn check(_package: &Package, tables: &[TableData], report: &mut Report) {
    for (name, first, second) in IN_ORDER {
        let Some(table) = table(tables, name) else { continue };
        let Some((earlier, later)) = table.column(first).zip(table.column(second)) else { continue };
        for row in table.rows() {
            if let (Value::Date(earlier), Value::Date(later)) = (row.value(earlier), row.value(later))
                && earlier > later
            {
                let problem = at(Code::DateOrder, row, second).value(later.to_string());
                report.add(problem.arg("other", table.label(first)).arg("other_value", earlier.to_string()));
            }
        }
    }
}
