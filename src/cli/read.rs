//! Reading files: a package's folder, and the files an import is made from.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::dataset::{DESCRIPTOR_FILE, FileContent, Package, Report, load, read_descriptor};

/// A package as it stands in its folder.
pub(super) struct PackageFiles {
    /// `datapackage.json`.
    pub descriptor: Vec<u8>,
    /// The files it names, by the path it gives.
    pub files: BTreeMap<String, FileContent>,
}

impl PackageFiles {
    /// The package and what was found while reading it.
    pub fn load(&self) -> (Package, Report) {
        load(&self.descriptor, &self.files)
    }
}

/// Reads the descriptor of a folder (or the descriptor itself) and the files it names, and nothing else.
///
/// A named file that cannot be read is left for the report; without a descriptor there is no package.
pub(super) fn package_files(path: &Path) -> Result<PackageFiles, Failure> {
    let folder = folder(path);
    let descriptor_path = if path.is_dir() { path.join(DESCRIPTOR_FILE) } else { path.to_path_buf() };
    if path.is_dir() && !descriptor_path.exists() {
        let file = [("path", shown(path)), ("file", DESCRIPTOR_FILE.to_owned())];
        return Err(Failure::said("read.no-descriptor", file.each_ref().map(|(name, value)| (*name, value.as_str()))));
    }
    let descriptor = whole_file(&descriptor_path)?;
    // What is wrong with the descriptor is found again when the package is loaded.
    let described = read_descriptor(&descriptor, &mut Report::default());
    let tables = described.resources.into_iter().filter_map(|resource| resource.path);
    let mut files = BTreeMap::new();
    let ballots = described.ballots.into_iter().map(|ballots| ballots.path);
    for path in tables.chain(ballots).chain(described.geometry) {
        if let Some(content) = named_file(folder, &path) {
            files.insert(path, content);
        }
    }
    Ok(PackageFiles { descriptor, files })
}

/// The folder of a package that is given by it or by its descriptor.
pub(super) fn folder(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file the descriptor names; `None` where there is none. A link that leads out of the folder is not followed.
fn named_file(folder: &Path, path: &str) -> Option<FileContent> {
    let file = folder.join(path);
    let inside = |folder: PathBuf| file.canonicalize().map(|file| file.starts_with(folder));
    match folder.canonicalize().and_then(inside) {
        Ok(true) if file.is_file() => {}
        Ok(true) => return Some(FileContent::Unavailable("not a file".to_owned())),
        Ok(false) => return Some(FileContent::Unavailable("link out of the folder".to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => return Some(FileContent::Unavailable(error.kind().to_string())),
    }
    let read = fs::read(&file).map(FileContent::Bytes);
    Some(read.unwrap_or_else(|error| FileContent::Unavailable(error.kind().to_string())))
}

/// The bytes of one file.
pub(super) fn whole_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = open_file(path)?.read_to_end(&mut bytes);
    read.map(|_len| bytes).map_err(|error| unreadable(path, &error))
}

/// One file, to be read.
pub(super) fn open_file(path: &Path) -> Result<File, Failure> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => File::open(path).map_err(|error| unreadable(path, &error)),
        Ok(_folder_or_pipe) => Err(Failure::said("read.not-a-file", [("path", &shown(path))])),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(Failure::said("read.not-found", [("path", &shown(path))]))
        }
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// A file that could be found but not read.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::said("read.unreadable", [("path", &shown(path)), ("reason", &error.kind().to_string())])
}

/// A path as it is printed.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
