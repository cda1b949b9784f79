//! `datapackage.json`: Data Package v1 and v2, read leniently where the two differ and strictly where a guess would lose money.

use regex_lite::Regex;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::DESCRIPTOR_FILE;
use super::csv::CsvDialect;
use super::problem::{Code, Problem};
use super::report::Report;
use crate::money::parse::{NumberMarks, parse_decimal};

/// What a package says of itself.
#[derive(Debug, Clone, Default)]
pub struct Descriptor {
    /// Short name, fit for a path.
    pub name: String,
    /// Title people read.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// Version of the data.
    pub version: String,
    /// ISO 3166 code of the country, which decides how numbers are written.
    pub country: String,
    /// Licence names.
    pub licenses: Vec<String>,
    /// Titles of the sources.
    pub sources: Vec<String>,
    /// What the page must say of the figures, in Spanish and in English, where they are a demonstration.
    pub notice: Option<(String, String)>,
    /// The tables.
    pub resources: Vec<Resource>,
}

/// One table of the package.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Its name: what its columns mean is known by it.
    pub name: String,
    /// Path within the package; `None` when none that can be used is given.
    pub path: Option<String>,
    /// Size in bytes, where given.
    pub bytes: Option<u64>,
    /// Hash, where given.
    pub hash: Option<String>,
    /// Whether the first row holds the labels.
    pub has_header: bool,
    /// How cells are told apart.
    pub dialect: CsvDialect,
    /// What the columns hold.
    pub schema: Schema,
}

impl Resource {
    /// How messages name its file.
    pub fn file(&self) -> &str {
        self.path.as_deref().unwrap_or(DESCRIPTOR_FILE)
    }
}

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
    /// The currency stated once for the whole table (an extra field `value-currency:code` with a constant).
    pub(super) currency: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    pub name: String,
    pub column_type: String,
    pub kind: String,
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
    pub pattern: Option<Regex>,
    pub allowed: Vec<String>,
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

/// Reads a descriptor. What is wrong with it is in the report, and what can be used is returned.
pub fn read_descriptor(bytes: &[u8], report: &mut Report) -> Descriptor {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json: Json = match serde_json::from_slice(bytes) {
        Ok(json) => json,
        Err(error) => {
            let place = format!("{}:{}", error.line(), error.column());
            let start: String = String::from_utf8_lossy(bytes).chars().take(30).collect();
            report.add(Problem::new(Code::DescriptorUnreadable, DESCRIPTOR_FILE).value(start).arg("place", place));
            return Descriptor::default();
        }
    };
    let Some(package) = json.as_object() else {
        report.add(invalid("resources", "{}"));
        return Descriptor::default();
    };
    let resources = package.get("resources").and_then(Json::as_array);
    if resources.is_none_or(Vec::is_empty) {
        report.add(invalid("resources", "[]"));
    }
    let name = text(package, "name");
    let custom = package.get("yupay").and_then(Json::as_object);
    let notice = custom.filter(|custom| custom.get("demonstration") == Some(&Json::Bool(true)));
    Descriptor {
        title: first_filled([text(package, "title"), name.clone()]),
        description: text(package, "description"),
        version: text(package, "version"),
        country: package.get("countryCode").and_then(country).unwrap_or_default(),
        licenses: texts_of(package, "licenses", &["name", "title"]),
        sources: texts_of(package, "sources", &["title"]),
        notice: notice.map(|custom| (text(custom, "notice_es"), text(custom, "notice_en"))),
        resources: resources.into_iter().flatten().filter_map(|resource| read_resource(resource, report)).collect(),
        name,
    }
}

fn read_resource(json: &Json, report: &mut Report) -> Option<Resource> {
    let Some((json, name)) =
        json.as_object().map(|json| (json, text(json, "name"))).filter(|(_, name)| !name.is_empty())
    else {
        report.add(invalid("resources[].name", "null"));
        return None;
    };
    let path = read_path(json, &name, report);
    let empty = Map::new();
    let schema = match json.get("schema") {
        Some(Json::String(reference)) => {
            report.add(unsupported(Code::ResourceUnsupported, &name, "schema", reference));
            &empty
        }
        Some(Json::Object(schema)) => schema,
        _ => &empty,
    };
    let encoding = first_filled([text(json, "encoding"), "utf-8".into()]);
    if !matches!(encoding.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "utf-8-sig" | "ascii" | "us-ascii") {
        report.add(unsupported(Code::EncodingUnsupported, &name, "encoding", &encoding));
    }
    let (dialect, has_header) = read_dialect(json.get("dialect"), &name, report);
    Some(Resource {
        path,
        bytes: json.get("bytes").and_then(Json::as_u64),
        hash: Some(text(json, "hash")).filter(|hash| !hash.is_empty()),
        has_header,
        dialect,
        schema: read_schema(schema, &name, report),
        name,
    })
}

