//! `yupay check`: what reading each package found.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::command::CheckArgs;
use super::packed_state::{self, PackedState};
use super::{CLEAN, Failure, PROBLEMS, Terminal, UNREADABLE, read, render, visible, words};
use crate::dataset::geometry::check_geometry;
use crate::dataset::{Package, Problem, Report, Severity, TableReport, check_ballots};
use crate::money::format::{Language, NumberStyle};
use crate::text::Catalog;

/// Checks every package, whatever is wrong with the one before.
pub(super) fn run(args: &CheckArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let mut exit = CLEAN;
    let mut as_json = Vec::new();
    let both = Both::new()?;
    let mut printed = false;
    for path in &args.packages {
        let files = match read::package_files(path) {
            Ok(files) => files,
            Err(failure) => {
                writeln!(terminal.err, "yupay: {}", failure.in_words(terminal.words))?;
                exit = UNREADABLE;
                continue;
            }
        };
        let (package, mut report) = files.load();
        check_ballots(&package, &files.files, &mut report);
        check_geometry(&package, &files.files, &mut report);
        let packed = packed_state::of(path, &files);
        if !report.is_clean() {
            exit = exit.max(PROBLEMS);
        }
        if args.as_json {
            as_json.push(CheckedPackage::new(&package, &report, packed.as_ref(), &both));
        } else {
            if printed {
                writeln!(terminal.out)?;
            }
            printed = true;
            text(terminal, path, &package, &report)?;
            if let Some(packed) = &packed {
                writeln!(terminal.out, "{}", visible(&packed_in_words(terminal.words, packed)))?;
            }
        }
    }
    if args.as_json {
        render::json(terminal.out, &as_json)?;
    }
    Ok(exit)
}

/// Prints a report for people: the tables, the problems with errors first, and the counts.
pub(super) fn text(terminal: &mut Terminal<'_>, path: &Path, package: &Package, report: &Report) -> io::Result<()> {
    let page = Page::new(terminal.words, package);
    let out = &mut *terminal.out;
    let title = if package.descriptor.title.is_empty() { "datapackage.json" } else { &package.descriptor.title };
    writeln!(out, "{} ({})", visible(title), visible(&read::shown(path)))?;
    for table in &report.tables {
        writeln!(out, "  {}", page.table(table))?;
    }
    for (severity, heading) in [(Severity::Error, "check.errors"), (Severity::Warning, "check.warnings")] {
        let listed: Vec<&Problem> = report.problems.iter().filter(|problem| problem.severity() == severity).collect();
        if listed.is_empty() {
            continue;
        }
        writeln!(out, "{}", page.plural(heading, report.count(severity)))?;
        for problem in listed {
            writeln!(out, "  {}", in_words(terminal.words, problem))?;
        }
    }
    if report.unlisted() > 0 {
        writeln!(out, "  {}", page.plural("check.unlisted", report.unlisted()))?;
    }
    closing(terminal, package, report)
}

/// Prints how many errors and warnings there are, and how many rows were set aside.
pub(super) fn closing(terminal: &mut Terminal<'_>, package: &Package, report: &Report) -> io::Result<()> {
    let page = Page::new(terminal.words, package);
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let (errors, warnings) = (page.plural("check.count.errors", errors), page.plural("check.count.warnings", warnings));
    let aside = page.plural("check.count.aside", report.rows_set_aside());
    let key = if report.is_clean() { "check.closing.clean" } else { "check.closing.problems" };
    let said = page.words.fill(key, &[("errors", &errors), ("warnings", &warnings), ("aside", &aside)]);
    writeln!(terminal.out, "{said}")
}

/// `data/projects.csv, fila 3, columna status: …  [reference-unknown]`.
pub(super) fn in_words(words: &Catalog, problem: &Problem) -> String {
    let row = problem.row.map(|row| words.fill("check.row", &[("row", &row.to_string())]));
    let column = problem.column.as_ref().map(|column| words.fill("check.column", &[("column", column)]));
    let place: Vec<String> = [Some(problem.file.clone()), row, column].into_iter().flatten().collect();
    let message = words.problem(problem);
    // Some sentences already hold what was read.
    let value = problem.value.as_ref().filter(|value| !value.is_empty() && !message.contains(value.as_str()));
    let value = value.map(|value| format!(" {}", words.fill("check.value", &[("value", value)])));
    let line = format!("{}: {message}{}  [{}]", place.join(", "), value.unwrap_or_default(), problem.code);
    visible(&line)
}

fn packed_in_words(words: &Catalog, packed: &PackedState) -> String {
    match packed {
        PackedState::Current => words.get("check.packed.current"),
        PackedState::Stale(files) => words.fill("check.packed.stale", &[("files", &files.join(", "))]),
        PackedState::Broken(file) => words.fill("check.packed.broken", &[("file", file)]),
    }
}

