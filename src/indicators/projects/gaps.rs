//! What is not published of a work, each thing by name.

use crate::budget::{Project, Scope};
use crate::dataset::Package;

/// Something that is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The table it would stand in.
    pub table: &'static str,
    /// The column; empty where the work has no row in that table.
    pub column: &'static str,
    /// Whether no work of the package has it: the table or the column is not published at all.
    pub is_of_all: bool,
}

struct Asked {
    table: &'static str,
    column: &'static str,
    is_told: fn(&Project) -> bool,
    /// Whether a work can be without it: a district-wide one has no section, one that is not finished has no end.
    is_due: fn(&Package, &Project) -> bool,
}

const fn asked(column: &'static str, is_told: fn(&Project) -> bool) -> Asked {
    Asked { table: "projects", column, is_told, is_due: |_, _| true }
}

const fn due(asked: Asked, is_due: fn(&Package, &Project) -> bool) -> Asked {
    Asked { is_due, ..asked }
}

const ASKED: [Asked; 22] = [
    due(asked("section_id", |p| p.section.is_some()), |_, p| p.scope != Some(Scope::District)),
    due(asked("neighbourhood_id", |p| p.neighbourhood.is_some()), |_, p| is_of_one_section(p)),
    asked("scope", |p| p.scope.is_some()),
    asked("dimension_id", |p| p.dimension.is_some()),
    asked("objective_id", |p| p.objective.is_some()),
    asked("function_code", |p| p.function.is_some()),
    asked("cui", |p| p.code.is_some()),
    asked("status", |p| p.status.is_some()),
    asked("status_date", |p| p.status_date.is_some()),
    asked("physical_progress_percent", |p| p.physical_progress_percent.is_some()),
    asked("cost_estimate", |p| p.cost.is_some()),
    asked("technical_design_cost", |p| p.technical_design_cost.is_some()),
    asked("feasibility", |p| p.feasibility.is_some()),
    asked("agreed_amount", |p| p.agreed.is_some()),
    due(asked("agreed_on", |p| p.agreed_on.is_some()), |_, p| p.is_agreed() != Some(false)),
    due(asked("act_document_url", |p| p.act_document_url.is_some()), |_, p| p.is_agreed() != Some(false)),
    due(asked("votes", |p| p.votes.is_some()), |_, p| p.is_agreed() != Some(false)),
    due(asked("priority_rank", |p| p.priority_rank.is_some()), |_, p| p.is_agreed() != Some(false)),
    asked("beneficiaries", |p| p.beneficiaries.is_some()),
    asked("planned_end", |p| p.planned_end.is_some()),
    due(asked("actual_start", |p| p.actual_start.is_some()), has_begun),
    due(asked("actual_end", |p| p.actual_end.is_some()), has_ended),
];

/// What is not published of a project, in the order of its page. `lines` says whether it has budget lines.
pub fn gaps(package: &Package, project: &Project, has_lines: bool) -> Vec<Gap> {
    let lacks = |asked: &&Asked| !(asked.is_told)(project) && (asked.is_due)(package, project);
    let mut gaps: Vec<Gap> = ASKED
        .iter()
        .filter(lacks)
        .map(|asked| Gap {
            table: asked.table,
            column: asked.column,
            is_of_all: !package.projects.iter().any(asked.is_told),
        })
        .collect();
    if project.location.is_none() {
        let is_of_all = package.projects.iter().all(|other| other.location.is_none());
        gaps.push(Gap { table: "projects", column: "location", is_of_all });
    }
    let tables = [
        ("budget", has_lines, !package.has_lines()),
        ("financing", package.financing.iter().any(|one| one.project == project.id), package.financing.is_empty()),
        (
            "status_history",
            package.status_history.iter().any(|one| one.project == project.id),
            package.status_history.is_empty(),
        ),
    ];
    let without = tables.into_iter().filter(|(_, is_there, _)| !is_there);
    gaps.extend(without.map(|(table, _, is_of_all)| Gap { table, column: "", is_of_all }));
    gaps
}

fn is_of_one_section(project: &Project) -> bool {
    !matches!(project.scope, Some(Scope::District | Scope::Multi))
}

fn oc4ids<'a>(package: &'a Package, project: &Project) -> Option<&'a str> {
    let status = package.statuses.iter().find(|status| Some(&status.id) == project.status.as_ref())?;
    Some(&status.oc4ids_status)
}

fn has_begun(package: &Package, project: &Project) -> bool {
    !matches!(oc4ids(package, project), Some("identification" | "preparation" | "cancelled"))
}

fn has_ended(package: &Package, project: &Project) -> bool {
    matches!(oc4ids(package, project), Some("completion" | "maintenance"))
}
