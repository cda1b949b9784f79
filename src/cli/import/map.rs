//! `MAP.toml`: what each column of a foreign file stands for, read and checked before the file is.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::Encoding;
use serde::Deserialize;

use super::codes::RESERVED;
use super::roles::{Kind, List, Role, Shape};
use crate::cli::Failure;
use crate::dataset::CsvDialect;
use crate::money::Currency;
use crate::money::parse::NumberMarks;

/// A map as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    pub kind: Kind,
    pub package: PackageInfo,
    #[serde(default)]
    pub file: FileInfo,
    /// Role to label of the file's column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Role to the one value of every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Role to translations of the file's values.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    pub statuses: Vec<Entry>,
    #[serde(default)]
    pub sections: Vec<Entry>,
    #[serde(default)]
    pub dimensions: Vec<Entry>,
}

/// What the package will say of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackageInfo {
    pub name: String,
    pub title: String,
    #[serde(default)]
    pub description: String,
    pub country: String,
    pub currency: String,
    #[serde(default)]
    pub languages: Vec<String>,
    pub license: String,
    pub source: SourceInfo,
}

/// Where the foreign file comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceInfo {
    pub title: String,
    #[serde(default)]
    pub url: String,
}

/// How the foreign file is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FileInfo {
    delimiter: String,
    encoding: String,
    decimal: String,
    group: Option<String>,
    date: String,
    /// What stands for "nothing published", beside a blank cell.
    pub missing: Vec<String>,
}

impl Default for FileInfo {
    fn default() -> Self {
        let [delimiter, encoding, decimal, date] = [",", "utf-8", ".", "YYYY-MM-DD"].map(str::to_owned);
        Self { delimiter, encoding, decimal, group: None, date, missing: Vec::new() }
    }
}

/// A code with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Entry {
    pub id: String,
    #[serde(alias = "label")]
    pub label_es: String,
    pub label_en: String,
    pub oc4ids_status: String,
    pub is_open: Option<bool>,
}

/// How dates are written, stated and never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
    YearMonth,
}

impl DateOrder {
    const NAMES: [(&'static str, Self); 4] = [
        ("YYYY-MM-DD", Self::YearMonthDay),
        ("DD/MM/YYYY", Self::DayMonthYear),
        ("MM/DD/YYYY", Self::MonthDayYear),
        ("YYYY-MM", Self::YearMonth),
    ];

    /// As the map writes it.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, order)| *order == self).map_or("", |(name, _)| name)
    }
}

/// A map that makes sense: what the conversion works from.
#[derive(Debug)]
pub(super) struct Plan {
    pub map: Map,
    pub currency: Currency,
    pub dialect: CsvDialect,
    pub encoding: &'static Encoding,
    pub marks: NumberMarks,
    pub dates: DateOrder,
}

/// `projectStatus` of OC4IDS 0.9.5.
pub(super) const OC4IDS_STATUSES: [&str; 8] = [
    "identification",
    "preparation",
    "implementation",
    "completion",
    "maintenance",
    "decommissioning",
    "decommissioned",
    "cancelled",
];

