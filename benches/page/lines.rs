//! The workload's CSV as the engine's columns.

use yupay::budget::Stage;
use yupay::dataset::{LoneTable, Resource, TableReader};
use yupay::engine::{Dictionary, Facts, Key, Table};

use crate::held::Held;

/// The kit's columns as a publisher would describe them.
const COLUMNS: [(&str, &str); 12] = [
    ("year", "year"),
    ("section", "string"),
    ("dimension", "string"),
    ("status", "string"),
    ("project_id", "string"),
    ("function", "string"),
    ("description", "string"),
    ("approved", "number"),
    ("modified", "number"),
    ("committed", "number"),
    ("accrued", "number"),
    ("paid", "number"),
];

const KEYS: [(Key, &str); 5] = [
    (Key::FiscalYear, "year"),
    (Key::Section, "section"),
    (Key::Dimension, "dimension"),
    (Key::Status, "status"),
    (Key::Function, "function"),
];

const STAGES: [(Stage, &str); 5] = [
    (Stage::Pia, "approved"),
    (Stage::Pim, "modified"),
    (Stage::Committed, "committed"),
    (Stage::Accrued, "accrued"),
    (Stage::Paid, "paid"),
];

/// A reader of the file.
pub fn reader() -> TableReader {
    LoneTable::reader(&Resource::described("lines", "lines.csv", &COLUMNS))
}

/// The columns of what was read; `None` where they are not the workload's, or a row was set aside.
pub fn finish(reader: TableReader, with_cube: bool) -> Option<Held> {
    let (mut table, report) = LoneTable::new(reader);
    if report.rows_set_aside() > 0 {
        return None;
    }
    let len = table.len();
    let mut dictionaries = vec![Dictionary::default(); Key::ALL.len()];
    let mut keys = Vec::new();
    for (key, label) in KEYS {
        let (dictionary, codes) = table.take_codes(label)?;
        let place = Key::ALL.iter().position(|known| *known == key)?;
        dictionaries[place] = dictionary;
        keys.push((key, codes));
    }
    let amounts = STAGES.into_iter().map(|(stage, label)| Some((stage, table.take_amounts(label, 2)?)));
    let amounts = amounts.collect::<Option<Vec<_>>>()?;
    let descriptions = table.take_texts("description")?;
    let projects = table.take_texts("project_id")?;
    let lines = Table::new(len, keys, amounts, Vec::new(), Some(descriptions));
    let facts = Facts::new(dictionaries, Table::default(), lines);
    Some(Held { facts: if with_cube { facts.with_cubes() } else { facts }, projects })
}
