//! `yupay pack` as its users run it, and what `yupay check` says of its files later.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::fs;
use std::path::{Path, PathBuf};

use cli_support::{changed_copy, empty_folder, yupay};
use serde_json::json;
use yupay::dataset::packed::{Intake, Manifest, PackKind};

const SAMPLE: &str = "tests/fixtures/show";

/// The names in a folder, in order, folders left out.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut names: Vec<String> = files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn manifest(folder: &Path) -> Manifest {
    Manifest::parse(&fs::read(folder.join("packed.json")).unwrap()).unwrap()
}

/// A package with its packed form beside it.
fn packed_copy(name: &str) -> PathBuf {
    let folder = changed_copy(name, "data/projects.csv", str::to_owned);
    let path = folder.to_str().unwrap();
    assert_eq!(yupay(&["pack", path, "--out", path]).code, 0);
    folder
}

#[test]
fn three_files_are_written_and_said() {
    let out = empty_folder("pack-written");
    let run = yupay(&["pack", SAMPLE, "--out", out.to_str().unwrap()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let manifest = manifest(&out);
    let mut expected = [manifest.cube.name.as_str(), &manifest.columns.name, "packed.json"];
    expected.sort_unstable();
    assert_eq!(names(&out), expected);
    for (file, kind) in [(&manifest.cube, PackKind::Cube), (&manifest.columns, PackKind::Columns)] {
        let bytes = fs::read(out.join(&file.name)).unwrap();
        assert!(file.is(&bytes), "{}", file.name);
        assert!(run.stdout.contains(&format!("  {}: ", file.name)), "{}", run.stdout);
        let mut intake = Intake::new(kind, manifest.id(), file.bytes);
        intake.feed(&bytes);
        assert!(intake.finish().is_ok(), "{}", file.name);
    }
    assert!(run.stdout.starts_with("Empaquetado en "), "{}", run.stdout);
    assert!(run.stdout.ends_with("En orden: 0 errores, 0 avisos, 0 filas apartadas.\n"), "{}", run.stdout);
    let english = yupay(&["pack", SAMPLE, "--out", out.to_str().unwrap(), "--lang", "en"]);
    assert!(english.stdout.starts_with("Packed into "), "{}", english.stdout);
}

#[test]
fn every_file_of_the_package_stands_in_the_manifest_with_its_hash() {
    let out = packed_copy("pack-sources");
    let manifest = manifest(&out);
    assert_eq!(manifest.sources[0].path, "datapackage.json");
    for source in &manifest.sources {
        assert!(source.is_still(Some(&fs::read(out.join(&source.path)).unwrap())), "{}", source.path);
    }
    assert!(manifest.source("data/budget.csv").is_some());
}

#[test]
fn packing_again_changes_nothing_and_after_an_edit_takes_the_old_files_away_and_no_others() {
    let folder = packed_copy("pack-again");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("cube-of-someone-else.bin"), "mine").unwrap();
    fs::write(folder.join("cube-0123456789abcdef.bin"), "like ours, and not named by our manifest").unwrap();
    let before = names(&folder);
    assert_eq!(yupay(&["pack", path, "--out", path]).code, 0);
    assert_eq!(names(&folder), before);
    let old = manifest(&folder);
    let projects = folder.join("data/projects.csv");
    let text = fs::read_to_string(&projects).unwrap().replace("2000.00", "2001.00");
    fs::write(&projects, text).unwrap();
    let run = yupay(&["pack", path, "--out", path]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let new = manifest(&folder);
    assert_ne!((&old.cube.name, &old.columns.name), (&new.cube.name, &new.columns.name));
    let mut expected: Vec<String> =
        before.into_iter().filter(|name| *name != old.cube.name && *name != old.columns.name).collect();
    expected.extend([new.cube.name, new.columns.name]);
    expected.sort();
    assert_eq!(names(&folder), expected);
    assert!(run.stdout.contains(&format!("  {}: de una vez anterior, quitado", old.cube.name)), "{}", run.stdout);
}

#[test]
fn a_manifest_that_is_none_of_ours_takes_nothing_away() {
    let folder = packed_copy("pack-foreign");
    let path = folder.to_str().unwrap();
    let other = manifest(&folder).to_json().replace(&manifest(&folder).cube.name, "../pack-foreign/datapackage.json");
    fs::write(folder.join("packed.json"), other).unwrap();
    assert_eq!(yupay(&["pack", path, "--out", path]).code, 0);
    assert!(folder.join("datapackage.json").is_file());
}

#[test]
fn a_package_with_problems_is_packed_and_exits_with_1() {
    let broken = changed_copy("pack-broken", "data/projects.csv", |text| text.replace("2000.00", "\"2,000\""));
    let out = empty_folder("pack-broken-out");
    let run = yupay(&["pack", broken.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("Con problemas: 1 error"), "{}", run.stdout);
    let manifest = manifest(&out);
    let bytes = fs::read(out.join(&manifest.cube.name)).unwrap();
    let mut intake = Intake::new(PackKind::Cube, manifest.id(), manifest.cube.bytes);
    intake.feed(&bytes);
    let (_, report) = intake.finish_cube().unwrap();
    assert_eq!((report.problems.len(), report.rows_set_aside()), (1, 1));
}

#[test]
fn a_missing_table_is_recorded_as_missing() {
    let folder = changed_copy("pack-missing", "data/projects.csv", str::to_owned);
    fs::remove_file(folder.join("data/budget.csv")).unwrap();
    let path = folder.to_str().unwrap();
    assert_eq!(yupay(&["pack", path, "--out", path]).code, 1);
    assert!(manifest(&folder).source("data/budget.csv").unwrap().content.is_none());
    assert!(yupay(&["check", path]).stdout.contains("Forma empaquetada: de estos archivos."));
}

#[test]
fn what_cannot_be_read_or_written_exits_with_2_and_leaves_nothing() {
    let out = empty_folder("pack-none");
    let path = out.to_str().unwrap();
    let unreadable = changed_copy("pack-unreadable", "datapackage.json", |text| text[..200].to_owned());
    for package in ["no/such/package", unreadable.to_str().unwrap()] {
        let run = yupay(&["pack", package, "--out", path]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{package}");
        assert!(run.stderr.starts_with("yupay: ") && !out.exists(), "{}", run.stderr);
    }
    // A file where the folder should be.
    let run = yupay(&["pack", SAMPLE, "--out", "Cargo.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("yupay: No se pudo escribir en Cargo.toml: "), "{}", run.stderr);
}

#[test]
fn wrong_usage_says_what_is_missing() {
    for (args, said) in [
        (&["pack", SAMPLE][..], "Falta --out. Vea `yupay pack --help`."),
        (&["pack", "--out", "x"], "Hace falta un solo paquete, y se escribieron 0. Vea `yupay pack --help`."),
        (&["pack", SAMPLE, "--out", "x", "--force"], "`yupay pack` no acepta --force."),
    ] {
        let run = yupay(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
    }
}

/// A file of a packed package that was changed, and what `check` finds of the packed form.
#[test]
fn check_says_when_the_packed_form_is_no_longer_of_its_files() {
    let without = yupay(&["check", SAMPLE, "--format", "json"]).json();
    assert_eq!(without[0]["packed"], json!(null));
    let folder = packed_copy("pack-check");
    let path = folder.to_str().unwrap().to_owned();
    let state = || yupay(&["check", &path, "--format", "json"]).json()[0]["packed"].clone();
    assert_eq!(state(), json!({"state": "current", "files": []}));
    let manifest = manifest(&folder);
    let change = |file: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>, expected: serde_json::Value| {
        let path = folder.join(file);
        let before = fs::read(&path).unwrap();
        fs::write(&path, change(before.clone())).unwrap();
        assert_eq!(state(), expected, "{file}");
        fs::write(&path, before).unwrap();
    };
    let longer = |bytes: Vec<u8>| [bytes, b"\n".to_vec()].concat();
    let same_length = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("2000.00", "2000.01").into_bytes();
    let shorter = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let later =
        |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("\"schema\": ", "\"schema\": 9").into_bytes();
    change("data/projects.csv", &longer, json!({"state": "stale", "files": ["data/projects.csv"]}));
    change("data/projects.csv", &same_length, json!({"state": "stale", "files": ["data/projects.csv"]}));
    change("datapackage.json", &longer, json!({"state": "stale", "files": ["datapackage.json"]}));
    change(&manifest.cube.name, &shorter, json!({"state": "broken", "files": [manifest.cube.name]}));
    change(&manifest.columns.name, &longer, json!({"state": "broken", "files": [manifest.columns.name]}));
    change("packed.json", &later, json!({"state": "broken", "files": ["packed.json"]}));
    assert_eq!(state(), json!({"state": "current", "files": []}));
    fs::remove_file(folder.join(&manifest.columns.name)).unwrap();
    let run = yupay(&["check", &path, "--lang", "en"]);
    // Not a problem of the data: the site reads the CSV files.
    assert_eq!(run.code, 0);
    let said = format!("Attention: the packed form cannot be used ({}).", manifest.columns.name);
    assert!(run.stdout.contains(&said), "{}", run.stdout);
}
