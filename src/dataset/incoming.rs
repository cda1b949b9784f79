//! A package whose files are on their way: one reader a table, in whatever order the bytes come.

use super::descriptor::{Descriptor, read_descriptor};
use super::load::Loading;
use super::read::TableReader;
use super::report::Report;

/// A package of which the descriptor was read.
#[derive(Debug)]
pub struct Incoming {
    descriptor: Descriptor,
    report: Report,
}

impl Incoming {
    /// Reads the descriptor. What is wrong with it is in the report at the end.
    pub fn new(descriptor_bytes: &[u8]) -> Self {
        let mut report = Report::default();
        let descriptor = read_descriptor(descriptor_bytes, &mut report);
        Self { descriptor, report }
    }

    /// What the package says of itself.
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// A reader for each table, in the descriptor's order.
    pub fn readers(&self) -> Vec<TableReader> {
        self.descriptor.resources.iter().map(TableReader::new).collect()
    }

    /// The package of the tables that were read, in the order of [`Self::readers`]; what is left is holding it to its rules.
    pub fn assemble(self, readers: Vec<TableReader>) -> Loading {
        let Self { descriptor, mut report } = self;
        let mut tables = Vec::with_capacity(readers.len());
        for reader in readers {
            let (table, found) = reader.finish();
            tables.push(table);
            report.append(found);
        }
        Loading::new(descriptor, tables, report)
    }
}
