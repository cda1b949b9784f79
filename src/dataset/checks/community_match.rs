//! The community gives at least the share of a project's cost that its round asks for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{at, plain, table, whole};
use crate::budget::FiscalYear;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

const COMMUNITY: &str = "community";

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "projects").filter(|_| whole(tables, "financing").is_some()) else { return };
    let mut given: BTreeMap<&str, i128> = BTreeMap::new();
    for financing in &package.financing {
        // A project with contributions, none of them the community's, has a community share of zero, not an unknown one.
        let of_project = given.entry(&financing.project).or_default();
        *of_project += if financing.source == COMMUNITY { i128::from(financing.amount.minor) } else { 0 };
    }
    let asked = package.processes.iter().filter_map(|process| Some((process.year, process.community_match_percent?)));
    let asked: Vec<(FiscalYear, Decimal)> = asked.collect();
    for (row, project) in table.rows().zip(&package.projects) {
        let Some(cost) = project.cost.filter(|cost| cost.minor > 0) else { continue };
        let of_round = asked.iter().find(|(year, _)| *year == project.round);
        let Some((&given, &(_, asked))) = given.get(project.id.as_str()).zip(of_round) else { continue };
        if is_under(given, cost.minor, asked).unwrap_or(false) {
            let problem = at(Code::CommunityMatch, row, "project_id").value(&project.id);
            let problem = problem.arg("given", plain(given, cost.currency)).arg("cost", cost.to_plain());
            report.add(problem.arg("asked", asked.normalize().to_string()).arg("year", project.round.to_string()));
        }
    }
}

/// `given * 100 < asked * cost`, exactly; `None` where that cannot be held.
fn is_under(given: i128, cost: i64, asked: Decimal) -> Option<bool> {
    let given = Decimal::try_from_i128_with_scale(given, 0).ok()?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(given < asked.checked_mul(Decimal::from(cost))?)
}
