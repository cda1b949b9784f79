//! The rows: projects as they are, and projects and budget lines as columns.

use super::parts::Parts;
use super::wire::{Reader, Wire};
use super::{PackFault, tables};
use crate::budget::{Project, Stage};
use crate::dataset::Package;
use crate::engine::{Facts, Holding, Table};

/// The parts of the rows' file.
pub(super) fn pack(package: &Package) -> Parts {
    let nothing = Table::default();
    let rows = |stage| package.facts.table(stage).unwrap_or(&nothing);
    let (projects, project_days) = tables::pack(rows(Stage::Agreed));
    let (lines, line_days) = tables::pack(rows(Stage::Accrued));
    let mut words = Vec::new();
    package.projects.put(&mut words);
    package.financing.put(&mut words);
    project_days.put(&mut words);
    line_days.put(&mut words);
    Parts { words, dictionaries: tables::dictionaries(&package.facts, false), tables: vec![projects, lines] }
}

/// Puts the rows into a package that has everything else.
pub(super) fn unpack(parts: Parts, package: &mut Package) -> Result<(), PackFault> {
    const CORRUPT: PackFault = PackFault::Corrupt { place: "tables" };
    let mut words = Reader(&parts.words);
    let read =
        (<Vec<Project>>::take(&mut words), Wire::take(&mut words), Wire::take(&mut words), Wire::take(&mut words));
    let (Some(projects), Some(financing), Some(project_days), Some(line_days), true) =
        (read.0, read.1, read.2, read.3, words.0.is_empty())
    else {
        return Err(PackFault::corrupt("words"));
    };
    let dictionaries = tables::in_order(parts.dictionaries, &package.facts)?;
    let mut found = parts.tables.into_iter();
    let (Some(of_projects), Some(of_lines), None) = (found.next(), found.next(), found.next()) else {
        return Err(CORRUPT);
    };
    let titles = projects.iter().map(|project| project.title.as_str()).collect();
    let of_projects = tables::unpack(of_projects, project_days, &dictionaries, Some(titles))?;
    let of_lines = tables::unpack(of_lines, line_days, &dictionaries, None)?;
    if of_projects.len() != projects.len() {
        return Err(CORRUPT);
    }
    let with = |stage, rows| Holding { rows: Some(rows), cube: package.facts.holding(stage).cube.clone() };
    package.facts = Facts::of_holdings(dictionaries, with(Stage::Agreed, of_projects), with(Stage::Accrued, of_lines));
    (package.projects, package.financing) = (projects, financing);
    Ok(())
}
