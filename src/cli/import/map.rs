//! `MAP.toml`: what each column of a foreign file stands for, read and checked before the file is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::cell::CellReader;
use super::codes::RESERVED;
use super::layout::{FileEntry, FileInfo, Layout};
use super::roles::{Kind, List, Role, Shape};
use crate::cli::Failure;
use crate::money::Currency;

/// A map as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    pub kind: Kind,
    pub package: PackageInfo,
    /// Roles without which a row is of no use, beside those no row can go without.
    #[serde(default)]
    pub required: Vec<String>,
    /// How every file is written, unless its own entry says otherwise.
    #[serde(default)]
    pub file: FileInfo,
    /// What sets one file apart from the others, where several make one package.
    #[serde(default)]
    pub files: Vec<FileEntry>,
    /// Role to label of the file's column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Role to the one value of every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Role to translations of the file's values.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Role to what stands between a code and its name, where the file's cells hold both.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
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

/// A map that makes sense: what the conversion works from.
#[derive(Debug)]
pub(super) struct Plan {
    pub map: Map,
    pub currency: Currency,
    /// One for each entry of `[[files]]`; one for any file where there are none.
    pub layouts: Vec<Layout>,
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
        let layouts = match map.files.as_slice() {
            [] => vec![Layout::read(&map, None)?],
            entries => entries.iter().map(|entry| Layout::read(&map, Some(entry))).collect::<Result<_, _>>()?,
        };
        let plan = Self { map, currency, layouts };
        plan.check_package()?;
        plan.check_roles()?;
        plan.check_lists()?;
        for layout in &plan.layouts {
            let reader = CellReader { plan: &plan, layout };
            plan.roles().try_for_each(|role| reader.constant(role).map(drop))?;
        }
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

    /// A cell that holds a code and its name, in two; `None` where the map says of no such cells in this role.
    pub fn code_and_name<'a>(&self, role: &Role, text: &'a str) -> Option<Option<(&'a str, &'a str)>> {
        let between = self.map.codes.get(role.name)?;
        let parts = text.split_once(between.as_str()).map(|(code, name)| (code.trim(), name.trim()));
        Some(parts.filter(|(code, name)| !code.is_empty() && !name.is_empty() && *code != RESERVED))
    }

    /// Roles that have a column or a constant in some file, in the order of the package's columns.
    pub fn roles(&self) -> impl Iterator<Item = &'static Role> {
        self.map.kind.roles().iter().filter(|role| self.layouts.iter().any(|layout| layout.has(role.name)))
    }

    /// Whether a row in which the role is blank is set aside.
    pub fn is_required(&self, role: &Role) -> bool {
        role.required || role.is_key() || self.map.required.iter().any(|name| name == role.name)
    }

    /// Whether lines are gathered under headings: what a line is for has no column of its own in a package.
    pub fn has_headings(&self) -> bool {
        self.map.kind == Kind::Lines && self.roles().any(|role| role.makes_heading)
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
        let own = self.map.files.iter().map(|entry| (&entry.columns, &entry.constants));
        for (columns, constants) in [(&self.map.columns, &self.map.constants)].into_iter().chain(own) {
            if let Some(name) = columns.keys().find(|name| role_of(name).is_none()) {
                return Err(bad("columns", name, &names.join(", ")));
            }
            for name in constants.keys() {
                let Some(role) = role_of(name) else { return Err(bad("constants", name, &names.join(", "))) };
                if columns.contains_key(name) || role.shape == Shape::Amount {
                    return Err(Failure::said("map.constant", [("role", name)]));
                }
            }
        }
        for name in self.map.values.keys() {
            let is_coded = role_of(name).is_some_and(|role| matches!(role.shape, Shape::Code(_) | Shape::Scope));
            if !is_coded {
                return Err(bad("values", name, "status, section, dimension, neighbourhood, scope"));
            }
        }
        for (name, between) in &self.map.codes {
            let can_be = role_of(name).is_some_and(|role| match role.shape {
                Shape::Code(list) => self.listed(list).is_none() && !self.map.values.contains_key(name),
                _ => role.of_section,
            });
            if !can_be || between.is_empty() {
                return Err(bad("codes", name, "section, dimension, neighbourhood, status, level1, level2"));
            }
        }
        if self.roles().any(|role| role.of_section) && !self.roles().any(|role| role.name == "section") {
            return Err(Failure::said("map.role-needed", [("role", "section")]));
        }
        if let Some(name) = self.map.required.iter().find(|name| role_of(name).is_none()) {
            return Err(bad("required", name, &names.join(", ")));
        }
        if self.has_headings() && self.roles().any(|role| role.name == "project") {
            return Err(Failure::said("map.heading", []));
        }
        for role in roles {
            let is_needed = role.required || self.map.required.iter().any(|name| name == role.name);
            if is_needed && !self.layouts.iter().all(|layout| layout.has(role.name)) {
                return Err(Failure::said("map.role-needed", [("role", role.name)]));
            }
        }
        Ok(())
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

/// A property of the map that cannot be what it is.
pub(super) fn bad(property: &str, value: &str, choices: &str) -> Failure {
    Failure::said("map.bad", [("property", property), ("value", value), ("choices", choices)])
}
