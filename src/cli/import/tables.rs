//! The tables of the package to be: each one's schema, and its rows when they are written.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::columns::Column;
use super::convert::Conversion;
use super::descriptor::{ExtraField, Field, ForeignKey, Reference, Schema};
use super::headings::{self, Headings};
use super::map::{Entry, OC4IDS_STATUSES, Plan};
use super::roles::{Kind, List, Role, Shape};
use crate::budget::Scope;
use crate::cli::render;

/// One table.
pub(super) struct Table<'a> {
    pub name: &'static str,
    pub path: &'static str,
    pub schema: Schema,
    rows: Rows<'a>,
}

/// Writes rows, one call of the inner function each.
type Rows<'a> = Box<dyn Fn(&mut dyn FnMut(&[Cow<'_, str>]) -> io::Result<()>) -> io::Result<()> + 'a>;

impl Table<'_> {
    /// Writes the table as CSV.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        render::csv_row(out, self.schema.labels())?;
        (self.rows)(&mut |cells| render::csv_row(out, cells.iter().map(Cow::as_ref)))
    }
}

/// Rows that are few enough to stand ready.
fn ready<'a>(rows: Vec<Vec<String>>) -> Rows<'a> {
    Box::new(move |write| {
        rows.iter().try_for_each(|row| write(&row.iter().map(|cell| Cow::from(cell.as_str())).collect::<Vec<_>>()))
    })
}

/// Every table of the package: code lists first, so that each reference points back.
pub(super) fn tables<'a>(plan: &'a Plan, conversion: &'a Conversion) -> Vec<Table<'a>> {
    let lists = conversion.lists.iter().map(|(list, entries)| code_list(*list, entries, conversion));
    let mut tables: Vec<Table<'a>> = lists.collect();
    if plan.map.kind == Kind::Projects {
        tables.push(processes(plan, conversion));
    }
    tables.extend(conversion.headings.as_ref().map(|headings| headings_table(conversion, headings)));
    tables.push(facts(plan, conversion));
    tables
}

fn name_of(entry: &Entry) -> &str {
    if entry.label_es.is_empty() { &entry.id } else { &entry.label_es }
}

fn code_list<'a>(list: List, entries: &[Entry], conversion: &Conversion) -> Table<'a> {
    let mut fields = vec![Field::new(list.key(), "string").required()];
    let mut foreign_keys = Vec::new();
    let rows: Vec<Vec<String>> = match list {
        List::Sections => {
            fields = vec![
                Field::new(list.key(), "string").required().typed("geo:target:level2:code"),
                Field::new("name", "string").required().typed("geo:target:level2:title"),
            ];
            let levels: Vec<(&'static str, BTreeMap<&str, &str>)> =
                ["level1", "level2"].into_iter().filter_map(|role| Some((role, above(conversion, role)?))).collect();
            fields.extend(levels.iter().map(|(role, _)| Field::new(role, "string")));
            let row = |entry: &Entry| {
                let above =
                    levels.iter().map(|(_, of)| of.get(entry.id.as_str()).copied().unwrap_or_default().to_owned());
                [entry.id.clone(), name_of(entry).to_owned()].into_iter().chain(above).collect()
            };
            entries.iter().map(row).collect()
        }
        List::Neighbourhoods => {
            let sections = sections_of_neighbourhoods(conversion);
            fields.extend([Field::new("section_id", "string"), Field::new("name", "string").required()]);
            if conversion.lists.contains_key(&List::Sections) {
                foreign_keys.push(reference("section_id", List::Sections));
            }
            let section =
                |entry: &Entry| sections.get(entry.id.as_str()).copied().flatten().unwrap_or_default().to_owned();
            entries.iter().map(|entry| vec![entry.id.clone(), section(entry), name_of(entry).to_owned()]).collect()
        }
        List::Dimensions | List::Statuses => {
            fields.extend([Field::new("label_es", "string").required(), Field::new("label_en", "string")]);
            fields.push(Field::new("sort_order", "integer"));
            let ordered = entries.iter().zip(1u32..);
            ordered
                .map(|(entry, order)| {
                    vec![entry.id.clone(), name_of(entry).to_owned(), entry.label_en.clone(), order.to_string()]
                })
                .collect()
        }
    };
    let mut rows = rows;
    if list == List::Statuses {
        fields.push(Field::new("oc4ids_status", "string").one_of(&OC4IDS_STATUSES));
        fields.push(Field::new("is_open", "boolean"));
        for (row, entry) in rows.iter_mut().zip(entries) {
            row.extend([entry.oc4ids_status.clone(), entry.is_open.map(|open| open.to_string()).unwrap_or_default()]);
        }
    }
    let schema = Schema::new(fields, list.key(), foreign_keys);
    Table { name: list.resource(), path: list.path(), schema, rows: ready(rows) }
}

/// What each section lies in, as its last row says; `None` where no row says it of any.
fn above<'a>(conversion: &'a Conversion, role: &str) -> Option<BTreeMap<&'a str, &'a str>> {
    let rows = &conversion.rows;
    let (sections, above) = (rows.texts("section")?, rows.texts(role)?);
    let pairs = sections.codes.iter().zip(above.codes.iter());
    let pairs = pairs.map(|(section, above_it)| (sections.written(section), above.written(above_it)));
    Some(pairs.filter(|(_, above)| !above.is_empty()).collect())
}

