//! A budget line stands in its project's section. A work of several sections may have lines in any of them.

use super::{at, table};
use crate::budget::Scope;
use crate::dataset::facts::{find, index};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "budget") else { return };
    let by_id = index(&package.projects);
    for (row, line) in table.rows.iter().zip(&package.lines) {
        let project = line.project.as_deref().and_then(|id| find(&package.projects, &by_id, id));
        let Some(project) = project.filter(|project| project.scope != Some(Scope::Multi)) else { continue };
        if let (Some(found), Some(expected)) = (&line.section, &project.section)
            && found != expected
        {
            let problem = at(Code::SectionDiffers, table, row, "section_id").value(found);
            report.add(problem.arg("project", &project.id).arg("expected", expected));
        }
    }
}
