//! The packed form of a package: `packed.json`, and the two files it names. What a first view needs is in `cube-HASH.bin`,
//! small however many lines there are; the rows are in `columns-HASH.bin`, fetched only by a view that needs them.
//!
//! Owns: what the files hold and how, and whether a file is whole, of this version and of this package. Refuses: trusting a
//! byte of them. A file that is anything else than what was packed is a [`PackFault`], never a panic or a memory filled up,
//! and the CSV files beside it are read instead.

mod amounts;
mod codes;
mod columns;
mod cube;
mod dictionary;
mod domain;
mod fault;
mod findings;
mod frame;
mod intake;
mod layout;
mod manifest;
mod parts;
pub mod tables;
mod unfold;
mod wire;

pub use fault::{PackFault, Unpackable};
pub use frame::{PackId, PackKind, SCHEMA};
pub use intake::Intake;
pub use manifest::{MANIFEST_FILE, Manifest, PackedFile, Source};

pub use parts::{Parts, TableParts};

use super::package::Package;
use super::report::Report;

/// A package in its packed form, ready to be written.
#[derive(Debug, Clone)]
pub struct Packed {
    /// What the other two are called and what they were made from.
    pub manifest: Manifest,
    /// What a first view needs.
    pub cube: Vec<u8>,
    /// The rows.
    pub columns: Vec<u8>,
}

/// Packs a package as it was loaded, with what was found while loading it; `sources` are the files it was loaded from.
///
/// # Errors
/// [`Unpackable`] when the form cannot hold it. What is returned has been read back and found the same.
pub fn pack(package: &Package, report: &Report, sources: Vec<Source>) -> Result<Packed, Unpackable> {
    let mut manifest = Manifest::new(&package.descriptor.version, sources);
    let id = manifest.id();
    let parts = [cube::pack(package, report), columns::pack(package)];
    let write = |parts: &Parts, kind| {
        let file = parts.to_file(kind, id)?;
        let mut intake = Intake::new(kind, id, file.len() as u64);
        intake.feed(&file);
        if intake.finish().as_ref() == Ok(parts) { Ok(file) } else { Err(Unpackable) }
    };
    let [cube, columns] = &parts;
    let [cube, columns] = [write(cube, PackKind::Cube)?, write(columns, PackKind::Columns)?];
    manifest.name_files(&cube, &columns);
    let packed = Packed { manifest, cube, columns };
    if packed.says(package, report) { Ok(packed) } else { Err(Unpackable) }
}

impl Packed {
    /// Whether reading it gives the package and the report it was made from.
    fn says(&self, package: &Package, report: &Report) -> bool {
        let [cube, columns] = [(&self.cube, PackKind::Cube), (&self.columns, PackKind::Columns)].map(|(file, kind)| {
            let mut intake = Intake::new(kind, self.manifest.id(), file.len() as u64);
            intake.feed(file);
            intake
        });
        let Ok((mut found, found_report)) = cube.finish_cube() else { return false };
        columns.finish_columns(&mut found).is_ok()
            && found_report == *report
            && found.projects == package.projects
            && found.financing == package.financing
            && found.status_history == package.status_history
            && found.changes == package.changes
            && found.project_sections == package.project_sections
            && found.months == package.months
            && found.file_rows == package.file_rows
            && found.objectives == package.objectives
            && found.price_index == package.price_index
            && found.crosswalk == package.crosswalk
            && found.facts == package.facts
    }
}

impl Intake {
    /// The package as a first view needs it, without its rows, once all bytes of the cube were handed over.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn finish_cube(self) -> Result<(Package, Report), PackFault> {
        cube::unpack(self.finish()?)
    }

    /// Puts its rows into a package that was read from the cube of the same origin.
    ///
    /// # Errors
    /// What is wrong with the file; the package is left as it was.
    pub fn finish_columns(self, package: &mut Package) -> Result<(), PackFault> {
        columns::unpack(self.finish()?, package)
    }
}