/// The section of each neighbourhood, where its projects agree on one.
fn sections_of_neighbourhoods(conversion: &Conversion) -> BTreeMap<&str, Option<&str>> {
    let rows = &conversion.rows;
    let (Some(places), Some(sections)) = (rows.texts("neighbourhood"), rows.texts("section")) else {
        return BTreeMap::new();
    };
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (place, section) in places.codes.iter().zip(sections.codes.iter()) {
        found.entry(places.written(place)).or_default().insert(sections.written(section));
    }
    found
        .into_iter()
        .map(|(place, sections)| (place, sections.first().copied().filter(|_first| sections.len() == 1)))
        .collect()
}

/// A round for each year, with the currency alone: what its fund was, the foreign file does not say.
fn processes<'a>(plan: &Plan, conversion: &Conversion) -> Table<'a> {
    let years = conversion.rows.texts("year").into_iter().flat_map(|years| years.values.values());
    let years: BTreeSet<&str> = years.collect();
    let fields = vec![
        Field::new("fiscal_year", "integer").required().typed("date:fiscal-year"),
        Field::new("currency", "string").required().typed("value-currency:code"),
        Field::new("investment_budget", "number"),
        Field::new("participatory_fund", "number"),
    ];
    let row = |year: &str| vec![year.to_owned(), plan.currency.to_string(), String::new(), String::new()];
    let rows = ready(years.into_iter().map(row).collect());
    Table {
        name: "processes",
        path: "data/processes.csv",
        schema: Schema::new(fields, "fiscal_year", Vec::new()),
        rows,
    }
}

/// The headings of lines, as the table of projects holds them.
fn headings_table<'a>(conversion: &'a Conversion, headings: &'a Headings) -> Table<'a> {
    let kind = Kind::Projects;
    let is_made = |role: &&Role| {
        ["project_id", "title"].contains(&role.name)
            || headings::ROLES.contains(&role.name) && conversion.rows.texts(role.name).is_some()
    };
    let roles: Vec<&'static Role> = kind.roles().iter().filter(is_made).collect();
    let schema = Schema::new(roles.iter().map(|role| field(kind, role)).collect(), "project_id", references(&roles));
    let rows: Rows<'a> = Box::new(move |write| {
        for (&row, place) in headings.first_rows().iter().zip(1..) {
            let cell = |role: &&'static Role| -> Cow<'_, str> {
                match role.name {
                    "project_id" => Headings::id(place).into(),
                    "title" => title(conversion, row).into(),
                    name => written(conversion, name, row).into(),
                }
            };
            write(&roles.iter().map(cell).collect::<Vec<_>>())?;
        }
        Ok(())
    });
    Table { name: kind.resource(), path: kind.path(), schema, rows }
}

/// What the heading of a line is called: as the file says, or else by its dimension, or its function.
fn title(conversion: &Conversion, row: usize) -> &str {
    let dimension = written(conversion, "dimension", row);
    let dimension = conversion.lists.get(&List::Dimensions).into_iter().flatten().find(|entry| entry.id == dimension);
    let names =
        [written(conversion, "heading", row), dimension.map_or("", name_of), written(conversion, "function", row)];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

/// A row's text of a role, as it is written; blank where there is none.
fn written<'a>(conversion: &'a Conversion, role: &str, row: usize) -> &'a str {
    conversion.rows.texts(role).map_or("", |texts| texts.written(texts.codes.get(row)))
}

