//! Every total that a page may show can be held exactly.

use crate::budget::Stage;
use crate::dataset::package::Package;
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::dataset::table::TableData;
use crate::engine::{Amounts, Filter, Question, currencies, group};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let filter = Filter::default();
    for stage in Stage::ALL {
        let name = if stage == Stage::Agreed { "projects" } else { "budget" };
        let Some(table) = super::table(tables, name) else { continue };
        // Nearly always known without adding anything up.
        let amounts = package.facts.table(stage).and_then(|rows| rows.amounts(stage));
        if amounts.is_none_or(Amounts::cannot_overflow) {
            continue;
        }
        for currency in currencies(&package.facts, stage, &filter).unwrap_or_default() {
            if group(&package.facts, &Question { by: &[], stage, currency, filter: &filter }).is_err() {
                let problem = Problem::new(Code::SumTooLarge, &table.file).column(table.label(stage.column()));
                report.add(problem.value(currency.code()));
            }
        }
    }
}
