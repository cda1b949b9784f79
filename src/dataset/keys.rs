//! Keys that stand twice, and codes that point nowhere.

use super::descriptor::Descriptor;
use super::problem::{Code, Problem};
use super::report::Report;
use super::schema::ForeignKey;
use super::spec;
use super::table::{DataRow, TableData};
use crate::engine::Dictionary;

/// Sets aside rows with a repeated key or an unknown reference, and reports each once.
///
/// A row that points at a row set aside for its own fault is left in peace: the fault is reported where it is.
pub(super) fn check_keys(descriptor: &Descriptor, tables: &mut [TableData], report: &mut Report) {
    for (table, resource) in tables.iter_mut().zip(&descriptor.resources) {
        let known = spec::table(&table.name);
        let declared = &resource.schema.primary_key;
        let key: Vec<String> = match known {
            _ if !declared.is_empty() => declared.clone(),
            Some(spec) => spec.key.iter().map(|&name| name.to_owned()).collect(),
            None => Vec::new(),
        };
        check_unique(table, &key, Code::KeyDuplicate, report);
        for unique in &resource.schema.unique_keys {
            check_unique(table, unique, Code::ValueDuplicate, report);
        }
        // A key of one column is unique already: saying it again would report each fault twice.
        let unique = table.columns.iter().filter(|c| c.field.constraints.unique && key != [c.name.as_str()]);
        let columns: Vec<String> = unique.map(|column| column.name.clone()).collect();
        for column in columns {
            check_unique(table, &[column], Code::ValueDuplicate, report);
        }
    }
    let references: Vec<(usize, ForeignKey)> = descriptor
        .resources
        .iter()
        .enumerate()
        .flat_map(|(at, resource)| {
            references_of(&resource.name, &resource.schema.foreign_keys).map(move |key| (at, key))
        })
        .collect();
    for (at, reference) in references {
        check_reference(tables, at, &reference, report);
    }
}

/// The descriptor's references, and those this project knows of that the descriptor leaves out.
fn references_of<'a>(name: &str, declared: &'a [ForeignKey]) -> impl Iterator<Item = ForeignKey> + use<'a> {
    let known =
        spec::table(name).into_iter().flat_map(|spec| spec.columns).filter(|column| !column.refers_to.is_empty());
    let implied = known.filter(|column| !declared.iter().any(|key| key.fields == [column.name])).filter_map(|column| {
        let target = spec::table(column.refers_to)?.key.first()?;
        let key = ForeignKey {
            fields: vec![column.name.to_owned()],
            resource: column.refers_to.to_owned(),
            target_fields: vec![(*target).to_owned()],
        };
        Some(key)
    });
    let implied: Vec<ForeignKey> = implied.collect();
    declared.iter().cloned().chain(implied)
}

fn check_unique(table: &mut TableData, key: &[String], code: Code, report: &mut Report) {
    let Some(positions) = positions(table, key) else { return };
    let label = key.iter().map(|name| table.label(name)).collect::<Vec<_>>().join(", ");
    let mut known = Dictionary::default();
    let mut repeated = Vec::new();
    let mut first_rows = Vec::new();
    for row in &table.rows {
        let Some(values) = key_of(row, &positions) else {
            // A unique column may be blank; a primary key may not.
            if code == Code::KeyDuplicate {
                repeated.push(row.row);
                report.add(Problem::new(Code::KeyBlank, &table.file).row(row.row).column(&label));
            }
            continue;
        };
        let code_of_key = known.intern(&values) as usize - 1;
        match first_rows.get(code_of_key) {
            None => first_rows.push(row.row),
            Some(first) => {
                repeated.push(row.row);
                let problem = Problem::new(code, &table.file).row(row.row).column(&label);
                report.add(problem.value(shown(&values)).arg("first", u32::to_string(first)));
            }
        }
    }
    table.has_repeated_keys |= code == Code::KeyDuplicate && !repeated.is_empty();
    // Rows come in order, and so do their numbers.
    table.set_aside(|row| repeated.binary_search(&row.row).is_ok());
}

fn check_reference(tables: &mut [TableData], at: usize, reference: &ForeignKey, report: &mut Report) {
    let Some(target) = tables.iter().find(|table| table.name == reference.resource && table.is_readable) else {
        return; // The missing file is reported; its absence is no fault of the rows that point there.
    };
    let Some(target_positions) = positions(target, &reference.target_fields) else { return };
    if has_lost_keys(target, &target_positions) {
        return;
    }
    let mut known = Dictionary::default();
    let rows = target.rows.iter().chain(&target.keys_set_aside);
    for values in rows.filter_map(|row| key_of(row, &target_positions)) {
        known.intern(&values);
    }
    let target_file = target.file.clone();
    let Some(table) = tables.get_mut(at) else { return };
    let Some(positions) = positions(table, &reference.fields) else { return };
    let references = table.rows.iter().filter_map(|row| Some((row.row, key_of(row, &positions)?)));
    let unknown: Vec<(u32, String)> = references.filter(|(_, values)| known.code(values).is_none()).collect();
    for (row, value) in &unknown {
        let label = reference.fields.iter().map(|name| table.label(name)).collect::<Vec<_>>().join(", ");
        let problem = Problem::new(Code::ReferenceUnknown, &table.file).row(*row).column(label).value(shown(value));
        report.add(problem.arg("target", &target_file));
    }
    table.set_aside(|row| unknown.binary_search_by_key(&row.row, |(unknown, _)| *unknown).is_ok());
}

/// Whether a row of the table may be known by a key that was not read: it could not be split, its key is blank, or it has
/// another row's key by mistake. Any row that points at the table may mean that one, and blaming it would be a cascade.
fn has_lost_keys(table: &TableData, positions: &[usize]) -> bool {
    table.has_repeated_keys
        || table.set_aside.rows > table.keys_set_aside.len() as u64
        || table.keys_set_aside.iter().any(|row| key_of(row, positions).is_none())
}

/// Where a key's columns stand; `None` when one is not in the file.
fn positions(table: &TableData, key: &[String]) -> Option<Vec<usize>> {
    if key.is_empty() { None } else { key.iter().map(|name| table.position(name)).collect() }
}

/// Between the parts of a key: a character no cell can hold in earnest.
const SEPARATOR: &str = "\u{1f}";

/// A row's key as one text; `None` when a part is missing.
fn key_of(row: &DataRow, positions: &[usize]) -> Option<String> {
    let mut key = String::new();
    for (part, &at) in positions.iter().enumerate() {
        if part > 0 {
            key.push_str(SEPARATOR);
        }
        key.push_str(&row.values.get(at)?.key()?);
    }
    Some(key)
}

fn shown(key: &str) -> String {
    key.replace(SEPARATOR, ", ")
}
