//! Budget lines, a column at a time: the currency of each, and the rows whose amounts do not fit it.

use std::collections::BTreeMap;

use super::amount;
use super::columns::{Cells, Value};
use super::extract::currency_of_round;
use super::package::Package;
use super::problem::Code;
use super::projects::ProjectIndex;
use super::report::Report;
use super::table::{Column, TableData};
use super::translate::translate;
use crate::budget::Stage;
use crate::engine::{Codes, NO_VALUE};
use crate::money::Currency;

/// The project and the currency of every line, by place.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// Codes of the package's projects; [`NO_VALUE`] for lines of none and of one that was set aside.
    pub projects: Codes,
    /// Its project's currency, or its round's, or the one stated for all; [`NO_VALUE`] where none is said.
    pub currencies: Codes,
    /// The currencies by code, from 1.
    known: Vec<Currency>,
}

impl Lines {
    pub fn new(table: &TableData, package: &Package, projects: &ProjectIndex, fallback: Option<Currency>) -> Self {
        let mut known = Known::default();
        let of_table = table.currency.as_ref().and_then(|code| code.parse().ok());
        let stated = of_table.or(fallback);
        let by_year = translate(table.cells("fiscal_year"), &mut |value| {
            let of_round = match value {
                Value::Year(year) => currency_of_round(&package.processes, year),
                _ => None,
            };
            known.code(of_round.or(stated))
        });
        let mut by_project = vec![NO_VALUE];
        let of_projects = projects.places().iter().map(|&place| package.projects.get(place));
        by_project.extend(of_projects.map(|project| known.code(project.map(|project| project.currency))));
        let projects = translate(table.cells("project_id"), &mut |value| {
            value.key().and_then(|id| projects.codes.code(&id)).unwrap_or(NO_VALUE)
        });
        let currency = |place| match by_project.get(projects.get(place) as usize) {
            None | Some(&NO_VALUE) => by_year.get(place),
            Some(&of_project) => of_project,
        };
        let currencies = (0..table.places()).map(currency).collect();
        Self { projects, currencies, known: known.currencies }
    }

    /// The currency of a code; `None` for [`NO_VALUE`].
    pub fn currency(&self, code: u32) -> Option<Currency> {
        self.known.get((code as usize).checked_sub(1)?).copied()
    }

    /// The decimals of every line's currency, where all lines have one and all of these have as many.
    pub fn exponent(&self, table: &TableData) -> Option<u32> {
        let mut is_used = vec![false; self.known.len() + 1];
        for row in table.rows() {
            if let Some(is_used) = is_used.get_mut(self.currencies.get(row.place) as usize) {
                *is_used = true;
            }
        }
        let mut used = (0u32..).zip(is_used).filter(|(_, is_used)| *is_used).map(|(code, _)| self.currency(code));
        let exponent = used.next()??.exponent();
        used.all(|currency| currency.is_some_and(|currency| currency.exponent() == exponent)).then_some(exponent.into())
    }

    /// The currency of a line.
    fn of(&self, place: usize) -> Option<Currency> {
        self.currency(self.currencies.get(place))
    }

    /// A column of amounts that cannot be moved as it stands, in minor units.
    pub fn convert(&self, cells: &Cells) -> impl Iterator<Item = Option<i64>> {
        (0..cells.len()).map(|place| match cells.value(place) {
            Value::Number(amount) => amount::minor(amount, self.of(place)).ok(),
            _ => None,
        })
    }
}

/// Currencies in order of appearance, and their codes.
#[derive(Default)]
struct Known {
    currencies: Vec<Currency>,
    codes: BTreeMap<Currency, u32>,
}

impl Known {
    fn code(&mut self, currency: Option<Currency>) -> u32 {
        let Some(currency) = currency else { return NO_VALUE };
        *self.codes.entry(currency).or_insert_with(|| {
            self.currencies.push(currency);
            u32::try_from(self.currencies.len()).unwrap_or(NO_VALUE)
        })
    }
}

/// Sets aside the lines whose amounts do not fit their currency, and forgets all that are set aside: from here on a line's
/// place is its row in the package.
pub(super) fn settle(table: &mut TableData, lines: &mut Lines, report: &mut Report) {
    let has_year = table.column("fiscal_year").is_some();
    // Without its year or its code, which the header is blamed for, a line is no line.
    let refused = if has_year { refuse(table, lines, report) } else { Vec::new() };
    let is_line = has_year && table.column("budget_line_id").is_some();
    let refused = if is_line { refused } else { table.rows().map(|row| row.place).collect() };
    table.set_aside(&refused);
    if table.aside.count() > 0 {
        let kept = |codes: &Codes| table.rows().map(|row| codes.get(row.place)).collect();
        (lines.projects, lines.currencies) = (kept(&lines.projects), kept(&lines.currencies));
        table.drop_rows_set_aside();
    }
}

/// The lines with an amount that does not fit, each reported for the first of them, and those without any currency.
fn refuse(table: &TableData, lines: &Lines, report: &mut Report) -> Vec<usize> {
    let exponent = lines.exponent(table);
    let columns = Stage::OF_A_LINE.into_iter().filter_map(|stage| table.column(stage.column()));
    let columns = columns.filter_map(|at| table.columns.get(at).zip(table.cells.get(at)));
    let fits = |cells: &Cells| exponent.is_some_and(|exponent| cells.integers(exponent).is_some());
    let doubtful: Vec<(&Column, &Cells)> = columns.filter(|(_, cells)| !fits(cells)).collect();
    if exponent.is_some() && doubtful.is_empty() {
        return Vec::new();
    }
    let mut refused = Vec::new();
    for row in table.rows() {
        let found = doubtful.iter().find_map(|(column, cells)| {
            let Value::Number(amount) = cells.value(row.place) else { return None };
            Some((column, amount, amount::minor(amount, lines.of(row.place)).err()?))
        });
        if found.is_none() && lines.of(row.place).is_some() {
            continue;
        }
        refused.push(row.place);
        let (code, column) = found.map_or((Code::CurrencyUnknown, table.label("currency")), |(column, _, refusal)| {
            (refusal.code(), column.label.as_str())
        });
        if let Some(problem) = report.found(code, &table.file) {
            let problem = problem.row(row.number()).column(column);
            report.list(match found {
                Some((_, amount, refusal)) => refusal.fill(problem, amount),
                None => problem.value(""),
            });
        }
    }
    refused
}
