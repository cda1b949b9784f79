//! One package, from its folder to its packed form.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;
use wasm_bindgen::JsValue;

use super::answer;
use crate::dataset::packed::{Packed, pack};
use crate::dataset::{DESCRIPTOR_FILE, Incoming, TableReader};
use crate::download::{Sink, breathe, download};

/// The page hears of progress no more often than this, in milliseconds.
const TELL_EVERY: f64 = 100.0;

/// What came of it.
pub(super) enum Outcome {
    Packed(Packed),
    /// The descriptor could not be had; the reason as the browser gives it.
    Failed(String),
    /// The descriptor names no tables: an HTML page, half a file.
    Unreadable,
}

/// Reads the package of a folder, given by its address with a slash at the end.
pub(super) async fn read(folder: &str) -> Outcome {
    let mut descriptor = Bytes::default();
    if let Err(reason) = download(&format!("{folder}{DESCRIPTOR_FILE}"), &mut descriptor, &|_| ()).await {
        return Outcome::Failed(reason);
    }
    let incoming = Incoming::new(&descriptor.0);
    let resources = &incoming.descriptor().resources;
    if resources.is_empty() {
        return Outcome::Unreadable;
    }
    let progress = Progress { of: resources.iter().map(|resource| resource.bytes).sum(), ..Progress::default() };
    // All at once; they are waited for below, one after the other.
    let readers = incoming.readers().into_iter();
    let pending: Vec<_> = readers.map(|reader| begin(folder.to_owned(), reader, progress.clone())).collect();
    let mut readers = Vec::with_capacity(pending.len());
    for reader in pending {
        match reader.await {
            Ok(reader) => readers.push(reader),
            Err(_gone) => return Outcome::Failed("network".to_owned()),
        }
    }
    let mut loading = incoming.assemble(readers);
    while loading.step() {
        breathe().await;
    }
    let (package, report) = loading.finish();
    match pack(&package, &report, Vec::new()) {
        Ok(packed) => Outcome::Packed(packed),
        Err(unpackable) => Outcome::Failed(unpackable.to_string()),
    }
}

fn begin(folder: String, mut reader: TableReader, progress: Progress) -> oneshot::Receiver<TableReader> {
    let (sender, receiver) = oneshot::channel();
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(path) = reader.path() {
            let url = format!("{folder}{path}");
            if let Err(reason) = download(&url, &mut reader, &|len| progress.add(len)).await {
                reader.unavailable(Some(&reason));
            }
        }
        drop(sender.send(reader));
    });
    receiver
}

/// How far all files have come.
#[derive(Debug, Clone, Default)]
struct Progress {
    bytes: Rc<Cell<u64>>,
    /// When the page last heard of them, in milliseconds since 1970.
    told: Rc<Cell<f64>>,
    /// Bytes of all files, where the descriptor gives them.
    of: Option<u64>,
}

impl Progress {
    fn add(&self, len: usize) {
        let bytes = self.bytes.get() + len as u64;
        self.bytes.set(bytes);
        let now = js_sys::Date::now();
        // A clock that was set back is as good as one that went on.
        if (now - self.told.get()).abs() >= TELL_EVERY {
            self.told.set(now);
            let of = self.of.map_or(JsValue::NULL, |of| JsValue::from_f64(of as f64));
            answer("progress", [JsValue::from_f64(bytes as f64), of]);
        }
    }
}

/// A small file, whole.
#[derive(Debug, Default)]
struct Bytes(Vec<u8>, usize);

impl Sink for Bytes {
    fn room(&mut self, len: usize) -> &mut [u8] {
        self.1 = self.0.len();
        self.0.resize(self.1 + len, 0);
        self.0.get_mut(self.1..).unwrap_or_default()
    }

    fn took(&mut self, len: usize) {
        self.0.truncate(self.1 + len);
    }

    fn step(&mut self, _is_end: bool) -> bool {
        false
    }
}
