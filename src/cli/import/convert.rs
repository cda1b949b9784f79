//! Rows of a foreign file to rows of a package, with the money on both sides of the line.

use std::collections::{BTreeMap, BTreeSet};

use super::cell;
use super::codes::{ids_by_name, list_of};
use super::map::{Entry, Plan};
use super::roles::{Kind, List, Role, Shape};
use super::sheet::{Reason, Sheet, SheetRow};
use crate::cli::Failure;
use crate::dataset::Code;
use crate::money::parse::{NumberMarks, parse_minor};

/// What became of a file.
pub(super) struct Conversion {
    /// The roles of the columns, in order.
    pub roles: Vec<&'static Role>,
    /// Rows for the package, one cell a role; blank where nothing is published.
    pub rows: Vec<Vec<String>>,
    /// Spreadsheet number of each of those rows.
    pub row_numbers: Vec<u32>,
    /// Rows that could not be read.
    pub aside: Vec<Aside>,
    /// Code lists, each in its order.
    pub lists: BTreeMap<List, Vec<Entry>>,
    /// Each column of amounts.
    pub sums: Vec<MoneySum>,
}

/// A row that could not be read, as it stood.
pub(super) struct Aside {
    pub row: u32,
    /// Its cells; none where it could not be split into them.
    pub cells: Vec<String>,
    /// At least one.
    pub reasons: Vec<Reason>,
}

/// One column of amounts, in minor units: `file = read + aside`, and the amounts nobody can add up.
#[derive(Debug)]
pub(super) struct MoneySum {
    pub role: &'static Role,
    /// The file's label.
    pub label: String,
    /// Sum over the whole file, found without knowing which rows were set aside.
    pub file: i128,
    /// Sum over the rows written, of what was written.
    pub read: i128,
    /// Sum over the rows set aside.
    pub aside: i128,
    /// Amounts that are no number.
    pub unreadable: u64,
}

/// Where a role's cells come from.
enum Origin {
    Column(usize),
    Constant(Option<String>),
}

/// Converts every row.
pub(super) fn convert(plan: &Plan, sheet: &Sheet) -> Result<Conversion, Failure> {
    let roles: Vec<&'static Role> = plan.roles().collect();
    let origins = roles.iter().map(|role| origin(plan, sheet, role)).collect::<Result<Vec<_>, _>>()?;
    let key = roles.iter().position(|role| ["project_id", "line_id"].contains(&role.name));
    let mut first_rows: BTreeMap<String, u32> = BTreeMap::new();
    let (mut rows, mut row_numbers, mut aside) = (Vec::new(), Vec::new(), Vec::new());
    for sheet_row in &sheet.rows {
        let (cells, mut reasons) = read_row(plan, sheet, &roles, &origins, sheet_row);
        let id = key.and_then(|key| cells.get(key)).filter(|id| !id.is_empty());
        if let (Some(id), true) = (id, reasons.is_empty()) {
            match first_rows.get(id) {
                None => drop(first_rows.insert(id.clone(), sheet_row.row)),
                Some(first) => {
                    let label = key.and_then(|key| roles.get(key)).and_then(|role| plan.map.columns.get(role.name));
                    let label = label.map(String::as_str).unwrap_or_default();
                    reasons.push(Reason::new(Code::KeyDuplicate, label, id).arg("first", first.to_string()));
                }
            }
        }
        if reasons.is_empty() {
            rows.push(cells);
            row_numbers.push(sheet_row.row);
        } else {
            let cells = sheet_row.cells.clone().unwrap_or_default();
            aside.push(Aside { row: sheet_row.row, cells, reasons });
        }
    }
    let lists = resolve_codes(plan, &roles, &mut rows);
    let sums = money_sums(plan, sheet, &roles, &rows, &aside);
    Ok(generate_ids(plan, Conversion { roles, rows, row_numbers, aside, lists, sums }))
}

fn origin(plan: &Plan, sheet: &Sheet, role: &Role) -> Result<Origin, Failure> {
    if let Some(position) = plan.map.columns.get(role.name).and_then(|label| sheet.position(label)) {
        return Ok(Origin::Column(position));
    }
    let constant = plan.map.constants.get(role.name).map(String::as_str).unwrap_or_default();
    match cell::read(plan, role, role.name, constant) {
        Ok(value) => Ok(Origin::Constant(value)),
        Err(reason) => Err(Failure::said("map.constant-unread", [("role", role.name), ("value", &reason.value)])),
    }
}

