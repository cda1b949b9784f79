//! A real file of 946,476 payments against figures computed elsewhere: the spending of Gateshead, 2010 to 2022.
//!
//! Built for release, or with `YUPAY_WHOLE=1`, the whole file is read and held against its oracle. A debug build reads the
//! months that have every kind of fault, held against a plain second reading of the same rows (which itself is held against
//! the oracle where the whole file is read).
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it compared")]

mod cli_support;
mod source_support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use cli_support::{empty_folder, yupay};
use rust_decimal::Decimal;
use serde_json::json;
use source_support::{Sums, cells, figures, names_by_id, oracle, rows_of, show, source, table, together};
use yupay::money::format::{Language, NumberStyle};

const FILE: &str = "gateshead_spending_lines_by_category.csv";

/// Months whose files hold: plain rows, dates Excel turned into numbers, blank amounts, amounts turned into dates, and
/// amounts shown as `#`.
const MONTHS: [&str; 8] = ["2010-12", "2011-09", "2015-01", "2015-04", "2016-01", "2016-11", "2018-09", "2018-11"];

const GROUP: usize = 1;
const CATEGORY: usize = 2;
const SUBCATEGORY: usize = 3;
const AMOUNT: usize = 5;
const UPDATED: usize = 6;

/// A plain reading of the file: every row is under its year, or under `OTHER` where it has no date.
#[derive(Default)]
struct Reading {
    rows: u64,
    unreadable: u64,
    sum_by_year: Sums,
    rows_by_year: Sums,
    sum_by_category: Sums,
    sum_by_group: Sums,
    /// Rows of a year only: year, group, category, subcategory.
    sum_by_heading: Sums,
}

fn readable(amount: &str) -> Option<Decimal> {
    amount.parse().ok()
}

/// A day is written `2010-12-07`.
fn year_of(updated: &str) -> Option<&str> {
    let is_day = updated.len() == 10
        && updated.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_day.then(|| &updated[..4])
}

impl Reading {
    fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut reading = Self::default();
        for row in lines.map(|line| cells(line, ',')) {
            reading.rows += 1;
            let Some(amount) = readable(&row[AMOUNT]) else {
                reading.unreadable += 1;
                continue;
            };
            let year = year_of(&row[UPDATED]);
            *reading.sum_by_year.entry(year.unwrap_or("OTHER").to_owned()).or_default() += amount;
            *reading.rows_by_year.entry(year.unwrap_or("OTHER").to_owned()).or_default() += Decimal::ONE;
            *reading.sum_by_category.entry(row[CATEGORY].clone()).or_default() += amount;
            *reading.sum_by_group.entry(row[GROUP].clone()).or_default() += amount;
            if let Some(year) = year {
                let heading = heading(year, &row[GROUP], &row[CATEGORY], &row[SUBCATEGORY]);
                *reading.sum_by_heading.entry(heading).or_default() += amount;
            }
        }
        reading
    }
}

/// A heading by its parts; blank where a line says nothing of what it is for.
fn heading(year: &str, group: &str, category: &str, subcategory: &str) -> String {
    match (category, subcategory) {
        ("", "") => String::new(),
        (category, "") => [year, group, category, category].join(" / "),
        (category, subcategory) => [year, group, category, subcategory].join(" / "),
    }
}