impl Plan {
    /// Reads a map and refuses it whole at the first thing that makes no sense.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let map: Map = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            Failure::said("map.syntax", [("line", &line.to_string()), ("reason", error.message())])
        })?;
        let currency = map.package.currency.parse();
        let currency =
            currency.map_err(|_not_a_currency| bad("package.currency", &map.package.currency, "PEN, EUR, USD…"))?;
        let file = &map.file;
        let date = DateOrder::NAMES.into_iter().find(|(name, _)| *name == file.date).map(|(_, order)| order);
        let dates =
            date.ok_or_else(|| bad("file.date", &file.date, &DateOrder::NAMES.map(|(name, _)| name).join(", ")))?;
        let encoding = Encoding::for_label(file.encoding.as_bytes());
        let encoding =
            encoding.ok_or_else(|| bad("file.encoding", &file.encoding, "utf-8, windows-1252, iso-8859-15…"))?;
        let marks = read_marks(file)?;
        let delimiter = match file.delimiter.as_bytes() {
            &[byte @ (b',' | b';' | b'\t' | b'|')] => byte,
            _ => return Err(bad("file.delimiter", &file.delimiter, "\",\", \";\", \"|\", \"\\t\"")),
        };
        let plan =
            Self { currency, dialect: CsvDialect { delimiter, ..CsvDialect::default() }, encoding, marks, dates, map };
        plan.check_package()?;
        plan.check_roles()?;
        plan.check_lists()?;
        Ok(plan)
    }

    /// The code list the map gives for a list of codes; `None` where the file's own values make it.
    pub fn listed(&self, list: List) -> Option<&[Entry]> {
        let entries = match list {
            List::Sections => &self.map.sections,
            List::Dimensions => &self.map.dimensions,
            List::Statuses => &self.map.statuses,
            List::Neighbourhoods => return None,
        };
        (!entries.is_empty()).then_some(entries.as_slice())
    }

    /// Roles that have a column or a constant, in the order of the package's columns.
    pub fn roles(&self) -> impl Iterator<Item = &'static Role> {
        let is_used =
            |role: &&Role| self.map.columns.contains_key(role.name) || self.map.constants.contains_key(role.name);
        self.map.kind.roles().iter().filter(is_used)
    }

    fn check_package(&self) -> Result<(), Failure> {
        let info = &self.map.package;
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b))
        };
        let is_license =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
        let is_country = info.country.len() == 2 && info.country.bytes().all(|byte| byte.is_ascii_uppercase());
        for (property, value, is_good, example) in [
            ("package.name", &info.name, is_name(&info.name), "villa-el-salvador"),
            ("package.title", &info.title, !info.title.trim().is_empty(), "Presupuesto participativo"),
            ("package.country", &info.country, is_country, "PE, FR, BO…"),
            ("package.license", &info.license, is_license(&info.license), "CC-BY-4.0, ODbL-1.0…"),
            (
                "package.source.title",
                &info.source.title,
                !info.source.title.trim().is_empty(),
                "Portal de datos abiertos",
            ),
        ] {
            if !is_good {
                return Err(bad(property, value, example));
            }
        }
        Ok(())
    }

    fn check_roles(&self) -> Result<(), Failure> {
        let roles = self.map.kind.roles();
        let names: Vec<&str> = roles.iter().map(|role| role.name).collect();
        let role_of = |name: &str| roles.iter().find(|role| role.name == name);
        for (table, name) in [("columns", self.map.columns.keys()), ("constants", self.map.constants.keys())]
            .into_iter()
            .flat_map(|(table, names)| names.map(move |name| (table, name)))
        {
            let Some(role) = role_of(name) else { return Err(bad(table, name, &names.join(", "))) };
            if table == "constants" && (self.map.columns.contains_key(name) || role.shape == Shape::Amount) {
                return Err(Failure::said("map.constant", [("role", name)]));
            }
        }
        for name in self.map.values.keys() {
            let is_coded = role_of(name).is_some_and(|role| matches!(role.shape, Shape::Code(_) | Shape::Scope));
            if !is_coded {
                return Err(bad("values", name, "status, section, dimension, neighbourhood, scope"));
            }
        }
        let used: Vec<&str> = self.roles().map(|role| role.name).collect();
        match roles.iter().find(|role| role.required && !used.contains(&role.name)) {
            Some(role) => Err(Failure::said("map.role-needed", [("role", role.name)])),
            None => Ok(()),
        }
    }

    fn check_lists(&self) -> Result<(), Failure> {
        for list in [List::Sections, List::Dimensions, List::Statuses] {
            let entries = self.listed(list).unwrap_or_default();
            let mut seen = BTreeSet::new();
            for entry in entries {
                if entry.id.trim().is_empty() || entry.id == RESERVED || !seen.insert(&entry.id) {
                    return Err(Failure::said("map.list-id", [("list", list.resource()), ("value", &entry.id)]));
                }
                let oc4ids = entry.oc4ids_status.as_str();
                if list == List::Statuses && !oc4ids.is_empty() && !OC4IDS_STATUSES.contains(&oc4ids) {
                    return Err(bad("statuses.oc4ids_status", oc4ids, &OC4IDS_STATUSES.join(", ")));
                }
            }
        }
        Ok(())
    }
}

fn read_marks(file: &FileInfo) -> Result<NumberMarks, Failure> {
    let one = |property, text: &str| {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(mark), None) if !mark.is_ascii_digit() && mark != '-' => Ok(mark),
            _ => Err(bad(property, text, "\".\", \",\"")),
        }
    };
    let decimal = one("file.decimal", &file.decimal)?;
    let group = file.group.as_deref().map(|group| one("file.group", group)).transpose()?;
    match group {
        Some(group) if group == decimal => Err(bad("file.group", &group.to_string(), "≠ file.decimal")),
        group => Ok(NumberMarks { decimal, group }),
    }
}

fn bad(property: &str, value: &str, choices: &str) -> Failure {
    Failure::said("map.bad", [("property", property), ("value", value), ("choices", choices)])
}
