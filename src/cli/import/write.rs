//! The package onto the disk.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::convert::Conversion;
use super::descriptor::{Seal, descriptor};
use super::map::Plan;
use super::tables::{Table, tables};
use crate::cli::{Failure, read};
use crate::dataset::DESCRIPTOR_FILE;

/// Rows set aside, beside the package and no part of it.
pub(super) const SET_ASIDE_FILE: &str = "set-aside.csv";

/// Refuses a folder that holds something already, unless told to write there all the same.
pub(super) fn refuse_full_folder(out: &Path, force: bool) -> Result<(), Failure> {
    match fs::read_dir(out).map(|mut entries| entries.next().is_none()) {
        Ok(is_empty) if force || is_empty => Ok(()),
        Ok(_something_in_it) => Err(Failure::said("import.folder-full", [("path", &read::shown(out))])),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unwritable(out, &error)),
    }
}

/// A new file in the folder of the package. The descriptor of an older package goes first: it would vouch for what is no
/// longer there.
pub(super) fn begin(out: &Path) -> Result<BufWriter<File>, Failure> {
    match fs::remove_file(out.join(DESCRIPTOR_FILE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritable(out, &error)),
        _ => {}
    }
    create(&out.join(SET_ASIDE_FILE)).map(BufWriter::new).map_err(|error| unwritable(out, &error))
}

/// Writes everything; the descriptor last, so that a half-written folder is no package.
pub(super) fn write(plan: &Plan, conversion: &Conversion, out: &Path) -> Result<(), Failure> {
    let sealed = tables(plan, conversion).into_iter().map(|table| Ok((seal(&table, out)?, table)));
    let sealed = sealed.map(|sealed| sealed.map(|(seal, table)| (table, seal)));
    let written = sealed.collect::<io::Result<Vec<(Table<'_>, Seal)>>>().and_then(|tables| {
        let json = descriptor(&plan.map.package, &tables)?;
        create(&out.join(DESCRIPTOR_FILE))?.write_all(&json)
    });
    written.map_err(|error| unwritable(out, &error))
}

fn unwritable(out: &Path, error: &io::Error) -> Failure {
    Failure::said("import.unwritable", [("path", &read::shown(out)), ("reason", &error.kind().to_string())])
}

fn create(path: &Path) -> io::Result<File> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::create(path)
}

/// Writes a table, and says what was written.
fn seal(table: &Table<'_>, out: &Path) -> io::Result<Seal> {
    let sealed = Sealed { file: create(&out.join(table.path))?, digest: Sha256::new(), bytes: 0 };
    let mut buffered = BufWriter::with_capacity(1 << 16, sealed);
    table.write(&mut buffered)?;
    let sealed = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    let digits: String = sealed.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Seal { bytes: sealed.bytes, hash: format!("sha256:{digits}") })
}

/// A file that is counted and digested as it is written.
struct Sealed {
    file: File,
    digest: Sha256,
    bytes: u64,
}

impl Write for Sealed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
