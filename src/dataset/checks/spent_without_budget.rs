//! Nothing is spent on a line whose budget is zero. A budget that is not published is another matter.

use super::stage_order::has_no_budget;
use super::{at, plain, stages};
use crate::budget::Stage;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    for (table, row, amounts, currency) in stages(package, tables).filter(|(_, _, amounts, _)| has_no_budget(*amounts))
    {
        let spent = amounts.at(Stage::Accrued).unwrap_or_default();
        let problem = at(Code::SpentWithoutBudget, table, row, Stage::Accrued.column());
        let problem = problem.value(plain(spent.into(), currency));
        report.add(problem.arg("other", table.label(Stage::Pim.column())));
    }
}
