//! `yupay pack`: the packed form of a package, beside its files.

use std::fs;
use std::io;
use std::path::Path;

use super::command::PackArgs;
use super::{CLEAN, Failure, PROBLEMS, Terminal, check, read, visible};
use crate::dataset::packed::{MANIFEST_FILE, Manifest, Packed, Source, pack};
use crate::dataset::{DESCRIPTOR_FILE, FileContent, Report, read_descriptor};
use crate::money::format::NumberStyle;

/// Reads a package as the site would and writes its packed form.
pub(super) fn run(args: &PackArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let shown = read::shown(&args.package);
    let files = read::package_files(&args.package)?;
    let (package, report) = files.load();
    if package.descriptor.resources.is_empty() {
        // The site shows nothing of it either.
        return Err(Failure::said("pack.unreadable", [("path", &shown)]));
    }
    let packed = pack(&package, &report, sources(&files))
        .map_err(|_unpackable| Failure::said("pack.unpackable", [("path", &shown)]))?;
    let removed = write(&packed, &args.out)?;
    let style = NumberStyle::new(terminal.words.language(), &package.descriptor.country);
    writeln!(terminal.out, "{}", terminal.words.fill("pack.written", &[("path", &visible(&read::shown(&args.out)))]))?;
    for (name, bytes) in named(&packed) {
        let bytes = style.count(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        writeln!(terminal.out, "  {}", terminal.words.fill("pack.file", &[("file", &name), ("bytes", &bytes)]))?;
    }
    for name in removed {
        writeln!(terminal.out, "  {}", terminal.words.fill("pack.removed", &[("file", &name)]))?;
    }
    check::closing(terminal, &package, &report)?;
    Ok(if report.is_clean() { CLEAN } else { PROBLEMS })
}

/// The files of a package with their hashes: the descriptor, and all it names, those that are missing too.
pub(super) fn sources(files: &read::PackageFiles) -> Vec<Source> {
    let mut sources = vec![Source::new(DESCRIPTOR_FILE, Some(&files.descriptor))];
    let resources = read_descriptor(&files.descriptor, &mut Report::default()).resources;
    for path in resources.into_iter().filter_map(|resource| resource.path) {
        let bytes = match files.files.get(&path) {
            Some(FileContent::Bytes(bytes)) => Some(bytes.as_slice()),
            Some(FileContent::Unavailable(_)) | None => None,
        };
        if !sources.iter().any(|source| source.path == path) {
            sources.push(Source::new(&path, bytes));
        }
    }
    sources
}

/// The files to be written, the manifest last: until it is there, what it names is not used.
fn named(packed: &Packed) -> [(String, Vec<u8>); 3] {
    [
        (packed.manifest.cube.name.clone(), packed.cube.clone()),
        (packed.manifest.columns.name.clone(), packed.columns.clone()),
        (MANIFEST_FILE.to_owned(), packed.manifest.to_json().into_bytes()),
    ]
}

/// Writes the files and removes those of an earlier packing, whose names it returns.
fn write(packed: &Packed, out: &Path) -> Result<Vec<String>, Failure> {
    let said = |path: &Path, error: &io::Error| {
        Failure::said("pack.unwritable", [("path", &read::shown(path)), ("reason", &error.to_string())])
    };
    fs::create_dir_all(out).map_err(|error| said(out, &error))?;
    let before = fs::read(out.join(MANIFEST_FILE)).map(|json| Manifest::files_named(&json)).unwrap_or_default();
    let files = named(packed);
    for (name, bytes) in &files {
        let path = out.join(name);
        whole_or_not_at_all(&path, bytes).map_err(|error| said(&path, &error))?;
    }
    let mut removed = Vec::new();
    for name in before.into_iter().filter(|name| files.iter().all(|(written, _)| written != name)) {
        match fs::remove_file(out.join(&name)) {
            Ok(()) => removed.push(name),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(said(&out.join(&name), &error)),
        }
    }
    Ok(removed)
}

/// Writes a file under another name first, so that nobody ever reads half of it.
pub(super) fn whole_or_not_at_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut half = path.as_os_str().to_owned();
    half.push(format!(".{}.part", std::process::id()));
    let written = fs::write(&half, bytes).and_then(|()| fs::rename(&half, path));
    if written.is_err() {
        drop(fs::remove_file(&half));
    }
    written
}
