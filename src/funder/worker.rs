//! The worker's side in the browser: hears a question, answers it, and has nothing else to do.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::{Read, Reply, Request, work};

thread_local! {
    /// The file that was read last.
    static READ: RefCell<Read> = RefCell::default();
}

/// Waits for questions.
pub fn start() {
    console_error_panic_hook::set_once();
    let told = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let request = message.get(0).as_string().and_then(|json| serde_json::from_str::<Request>(&json).ok());
        match request {
            Some(request) => wasm_bindgen_futures::spawn_local(read_and_work(request, message.get(1))),
            // A page of another version: it takes this worker for one that cannot be had.
            None => answer("broken", &JsValue::UNDEFINED),
        }
    });
    scope().set_onmessage(Some(told.as_ref().unchecked_ref()));
    // For as long as the worker stands.
    told.forget();
    answer("ready", &JsValue::UNDEFINED);
}

async fn read_and_work(request: Request, file: JsValue) {
    if READ.with_borrow(|read| read.lacks(&request)) {
        let bytes = bytes(file).await;
        READ.with_borrow_mut(|read| read.take(&request, bytes));
    }
    READ.with_borrow(|read| work(&request, read, &now_ms, &mut |reply| say(&reply)));
}

/// What a file holds; nothing where the browser does not let it be read any more.
async fn bytes(file: JsValue) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.dyn_into::<Blob>().ok()?.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

fn say(reply: &Reply) {
    if let Ok(json) = serde_json::to_string(reply) {
        answer("reply", &JsValue::from_str(&json));
    }
}

fn answer(word: &str, with: &JsValue) {
    // A page that is gone hears nothing, and there is nobody else to tell.
    drop(scope().post_message(&Array::of2(&JsValue::from_str(word), with)));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
