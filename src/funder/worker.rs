//! The worker's side in the browser: hears a question, answers it, and has nothing else to do.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::{Reply, Request, work};

/// Waits for questions.
pub fn start() {
    console_error_panic_hook::set_once();
    let told = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let request = message.get(0).as_string().and_then(|json| serde_json::from_str::<Request>(&json).ok());
        match request {
            Some(request) => work(&request, Vec::new(), &now_ms, &mut |reply| say(&reply)),
            // A page of another version: it takes this worker for one that cannot be had.
            None => answer("broken", &JsValue::UNDEFINED),
        }
    });
    scope().set_onmessage(Some(told.as_ref().unchecked_ref()));
    // For as long as the worker stands.
    told.forget();
    answer("ready", &JsValue::UNDEFINED);
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
