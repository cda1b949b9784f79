//! The page that `make bench` measures from the packed form: the same questions, and no reader of CSV.

mod held;
mod packing;
mod questions;

use held::Held;
use questions::{forget, hold};
use wasm_bindgen::prelude::*;
use yupay::dataset::packed::{Intake, PackFault, PackId, PackKind};
use yupay::download::download;

fn main() {}

/// Reads the cube of a packed form, `bytes` long and packed from the file of an `id`; how many rows.
///
/// # Errors
/// The file could not be had, or is another.
#[wasm_bindgen]
pub async fn load_cube(url: String, bytes: u32, id: Vec<u8>) -> Result<u32, JsValue> {
    forget();
    load(url, PackKind::Cube, bytes, id).await
}

/// Reads the rows that belong to the cube that is held; how many.
///
/// # Errors
/// The file could not be had, or is another.
#[wasm_bindgen]
pub async fn load_columns(url: String, bytes: u32, id: Vec<u8>) -> Result<u32, JsValue> {
    load(url, PackKind::Columns, bytes, id).await
}

async fn load(url: String, kind: PackKind, bytes: u32, id: Vec<u8>) -> Result<u32, JsValue> {
    let id = PackId::try_from(id).unwrap_or_default();
    let mut intake = Intake::new(kind, id, bytes.into());
    download(&url, &mut intake, &|_| ()).await?;
    let held: Result<Held, PackFault> = match kind {
        PackKind::Cube => packing::cube(intake),
        PackKind::Columns => packing::columns(intake, forget()),
    };
    held.map(hold).map_err(|fault| JsValue::from_str(fault.name()))
}
