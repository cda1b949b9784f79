//! A budget line stands in its project's section. A work of several sections may have lines in any of them.

use super::{placed, table};
use crate::budget::{Project, Scope, Stage};
use crate::dataset::package::Package;
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::table::{Row, TableData};
use crate::engine::{Key, NO_VALUE};

pub(super) fn check(package: &Package, tables: &[TableData], report: &mut Report) {
    let Some(table) = table(tables, "budget") else { return };
    let keys = package.facts.dictionary(Key::Project).zip(package.facts.dictionary(Key::Section));
    let Some((projects, sections)) = keys else { return };
    // By the code of a project, the one section its lines may stand in.
    let mut expected: Vec<Option<(&Project, &str, u32)>> = vec![None; projects.len() + 1];
    for project in package.projects.iter().rev() {
        let section = project.section.as_deref().filter(|_| project.scope != Some(Scope::Multi));
        if let Some(expected) = projects.code(&project.id).and_then(|code| expected.get_mut(code as usize)) {
            *expected = section.map(|section| (project, section, sections.code(section).unwrap_or(NO_VALUE)));
        }
    }
    let Some(lines) = package.facts.table(Stage::Accrued) else { return };
    let Some((project_codes, section_codes)) = lines.column(Key::Project).zip(lines.column(Key::Section)) else {
        return;
    };
    for place in 0..lines.len() {
        // A line that names no section stands in its project's.
        let found = section_codes.get(place);
        let Some(&Some((project, section, code))) = expected.get(project_codes.get(place) as usize) else { continue };
        if found != code
            && let Some(found) = sections.value(found)
            && let Some(problem) = report.found(Code::SectionDiffers, &table.file)
        {
            let problem = placed(problem, Row { table, place }, "section_id").value(found);
            report.list(problem.arg("project", &project.id).arg("expected", section));
        }
    }
}
