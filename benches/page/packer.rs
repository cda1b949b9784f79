//! `yupay-bench-pack CSV FOLDER`: the packed form of the workload, as [`packing`] reads it.
#![allow(dead_code, reason = "the page's questions are not asked here")]

mod held;
mod lines;
mod packing;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use held::Held;
use yupay::budget::Stage;
use yupay::dataset::packed::{Manifest, PackId, PackKind, Parts, Source, TableParts, tables};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [csv, folder] = words.as_slice() else { return Err("yupay-bench-pack CSV FOLDER".into()) };
    let csv = fs::read(csv)?;
    let mut reader = lines::reader();
    reader.read_whole(&csv);
    let mut columns = lines::Assembly::new(reader);
    while columns.step() {}
    let held = columns.finish(true).ok_or("not the workload's columns")?;
    let parts = parts(&held).ok_or("no rows")?;
    let manifest = Manifest { sources: vec![Source::new("lines.csv", Some(&csv))], ..Manifest::default() };
    let id = manifest.id();
    let [cube, columns] = &parts;
    let (cube, columns) = (write(folder, cube, PackKind::Cube, id)?, write(folder, columns, PackKind::Columns, id)?);
    let list = format!(r#"{{"id": {id:?}, "cube": {cube}, "columns": {columns}}}"#);
    fs::write(Path::new(folder).join("packed.json"), list + "\n")?;
    Ok(())
}

/// What the two files hold, the cube's first.
fn parts(held: &Held) -> Option<[Parts; 2]> {
    let facts = &held.facts;
    let lines = facts.table(Stage::Accrued)?;
    let (mut rows, _no_days) = tables::pack(lines);
    rows.texts.push((packing::DESCRIPTION.to_owned(), lines.texts()?.clone()));
    rows.texts.push((packing::PROJECT.to_owned(), held.projects.clone()));
    let (cube, _no_days) = tables::pack_cube(facts.cube(Stage::Accrued));
    let of = |with_cube, table: TableParts| Parts {
        words: Vec::new(),
        dictionaries: tables::dictionaries(facts, with_cube),
        tables: vec![table],
    };
    Some([of(true, cube), of(false, rows)])
}

/// Writes one of the files; what the list says of it.
fn write(folder: &str, parts: &Parts, kind: PackKind, id: PackId) -> Result<String, Box<dyn Error>> {
    let file = parts.to_file(kind, id)?;
    let (bytes, hash) = Source::new("", Some(&file)).content.unwrap_or_default();
    let hash: String = hash.chars().take(16).collect();
    let name = format!("{kind:?}-{hash}.bin").to_lowercase();
    fs::write(Path::new(folder).join(&name), file)?;
    Ok(format!(r#"{{"name": "{name}", "bytes": {bytes}}}"#))
}
