//! Fetching the site's own files: the words, the index, a package. Nothing outside the site's folder is ever asked for.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use gloo_net::http::Request;
use leptos::prelude::*;

use super::app::{Failure, Loaded, Municipality, Reading};
use crate::dataset::{DESCRIPTOR_FILE, Incoming, TableReader};
use crate::download::{breathe, download};
use crate::money::format::Language;
use crate::text::Catalog;

#[derive(serde::Deserialize)]
struct Index {
    municipalities: Vec<Municipality>,
}

/// The words of a language; `None` when they cannot be had.
pub(super) async fn words(language: Language, file: &str) -> Option<Catalog> {
    let json = bytes(&format!("text/{file}{}.json", language.tag())).await.ok()?;
    Catalog::parse(language, std::str::from_utf8(&json).ok()?).ok()
}

/// The municipalities of the site; none when the index cannot be had (each page still opens by its address).
pub(super) async fn municipalities() -> Vec<Municipality> {
    let Ok(json) = bytes("data/index.json").await else { return Vec::new() };
    serde_json::from_slice::<Index>(&json).map(|index| index.municipalities).unwrap_or_default()
}

/// How far the files of a package have come.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    bytes: Rc<Cell<u64>>,
    /// Bytes of all files, where the descriptor gives them.
    of: Rc<Cell<Option<u64>>>,
}

impl Progress {
    /// Bytes read, and of how many where that is known.
    pub fn now(&self) -> Reading {
        Reading { bytes: self.bytes.get(), of: self.of.get() }
    }
}

/// A municipality's package. Its files are read while they arrive.
pub(super) async fn package(slug: String, language: Language, progress: Progress) -> Result<Loaded, Failure> {
    let folder = format!("data/{slug}");
    let descriptor = bytes(&format!("{folder}/{DESCRIPTOR_FILE}")).await.map_err(Failure::Unavailable)?;
    let incoming = Incoming::new(&descriptor);
    let resources = &incoming.descriptor().resources;
    if resources.is_empty() {
        return Err(Failure::Unreadable);
    }
    progress.of.set(resources.iter().map(|resource| resource.bytes).sum());
    // All at once; they are waited for below, one after the other.
    let readers = incoming.readers().into_iter();
    let pending: Vec<_> = readers.map(|reader| begin(read(folder.clone(), reader, progress.clone()))).collect();
    let mut readers = Vec::with_capacity(pending.len());
    for reader in pending {
        // A task ends by handing its reader back, or not at all.
        readers.push(reader.await.map_err(|_gone| Failure::Unavailable("network".to_owned()))?);
    }
    let mut loading = incoming.assemble(readers);
    while loading.step() {
        breathe().await;
    }
    let (package, report) = loading.finish();
    let problem_words = if report.is_clean() { None } else { words(language, "problems.").await };
    Ok(Loaded { package: Arc::new(package), report: Arc::new(report), problem_words: problem_words.map(Arc::new) })
}

async fn read(folder: String, mut reader: TableReader, progress: Progress) -> TableReader {
    let Some(path) = reader.path() else { return reader };
    let url = absolute(&format!("{folder}/{path}"));
    let count = |len: usize| progress.bytes.set(progress.bytes.get() + len as u64);
    if let Err(reason) = download(&url, &mut reader, &count).await {
        reader.unavailable(Some(&reason));
    }
    reader
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

/// The bytes of a file below the site's folder.
async fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let response = Request::get(&absolute(path)).send().await.map_err(|_network| "network".to_owned())?;
    if !response.ok() {
        return Err(response.status().to_string());
    }
    response.binary().await.map_err(|_network| "network".to_owned())
}

/// The address of a file below the site's folder.
fn absolute(path: &str) -> String {
    let url = document().base_uri().ok().flatten().and_then(|base| web_sys::Url::new_with_base(path, &base).ok());
    url.map_or_else(|| path.to_owned(), |url| url.href())
}
