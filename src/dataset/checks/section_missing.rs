//! A project of one section says which.

use super::{at, table};
use crate::budget::Scope;
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::TableData;

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "projects") else { return };
    for (row, project) in table.rows().zip(&package.projects) {
        if project.scope == Some(Scope::Section) && project.section.is_none() {
            report.add(at(Code::SectionMissing, row, "section_id").arg("project", &project.id));
        }
    }
}
