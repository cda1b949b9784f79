//! `datapackage.json` as it is written: Data Package 1.0 with the Fiscal Data Package's `columnType`s (DATASET.md).

use std::collections::BTreeMap;

use serde::Serialize;

use super::map::PackageInfo;
use super::tables::Table;

/// The descriptor of a package with these tables, as indented JSON ended with a line feed.
pub(super) fn descriptor(info: &PackageInfo, tables: &[(Table<'_>, Seal)]) -> serde_json::Result<Vec<u8>> {
    let languages = if info.languages.is_empty() { vec!["es".to_owned()] } else { info.languages.clone() };
    let package = Package {
        name: &info.name,
        profile: "data-package",
        title: &info.title,
        description: &info.description,
        version: "1.0.0",
        languages,
        country_code: &info.country,
        licenses: [License { name: &info.license }],
        sources: [Source { title: &info.source.title, path: &info.source.url }],
        column_types: ["https://frictionlessdata.io/taxonomies/fiscal/budgets.json"],
        resources: tables.iter().map(resource).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&package)?;
    json.push(b'\n');
    Ok(json)
}

/// What tells a file as it was written from any other.
pub(super) struct Seal {
    pub bytes: u64,
    /// `sha256:` and its digits.
    pub hash: String,
}

fn resource<'a>((table, seal): &'a (Table<'_>, Seal)) -> Resource<'a> {
    Resource {
        name: table.name,
        path: table.path,
        profile: "tabular-data-resource",
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: Dialect { delimiter: ",", double_quote: true, quote_char: "\"" },
        schema: &table.schema,
        bytes: seal.bytes,
        hash: &seal.hash,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'a> {
    name: &'a str,
    profile: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    version: &'a str,
    languages: Vec<String>,
    country_code: &'a str,
    licenses: [License<'a>; 1],
    sources: [Source<'a>; 1],
    column_types: [&'a str; 1],
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct License<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    path: &'a str,
}

#[derive(Serialize)]
struct Resource<'a> {
    name: &'a str,
    path: &'a str,
    profile: &'a str,
    format: &'a str,
    mediatype: &'a str,
    encoding: &'a str,
    dialect: Dialect<'a>,
    schema: &'a Schema,
    bytes: u64,
    hash: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect<'a> {
    delimiter: &'a str,
    double_quote: bool,
    quote_char: &'a str,
}

/// What the columns of a table hold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    primary_key: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extra_fields: Vec<ExtraField>,
}

/// A column.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    column_type: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    normalize: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
}

/// What its cells must be like.
#[derive(Default, PartialEq, Eq, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<&'static str>,
}

/// A reference to another table.
#[derive(Serialize)]
pub(super) struct ForeignKey {
    pub fields: Vec<&'static str>,
    pub reference: Reference,
}

/// The other end of a reference.
#[derive(Serialize)]
pub(super) struct Reference {
    pub resource: &'static str,
    pub fields: Vec<&'static str>,
}

/// A field of the fiscal model that is no column of the file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExtraField {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    column_type: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    constant: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    normalization_target: bool,
}

impl Constraints {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Schema {
    pub fn new(fields: Vec<Field>, key: &'static str, foreign_keys: Vec<ForeignKey>) -> Self {
        Self { fields, missing_values: [""], primary_key: [key], foreign_keys, extra_fields: Vec::new() }
    }

    pub fn with_extra(mut self, extra_fields: Vec<ExtraField>) -> Self {
        self.extra_fields = extra_fields;
        self
    }

    /// The labels of the columns, in order.
    pub fn labels(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name)
    }
}

impl Field {
    pub fn new(name: &'static str, kind: &'static str) -> Self {
        Self { name, kind, column_type: "", normalize: BTreeMap::new(), constraints: Constraints::default() }
    }

    pub fn required(mut self) -> Self {
        self.constraints.required = true;
        self
    }

    pub fn typed(mut self, column_type: &'static str) -> Self {
        self.column_type = column_type;
        self
    }

    pub fn one_of(mut self, allowed: &[&'static str]) -> Self {
        self.constraints.allowed = allowed.to_vec();
        self
    }

    pub fn at_least(mut self, minimum: i64) -> Self {
        self.constraints.minimum = Some(minimum);
        self
    }

    pub fn phase(mut self, phase: &'static str) -> Self {
        self.normalize.insert("phase", phase);
        self
    }
}

impl ExtraField {
    pub fn new(name: &'static str, kind: &'static str, column_type: &'static str) -> Self {
        Self { name, kind, column_type, constant: String::new(), normalization_target: false }
    }

    pub fn target(mut self) -> Self {
        self.normalization_target = true;
        self
    }

    pub fn constant(mut self, value: &str) -> Self {
        self.constant = value.to_owned();
        self
    }
}
