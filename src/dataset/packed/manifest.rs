//! `packed.json`: what the packed files of a package are called, and which files they were made from.

use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::frame::{PackId, SCHEMA};
use super::{PackFault, PackKind};
use crate::dataset::json::{objects, text};

/// Name of the manifest, beside `datapackage.json`.
pub const MANIFEST_FILE: &str = "packed.json";

/// What a packed form consists of and was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Version of the data, as the package states it.
    pub version: String,
    /// The file with what a first view needs.
    pub cube: PackedFile,
    /// The file with the rows.
    pub columns: PackedFile,
    /// The files of the package when it was packed, `datapackage.json` among them.
    pub sources: Vec<Source>,
}

/// One of the packed files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackedFile {
    /// Its name, which changes with its content, so that a browser may keep it for good.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its sha256, in hexadecimal.
    pub sha256: String,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path in the package.
    pub path: String,
    /// Its length and its sha256 in hexadecimal; `None` where the file could not be had.
    pub content: Option<(u64, String)>,
}

impl Source {
    /// A file with its content, or one that could not be had.
    pub fn new(path: &str, bytes: Option<&[u8]>) -> Self {
        Self { path: path.to_owned(), content: bytes.map(|bytes| (bytes.len() as u64, sha256(bytes))) }
    }

    /// Whether the file is still what it was; the length is looked at first, because a hash takes time.
    pub fn is_still(&self, bytes: Option<&[u8]>) -> bool {
        match (&self.content, bytes) {
            (Some((len, hash)), Some(bytes)) => *len == bytes.len() as u64 && *hash == sha256(bytes),
            (known, found) => known.is_none() && found.is_none(),
        }
    }
}

impl PackedFile {
    fn new(kind: PackKind, content: &[u8]) -> Self {
        let sha256 = sha256(content);
        let start: String = sha256.chars().take(NAME_DIGITS).collect();
        Self { name: format!("{}{start}{EXTENSION}", prefix(kind)), bytes: content.len() as u64, sha256 }
    }

    /// Whether a file is the one that was written, to the last byte.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes.len() as u64 && self.sha256 == sha256(bytes)
    }

    fn read(json: &Map<String, Json>, kind: PackKind) -> Option<Self> {
        let file = json.get(property(kind))?.as_object()?;
        let (name, sha256) = (text(file, "name"), text(file, "sha256"));
        let digits = name.strip_prefix(prefix(kind))?.strip_suffix(EXTENSION)?;
        // A name of ours and no other: it is fetched, and removed by the next packing.
        let is_ours = digits.len() == NAME_DIGITS && sha256.starts_with(digits) && is_sha256(&sha256);
        is_ours.then_some(Self { bytes: file.get("bytes")?.as_u64()?, name, sha256 })
    }

    fn to_json(&self) -> Json {
        json!({ "name": self.name, "bytes": self.bytes, "sha256": self.sha256 })
    }
}

const NAME_DIGITS: usize = 16;
const EXTENSION: &str = ".bin";

fn prefix(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Cube => "cube-",
        PackKind::Columns => "columns-",
    }
}

fn property(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Cube => "cube",
        PackKind::Columns => "columns",
    }
}

impl Manifest {
    /// A manifest whose files have no names yet.
    pub(super) fn new(version: &str, sources: Vec<Source>) -> Self {
        Self { version: version.to_owned(), sources, ..Self::default() }
    }

    pub(super) fn name_files(&mut self, cube: &[u8], columns: &[u8]) {
        self.cube = PackedFile::new(PackKind::Cube, cube);
        self.columns = PackedFile::new(PackKind::Columns, columns);
    }

    /// Reads `packed.json`.
    ///
    /// # Errors
    /// [`PackFault::Foreign`] when it is none, [`PackFault::Version`] when it is of another version.
    pub fn parse(bytes: &[u8]) -> Result<Self, PackFault> {
        let json: Json = serde_json::from_slice(bytes).map_err(|_not_json| PackFault::Foreign)?;
        let json = json.as_object().ok_or(PackFault::Foreign)?;
        let schema = json.get("schema").and_then(Json::as_u64).ok_or(PackFault::Foreign)?;
        if schema != u64::from(SCHEMA) {
            return Err(PackFault::Version { found: u16::try_from(schema).unwrap_or(u16::MAX) });
        }
        Self::read(json).ok_or(PackFault::Foreign)
    }

    fn read(json: &Map<String, Json>) -> Option<Self> {
        let source = |source: &Map<String, Json>| {
            let (bytes, sha256) = (source.get("bytes"), text(source, "sha256"));
            let content = match bytes {
                None => None,
                Some(bytes) => Some((bytes.as_u64()?, Some(sha256).filter(|hash| is_sha256(hash))?)),
            };
            Some(Source { path: text(source, "path"), content })
        };
        Some(Self {
            version: text(json, "version"),
            cube: PackedFile::read(json, PackKind::Cube)?,
            columns: PackedFile::read(json, PackKind::Columns)?,
            sources: objects(json.get("sources")).map(source).collect::<Option<_>>()?,
        })
    }

    /// The files that a `packed.json` of any version names, where it can be read that far. Only names that this form gives.
    pub fn files_named(bytes: &[u8]) -> Vec<String> {
        let json: Json = serde_json::from_slice(bytes).unwrap_or_default();
        let files = [PackKind::Cube, PackKind::Columns].map(|kind| PackedFile::read(json.as_object()?, kind));
        files.into_iter().flatten().map(|file| file.name).collect()
    }

    /// The text of `packed.json`.
    pub fn to_json(&self) -> String {
        let source = |source: &Source| match &source.content {
            Some((bytes, sha256)) => json!({ "path": source.path, "bytes": bytes, "sha256": sha256 }),
            None => json!({ "path": source.path }),
        };
        let sources: Vec<Json> = self.sources.iter().map(source).collect();
        let json = json!({
            "schema": SCHEMA,
            "yupay": env!("CARGO_PKG_VERSION"),
            "version": self.version,
            "cube": self.cube.to_json(),
            "columns": self.columns.to_json(),
            "sources": sources,
        });
        format!("{json:#}\n")
    }

    /// What the two files carry, so that one of another package, or of other files of this one, is known at once.
    pub fn id(&self) -> PackId {
        let mut hash = Sha256::new();
        for source in &self.sources {
            let (bytes, sha256) = source.content.clone().unwrap_or_default();
            hash.update(format!("{}\0{bytes}\0{sha256}\n", source.path));
        }
        let mut id = PackId::default();
        id.iter_mut().zip(hash.finalize()).for_each(|(id, hash)| *id = hash);
        id
    }

    /// A file of the package as it was when it was packed.
    pub fn source(&self, path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.path == path)
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
