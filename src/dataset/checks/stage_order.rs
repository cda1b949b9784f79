//! Each stage of a line is no larger than the one before it: PIM, certified, committed, accrued, paid.
//!
//! A warning, because reversals and timing break the ladder in honest accounts too (DOMAIN.md section 4).

use super::{at, plain, stages};
use crate::budget::{Stage, StageAmounts};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

/// The opening budget is no rung: the modified one may grow or shrink from it.
const LADDER: [Stage; 5] = [Stage::Pim, Stage::Certified, Stage::Committed, Stage::Accrued, Stage::Paid];

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    for (table, row, amounts, currency) in stages(package, tables) {
        let known: Vec<(Stage, i64)> =
            LADDER.into_iter().filter_map(|stage| Some((stage, amounts.at(stage)?))).collect();
        for pair in known.windows(2) {
            let &[(before, most), (after, minor)] = pair else { continue };
            if minor <= most || (before == Stage::Pim && has_no_budget(amounts)) {
                continue;
            }
            let problem = at(Code::StageOrder, table, row, after.column()).value(plain(minor.into(), currency));
            let problem = problem.arg("other", table.label(before.column()));
            report.add(problem.arg("other_value", plain(most.into(), currency)));
        }
    }
}

/// Money spent on a line whose budget is known to be zero, which has its own notice.
pub(super) fn has_no_budget(amounts: StageAmounts) -> bool {
    amounts.at(Stage::Pim) == Some(0) && amounts.at(Stage::Accrued).is_some_and(|spent| spent > 0)
}
