//! Bytes of a data package in, `(Package, Report)` out; the same in the browser and in the command (DATASET.md).
//!
//! Owns: the descriptor, strict CSV reading, keys, references and the checks a validator misses. Refuses: touching files or
//! the network, guessing at ambiguous values, and dropping a row without saying so.

mod amount;
mod ballots;
mod checks;
mod columns;
mod csv;
mod descriptor;
mod extract;
mod facts;
mod file_rows;
mod files;
pub mod geometry;
mod header;
mod incoming;
mod json;
mod key_columns;
mod keys;
mod lines;
mod load;
mod lone_table;
mod numbers;
mod pabulib;
mod package;
pub mod packed;
mod problem;
mod projects;
mod read;
mod report;
mod rounds;
mod row_numbers;
mod rows;
mod schema;
mod spec;
mod table;
mod translate;
mod value;

use std::collections::BTreeMap;

pub use ballots::{BallotFile, check_ballots};
pub use csv::{CsvDialect, CsvRecord, RecordFault, read_csv};
pub use descriptor::{Descriptor, Resource, read_descriptor};
pub use file_rows::{FileRows, FileRowsOfFacts};
pub use files::FileContent;
pub use incoming::Incoming;
pub use load::Loading;
pub use lone_table::LoneTable;
pub use pabulib::{Heading, LineEnd, Pabulib, PbBallot, PbProject};
pub use package::{AGREED, DISTRICT, Label, OUTSIDE, Package};
pub use problem::{Code, Problem, Severity};
pub use read::TableReader;
pub use report::{Report, SetAside, TableReport};

/// Name of the file that describes a package.
pub const DESCRIPTOR_FILE: &str = "datapackage.json";

/// Reads a package: its descriptor and the files it names, by the path the descriptor gives.
///
/// Never fails: what cannot be read is in the report, and the package holds the rest. Files the map lacks are missing.
pub fn load(descriptor_bytes: &[u8], files: &BTreeMap<String, FileContent>) -> (Package, Report) {
    let incoming = Incoming::new(descriptor_bytes);
    let mut readers = incoming.readers();
    for reader in &mut readers {
        let content = reader.path().and_then(|path| files.get(path));
        match content {
            Some(FileContent::Bytes(bytes)) => reader.read_whole(bytes),
            Some(FileContent::Unavailable(reason)) => reader.unavailable(Some(reason)),
            None => reader.unavailable(None),
        }
    }
    incoming.assemble(readers).finish()
}
