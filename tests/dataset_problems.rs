//! Every problem code by a change to a clean package that brings it about, with its place and its words.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dataset_support;

use std::collections::BTreeMap;
use std::fs;

use dataset_support::{Files, errors, fixtures};
use serde::Deserialize;
use yupay::budget::Stage;
use yupay::dataset::{Code, Problem, Report};
use yupay::money::format::Language;
use yupay::text::Catalog;

/// One row of `fixtures/problems.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The code that must be found.
    code: String,
    edits: Vec<Edit>,
    /// The file it must be found in, when that is not the one first changed.
    at: Option<String>,
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    /// How often the code is found, when that is not once.
    times: Option<usize>,
    /// Other codes that rightly come with it.
    #[serde(default)]
    also: Vec<String>,
    /// For columns of amounts: the sum set aside and how many could not be read.
    #[serde(default)]
    aside: BTreeMap<String, (String, u64)>,
}

/// A change to one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    /// A text that stands once, and what takes its place.
    find: Option<String>,
    replace: Option<String>,
    /// The whole file instead.
    content: Option<String>,
    /// The file is not there.
    #[serde(default)]
    missing: bool,
    /// The file as other programs save it.
    #[serde(default)]
    latin1: bool,
    #[serde(default)]
    utf16: bool,
}

impl Edit {
    fn apply(&self, files: &mut Files) {
        let file = self.file.as_str();
        if let (Some(find), Some(replace)) = (&self.find, &self.replace) {
            files.edit(file, find, replace);
        } else if let Some(content) = &self.content {
            files.set(file, content.as_str());
        } else if self.missing {
            files.0.remove(file);
        } else if self.latin1 {
            let bytes: Vec<u8> = files.text(file).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
            files.set(file, bytes);
        } else if self.utf16 {
            let bytes = std::iter::once(0xfeff).chain(files.text(file).encode_utf16().collect::<Vec<_>>());
            files.set(file, bytes.flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        } else {
            panic!("an edit that changes nothing: {self:?}");
        }
    }
}

impl Case {
    fn files(&self) -> Files {
        let mut files = Files::base();
        self.edits.iter().for_each(|edit| edit.apply(&mut files));
        files
    }

    fn file(&self) -> &str {
        self.at.as_deref().unwrap_or(&self.edits[0].file)
    }

    /// The problem the case is about.
    fn find<'a>(&self, report: &'a Report) -> &'a Problem {
        let found = report.problems.iter().find(|problem| {
            problem.code.name() == self.code
                && problem.file == self.file()
                && problem.row == self.row
                && problem.column == self.column
                && (self.value.is_none() || problem.value == self.value)
        });
        found.unwrap_or_else(|| panic!("{self:#?}\nfound {:#?}", report.problems))
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(&fs::read_to_string(fixtures().join("problems.json")).unwrap()).unwrap()
}

#[test]
fn the_package_that_cases_start_from_is_clean() {
    let package = Files::base().load_clean();
    assert_eq!(
        (package.projects.len(), package.facts.table(Stage::Accrued).unwrap().len(), package.financing.len()),
        (6, 5, 6)
    );
}

#[test]
fn each_case_is_found_at_its_place_and_nothing_is_blamed_for_it() {
    for case in cases() {
        let (_, report) = case.files().load();
        case.find(&report);
        for problem in errors(&report) {
            let name = problem.code.name();
            let is_expected = name == case.code || case.also.iter().any(|also| also == name);
            assert!(is_expected, "{case:#?}\nbrings {problem:#?}");
        }
        let of_its_code = report.problems.iter().filter(|problem| problem.code.name() == case.code).count();
        assert_eq!(of_its_code, case.times.unwrap_or(1), "{case:#?}\nfound: {:#?}", report.problems);
    }
}

#[test]
fn every_code_has_a_case() {
    let cases = cases();
    let without: Vec<&str> =
        Code::ALL.iter().map(|code| code.name()).filter(|name| cases.iter().all(|case| case.code != *name)).collect();
    // Files of ballots are not read with the package: tests/pabulib_problems.rs and tests/pabulib_package.rs have their cases.
    // The same goes for the map: tests/dataset_geometry.rs.
    let is_elsewhere = |name: &&str| name.starts_with("ballots-") || name.starts_with("geometry-");
    let without: Vec<&str> = without.into_iter().filter(|name| !is_elsewhere(name)).collect();
    // No test carries 4 GiB about: a unit test of the reader pretends that most of them have passed.
    assert_eq!(without, [Code::FileTooLarge.name()]);
}

