//! A real file of every municipality of Peru, 2015 to 2025, against figures computed elsewhere: seven stages, three levels.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it compared")]

mod cli_support;
mod package_support;
mod source_support;

use std::collections::BTreeMap;
use std::path::Path;

use cli_support::{empty_folder, yupay};
use flate2::read::GzDecoder;
use package_support::package_in;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use source_support::{
    Sums, cells, compared, decimal, explored, figures, oracle, pivoted, rows, rows_of, show, source, table, value,
};
use yupay::engine::Key;
use yupay::indicators::{Selection, Shown, WhyDifferent};

const FILE: &str = "EJECUCION_GASTO_MUNICI_2015-2025.csv.gz";
const ROWS: u64 = 20_674;

/// The file's columns, the stages they become, and where they stand in the file.
const STAGES: [(&str, &str, usize); 7] = [
    ("PIA", "pia", 4),
    ("PIM", "pim", 5),
    ("Certificación", "certified", 6),
    ("Compromiso Anual", "committed", 7),
    ("Atención de Compromiso Mensual", "monthly_committed", 8),
    ("Devengado", "accrued", 9),
    ("Girado", "paid", 10),
];

/// A cell's name, after its code.
fn name(cell: &str) -> String {
    cell.split_once(": ").unwrap().1.to_owned()
}

/// The sums of an answer by year and by another key's value.
fn shown(answer: &Json, key: &str) -> BTreeMap<String, Sums> {
    let mut shown: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows(answer) {
        let sums = shown.entry(value(row, "fiscal_year").to_owned()).or_default();
        assert_eq!(sums.insert(value(row, key).to_owned(), decimal(&row["amount"])), None);
    }
    shown
}

/// The file read again, by splitting its lines and dropping its commas: sums by year and by the name a cell is known by.
fn read_again(lines: &[Vec<String>], amount: usize, by: usize, known_as: fn(&str) -> String) -> BTreeMap<String, Sums> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for line in lines {
        let amount: Decimal = line[amount].replace(',', "").parse().unwrap();
        *sums.entry(line[0].clone()).or_default().entry(known_as(&line[by])).or_default() += amount;
    }
    sums
}

