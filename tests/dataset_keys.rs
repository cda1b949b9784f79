//! Keys and references against the rule written again, a row at a time: whatever repeats, in columns of few values and of
//! many, in keys of one column and of two.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use yupay::dataset::{Code, FileContent, Report, load};

/// Two cells of a row; empty for a blank.
type Cells = [String; 2];

/// A problem as the rule finds it: code, row, value and the first row with that value.
type Found = (Code, u32, Option<String>, Option<u32>);

const THINGS: [&str; 2] = ["code", "number"];
const PARTS: [&str; 2] = ["of", "of_number"];

/// The keys of `things` and the columns that `parts` names them by.
#[derive(Debug, Clone)]
struct Rules {
    primary: Vec<usize>,
    unique: Vec<usize>,
    reference: Vec<usize>,
}

fn names(columns: &[&'static str; 2], places: &[usize]) -> Vec<&'static str> {
    places.iter().map(|&place| columns[place]).collect()
}

fn report(things: &[Cells], parts: &[Cells], rules: &Rules) -> Report {
    let fields = |[code, number]: [&str; 2]| json!([{"name": code, "type": "string"}, {"name": number, "type": "integer"}, {"name": "note", "type": "string"}]);
    let mut schema = json!({"fields": fields(THINGS), "primaryKey": names(&THINGS, &rules.primary)});
    if !rules.unique.is_empty() {
        schema["uniqueKeys"] = json!([names(&THINGS, &rules.unique)]);
    }
    let target = json!({"resource": "things", "fields": names(&THINGS, &rules.reference)});
    let key = json!({"fields": names(&PARTS, &rules.reference), "reference": target});
    let descriptor = json!({"name": "drawn", "resources": [
        {"name": "things", "path": "things.csv", "schema": schema},
        {"name": "parts", "path": "parts.csv", "schema": {"fields": fields(PARTS), "foreignKeys": [key]}},
    ]});
    // A last column that is never blank, so that no row is.
    let text = |columns: [&str; 2], rows: &[Cells]| {
        let rows = rows.iter().map(|cells| format!("{},{},x\n", cells[0], cells[1]));
        format!("{},{},note\n", columns[0], columns[1]) + &rows.collect::<String>()
    };
    let files: BTreeMap<String, FileContent> =
        [("things.csv", text(THINGS, things)), ("parts.csv", text(PARTS, parts))]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), FileContent::Bytes(text.into_bytes())))
            .collect();
    load(descriptor.to_string().as_bytes(), &files).1
}

/// The key of a row. Spaces around a text are no part of it, nor are zeros before a number; what is no number is unknown.
fn key(cells: &Cells, places: &[usize]) -> Option<String> {
    let part = |&place: &usize| match place {
        0 => Some(cells[0].trim().to_owned()).filter(|code| !code.is_empty()),
        _ => cells[1].parse::<i64>().ok().map(|number| number.to_string()),
    };
    Some(places.iter().map(part).collect::<Option<Vec<_>>>()?.join(", "))
}

/// Whether a row can be read at all.
fn is_usable(cells: &Cells) -> bool {
    cells[1].is_empty() || cells[1].parse::<i64>().is_ok()
}

fn row_of(place: usize) -> u32 {
    u32::try_from(place).unwrap() + 2
}

