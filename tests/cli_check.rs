//! `yupay check` as its users run it: exit codes, the text and the JSON.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use cli_support::{changed_copy, empty_folder, yupay};
use serde_json::json;

const SAMPLE: &str = "tests/fixtures/show";

#[test]
fn a_clean_package_exits_with_0() {
    let run = yupay(&["check", SAMPLE]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.starts_with("Municipalidad de muestra (tests/fixtures/show)\n"), "{}", run.stdout);
    assert!(run.stdout.contains("projects (data/projects.csv): 5 filas leídas\n"), "{}", run.stdout);
    assert!(run.stdout.contains("En orden: 0 errores"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    assert_eq!(yupay(&["check", "tests/fixtures/show/datapackage.json"]).code, 0);
}

#[test]
fn a_package_with_errors_exits_with_1_and_says_where() {
    let broken = changed_copy("check-broken", "data/projects.csv", |text| text.replace("2000.00", "\"2,000\""));
    let broken = broken.to_str().unwrap();
    let run = yupay(&["check", broken]);
    assert_eq!(run.code, 1);
    let aside = "projects (data/projects.csv): 5 filas leídas, 1 apartada; agreed_amount de lo apartado: 0, 1 importe ilegible\n";
    assert!(run.stdout.contains(aside), "{}", run.stdout);
    assert!(run.stdout.contains("  data/projects.csv, fila 5, columna agreed_amount: "), "{}", run.stdout);
    assert!(run.stdout.contains("2,000») ") || run.stdout.contains("2,000"), "{}", run.stdout);
    assert!(run.stdout.contains("  [number-format]\n"), "{}", run.stdout);
    let english = yupay(&["--lang", "en", "check", broken]).stdout;
    assert!(english.contains("data/projects.csv, row 5, column agreed_amount: "), "{english}");
    assert!(english.contains("With problems: 1 error"), "{english}");
}

#[test]
fn the_json_is_a_list_with_both_languages() {
    let broken = changed_copy("check-json", "data/projects.csv", |text| text.replace("P4,2001", "P1,2001"));
    let run = yupay(&["check", "--format", "json", SAMPLE, broken.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    let list = run.json();
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    assert_eq!(list[0]["clean"], json!(true));
    assert_eq!(list[0]["problems"], json!([]));
    let (package, problem) = (&list[1], &list[1]["problems"][0]);
    for (field, expected) in [("package", json!("muestra")), ("clean", json!(false)), ("unlisted", json!(0))] {
        assert_eq!(package[field], expected, "{field}");
    }
    for (field, expected) in [
        ("code", json!("key-duplicate")),
        ("severity", json!("error")),
        ("file", json!("data/projects.csv")),
        ("row", json!(5)),
        ("column", json!("project_id")),
        ("value", json!("P1")),
    ] {
        assert_eq!(problem[field], expected, "{field}");
    }
    let messages = ["message_es", "message_en"].map(|field| problem[field].as_str().unwrap().to_owned());
    assert!(messages.iter().all(|message| !message.is_empty()) && messages[0] != messages[1], "{messages:?}");
    let table = package["tables"].as_array().unwrap().iter().find(|table| table["resource"] == "projects").unwrap();
    let expected = json!({
        "resource": "projects", "file": "data/projects.csv", "rows_read": 5, "rows_kept": 4, "rows_set_aside": 1,
        "amounts_set_aside": {"agreed_amount": {"sum": "2000.00", "unreadable": 0}},
    });
    assert_eq!(*table, expected);
}

#[test]
fn one_package_is_a_list_too() {
    assert_eq!(yupay(&["check", "--format=json", SAMPLE]).json().as_array().map(Vec::len), Some(1));
}

#[test]
fn what_cannot_be_read_exits_with_2_and_the_others_are_still_checked() {
    let empty = empty_folder("check-empty");
    std::fs::create_dir_all(&empty).unwrap();
    for missing in [empty.to_str().unwrap(), "no/such/package"] {
        let run = yupay(&["check", missing, SAMPLE]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(missing), "{}", run.stderr);
        assert!(run.stdout.starts_with("Municipalidad de muestra"), "{}", run.stdout);
    }
}

#[test]
fn a_descriptor_that_is_no_json_is_a_problem_with_its_place() {
    let broken = changed_copy("check-no-json", "datapackage.json", |_text| "{\n oops".to_owned());
    let run = yupay(&["check", "--format", "json", broken.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert_eq!(run.json()[0]["problems"][0]["code"], "descriptor-unreadable");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let package = changed_copy("check-link", "data/sections.csv", str::to_owned);
    let file = package.join("data/sections.csv");
    std::fs::rename(&file, package.with_extension("outside.csv")).unwrap();
    std::os::unix::fs::symlink(package.with_extension("outside.csv"), &file).unwrap();
    let run = yupay(&["check", "--format", "json", package.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert_eq!(run.json()[0]["problems"][0]["code"], "file-missing");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let sly = changed_copy("check-sly", "data/projects.csv", |text| text.replace("P4,2001", "P4,\u{1b}[2J01"));
    let run = yupay(&["check", sly.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
}
