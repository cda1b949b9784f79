//! Fetching the site's own files: the words, the index, a package. Nothing outside the site's folder is ever asked for.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use gloo_net::http::{Request, Response};
use js_sys::Uint8Array;
use leptos::prelude::*;

use super::app::{Failure, Loaded, Municipality, NETWORK, NotPacked, Reading, RowsAt};
use super::plain;
use crate::dataset::packed::{Intake, MANIFEST_FILE, Manifest, PackFault, PackKind, Source};
use crate::dataset::{DESCRIPTOR_FILE, Package, Report};
use crate::download::{breathe, download, hand_over_whole};
use crate::money::format::Language;
use crate::text::Catalog;

#[derive(serde::Deserialize)]
struct Index {
    municipalities: Vec<Municipality>,
}

/// The words of a language; `None` when they cannot be had.
pub(super) async fn words(language: Language, file: &str) -> Option<Catalog> {
    let json = bytes(&absolute(&format!("text/{file}{}.json", language.tag()))).await.ok()?;
    Catalog::parse(language, std::str::from_utf8(&json).ok()?).ok()
}

/// The municipalities of the site; none when the index cannot be had (each page still opens by its address).
pub(super) async fn municipalities() -> Vec<Municipality> {
    let Ok(json) = bytes(&absolute("data/index.json")).await else { return Vec::new() };
    serde_json::from_slice::<Index>(&json).map(|index| index.municipalities).unwrap_or_default()
}

/// How far the files of a package have come.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Rc<Cell<Option<Reading>>>);

impl Progress {
    /// What was read so far, once there is something to say.
    pub fn now(&self) -> Option<Reading> {
        self.0.get()
    }

    pub fn set(&self, reading: Reading) {
        self.0.set(Some(reading));
    }

    /// Counts the bytes of one file whose length is known.
    fn of(&self, all: u64) -> impl Fn(usize) + use<> {
        let progress = self.clone();
        let read = Cell::new(0);
        move |len| {
            read.set(read.get() + len as u64);
            progress.set(Reading { bytes: read.get(), of: Some(all) });
        }
    }
}

/// A package as it is first shown, and how to see afterwards whether it is still what is published.
pub(super) struct Opened {
    pub loaded: Loaded,
    /// Of a packed form: the files it was made from.
    pub check: Option<StillPublished>,
}

/// A municipality's package: from its packed form where there is one that can be used, else from its CSV files.
pub(super) async fn package(slug: String, language: Language, progress: Progress) -> Result<Opened, Failure> {
    let folder = absolute(&format!("data/{slug}/"));
    match packed(&folder, &progress).await? {
        Ok((package, report, rows, check)) => {
            let loaded = loaded(package, report, Some(rows), None, language).await;
            Ok(Opened { loaded, check: Some(check) })
        }
        Err(why) => Ok(Opened { loaded: from_csv(folder, why, language, &progress).await?, check: None }),
    }
}

/// The package from its CSV files, with the reason why not from its packed form.
pub(super) async fn from_csv(
    folder: String,
    why: Option<NotPacked>,
    language: Language,
    progress: &Progress,
) -> Result<Loaded, Failure> {
    let progress = progress.clone();
    let files = plain::read(folder, move |reading| progress.set(reading)).await?;
    // The worker's own bytes: a fault in them means that two versions of the program met.
    let broken = |_fault: PackFault| Failure::NoReader;
    let (mut package, report) = intake(&files.cube, PackKind::Cube).await.finish_cube().map_err(broken)?;
    breathe().await;
    intake(&files.columns, PackKind::Columns).await.finish_columns(&mut package).map_err(broken)?;
    Ok(loaded(package, report, None, why, language).await)
}

/// A file from the worker, which packs for this page only and names no sources.
async fn intake(file: &Uint8Array, kind: PackKind) -> Intake {
    let mut intake = Intake::new(kind, Manifest::default().id(), u64::from(file.length()));
    hand_over_whole(file, &mut intake).await;
    intake
}

async fn loaded(
    package: Package,
    report: Report,
    rows: Option<RowsAt>,
    not_packed: Option<NotPacked>,
    language: Language,
) -> Loaded {
    // What comes next is the page's drawing, which is long enough by itself.
    breathe().await;
    let problem_words = if report.is_clean() { None } else { words(language, "problems.").await };
    let problem_words = problem_words.map(Arc::new);
    Loaded { package: Arc::new(package), report: Arc::new(report), problem_words, rows, not_packed }
}

type Unpacked = Result<(Package, Report, RowsAt, StillPublished), Option<NotPacked>>;

/// The packed form; inside, why it is not used, where there is one at all.
async fn packed(folder: &str, progress: &Progress) -> Result<Unpacked, Failure> {
    // Both at once; what they say is compared before anything is shown.
    let manifest = begin(get(format!("{folder}{MANIFEST_FILE}")));
    let descriptor = bytes(&format!("{folder}{DESCRIPTOR_FILE}")).await.map_err(Failure::Unavailable)?;
    let Ok(Ok((manifest, modified))) = manifest.await else { return Ok(Err(None)) };
    Ok(unpack(folder, &manifest, modified, &descriptor, progress).await.map_err(Some))
}

