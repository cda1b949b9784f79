//! The invariants of ARCHITECTURE.md, held by reading the source: which layer may use which, and what must not be there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import from this crate. A module may always use itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("money", &[]),
    ("budget", &["money"]),
    ("engine", &["money", "budget"]),
    ("allocation", &["money", "budget", "engine"]),
    ("dataset", &["money", "budget", "engine", "allocation"]),
    ("indicators", &["money", "budget", "engine", "dataset", "allocation"]),
    ("chart", &["money"]),
    ("text", &["money", "budget", "engine", "allocation", "dataset", "indicators"]),
    ("funder", &["money", "budget", "allocation", "dataset", "indicators", "text"]),
    ("cli", &["money", "budget", "engine", "allocation", "dataset", "indicators", "chart", "text", "web"]),
    ("download", &["dataset"]),
    ("loader", &["dataset", "download"]),
    (
        "web",
        &["money", "budget", "engine", "allocation", "dataset", "indicators", "chart", "text", "download", "funder"],
    ),
];

/// Below `cli`, `web` and the workers: no file system, network, clock, randomness, Leptos, browser, printing or panic.
const BANNED_IN_CORE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::time",
    "std::env",
    "std::process",
    "std::thread",
    "Instant::",
    "SystemTime",
    "rand::",
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo",
    "println!",
    "eprintln!",
    "print!(",
    ".unwrap()",
    ".expect(",
    "panic!",
    "todo!",
    "unimplemented!",
    "unreachable!",
    "assert!(",
    "HashMap",
    "HashSet",
];

/// In the page: no file system, no panic, no order of a hash table, and no arithmetic on amounts, which is the indicators' work.
const BANNED_IN_WEB: &[&str] = &[
    "std::fs",
    "std::net",
    "println!",
    ".unwrap()",
    ".expect(",
    "panic!",
    "todo!",
    "unreachable!",
    "HashMap",
    "HashSet",
    "checked_add",
    "checked_sub",
    "checked_mul",
    "checked_div",
    "ratio::",
    ".minor +",
    ".minor -",
    ".minor *",
    ".minor /",
    "try_sum",
    "localStorage",
    "sessionStorage",
    "local_storage",
    "session_storage",
    "cookie(",
    "set_cookie",
];

const BANNED_IN_CLI: &[&str] =
    &[".unwrap()", ".expect(", "panic!", "todo!", "unreachable!", "HashMap", "HashSet", "println!", "print!("];

struct Source {
    path: PathBuf,
    /// Lines without tests, doc comments and comments, with their numbers.
    lines: Vec<(usize, String)>,
}