fn read_path(json: &Map<String, Json>, name: &str, report: &mut Report) -> Option<String> {
    let path = match json.get("path") {
        Some(Json::String(path)) => path.clone(),
        Some(Json::Array(paths)) if paths.len() == 1 => paths.first()?.as_str()?.to_owned(),
        Some(other) => {
            report.add(unsupported(Code::ResourceUnsupported, name, "path", &other.to_string()));
            return None;
        }
        None => {
            report.add(unsupported(Code::ResourceUnsupported, name, "path", "null"));
            return None;
        }
    };
    let leads_out = path.is_empty()
        || path.starts_with('/')
        || path.contains(['\\', ':', '?', '#', '%', '\0'])
        || path.split('/').any(|part| matches!(part, "" | "." | ".."));
    if leads_out {
        report.add(unsupported(Code::PathUnsafe, name, "path", &path));
        return None;
    }
    Some(path)
}

fn read_dialect(json: Option<&Json>, name: &str, report: &mut Report) -> (CsvDialect, bool) {
    let mut dialect = CsvDialect::default();
    let Some(json) = json else { return (dialect, true) };
    let Some(json) = json.as_object() else {
        report.add(unsupported(Code::DialectUnsupported, name, "dialect", &json.to_string()));
        return (dialect, true);
    };
    for (property, target) in [("delimiter", &mut dialect.delimiter), ("quoteChar", &mut dialect.quote)] {
        match json.get(property).map(|value| value.as_str().map(str::as_bytes)) {
            None => {}
            Some(Some(&[byte])) if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => *target = byte,
            Some(_) => report.add(unsupported(Code::DialectUnsupported, name, property, &show(json.get(property)))),
        }
    }
    if let Some(&[mark]) = json.get("commentChar").and_then(Json::as_str).map(str::as_bytes) {
        dialect.comment = Some(mark);
    }
    dialect.skip_initial_space = json.get("skipInitialSpace") == Some(&Json::Bool(true));
    // These change what a cell is; reading on without them would misread the table.
    for property in ["headerRows", "headerJoin", "commentRows", "escapeChar", "nullSequence", "itemType", "property"] {
        let is_plain = match (property, json.get(property)) {
            (_, None | Some(Json::Null)) => true,
            ("headerRows", Some(rows)) => *rows == serde_json::json!([1]),
            ("headerJoin", Some(_)) => true,
            _ => false,
        };
        if !is_plain {
            report.add(unsupported(Code::DialectUnsupported, name, property, &show(json.get(property))));
        }
    }
    (dialect, json.get("header") != Some(&Json::Bool(false)))
}

fn read_schema(json: &Map<String, Json>, name: &str, report: &mut Report) -> Schema {
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
        None => default.iter().map(|&value| value.to_owned()).collect(),
    };
    Field {
        column_type: text(json, "columnType"),
        kind: text(json, "type"),
        marks: NumberMarks { decimal: one_char("decimalChar").unwrap_or('.'), group: one_char("groupChar") },
        missing_values: json.get("missingValues").map(missing_values),
        true_values: listed("trueValues", &["true", "True", "TRUE", "1"]),
        false_values: listed("falseValues", &["false", "False", "FALSE", "0"]),
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
        compiled.ok()
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

fn invalid(property: &str, value: &str) -> Problem {
    Problem::new(Code::DescriptorInvalid, DESCRIPTOR_FILE).column(property).value(value)
}

fn unsupported(code: Code, resource: &str, property: &str, value: &str) -> Problem {
    Problem::new(code, DESCRIPTOR_FILE).column(format!("{resource}.{property}")).value(value)
}

fn text(json: &Map<String, Json>, property: &str) -> String {
    json.get(property).and_then(Json::as_str).unwrap_or_default().trim().to_owned()
}

fn show(json: Option<&Json>) -> String {
    match json {
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A string or a list of strings, as v1 and v2 both allow for keys.
fn names(json: Option<&Json>) -> Vec<String> {
    match json {
        Some(Json::String(name)) => vec![name.clone()],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// v1: strings; v2: also objects with a `value`.
fn missing_values(json: &Json) -> Vec<String> {
    let values = json.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().or_else(|| value.get("value")?.as_str())).map(str::to_owned).collect()
}

fn country(json: &Json) -> Option<String> {
    json.as_str().or_else(|| json.as_array()?.first()?.as_str()).map(str::to_owned)
}

fn texts_of(json: &Map<String, Json>, list: &str, properties: &[&str]) -> Vec<String> {
    let filled = |item: &Map<String, Json>| first_filled(properties.iter().map(|property| text(item, property)));
    objects(json.get(list)).map(filled).filter(|text| !text.is_empty()).collect()
}

fn objects(json: Option<&Json>) -> impl Iterator<Item = &Map<String, Json>> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}

fn first_filled(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}
