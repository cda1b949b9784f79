//! The tables of the package to be: file by file, its bytes and the schema that describes them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::convert::Conversion;
use super::descriptor::{ExtraField, Field, ForeignKey, Reference, Schema};
use super::map::{Entry, OC4IDS_STATUSES, Plan};
use super::roles::{Kind, List, Role, Shape};
use crate::budget::Scope;
use crate::cli::render;

/// One table.
pub(super) struct Table {
    pub name: &'static str,
    pub path: &'static str,
    pub bytes: Vec<u8>,
    pub schema: Schema,
}

/// Every table of the package: code lists first, so that each reference points back.
pub(super) fn tables(plan: &Plan, conversion: &Conversion) -> io::Result<Vec<Table>> {
    let mut tables = Vec::new();
    for (list, entries) in &conversion.lists {
        tables.push(code_list(*list, entries, conversion)?);
    }
    if plan.map.kind == Kind::Projects {
        tables.push(processes(plan, conversion)?);
    }
    tables.push(facts(plan, conversion)?);
    Ok(tables)
}

fn code_list(list: List, entries: &[Entry], conversion: &Conversion) -> io::Result<Table> {
    let name_of = |entry: &Entry| if entry.label_es.is_empty() { entry.id.clone() } else { entry.label_es.clone() };
    let mut fields = vec![Field::new(list.key(), "string").required()];
    let mut foreign_keys = Vec::new();
    let rows: Vec<Vec<String>> = match list {
        List::Sections => {
            fields = vec![
                Field::new(list.key(), "string").required().typed("geo:target:level2:code"),
                Field::new("name", "string").required().typed("geo:target:level2:title"),
            ];
            entries.iter().map(|entry| vec![entry.id.clone(), name_of(entry)]).collect()
        }
        List::Neighbourhoods => {
            let sections = sections_of_neighbourhoods(conversion);
            fields.extend([Field::new("section_id", "string"), Field::new("name", "string").required()]);
            if conversion.lists.contains_key(&List::Sections) {
                foreign_keys.push(reference("section_id", List::Sections));
            }
            let section =
                |entry: &Entry| sections.get(entry.id.as_str()).copied().flatten().unwrap_or_default().to_owned();
            entries.iter().map(|entry| vec![entry.id.clone(), section(entry), name_of(entry)]).collect()
        }
        List::Dimensions | List::Statuses => {
            fields.extend([Field::new("label_es", "string").required(), Field::new("label_en", "string")]);
            fields.push(Field::new("sort_order", "integer"));
            let ordered = entries.iter().zip(1u32..);
            ordered
                .map(|(entry, order)| vec![entry.id.clone(), name_of(entry), entry.label_en.clone(), order.to_string()])
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
    Ok(Table { name: list.resource(), path: list.path(), bytes: csv(&schema, &rows)?, schema })
}

/// The section of each neighbourhood, where its projects agree on one.
fn sections_of_neighbourhoods(conversion: &Conversion) -> BTreeMap<&str, Option<&str>> {
    let at = |list| conversion.roles.iter().position(|role| role.shape == Shape::Code(list));
    let (Some(place_at), Some(section_at)) = (at(List::Neighbourhoods), at(List::Sections)) else {
        return BTreeMap::new();
    };
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &conversion.rows {
        if let (Some(place), Some(section)) = (row.get(place_at), row.get(section_at)) {
            found.entry(place).or_default().insert(section);
        }
    }
    found
        .into_iter()
        .map(|(place, sections)| (place, sections.first().copied().filter(|_first| sections.len() == 1)))
        .collect()
}

/// A round for each year, with the currency alone: what its fund was, the foreign file does not say.
fn processes(plan: &Plan, conversion: &Conversion) -> io::Result<Table> {
    let year_at = conversion.roles.iter().position(|role| role.shape == Shape::Year).unwrap_or_default();
    let years: BTreeSet<&String> = conversion.rows.iter().filter_map(|row| row.get(year_at)).collect();
    let fields = vec![
        Field::new("fiscal_year", "integer").required().typed("date:fiscal-year"),
        Field::new("currency", "string").required().typed("value-currency:code"),
        Field::new("investment_budget", "number"),
        Field::new("participatory_fund", "number"),
    ];
    let row = |year: &String| vec![year.clone(), plan.currency.to_string(), String::new(), String::new()];
    let rows: Vec<Vec<String>> = years.into_iter().map(row).collect();
    let schema = Schema::new(fields, "fiscal_year", Vec::new());
    Ok(Table { name: "processes", path: "data/processes.csv", bytes: csv(&schema, &rows)?, schema })
}

fn facts(plan: &Plan, conversion: &Conversion) -> io::Result<Table> {
    let kind = plan.map.kind;
    let fields = conversion.roles.iter().map(|role| field(kind, role)).collect();
    let lists = conversion.roles.iter().filter_map(|role| match role.shape {
        Shape::Code(list) => Some(reference(role.column, list)),
        _ => None,
    });
    let mut foreign_keys: Vec<ForeignKey> = lists.collect();
    let mut extra_fields = Vec::new();
    match kind {
        Kind::Projects => foreign_keys.push(ForeignKey {
            fields: vec!["fiscal_year"],
            reference: Reference { resource: "processes", fields: vec!["fiscal_year"] },
        }),
        Kind::Lines => extra_fields.extend([
            ExtraField::new("phase", "string", "phase:id"),
            ExtraField::new("amount", "number", "value").target(),
            ExtraField::new("currency", "string", "value-currency:code").constant(plan.currency.code()),
            ExtraField::new("direction", "string", "direction").constant("expenditure"),
        ]),
    }
    let key = if kind == Kind::Projects { "project_id" } else { "budget_line_id" };
    let schema = Schema::new(fields, key, foreign_keys).with_extra(extra_fields);
    Ok(Table { name: kind.resource(), path: kind.path(), bytes: csv(&schema, &conversion.rows)?, schema })
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
    let is_key = ["project_id", "line_id"].contains(&role.name);
    if role.required || is_key { field.required() } else { field }
}

fn reference(column: &'static str, list: List) -> ForeignKey {
    ForeignKey { fields: vec![column], reference: Reference { resource: list.resource(), fields: vec![list.key()] } }
}

fn csv(schema: &Schema, rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    render::csv_row(&mut bytes, schema.labels())?;
    for row in rows {
        render::csv_row(&mut bytes, row.iter().map(String::as_str))?;
    }
    Ok(bytes)
}
