//! What holds for any package: no bytes panic, no money is lost, and ways of writing a table do not change what it says.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dataset_support;

use std::collections::BTreeMap;

use dataset_support::{Files, contents, errors};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use yupay::budget::Stage;
use yupay::dataset::{DESCRIPTOR_FILE, Package, Report};
use yupay::engine::Key;

const STAGES: [&str; 6] = ["pia", "pim", "certificado", "compromiso_anual", "devengado", "girado"];

/// What a report must never get wrong, whatever was read.
fn assert_adds_up(package: &Package, report: &Report) {
    for table in &report.tables {
        assert_eq!(table.rows_read, table.rows_kept + table.set_aside.rows, "{table:?}");
        let in_package = match table.resource.as_str() {
            "projects" => package.projects.len(),
            "budget" => package.facts.table(Stage::Accrued).unwrap().len(),
            "financing" => package.financing.len(),
            "allocations" => package.allocations.len(),
            "processes" => package.processes.len(),
            "official_totals" => package.official_totals.len(),
            _ => continue,
        };
        let first_of_its_name = report.tables.iter().find(|first| first.resource == table.resource);
        if first_of_its_name == Some(table) {
            assert_eq!(table.rows_kept, in_package as u64, "{table:?}");
        }
    }
    if report.rows_set_aside() > 0 {
        assert!(!report.is_clean(), "rows were set aside and nothing was said");
    }
}

fn load(files: &Files) -> (Package, Report) {
    let (package, report) = files.load();
    assert_adds_up(&package, &report);
    (package, report)
}

/// Text like a table's, and bytes like nothing.
fn wild_bytes() -> impl Strategy<Value = Vec<u8>> {
    let marks = select(b",;\"\n\r .-0123456789PLS\xc3\xff\0".to_vec());
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        proptest::collection::vec(marks, 0..400),
        "[ -~\n]{0,300}".prop_map(String::into_bytes),
    ]
}

fn any_file() -> impl Strategy<Value = String> {
    let mut names = Files::base().tables();
    names.push(DESCRIPTOR_FILE.to_owned());
    select(names)
}

/// An amount as clerks, programs and accidents write it.
fn amount_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "-?[0-9]{1,7}\\.[0-9]{2}",
        2 => "-?[0-9]{1,20}(\\.[0-9]{1,4})?",
        1 => Just(String::new()),
        1 => select(vec!["S/ 12.50", "(12.50)", "1,234.50", "1.234,50", "1e3", "NaN", "+5", " 12", "12 ", "5.", ".5", "-", "- 5", "١٢"])
            .prop_map(str::to_owned),
        1 => "[0-9.,\" \n-]{0,12}",
    ]
}