#[test]
fn no_row_and_no_amount_is_lost() {
    for case in cases() {
        let files = case.files();
        let (_, report) = files.load();
        for table in &report.tables {
            assert_eq!(table.rows_read, table.rows_kept + table.set_aside.rows, "{case:#?}");
            let is_of_a_row = table.file == case.file() && case.row.is_some_and(|row| row > 1);
            if let Some(bytes) = files.0.get(&table.file).filter(|_| is_of_a_row && !case.edits[0].utf16) {
                let lines = bytes.split(|&byte| byte == b'\n').skip(1).filter(|line| !line.is_empty()).count();
                assert_eq!(table.rows_read, lines as u64, "{case:#?}");
            }
        }
        for (column, (sum, unreadable)) in &case.aside {
            let table = report.tables.iter().find(|table| table.file == case.file()).unwrap();
            let found = table.set_aside.amounts.get(column).map(|(sum, count)| (sum.to_string(), *count));
            assert_eq!(found, Some((sum.clone(), *unreadable)), "{column} of {case:#?}");
        }
    }
}

#[test]
fn every_code_has_words_and_every_case_fills_them() {
    for language in Language::ALL {
        let file = format!("public/text/problems.{}.json", language.tag());
        let json = fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let words = Catalog::parse(language, &json).unwrap();
        for code in Code::ALL {
            assert!(words.has(&format!("problem.{code}")), "{code}");
        }
        let known: Vec<String> = Code::ALL.iter().map(|code| format!("problem.{code}")).collect();
        let idle: Vec<&str> =
            words.keys().filter(|key| key.starts_with("problem.") && !known.iter().any(|known| known == key)).collect();
        assert!(idle.is_empty(), "words for no code: {idle:?}");
        for case in cases() {
            let (_, report) = case.files().load();
            for problem in &report.problems {
                let message = words.problem(&plain(problem));
                assert!(!message.contains(['{', '}']), "{message}\n{problem:#?}");
                assert!(!message.contains("«»") && !message.contains("“”"), "{message}\n{problem:#?}");
                assert!(message.ends_with('.') && !message.contains("  "), "{message}");
            }
        }
    }
}

/// The problem with nothing in its values that could be taken for a place left unfilled.
fn plain(problem: &Problem) -> Problem {
    let plain = |text: &String| text.replace(['{', '}'], "?").replace("  ", " ");
    let args = problem.args.iter().map(|(name, value)| (*name, plain(value)));
    Problem { value: problem.value.as_ref().map(plain), args: args.collect(), ..problem.clone() }
}

#[test]
fn an_example_in_a_message_is_what_should_be_typed() {
    for (file, find, replace, expected) in [
        ("data/budget.csv", "9000.50", "S/ 9000.50", "9000.50"),
        ("data/budget.csv", "9000.50", "\"9,000.50\"", "9000.50"),
        ("data/budget.csv", "9000.50", "(9000.50)", "-9000.50"),
        ("data/budget.csv", "9000.50", "\"9,000\"", "1234.50"),
        ("data/projects.csv", "2024-08-30", "30/08/2024", "2024-08-30"),
        ("data/projects.csv", "2024-08-30", "30/8/2024", "2024-08-30"),
        ("data/projects.csv", "2024-08-30", "08/30/2024", "2001-12-31"),
    ] {
        let mut files = Files::base();
        files.edit(file, find, replace);
        let (_, report) = files.load();
        let example = errors(&report)[0].args.iter().find(|(name, _)| *name == "example");
        assert_eq!(example.map(|(_, text)| text.as_str()), Some(expected), "{replace}");
    }
}

#[test]
fn thousands_of_one_fault_are_counted_and_not_all_listed() {
    let mut files = Files::base();
    let rows: String = (0..1_000).map(|n| format!("X{n},2024,,,07,x,1.00,,,,,\n")).collect();
    files.set("data/budget.csv", files.text("data/budget.csv") + &rows);
    let (_, report) = files.load();
    let listed = report.problems.iter().filter(|problem| problem.code == Code::NumberFormat).count() as u64;
    assert_eq!(listed + report.unlisted(), 1_000);
    assert!(report.unlisted() > 0);
    let budget = report.tables.iter().find(|table| table.resource == "budget").unwrap();
    assert_eq!((budget.rows_kept, budget.set_aside.rows), (5, 1_000));
    assert_eq!(budget.set_aside.amounts["pim"], (rust_decimal::Decimal::new(100_000, 2), 0));
    assert_eq!(budget.set_aside.amounts["pia"], (rust_decimal::Decimal::ZERO, 1_000));
}
