//! The cells of one column, as values.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::spec::Kind;
use crate::budget::{Date, FiscalYear};
use crate::engine::{Amounts, Bitset, Codes, Dictionary, NO_VALUE, Texts};

/// A cell that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing was published. Never a zero.
    Missing,
    Text(&'a str),
    Number(Decimal),
    Integer(i64),
    Year(FiscalYear),
    Date(Date),
    Boolean(bool),
}

impl<'a> Value<'a> {
    /// The text that keys are compared by; `None` where missing.
    pub fn key(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Missing => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(number.normalize().to_string().into()),
            Self::Integer(integer) => Some(integer.to_string().into()),
            Self::Year(year) => Some(year.to_string().into()),
            Self::Date(date) => Some(date.to_string().into()),
            Self::Boolean(boolean) => Some(boolean.to_string().into()),
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Integer(integer) => Some(Decimal::from(*integer)),
            Self::Year(year) => Some(Decimal::from(year.number())),
            _ => None,
        }
    }
}

/// The cells of a column, of all rows that could be split.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    kind: Kind,
    store: Box<Store>,
}

#[derive(Debug, Clone)]
enum Store {
    /// By text as it was written; the value of a code is `None` where that is the text itself.
    Coded {
        codes: Codes,
        texts: Dictionary,
        values: Vec<Option<Value<'static>>>,
    },
    Texts(Texts),
    Integers(Vec<Option<i64>>),
    /// All present numbers so far have this scale.
    Scaled {
        scale: Option<u32>,
        amounts: Amounts,
    },
    Decimals(Vec<Option<Decimal>>),
}

impl Cells {
    pub fn new(kind: Kind) -> Self {
        let store = match kind {
            Kind::Amount | Kind::Percent => Store::Scaled { scale: None, amounts: Amounts::default() },
            Kind::Integer => Store::Integers(Vec::new()),
            _ => Store::Coded {
                codes: Codes::default(),
                texts: Dictionary::default(),
                values: vec![Some(Value::Missing)],
            },
        };
        Self { kind, store: Box::new(store) }
    }

    pub fn len(&self) -> usize {
        match &*self.store {
            Store::Coded { codes, .. } => codes.len(),
            Store::Texts(texts) => texts.len(),
            Store::Integers(integers) => integers.len(),
            Store::Scaled { amounts, .. } => amounts.len(),
            Store::Decimals(decimals) => decimals.len(),
        }
    }

    pub fn push(&mut self, text: &str, value: Value<'_>) {
        match &mut *self.store {
            Store::Coded { codes, texts, values } => {
                let code = if text.is_empty() { NO_VALUE } else { texts.intern(text) };
                codes.push(code);
                if code as usize == values.len() {
                    values.push(match value {
                        Value::Text(_) => None,
                        Value::Missing => Some(Value::Missing),
                        Value::Number(number) => Some(Value::Number(number)),
                        Value::Integer(integer) => Some(Value::Integer(integer)),
                        Value::Year(year) => Some(Value::Year(year)),
                        Value::Date(date) => Some(Value::Date(date)),
                        Value::Boolean(boolean) => Some(Value::Boolean(boolean)),
                    });
                }
                if self.kind == Kind::Text && texts.len() > 1 << 16 && texts.len() * 2 > codes.len() {
                    let all = (0..self.len()).map(|place| match self.value(place) {
                        Value::Text(text) => text,
                        _ => "",
                    });
                    *self.store = Store::Texts(all.collect());
                }
            }
            Store::Texts(texts) => match value {
                Value::Text(text) => texts.push(text),
                _ => texts.push(""),
            },
            Store::Integers(integers) => integers.push(match value {
                Value::Integer(integer) => Some(integer),
                _ => None,
            }),
            Store::Decimals(decimals) => decimals.push(match value {
                Value::Number(number) => Some(number),
                _ => None,
            }),
            Store::Scaled { scale, amounts } => match value {
                Value::Number(number) => {
                    let minor = i64::try_from(number.mantissa()).ok();
                    if minor.is_some() && scale.is_none_or(|scale| scale == number.scale()) {
                        *scale = Some(number.scale());
                        amounts.push(minor);
                    } else {
                        let mut all: Vec<Option<Decimal>> = (0..amounts.len())
                            .map(|place| Some(Decimal::new(amounts.get(place)?, scale.unwrap_or_default())))
                            .collect();
                        all.push(Some(number));
                        *self.store = Store::Decimals(all);
                    }
                }
                _ => amounts.push(None),
            },
        }
    }

    /// The value of a row; missing past the end.
    pub fn value(&self, place: usize) -> Value<'_> {
        match &*self.store {
            Store::Coded { codes, texts, values } => of_code(texts, values, codes.get(place)),
            Store::Texts(texts) => Some(texts.get(place)).filter(|t| !t.is_empty()).map_or(Value::Missing, Value::Text),
            Store::Integers(integers) => integers.get(place).copied().flatten().map_or(Value::Missing, Value::Integer),
            Store::Decimals(decimals) => decimals.get(place).copied().flatten().map_or(Value::Missing, Value::Number),
            Store::Scaled { scale, amounts } if place < amounts.len() => amounts
                .get(place)
                .map_or(Value::Missing, |minor| Value::Number(Decimal::new(minor, scale.unwrap_or_default()))),
            Store::Scaled { .. } => Value::Missing,
        }
    }

    /// Each row's code and what each code means, where the column has a dictionary.
    pub fn coded(&self) -> Option<(&Codes, Vec<Value<'_>>)> {
        let Store::Coded { codes, texts, values } = &*self.store else { return None };
        let values = (0u32..).zip(values).map(|(code, _)| of_code(texts, values, code));
        Some((codes, values.collect()))
    }

    /// The numbers as integers of one scale, where each was written so.
    pub fn integers(&self, scale: u32) -> Option<&Amounts> {
        match &*self.store {
            Store::Scaled { scale: found, amounts } if found.is_none_or(|found| found == scale) => Some(amounts),
            _ => None,
        }
    }

    /// The same, moved out.
    pub fn into_integers(self, scale: u32) -> Result<Amounts, Self> {
        match *self.store {
            Store::Scaled { scale: found, amounts } if found.is_none_or(|found| found == scale) => Ok(amounts),
            store => Err(Self { kind: self.kind, store: Box::new(store) }),
        }
    }

    /// Keeps only these rows.
    pub fn retain(&mut self, kept: &Bitset) {
        let kept = |len: usize| kept.iter().filter(move |&place| place < len);
        match &mut *self.store {
            Store::Coded { codes, .. } => *codes = kept(codes.len()).map(|place| codes.get(place)).collect(),
            Store::Texts(texts) => *texts = kept(texts.len()).map(|place| texts.get(place)).collect(),
            Store::Integers(all) => *all = kept(all.len()).filter_map(|place| all.get(place).copied()).collect(),
            Store::Decimals(all) => *all = kept(all.len()).filter_map(|place| all.get(place).copied()).collect(),
            Store::Scaled { amounts, .. } => {
                *amounts = kept(amounts.len()).map(|place| amounts.get(place)).collect();
            }
        }
    }
}

fn of_code<'a>(texts: &'a Dictionary, values: &[Option<Value<'static>>], code: u32) -> Value<'a> {
    match values.get(code as usize) {
        Some(None) => texts.value(code).map_or(Value::Missing, |text| Value::Text(text.trim())),
        Some(Some(value)) => *value,
        None => Value::Missing,
    }
}