/// The whole file, or the months above.
fn text(source: &Path, is_whole: bool) -> Option<String> {
    let packed = source.join(format!("{FILE}.xz"));
    let Ok(output) = Command::new("xz").arg("-dc").arg(packed).output() else {
        println!("skipped: there is no xz to unpack the file with");
        return None;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    if is_whole {
        return Some(text);
    }
    let month = |line: &str| line.strip_prefix("gateshead/clean/").and_then(|line| line.get(..7)).map(str::to_owned);
    let is_kept = |line: &&str| month(line).is_none_or(|month| MONTHS.contains(&month.as_str()));
    Some(text.split_inclusive('\n').filter(is_kept).collect())
}

#[test]
fn the_totals_are_the_oracle_s() {
    let Some(source) = source("uk-council-spending") else { return };
    let is_whole = !cfg!(debug_assertions) || std::env::var_os("YUPAY_WHOLE").is_some();
    let Some(text) = text(&source, is_whole) else { return };
    let lines: Vec<&str> = text.lines().collect();
    let expected = Reading::of(lines.iter().skip(1).copied());
    if is_whole {
        let oracle = &oracle(&source)[&format!("{FILE}.xz")];
        assert_eq!((expected.rows, expected.unreadable), (946_476, 2_938));
        assert_eq!(oracle["stats"]["rows"], expected.rows);
        assert_eq!(oracle["stats"]["amount_bad"], expected.unreadable);
        for (read, name) in [
            (&expected.sum_by_year, "sum_by_year"),
            (&expected.rows_by_year, "rows_by_year"),
            (&expected.sum_by_category, "sum_by_category_exact_label"),
            (&expected.sum_by_group, "sum_by_group_exact_label"),
        ] {
            assert_eq!(*read, table(&oracle[name]), "{name}");
        }
    }

    let (folder, package) = (empty_folder("gateshead-in"), empty_folder("gateshead"));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(FILE);
    std::fs::write(&file, &text).unwrap();
    let (file, out) = (file.to_str().unwrap(), package.to_str().unwrap());
    let run = yupay(&["import", "--map", "examples/import/gateshead.toml", file, "--out", out, "--lang", "en"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    std::fs::remove_file(file).unwrap();

    let aside = set_aside(&package, &lines);
    let (kept, style) = (expected.rows - aside.rows, NumberStyle::new(Language::En, "GB"));
    let count = |count: u64| style.count(i64::try_from(count).unwrap());
    let (other, total) = (expected.sum_by_year["OTHER"], expected.sum_by_year.values().sum::<Decimal>());
    for line in [
        format!("{} rows in the file = {} read + {} set aside", count(expected.rows), count(kept), count(aside.rows)),
        format!(
            "read {} + set aside {} = {} in the file; {} unreadable amounts",
            style.number(total - other),
            style.number(other),
            style.number(total),
            count(expected.unreadable)
        ),
    ] {
        assert!(run.stdout.contains(&line), "{line}\n{}", run.stdout);
    }
    assert_eq!(aside.unreadable, expected.unreadable);
    assert_eq!(aside.by_category.values().sum::<Decimal>(), other);
    assert_eq!(Decimal::from(aside.rows - aside.unreadable), expected.rows_by_year["OTHER"]);

    let by_year = show(&package, &["fiscal_year"], "paid");
    let of_years = |mut sums: Sums| {
        sums.remove("OTHER");
        sums
    };
    let as_they_are = BTreeMap::new();
    let sums = figures(&by_year, "fiscal_year", "amount", &as_they_are);
    assert_eq!(sums, of_years(expected.sum_by_year.clone()));
    let counts = figures(&by_year, "fiscal_year", "count", &as_they_are);
    assert_eq!(counts, of_years(expected.rows_by_year.clone()));
    assert_eq!(by_year["currency"], "GBP");
    assert_eq!(by_year["total"], json!({"amount": (total - other).to_string(), "count": kept, "missing": 0}));

    let categories = names_by_id(&package, "codelists/dimensions.csv");
    let by_category = figures(&show(&package, &["dimension"], "paid"), "dimension", "amount", &categories);
    assert_eq!(together(by_category, &aside.by_category), expected.sum_by_category);
    let groups = names_by_id(&package, "data/sections.csv");
    let by_group = figures(&show(&package, &["section"], "paid"), "section", "amount", &groups);
    assert_eq!(together(by_group, &aside.by_group), expected.sum_by_group);
    let headings: BTreeMap<String, String> = rows_of(&package, "data/projects.csv")
        .into_iter()
        .map(|row| {
            let name = |names: &BTreeMap<String, String>, id: &str| names.get(id).cloned().unwrap_or_default();
            let (group, category) = (name(&groups, &row[3]), name(&categories, &row[4]));
            (row[0].clone(), [row[1].as_str(), &group, &category, &row[2]].join(" / "))
        })
        .collect();
    let by_heading = figures(&show(&package, &["project"], "paid"), "project", "amount", &headings);
    assert_eq!(by_heading, expected.sum_by_heading);
    println!(
        "{} rows, {} unreadable amounts, {total} GBP: years, categories, groups and {} headings equal to {}",
        expected.rows,
        expected.unreadable,
        headings.len(),
        if is_whole { "the oracle" } else { "a plain reading of the sampled months" }
    );
}

/// What the file of rows set aside holds.
#[derive(Default)]
struct Aside {
    rows: u64,
    unreadable: u64,
    by_category: Sums,
    by_group: Sums,
}

/// Reads the rows set aside, each of which must stand as it does at its place in the file, with its fault's column.
fn set_aside(package: &Path, lines: &[&str]) -> Aside {
    const ABOUT: usize = 6;
    let mut aside = Aside::default();
    for row in rows_of(package, "set-aside.csv") {
        let (about, row) = row.split_at(ABOUT);
        let number: usize = about[1].parse().unwrap();
        assert_eq!(row, cells(lines[number - 1], ','), "row {number}");
        aside.rows += 1;
        let (has_year, amount) = (year_of(&row[UPDATED]).is_some(), readable(&row[AMOUNT]));
        let first_fault = if has_year { ("amount", AMOUNT) } else { ("updated", UPDATED) };
        assert_eq!(
            (about[3].as_str(), about[4].as_str()),
            (first_fault.0, row[first_fault.1].as_str()),
            "row {number}"
        );
        let code = if about[4].is_empty() {
            "value-required"
        } else if has_year {
            "number-format"
        } else {
            "date-format"
        };
        assert_eq!(about[2], code, "row {number}");
        match amount {
            None => aside.unreadable += 1,
            Some(amount) => {
                assert!(!has_year, "row {number}");
                *aside.by_category.entry(row[CATEGORY].clone()).or_default() += amount;
                *aside.by_group.entry(row[GROUP].clone()).or_default() += amount;
            }
        }
    }
    aside
}
