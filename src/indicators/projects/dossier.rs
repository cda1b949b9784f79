//! Everything a package says of one work.

use rust_decimal::Decimal;

use super::{Cofinancing, Dates, Gap, Road, gaps, rate_percent, road};
use crate::budget::{Change, Date, Project, SharedSection, Stage, StatusChange};
use crate::dataset::Package;
use crate::engine::{Filter, Key, RowsNeeded, Unanswered};
use crate::money::{Currency, Money};

/// One work's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Place of the work in the package.
    pub place: usize,
    /// The work.
    pub project: Project,
    /// The road of its money.
    pub road: Road,
    /// What was spent in all years of every hundred agreed.
    pub spent_percent: Option<Decimal>,
    /// Its days.
    pub dates: Dates,
    /// Who pays for it.
    pub cofinancing: Cofinancing,
    /// What became of it between agreement and end, as published, by day.
    pub changes: Vec<Change>,
    /// Its states, oldest first.
    pub history: Vec<StatusChange>,
    /// The sections it lies in, where it lies in several.
    pub shared: Vec<SharedSection>,
    /// What is not published of it.
    pub gaps: Vec<Gap>,
    /// Its budget lines, by year, as in the file.
    pub lines: Vec<FileLine>,
    /// The latest day its amounts were read from the accounts.
    pub as_of: Option<Date>,
}

/// A budget line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Its row in `budget.csv`, as a spreadsheet numbers it.
    pub row: Option<u32>,
    /// Fiscal year.
    pub year: Option<String>,
    /// Section, its own or its work's.
    pub section: Option<String>,
    /// Financing source (rubro).
    pub financing_source: Option<String>,
    /// The stages the package publishes, each with its amount.
    pub amounts: Vec<(Stage, Option<Money>)>,
    /// Day the amounts were read from the accounts.
    pub as_of: Option<Date>,
    /// Where the record comes from.
    pub source: Option<String>,
}

/// The file of a work; `Ok(None)` where no work has that code.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded or a sum cannot be held exactly.
pub fn dossier(package: &Package, id: &str) -> Result<Option<Dossier>, Unanswered> {
    package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let Some((place, project)) = package.projects.iter().enumerate().find(|(_, project)| project.id == id) else {
        return Ok(None);
    };
    let lines = lines(package, project)?;
    let road = road(package, project)?;
    let spent = road.whole(Stage::Accrued).map(|step| step.tally).unwrap_or_default();
    let own = |of: &str| of == id;
    let changes: Vec<&Change> = package.changes.iter().filter(|one| own(&one.project)).collect();
    let history: Vec<&StatusChange> = package.status_history.iter().filter(|one| own(&one.project)).collect();
    let changes_order = by_day(changes.iter().map(|change| change.date).collect());
    let history_order = by_day(history.iter().map(|change| Some(change.date)).collect());
    Ok(Some(Dossier {
        place,
        spent_percent: rate_percent(project, spent),
        road,
        dates: Dates::of(package, project),
        cofinancing: Cofinancing::of(package, project),
        changes: changes_order.into_iter().filter_map(|at| changes.get(at).copied().cloned()).collect(),
        history: history_order.into_iter().filter_map(|at| history.get(at).copied().cloned()).collect(),
        shared: package.project_sections.iter().filter(|one| own(&one.project)).cloned().collect(),
        gaps: gaps(package, project, !lines.is_empty()),
        as_of: lines.iter().filter_map(|line| line.as_of).max(),
        lines,
        project: project.clone(),
    }))
}

fn lines(package: &Package, project: &Project) -> Result<Vec<FileLine>, RowsNeeded> {
    let facts = &package.facts;
    let table = facts.table(Stage::Accrued).ok_or(RowsNeeded)?;
    let rows = Filter::default().with(Key::Project, Some(&project.id)).rows(facts, table);
    let stages: Vec<Stage> = Stage::OF_A_LINE.into_iter().filter(|&stage| facts.has(stage)).collect();
    let value = |key: Key, row: usize| facts.dictionary(key)?.value(table.code(key, row)).map(str::to_owned);
    let line = |row: usize| {
        let currency = value(Key::Currency, row).and_then(|code| code.parse::<Currency>().ok());
        let currency = currency.unwrap_or(project.currency);
        let amount = |&stage: &Stage| (stage, table.amount(stage, row).map(|minor| Money::new(minor, currency)));
        FileLine {
            row: package.file_rows.budget.get(row),
            year: value(Key::FiscalYear, row),
            section: value(Key::Section, row),
            financing_source: value(Key::FinancingSource, row),
            amounts: stages.iter().map(amount).collect(),
            as_of: table.as_of(row),
            source: value(Key::Source, row),
        }
    };
    let mut places: Vec<(u32, usize)> = rows.iter().map(|row| (table.code(Key::FiscalYear, row), row)).collect();
    places.sort_unstable();
    Ok(places.into_iter().map(|(_, row)| line(row)).collect())
}

/// Places by day, those without one first, those of one day as they stood.
fn by_day(days: Vec<Option<Date>>) -> Vec<usize> {
    let mut places: Vec<(Option<Date>, usize)> = days.into_iter().zip(0..).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}
