//! Every sentence the command says exists in both languages, with the same places to fill.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cli_support::yupay;
use yupay::budget::{Scope, Stage};
use yupay::engine::Key;

type Words = BTreeMap<String, String>;

/// The command's own words.
fn words(language: &str) -> Words {
    file(&format!("cli.{language}.json"))
}

fn file(name: &str) -> Words {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/text").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The places of a sentence: `{name}`.
fn places(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The texts of the command's source, each with the file it stands in.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The string literals of the source that look like keys: `family.name`, of a family the language files have.
fn keys_in_source(families: &BTreeSet<String>) -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli"), &mut files);
    let is_key = |text: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || matches!(c, '.' | '-' | '_');
        text.split_once('.').is_some_and(|(family, name)| families.contains(family) && !name.is_empty())
            && text.chars().all(plain)
    };
    let literals = files.iter().flat_map(|(_, text)| text.split('"').skip(1));
    literals.filter(is_key).map(str::to_owned).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (es, en) = (words("es"), words("en"));
    assert_eq!(es.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, sentence) in &es {
        // A singular need not say its number.
        assert_eq!(places(sentence), places(&en[key]), "{key}");
        assert!(!sentence.is_empty() && !en[key].is_empty(), "{key}");
    }
}

#[test]
fn every_key_of_the_source_has_words_and_every_word_a_key() {
    let (own, page) = (words("es"), file("es.json"));
    let twice: Vec<&String> = own.keys().filter(|key| page.contains_key(*key)).collect();
    assert!(twice.is_empty(), "the page's files have {twice:?} too");
    let words: Words = page.into_iter().chain(own.clone()).collect();
    let families: BTreeSet<String> =
        words.keys().filter_map(|key| key.split_once('.')).map(|(family, _)| family.to_owned()).collect();
    let literal = keys_in_source(&families);
    let plural = |key: &str| words.contains_key(&format!("{key}.other"));
    let missing: Vec<&String> = literal.iter().filter(|key| !words.contains_key(*key) && !plural(key)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
    let mut used = literal.clone();
    used.extend(Stage::ALL.map(|stage| format!("stage.{stage}")));
    used.extend(Key::ALL.map(|key| format!("key.{}", key.name())));
    used.extend(Key::ALL.map(|key| format!("label.none.{}", key.name())));
    used.extend(Scope::NAMES.map(|scope| format!("scope.{scope}")));
    used.extend(["agreed", "outside"].map(|list| format!("list.{list}")));
    for key in &used {
        assert!(words.contains_key(key) || plural(key), "no words for {key}");
    }
    let stem = |key: &str| {
        [".one", ".other", ".many", ".grouped"].iter().find_map(|form| key.strip_suffix(form).map(str::to_owned))
    };
    let idle: Vec<&String> = own
        .keys()
        .filter(|key| !key.starts_with("import.reason."))
        .filter(|key| !used.contains(*key) && stem(key).is_none_or(|stem| !used.contains(&stem)))
        .collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}

#[test]
fn every_reason_for_setting_a_row_aside_has_words() {
    let words = words("es");
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/import"), &mut files);
    let mut reasons = BTreeSet::new();
    for code in yupay::dataset::Code::ALL {
        let named = format!("Code::{code:?}");
        let is_used = files.iter().any(|(_, text)| {
            text.match_indices(&named)
                .any(|(at, _)| !text[at + named.len()..].starts_with(|c: char| c.is_alphanumeric()))
        });
        if is_used {
            reasons.insert(format!("import.reason.{code}"));
        }
    }
    let written: BTreeSet<String> =
        words.keys().filter(|key| key.starts_with("import.reason.") && !key.ends_with(".grouped")).cloned().collect();
    assert_eq!(reasons, written);
}

#[test]
fn help_is_in_both_languages_and_exits_with_0() {
    for (args, es, en) in [
        (&["--help"][..], "Uso:", "Usage:"),
        (&["-h"], "Códigos de salida", "Exit codes"),
        (&["check", "--help"], "Uso: yupay check", "Usage: yupay check"),
        (&["show", "--help"], "Uso: yupay show", "Usage: yupay show"),
        (&["import", "-h"], "Uso: yupay import", "Usage: yupay import"),
        (&["pack", "--help"], "Uso: yupay pack", "Usage: yupay pack"),
        (&["allocate", "--help"], "Uso: yupay allocate", "Usage: yupay allocate"),
    ] {
        for (language, expected) in
            [(&[][..], es), (&["--lang", "es"], es), (&["--lang", "en"], en), (&["--lang=en"], en)]
        {
            let args: Vec<&str> = args.iter().chain(language).copied().collect();
            let run = yupay(&args);
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
            assert!(run.stdout.contains(expected), "{args:?}: {}", run.stdout);
            assert!(run.stdout.lines().all(|line| line.chars().count() <= 90), "{args:?}");
        }
    }
}

#[test]
fn the_help_names_every_key_and_stage() {
    for help in [&words("es")["help.show"], &words("en")["help.show"]] {
        let named: BTreeSet<&str> =
            help.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_').collect();
        for name in Key::ALL.map(Key::name).into_iter().chain(Stage::ALL.map(Stage::name)) {
            assert!(named.contains(name), "{name}");
        }
    }
}

#[test]
fn the_version_is_the_package_s() {
    let run = yupay(&["--version"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, concat!("yupay ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn no_command_and_an_unknown_one_exit_with_2() {
    let nothing = yupay::<&str>(&[]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (2, ""));
    assert!(nothing.stderr.contains("Uso:"), "{}", nothing.stderr);
    let unknown = yupay(&["chek", "--lang", "en"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("check, show, import"), "{}", unknown.stderr);
}