/// The words and numbers of one printed report.
struct Page<'a> {
    words: &'a Catalog,
    style: NumberStyle,
}

impl<'a> Page<'a> {
    fn new(words: &'a Catalog, package: &Package) -> Self {
        Self { words, style: NumberStyle::new(words.language(), &package.descriptor.country) }
    }

    fn plural(&self, key: &str, count: u64) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.words.plural(key, count, &[("n", &self.style.count(count))])
    }

    /// `projects (data/projects.csv): 120 filas leídas, 2 apartadas; agreed_amount apartado: 1,234.00, 1 importe ilegible`.
    fn table(&self, table: &TableReport) -> String {
        let rows = self.plural("check.rows", table.rows_read);
        let file = visible(&table.file);
        let args = [("resource", table.resource.as_str()), ("file", file.as_str()), ("rows", rows.as_str())];
        let mut line = self.words.fill("check.table", &args);
        if table.set_aside.rows == 0 {
            return line;
        }
        line.push_str(&format!(", {}", self.plural("check.aside", table.set_aside.rows)));
        for (column, (sum, unreadable)) in &table.set_aside.amounts {
            let amount = self.style.number(*sum);
            let unreadable = match unreadable {
                0 => String::new(),
                count => format!(", {}", self.plural("check.amounts-unreadable", *count)),
            };
            let args = [("column", visible(column)), ("amount", amount), ("unreadable", unreadable)];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            line.push_str(&self.words.fill("check.amount-aside", &args));
        }
        line
    }
}

/// The words of both languages: JSON carries both, so that a program need not ask twice.
struct Both {
    es: Catalog,
    en: Catalog,
}

impl Both {
    fn new() -> Result<Self, Failure> {
        let words = |language| {
            words(language).map_err(|error| Failure::said("usage.not-read", [("reason", &error.to_string())]))
        };
        Ok(Self { es: words(Language::Es)?, en: words(Language::En)? })
    }
}

#[derive(Serialize)]
struct CheckedPackage {
    package: String,
    clean: bool,
    errors: u64,
    warnings: u64,
    unlisted: u64,
    problems: Vec<CheckedProblem>,
    tables: Vec<CheckedTable>,
    /// `null` where there is no packed form.
    packed: Option<CheckedPacked>,
}

#[derive(Serialize)]
struct CheckedPacked {
    state: &'static str,
    files: Vec<String>,
}

#[derive(Serialize)]
struct CheckedProblem {
    code: &'static str,
    severity: &'static str,
    file: String,
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    message_es: String,
    message_en: String,
}

#[derive(Serialize)]
struct CheckedTable {
    resource: String,
    file: String,
    rows_read: u64,
    rows_kept: u64,
    rows_set_aside: u64,
    amounts_set_aside: BTreeMap<String, CheckedAmounts>,
}

#[derive(Serialize)]
struct CheckedAmounts {
    sum: String,
    unreadable: u64,
}

impl CheckedPackage {
    fn new(package: &Package, report: &Report, packed: Option<&PackedState>, both: &Both) -> Self {
        let problem = |problem: &Problem| CheckedProblem {
            code: problem.code.name(),
            severity: problem.severity().name(),
            file: problem.file.clone(),
            row: problem.row,
            column: problem.column.clone(),
            value: problem.value.clone(),
            message_es: both.es.problem(problem),
            message_en: both.en.problem(problem),
        };
        let amounts = |(column, (sum, unreadable)): (&String, &(rust_decimal::Decimal, u64))| {
            (column.clone(), CheckedAmounts { sum: sum.to_string(), unreadable: *unreadable })
        };
        let table = |table: &TableReport| CheckedTable {
            resource: table.resource.clone(),
            file: table.file.clone(),
            rows_read: table.rows_read,
            rows_kept: table.rows_kept,
            rows_set_aside: table.set_aside.rows,
            amounts_set_aside: table.set_aside.amounts.iter().map(amounts).collect(),
        };
        let packed = packed.map(|packed| match packed {
            PackedState::Current => CheckedPacked { state: "current", files: Vec::new() },
            PackedState::Stale(files) => CheckedPacked { state: "stale", files: files.clone() },
            PackedState::Broken(file) => CheckedPacked { state: "broken", files: vec![file.clone()] },
        });
        Self {
            packed,
            package: package.descriptor.name.clone(),
            clean: report.is_clean(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            unlisted: report.unlisted(),
            problems: report.problems.iter().map(problem).collect(),
            tables: report.tables.iter().map(table).collect(),
        }
    }
}
