//! What the rim hands over for each file, and whether it is the file that the descriptor means.

use super::problem::{Code, Problem};
use super::report::Report;

/// A file as the rim found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileContent {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It could not be had; the reason in the rim's words (`404`, `network`).
    Unavailable(String),
}

/// Whether a file is as long as the descriptor says, and the one its hash was made from. `hash`: sha256 in hexadecimal.
/// `seal`: the size and the hash that the descriptor gives.
pub(super) fn check_size_and_hash(
    file: &str,
    seal: (Option<u64>, Option<&str>),
    found: u64,
    hash: Option<&str>,
    report: &mut Report,
) {
    let (bytes, expected_hash) = seal;
    if let Some(expected) = bytes.filter(|&expected| found < expected) {
        let problem = Problem::new(Code::FileTruncated, file).value(found.to_string());
        report.add(problem.arg("expected", expected.to_string()));
        return;
    }
    let Some(expected) = expected_hash else { return };
    let Some(digits) = expected.strip_prefix("sha256:") else {
        report.add(Problem::new(Code::HashUnsupported, file).value(expected));
        return;
    };
    if let Some(computed) = hash.filter(|computed| **computed != digits.to_ascii_lowercase()) {
        report.add(Problem::new(Code::FileChanged, file).value(format!("sha256:{computed}")));
    }
}
