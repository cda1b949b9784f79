//! A real foreign file against figures computed elsewhere: the winning projects of Paris, 2014 to 2024.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it compared")]

mod cli_support;
mod package_support;
mod source_support;

use std::collections::BTreeMap;
use std::path::Path;

use cli_support::{empty_folder, yupay};
use package_support::package_in;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use source_support::{compared, explored, pivoted};
use yupay::engine::Key;

const SOURCE: &str = "../shared/data/paris-budget-participatif";
const ROWS: u64 = 1341;

/// An oracle's table: names to sums (or counts, as sums).
fn oracle_table(oracle: &Json, table: &str) -> BTreeMap<String, Decimal> {
    let number = |value: &Json| value.as_str().map_or(value.to_string(), str::to_owned).parse().unwrap();
    oracle[table].as_object().unwrap().iter().map(|(name, value)| (name.clone(), number(value))).collect()
}

/// A code list's codes with the names they were made from.
fn names_by_id(package: &Path, file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(package.join(file)).unwrap();
    let rows = text.lines().skip(1).filter_map(|line| line.split_once(','));
    rows.map(|(id, rest)| (id.to_owned(), rest.split(',').next().unwrap().to_owned())).collect()
}

#[test]
fn the_totals_are_the_oracle_s() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(SOURCE);
    if !source.exists() {
        println!("skipped: the file of Paris is not beside this project");
        return;
    }
    let oracle: Json = serde_json::from_slice(&std::fs::read(source.join("oracle.json")).unwrap()).unwrap();
    let package = empty_folder("paris");
    let (file, out) = (source.join("bp_projets_gagnants.csv"), package.to_str().unwrap());
    let run = yupay(&["import", "--map", "examples/import/paris.toml", file.to_str().unwrap(), "--out", out]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);

    let dimensions = names_by_id(&package, "codelists/dimensions.csv");
    // The map gives each status a code: the French word, plain.
    let statuses = [
        ("non_demarre", "NON DEMARRE"),
        ("etudes", "ETUDES"),
        ("procedures", "PROCEDURES"),
        ("travaux", "TRAVAUX"),
        ("livraison", "LIVRAISON"),
        ("fin", "FIN"),
        ("abandonne", "ABANDONNÉ"),
    ];
    let statuses: BTreeMap<String, String> = statuses.map(|(id, name)| (id.to_owned(), name.to_owned())).into();
    let total: Decimal = oracle["total"].as_str().unwrap().parse().unwrap();
    for (key, sums, names) in [
        ("year", "sum_by_edition", &BTreeMap::new()),
        ("dimension", "sum_by_thematique", &dimensions),
        ("status", "sum_by_avancement", &statuses),
        ("section", "sum_by_arrondissement", &BTreeMap::new()),
    ] {
        let answer = yupay(&["show", out, "--by", key, "--stage", "agreed", "--format", "json"]).json();
        let name = |row: &Json| {
            let id = row["key"][key].as_str().unwrap();
            names.get(id).map_or(id, String::as_str).to_owned()
        };
        let decimal = |value: &Json| value.as_str().unwrap().parse::<Decimal>().unwrap();
        let rows = answer["rows"].as_array().unwrap();
        let shown: BTreeMap<String, Decimal> = rows.iter().map(|row| (name(row), decimal(&row["amount"]))).collect();
        assert_eq!(shown, oracle_table(&oracle, sums), "{key}");
        assert_eq!(decimal(&answer["total"]["amount"]), total, "{key}");
        assert_eq!(answer["total"]["count"], ROWS, "{key}");
        assert_eq!(answer["total"]["missing"], 0, "{key}");
        assert_eq!(answer["currency"], "EUR");
        if key == "status" {
            let counts: BTreeMap<String, Decimal> =
                rows.iter().map(|row| (name(row), Decimal::from(row["count"].as_u64().unwrap()))).collect();
            assert_eq!(counts, oracle_table(&oracle, "count_by_avancement"));
        }
        println!("{key}: {} groups, sum {} EUR, {ROWS} rows: equal to the oracle", rows.len(), total);
    }
    counts_by_year_and_status(&oracle, out, &statuses);
    the_pages_say_the_same(&package, &oracle, &dimensions, &statuses);
}

/// `/explore/` and `/compare/` of the same package.
fn the_pages_say_the_same(
    folder: &Path,
    oracle: &Json,
    dimensions: &BTreeMap<String, String>,
    statuses: &BTreeMap<String, String>,
) {
    let package = package_in(folder).0;
    let name = |key: Key, value: &str| match key {
        Key::Dimension => dimensions[value].clone(),
        Key::Status => statuses[value].clone(),
        _ => value.to_owned(),
    };
    let editions = oracle_table(oracle, "sum_by_edition");
    for (key, sums) in
        [("dimension", "sum_by_thematique"), ("status", "sum_by_avancement"), ("section", "sum_by_arrondissement")]
    {
        let own = [("rows", key), ("columns", "round")];
        let by_year = pivoted(&explored(&package, &[("stage", "agreed"), ("year", "all")], &own), &name);
        let total = |sums: &BTreeMap<String, Decimal>| sums.values().sum::<Decimal>();
        let of_years: BTreeMap<String, Decimal> =
            by_year.iter().map(|(year, sums)| (year.clone(), total(sums))).collect();
        assert_eq!(of_years, editions, "{key}");
        let mut of_rows: BTreeMap<String, Decimal> = BTreeMap::new();
        for (row, sum) in by_year.values().flatten() {
            *of_rows.entry(row.clone()).or_default() += sum;
        }
        assert_eq!(of_rows, oracle_table(oracle, sums), "{key}");
    }
    let found = compared(&package, &[("stage", "agreed")], &[("a", "2023"), ("b", "2024"), ("rows", "dimension")]);
    let totals = found.total.sides.each_ref().map(|side| side.minor.map(|minor| Decimal::new(minor, 2)));
    assert_eq!(totals, ["2023", "2024"].map(|year| editions.get(year).copied()));
    println!("explored by three keys and compared: equal to the oracle");
}

fn counts_by_year_and_status(oracle: &Json, package: &str, statuses: &BTreeMap<String, String>) {
    let answer = yupay(&["show", package, "--by", "year", "--by", "status", "--format", "json"]).json();
    let mut shown: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for row in answer["rows"].as_array().unwrap() {
        let (year, status) = (row["key"]["year"].as_str().unwrap(), row["key"]["status"].as_str().unwrap());
        shown.entry(year.to_owned()).or_default().insert(statuses[status].clone(), row["count"].as_u64().unwrap());
    }
    let expected: BTreeMap<String, BTreeMap<String, u64>> =
        serde_json::from_value(oracle["count_by_edition_and_status"].clone()).unwrap();
    assert_eq!(shown, expected);
    println!("year and status: {} counts equal to the oracle", shown.values().map(BTreeMap::len).sum::<usize>());
}
