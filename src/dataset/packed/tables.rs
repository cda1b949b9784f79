//! The engine's tables and dictionaries as parts of a file, and back.

use super::PackFault;
use super::parts::TableParts;
use crate::budget::{Date, Stage};
use crate::engine::{Codes, Dictionary, Facts, Key, NO_VALUE, Table};

const CORRUPT: PackFault = PackFault::Corrupt { place: "tables" };

/// The column of days, by their place in a list of their own.
const AS_OF: &str = "as_of";

/// Values that a dictionary may have to be fetched with the cube. Projects are only asked for by views of rows.
const FEW_VALUES: usize = 4096;

/// The dictionaries that go with the cube, or the others.
pub(super) fn dictionaries(facts: &Facts, with_cube: bool) -> Vec<(String, Dictionary)> {
    let goes_with_cube = |key: Key, known: &Dictionary| key != Key::Project && known.len() <= FEW_VALUES;
    let named = Key::ALL.into_iter().filter_map(|key| {
        let known = facts.dictionary(key).filter(|known| !known.is_empty())?;
        (goes_with_cube(key, known) == with_cube).then(|| (key.name().to_owned(), known.clone()))
    });
    named.collect()
}

/// Dictionaries in the order of [`Key::ALL`]; those that were not found are the ones `facts` has.
pub(super) fn in_order(found: Vec<(String, Dictionary)>, facts: &Facts) -> Result<Vec<Dictionary>, PackFault> {
    let known = Key::ALL.into_iter().map(|key| (key, facts.dictionary(key).cloned().unwrap_or_default()));
    let mut known: Vec<(Key, Dictionary)> = known.collect();
    for (name, dictionary) in found {
        let place = known.iter_mut().find(|(key, _)| key.name() == name).ok_or(CORRUPT)?;
        place.1 = dictionary;
    }
    Ok(known.into_iter().map(|(_, dictionary)| dictionary).collect())
}

/// A table as parts, with the days that its column of days speaks of.
pub(super) fn pack(table: &Table) -> (TableParts, Vec<Date>) {
    let columns = Key::ALL.into_iter().filter_map(|key| Some((key.name().to_owned(), table.column(key)?.clone())));
    let mut codes: Vec<(String, Codes)> = columns.collect();
    let mut days: Vec<Date> = (0..table.len()).filter_map(|row| table.as_of(row)).collect();
    days.sort_unstable();
    days.dedup();
    if !days.is_empty() {
        let place = |day: Date| days.binary_search(&day).ok().and_then(|at| u32::try_from(at + 1).ok());
        let places = (0..table.len()).map(|row| table.as_of(row).and_then(place).unwrap_or(NO_VALUE));
        codes.push((AS_OF.to_owned(), places.collect()));
    }
    let amounts =
        Stage::ALL.into_iter().filter_map(|stage| Some((stage.name().to_owned(), table.amounts(stage)?.clone())));
    let with_largest = |(name, codes): (String, Codes)| {
        let largest = codes.iter().max().unwrap_or_default();
        (name, codes, largest)
    };
    let parts = TableParts {
        rows: table.len(),
        codes: codes.into_iter().map(with_largest).collect(),
        amounts: amounts.collect(),
        texts: Vec::new(),
    };
    (parts, days)
}

/// The table of parts, all codes of which must be in the dictionaries.
pub(super) fn unpack(parts: TableParts, days: Vec<Date>, dictionaries: &[Dictionary]) -> Result<Table, PackFault> {
    let mut keys = Vec::new();
    let mut as_of = vec![None; parts.rows];
    for (name, codes, largest) in parts.codes {
        if name == AS_OF {
            if largest as usize > days.len() {
                return Err(CORRUPT);
            }
            let day = |place: u32| (place as usize).checked_sub(1).and_then(|at| days.get(at)).copied();
            as_of = codes.iter().map(day).collect();
            continue;
        }
        let (key, known) = Key::ALL.into_iter().zip(dictionaries).find(|(key, _)| key.name() == name).ok_or(CORRUPT)?;
        if largest as usize > known.len() {
            return Err(CORRUPT);
        }
        keys.push((key, codes));
    }
    let amounts = parts.amounts.into_iter().map(|(name, amounts)| Ok((name.parse().map_err(|()| CORRUPT)?, amounts)));
    Ok(Table::new(parts.rows, keys, amounts.collect::<Result<_, PackFault>>()?, as_of))
}
