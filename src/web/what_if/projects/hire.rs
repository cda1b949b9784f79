//! The worker that runs the rules, as the page sees it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use crate::funder::{Request, Written};

/// What comes of a question.
pub(super) enum Heard {
    Written(Written),
    /// A Pabulib file's text.
    File(String),
    /// The worker's program could not be had, or broke off.
    Broken,
}

/// Who is told.
type Ear = Rc<dyn Fn(Heard)>;

/// A worker that goes when nobody needs it any more, with all it had in memory.
pub(super) struct Hired {
    worker: Worker,
    is_ready: Rc<Cell<bool>>,
    /// What is asked before it can hear.
    waiting: Rc<RefCell<Option<Array>>>,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _broke: Closure<dyn Fn()>,
}

impl Hired {
    /// `None` where the page names no such program, or the browser starts none.
    pub fn new(ear: Ear) -> Option<Self> {
        let named = document().query_selector("meta[name=yupay-funder]").ok().flatten()?;
        let worker = Worker::new(&named.get_attribute("content")?).ok()?;
        let is_ready = Rc::new(Cell::new(false));
        let waiting: Rc<RefCell<Option<Array>>> = Rc::default();
        let (told, to_worker) = (Rc::clone(&ear), worker.clone());
        let (ready, asked) = (Rc::clone(&is_ready), Rc::clone(&waiting));
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let message: Array = event.data().unchecked_into();
            match message.get(0).as_string().unwrap_or_default().as_str() {
                "ready" => {
                    ready.set(true);
                    if let Some(question) = asked.take() {
                        drop(to_worker.post_message(&question));
                    }
                }
                "written" => told(Heard::Written(written(&message))),
                "file" => told(Heard::File(message.get(1).as_string().unwrap_or_default())),
                _ => told(Heard::Broken),
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let broke = Closure::<dyn Fn()>::new(move || ear(Heard::Broken));
        worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
        Some(Self { worker, is_ready, waiting, _heard: heard, _broke: broke })
    }

    /// Asks, now or once it can hear. `file` is the Pabulib file of the question, or null.
    pub fn ask(&self, request: &Request, file: &JsValue) {
        let json = serde_json::to_string(request).unwrap_or_default();
        let question = Array::of2(&JsValue::from_str(&json), file);
        if self.is_ready.get() {
            drop(self.worker.post_message(&question));
        } else {
            self.waiting.replace(Some(question));
        }
    }
}

fn written(message: &Array) -> Written {
    let text = |at: u32| message.get(at).as_string().unwrap_or_default();
    let is_done = message.get(6).is_truthy();
    Written { status: text(1), above: text(2), table: text(3), below: text(4), rules: text(5), is_done }
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
