//! What a descriptor says of a table's columns: Table Schema v1 and v2, read for what changes a value or a check.

use std::fmt::Debug;
use std::sync::Arc;

use regex_lite::Regex;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::DESCRIPTOR_FILE;
use super::json::{first_filled, names, objects, show, text};
use super::problem::{Code, Problem};
use super::report::Report;
use crate::money::parse::{NumberMarks, parse_decimal};

/// What the columns of a table hold.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    pub(super) fields: Vec<Field>,
    pub(super) missing_values: Vec<String>,
    pub(super) primary_key: Vec<String>,
    pub(super) unique_keys: Vec<Vec<String>>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    /// Whether columns beyond the fields are expected (`fieldsMatch: subset` or `partial`).
    pub(super) allows_extra: bool,
    /// Whether a file may lack some of the fields (`fieldsMatch: superset` or `partial`).
    pub(super) allows_fewer: bool,
    /// The currency stated once for the whole table (an extra field `value-currency:code` with a constant).
    pub(super) currency: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub name: String,
    pub column_type: String,
    pub kind: String,
    /// How values are written; empty for the default.
    pub format: String,
    pub marks: NumberMarks,
    pub missing_values: Option<Vec<String>>,
    pub true_values: Vec<String>,
    pub false_values: Vec<String>,
    pub constraints: Constraints,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Constraints {
    pub required: bool,
    pub unique: bool,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub pattern: Option<Arc<dyn Pattern>>,
    pub allowed: Vec<String>,
}

/// What a text must look like. Behind a pointer, so that a program without descriptors has no compiler of patterns in it.
pub(super) trait Pattern: Debug + Send + Sync {
    fn is_match(&self, text: &str) -> bool;

    /// The pattern as it was compiled.
    fn written(&self) -> &str;
}

impl Pattern for Regex {
    fn is_match(&self, text: &str) -> bool {
        self.is_match(text)
    }

    fn written(&self) -> &str {
        self.as_str()
    }
}

impl Constraints {
    /// Whether any text will do.
    pub(super) fn is_free(&self) -> bool {
        self.is_only_bounded() && self.minimum.is_none() && self.maximum.is_none()
    }

    /// Whether any number between the bounds will do.
    pub(super) fn is_only_bounded(&self) -> bool {
        let is_measured = self.min_length.is_some() || self.max_length.is_some();
        self.allowed.is_empty() && self.pattern.is_none() && !is_measured
    }

