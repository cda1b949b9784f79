//! The share of investment that was reported is the computed one, to half a point.

use rust_decimal::Decimal;

use super::{at, rows_by_year, table};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;
use crate::money::ratio;

/// Half a point, in percent (DOMAIN.md section 4).
const TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "processes") else { return };
    let rows = rows_by_year(table);
    for process in &package.processes {
        let amounts = process.participatory_fund.zip(process.investment_budget).zip(process.reported_share_percent);
        let Some(((fund, budget), reported)) = amounts else { continue };
        let Some(shown) = ratio::percent(fund.minor, budget.minor, 1) else { continue };
        if differs(fund.minor, budget.minor, reported).unwrap_or(true)
            && let Some(&row) = rows.get(&process.year)
        {
            let problem = at(Code::ShareDiffers, row, "reported_share_percent").value(reported.to_string());
            report.add(problem.arg("computed", shown.to_string()).arg("year", process.year.to_string()));
        }
    }
}

/// Whether the two are more than the tolerance apart, without dividing: `|fund*100 - reported*budget| > tolerance*budget`.
/// `None` for a share so large that the product cannot be held.
fn differs(fund: i64, budget: i64, reported: Decimal) -> Option<bool> {
    let budget = Decimal::from(budget);
    let computed = Decimal::from(fund).checked_mul(Decimal::ONE_HUNDRED)?;
    let distance = computed.checked_sub(reported.checked_mul(budget)?)?.abs();
    Some(distance > TOLERANCE.checked_mul(budget)?)
}