fn expected<T, E: std::fmt::Display>(result: Result<T, E>, path: &Path) -> T {
    result.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in expected(fs::read_dir(&folder), &folder) {
            let path = expected(entry, &folder).path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources(module: &str) -> Vec<Source> {
    let files = rust_files(&root().join("src").join(module));
    assert!(!files.is_empty(), "src/{module} has no Rust files");
    files.into_iter().map(|path| source(&path)).collect()
}

fn source(path: &Path) -> Source {
    let text = expected(fs::read_to_string(path), path);
    let is_test_file =
        path.file_stem().is_some_and(|stem| stem == "tests" || stem.to_string_lossy().ends_with("_tests"));
    let code = if is_test_file { "" } else { text.split("#[cfg(test)]").next().unwrap_or_default() };
    let lines = code.lines().enumerate().map(|(at, line)| {
        let is_comment = line.trim_start().starts_with("//");
        (at + 1, if is_comment { String::new() } else { line.to_owned() })
    });
    Source { path: path.strip_prefix(root()).unwrap_or(path).to_path_buf(), lines: lines.collect() }
}

/// Panics with every place at once, so that one run shows all there is to mend.
fn assert_none(rule: &str, places: &[String]) {
    assert!(places.is_empty(), "{rule}:\n{}", places.join("\n"));
}

fn places_with(module: &str, banned: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for source in sources(module) {
        for (number, line) in &source.lines {
            for word in banned.iter().filter(|word| line.contains(**word)) {
                places.push(format!("{}:{number}: `{word}` in `{}`", source.path.display(), line.trim()));
            }
        }
    }
    places
}

#[test]
fn nothing_imports_upwards() {
    let mut places = Vec::new();
    for (module, allowed) in LAYERS {
        for source in sources(module) {
            for (number, line) in &source.lines {
                for used in line.split("crate::").skip(1) {
                    let name: String = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    let is_module = LAYERS.iter().any(|(known, _)| *known == name);
                    if is_module && name != *module && !allowed.contains(&name.as_str()) {
                        places.push(format!("{}:{number}: {module} uses crate::{name}", source.path.display()));
                    }
                }
            }
        }
    }
    assert_none("a layer uses one above it or beside it", &places);
}

#[test]
fn every_module_is_in_the_table() {
    let mut folders: Vec<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir() && entry.file_name() != "bin")
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut known: Vec<String> = LAYERS.iter().map(|(module, _)| (*module).to_owned()).collect();
    known.sort();
    assert_eq!(folders, known);
}

#[test]
fn the_core_touches_nothing_outside_itself_and_never_panics() {
    let core = LAYERS
        .iter()
        .map(|(module, _)| *module)
        .filter(|module| !matches!(*module, "cli" | "web" | "download" | "loader" | "funder"));
    let places: Vec<String> = core.flat_map(|module| places_with(module, BANNED_IN_CORE)).collect();
    assert_none("the core reaches outside, prints or may panic", &places);
}

#[test]
fn the_page_does_no_sums_and_keeps_nothing() {
    assert_none("the page computes, panics or stores", &places_with("web", BANNED_IN_WEB));
    assert_none("reading files panics or stores", &places_with("download", BANNED_IN_WEB));
    assert_none("the worker panics or stores", &places_with("loader", BANNED_IN_WEB));
    assert_none("the other worker computes, panics or stores", &places_with("funder", BANNED_IN_WEB));
}

#[test]
fn the_command_never_panics() {
    assert_none("the command may panic", &places_with("cli", BANNED_IN_CLI));
}

#[test]
fn floats_begin_in_layouts() {
    let exact = ["money", "budget", "engine", "allocation", "dataset", "indicators", "text", "cli"];
    let places: Vec<String> = exact.into_iter().flat_map(|module| places_with(module, &["f64", "f32"])).collect();
    assert_none("a float outside chart and web", &places);
}

#[test]
fn features_choose_modules_and_nothing_smaller() {
    let mut places = Vec::new();
    for path in rust_files(&root().join("src")) {
        let source = source(&path);
        for pair in source.lines.windows(2) {
            let [(number, line), (_, next)] = pair else { continue };
            let declares =
                |line: &str| line.trim_start().starts_with("pub mod ") || line.trim_start().starts_with("mod ");
            if line.contains("cfg(feature") && !declares(next) {
                places.push(format!("{}:{number}: `{}`", source.path.display(), line.trim()));
            }
        }
    }
    assert_none("a feature chosen inside a body", &places);
}

#[test]
fn the_site_talks_to_nobody() {
    let mut places = Vec::new();
    for file in ["index.html", "public/style.css", "public/icon.svg", "Trunk.toml"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        for (at, line) in text.lines().enumerate() {
            let outside = line.replace("http://www.w3.org/2000/svg", "");
            if ["http://", "https://", "//cdn", "@import"].iter().any(|word| outside.contains(word)) {
                places.push(format!("{file}:{}: `{}`", at + 1, line.trim()));
            }
        }
    }
    assert_none("the site asks for something outside its folder", &places);
    assert_none("the site asks for something outside its folder", &places_with("web", &["http://", "https://"]));
}

#[test]
fn every_file_opens_with_what_it_owns() {
    let mut places = Vec::new();
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            places.push(format!("{}:1", path.display()));
        }
    }
    assert_none("a file without a word on what it is for", &places);
}
