//! Keys that stand twice, and codes that point nowhere.

use super::descriptor::Descriptor;
use super::key_columns::KeyColumns;
use super::problem::Code;
use super::report::Report;
use super::schema::ForeignKey;
use super::spec;
use super::table::TableData;
use crate::engine::{Dictionary, NO_VALUE};

/// What the keys of a package must satisfy, one rule a value, to be checked in this order.
#[derive(Debug, Clone)]
pub(super) enum KeyRule {
    /// No two rows of a table have the same values in these columns.
    Unique { table: usize, key: Vec<String>, code: Code },
    /// The values of these columns are those of a row of another table.
    Reference { table: usize, key: ForeignKey },
}

impl KeyRule {
    /// Sets aside rows with a repeated key or an unknown reference, and reports each once.
    ///
    /// A row that points at a row set aside for its own fault is left in peace: the fault is reported where it is.
    pub fn check(&self, tables: &mut [TableData], report: &mut Report) {
        let (table, places, is_repeat) = match self {
            Self::Unique { table, key, code } => {
                let found = tables.get(*table).map(|table| repeats(table, key, *code, report));
                (*table, found.unwrap_or_default(), *code == Code::KeyDuplicate)
            }
            Self::Reference { table, key } => (*table, strays(tables, *table, key, report), false),
        };
        if let Some(table) = tables.get_mut(table) {
            table.has_repeated_keys |= is_repeat && !places.is_empty();
            table.set_aside(&places);
        }
    }
}

/// The rules of a package: every table's own keys, then the references between tables.
pub(super) fn rules(descriptor: &Descriptor, tables: &[TableData]) -> Vec<KeyRule> {
    let mut rules = Vec::new();
    for (at, (table, resource)) in tables.iter().zip(&descriptor.resources).enumerate() {
        let known = spec::table(&table.name);
        let declared = &resource.schema.primary_key;
        let key: Vec<String> = match known {
            _ if !declared.is_empty() => declared.clone(),
            Some(spec) => spec.key.iter().map(|&name| name.to_owned()).collect(),
            None => Vec::new(),
        };
        let unique_keys = resource.schema.unique_keys.iter().cloned();
        // A key of one column is unique already: saying it again would report each fault twice.
        let columns = table.columns.iter().filter(|c| c.field.constraints.unique && key != [c.name.as_str()]);
        let columns = columns.map(|column| vec![column.name.clone()]);
        let others: Vec<Vec<String>> = unique_keys.chain(columns).collect();
        rules.push(KeyRule::Unique { table: at, key, code: Code::KeyDuplicate });
        rules.extend(others.into_iter().map(|key| KeyRule::Unique { table: at, key, code: Code::ValueDuplicate }));
    }
    for (at, resource) in descriptor.resources.iter().enumerate() {
        let references = references_of(&resource.name, &resource.schema.foreign_keys);
        rules.extend(references.into_iter().map(|key| KeyRule::Reference { table: at, key }));
    }
    rules
}

/// The descriptor's references, and those this project knows of that the descriptor leaves out.
fn references_of(name: &str, declared: &[ForeignKey]) -> Vec<ForeignKey> {
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
    declared.iter().cloned().chain(implied).collect()
}

/// The rows whose key is another's before them, or blank where it must not be; both are reported.
fn repeats(table: &TableData, key: &[String], code: Code, report: &mut Report) -> Vec<usize> {
    let Some(columns) = KeyColumns::of(table, key) else { return Vec::new() };
    if columns.climb(table) {
        return Vec::new();
    }
    let label = label(table, key);
    let mut repeated = Vec::new();
    let mut known = Dictionary::default();
    // Places of the first row of each key, by its code.
    let mut first_places = Vec::new();
    let mut number = columns.each(|key| key.map_or(NO_VALUE, |key| known.intern(key)));
    for row in table.rows() {
        let Some(at) = (number(row.place) as usize).checked_sub(1) else {
            // A unique column may be blank; a primary key may not.
            if code == Code::KeyDuplicate {
                repeated.push(row.place);
                if let Some(problem) = report.found(Code::KeyBlank, &table.file) {
                    report.list(problem.row(row.number()).column(&label));
                }
            }
            continue;
        };
        let Some(&first) = first_places.get(at) else {
            first_places.push(row.place);
            continue;
        };
        repeated.push(row.place);
        if let Some(problem) = report.found(code, &table.file) {
            let problem = problem.row(row.number()).column(&label).value(columns.shown(row.place));
            report.list(problem.arg("first", table.row_numbers.get(first).to_string()));
        }
    }
    repeated
}

/// The rows whose key no row of the other table has; each is reported.
fn strays(tables: &[TableData], at: usize, reference: &ForeignKey, report: &mut Report) -> Vec<usize> {
    let target = tables.iter().find(|table| table.name == reference.resource && table.is_readable);
    // A missing file is reported; its absence is no fault of the rows that point there.
    let (Some(target), Some(table)) = (target, tables.get(at)) else { return Vec::new() };
    let Some(target_columns) = KeyColumns::of(target, &reference.target_fields) else { return Vec::new() };
    if has_lost_keys(target, &target_columns) {
        return Vec::new();
    }
    let Some(columns) = KeyColumns::of(table, &reference.fields) else { return Vec::new() };
    let known = target_columns.all(target.places());
    let label = label(table, &reference.fields);
    let mut strays = Vec::new();
    let mut is_stray = columns.each(|key| u32::from(key.is_some_and(|key| known.code(key).is_none())));
    for row in table.rows() {
        if is_stray(row.place) == 0 {
            continue;
        }
        strays.push(row.place);
        if let Some(problem) = report.found(Code::ReferenceUnknown, &table.file) {
            let problem = problem.row(row.number()).column(&label).value(columns.shown(row.place));
            report.list(problem.arg("target", &target.file));
        }
    }
    strays
}

/// Whether a row of the table may be known by a key that was not read: it could not be split, its key is blank, or it has
/// another row's key by mistake. Any row that points at the table may mean that one, and blaming it would be a cascade.
fn has_lost_keys(table: &TableData, columns: &KeyColumns<'_>) -> bool {
    let mut is_blank = columns.each(|key| u32::from(key.is_none()));
    table.has_repeated_keys || table.unsplit_rows > 0 || table.aside.iter().any(|place| is_blank(place) == 1)
}

fn label(table: &TableData, key: &[String]) -> String {
    key.iter().map(|name| table.label(name)).collect::<Vec<_>>().join(", ")
}
