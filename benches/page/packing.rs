//! The workload in the packed form of packages: the cube in one file, its rows in the other.

use yupay::dataset::packed::{Intake, PackFault, Parts, TableParts, tables};
use yupay::engine::{Facts, Holding, Table, Texts};

use crate::held::Held;

const CORRUPT: PackFault = PackFault::Corrupt { place: "tables" };

/// The columns of texts, in this order.
pub const DESCRIPTION: &str = "description";
pub const PROJECT: &str = "project_id";

/// The cube's file, without rows.
pub fn cube(intake: Intake) -> Result<Held, PackFault> {
    let Parts { dictionaries, tables, .. } = intake.finish()?;
    let dictionaries = tables::in_order(dictionaries, &Facts::default())?;
    let cube = tables::unpack_cube(the_only(tables)?, Vec::new(), &dictionaries)?;
    let lines = Holding { rows: None, cube };
    let nothing = || Holding { rows: Some(Table::default()), cube: None };
    let facts = Facts::of_holdings(dictionaries, [nothing(), lines, nothing()]);
    Ok(Held { facts, projects: Texts::default() })
}

/// The rows' file beside it.
pub fn columns(intake: Intake, held: Option<Held>) -> Result<Held, PackFault> {
    let Parts { dictionaries, tables, .. } = intake.finish()?;
    let held = held.ok_or(PackFault::Mismatch)?;
    let dictionaries = tables::in_order(dictionaries, &held.facts)?;
    let mut rows = the_only(tables)?;
    let mut texts = std::mem::take(&mut rows.texts).into_iter();
    let mut named = |name: &str| texts.next().filter(|(known, _)| known == name).ok_or(CORRUPT).map(|(_, texts)| texts);
    let (descriptions, projects) = (named(DESCRIPTION)?, named(PROJECT)?);
    let rows = tables::unpack(rows, Vec::new(), &dictionaries, Some(descriptions))?;
    Ok(Held { facts: held.facts.with_rows([Table::default(), rows, Table::default()]), projects })
}

fn the_only(mut tables: Vec<TableParts>) -> Result<TableParts, PackFault> {
    tables.pop().filter(|_| tables.is_empty()).ok_or(CORRUPT)
}
