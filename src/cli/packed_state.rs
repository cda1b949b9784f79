//! Whether the packed form beside a package is still of its files.

use std::fs;
use std::path::Path;

use super::pack::sources;
use super::read::{self, PackageFiles};
use crate::dataset::packed::{Intake, MANIFEST_FILE, Manifest, PackKind, Source};

/// What `yupay check` found of a packed form.
pub(super) enum PackedState {
    /// It is of the files as they are.
    Current,
    /// These files are not those it was made from.
    Stale(Vec<String>),
    /// This file of it cannot be used.
    Broken(String),
}

/// The state of the packed form of a package; `None` where there is none.
pub(super) fn of(path: &Path, files: &PackageFiles) -> Option<PackedState> {
    let folder = read::folder(path);
    let json = fs::read(folder.join(MANIFEST_FILE)).ok()?;
    let Ok(manifest) = Manifest::parse(&json) else { return Some(PackedState::Broken(MANIFEST_FILE.to_owned())) };
    let now = sources(files);
    let paths = |sources: &[Source]| sources.iter().map(|source| source.path.clone()).collect::<Vec<_>>();
    let mut differing = paths(&now);
    differing
        .extend(paths(&manifest.sources).into_iter().filter(|path| !now.iter().any(|source| source.path == *path)));
    differing.retain(|path| now.iter().find(|source| source.path == *path) != manifest.source(path));
    if !differing.is_empty() {
        return Some(PackedState::Stale(differing));
    }
    for (file, kind) in [(&manifest.cube, PackKind::Cube), (&manifest.columns, PackKind::Columns)] {
        let bytes = fs::read(folder.join(&file.name)).unwrap_or_default();
        let mut intake = Intake::new(kind, manifest.id(), file.bytes);
        intake.feed(&bytes);
        if intake.finish().is_err() || !file.is(&bytes) {
            return Some(PackedState::Broken(file.name.clone()));
        }
    }
    Some(PackedState::Current)
}
