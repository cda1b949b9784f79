//! `datapackage.json`: Data Package v1 and v2, read leniently where the two differ and strictly where a guess would lose money.

use serde_json::{Map, Value as Json};

use super::DESCRIPTOR_FILE;
use super::ballots::BallotFile;
use super::csv::CsvDialect;
use super::geometry;
use super::json::{first_filled, objects, show, text};
use super::problem::{Code, Problem};
use super::report::Report;
use super::schema::{Schema, read_schema, unsupported};

/// What a package says of itself.
#[derive(Debug, Clone, Default)]
pub struct Descriptor {
    /// Short name, fit for a path.
    pub name: String,
    /// Title people read.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// The same in English, where the package gives it.
    pub description_en: String,
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
    /// Where people may write to the municipality: an address that begins with `mailto:` or `https://`.
    pub contact: Option<String>,
    /// Path of the file with the outlines of the sections (`dataset::geometry`), where there is one.
    pub geometry: Option<String>,
    /// The tables.
    pub resources: Vec<Resource>,
    /// The rounds' ballots, which are files and no tables.
    pub ballots: Vec<BallotFile>,
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
    /// Whether its cells can be told apart at all; a dialect this reader does not take would misread them.
    pub is_readable: bool,
    /// How cells are told apart.
    pub dialect: CsvDialect,
    /// What the columns hold.
    pub schema: Schema,
}

impl Resource {
    /// A CSV file with a header, of columns of these names and types: what a descriptor without more would say.
    pub fn described(name: &str, path: &str, columns: &[(&str, &str)]) -> Self {
        Self {
            name: name.to_owned(),
            path: Some(path.to_owned()),
            bytes: None,
            hash: None,
            has_header: true,
            is_readable: true,
            dialect: CsvDialect::default(),
            schema: Schema::of(columns),
        }
    }

    /// How messages name its file.
    pub fn file(&self) -> &str {
        self.path.as_deref().unwrap_or(DESCRIPTOR_FILE)
    }
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
    let (ballots, others): (Vec<&Json>, Vec<&Json>) =
        resources.into_iter().flatten().partition(|resource| BallotFile::is_named_by(resource));
    let (outlines, tables): (Vec<&Json>, Vec<&Json>) = others
        .into_iter()
        .partition(|resource| resource.get("format").and_then(Json::as_str) == Some(geometry::FORMAT));
    let geometry = read_geometry(&outlines, report);
    let resources: Vec<Resource> = tables.into_iter().filter_map(|resource| read_resource(resource, report)).collect();
    let ballots = read_ballots(&ballots, report);
    let mut names = Vec::new();
    for resource in &resources {
        // What a table means is known by its name: of two with one name, only the first would be used.
        if names.contains(&&resource.name) {
            report.add(invalid("resources[].name", &resource.name));
        }
        names.push(&resource.name);
    }
    Descriptor {
        title: first_filled([text(package, "title"), name.clone()]),
        description: text(package, "description"),
        description_en: custom.map(|custom| text(custom, "description_en")).unwrap_or_default(),
        version: text(package, "version"),
        country: package.get("countryCode").and_then(country).unwrap_or_default(),
        licenses: texts_of(package, "licenses", &["name", "title"]),
        sources: texts_of(package, "sources", &["title"]),
        notice: notice.map(|custom| (text(custom, "notice_es"), text(custom, "notice_en"))),
        contact: custom.and_then(|custom| read_contact(custom, report)),
        geometry,
        resources,
        ballots,
        name,
    }
}

/// Where to write to; an address of another kind would be a link that does something else.
fn read_contact(custom: &Map<String, Json>, report: &mut Report) -> Option<String> {
    let contact = text(custom, "contact");
    if contact.is_empty() {
        return None;
    }
    let is_address =
        ["mailto:", "https://"].iter().any(|start| contact.len() > start.len() && contact.starts_with(start));
    let is_one = is_address && !contact.contains(|c: char| c.is_whitespace() || c.is_control());
    if !is_one {
        report.add(invalid("yupay.contact", &contact));
    }
    is_one.then_some(contact)
}

