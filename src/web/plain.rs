//! A package from its CSV files: the worker that reads them, as the page sees it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::app::{Failure, Reading};

/// What the worker hands over: the packed form of what it read.
pub(super) struct Files {
    pub cube: Uint8Array,
    pub columns: Uint8Array,
}

type Outcome = Result<Files, Failure>;
type Waiting = Rc<RefCell<Option<oneshot::Sender<Outcome>>>>;

/// Reads the plain files of a folder, given by its address with a slash at the end. Dropping the future ends the work.
///
/// # Errors
/// Why there is nothing to show.
pub(super) async fn read(folder: String, on_progress: impl Fn(Reading) + 'static) -> Outcome {
    let program = program().ok_or_else(no_worker)?;
    let worker = Hired::new(&program).map_err(|_refused| no_worker())?;
    let (sender, receiver) = oneshot::channel();
    let waiting: Waiting = Rc::new(RefCell::new(Some(sender)));
    let (to_worker, to_page) = (worker.0.clone(), Rc::clone(&waiting));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let number = |at| message.get(at).as_f64().map(|bytes| bytes as u64);
        let file = |at| Uint8Array::new(&message.get(at));
        match message.get(0).as_string().unwrap_or_default().as_str() {
            "ready" => drop(to_worker.post_message(&JsValue::from(&folder))),
            "progress" => on_progress(Reading { bytes: number(1).unwrap_or_default(), of: number(2) }),
            "package" => settle(&to_page, Ok(Files { cube: file(1), columns: file(2) })),
            "unreadable" => settle(&to_page, Err(Failure::Unreadable)),
            "failed" => settle(&to_page, Err(Failure::Unavailable(message.get(1).as_string().unwrap_or_default()))),
            _ => settle(&to_page, Err(no_worker())),
        }
    });
    worker.0.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // Its program could not be had, or it ran out of memory.
    let broke = Closure::<dyn Fn()>::new(move || settle(&waiting, Err(no_worker())));
    worker.0.set_onerror(Some(broke.as_ref().unchecked_ref()));
    receiver.await.unwrap_or_else(|_gone| Err(no_worker()))
}

fn settle(waiting: &Waiting, outcome: Outcome) {
    if let Some(sender) = waiting.take() {
        // Nobody waits any more when the page is left.
        drop(sender.send(outcome));
    }
}

fn no_worker() -> Failure {
    Failure::NoReader
}

/// The worker's program: a page names it, since its address changes with its content.
fn program() -> Option<String> {
    let named = document().query_selector("meta[name=yupay-loader]").ok().flatten()?;
    Some(super::fetch::absolute(&named.get_attribute("content")?))
}

thread_local! {
    /// Workers under way.
    static HIRED: RefCell<Vec<Worker>> = const { RefCell::new(Vec::new()) };
}

/// Ends all workers and what they ask for, and says whether there were any: a page that is left may be kept for Back, and
/// its workers with it. Who waits for them waits for good.
pub(super) fn dismiss() -> bool {
    let hired = HIRED.take();
    hired.iter().for_each(Worker::terminate);
    !hired.is_empty()
}

/// A worker that goes when nobody needs it any more, with all it had in memory.
struct Hired(Worker);

impl Hired {
    fn new(program: &str) -> Result<Self, JsValue> {
        let worker = Worker::new(program)?;
        HIRED.with_borrow_mut(|hired| hired.push(worker.clone()));
        Ok(Self(worker))
    }
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.0.terminate();
        HIRED.with_borrow_mut(|hired| hired.retain(|other| *other != self.0));
    }
}
