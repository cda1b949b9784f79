//! Each stage of a line is no larger than the one before it: PIM, certified, committed, accrued, paid.
//!
//! A warning, because reversals and timing break the ladder in honest accounts too (DOMAIN.md section 4).

use super::stages::each_row_that;
use super::{placed, plain};
use crate::budget::{Stage, StageAmounts};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

/// The opening budget is no rung: the modified one may grow or shrink from it.
const LADDER: [Stage; 5] = [Stage::Pim, Stage::Certified, Stage::Committed, Stage::Accrued, Stage::Paid];

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let climbs_somewhere = |amounts| climbs(amounts).next().is_some();
    each_row_that(climbs_somewhere, package, tables, &mut |row, amounts, currency| {
        for ((before, most), (after, minor)) in climbs(amounts) {
            let Some(problem) = report.found(Code::StageOrder, &row.table.file) else { continue };
            let problem = placed(problem, row, after.column()).value(plain(minor.into(), currency));
            let problem = problem.arg("other", row.table.label(before.column()));
            report.list(problem.arg("other_value", plain(most.into(), currency)));
        }
    });
}

/// The pairs of known stages, one after the other, of which the later is the larger.
fn climbs(amounts: StageAmounts) -> impl Iterator<Item = ((Stage, i64), (Stage, i64))> {
    let known = LADDER.into_iter().filter_map(move |stage| Some((stage, amounts.at(stage)?)));
    let pairs = known.scan(None, |before, rung| Some(before.replace(rung).zip(Some(rung))));
    let is_out_of_order = move |&((before, most), (_, minor)): &((Stage, i64), (Stage, i64))| {
        minor > most && !(before == Stage::Pim && has_no_budget(amounts))
    };
    pairs.flatten().filter(is_out_of_order)
}

/// Money spent on a line whose budget is known to be zero, which has its own notice.
pub(super) fn has_no_budget(amounts: StageAmounts) -> bool {
    amounts.at(Stage::Pim) == Some(0) && amounts.at(Stage::Accrued).is_some_and(|spent| spent > 0)
}
