//! The small clean package of the reader's tests, with changes to its files.
#![allow(clippy::unwrap_used, dead_code, reason = "a test stops where it fails; not every test file uses every part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yupay::budget::Stage;
use yupay::dataset::{CsvDialect, DESCRIPTOR_FILE, FileContent, Package, Problem, Report, Severity, load, read_csv};
use yupay::engine::Key;

/// A package's files by path, its descriptor among them.
#[derive(Debug, Clone)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Every file under a folder.
    pub fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(here) = folders.pop() {
            for entry in fs::read_dir(here).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        Self(files)
    }

    /// The clean package that every case starts from.
    pub fn base() -> Self {
        Self::read(&fixtures().join("base"))
    }

    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.0[file].clone()).unwrap()
    }

    pub fn set(&mut self, file: &str, content: impl Into<Vec<u8>>) {
        self.0.insert(file.to_owned(), content.into());
    }

    /// Replaces a text that stands exactly once.
    #[track_caller]
    pub fn edit(&mut self, file: &str, find: &str, replace: &str) {
        let text = self.text(file);
        assert_eq!(text.matches(find).count(), 1, "{find:?} in {file}");
        self.set(file, text.replace(find, replace));
    }

    /// Replaces a text in the descriptor wherever it stands.
    pub fn edit_descriptor(&mut self, find: &str, replace: &str) {
        let text = self.text(DESCRIPTOR_FILE);
        assert!(text.contains(find), "{find:?}");
        self.set(DESCRIPTOR_FILE, text.replace(find, replace));
    }

    pub fn tables(&self) -> Vec<String> {
        self.0.keys().filter(|name| name.ends_with(".csv")).cloned().collect()
    }

    pub fn load(&self) -> (Package, Report) {
        let files = self.0.iter().map(|(name, bytes)| (name.clone(), FileContent::Bytes(bytes.clone())));
        load(&self.0[DESCRIPTOR_FILE], &files.collect())
    }

    /// Loads what must be clean down to the last warning.
    #[track_caller]
    pub fn load_clean(&self) -> Package {
        let (package, report) = self.load();
        assert_eq!(report.problems, []);
        package
    }

    /// The cells of a table that splits without a fault, header first.
    pub fn cells(&self, file: &str) -> Vec<Vec<String>> {
        let records = read_csv(&self.0[file], CsvDialect::default());
        records.into_iter().map(|record| record.cells.unwrap()).collect()
    }

    pub fn set_cells(&mut self, file: &str, rows: &[Vec<String>], delimiter: &str) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let lines = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(delimiter) + "\n");
        self.set(file, lines.collect::<String>());
    }
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub fn errors(report: &Report) -> Vec<&Problem> {
    report.problems.iter().filter(|problem| problem.severity() == Severity::Error).collect()
}

/// Each budget line as a text: what it can be told apart by, its amounts and their day.
pub fn lines(package: &Package) -> Vec<String> {
    let table = package.facts.table(Stage::Accrued).unwrap();
    let line = |row: usize| {
        let keys = Key::ALL.map(|key| package.facts.dictionary(key).unwrap().value(table.code(key, row)));
        let amounts = Stage::OF_A_LINE.map(|stage| table.amount(stage, row));
        format!("{keys:?} {amounts:?} {:?}", table.as_of(row))
    };
    (0..table.len()).map(line).collect()
}

/// Everything a package holds but its descriptor, one text a row; two packages that say the same have the same texts.
pub fn contents(package: &Package) -> Vec<String> {
    let mut figures = package.figures.clone();
    figures.iter_mut().for_each(|row| row.measures.sort());
    let mut rows = Vec::new();
    rows.extend(package.sections.iter().map(|row| format!("{row:?}")));
    rows.extend(package.neighbourhoods.iter().map(|row| format!("{row:?}")));
    rows.extend(package.dimensions.iter().map(|row| format!("{row:?}")));
    rows.extend(package.statuses.iter().map(|row| format!("{row:?}")));
    rows.extend(figures.iter().map(|row| format!("{row:?}")));
    rows.extend(package.processes.iter().map(|row| format!("{row:?}")));
    rows.extend(package.rule.iter().map(|row| format!("{row:?}")));
    rows.extend(package.allocations.iter().map(|row| format!("{row:?}")));
    rows.extend(package.projects.iter().map(|row| format!("{row:?}")));
    rows.extend(package.financing.iter().map(|row| format!("{row:?}")));
    rows.extend(lines(package));
    rows.extend(package.official_totals.iter().map(|row| format!("{row:?}")));
    rows
}