/// The strict reading, written again: digits, a point with digits on both sides, a minus.
fn readable(cell: &str) -> Option<Decimal> {
    let body = cell.strip_prefix('-').unwrap_or(cell);
    let parts: Vec<&str> = body.split('.').collect();
    let all_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() <= 2 && parts.iter().all(all_digits)).then(|| Decimal::from_str_exact(cell).ok()).flatten()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(file in any_file(), bytes in wild_bytes()) {
        let mut files = Files::base();
        files.set(&file, bytes);
        load(&files);
    }

    #[test]
    fn no_flipped_bytes_panic(file in any_file(), flips in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..6)) {
        let mut files = Files::base();
        let mut bytes = files.0[&file].clone();
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        files.set(&file, bytes);
        load(&files);
    }

    #[test]
    fn no_json_panics(property in select(vec!["path", "dialect", "schema", "encoding", "bytes", "hash", "name"]), odd in select(odd_json())) {
        let mut files = Files::base();
        let mut descriptor: Json = serde_json::from_slice(&files.0[DESCRIPTOR_FILE]).unwrap();
        for resource in descriptor["resources"].as_array_mut().unwrap() {
            resource[property] = odd.clone();
        }
        files.set(DESCRIPTOR_FILE, descriptor.to_string());
        load(&files);
    }

    #[test]
    fn no_schema_panics(property in select(vec!["fields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "extraFields", "fieldsMatch"]), odd in select(odd_json())) {
        let mut files = Files::base();
        let mut descriptor: Json = serde_json::from_slice(&files.0[DESCRIPTOR_FILE]).unwrap();
        for resource in descriptor["resources"].as_array_mut().unwrap() {
            resource["schema"][property] = odd.clone();
        }
        files.set(DESCRIPTOR_FILE, descriptor.to_string());
        load(&files);
    }

    #[test]
    fn money_is_kept_or_set_aside(edits in proptest::collection::vec((any::<Index>(), any::<Index>(), amount_cell()), 1..8)) {
        let file = "data/budget.csv";
        let mut files = Files::base();
        let mut rows = files.cells(file);
        let columns: Vec<usize> = STAGES.iter().map(|stage| rows[0].iter().position(|label| label == stage).unwrap()).collect();
        for (row, column, cell) in &edits {
            let row = 1 + row.index(rows.len() - 1);
            rows[row][columns[column.index(columns.len())]] = cell.clone();
        }
        files.set_cells(file, &rows, ",");
        let (package, report) = load(&files);
        let budget = report.tables.iter().find(|table| table.resource == "budget").unwrap();
        for (place, column) in STAGES.iter().enumerate() {
            let stage = Stage::OF_A_LINE.into_iter().find(|stage| stage.column() == *column).unwrap();
            let in_file: Decimal = rows[1..].iter().filter_map(|row| readable(&row[columns[place]])).sum();
            let lines = package.facts.table(Stage::Accrued).unwrap();
            let of_stage = (0..lines.len()).filter_map(|row| lines.amount(stage, row));
            let kept: Decimal = of_stage.map(|minor| Decimal::new(minor, 2)).sum();
            let aside = budget.set_aside.amounts.get(*column).map_or(Decimal::ZERO, |(sum, _)| *sum);
            prop_assert_eq!(in_file, kept + aside, "{}", column);
        }
    }

    #[test]
    fn columns_may_stand_in_any_order(file in select(Files::base().tables()), order in proptest::collection::vec(any::<u32>(), 20)) {
        let mut files = Files::base();
        let before = contents(&files.load_clean());
        files.edit_descriptor("\"sha256:", "\"\", \"was\": \"");
        files.edit_descriptor("\"bytes\"", "\"size\"");
        let rows = files.cells(&file);
        let mut places: Vec<usize> = (0..rows[0].len()).collect();
        places.sort_by_key(|&place| order[place]);
        let moved: Vec<Vec<String>> = rows.iter().map(|row| places.iter().map(|&place| row[place].clone()).collect()).collect();
        files.set_cells(&file, &moved, ",");
        prop_assert_eq!(contents(&files.load_clean()), before);
    }

    #[test]
    fn rows_may_stand_in_any_order(file in select(vec!["projects", "financing", "budget", "allocations", "section_figures", "processes", "official_totals", "controls"]), order in proptest::collection::vec(any::<u32>(), 10)) {
        let file = format!("data/{file}.csv");
        let mut files = Files::base();
        let sorted = |files: &Files| {
            let mut rows = contents(&files.load_clean());
            rows.sort();
            rows
        };
        let before = sorted(&files);
        let rows = files.cells(&file);
        let mut places: Vec<usize> = (1..rows.len()).collect();
        places.sort_by_key(|&place| order[place]);
        let shuffled: Vec<Vec<String>> = std::iter::once(0).chain(places).map(|place| rows[place].clone()).collect();
        files.set_cells(&file, &shuffled, ",");
        prop_assert_eq!(sorted(&files), before);
    }
}

fn odd_json() -> Vec<Json> {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let huge = "9".repeat(500);
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("x"),
        json!(huge),
        json!([]),
        json!({}),
        json!([null]),
        json!([[]]),
        json!([["section_id", 1]]),
        json!({"delimiter": "\u{e9}", "quoteChar": ","}),
        json!({"delimiter": ",", "quoteChar": ","}),
        json!({"header": false}),
        json!({"commentChar": "L"}),
        json!({"fields": "x"}),
        json!([{"name": "pim"}, {"name": "pim"}]),
        json!([{"name": 1, "constraints": {"pattern": "(", "enum": "x", "minimum": "a", "maximum": 1e300, "minLength": -1}}]),
        json!([{"name": "pim", "decimalChar": "..", "groupChar": "", "constraints": {"pattern": "(a{1000}){1000}"}}]),
        json!([{"name": "pim", "decimalChar": "-", "groupChar": "0", "constraints": {"minLength": u64::MAX}}]),
        json!([{"fields": ["section_id"], "reference": {"resource": "", "fields": ["section_id"]}}]),
        json!([{"fields": "pim", "reference": {"resource": "budget", "fields": ["a", "b"]}}]),
        deep,
    ]
}