/// Problems of `things` and of `parts`, and how many rows of each are kept.
fn naive(things: &[Cells], parts: &[Cells], rules: &Rules) -> ([Vec<Found>; 2], [usize; 2]) {
    let mut of_things = Vec::new();
    let mut aside: BTreeSet<usize> = (0..things.len()).filter(|&place| !is_usable(&things[place])).collect();
    for (places, code) in [(&rules.primary, Code::KeyDuplicate), (&rules.unique, Code::ValueDuplicate)] {
        let mut first = BTreeMap::new();
        let kept: Vec<usize> = (0..things.len()).filter(|place| !aside.contains(place)).collect();
        for place in kept.into_iter().filter(|_| !places.is_empty()) {
            let row = row_of(place);
            match key(&things[place], places) {
                None if code == Code::KeyDuplicate => of_things.push((Code::KeyBlank, row, None, None)),
                None => continue,
                Some(key) => match first.get(&key) {
                    None => {
                        first.insert(key, row);
                        continue;
                    }
                    Some(&first) => of_things.push((code, row, Some(key), Some(first))),
                },
            }
            aside.insert(place);
        }
    }
    let has_lost_keys = of_things.iter().any(|found| found.0 != Code::ValueDuplicate)
        || aside.iter().any(|&place| key(&things[place], &rules.reference).is_none());
    let known: BTreeSet<String> = things.iter().filter_map(|cells| key(cells, &rules.reference)).collect();
    let usable = parts.iter().enumerate().filter(|(_, cells)| is_usable(cells));
    let strays = usable.clone().filter_map(|(place, cells)| {
        let key = key(cells, &rules.reference).filter(|key| !has_lost_keys && !known.contains(key))?;
        Some((Code::ReferenceUnknown, row_of(place), Some(key), None))
    });
    let of_parts: Vec<Found> = strays.collect();
    let kept = [things.len() - aside.len(), usable.count() - of_parts.len()];
    ([of_things, of_parts], kept)
}

fn check(things: &[Cells], parts: &[Cells], rules: &Rules) {
    let report = report(things, parts, rules);
    let (expected, kept) = naive(things, parts, rules);
    for (file, expected) in ["things.csv", "parts.csv"].into_iter().zip(expected) {
        let of_cells = [Code::ValueSpace, Code::IntegerFormat];
        let of_file = report.problems.iter().filter(|found| found.file == file && !of_cells.contains(&found.code));
        let found: Vec<Found> = of_file
            .map(|found| {
                let first = found.args.iter().find(|(name, _)| *name == "first");
                (found.code, found.row.unwrap(), found.value.clone(), first.map(|(_, row)| row.parse().unwrap()))
            })
            .collect();
        assert_eq!(found, expected, "{file} {rules:?}");
    }
    let found: Vec<u64> = report.tables.iter().map(|table| table.rows_kept).collect();
    assert_eq!(found, kept.map(|rows| rows as u64), "{rules:?}");
}

fn rules() -> impl Strategy<Value = Rules> {
    let places = || select(vec![vec![0], vec![1], vec![0, 1], vec![1, 0]]);
    let unique = prop_oneof![Just(Vec::new()), places()];
    (places(), unique, places()).prop_map(|(primary, unique, reference)| Rules { primary, unique, reference })
}

fn rows(longest: usize) -> impl Strategy<Value = Vec<Cells>> {
    let code = select(vec!["a", "a", "a1", " b", "b ", "d e", "é", ""]).prop_map(str::to_owned);
    let number = select(vec!["1", "1", "01", "11", "111", "x", ""]).prop_map(str::to_owned);
    proptest::collection::vec((code, number).prop_map(|(code, number)| [code, number]), 0..longest)
}

/// Rows of codes that are found once: many enough that a column has no dictionary.
fn padding(rows: usize) -> Vec<Cells> {
    (0..rows).map(|row| [format!("p{row}"), (row % 300).to_string()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn few_rows(things in rows(14), parts in rows(10), rules in rules()) {
        check(&things, &parts, &rules);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_codes_and_a_few_repeated(things in rows(14), parts in rows(10), at in 0usize..70_000, again in 0usize..70_000, rules in rules()) {
        let mut rules = rules;
        rules.primary = vec![0, 1];
        let mut all = padding(70_000);
        let repeated = all[again].clone();
        all.splice(at..at, things);
        all.insert(at, repeated);
        let mut all_parts = parts;
        all_parts.extend(padding(70_003));
        // Only codes hardly repeat; thousands of repeated numbers would not be listed one by one.
        rules.unique = vec![0];
        rules.reference = vec![0];
        check(&all, &all_parts, &rules);
        rules.primary = vec![0];
        check(&all, &all_parts, &rules);
    }
}

#[test]
fn codes_that_climb_are_unique_and_one_that_repeats_is_found() {
    let rules = Rules { primary: vec![0], unique: Vec::new(), reference: vec![0] };
    let mut things = padding(70_000);
    check(&things, &padding(3), &rules);
    things.push(["p69999".to_owned(), String::new()]);
    check(&things, &padding(3), &rules);
    things.push([String::new(), String::new()]);
    check(&things, &padding(3), &rules);
}
