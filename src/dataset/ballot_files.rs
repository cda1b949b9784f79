//! The ballots files of a package, held to the descriptor, to their own form and to the package's tables.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::descriptor::BallotFile;
use super::files::{Described, FileContent, check_size_and_hash};
use super::pabulib::{hold_to_package, read_pabulib};
use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;

/// Checks every ballots file that the descriptor names, among the files that the rim handed over.
pub(super) fn check(package: &Package, files: &BTreeMap<String, FileContent>, report: &mut Report) {
    for file in &package.descriptor.ballots {
        match files.get(&file.path) {
            Some(FileContent::Bytes(bytes)) => check_one(package, file, bytes, report),
            Some(FileContent::Unavailable(reason)) => {
                report.add(Problem::new(Code::FileMissing, &file.path).value(reason));
            }
            None => report.add(Problem::new(Code::FileMissing, &file.path)),
        }
    }
}

fn check_one(package: &Package, file: &BallotFile, bytes: &[u8], report: &mut Report) {
    let described = Described { file: &file.path, bytes: file.bytes, hash: file.hash.as_deref() };
    let digest = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    check_size_and_hash(described, found, Some(&digest), report);
    let (ballots, problems) = read_pabulib(bytes, &file.path);
    report.append(problems);
    hold_to_package(&ballots, file.year, &file.path, package, report);
}
