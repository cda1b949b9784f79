//! What reading a package found: problems in order, and for each table what was read and what was set aside.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::problem::{Code, Problem, Severity};
use super::table::TableData;
use super::value::exact_sum;

/// Problems of one code in one file that are listed one by one; the rest are counted.
const LISTED_AT_MOST: u64 = 200;

/// Everything found while reading a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Problems in the order they were found.
    pub problems: Vec<Problem>,
    /// One entry a table, in the descriptor's order.
    pub tables: Vec<TableReport>,
    /// How many of each code in each file; few enough to look through.
    pub(super) counts: Vec<(Code, String, u64)>,
}

/// What became of one table's rows. `rows_read = rows_kept + set_aside.rows`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableReport {
    /// The resource's name.
    pub resource: String,
    /// Its file.
    pub file: String,
    /// Rows with something in them, header not counted.
    pub rows_read: u64,
    /// Rows used.
    pub rows_kept: u64,
    /// Rows not used.
    pub set_aside: SetAside,
}

/// Rows not used, with the money in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetAside {
    /// How many.
    pub rows: u64,
    /// For each column of amounts: the sum of those that could be read, and how many could not (or are so large that the
    /// sum with them cannot be held exactly).
    pub amounts: BTreeMap<String, (Decimal, u64)>,
}

impl SetAside {
    pub(super) fn add(&mut self, column: &str, amount: Option<Decimal>) {
        self.add_all(column, [amount].into_iter());
    }

    /// Adds amounts of one column; `None` for those that could not be read.
    pub(super) fn add_all(&mut self, column: &str, amounts: impl Iterator<Item = Option<Decimal>>) {
        let mut amounts = amounts.peekable();
        if amounts.peek().is_none() {
            return;
        }
        let entry = self.amounts.entry(column.to_owned()).or_default();
        for amount in amounts {
            match amount.and_then(|amount| exact_sum(entry.0, amount)) {
                Some(sum) => entry.0 = sum,
                None => entry.1 += 1,
            }
        }
    }
}

impl Report {
    pub(super) fn add(&mut self, problem: Problem) {
        if self.count_one(problem.code, &problem.file) {
            self.problems.push(problem);
        }
    }

    /// Counts a problem that a whole file may be full of, and gives a blank one to be filled in and handed to
    /// [`Report::list`]; `None` where there is no room to list it.
    pub(super) fn found(&mut self, code: Code, file: &str) -> Option<Problem> {
        self.count_one(code, file).then(|| Problem::new(code, file))
    }

    /// Lists a problem that [`Report::found`] has counted.
    pub(super) fn list(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether there is room to list it.
    fn count_one(&mut self, code: Code, file: &str) -> bool {
        let count = match self.counts.iter_mut().find(|known| known.0 == code && known.1 == file) {
            Some((_, _, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((code, file.to_owned(), 1));
                1
            }
        };
        count <= LISTED_AT_MOST
    }

    /// Adds what was found in another file.
    pub(super) fn append(&mut self, other: Self) {
        self.problems.extend(other.problems);
        self.counts.extend(other.counts);
    }

    /// How many problems were found so far.
    pub(super) fn problems_found(&self) -> u64 {
        self.counts.iter().map(|(_, _, count)| count).sum()
    }

    pub(super) fn finish(&mut self, tables: &[TableData]) {
        self.tables = tables.iter().map(TableData::report).collect();
    }

    /// How many problems of a severity were found, listed or not.
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts.iter().filter(|(code, _, _)| code.severity() == severity).map(|(_, _, count)| count).sum()
    }

    /// How many problems were found but are not in [`Report::problems`], for lack of room.
    pub fn unlisted(&self) -> u64 {
        self.counts.iter().map(|(_, _, count)| count.saturating_sub(LISTED_AT_MOST)).sum()
    }

    /// Whether nothing worse than a warning was found.
    pub fn is_clean(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// Rows set aside in all tables.
    pub fn rows_set_aside(&self) -> u64 {
        self.tables.iter().map(|table| table.set_aside.rows).sum()
    }
}
