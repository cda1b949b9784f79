//! Three ways to print rows: aligned columns, RFC 4180, JSON.

use std::io::{self, Write};

use serde::Serialize;

/// Which side a column's cells stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// Prints rows in columns as wide as their widest cell, two spaces apart, with a rule under the first row.
pub(super) fn columns(out: &mut dyn Write, sides: &[Side], rows: &[Vec<String>]) -> io::Result<()> {
    let width_of = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..sides.len()).map(|at| width_of(at).unwrap_or_default()).collect();
    for (position, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(sides).zip(&widths).map(|((cell, side), &width)| match side {
            Side::Left => format!("{cell:<width$}"),
            Side::Right => format!("{cell:>width$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
        if position == 0 {
            let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            writeln!(out, "{}", rule.join("  ").trim_end())?;
        }
    }
    Ok(())
}

/// Prints one row of CSV, ended with a line feed.
pub(super) fn csv_row<'a>(out: &mut dyn Write, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    for (position, cell) in cells.into_iter().enumerate() {
        if position > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Prints a value as indented JSON.
pub(super) fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "b"], ["Sección", "1.00"]].map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        columns(&mut out, &[Side::Left, Side::Right], &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a           b\n-------  ----\nSección  1.00\n");
    }

    #[test]
    fn csv_cells_are_quoted_where_they_must_be() {
        let mut out = Vec::new();
        csv_row(&mut out, ["a", "b,c", "d\"e", "f\ng", ""]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\n");
    }
}
