//! Ballots as the command treats them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::fs;

use cli_support::{changed_copy, empty_folder, yupay};
use yupay::dataset::packed::Manifest;

const BALLOTS: &str = "META\nkey;value\nbudget;99\ncurrency;PEN\nvote_type;approval\nPROJECTS\nproject_id;cost;section\nX;9;S1\n\
                       VOTES\nvoter_id;vote\n1;X\n2;Y\n";

/// The sample package with a file of ballots for its round of 2001.
fn with_ballots(name: &str) -> std::path::PathBuf {
    let resource = r#""resources": [{"name": "ballots-2001", "path": "ballots.pb", "format": "pb"},"#;
    let folder = changed_copy(name, "datapackage.json", |text| {
        assert_eq!(text.matches("\"resources\": [").count(), 1);
        text.replace("\"resources\": [", resource)
    });
    fs::write(folder.join("ballots.pb"), BALLOTS).unwrap();
    folder
}

#[test]
fn check_reads_the_ballots_and_says_what_is_wrong_with_them() {
    let folder = with_ballots("ballots-check");
    let run = yupay(&["check", "--lang", "en", folder.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("  ballots-2001 VOTES (ballots.pb): 2 rows read, 1 set aside\n"), "{}", run.stdout);
    let problem = "  ballots.pb, row 12, column VOTES.vote: The code “Y” is not in PROJECTS, so the row is not used.";
    assert!(run.stdout.contains(problem), "{}", run.stdout);
    assert!(run.stdout.contains("[reference-unknown]\n"), "{}", run.stdout);
}

#[test]
fn the_packed_form_stays_current_when_only_the_ballots_change() {
    let folder = with_ballots("ballots-pack");
    let path = folder.to_str().unwrap();
    assert_eq!(yupay(&["pack", path, "--out", path]).code, 0, "packing does not read the ballots");
    let manifest = Manifest::parse(&fs::read(folder.join("packed.json")).unwrap()).unwrap();
    assert!(manifest.source("ballots.pb").is_none() && manifest.source("data/projects.csv").is_some());
    fs::write(folder.join("ballots.pb"), BALLOTS.replace("2;Y", "2;X")).unwrap();
    let run = yupay(&["check", "--lang", "en", path]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let json = yupay(&["check", "--format", "json", path]).json();
    assert_eq!(json[0]["packed"]["state"], "current");
}

#[test]
fn the_shipped_packages_check_clean_with_their_ballots() {
    for (package, rounds) in [("villa-el-salvador", 2), ("san-juan-de-miraflores", 1)] {
        let run = yupay(&["check", &format!("data/{package}")]);
        assert_eq!(run.code, 0, "{}", run.stdout);
        assert_eq!(run.stdout.matches(".pb): ").count(), 2 * rounds, "{}", run.stdout);
        assert!(!run.stdout.contains(".pb, "), "{}", run.stdout);
        let out = empty_folder(&format!("ballots-{package}"));
        assert_eq!(yupay(&["pack", &format!("data/{package}"), "--out", out.to_str().unwrap()]).code, 0);
    }
}
