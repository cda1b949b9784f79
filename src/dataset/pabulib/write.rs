//! A file's bytes: quotation marks only where a cell needs them, as the files of pabulib.org have it.

use super::file::{Form, Pabulib, PbTable};
use super::sections::{META, PROJECTS, VOTES};

pub(super) fn to_bytes(file: &Pabulib) -> Vec<u8> {
    tables_to_bytes([&file.meta, &file.projects, &file.votes], file.form)
}

/// META, PROJECTS and VOTES, in this order.
pub(super) fn tables_to_bytes(tables: [&PbTable; 3], form: Form) -> Vec<u8> {
    let line_end = if form.crlf { "\r\n" } else { "\n" };
    let mut text = String::new();
    if form.bom {
        text.push('\u{feff}');
    }
    for (name, table) in [META, PROJECTS, VOTES].into_iter().zip(tables) {
        if table.labels.is_empty() {
            continue;
        }
        text.push_str(name);
        text.push_str(line_end);
        put_table(table, line_end, &mut text);
    }
    text.into_bytes()
}

fn put_table(table: &PbTable, line_end: &str, text: &mut String) {
    let rows = std::iter::once(&table.labels).chain(table.rows.iter().map(|row| &row.cells));
    for cells in rows {
        for (position, cell) in cells.iter().enumerate() {
            if position > 0 {
                text.push(';');
            }
            put_cell(cell, cells.len() == 1, text);
        }
        text.push_str(line_end);
    }
}

/// A lone cell is quoted where it would be taken for a blank line or for the name of a section.
fn put_cell(cell: &str, is_alone: bool, text: &mut String) {
    let is_mistakable = is_alone && cell.trim().is_empty();
    if is_mistakable || cell.contains([';', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}
