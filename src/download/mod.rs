//! A file of the site, read while it arrives and without holding the page up.
//!
//! Owns: the response's stream, the pace of the work on it, giving up when nobody waits any more. Refuses: holding a whole
//! file (what is read goes straight into its reader's own buffer), and asking for anything outside the site's folder, which
//! its callers see to.

mod pace;

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

use crate::dataset::TableReader;
use crate::dataset::packed::Intake;

pub use pace::breathe;

/// What takes the bytes of a file as they come.
pub trait Sink {
    /// Room for the next bytes: at most `len`, perhaps fewer; none when no more are wanted.
    fn room(&mut self, len: usize) -> &mut [u8];

    /// Says that bytes were written into the room.
    fn took(&mut self, len: usize);

    /// Does one small piece of the work on what is there; `false` when there is none to do. `is_end`: no more bytes come.
    fn step(&mut self, is_end: bool) -> bool;
}

impl Sink for TableReader {
    fn room(&mut self, len: usize) -> &mut [u8] {
        self.room(len)
    }

    fn took(&mut self, len: usize) {
        self.took(len);
    }

    fn step(&mut self, is_end: bool) -> bool {
        self.step(is_end)
    }
}

impl Sink for Intake {
    fn room(&mut self, _len: usize) -> &mut [u8] {
        self.room()
    }

    fn took(&mut self, len: usize) {
        self.took(len);
    }

    /// Its work is done as bytes come in.
    fn step(&mut self, _is_end: bool) -> bool {
        false
    }
}

/// Of a file that is there already, so many bytes are handed over before the page has its turn: a millisecond's work.
const PIECE: u32 = 1 << 18;

thread_local! {
    /// Requests under way.
    static OPEN: RefCell<Vec<AbortController>> = const { RefCell::new(Vec::new()) };
    /// When the page last had its turn, in milliseconds of the page's clock; of all downloads together.
    static LAST_BREATH: Cell<f64> = const { Cell::new(0.0) };
}

/// Ends all requests under way, and says whether there were any: a reader who leaves the page pays for no more bytes.
pub fn abandon() -> bool {
    let open = OPEN.take();
    open.iter().for_each(AbortController::abort);
    !open.is_empty()
}

/// A request under way, which ends when nobody waits for it any more.
#[derive(Debug)]
struct Request(AbortController);

impl Request {
    fn new() -> Result<Self, JsValue> {
        let abort = AbortController::new()?;
        OPEN.with_borrow_mut(|open| open.push(abort.clone()));
        Ok(Self(abort))
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.abort();
        OPEN.with_borrow_mut(|open| open.retain(|other| *other != self.0));
    }
}

/// Reads a file into `sink`, to its end. `on_bytes` hears of each piece's length.
///
/// # Errors
/// The response's status where it is not a success, or `network`. What was read until then is in `sink`.
pub async fn download(url: &str, sink: &mut impl Sink, on_bytes: &dyn Fn(usize)) -> Result<(), String> {
    let network = |_reason: JsValue| "network".to_owned();
    let request = Request::new().map_err(network)?;
    let options = RequestInit::new();
    options.set_signal(Some(&request.0.signal()));
    let response = JsFuture::from(fetch(url, &options).map_err(network)?).await.map_err(network)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(response.status().to_string());
    }
    if let Some(body) = response.body() {
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let (done, value) = (JsValue::from_str("done"), JsValue::from_str("value"));
        loop {
            let piece = JsFuture::from(reader.read()).await.map_err(network)?;
            if Reflect::get(&piece, &done).map_err(network)?.is_truthy() {
                break;
            }
            let bytes: Uint8Array = Reflect::get(&piece, &value).map_err(network)?.unchecked_into();
            if !hand_over(&bytes, sink).await {
                // Dropping the request ends it.
                return Ok(());
            }
            on_bytes(bytes.length() as usize);
        }
    }
    work_off(sink, true).await;
    Ok(())
}

/// Hands over a file that is there already, such as one from a worker, and lets the page have its turn in between.
pub async fn hand_over_whole(bytes: &Uint8Array, sink: &mut impl Sink) {
    let mut at = 0;
    while at < bytes.length() && hand_over(&bytes.subarray(at, bytes.length().min(at + PIECE)), sink).await {
        at += PIECE;
        breathe().await;
    }
}

/// Writes a piece straight into the sink's own memory; whether it wants more.
async fn hand_over(bytes: &Uint8Array, sink: &mut impl Sink) -> bool {
    let (mut at, end) = (0, bytes.length());
    while at < end {
        let room = sink.room((end - at) as usize);
        let len = u32::try_from(room.len()).unwrap_or(u32::MAX).min(end - at);
        let Some(room) = room.get_mut(..len as usize).filter(|room| !room.is_empty()) else { return false };
        bytes.subarray(at, at + len).copy_to(room);
        sink.took(len as usize);
        at += len;
        work_off(sink, false).await;
    }
    true
}

/// The same call in a page and in a worker.
fn fetch(url: &str, options: &RequestInit) -> Result<Promise, JsValue> {
    let scope = js_sys::global();
    let fetch: Function = Reflect::get(&scope, &JsValue::from_str("fetch"))?.dyn_into()?;
    fetch.call2(&scope, &JsValue::from_str(url), options)?.dyn_into()
}

async fn work_off(sink: &mut impl Sink, is_end: bool) {
    while sink.step(is_end) {
        breathe().await;
    }
    // Some do their work while they take the bytes.
    breathe().await;
}
