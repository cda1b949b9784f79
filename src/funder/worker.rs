//! The worker's side in the browser: hears a question, answers it, and has nothing else to do.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::{Clerk, Request, Written};

thread_local! {
    static CLERK: RefCell<Clerk> = RefCell::default();
}

/// Waits for questions.
pub fn start() {
    console_error_panic_hook::set_once();
    let told = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        match message.get(0).as_string().and_then(|json| serde_json::from_str::<Request>(&json).ok()) {
            Some(request) => wasm_bindgen_futures::spawn_local(answer(request, message.get(1))),
            None => broken(),
        }
    });
    scope().set_onmessage(Some(told.as_ref().unchecked_ref()));
    // For as long as the worker stands.
    told.forget();
    post(&Array::of1(&JsValue::from_str("ready")));
}

async fn answer(request: Request, file: JsValue) {
    if let Some(heading) = &request.heading {
        let file = CLERK.with_borrow(|clerk| clerk.file(&request.question, &request.manner, heading));
        let file = file.unwrap_or_default();
        post(&Array::of2(&JsValue::from_str("file"), &JsValue::from_str(&file)));
        return;
    }
    if CLERK.with_borrow(|clerk| clerk.lacks_file(&request)) {
        let bytes = bytes(file).await;
        CLERK.with_borrow_mut(|clerk| clerk.take_file(&request, bytes));
    }
    if CLERK.with_borrow_mut(|clerk| clerk.answer(&request, &now_ms, &mut say)).is_err() {
        broken();
    }
}

/// What a file holds; nothing where the browser does not let it be read any more.
async fn bytes(file: JsValue) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.dyn_into::<Blob>().ok()?.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

fn say(Written { status, above, table, below, rules, is_done }: &Written) {
    let texts = ["written", status, above, table, below, rules].into_iter().map(JsValue::from_str);
    let message: Array = texts.collect();
    message.push(&JsValue::from_bool(*is_done));
    post(&message);
}

/// A page of another version takes this worker for one that cannot be had.
fn broken() {
    post(&Array::of1(&JsValue::from_str("broken")));
}

fn post(message: &Array) {
    // A page that is gone hears nothing, and there is nobody else to tell.
    drop(scope().post_message(message));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
