//! The kit's questions, as JavaScript puts them to what is held.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::held::Held;

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Holds what was loaded; how many rows.
pub fn hold(held: Held) -> u32 {
    let rows = held.len();
    HELD.set(Some(held));
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// What was held, which is no more.
pub fn forget() -> Option<Held> {
    HELD.take()
}

fn ask<T: Default>(question: impl FnOnce(&Held) -> Option<T>) -> T {
    HELD.with_borrow(|held| held.as_ref().and_then(question)).unwrap_or_default()
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

/// Bytes of the columns, the dictionaries and the cube.
#[wasm_bindgen]
pub fn held_bytes() -> f64 {
    ask(|held| Some(held.bytes())) as f64
}
