//! Running the command as its users do.
#![allow(dead_code, reason = "each test file uses its part of these")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

/// What a run of the command printed and how it ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The printed JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
}

/// Runs the built command in the project's folder.
pub fn yupay<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Run {
    let output: Output = command().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The built command, to be run in the project's folder.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yupay"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A path that is empty, under the build's own folder.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// A copy of the sample package with one file changed.
pub fn changed_copy(name: &str, file: &str, change: impl Fn(&str) -> String) -> PathBuf {
    changed_copy_of("show", name, file, change)
}

/// A copy of a package among the fixtures with one file changed.
pub fn changed_copy_of(package: &str, name: &str, file: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let (from, to) = (fixtures.join(package), empty_folder(name));
    for folder in ["", "data", "codelists"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
        for entry in std::fs::read_dir(from.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
    let text = std::fs::read_to_string(to.join(file)).unwrap();
    std::fs::write(to.join(file), change(&text)).unwrap();
    to
}
