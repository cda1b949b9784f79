//! The language files: the same keys and places in each, and no key used or kept in vain.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn entries(file: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/text").join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn the_languages_say_the_same_things() {
    for group in ["", "explore.", "projects.", "compare.", "what-if.", "funder.", "problems.", "cli."] {
        let (es, en) = (entries(&format!("{group}es.json")), entries(&format!("{group}en.json")));
        assert_eq!(es.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>(), "{group}");
        for (key, text) in &es {
            assert_eq!(places(text), places(&en[key]), "{key}");
            assert!(!text.trim().is_empty(), "{key}");
        }
    }
}

/// Groups whose keys are put together from the data's own codes.
const GROUPS: &[&str] = &["pick.basis.", "pick.per.", "list.", "scope.", "contributor.", "form."];

/// What the pages share, with the overview; its words are the plain files'.
const SHARED: &[&str] = &["src/web", "src/text"];
/// Each page's own words are in a file of its own, too.
const OWN: [(&[&str], &str); 3] = [
    (&["src/web/explore"], "explore.es.json"),
    (&["src/web/projects", "src/web/projects/dossier"], "projects.es.json"),
    (&["src/web/compare"], "compare.es.json"),
];
/// The what-if page, whose own words are in a file of their own: no other page pays for them.
const WHAT_IF: &[&str] = &["src/web/what_if", "src/web/what_if/projects"];
/// The worker that writes the what-if page's table of proposals, which is handed a file of its own once it is needed.
const FUNDER: &[&str] = &["src/funder"];

/// Every literal in the files of these folders that is shaped like a key, and the beginnings of those put together as it
/// runs.
fn used(folders: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut whole, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for folder in folders {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for literal in code.split('"').skip(1).step_by(2) {
                let is_key =
                    literal.contains('.') && literal.chars().all(|c| c.is_ascii_lowercase() || ".-{}_:".contains(c));
                match literal.split_once('{') {
                    Some((beginning, _)) if is_key && !beginning.is_empty() => {
                        beginnings.insert(beginning.to_owned());
                    }
                    None if is_key => {
                        whole.insert(literal.to_owned());
                    }
                    _ => {}
                }
            }
        }
    }
    (whole, beginnings)
}

/// Panics with every key that these folders ask for and that none of the files has.
fn check_asked(folders: &[&str], files: &[&str]) {
    let texts: BTreeMap<String, String> = files.iter().flat_map(|file| entries(file)).collect();
    let (whole, _) = used(folders);
    let is_there = |key: &String| texts.contains_key(key) || texts.contains_key(&format!("{key}.other"));
    let looks_like_a_file = |key: &String| key.ends_with(".json") || key.ends_with(".html") || key.starts_with('.');
    // The beginnings of groups, and of the names of language files.
    let beginnings =
        ["problems.", "pick.basis", "pick.per", "explore.", "projects.", "compare.", "what-if.", "funder."];
    let is_beginning = |key: &String| beginnings.contains(&key.as_str());
    let missing = whole.iter().filter(|key| !is_there(key) && !looks_like_a_file(key) && !is_beginning(key));
    let missing: Vec<&String> = missing.collect();
    assert!(missing.is_empty(), "no text for {missing:?} in {files:?}");
}

/// Panics with every key of a file that these folders never ask for.
fn check_idle(file: &str, folders: &[&str]) {
    let (whole, beginnings) = used(folders);
    let is_used = |key: &String| {
        let group = key.trim_end_matches(".one").trim_end_matches(".many").trim_end_matches(".other");
        whole.contains(group)
            || whole.contains(key)
            || beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()))
            || GROUPS.iter().any(|beginning| key.starts_with(beginning))
    };
    let idle: Vec<String> = entries(file).into_keys().filter(|key| !is_used(key)).collect();
    assert!(idle.is_empty(), "never asked for in {folders:?}: {idle:?}");
}

#[test]
fn every_key_a_page_asks_for_is_there() {
    check_asked(SHARED, &["es.json"]);
    check_asked(WHAT_IF, &["es.json", "what-if.es.json"]);
    for (folders, file) in OWN {
        check_asked(folders, &["es.json", file]);
    }
    check_asked(FUNDER, &["funder.es.json"]);
}

#[test]
fn no_text_is_kept_in_vain() {
    check_idle("es.json", SHARED);
    check_idle("what-if.es.json", &[WHAT_IF, &["src/text"]].concat());
    check_idle("funder.es.json", FUNDER);
    for (folders, file) in OWN {
        check_idle(file, folders);
    }
}

#[test]
fn a_key_stands_in_one_file_of_a_page() {
    let plain = entries("es.json");
    for file in OWN.map(|(_, file)| file).into_iter().chain(["what-if.es.json"]) {
        let twice: Vec<String> = entries(file).into_keys().filter(|key| plain.contains_key(key)).collect();
        assert!(twice.is_empty(), "{file} and es.json: {twice:?}");
    }
}

#[test]
fn the_format_page_names_every_column_that_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/format.md")).unwrap();
    let spec = fs::read_to_string(root.join("src/dataset/spec.rs")).unwrap();
    let named = |call: &str| {
        let calls = spec.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
        calls.collect::<Vec<_>>()
    };
    let columns: BTreeSet<String> =
        [named("col(\""), named("must(\""), named("name: \"")].concat().into_iter().collect();
    assert!(columns.len() > 50, "{columns:?}");
    let missing: Vec<&String> = columns.iter().filter(|column| !page.contains(&format!("`{column}`"))).collect();
    assert!(missing.is_empty(), "docs/format.md does not name {missing:?}");
}
