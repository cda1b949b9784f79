//! The reader of plain packages: a program of its own, in a worker beside the page.
//!
//! Owns: fetching a package's descriptor and CSV files, holding them to their rules, and handing them to the page in the
//! packed form. Refuses: touching the page. It is fetched only where a package has no packed form that can be used, so that
//! most visitors never pay for its code; and whatever it had in memory goes when its work is done.
//!
//! It is told a folder and answers with messages, each an array that begins with a word: `progress` (bytes read, bytes of
//! all files or `null`), then `package` (the two packed files) or `failed` (a reason) or `unreadable`.

mod package;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use package::Outcome;

/// Waits for the folder to read.
pub fn start() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let told = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(folder) = event.data().as_string() {
            wasm_bindgen_futures::spawn_local(read(folder));
        }
    });
    scope.set_onmessage(Some(told.as_ref().unchecked_ref()));
    // For as long as the worker stands.
    told.forget();
    answer("ready", []);
}

async fn read(folder: String) {
    match package::read(&folder).await {
        Outcome::Packed(packed) => {
            let files =
                [&packed.cube, &packed.columns].map(|file| JsValue::from(Uint8Array::from(file.as_slice()).buffer()));
            answer("package", files);
        }
        Outcome::Failed(reason) => answer("failed", [JsValue::from(reason)]),
        Outcome::Unreadable => answer("unreadable", []),
    }
}

/// Says something to the page. What is handed over as a buffer is moved, not copied.
fn answer<const N: usize>(word: &str, with: [JsValue; N]) {
    let message = Array::of1(&JsValue::from(word));
    let moved = Array::new();
    for value in with {
        if value.is_instance_of::<js_sys::ArrayBuffer>() {
            moved.push(&value);
        }
        message.push(&value);
    }
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // A page that is gone hears nothing, and there is nobody else to tell.
    drop(scope.post_message_with_transfer(&message, &moved));
}
