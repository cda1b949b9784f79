//! Nothing is spent on a line whose budget is zero. A budget that is not published is another matter.

use super::stage_order::has_no_budget;
use super::stages::each_row_that;
use super::{placed, plain};
use crate::budget::Stage;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    each_row_that(has_no_budget, package, tables, &mut |row, amounts, currency| {
        let Some(problem) = report.found(Code::SpentWithoutBudget, &row.table.file) else { return };
        let spent = amounts.at(Stage::Accrued).unwrap_or_default();
        let problem = placed(problem, row, Stage::Accrued.column()).value(plain(spent.into(), currency));
        report.list(problem.arg("other", row.table.label(Stage::Pim.column())));
    });
}
