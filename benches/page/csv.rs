//! The page that `make bench` measures from the plain CSV: the kit's four questions, put to the loader and the engine that
//! the site is made of.

mod held;
mod lines;
mod questions;

use lines::Assembly;
use questions::{forget, hold};
use wasm_bindgen::prelude::*;
use yupay::download::{breathe, download};

fn main() {}

/// Reads the plain CSV; how many rows.
///
/// # Errors
/// The file could not be had, or is another.
#[wasm_bindgen]
pub async fn load_csv(url: String, with_cube: bool) -> Result<u32, JsValue> {
    forget();
    let mut reader = lines::reader();
    download(&url, &mut reader, &|_| ()).await?;
    let mut columns = Assembly::new(reader);
    while columns.step() {
        breathe().await;
    }
    columns.finish(with_cube).map(hold).ok_or_else(|| JsValue::from_str("not the workload's columns"))
}
