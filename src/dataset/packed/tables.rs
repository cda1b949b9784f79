//! The engine's tables and dictionaries as parts of a file, and back.
//!
//! Public for tables that are no package's: those of the bench page.

use super::PackFault;
use super::parts::TableParts;
use crate::budget::Date;
use crate::engine::{
    Amounts, Codes, Cube, CubeParts, CubeStage, Dictionary, Facts, Key, NO_VALUE, Segments, Table, Texts,
};

const CORRUPT: PackFault = PackFault::Corrupt { place: "tables" };

/// The column of days, by their place in a list of their own.
const AS_OF: &str = "as_of";

/// The column of a cube that says how many rows stand behind each cell.
const ROWS: &str = "rows";

/// After a stage's name: the column of a cube that says how many of a cell's rows have no amount.
const MISSING: &str = ".missing";

/// Values that a dictionary may have to be fetched with the cube. Projects are only asked for by views of rows.
const FEW_VALUES: usize = 4096;

/// The dictionaries that go with the cube, or the others.
pub fn dictionaries(facts: &Facts, with_cube: bool) -> Vec<(String, Dictionary)> {
    let holdings = Facts::STAGES.map(|stage| facts.holding(stage));
    let is_in_cube = |key: Key| holdings.iter().any(|holding| holding.cube.as_ref().is_some_and(|cube| cube.has(key)));
    let goes_with_cube =
        |key: Key, known: &Dictionary| is_in_cube(key) || (key != Key::Project && known.len() <= FEW_VALUES);
    let named = Key::ALL.into_iter().filter_map(|key| {
        let known = facts.dictionary(key).filter(|known| !known.is_empty())?;
        (goes_with_cube(key, known) == with_cube).then(|| (key.name().to_owned(), known.clone()))
    });
    named.collect()
}

/// Dictionaries in the order of [`Key::ALL`]; those that were not found are the ones `facts` has.
///
/// # Errors
/// A dictionary of no key.
pub fn in_order(found: Vec<(String, Dictionary)>, facts: &Facts) -> Result<Vec<Dictionary>, PackFault> {
    let known = Key::ALL.into_iter().map(|key| (key, facts.dictionary(key).cloned().unwrap_or_default()));
    let mut known: Vec<(Key, Dictionary)> = known.collect();
    for (name, dictionary) in found {
        let place = known.iter_mut().find(|(key, _)| key.name() == name).ok_or(CORRUPT)?;
        place.1 = dictionary;
    }
    Ok(known.into_iter().map(|(_, dictionary)| dictionary).collect())
}

/// A table as parts, with the days that its column of days speaks of.
pub fn pack(table: &Table) -> (TableParts, Vec<Date>) {
    let codes = table.keys().filter_map(|key| Some((key.name().to_owned(), table.column(key)?.clone())));
    let amounts = table.stages().filter_map(|stage| Some((stage.name().to_owned(), table.amounts(stage)?.clone())));
    of_columns(table.len(), codes.collect(), amounts.collect(), table.days())
}

/// A cube as parts, with the days of its cells; no columns where there is no cube.
pub fn pack_cube(cube: Option<&Cube>) -> (TableParts, Vec<Date>) {
    let Some(parts) = cube.map(Cube::to_parts) else { return Default::default() };
    let whole = |numbers: &Segments<i64>| numbers.iter().map(Some).collect::<Amounts>();
    let mut amounts = vec![(ROWS.to_owned(), whole(&parts.rows))];
    // Like next to like: each is written as its difference to the one before.
    amounts.extend(parts.stages.iter().map(|of| (of.stage.name().to_owned(), whole(&of.minor))));
    let missing = |of: &CubeStage| Some((format!("{}{MISSING}", of.stage.name()), whole(of.missing.as_ref()?)));
    amounts.extend(parts.stages.iter().filter_map(missing));
    let codes = parts.keys.into_iter().map(|(key, codes)| (key.name().to_owned(), codes));
    of_columns(parts.rows.len(), codes.collect(), amounts, &parts.days)
}

