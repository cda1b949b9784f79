//! The page that `make bench` measures: the kit's four questions, put to the loader and the engine that the site is made of.

mod held;
mod lines;

use std::cell::RefCell;

use held::Held;
use wasm_bindgen::prelude::*;
use yupay::download::download;

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

fn main() {}

fn hold(held: Held) -> u32 {
    let rows = held.len();
    HELD.set(Some(held));
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn ask<T: Default>(question: impl FnOnce(&Held) -> Option<T>) -> T {
    HELD.with_borrow(|held| held.as_ref().and_then(question)).unwrap_or_default()
}

/// Reads the plain CSV; how many rows.
///
/// # Errors
/// The file could not be had.
#[wasm_bindgen]
pub async fn load_csv(url: String, with_cube: bool) -> Result<u32, JsError> {
    HELD.set(None);
    let mut reader = lines::reader();
    download(&url, &mut reader, &|_| ()).await.map_err(|reason| JsError::new(&reason))?;
    lines::finish(reader, with_cube).map(hold).ok_or_else(|| JsError::new("not the workload's columns"))
}

/// The values of the `key`-th of the four keys, by code from 1, between line feeds.
#[wasm_bindgen]
pub fn values(key: usize) -> String {
    ask(|held| held.values(key))
}

/// Sums under a filter, whose values stand between line feeds; empty for any. See [`Held::interact`].
#[wasm_bindgen]
pub fn interact(year: &str, status: &str, section: &str) -> Vec<i64> {
    ask(|held| held.interact(year, status, section))
}

/// Rows that contain a text, and their sum of accrued cents.
#[wasm_bindgen]
pub fn search(text: &str) -> Vec<i64> {
    ask(|held| held.search(text))
}

/// Accrued cents of all rows.
#[wasm_bindgen]
pub fn exact() -> i64 {
    ask(Held::exact)
}
