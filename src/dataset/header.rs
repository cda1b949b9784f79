//! The first row of a file: what each column is, and which are missing or unknown.

use super::descriptor::Resource;
use super::problem::{Code, Problem};
use super::report::Report;
use super::schema::Field;
use super::spec::{self, TableSpec};
use super::table::Column;
use super::value;

/// The mark a file seems to be split by, where its header does not split by the declared one: read on, every row would be
/// one cell, or break where an amount happens to hold the declared mark.
pub(super) fn other_delimiter(resource: &Resource, labels: &[String]) -> Option<char> {
    let [only] = labels else { return None };
    let is_wide = resource.schema.fields.len() > 1 && resource.schema.fields.iter().all(|field| field.name != *only);
    let declared = char::from(resource.dialect.delimiter);
    [';', ',', '\t', '|'].into_iter().find(|&mark| is_wide && mark != declared && only.contains(mark))
}

/// A delimiter as it can be shown and typed.
pub(super) fn named(delimiter: char) -> String {
    if delimiter == '\t' { "\\t".to_owned() } else { delimiter.to_string() }
}

/// Binds each label to the field of its name and to what this project knows of it, by name or by `columnType`.
pub(super) fn bind_columns(resource: &Resource, labels: &[String], report: &mut Report) -> Vec<Column> {
    let spec = spec::table(&resource.name);
    let file = resource.file();
    let mut seen: Vec<&str> = Vec::new();
    let mut columns = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let label = label.trim();
        let field = resource.schema.fields.iter().find(|field| field.name == label);
        let known = known_column(spec, label, field, labels);
        // Of two columns with one meaning the first is used, as of two with one label.
        let known = known.filter(|known| !columns.iter().any(|column: &Column| column.name == known.name));
        if label.is_empty() {
            report.add(Problem::new(Code::LabelBlank, file).row(1).arg("position", (at + 1).to_string()));
        } else if seen.contains(&label) {
            report.add(Problem::new(Code::LabelDuplicate, file).row(1).column(label).value(label));
        } else if field.is_none() && known.is_none() && !resource.schema.allows_extra {
            report.add(Problem::new(Code::LabelUnknown, file).row(1).column(label).value(label));
        }
        seen.push(label);
        let mut field = field.cloned().unwrap_or_else(|| Field { name: label.to_owned(), ..Field::default() });
        if let Some(known) = known {
            field.constraints.tighten(known.one_of, known.within);
        }
        columns.push(Column {
            name: known.map_or(label, |column| column.name).to_owned(),
            label: label.to_owned(),
            kind: known.map_or_else(|| value::kind_of(&field), |column| column.kind),
            required: field.constraints.required || known.is_some_and(|column| column.required),
            field,
        });
    }
    report_missing_columns(resource, spec, &columns, report);
    columns
}

fn known_column(
    spec: Option<&'static TableSpec>,
    label: &str,
    field: Option<&Field>,
    labels: &[String],
) -> Option<&'static spec::ColumnSpec> {
    let columns = spec?.columns;
    let by_name = columns.iter().find(|column| column.name == label);
    by_name.or_else(|| {
        let column_type = field.map(|field| field.column_type.as_str()).filter(|name| !name.is_empty())?;
        let by_type = columns.iter().find(|column| column.column_type == column_type)?;
        (!labels.iter().any(|other| other == by_type.name)).then_some(by_type)
    })
}

fn report_missing_columns(resource: &Resource, spec: Option<&TableSpec>, columns: &[Column], report: &mut Report) {
    let present = |name: &str| columns.iter().any(|column| column.name == name || column.label == name);
    let by_spec =
        spec.into_iter().flat_map(|spec| spec.columns).filter(|column| column.required).map(|column| column.name);
    // A column left out is a figure left out: only a schema that says so lets a file have fewer than its fields.
    let fields = resource.schema.fields.iter();
    let by_schema = fields.filter(|field| field.constraints.required || !resource.schema.allows_fewer);
    let by_schema = by_schema.map(|field| field.name.as_str());
    let mut missing: Vec<&str> = Vec::new();
    for name in by_spec.chain(by_schema).filter(|name| !present(name)) {
        if missing.contains(&name) {
            continue;
        }
        missing.push(name);
        let labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
        let problem = Problem::new(Code::LabelMissing, resource.file()).row(1).column(name);
        report.add(problem.value(labels.join(", ")));
    }
}
