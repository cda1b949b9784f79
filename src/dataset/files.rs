//! What the rim hands over for each file, and what can be told from its bytes alone.

use sha2::{Digest, Sha256};

use super::descriptor::Resource;
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

/// The bytes of a resource's table, or `None` when there is nothing to read; either way the report says what was found.
pub(super) fn usable_bytes<'a>(
    resource: &Resource,
    content: Option<&'a FileContent>,
    report: &mut Report,
) -> Option<&'a [u8]> {
    let file = resource.file();
    let bytes = match content {
        Some(FileContent::Bytes(bytes)) => bytes.as_slice(),
        Some(FileContent::Unavailable(reason)) => {
            report.add(Problem::new(Code::FileMissing, file).value(reason));
            return None;
        }
        None => {
            report.add(Problem::new(Code::FileMissing, file));
            return None;
        }
    };
    check_size_and_hash(resource, bytes, report);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        report.add(Problem::new(Code::FileEmpty, file));
        return None;
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0) {
        report.add(Problem::new(Code::EncodingError, file).value("UTF-16"));
        return None;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first_words = text.trim_ascii_start();
    if first_words.first() == Some(&b'<') {
        let start: String = String::from_utf8_lossy(first_words).chars().take(30).collect();
        report.add(Problem::new(Code::FileNotCsv, file).value(start));
        return None;
    }
    Some(text)
}

fn check_size_and_hash(resource: &Resource, bytes: &[u8], report: &mut Report) {
    let file = resource.file();
    let found = bytes.len() as u64;
    if let Some(expected) = resource.bytes.filter(|&expected| found < expected) {
        let problem = Problem::new(Code::FileTruncated, file).value(found.to_string());
        report.add(problem.arg("expected", expected.to_string()));
        return;
    }
    let Some(expected) = &resource.hash else { return };
    let Some(digits) = expected.strip_prefix("sha256:") else {
        report.add(Problem::new(Code::HashUnsupported, file).value(expected.as_str()));
        return;
    };
    let computed: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if computed != digits.to_ascii_lowercase() {
        report.add(Problem::new(Code::FileChanged, file).value(format!("sha256:{computed}")));
    }
}
