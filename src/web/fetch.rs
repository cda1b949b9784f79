//! Fetching the site's own files: the words, the index, a package. Nothing outside the site's folder is ever asked for.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use futures_channel::oneshot;
use gloo_net::http::Request;
use leptos::prelude::*;

use super::app::{Failure, Loaded, Municipality};
use crate::dataset::{DESCRIPTOR_FILE, FileContent, Report, load, read_descriptor};
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

/// A municipality's package.
pub(super) async fn package(slug: String, language: Language) -> Result<Loaded, Failure> {
    let folder = format!("data/{slug}");
    let descriptor = bytes(&format!("{folder}/{DESCRIPTOR_FILE}")).await.map_err(Failure::Unavailable)?;
    let resources = read_descriptor(&descriptor, &mut Report::default()).resources;
    if resources.is_empty() {
        return Err(Failure::Unreadable);
    }
    // All at once; they are waited for below, one after the other.
    let paths = resources.into_iter().filter_map(|resource| resource.path);
    let pending: Vec<_> = paths.map(|path| (path.clone(), begin(file(format!("{folder}/{path}"))))).collect();
    let mut files = BTreeMap::new();
    for (path, receiver) in pending {
        if let Ok(content) = receiver.await {
            files.insert(path, content);
        }
    }
    let (package, report) = load(&descriptor, &files);
    let problem_words = if report.is_clean() { None } else { words(language, "problems.").await };
    Ok(Loaded { package: Arc::new(package), report: Arc::new(report), problem_words: problem_words.map(Arc::new) })
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

async fn file(url: String) -> FileContent {
    match bytes(&url).await {
        Ok(bytes) => FileContent::Bytes(bytes),
        Err(reason) => FileContent::Unavailable(reason),
    }
}

/// The bytes of a file below the site's folder.
async fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let url = document().base_uri().ok().flatten().and_then(|base| web_sys::Url::new_with_base(path, &base).ok());
    let url = url.map_or_else(|| path.to_owned(), |url| url.href());
    let response = Request::get(&url).send().await.map_err(|_network| "network".to_owned())?;
    if !response.ok() {
        return Err(response.status().to_string());
    }
    response.binary().await.map_err(|_network| "network".to_owned())
}