/// The file of the sections' outlines: one of the name that is known.
fn read_geometry(resources: &[&Json], report: &mut Report) -> Option<String> {
    let mut found = None;
    for json in resources.iter().filter_map(|json| json.as_object()) {
        let name = text(json, "name");
        if name == geometry::NAME && found.is_none() {
            found = read_path(json, &name, report);
        } else {
            report.add(invalid("resources[].name", &name));
        }
    }
    found
}

/// The files of ballots; of two for one round, the first.
fn read_ballots(resources: &[&Json], report: &mut Report) -> Vec<BallotFile> {
    let mut ballots: Vec<BallotFile> = Vec::new();
    for json in resources.iter().filter_map(|json| json.as_object()) {
        let Some(file) = BallotFile::from_json(json, report) else { continue };
        if ballots.iter().any(|known| known.year == file.year) {
            report.add(invalid("resources[].name", &file.name()));
        } else {
            ballots.push(file);
        }
    }
    ballots
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
    let faults = report.problems_found();
    let (dialect, has_header) = read_dialect(json.get("dialect"), &name, report);
    let is_readable = report.problems_found() == faults;
    Some(Resource {
        path,
        bytes: json.get("bytes").and_then(Json::as_u64),
        hash: Some(text(json, "hash")).filter(|hash| !hash.is_empty()),
        has_header,
        is_readable,
        dialect,
        schema: read_schema(schema, &name, report),
        name,
    })
}

pub(super) fn read_path(json: &Map<String, Json>, name: &str, report: &mut Report) -> Option<String> {
    let path = match json.get("path") {
        Some(Json::String(path)) => Some(path.as_str()),
        Some(Json::Array(paths)) if paths.len() == 1 => paths.first().and_then(Json::as_str),
        _ => None,
    };
    let Some(path) = path.map(|path| path.strip_prefix("./").unwrap_or(path)) else {
        let written = json.get("path").map_or_else(|| "null".to_owned(), Json::to_string);
        report.add(unsupported(Code::ResourceUnsupported, name, "path", &written));
        return None;
    };
    let leads_out = path.is_empty()
        || path.starts_with('/')
        || path.contains(['\\', ':', '?', '#', '%', '\0'])
        || path.split('/').any(|part| matches!(part, "" | "." | ".."));
    if leads_out {
        report.add(unsupported(Code::PathUnsafe, name, "path", path));
        return None;
    }
    Some(path.to_owned())
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
    for property in ["headerRows", "commentRows", "escapeChar", "nullSequence", "itemType", "property", "doubleQuote"] {
        let is_plain = match (property, json.get(property)) {
            (_, None | Some(Json::Null)) => true,
            ("headerRows", Some(rows)) => *rows == serde_json::json!([1]),
            ("doubleQuote", Some(doubles)) => *doubles != Json::Bool(false),
            _ => false,
        };
        if !is_plain {
            report.add(unsupported(Code::DialectUnsupported, name, property, &show(json.get(property))));
        }
    }
    (dialect, json.get("header") != Some(&Json::Bool(false)))
}

pub(super) fn invalid(property: &str, value: &str) -> Problem {
    Problem::new(Code::DescriptorInvalid, DESCRIPTOR_FILE).column(property).value(value)
}

fn country(json: &Json) -> Option<String> {
    json.as_str().or_else(|| json.as_array()?.first()?.as_str()).map(str::to_owned)
}

fn texts_of(json: &Map<String, Json>, list: &str, properties: &[&str]) -> Vec<String> {
    let filled = |item: &Map<String, Json>| first_filled(properties.iter().map(|property| text(item, property)));
    objects(json.get(list)).map(filled).filter(|text| !text.is_empty()).collect()
}