/// Where the cells of a column of the main table come from.
enum Cells<'a> {
    Column(&'a Column),
    /// A code made of the row's number in its file, so that anybody can find the line there again.
    RowCodes,
    Headings(&'a Headings),
}

fn facts<'a>(plan: &'a Plan, conversion: &'a Conversion) -> Table<'a> {
    let kind = plan.map.kind;
    let headings = conversion.headings.as_ref();
    let column = |role: &'static Role| {
        let made = conversion.rows.columns().find(|(known, _)| known.name == role.name);
        // What a line is for stands in its heading's row.
        let is_moved = role.of_section || headings.is_some() && (role.makes_heading || role.name == "function");
        match (made, role.name) {
            (Some((_, column)), _) => (!is_moved).then_some((role, Cells::Column(column))),
            (None, "line_id") => Some((role, Cells::RowCodes)),
            (None, "project") => headings.map(|headings| (role, Cells::Headings(headings))),
            (None, _) => None,
        }
    };
    let columns: Vec<(&'static Role, Cells<'a>)> = kind.roles().iter().filter_map(column).collect();
    let roles: Vec<&'static Role> = columns.iter().map(|(role, _)| *role).collect();
    let mut foreign_keys = references(&roles);
    let to =
        |field, resource, key| ForeignKey { fields: vec![field], reference: Reference { resource, fields: vec![key] } };
    let mut extra_fields = Vec::new();
    match kind {
        Kind::Projects => foreign_keys.push(to("fiscal_year", "processes", "fiscal_year")),
        Kind::Lines => {
            foreign_keys.extend(headings.map(|_made| to("project_id", Kind::Projects.resource(), "project_id")));
            extra_fields.extend([
                ExtraField::new("phase", "string", "phase:id"),
                ExtraField::new("amount", "number", "value").target(),
                ExtraField::new("currency", "string", "value-currency:code").constant(plan.currency.code()),
                ExtraField::new("direction", "string", "direction").constant("expenditure"),
            ]);
        }
    }
    let key = if kind == Kind::Projects { "project_id" } else { "budget_line_id" };
    let fields = roles.iter().map(|role| field(kind, role)).collect();
    let schema = Schema::new(fields, key, foreign_keys).with_extra(extra_fields);
    let rows: Rows<'a> = Box::new(move |write| {
        for (file, row) in conversion.places() {
            let cell = |(_, cells): &(&Role, Cells<'a>)| -> Cow<'_, str> {
                match cells {
                    Cells::Column(column) => column.cell(row, plan.currency),
                    Cells::Headings(headings) => headings.id_of(row).into(),
                    Cells::RowCodes => {
                        let number = conversion.rows.number(row);
                        let only = conversion.files.len() == 1;
                        if only { format!("L{number}").into() } else { format!("{}-L{number}", file.name).into() }
                    }
                }
            };
            write(&columns.iter().map(cell).collect::<Vec<_>>())?;
        }
        Ok(())
    });
    Table { name: kind.resource(), path: kind.path(), schema, rows }
}

fn field(kind: Kind, role: &Role) -> Field {
    let kind_of = match role.shape {
        Shape::Amount => "number",
        Shape::Integer | Shape::Year => "integer",
        Shape::Start | Shape::End => "date",
        Shape::Text | Shape::Scope | Shape::Code(_) => "string",
    };
    let field = Field::new(role.column, kind_of).typed(role.column_type);
    let field = match role.shape {
        Shape::Scope => field.one_of(&Scope::NAMES),
        Shape::Integer => field.at_least(0),
        // Each stage of a line is one phase of a Fiscal Data Package.
        Shape::Amount if kind == Kind::Lines => field.phase(role.column),
        _ => field,
    };
    if role.required || role.is_key() { field.required() } else { field }
}

fn references(roles: &[&'static Role]) -> Vec<ForeignKey> {
    let lists = roles.iter().filter_map(|role| match role.shape {
        Shape::Code(list) => Some(reference(role.column, list)),
        _ => None,
    });
    lists.collect()
}

fn reference(column: &'static str, list: List) -> ForeignKey {
    ForeignKey { fields: vec![column], reference: Reference { resource: list.resource(), fields: vec![list.key()] } }
}