#[test]
fn the_totals_are_the_oracle_s() {
    let Some(source) = source("peru-mef-municipalidades") else { return };
    let (oracle, package) = (oracle(&source), empty_folder("peru"));
    let file = source.join(FILE);
    let args = ["import", "--map", "examples/import/peru-mef.toml", "--out", package.to_str().unwrap()];
    let run = yupay(&[&args[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(rows_of(&package, "set-aside.csv").len(), 0);
    assert_eq!(rows_of(&package, "data/budget.csv").len() as u64, ROWS);

    let text = std::io::read_to_string(GzDecoder::new(std::fs::File::open(&file).unwrap())).unwrap();
    let lines: Vec<Vec<String>> = text.lines().skip(1).map(|line| cells(line, ',')).collect();
    assert_eq!(lines.len() as u64, ROWS);

    let nothing = BTreeMap::new();
    let answers = |keys: &[&str]| show(&package, keys, "all");
    let of = |answers: &Json, stage: &str| {
        answers.as_array().unwrap().iter().find(|answer| answer["stage"] == stage).unwrap().clone()
    };
    let by_year = answers(&["fiscal_year"]);
    for (column, stage, _) in STAGES {
        let answer = of(&by_year, stage);
        let years = oracle["totals_by_year"].as_object().unwrap();
        let totals: Sums = years.iter().map(|(year, sums)| (year.clone(), decimal(&sums[column]))).collect();
        assert_eq!(figures(&answer, "fiscal_year", "amount", &nothing), totals, "{column}");
        assert_eq!(figures(&answer, "fiscal_year", "count", &nothing), table(&oracle["rows_by_year"]), "{column}");
        assert_eq!((&answer["total"]["count"], &answer["total"]["missing"]), (&json!(ROWS), &json!(0)), "{column}");
        assert_eq!(decimal(&answer["total"]["amount"]), totals.values().sum::<Decimal>(), "{column}");
        println!("{column}: {} PEN, by year equal to the oracle", totals.values().sum::<Decimal>());
    }
    // Departments as the oracle has them; provinces and municipalities by the file read again, as it has no others.
    for (key, column, known_as) in [
        ("level1", 1, name as fn(&str) -> String),
        ("level2", 2, name),
        ("section", 3, |cell| cell.split_once(": ").unwrap().0.to_owned()),
    ] {
        let found = answers(&["fiscal_year", key]);
        for (label, stage, amount) in STAGES {
            let expected = read_again(&lines, amount, column, known_as);
            assert_eq!(shown(&of(&found, stage), key), expected, "{key} {stage}");
            if key == "level1" {
                let years = oracle["totals_by_year_and_departamento"].as_object().unwrap();
                let of_year = |sums: &Json| {
                    let names = sums.as_object().unwrap().iter();
                    names.map(|(cell, sums)| (name(cell), decimal(&sums[label]))).collect::<Sums>()
                };
                let departments: BTreeMap<String, Sums> =
                    years.iter().map(|(year, sums)| (year.clone(), of_year(sums))).collect();
                assert_eq!(expected, departments, "{stage}");
            }
        }
        println!(
            "{key}: equal in {} years at {} stages",
            oracle["rows_by_year"].as_object().unwrap().len(),
            STAGES.len()
        );
    }
    // Each municipality lies in one province, and each province in one department.
    let sections = rows_of(&package, "data/sections.csv");
    let mut provinces: BTreeMap<&str, &str> = BTreeMap::new();
    for section in &sections {
        let department = provinces.entry(&section[3]).or_insert(&section[2]);
        assert_eq!(*department, section[2], "{section:?}");
    }
    assert_eq!((sections.len(), provinces.len()), (1892, 196));
    the_pages_say_the_same(&package, &oracle, &lines);
}

/// `/explore/` and `/compare/` of the same package: every level, and a running year that is set beside others and not ranked.
fn the_pages_say_the_same(folder: &Path, oracle: &Json, lines: &[Vec<String>]) {
    let package = package_in(folder).0;
    let as_it_is = |_: Key, value: &str| value.to_owned();
    for (key, column) in [("level1", 1), ("level2", 2), ("section", 3)] {
        for (_, stage, amount) in STAGES {
            let found = explored(&package, &[("stage", stage)], &[("rows", key), ("columns", "fiscal_year")]);
            let known_as =
                if key == "section" { |cell: &str| cell.split_once(": ").unwrap().0.to_owned() } else { name };
            assert_eq!(pivoted(&found, &as_it_is), read_again(lines, amount, column, known_as), "{key} {stage}");
        }
    }
    // It opens with the last whole year, and compares it with the one before.
    assert_eq!(Selection::default().known_to(&package).0.years(&package), ["2024"]);
    let opened = compared(&package, &[], &[]).sides.map(|side| side.years);
    assert_eq!(opened, [["2023"], ["2024"]]);
    let of_year = |year: &str| decimal(&oracle["totals_by_year"][year]["Devengado"]);
    for (years, is_partial) in [(["2023", "2024"], false), (["2024", "2025"], true)] {
        let found = compared(&package, &[], &[("a", years[0]), ("b", years[1]), ("rows", "level1")]);
        let totals = found.total.sides.each_ref().map(|side| match side.shown {
            Some(Shown::Money(money)) => Decimal::new(money.minor, 2),
            other => panic!("{other:?}"),
        });
        assert_eq!(totals, years.map(of_year), "{years:?}");
        assert_eq!(found.is_ranked, !is_partial, "{years:?}");
        let partial: Vec<_> = found
            .sides
            .iter()
            .map(|side| side.partial.iter().map(|one| (&*one.year, one.month)).collect::<Vec<_>>())
            .collect();
        assert_eq!(partial, [vec![], if is_partial { vec![("2025", Some(1))] } else { vec![] }]);
        assert_eq!(found.rows.len(), 25, "departments");
        for row in &found.rows {
            assert_eq!(row.ranks.iter().all(Option::is_some), !is_partial, "{row:?}");
            assert_eq!(row.why.contains(&WhyDifferent::Partial { side: 1 }), is_partial, "{row:?}");
        }
    }
}
