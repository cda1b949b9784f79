//! Which row of which file each row of the package was read from, for whoever wants to see it there.

use super::row_numbers::RowNumbers;
use super::table::TableData;

/// The file a table was read from, and its rows there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRows {
    /// Path of the file within the package; empty where there is none.
    pub path: String,
    numbers: RowNumbers,
}

/// The files and rows of the tables that every question is asked of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRowsOfFacts {
    /// Projects.
    pub projects: FileRows,
    /// Budget lines.
    pub budget: FileRows,
    /// Contributions.
    pub financing: FileRows,
}

impl FileRows {
    /// The runs of rows that follow one another in the file: the first row of each, and how many.
    pub(super) fn runs(&self) -> Vec<(u32, u32)> {
        self.numbers.runs()
    }

    /// Of a file, by [`FileRows::runs`]; `None` where they run past any file.
    pub(super) fn of_runs(path: String, runs: &[(u32, u32)]) -> Option<Self> {
        let mut numbers = RowNumbers::default();
        for &(first, rows) in runs {
            first.checked_add(rows)?;
            numbers.push_run(first, usize::try_from(rows).ok()?);
        }
        Some(Self { path, numbers })
    }

    /// Of the rows of a table that are in use.
    pub(super) fn of(table: &TableData) -> Self {
        let mut numbers = RowNumbers::default();
        table.rows().for_each(|row| numbers.push(row.number()));
        Self { path: table.file.clone(), numbers }
    }

    /// The row of the file, numbered as a spreadsheet does (the header is row 1), of a row of the table of facts.
    pub fn get(&self, row: usize) -> Option<u32> {
        (row < self.numbers.len()).then(|| self.numbers.get(row))
    }
}
