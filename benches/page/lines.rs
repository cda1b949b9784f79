//! The workload's CSV as the engine's columns.

use yupay::budget::Stage;
use yupay::dataset::{LoneTable, Resource, TableReader};
use yupay::engine::{Amounts, Codes, Dictionary, Facts, Key, Table, Texts};

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

/// What was read on its way to the engine's columns, one at a time so that a page can answer in between.
pub struct Assembly {
    table: LoneTable,
    /// Whether all is the workload's so far, and no row was set aside.
    is_workload: bool,
    dictionaries: Vec<Dictionary>,
    keys: Vec<(Key, Codes)>,
    amounts: Vec<(Stage, Amounts)>,
    texts: Vec<Texts>,
}

const TEXTS: [&str; 2] = ["description", "project_id"];

impl Assembly {
    pub fn new(reader: TableReader) -> Self {
        let (table, report) = LoneTable::new(reader);
        Self {
            table,
            is_workload: report.rows_set_aside() == 0,
            dictionaries: vec![Dictionary::default(); Key::ALL.len()],
            keys: Vec::new(),
            amounts: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Takes the next column; `false` when there is none.
    pub fn step(&mut self) -> bool {
        let taken = if let Some(&(key, label)) = KEYS.get(self.keys.len()) {
            self.table.take_codes(label).map(|(dictionary, codes)| {
                let at = Key::ALL.iter().position(|known| *known == key);
                if let Some(place) = at.and_then(|at| self.dictionaries.get_mut(at)) {
                    *place = dictionary;
                }
                self.keys.push((key, codes));
            })
        } else if let Some(&(stage, label)) = STAGES.get(self.amounts.len()) {
            self.table.take_amounts(label, 2).map(|amounts| self.amounts.push((stage, amounts)))
        } else if let Some(label) = TEXTS.get(self.texts.len()) {
            self.table.take_texts(label).map(|texts| self.texts.push(texts))
        } else {
            return false;
        };
        self.is_workload &= taken.is_some();
        self.is_workload
    }

    /// The columns; `None` where they are not the workload's, or a row was set aside.
    pub fn finish(mut self, with_cube: bool) -> Option<Held> {
        let (projects, descriptions) = (self.texts.pop()?, self.texts.pop()?);
        let lines = Table::new(self.table.len(), self.keys, self.amounts, Vec::new(), Some(descriptions));
        let facts = Facts::new(self.dictionaries, [Table::default(), lines, Table::default()]);
        let held = Held { facts: if with_cube { facts.with_cubes() } else { facts }, projects };
        self.is_workload.then_some(held)
    }
}