#[test]
fn no_truncation_panics() {
    let base = Files::base();
    for file in base.tables() {
        let whole = base.0[&file].clone();
        for len in (0..whole.len()).step_by(3).chain([whole.len() - 1]) {
            let mut files = base.clone();
            files.set(&file, &whole[..len]);
            load(&files);
        }
    }
    let descriptor = base.0[DESCRIPTOR_FILE].clone();
    for len in (0..descriptor.len()).step_by(7).chain([descriptor.len() - 1]) {
        let mut files = base.clone();
        files.set(DESCRIPTOR_FILE, &descriptor[..len]);
        let (package, report) = load(&files);
        // Cut within the last line end, it is still the whole object.
        assert!(package.projects.is_empty() && !report.is_clean() || len + 1 == descriptor.len(), "{len}");
    }
}

#[test]
fn byte_order_marks_and_line_ends_of_other_systems_change_nothing() {
    let base = Files::base();
    let before = contents(&base.load_clean());
    let mut marked = base.clone();
    let mut windows = base.clone();
    for file in base.0.keys().filter(|file| *file != "codelists/dimensions.csv") {
        let bytes = &base.0[file];
        marked.set(file, [b"\xef\xbb\xbf", bytes.as_slice()].concat());
        windows.set(file, base.text(file).replace('\n', "\r\n"));
    }
    assert_eq!(contents(&marked.load_clean()), before);
    assert_eq!(contents(&windows.load_clean()), before);
}

#[test]
fn semicolons_and_decimal_commas_change_nothing_where_they_are_declared() {
    let mut files = Files::base();
    let before = contents(&files.load_clean());
    let mut descriptor: Json = serde_json::from_slice(&files.0[DESCRIPTOR_FILE]).unwrap();
    for resource in descriptor["resources"].as_array_mut().unwrap() {
        let properties = resource.as_object_mut().unwrap();
        properties.remove("hash");
        properties.remove("bytes");
        properties.insert("dialect".to_owned(), json!({"delimiter": ";"}));
        let mut numbers = Vec::new();
        for field in resource["schema"]["fields"].as_array_mut().unwrap() {
            if field["type"] == "number" {
                field["decimalChar"] = json!(",");
                field["groupChar"] = json!(".");
                numbers.push(field["name"].as_str().unwrap().to_owned());
            }
        }
        let file = resource["path"].as_str().unwrap();
        let mut rows = files.cells(file);
        let is_number: Vec<bool> = rows[0].iter().map(|label| numbers.contains(label)).collect();
        for row in &mut rows[1..] {
            row.iter_mut()
                .zip(&is_number)
                .filter(|(_, is_number)| **is_number)
                .for_each(|(cell, _)| *cell = continental(cell));
        }
        files.set_cells(file, &rows, ";");
    }
    assert!(files.text("data/budget.csv").contains("\"18.000,00\""));
    files.set(DESCRIPTOR_FILE, descriptor.to_string());
    assert_eq!(contents(&files.load_clean()), before);
}

/// `18000.50` as `18.000,50`.
fn continental(cell: &str) -> String {
    let (whole, fraction) =
        cell.split_once('.').map_or((cell, String::new()), |(whole, rest)| (whole, format!(",{rest}")));
    let digits: Vec<char> = whole.chars().collect();
    let mut grouped = String::new();
    for (at, digit) in digits.iter().enumerate() {
        let left = digits.len() - at;
        if at > 0 && left.is_multiple_of(3) && digits[at - 1] != '-' {
            grouped.push('.');
        }
        grouped.push(*digit);
    }
    grouped + &fraction
}

#[test]
fn rows_that_point_at_a_row_set_aside_stay() {
    let mut files = Files::base();
    files.edit("data/projects.csv", "40000.00", "40.000");
    let (package, report) = load(&files);
    assert_eq!(errors(&report).len(), 1, "{:#?}", report.problems);
    let kept: BTreeMap<&str, u64> =
        report.tables.iter().map(|table| (table.resource.as_str(), table.rows_kept)).collect();
    assert_eq!((kept["projects"], kept["financing"], kept["budget"]), (5, 6, 5));
    let code = package.facts.dictionary(Key::Project).unwrap().code("V24-03").unwrap();
    let lines = package.facts.table(Stage::Accrued).unwrap();
    assert!((0..lines.len()).any(|row| lines.code(Key::Project, row) == code));
}