    /// Adds what holds of a known column whatever the schema says: the words it may hold, and its bounds.
    pub(super) fn tighten(&mut self, one_of: &[&str], within: Option<(i64, i64)>) {
        if !one_of.is_empty() {
            self.allowed.retain(|word| one_of.contains(&word.as_str()));
            if self.allowed.is_empty() {
                self.allowed = one_of.iter().map(|&word| word.to_owned()).collect();
            }
        }
        let Some((least, greatest)) = within.map(|(least, greatest)| (Decimal::from(least), Decimal::from(greatest)))
        else {
            return;
        };
        if self.minimum.is_none_or(|bound| bound.value < least) {
            self.minimum = Some(Bound { value: least, exclusive: false });
        }
        if self.maximum.is_none_or(|bound| bound.value > greatest) {
            self.maximum = Some(Bound { value: greatest, exclusive: false });
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub value: Decimal,
    pub exclusive: bool,
}

#[derive(Debug, Clone)]
pub(super) struct ForeignKey {
    pub fields: Vec<String>,
    pub resource: String,
    pub target_fields: Vec<String>,
}

/// A column of which nothing is said: yes and no are written as Table Schema has them.
impl Default for Field {
    fn default() -> Self {
        Self {
            name: String::new(),
            column_type: String::new(),
            kind: String::new(),
            format: String::new(),
            marks: NumberMarks::default(),
            missing_values: None,
            true_values: owned(&TRUE_VALUES),
            false_values: owned(&FALSE_VALUES),
            constraints: Constraints::default(),
        }
    }
}

impl Schema {
    /// Columns of these names and types, of which nothing else is said.
    pub(super) fn of(columns: &[(&str, &str)]) -> Self {
        let field =
            |&(name, kind): &(&str, &str)| Field { name: name.to_owned(), kind: kind.to_owned(), ..Field::default() };
        Self { fields: columns.iter().map(field).collect(), missing_values: owned(&[""]), ..Self::default() }
    }
}

const TRUE_VALUES: [&str; 4] = ["true", "True", "TRUE", "1"];
const FALSE_VALUES: [&str; 4] = ["false", "False", "FALSE", "0"];

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Reads a `schema` object; without one there is nothing to hold the columns to.
pub(super) fn read_schema(json: &Map<String, Json>, name: &str, report: &mut Report) -> Schema {
    let fields = objects(json.get("fields")).map(|field| read_field(field, name, report)).collect();
    let missing_values = json.get("missingValues").map_or_else(|| vec![String::new()], missing_values);
    let foreign_keys = objects(json.get("foreignKeys")).filter_map(|key| {
        let reference = key.get("reference")?.as_object()?;
        let resource = first_filled([text(reference, "resource"), name.to_owned()]);
        let (fields, target_fields) = (names(key.get("fields")), names(reference.get("fields")));
        (!fields.is_empty() && fields.len() == target_fields.len()).then_some(ForeignKey {
            fields,
            resource,
            target_fields,
        })
    });
    let extra = objects(json.get("extraFields")).find(|field| text(field, "columnType") == "value-currency:code");
    let fields_match = names(json.get("fieldsMatch"));
    Schema {
        fields,
        missing_values,
        primary_key: names(json.get("primaryKey")),
        unique_keys: json
            .get("uniqueKeys")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .map(|key| names(Some(key)))
            .collect(),
        foreign_keys: foreign_keys.collect(),
        allows_extra: fields_match.iter().any(|rule| matches!(rule.as_str(), "subset" | "partial")),
        allows_fewer: fields_match.iter().any(|rule| matches!(rule.as_str(), "superset" | "partial")),
        currency: extra.map(|field| text(field, "constant")).filter(|code| !code.is_empty()),
    }
}

fn read_field(json: &Map<String, Json>, resource: &str, report: &mut Report) -> Field {
    let name = text(json, "name");
    let one_char = |property: &str| {
        let mut chars = json.get(property).and_then(Json::as_str).unwrap_or_default().chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    if json.get("bareNumber") == Some(&Json::Bool(false)) {
        report.add(unsupported(Code::NumberNotBare, resource, &name, "bareNumber: false"));
    }
    let listed = |property: &str, default: &[&str]| match json.get(property) {
        Some(values) => names(Some(values)),
        None => owned(default),
    };
    Field {
        column_type: text(json, "columnType"),
        kind: text(json, "type"),
        format: text(json, "format"),
        marks: NumberMarks { decimal: one_char("decimalChar").unwrap_or('.'), group: one_char("groupChar") },
        missing_values: json.get("missingValues").map(missing_values),
        true_values: listed("trueValues", &TRUE_VALUES),
        false_values: listed("falseValues", &FALSE_VALUES),
        constraints: read_constraints(json.get("constraints"), resource, &name, report),
        name,
    }
}

fn read_constraints(json: Option<&Json>, resource: &str, field: &str, report: &mut Report) -> Constraints {
    let Some(json) = json.and_then(Json::as_object) else { return Constraints::default() };
    let number = |property: &str| {
        let written = match json.get(property)? {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        parse_decimal(&written, NumberMarks::default()).ok()
    };
    let bound = |inclusive: &str, exclusive: &str| {
        number(exclusive)
            .map(|value| Bound { value, exclusive: true })
            .or_else(|| number(inclusive).map(|value| Bound { value, exclusive: false }))
    };
    let length = |property: &str| json.get(property).and_then(Json::as_u64).and_then(|len| usize::try_from(len).ok());
    let pattern = json.get("pattern").and_then(Json::as_str).and_then(|pattern| {
        let compiled = Regex::new(&format!("^(?:{pattern})$"));
        if compiled.is_err() {
            report.add(unsupported(Code::PatternInvalid, resource, field, pattern));
        }
        compiled.ok().map(|pattern| Arc::new(pattern) as Arc<dyn Pattern>)
    });
    Constraints {
        required: json.get("required") == Some(&Json::Bool(true)),
        unique: json.get("unique") == Some(&Json::Bool(true)),
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        min_length: length("minLength"),
        max_length: length("maxLength"),
        pattern,
        allowed: json
            .get("enum")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .map(|value| show(Some(value)))
            .collect(),
    }
}

/// v1: strings; v2: also objects with a `value`.
fn missing_values(json: &Json) -> Vec<String> {
    let values = json.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().or_else(|| value.get("value")?.as_str())).map(str::to_owned).collect()
}

/// A part of a resource that this reader does not take.
pub(super) fn unsupported(code: Code, resource: &str, property: &str, value: &str) -> Problem {
    Problem::new(code, DESCRIPTOR_FILE).column(format!("{resource}.{property}")).value(value)
}
