//! How one foreign file is written: its marks, its encoding, where its labels stand, what its columns are.

use std::collections::BTreeMap;
use std::path::Path;

use encoding_rs::Encoding;
use serde::Deserialize;

use super::map::{Map, bad};
use crate::cli::Failure;
use crate::dataset::CsvDialect;
use crate::money::parse::NumberMarks;

/// How a foreign file is written. What is left out is as for every file, or else the default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FileInfo {
    delimiter: Option<String>,
    encoding: Option<String>,
    decimal: Option<String>,
    /// Between thousands; an empty one takes back what `[file]` says.
    group: Option<String>,
    date: Option<String>,
    year: Option<String>,
    /// What stands for "nothing published", beside a blank cell.
    missing: Option<Vec<String>>,
    /// Whether the first row holds the labels.
    header: Option<bool>,
    /// The labels of a file that has none.
    labels: Option<Vec<String>>,
}

/// What sets one file apart where several make one package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEntry {
    /// How the file's path ends: whole folder names and the file's.
    pub path: String,
    /// What the package calls the file; its name without ending where left out.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    #[serde(default)]
    file: FileInfo,
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

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, order)| order)
    }

    fn names() -> String {
        Self::NAMES.map(|(name, _)| name).join(", ")
    }
}

/// What the conversion knows of a file before it is opened.
#[derive(Debug)]
pub(super) struct Layout {
    /// How the paths of its files end; empty where it is for any.
    pub path: String,
    /// What the map calls the file; may be empty.
    pub name: String,
    pub dialect: CsvDialect,
    pub encoding: &'static Encoding,
    pub marks: NumberMarks,
    pub dates: DateOrder,
    /// The date a year is taken from; `None` where years stand alone.
    pub years: Option<DateOrder>,
    pub missing: Vec<String>,
    /// Labels the map gives; `None` where the first row holds them.
    pub labels: Option<Vec<String>>,
    /// Role to label of the file's column.
    pub columns: BTreeMap<String, String>,
    /// Role to the one value of every row.
    pub constants: BTreeMap<String, String>,
}

impl Layout {
    /// What the map says of a file in general, and what the entry says of it in particular.
    pub fn read(map: &Map, entry: Option<&FileEntry>) -> Result<Self, Failure> {
        let own = entry.map(|entry| &entry.file);
        let text = |pick: fn(&FileInfo) -> &Option<String>, default: &str| {
            let stated = own.and_then(|own| pick(own).as_deref()).or(pick(&map.file).as_deref());
            stated.unwrap_or(default).to_owned()
        };
        let encoding = text(|info| &info.encoding, "utf-8");
        let found = Encoding::for_label(encoding.as_bytes());
        let encoding = found.ok_or_else(|| bad("file.encoding", &encoding, "utf-8, windows-1252, iso-8859-15…"))?;
        let date = text(|info| &info.date, DateOrder::YearMonthDay.name());
        let dates = DateOrder::from_name(&date).ok_or_else(|| bad("file.date", &date, &DateOrder::names()))?;
        let delimiter = text(|info| &info.delimiter, ",");
        let delimiter = match delimiter.as_bytes() {
            &[byte @ (b',' | b';' | b'\t' | b'|')] => byte,
            _ => return Err(bad("file.delimiter", &delimiter, "\",\", \";\", \"|\", \"\\t\"")),
        };
        let missing = own.and_then(|own| own.missing.clone()).or(map.file.missing.clone());
        let (mut columns, mut constants) = (map.columns.clone(), map.constants.clone());
        if let Some(entry) = entry {
            // A file's own word on a role replaces the general one, of whichever kind.
            columns.retain(|role, _| !entry.constants.contains_key(role));
            constants.retain(|role, _| !entry.columns.contains_key(role));
            columns.extend(entry.columns.clone());
            constants.extend(entry.constants.clone());
        }
        Ok(Self {
            path: entry.map(|entry| entry.path.clone()).unwrap_or_default(),
            name: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
            dialect: CsvDialect { delimiter, ..CsvDialect::default() },
            encoding,
            marks: marks(&text(|info| &info.decimal, "."), &text(|info| &info.group, ""))?,
            dates,
            years: years(&text(|info| &info.year, YEAR_ALONE))?,
            missing: missing.unwrap_or_default(),
            labels: labels(&map.file, own)?,
            columns,
            constants,
        })
    }

    /// Whether the file says anything of a role.
    pub fn has(&self, role: &str) -> bool {
        self.columns.contains_key(role) || self.constants.contains_key(role)
    }

    /// Whether a file at this path is one of its files; packed or not.
    pub fn is_for(&self, path: &Path) -> bool {
        let is_packed = path.extension().is_some_and(|extension| extension == "gz");
        path.ends_with(&self.path) || (is_packed && path.with_extension("").ends_with(&self.path))
    }
}

/// How a year is written where it is no part of a date.
const YEAR_ALONE: &str = "YYYY";

fn years(form: &str) -> Result<Option<DateOrder>, Failure> {
    match (form, DateOrder::from_name(form)) {
        (YEAR_ALONE, _) => Ok(None),
        (_, Some(order)) => Ok(Some(order)),
        (_, None) => Err(bad("file.year", form, &format!("{YEAR_ALONE}, {}", DateOrder::names()))),
    }
}

fn marks(decimal: &str, group: &str) -> Result<NumberMarks, Failure> {
    let one = |property, text: &str| {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(mark), None) if !mark.is_ascii_digit() && mark != '-' => Ok(mark),
            _ => Err(bad(property, text, "\".\", \",\"")),
        }
    };
    let decimal = one("file.decimal", decimal)?;
    let group = if group.is_empty() { None } else { Some(one("file.group", group)?) };
    match group {
        Some(group) if group == decimal => Err(bad("file.group", &group.to_string(), "≠ file.decimal")),
        group => Ok(NumberMarks { decimal, group }),
    }
}

fn labels(general: &FileInfo, own: Option<&FileInfo>) -> Result<Option<Vec<String>>, Failure> {
    if own.and_then(|own| own.header).or(general.header).unwrap_or(true) {
        return Ok(None);
    }
    match own.and_then(|own| own.labels.as_ref()).or(general.labels.as_ref()) {
        Some(labels) if !labels.is_empty() => Ok(Some(labels.clone())),
        _ => Err(Failure::said("map.labels-needed", [])),
    }
}
