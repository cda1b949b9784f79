//! Packages of others, where they stand beside the checkout: read without a panic, and the valid ones without an error.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test stops where it fails, and says what it skips")]

mod dataset_support;

use std::path::{Path, PathBuf};

use dataset_support::{Files, errors};
use yupay::dataset::{Code, DESCRIPTOR_FILE, Report};

fn beside(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if !path.is_dir() {
        eprintln!("skipped: {folder} does not stand beside the checkout");
        return None;
    }
    Some(path)
}

fn report(folder: &Path) -> Report {
    Files::read(folder).load().1
}

#[test]
fn the_example_package_has_no_errors() {
    let Some(folder) = beside("example-package") else { return };
    let report = report(&folder);
    assert!(errors(&report).is_empty(), "{:#?}", report.problems);
    assert_eq!(report.tables.len(), 15);
    assert!(report.tables.iter().all(|table| table.rows_kept > 0 && table.set_aside.rows == 0));
}

#[test]
fn packages_published_elsewhere_are_read_for_what_they_are() {
    // Folder, rows kept, and the codes of the errors in it.
    for (folder, rows, expected) in [
        ("data/madrid-fdp-2016/madrid-expenditure", 519, vec![]),
        ("data/madrid-fdp-2016/madrid-revenue", 806, vec![]),
        ("data/fdp-demos/al-treasury-spending", 40, vec![]),
        ("data/fdp-demos/eu-allocations-per-ms-2014-2020", 252, vec![]),
        ("data/fdp-demos/madrid-municipal-gastos", 20_217, vec![]),
        // Its table was too large to keep.
        ("data/fdp-demos/boost-peru-national", 0, vec![Code::FileMissing]),
        // Its line ends were changed, and its years are declared to be dates.
        ("data/fdp-demos/eu-funds-absorption-rate-2007-2013", 0, vec![Code::FileTruncated, Code::DateFormat]),
        // Semicolons that the descriptor does not declare.
        ("data/fdp-demos/openspending-macedonia", 0, vec![Code::DelimiterDiffers]),
    ] {
        let Some(path) = beside(folder).filter(|path| path.join(DESCRIPTOR_FILE).is_file()) else { continue };
        let report = report(&path);
        let mut codes: Vec<Code> = errors(&report).iter().map(|problem| problem.code).collect();
        codes.dedup();
        assert_eq!(codes, expected, "{folder}");
        assert_eq!(report.tables.iter().map(|table| table.rows_kept).sum::<u64>(), rows, "{folder}");
    }
}
