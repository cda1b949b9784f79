//! The columns of a key, read as one.

use std::borrow::Cow;

use super::columns::{Cells, Value};
use super::table::TableData;
use crate::engine::{Codes, Dictionary, NO_VALUE};

/// Between the parts of a key: a character no cell can hold in earnest.
const SEPARATOR: &str = "\u{1f}";

/// The columns of a key, read as one text a row.
pub(super) struct KeyColumns<'a>(Vec<KeyColumn<'a>>);

enum KeyColumn<'a> {
    /// The texts of a column with a dictionary, by code.
    Coded(&'a Codes, Vec<Option<Cow<'a, str>>>),
    Plain(&'a Cells),
}

impl<'a> KeyColumn<'a> {
    fn key(&self, place: usize) -> Option<Cow<'_, str>> {
        match self {
            Self::Coded(codes, keys) => keys.get(codes.get(place) as usize)?.as_deref().map(Cow::Borrowed),
            Self::Plain(cells) => cells.value(place).key(),
        }
    }
}

impl<'a> KeyColumns<'a> {
    /// `None` when there is no such key, or one of its columns is not in the file.
    pub fn of(table: &'a TableData, key: &[String]) -> Option<Self> {
        let column = |name: &String| {
            let cells = table.cells.get(table.position(name)?)?;
            Some(match cells.coded() {
                Some((codes, values)) => KeyColumn::Coded(codes, values.iter().map(Value::key).collect()),
                None => KeyColumn::Plain(cells),
            })
        };
        let columns: Vec<KeyColumn<'a>> = key.iter().map(column).collect::<Option<_>>()?;
        (!columns.is_empty()).then_some(Self(columns))
    }

    /// What is answered of each row's key (`None` when a part is missing); asked once a distinct value where the column
    /// has a dictionary.
    pub fn each<'b>(&'b self, mut answer: impl FnMut(Option<&str>) -> u32 + 'b) -> impl FnMut(usize) -> u32 + 'b {
        let mut answers: Vec<Option<u32>> = Vec::new();
        let mut text = String::new();
        move |place| match self.0.as_slice() {
            [KeyColumn::Coded(codes, keys)] => {
                let code = codes.get(place) as usize;
                if answers.is_empty() {
                    answers.resize(keys.len(), None);
                }
                match answers.get_mut(code) {
                    Some(Some(known)) => *known,
                    Some(unknown) => *unknown.insert(answer(keys.get(code).and_then(Option::as_deref))),
                    None => answer(None),
                }
            }
            [KeyColumn::Plain(cells)] => answer(cells.value(place).key().as_deref()),
            columns => {
                text.clear();
                let is_whole = columns.iter().enumerate().all(|(at, column)| {
                    if at > 0 {
                        text.push_str(SEPARATOR);
                    }
                    column.key(place).map(|key| text.push_str(&key)).is_some()
                });
                answer(is_whole.then_some(text.as_str()))
            }
        }
    }

    /// Every key there is among the first `places` rows.
    pub fn all(&self, places: usize) -> Dictionary {
        let mut known = Dictionary::default();
        let mut intern = self.each(|key| key.map_or(NO_VALUE, |key| known.intern(key)));
        (0..places).for_each(|place| {
            intern(place);
        });
        drop(intern);
        known
    }

    /// A row's key as a message shows it.
    pub fn shown(&self, place: usize) -> String {
        let keys: Vec<Cow<'_, str>> = self.0.iter().filter_map(|column| column.key(place)).collect();
        keys.join(", ")
    }

    /// Whether each row's key is longer than the one before or follows it in the alphabet, as codes given one after the
    /// other do: then none can stand twice, and no dictionary of millions of codes is needed to know.
    pub fn climb(&self, table: &TableData) -> bool {
        let [KeyColumn::Plain(cells)] = self.0.as_slice() else { return false };
        let mut last = "";
        table.rows().all(|row| match cells.value(row.place) {
            Value::Text(key) => {
                let is_after = (key.len(), key) > (last.len(), last);
                last = key;
                is_after
            }
            _ => false,
        })
    }
}
