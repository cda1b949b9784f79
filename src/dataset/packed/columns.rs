//! The rows: projects as they are, and projects and budget lines as columns.

use super::parts::Parts;
use super::wire::{Reader, Wire};
use super::{PackFault, tables};
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::Facts;

/// The parts of the rows' file.
pub(super) fn pack(package: &Package) -> Parts {
    let (projects, project_days) = tables::pack(package.facts.table(Stage::Agreed));
    let (lines, line_days) = tables::pack(package.facts.table(Stage::Accrued));
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
    let read = (Wire::take(&mut words), Wire::take(&mut words), Wire::take(&mut words), Wire::take(&mut words));
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
    let of_projects = tables::unpack(of_projects, project_days, &dictionaries)?;
    let of_lines = tables::unpack(of_lines, line_days, &dictionaries)?;
    (package.projects, package.financing) = (projects, financing);
    package.facts = Facts::new(dictionaries, of_projects, of_lines);
    Ok(())
}
