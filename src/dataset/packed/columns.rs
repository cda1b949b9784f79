//! The rows: projects as they are, what is told of them one by one, and all tables of facts as columns.

use super::parts::Parts;
use super::wire::{Reader, Wire, packed};
use super::{PackFault, tables};
use crate::budget::{Change, Date, Financing, MonthAmounts, Project, SharedSection, StatusChange};
use crate::dataset::{FileRowsOfFacts, Package};
use crate::engine::{Facts, Holding, Table};

/// What is no column.
struct Rows {
    projects: Vec<Project>,
    financing: Vec<Financing>,
    status_history: Vec<StatusChange>,
    changes: Vec<Change>,
    project_sections: Vec<SharedSection>,
    months: Vec<MonthAmounts>,
    file_rows: FileRowsOfFacts,
    /// The days that each table of facts speaks of.
    days: Vec<Vec<Date>>,
}

packed! {
    Rows { projects, financing, status_history, changes, project_sections, months, file_rows, days }
}

/// The parts of the rows' file.
pub(super) fn pack(package: &Package) -> Parts {
    let nothing = Table::default();
    let of = |stage| tables::pack(package.facts.table(stage).unwrap_or(&nothing));
    let (tables, days) = Facts::STAGES.map(of).into_iter().unzip();
    let Package { projects, financing, status_history, changes, project_sections, months, file_rows, .. } =
        package.clone();
    let rows = Rows { projects, financing, status_history, changes, project_sections, months, file_rows, days };
    let mut words = Vec::new();
    rows.put(&mut words);
    Parts { words, dictionaries: tables::dictionaries(&package.facts, false), tables }
}

/// Puts the rows into a package that has everything else.
pub(super) fn unpack(parts: Parts, package: &mut Package) -> Result<(), PackFault> {
    const CORRUPT: PackFault = PackFault::Corrupt { place: "tables" };
    let rows: Rows = Reader::whole(&parts.words).ok_or(PackFault::corrupt("words"))?;
    let dictionaries = tables::in_order(parts.dictionaries, &package.facts)?;
    let (mut found, mut days) = (parts.tables.into_iter(), rows.days.into_iter());
    let mut next = |titles| {
        let (table, days) = found.next().zip(days.next()).ok_or(CORRUPT)?;
        tables::unpack(table, days, &dictionaries, titles)
    };
    let titles = rows.projects.iter().map(|project| project.title.as_str()).collect();
    let tables = [next(Some(titles))?, next(None)?, next(None)?];
    let [of_projects, _, of_financing] = &tables;
    let are_as_many = of_projects.len() == rows.projects.len() && of_financing.len() == rows.financing.len();
    if !are_as_many || found.next().is_some() || days.next().is_some() {
        return Err(CORRUPT);
    }
    let mut rows_of = tables.into_iter();
    let holdings = Facts::STAGES.map(|stage| Holding { rows: rows_of.next(), ..package.facts.holding(stage).clone() });
    package.facts = Facts::of_holdings(dictionaries, holdings);
    (package.projects, package.financing) = (rows.projects, rows.financing);
    (package.status_history, package.changes) = (rows.status_history, rows.changes);
    (package.project_sections, package.months) = (rows.project_sections, rows.months);
    package.file_rows = rows.file_rows;
    Ok(())
}