/// A row's cells for the package, and every reason it cannot be used.
fn read_row(
    plan: &Plan,
    sheet: &Sheet,
    roles: &[&'static Role],
    origins: &[Origin],
    row: &SheetRow,
) -> (Vec<String>, Vec<Reason>) {
    let cells = match &row.cells {
        Ok(cells) => cells,
        Err(reason) => return (Vec::new(), vec![reason.clone()]),
    };
    let mut reasons = Vec::new();
    let converted = roles.iter().zip(origins).map(|(role, origin)| match origin {
        Origin::Constant(value) => value.clone().unwrap_or_default(),
        Origin::Column(position) => {
            let (label, cell) = (sheet.labels.get(*position), cells.get(*position));
            let read = cell::read(plan, role, label.map_or("", String::as_str), cell.map_or("", String::as_str));
            read.unwrap_or_else(|reason| {
                reasons.push(reason);
                None
            })
            .unwrap_or_default()
        }
    });
    let converted = converted.collect();
    (converted, reasons)
}

/// The code lists, and codes in place of the names they were made from.
fn resolve_codes(plan: &Plan, roles: &[&'static Role], rows: &mut [Vec<String>]) -> BTreeMap<List, Vec<Entry>> {
    let mut lists = BTreeMap::new();
    for (position, role) in roles.iter().enumerate() {
        let Shape::Code(list) = role.shape else { continue };
        if let Some(listed) = plan.listed(list) {
            lists.insert(list, listed.to_vec());
            continue;
        }
        let names = rows.iter().filter_map(|row| row.get(position)).map(String::as_str).filter(|name| !name.is_empty());
        let made = list_of(&names.collect::<BTreeSet<&str>>());
        let ids = ids_by_name(&made);
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(position)) {
            if let Some(id) = ids.get(cell.as_str()) {
                *cell = (*id).to_owned();
            }
        }
        lists.insert(list, made);
    }
    lists
}

/// Lines that have no code of their own get one from their row, so that anybody can find them in the file again.
fn generate_ids(plan: &Plan, mut conversion: Conversion) -> Conversion {
    let has_id = conversion.roles.iter().any(|role| role.name == "line_id");
    let id_role = Kind::Lines.roles().iter().find(|role| role.name == "line_id");
    if let (Kind::Lines, false, Some(role)) = (plan.map.kind, has_id, id_role) {
        conversion.roles.insert(0, role);
        for (cells, row) in conversion.rows.iter_mut().zip(&conversion.row_numbers) {
            cells.insert(0, format!("L{row}"));
        }
    }
    conversion
}

fn money_sums(
    plan: &Plan,
    sheet: &Sheet,
    roles: &[&'static Role],
    rows: &[Vec<String>],
    aside: &[Aside],
) -> Vec<MoneySum> {
    let amounts = roles.iter().enumerate().filter(|(_, role)| role.shape == Shape::Amount);
    let sums = amounts.filter_map(|(written_at, role)| {
        let label = plan.map.columns.get(role.name)?;
        let read_at = sheet.position(label)?;
        let (mut file, mut unreadable) = (0i128, 0u64);
        for row in &sheet.rows {
            match row.cells.as_ref().map(|cells| foreign_amount(plan, cells, read_at)) {
                Ok(Ok(minor)) => file += i128::from(minor),
                Ok(Err(())) | Err(_) => unreadable += 1,
            }
        }
        let written = rows.iter().filter_map(|row| row.get(written_at)).filter(|cell| !cell.is_empty());
        let written =
            written.filter_map(|cell| parse_minor(cell, plan.currency.exponent(), NumberMarks::default()).ok());
        let in_aside = aside.iter().filter_map(|row| foreign_amount(plan, &row.cells, read_at).ok());
        Some(MoneySum {
            role,
            label: label.clone(),
            file,
            read: written.map(i128::from).sum(),
            aside: in_aside.map(i128::from).sum(),
            unreadable,
        })
    });
    sums.collect()
}

/// An amount of a foreign row; nothing published adds nothing.
fn foreign_amount(plan: &Plan, cells: &[String], at: usize) -> Result<i64, ()> {
    match cells.get(at) {
        Some(cell) if !cell::is_missing(plan, cell.trim()) => cell::minor(plan, "", cell).map_err(|_reason| ()),
        _ => Ok(0),
    }
}

impl MoneySum {
    /// Whether no amount was lost or invented on the way.
    pub fn balances(&self) -> bool {
        self.read + self.aside == self.file
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MAP: &str = r#"
        kind = "projects"
        package = { name = "n", title = "t", country = "PE", currency = "PEN", license = "CC0-1.0", source = { title = "s" } }
        file = { delimiter = ";", missing = ["-"] }
        columns = { project_id = "id", year = "y", title = "id", section = "s", agreed = "m", cost = "m" }
    "#;

    fn account_for(text: &str) -> Result<(), TestCaseError> {
        let plan = Plan::read(MAP).unwrap();
        let sheet = Sheet::read(&plan, format!("id;y;s;m\n{text}").as_bytes()).unwrap();
        let conversion = convert(&plan, &sheet).unwrap();
        prop_assert_eq!(conversion.rows.len() + conversion.aside.len(), sheet.rows.len());
        prop_assert_eq!(conversion.row_numbers.len(), conversion.rows.len());
        prop_assert!(conversion.aside.iter().all(|row| !row.reasons.is_empty()));
        prop_assert_eq!(conversion.sums.len(), 2);
        prop_assert!(conversion.sums.iter().all(MoneySum::balances), "{:?}", conversion.sums);
        Ok(())
    }

    proptest! {
        #[test]
        fn every_row_and_every_amount_is_accounted_for(rows in proptest::collection::vec(
            ("[a-c]{0,2}", "(2024|2025|24|-)", "(Z1|Z2|)", "(-?[0-9]{1,4}(\\.[0-9]{1,3})?|-|x|)"), 0..20)) {
            let lines: Vec<String> = rows.iter().map(|(id, year, section, money)| format!("{id};{year};{section};{money}\n")).collect();
            account_for(&lines.concat())?;
        }

        #[test]
        fn no_file_panics(text in "([a-c];|2024;|1\\.5|[\"\n;é]|.){0,60}") {
            account_for(&text)?;
        }
    }
}
