//! Converted rows as columns: a text once however often it stands there, an amount as a number. A million rows of spending
//! take some tens of megabytes, and can be written only once the code lists are known, which is after the last row.

use std::borrow::Cow;

use super::cell::Value;
use super::roles::{Role, Shape};
use crate::engine::{Amounts, Codes, Dictionary, NO_VALUE, Segments};
use crate::money::{Currency, Money};

/// The rows of a package to be.
#[derive(Debug)]
pub(super) struct Rows {
    /// In the order of the package's columns.
    columns: Vec<(&'static Role, Column)>,
    /// The row each one was in its file, as a spreadsheet numbers it.
    numbers: Segments<u32>,
}

/// One role of every row.
#[derive(Debug)]
pub(super) enum Column {
    Texts(CodedTexts),
    Amounts(Amounts),
}

/// Texts by code.
#[derive(Debug, Default)]
pub(super) struct CodedTexts {
    pub values: Dictionary,
    pub codes: Codes,
    /// What is written in place of each value, by its code less one; the value itself where there is none.
    pub ids: Vec<String>,
}

impl Rows {
    pub fn new(roles: impl Iterator<Item = &'static Role>) -> Self {
        let column = |role: &'static Role| match role.shape {
            Shape::Amount => (role, Column::Amounts(Amounts::default())),
            _ => (role, Column::Texts(CodedTexts::default())),
        };
        Self { columns: roles.map(column).collect(), numbers: Segments::default() }
    }

    /// Adds a row, one value a column in their order; `false` when there is no room for one more text.
    pub fn push(&mut self, number: u32, values: &[Value<'_>]) -> bool {
        let mut is_whole = true;
        for ((_, column), value) in self.columns.iter_mut().zip(values) {
            match (column, value) {
                (Column::Amounts(amounts), Value::Minor(minor)) => amounts.push(Some(*minor)),
                (Column::Amounts(amounts), _) => amounts.push(None),
                (Column::Texts(texts), Value::Text(text)) => {
                    let code = texts.values.intern(text);
                    is_whole &= code != NO_VALUE;
                    texts.codes.push(code);
                }
                (Column::Texts(texts), _) => texts.codes.push(NO_VALUE),
            }
        }
        self.numbers.push(number);
        is_whole
    }

    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The row's number in its file.
    pub fn number(&self, row: usize) -> u32 {
        self.numbers.get(row).unwrap_or_default()
    }

    pub fn columns(&self) -> impl Iterator<Item = (&'static Role, &Column)> {
        self.columns.iter().map(|(role, column)| (*role, column))
    }

    /// A column of amounts.
    pub fn amounts(&self, role: &Role) -> Option<&Amounts> {
        self.columns().find_map(|(known, column)| match column {
            Column::Amounts(amounts) if known.name == role.name => Some(amounts),
            _ => None,
        })
    }

    /// A column of texts, by its role's name.
    pub fn texts(&self, role: &str) -> Option<&CodedTexts> {
        self.columns().find_map(|(known, column)| match column {
            Column::Texts(texts) if known.name == role => Some(texts),
            _ => None,
        })
    }

    pub fn texts_mut(&mut self) -> impl Iterator<Item = (&'static Role, &mut CodedTexts)> {
        self.columns.iter_mut().filter_map(|(role, column)| match column {
            Column::Texts(texts) => Some((*role, texts)),
            Column::Amounts(_) => None,
        })
    }
}

impl Column {
    /// A row's cell as a package writes it; blank where nothing is published.
    pub fn cell(&self, row: usize, currency: Currency) -> Cow<'_, str> {
        match self {
            Self::Texts(texts) => texts.written(texts.codes.get(row)).into(),
            Self::Amounts(amounts) => {
                amounts.get(row).map(|minor| Money::new(minor, currency).to_plain()).unwrap_or_default().into()
            }
        }
    }
}

impl CodedTexts {
    /// A code's value as a package writes it; blank for none.
    pub fn written(&self, code: u32) -> &str {
        let id = usize::try_from(code).ok().and_then(|code| self.ids.get(code.checked_sub(1)?));
        id.map(String::as_str).or(self.values.value(code)).unwrap_or_default()
    }
}
