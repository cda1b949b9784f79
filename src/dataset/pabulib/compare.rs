//! A ballots file against the package it belongs to.

use super::super::package::Package;
use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::Pabulib;
use super::sections::PROJECTS;
use crate::budget::{FiscalYear, Project, Scope};

/// Reports proposals of unknown sections, and those of the package's projects that the file says otherwise of: another
/// round, another section, other votes. A proposal that is no project of the package is one that was not agreed.
pub(in super::super) fn hold_to_package(
    ballots: &Pabulib,
    year: FiscalYear,
    file: &str,
    package: &Package,
    report: &mut Report,
) {
    let backing = ballots.backing();
    let has_ballots = !ballots.ballots().is_empty();
    // A section that was set aside is reported where it stands.
    let has_all_sections = report.tables.iter().any(|table| table.resource == "sections" && table.set_aside.rows == 0);
    for (proposal, backing) in ballots.proposals.iter().zip(&backing) {
        let line = ballots.projects.rows.get(proposal.row).map_or(0, |row| row.line);
        let at = |code: Code, label: &str| Problem::new(code, file).row(line).column(format!("{PROJECTS}.{label}"));
        if let Some(section) = &proposal.section
            && has_all_sections
            && !package.sections.iter().any(|known| known.id == *section)
        {
            report.add(at(Code::ReferenceUnknown, "section").value(section).arg("target", "sections"));
        }
        let Some(project) = package.projects.iter().find(|project| project.id == proposal.id) else { continue };
        if project.round != year {
            let problem = at(Code::PbRoundDiffers, "project_id").value(&proposal.id);
            report.add(problem.arg("year", year.to_string()).arg("expected", project.round.to_string()));
        }
        if let Some(expected) = section_of(project).filter(|expected| proposal.section.as_deref() != Some(*expected)) {
            let said = proposal.section.as_deref().unwrap_or("—");
            let problem = at(Code::SectionDiffers, "section").value(said).arg("project", project.id.as_str());
            report.add(problem.arg("expected", expected));
        }
        let differs = |votes: &i64| has_ballots && u64::try_from(*votes) != Ok(backing.points);
        if let Some(votes) = project.votes.filter(differs) {
            let problem = at(Code::PbVotesDiffer, "project_id").value(votes.to_string());
            report.add(problem.arg("project", project.id.as_str()).arg("counted", backing.points.to_string()));
        }
    }
}

/// The section that a project of one section belongs to.
fn section_of(project: &Project) -> Option<&str> {
    let is_of_one = matches!(project.scope, Some(Scope::Section) | None);
    project.section.as_deref().filter(|_| is_of_one)
}