fn of_columns(
    rows: usize,
    mut codes: Vec<(String, Codes)>,
    amounts: Vec<(String, Amounts)>,
    as_of: &[Option<Date>],
) -> (TableParts, Vec<Date>) {
    let mut days: Vec<Date> = as_of.iter().copied().flatten().collect();
    days.sort_unstable();
    days.dedup();
    if !as_of.is_empty() {
        let place = |day: Date| days.binary_search(&day).ok().and_then(|at| u32::try_from(at + 1).ok());
        let places = as_of.iter().map(|day| day.and_then(place).unwrap_or(NO_VALUE));
        codes.push((AS_OF.to_owned(), places.collect()));
    }
    let with_largest = |(name, codes): (String, Codes)| {
        let largest = codes.iter().max().unwrap_or_default();
        (name, codes, largest)
    };
    let codes = codes.into_iter().map(with_largest).collect();
    (TableParts { rows, codes, amounts, texts: Vec::new() }, days)
}

/// The table of parts, all codes of which must be in the dictionaries.
///
/// # Errors
/// Columns that are none of a table, or codes without values.
pub fn unpack(
    parts: TableParts,
    days: Vec<Date>,
    dictionaries: &[Dictionary],
    texts: Option<Texts>,
) -> Result<Table, PackFault> {
    let (keys, as_of) = keys_and_days(parts.codes, &days, dictionaries)?;
    let amounts = parts.amounts.into_iter().map(|(name, amounts)| Ok((name.parse().map_err(|()| CORRUPT)?, amounts)));
    Ok(Table::new(parts.rows, keys, amounts.collect::<Result<_, PackFault>>()?, as_of, texts))
}

/// The cube of parts; `None` where they have no columns.
///
/// # Errors
/// Parts that make no cube.
pub fn unpack_cube(parts: TableParts, days: Vec<Date>, dictionaries: &[Dictionary]) -> Result<Option<Cube>, PackFault> {
    if parts == TableParts::default() {
        return Ok(None);
    }
    let (keys, days) = keys_and_days(parts.codes, &days, dictionaries)?;
    let mut numbers = parts.amounts.into_iter();
    let whole = |amounts: Amounts| if amounts.missing().any() { Err(CORRUPT) } else { Ok(amounts.minor().clone()) };
    let rows = numbers.next().filter(|(name, _)| name == ROWS).ok_or(CORRUPT)?.1;
    let mut stages: Vec<CubeStage> = Vec::new();
    for (name, amounts) in numbers {
        let numbers = whole(amounts)?;
        let Some(stage) = name.strip_suffix(MISSING) else {
            let stage = name.parse().map_err(|()| CORRUPT)?;
            stages.push(CubeStage { stage, minor: numbers, missing: None });
            continue;
        };
        let of = stages.iter_mut().find(|of| of.stage.name() == stage).ok_or(CORRUPT)?;
        of.missing = Some(numbers);
    }
    let parts = CubeParts { keys, rows: whole(rows)?, stages, days };
    let values = |key: Key| {
        let known = Key::ALL.into_iter().zip(dictionaries).find(|(known, _)| *known == key);
        known.map_or(0, |(_, dictionary)| dictionary.len())
    };
    Cube::from_parts(parts, &values).map(Some).ok_or(CORRUPT)
}

type KeysAndDays = (Vec<(Key, Codes)>, Vec<Option<Date>>);

fn keys_and_days(
    codes: Vec<(String, Codes, u32)>,
    days: &[Date],
    dictionaries: &[Dictionary],
) -> Result<KeysAndDays, PackFault> {
    let (mut keys, mut as_of) = (Vec::new(), Vec::new());
    for (name, codes, largest) in codes {
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
    Ok((keys, as_of))
}
