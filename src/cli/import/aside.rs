//! Rows that could not be read, written down as they stood with what is wrong with them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sheet::{Reason, SheetRow};
use crate::cli::{Failure, render};
use crate::text::Catalog;

/// Rows set aside that are shown on screen; the file has them all.
const SHOWN_AT_MOST: u64 = 20;

/// And of them, rows with the same fault in the same column, so that a thousand bad dates do not hide the one bad amount.
const ALIKE_AT_MOST: u64 = 5;

/// The file of rows set aside, written as they come: a wrong decimal mark in the map may set a million of them aside.
pub(super) struct SetAside<'a> {
    out: Box<dyn Write + 'a>,
    /// Where it is written, as it is printed.
    pub path: String,
    words: &'a Catalog,
    /// For each file, where its cells stand among the labels of all.
    positions: Vec<Vec<usize>>,
    width: usize,
    /// What is wrong with the rows that are shown on screen.
    pub shown: Vec<String>,
    /// How many of those there are.
    pub rows_shown: u64,
    /// How many rows there are.
    pub rows: u64,
    /// How many have each fault in each column.
    alike: BTreeMap<(&'static str, String), u64>,
}

impl<'a> SetAside<'a> {
    /// Begins the file; `labels` are those of each foreign file.
    pub fn new(
        out: Box<dyn Write + 'a>,
        path: String,
        words: &'a Catalog,
        labels: &[Vec<String>],
    ) -> Result<Self, Failure> {
        let mut all: Vec<&str> = Vec::new();
        let mut positions = Vec::new();
        for labels in labels {
            let mut taken = Vec::with_capacity(labels.len());
            for label in labels {
                // A label that stands twice in a file is two columns.
                let known = all.iter().enumerate().position(|(at, known)| known == label && !taken.contains(&at));
                taken.push(known.unwrap_or(all.len()));
                if known.is_none() {
                    all.push(label);
                }
            }
            positions.push(taken);
        }
        let (shown, alike) = (Vec::new(), BTreeMap::new());
        let width = all.len();
        let mut aside = Self { out, path, words, positions, width, shown, rows_shown: 0, rows: 0, alike };
        let about = ["file", "row", "reason_code", "column", "value", "message"].into_iter();
        aside.write(about.chain(all))?;
        Ok(aside)
    }

    /// Writes a row of the file that stands at a place among the files: where, why, and then its cells as they stood.
    pub fn add(&mut self, file: usize, name: &str, row: &SheetRow, reasons: &[Reason]) -> Result<(), Failure> {
        let Some(first) = reasons.first() else { return Ok(()) };
        self.rows += 1;
        let messages: Vec<String> = reasons.iter().map(|reason| message(self.words, row.row, reason)).collect();
        if self.is_news(reasons) && self.rows_shown < SHOWN_AT_MOST {
            self.rows_shown += 1;
            let several = self.positions.len() > 1;
            let lines = reasons.iter().zip(&messages);
            let lines = lines.map(|(reason, message)| {
                let line = format!("{}: {message}  [{}]", place(self.words, row.row, reason), reason.code);
                if several { format!("{name}, {line}") } else { line }
            });
            self.shown.extend(lines);
        }
        let mut cells = vec![""; self.width];
        let positions = self.positions.get(file).map(Vec::as_slice).unwrap_or_default();
        for (cell, &at) in row.cells.iter().flatten().zip(positions) {
            if let Some(place) = cells.get_mut(at) {
                *place = cell;
            }
        }
        let (number, messages) = (row.row.to_string(), messages.join(" "));
        let about = [name, &number, first.code.name(), &first.column, &first.value, &messages];
        self.write(about.into_iter().chain(cells))
    }

    /// Counts a row's faults; whether one of them was not seen often before.
    fn is_news(&mut self, reasons: &[Reason]) -> bool {
        let mut is_news = false;
        for reason in reasons {
            let seen = self.alike.entry((reason.code.name(), reason.column.clone())).or_default();
            *seen += 1;
            is_news |= *seen <= ALIKE_AT_MOST;
        }
        is_news
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Self, Failure> {
        let flushed = self.out.flush();
        flushed.map_err(|error| self.unwritable(&error))?;
        Ok(self)
    }

    fn write<'b>(&mut self, cells: impl IntoIterator<Item = &'b str>) -> Result<(), Failure> {
        let written = render::csv_row(&mut self.out, cells);
        written.map_err(|error| self.unwritable(&error))
    }

    fn unwritable(&self, error: &io::Error) -> Failure {
        Failure::said("import.unwritable", [("path", &self.path), ("reason", &error.kind().to_string())])
    }
}

/// What is wrong with a row and what to do about it.
fn message(words: &Catalog, row: u32, reason: &Reason) -> String {
    let row = row.to_string();
    let mut args = vec![("row", row.as_str()), ("column", reason.column.as_str()), ("value", reason.value.as_str())];
    args.extend(reason.args.iter().map(|(name, value)| (*name, value.as_str())));
    // A number's advice depends on whether the map says how thousands are marked.
    let has_group = reason.args.iter().any(|(name, value)| *name == "group" && !value.is_empty());
    let key = format!("import.reason.{}", reason.code);
    let grouped = format!("{key}.grouped");
    words.fill(if has_group && words.has(&grouped) { &grouped } else { &key }, &args)
}

/// `fila 4, columna monto`.
fn place(words: &Catalog, row: u32, reason: &Reason) -> String {
    let row = words.fill("check.row", &[("row", &row.to_string())]);
    let column = words.fill("check.column", &[("column", &reason.column)]);
    if reason.column.is_empty() { row } else { format!("{row}, {column}") }
}
