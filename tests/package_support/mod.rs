//! Packages as the site loads them, and their files read again without any code of ours.
#![allow(dead_code, reason = "each test file uses its part of these")]

pub mod pivots;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yupay::dataset::{DESCRIPTOR_FILE, FileContent, Package, Report, load, read_descriptor};

/// The folder of a package that the project ships.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// A file, whole; a test that cannot read it ends there.
pub fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The package of a folder, and what was found while reading it.
pub fn package_in(folder: &Path) -> (Package, Report) {
    let descriptor = read(&folder.join(DESCRIPTOR_FILE));
    let resources = read_descriptor(&descriptor, &mut Report::default()).resources;
    let paths = resources.into_iter().filter_map(|resource| resource.path);
    let files: BTreeMap<String, FileContent> =
        paths.map(|path| (path.clone(), FileContent::Bytes(read(&folder.join(path))))).collect();
    load(&descriptor, &files)
}

/// A package that the project ships.
pub fn package(name: &str) -> Package {
    package_in(&folder(name)).0
}

/// The rows of a table of a shipped package as maps of names to cells, each with its number as a spreadsheet shows it.
pub fn rows_of_table(name: &str, table: &str) -> Vec<(u32, BTreeMap<String, String>)> {
    let text = String::from_utf8(read(&folder(name).join(format!("data/{table}.csv")))).unwrap();
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    let heads = rows.remove(0);
    let named = |cells: Vec<String>| heads.iter().cloned().zip(cells).collect();
    (2..).zip(rows.into_iter().map(named)).collect()
}

/// A package of CSV texts by table, none of whose rows is set aside.
pub fn package_of(tables: &[(&str, &str)]) -> Package {
    let resource = |name: &str| {
        let boolean = r#"{"name":"comparable","type":"boolean","trueValues":["true"],"falseValues":["false"]}"#;
        format!(r#"{{"name":"{name}","path":"{name}.csv","schema":{{"fields":[{boolean}]}}}}"#)
    };
    let resources: Vec<String> = tables.iter().map(|(name, _)| resource(name)).collect();
    let descriptor = format!(r#"{{"name":"written","countryCode":"PE","resources":[{}]}}"#, resources.join(","));
    let files: BTreeMap<String, FileContent> = tables
        .iter()
        .map(|(name, text)| (format!("{name}.csv"), FileContent::Bytes(text.as_bytes().to_vec())))
        .collect();
    let (package, report) = load(descriptor.as_bytes(), &files);
    assert_eq!(report.rows_set_aside(), 0, "{:?}", report.problems);
    package
}

/// An amount of a drawn row as a file has it; a blank cell where it has none.
pub fn cents(minor: Option<i32>) -> String {
    minor.map_or_else(String::new, |minor| {
        let (sign, size) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
        format!("{sign}{}.{:02}", size / 100, size % 100)
    })
}