async fn unpack(
    folder: &str,
    manifest: &[u8],
    modified: f64,
    descriptor: &[u8],
    progress: &Progress,
) -> Result<(Package, Report, RowsAt, StillPublished), NotPacked> {
    let manifest = Manifest::parse(manifest).map_err(NotPacked::Fault)?;
    if !manifest.source(DESCRIPTOR_FILE).is_some_and(|source| source.is_still(Some(descriptor))) {
        return Err(NotPacked::Stale(DESCRIPTOR_FILE.to_owned()));
    }
    let id = manifest.id();
    let mut cube = Intake::new(PackKind::Cube, id, manifest.cube.bytes);
    receive(&format!("{folder}{}", manifest.cube.name), &mut cube, &progress.of(manifest.cube.bytes)).await?;
    let (package, report) = cube.finish_cube().map_err(NotPacked::Fault)?;
    let rows = RowsAt { url: format!("{folder}{}", manifest.columns.name), bytes: manifest.columns.bytes, id };
    let check = StillPublished { folder: folder.to_owned(), sources: manifest.sources, modified };
    Ok((package, report, rows, check))
}

async fn receive(url: &str, intake: &mut Intake, on_bytes: &dyn Fn(usize)) -> Result<(), NotPacked> {
    download(url, intake, on_bytes).await.map_err(NotPacked::Unavailable)
}

/// The package with its rows, fetched now that a view needs them.
///
/// # Errors
/// Why they cannot be used; the CSV files can.
pub(super) async fn with_rows(loaded: Loaded, rows: RowsAt) -> Result<Loaded, NotPacked> {
    let mut columns = Intake::new(PackKind::Columns, rows.id, rows.bytes);
    receive(&rows.url, &mut columns, &|_| ()).await?;
    let mut package = Package::clone(&loaded.package);
    columns.finish_columns(&mut package).map_err(NotPacked::Fault)?;
    breathe().await;
    Ok(Loaded { package: Arc::new(package), rows: None, ..loaded })
}

/// The files a packed form was made from.
pub(super) struct StillPublished {
    pub folder: String,
    sources: Vec<Source>,
    /// When the packed form was published, in milliseconds since 1970; NaN where the host does not say.
    modified: f64,
}

impl StillPublished {
    /// The first file that is no longer what was packed. Hosts tell a file's length and day without sending it; only one
    /// that they make suspicious is fetched and compared.
    pub async fn changed_file(&self) -> Option<String> {
        for source in self.sources.iter().filter(|source| source.path != DESCRIPTOR_FILE) {
            let url = format!("{}{}", self.folder, source.path);
            if self.is_suspicious(source, &url).await && !is_still(source, &url).await {
                return Some(source.path.clone());
            }
        }
        None
    }

    async fn is_suspicious(&self, source: &Source, url: &str) -> bool {
        let asked = Request::get(url).method(gloo_net::http::Method::HEAD).cache(web_sys::RequestCache::NoCache);
        // Without a line nothing can be said, and nothing is.
        let Ok(response) = asked.send().await else { return false };
        let Some((bytes, _)) = &source.content else { return response.ok() };
        let headers = response.headers();
        // Of a compressed answer, the length is another.
        let has_length = headers.get("content-encoding").is_none();
        let length = headers.get("content-length").filter(|_| has_length).and_then(|length| length.parse().ok());
        !response.ok() || length.is_some_and(|length: u64| length != *bytes) || modified(&response) > self.modified
    }
}

async fn is_still(source: &Source, url: &str) -> bool {
    match get(url.to_owned()).await {
        Ok((bytes, _)) => source.is_still(Some(&bytes)),
        Err(reason) => reason == NETWORK || source.is_still(None),
    }
}

fn modified(response: &Response) -> f64 {
    response.headers().get("last-modified").map_or(f64::NAN, |day| js_sys::Date::parse(&day))
}

/// Begins work at once and hands out its result when it is asked for.
pub(super) fn begin<T: 'static>(work: impl Future<Output = T> + 'static) -> oneshot::Receiver<T> {
    let (sender, receiver) = oneshot::channel();
    wasm_bindgen_futures::spawn_local(async move {
        // Nobody waits any more when the page is left.
        drop(sender.send(work.await));
    });
    receiver
}

/// A small file, whole, by its address.
pub(super) async fn bytes(url: &str) -> Result<Vec<u8>, String> {
    get(url.to_owned()).await.map(|(bytes, _)| bytes)
}

/// The same, with when it was last changed.
async fn get(url: String) -> Result<(Vec<u8>, f64), String> {
    let response = Request::get(&url).send().await.map_err(|_network| NETWORK.to_owned())?;
    if !response.ok() {
        return Err(response.status().to_string());
    }
    let modified = modified(&response);
    Ok((response.binary().await.map_err(|_network| NETWORK.to_owned())?, modified))
}

/// The address of a file below the site's folder.
pub(super) fn absolute(path: &str) -> String {
    let url = document().base_uri().ok().flatten().and_then(|base| web_sys::Url::new_with_base(path, &base).ok());
    url.map_or_else(|| path.to_owned(), |url| url.href())
}
