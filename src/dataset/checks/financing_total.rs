//! The contributions to a project total its cost.

use std::collections::BTreeMap;

use super::{at, plain, table, whole};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "projects").filter(|_| whole(tables, "financing").is_some()) else { return };
    let mut totals: BTreeMap<&str, i128> = BTreeMap::new();
    for financing in &package.financing {
        *totals.entry(&financing.project).or_default() += i128::from(financing.amount.minor);
    }
    for (row, project) in table.rows().zip(&package.projects) {
        let Some((cost, &total)) = project.cost.zip(totals.get(project.id.as_str())) else { continue };
        if total != i128::from(cost.minor) {
            let problem = at(Code::FinancingTotal, row, "cost_estimate").value(cost.to_plain());
            report.add(problem.arg("project", &project.id).arg("total", plain(total, cost.currency)));
        }
    }
}
