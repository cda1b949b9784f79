//! The package and the rows set aside, onto the disk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::convert::{Aside, Conversion};
use super::descriptor::descriptor;
use super::map::Plan;
use super::sheet::{Reason, Sheet};
use super::tables::tables;
use crate::cli::{Failure, read, render};
use crate::dataset::DESCRIPTOR_FILE;
use crate::text::Catalog;

/// Rows set aside, beside the package and no part of it.
pub(super) const SET_ASIDE_FILE: &str = "set-aside.csv";

/// Refuses a folder that holds something already, unless told to write there all the same.
pub(super) fn refuse_full_folder(out: &Path, force: bool) -> Result<(), Failure> {
    let said = |key, reason: &str| Failure::said(key, [("path", &read::shown(out)), ("reason", reason)]);
    match fs::read_dir(out).map(|mut entries| entries.next().is_none()) {
        Ok(is_empty) if force || is_empty => Ok(()),
        Ok(_something_in_it) => Err(said("import.folder-full", "")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(said("import.unwritable", &error.kind().to_string())),
    }
}

/// Writes everything; the descriptor last, so that a half-written folder is no package.
pub(super) fn write(
    plan: &Plan,
    sheet: &Sheet,
    conversion: &Conversion,
    out: &Path,
    words: &Catalog,
) -> Result<(), Failure> {
    let said = |reason: String| Failure::said("import.unwritable", [("path", &read::shown(out)), ("reason", &reason)]);
    let tables = tables(plan, conversion)?;
    let json = descriptor(&plan.map.package, &tables).map_err(|error| said(error.to_string()))?;
    let aside = set_aside_csv(sheet, conversion, words)?;
    let tables = tables.iter().map(|table| (table.path, table.bytes.as_slice()));
    let rest = [(SET_ASIDE_FILE, aside.as_slice()), (DESCRIPTOR_FILE, json.as_slice())];
    for (path, bytes) in tables.chain(rest) {
        let path = out.join(path);
        let folder = path.parent().unwrap_or(out);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes));
        written.map_err(|error| said(error.to_string()))?;
    }
    Ok(())
}

/// One row a row set aside: where, why, and then its cells as they stood.
fn set_aside_csv(sheet: &Sheet, conversion: &Conversion, words: &Catalog) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let header = ["row", "reason_code", "column", "value", "message"].into_iter();
    render::csv_row(&mut bytes, header.chain(sheet.labels.iter().map(String::as_str)))?;
    for aside in &conversion.aside {
        let Some(first) = aside.reasons.first() else { continue };
        let messages: Vec<String> = aside.reasons.iter().map(|reason| message(words, aside.row, reason)).collect();
        let (row, messages) = (aside.row.to_string(), messages.join(" "));
        let about = [row.as_str(), first.code.name(), &first.column, &first.value, &messages];
        let cells = (0..sheet.labels.len()).map(|at| aside.cells.get(at).map_or("", String::as_str));
        render::csv_row(&mut bytes, about.into_iter().chain(cells))?;
    }
    Ok(bytes)
}

/// What is wrong with a row and what to do about it.
pub(super) fn message(words: &Catalog, row: u32, reason: &Reason) -> String {
    let row = row.to_string();
    let mut args = vec![("row", row.as_str()), ("column", reason.column.as_str()), ("value", reason.value.as_str())];
    args.extend(reason.args.iter().map(|(name, value)| (*name, value.as_str())));
    // A number's advice depends on whether the map says how thousands are marked.
    let has_group = reason.args.iter().any(|(name, value)| *name == "group" && !value.is_empty());
    let key = format!("import.reason.{}", reason.code);
    let grouped = format!("{key}.grouped");
    words.fill(if has_group && words.has(&grouped) { &grouped } else { &key }, &args)
}

impl Aside {
    /// A line for the screen: `fila 4, columna monto: … [number-format]`.
    pub fn in_words(&self, words: &Catalog) -> Vec<String> {
        let line = |reason: &Reason| {
            let row = words.fill("check.row", &[("row", &self.row.to_string())]);
            let column = words.fill("check.column", &[("column", &reason.column)]);
            let place = if reason.column.is_empty() { row } else { format!("{row}, {column}") };
            format!("{place}: {}  [{}]", message(words, self.row, reason), reason.code)
        };
        self.reasons.iter().map(line).collect()
    }
}
