//! Five real files in two layouts against figures computed elsewhere: the budget of Madrid as it was carried out, 2015 to 2019.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it compared")]

mod cli_support;
mod source_support;

use std::collections::BTreeMap;

use cli_support::{empty_folder, yupay};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use source_support::{Sums, decimal, figures, names_by_id, oracle, rows, show, source, value};

const YEARS: [&str; 5] = ["2015", "2016", "2017", "2018", "2019"];

/// The file's columns and the stages they become.
const STAGES: [(&str, &str); 5] = [
    ("CRED_INICIAL", "pia"),
    ("C_DEFINITIVO", "pim"),
    ("C_AUTORIZADO", "certified"),
    ("C_DISPUESTO", "committed"),
    ("OBL_RECONOC", "accrued"),
];

/// The sums of a column by year, and by year and name, as the oracle has them.
fn expected(oracle: &Json, breakdown: &str, column: &str, name: &dyn Fn(&str) -> String) -> BTreeMap<String, Sums> {
    let sums = |year: &str| {
        let names = oracle["gastos"][year][breakdown].as_object().unwrap();
        names.iter().map(|(label, sums)| (name(label), decimal(&sums[column]))).collect()
    };
    YEARS.map(|year| (year.to_owned(), sums(year))).into()
}

/// The sums of an answer by year and by another key's value, under a name of its own.
fn shown(answer: &Json, key: &str, name: &dyn Fn(&str) -> Option<String>) -> BTreeMap<String, Sums> {
    let mut shown: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows(answer) {
        let Some(name) = name(value(row, key)) else { continue };
        let sums = shown.entry(value(row, "fiscal_year").to_owned()).or_default();
        *sums.entry(name).or_default() += decimal(&row["amount"]);
    }
    shown
}

/// The answers at every stage, each with the column it was.
fn by_stage(answers: &Json) -> impl Iterator<Item = (&'static str, &Json)> {
    STAGES.into_iter().map(|(column, stage)| {
        let mut answers = answers.as_array().unwrap().iter();
        (column, answers.find(|answer| answer["stage"] == stage).unwrap())
    })
}

#[test]
fn the_totals_are_the_oracle_s() {
    let Some(source) = source("madrid-civio") else { return };
    let oracle = oracle(&source);
    let package = empty_folder("madrid");
    let files = YEARS.map(|year| source.join(year).join("ejecucion_gastos.csv.gz").to_str().unwrap().to_owned());
    let mut args = vec!["import", "--map", "examples/import/madrid.toml", "--out", package.to_str().unwrap()];
    args.extend(files.iter().map(String::as_str));
    let run = yupay(&args);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);

    let gastos = &oracle["gastos"];
    let lines: u64 = YEARS.iter().map(|year| gastos[year]["rows"].as_u64().unwrap()).sum();
    let as_they_are = BTreeMap::new();
    for (column, answer) in by_stage(&show(&package, &["fiscal_year"], "all")) {
        let totals: Sums = YEARS.map(|year| (year.to_owned(), decimal(&gastos[year]["totals"][column]))).into();
        assert_eq!(figures(answer, "fiscal_year", "amount", &as_they_are), totals, "{column}");
        let counts: Sums = YEARS.map(|year| (year.to_owned(), decimal(&gastos[year]["rows"]))).into();
        assert_eq!(figures(answer, "fiscal_year", "count", &as_they_are), counts, "{column}");
        let total = totals.values().sum::<Decimal>();
        assert_eq!(decimal(&answer["total"]["amount"]), total, "{column}");
        assert_eq!((&answer["total"]["count"], &answer["total"]["missing"]), (&json!(lines), &json!(0)), "{column}");
        assert_eq!(answer["currency"], "EUR");
        println!("{column}: {total} EUR in {lines} lines, by year equal to the oracle");
    }

    // The oracle names a district and a chapter by code and name, and a body by its code, with or without its zeros.
    let sections = names_by_id(&package, "data/sections.csv");
    let district = |id: &str| sections.get(id).filter(|name| name.starts_with("DISTRITO DE ")).cloned();
    let body = |name: &str| BODIES.into_iter().find(|(_, known)| *known == name).map(|(code, _)| code.to_owned());
    let part = |label: &str, at: usize| label.splitn(2, ' ').nth(at).unwrap().to_owned();
    let all = |id: &str| Some(id.to_owned());
    for (key, name, breakdown, oracle_name) in [
        ("dimension", &all as &dyn Fn(&str) -> _, "by_capitulo", &(|label: &str| part(label, 0)) as &dyn Fn(&str) -> _),
        ("section", &district, "by_district_section_2xx", &|label: &str| part(label, 1)),
        ("function", &|code: &str| code.get(..1).map(str::to_owned), "by_area_funcional_first_digit", &str::to_owned),
        ("source", &body, "by_centro", &|code: &str| code.trim_start_matches('0').to_owned()),
    ] {
        for (column, answer) in by_stage(&show(&package, &["fiscal_year", key], "all")) {
            let expected = expected(&oracle, breakdown, column, oracle_name);
            assert_eq!(shown(answer, key, name), expected, "{key} {column}");
        }
        println!("{key}: {breakdown} equal to the oracle, by year, at {} stages", STAGES.len());
    }
}

/// Whose accounts, by the code the oracle has them under.
const BODIES: [(&str, &str); 7] = [
    ("1", "AYUNTAMIENTO DE MADRID"),
    ("501", "INFORMÁTICA DEL AYUNTAMIENTO DE MADRID"),
    ("503", "AGENCIA PARA EL EMPLEO DE MADRID"),
    ("506", "AGENCIA TRIBUTARIA  MADRID"),
    ("508", "MADRID SALUD"),
    ("509", "AGENCIA DE ACTIVIDADES"),
    ("902", "CONSOR. PLAN REHAB.EQUIP.TEATROS MADRID"),
];
