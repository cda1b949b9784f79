//! Real files beside this project, and a plain second reading of them to hold the command against.
#![allow(dead_code, reason = "each test file uses its part of these")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use yupay::dataset::Package;
use yupay::engine::Key;
use yupay::indicators::{CompareQuery, Comparison, Look, Pivot, RowKind, Selection, comparison, pivot, settled};

use crate::cli_support::yupay;

/// Sums by name.
pub type Sums = BTreeMap<String, Decimal>;

/// A folder of real files, or `None` (and a word about it) where it is not beside this project.
pub fn source(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    if !path.exists() {
        println!("skipped: {folder} is not beside this project");
        return None;
    }
    Some(path)
}

/// `oracle.json` of a folder.
pub fn oracle(source: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(source.join("oracle.json")).unwrap()).unwrap()
}

/// A JSON number or text as an exact decimal.
pub fn decimal(value: &Json) -> Decimal {
    value.as_str().map_or(value.to_string(), str::to_owned).parse().unwrap()
}

/// An oracle's table: names to sums (or counts, as sums).
pub fn table(table: &Json) -> Sums {
    table.as_object().unwrap().iter().map(|(name, value)| (name.clone(), decimal(value))).collect()
}

/// The cells of a line; those in quotation marks hold no line ends in these files.
pub fn cells(line: &str, delimiter: char) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    let mut chars = line.trim_end_matches(['\r', '\n']).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cells.last_mut().unwrap().extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            c if c == delimiter && !is_quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// A written table's rows, without its labels.
pub fn rows_of(package: &Path, file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(package.join(file)).unwrap();
    text.lines().skip(1).map(|line| cells(line, ',')).collect()
}

/// A code list's codes with the names they were made from.
pub fn names_by_id(package: &Path, file: &str) -> BTreeMap<String, String> {
    rows_of(package, file).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

/// What `yupay show` answers.
pub fn show(package: &Path, keys: &[&str], stage: &str) -> Json {
    let mut args = vec!["show", package.to_str().unwrap(), "--stage", stage, "--format", "json"];
    args.extend(keys.iter().flat_map(|key| ["--by", key]));
    yupay(&args).json()
}

/// The value a row of an answer has of a key; blank where it has none, which no value is.
pub fn value<'a>(row: &'a Json, key: &str) -> &'a str {
    row["key"][key].as_str().unwrap_or_default()
}

/// The rows of an answer.
pub fn rows(answer: &Json) -> &[Json] {
    answer["rows"].as_array().unwrap()
}

/// A figure of an answer's rows (`amount`, `count`) under the name of each one's value of a key; its code where it has none.
pub fn figures(answer: &Json, key: &str, figure: &str, names: &BTreeMap<String, String>) -> Sums {
    let name = |row| names.get(value(row, key)).map_or(value(row, key), String::as_str).to_owned();
    rows(answer).iter().map(|row| (name(row), decimal(&row[figure]))).collect()
}

/// The sums of both, name by name.
pub fn together(mut sums: Sums, others: &Sums) -> Sums {
    for (name, sum) in others {
        *sums.entry(name.clone()).or_default() += sum;
    }
    sums
}

fn selected(package: &Package, pairs: &[(&str, &str)]) -> Selection {
    let (selection, unknown) = Selection::from_pairs(pairs.iter().copied()).known_to(package);
    assert_eq!(unknown, [], "{pairs:?}");
    selection
}

/// What `/explore/` shows of a link's pairs: the selection's, and the page's own.
pub fn explored(package: &Package, pairs: &[(&str, &str)], own: &[(&str, &str)]) -> Pivot {
    let own: Vec<(String, String)> = own.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (look, unknown) = Look::from_pairs(&own);
    let (selection, look, refused) = settled(package, &selected(package, pairs), &look);
    assert!(unknown.is_empty() && refused.is_empty(), "{own:?}: {unknown:?} {refused:?}");
    pivot(package, &selection, &look).unwrap()
}

/// A pivot's amounts by column and by row, each under the name it goes by.
pub fn pivoted(found: &Pivot, name: &dyn Fn(Key, &str) -> String) -> BTreeMap<String, Sums> {
    let money = |minor: Option<i64>| minor.map(|minor| Decimal::new(minor, u32::from(found.currency.exponent())));
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for row in &found.rows {
        let RowKind::Value(Some(value)) = &row.kind else { panic!("a row without a value: {row:?}") };
        for (column, cell) in found.columns.iter().zip(&row.cells) {
            let Some(amount) = money(cell.minor) else { continue };
            let column = column.value.as_deref().unwrap();
            sums.entry(column.to_owned()).or_default().insert(name(found.row_key, value), amount);
        }
    }
    let total: Decimal = sums.values().flat_map(BTreeMap::values).sum();
    assert_eq!(money(found.total.minor), Some(total), "the total is the sum of the cells");
    sums
}

/// What `/compare/` answers to a link's pairs.
pub fn compared(package: &Package, pairs: &[(&str, &str)], own: &[(&str, &str)]) -> Comparison {
    let (query, unknown) = CompareQuery::from_pairs(own.iter().copied());
    assert!(unknown.is_empty(), "{unknown:?}");
    comparison(package, None, &selected(package, pairs), &query).unwrap()
}
