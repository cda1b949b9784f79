//! Packages at an edge (`tools/edge_packages.py`): each loads whole, is checked without a fault, and packs.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it skips")]

mod cli_support;

use std::path::Path;
use std::process::Command;

use cli_support::{empty_folder, yupay};

/// Packages that there is something to say of: money taken back leaves the order of stages, and without sections no work
/// says which one it is of.
const NOTICES_OF: [&str; 2] = ["negative", "no-sections"];

#[test]
fn every_edge_loads_whole() {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/edge_packages.py");
    let folder = empty_folder("edge-packages");
    let Ok(made) = Command::new("python3").arg(tool).arg(&folder).output() else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 19, "{names:?}");
    for name in names {
        let package = folder.join(&name);
        let run = yupay(&["check", package.to_str().unwrap()]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}: {}", run.stdout);
        let is_silent = run.stdout.contains("0 errores, 0 avisos, 0 filas apartadas");
        assert!(is_silent || NOTICES_OF.contains(&name.as_str()), "{name}: {}", run.stdout);
        let packed =
            yupay(&["pack", package.to_str().unwrap(), "--out", folder.join(&name).join("packed").to_str().unwrap()]);
        assert_eq!(packed.code, 0, "{name}: {}{}", packed.stdout, packed.stderr);
    }
}
