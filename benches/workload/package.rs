//! The same lines as a package (docs/format.md): code lists, sections, rounds, projects and their budget lines.

use std::collections::BTreeMap;

use yupay::dataset::FileContent;

use super::dice::Dice;
use super::line::{Total, YEARS, amounts, cell, typed, year};
use super::words::{DIMENSIONS, FUNCTION_COUNT, SECTIONS, STATUSES, description, function_code};

/// A package in memory, and what its lines add up to.
#[derive(Debug, Clone)]
pub struct PackageFiles {
    pub descriptor: Vec<u8>,
    pub files: BTreeMap<String, FileContent>,
    /// Of all files together.
    pub bytes: u64,
    /// Of `devengado` over the budget lines.
    pub accrued: Total,
}

const LINES_A_PROJECT: usize = 5;

/// A package of that many budget lines, five a project.
pub fn package(lines: usize) -> PackageFiles {
    let mut dice = Dice::new(0x0070_6171_7565);
    let projects = projects(lines.div_ceil(LINES_A_PROJECT), &mut dice);
    let (budget, accrued) = budget(lines, &projects.sections, &mut dice);
    let tables = [
        ("sections", "section_id,name", listed(&SECTIONS, |number, name| format!("S{},{name}", number + 1))),
        ("dimensions", "dimension_id,label_es,sort_order", listed(&DIMENSIONS, |n, name| format!("D{n},{name},{n}"))),
        ("statuses", "status_id,label_es,sort_order,oc4ids_status,is_open", listed(&STATUSES, status)),
        ("processes", "fiscal_year,currency,closed_on", listed(&YEARS, |_, year| format!("{year},PEN,{year}-12-15"))),
        ("projects", PROJECT_COLUMNS, projects.csv),
        ("budget", BUDGET_COLUMNS, budget),
    ];
    let descriptor = descriptor(&tables.each_ref().map(|(name, columns, _)| (*name, *columns))).into_bytes();
    let mut bytes = descriptor.len() as u64;
    let mut files = BTreeMap::new();
    for (name, columns, rows) in tables {
        let csv = format!("{columns}\n{rows}").into_bytes();
        bytes += csv.len() as u64;
        files.insert(format!("data/{name}.csv"), FileContent::Bytes(csv));
    }
    PackageFiles { descriptor, files, bytes, accrued }
}

fn listed<T>(values: &[T], row: impl Fn(usize, &T) -> String) -> String {
    values.iter().enumerate().map(|(number, value)| row(number, value) + "\n").collect()
}

fn status(number: usize, &(label, oc4ids, is_open): &(&str, &str, bool)) -> String {
    format!("T{number},{label},{number},{oc4ids},{is_open}")
}

const PROJECT_COLUMNS: &str =
    "project_id,fiscal_year,title,section_id,scope,dimension_id,function_code,status,agreed_amount,agreed_on,source";

struct Projects {
    csv: String,
    /// Section of each, by number; none for a work of the whole district.
    sections: Vec<Option<usize>>,
}

fn projects(count: usize, dice: &mut Dice) -> Projects {
    let mut projects = Projects { csv: String::new(), sections: Vec::with_capacity(count) };
    for number in 0..count {
        let section = (!dice.percent(5)).then(|| dice.weighted(&[20, 18, 14, 16, 8, 5, 9, 10]));
        let round = year(dice);
        let agreed = (!dice.percent(3)).then(|| amounts(dice).pim).flatten();
        projects.csv += &format!(
            "P-{number:07},{round},{},{},{},D{},{},T{},{},{round}-03-15,illustrative\n",
            cell(&description(dice)),
            section.map(|section| format!("S{}", section + 1)).unwrap_or_default(),
            if section.is_some() { "section" } else { "district" },
            dice.weighted(&[28, 26, 20, 20, 6]),
            function_code(dice.below(FUNCTION_COUNT)),
            dice.weighted(&[15, 10, 15, 20, 35, 5]),
            typed(agreed),
        );
        projects.sections.push(section);
    }
    projects
}

const BUDGET_COLUMNS: &str = "budget_line_id,fiscal_year,project_id,section_id,financing_source_code,\
    pia,pim,certificado,compromiso_anual,devengado,girado,as_of,source";

fn budget(lines: usize, sections: &[Option<usize>], dice: &mut Dice) -> (String, Total) {
    let (mut csv, mut accrued) = (String::new(), Total::default());
    for number in 0..lines {
        let project = dice.below(sections.len());
        let amounts = amounts(dice);
        accrued.add(amounts.accrued);
        let year = year(dice);
        csv += &format!(
            "L{number:07},{year},P-{project:07},{},{:02},{},{},{},{},{},{},{year}-12-31,illustrative\n",
            sections[project].map(|section| format!("S{}", section + 1)).unwrap_or_default(),
            dice.between(7, 18),
            typed(amounts.pia),
            typed(amounts.pim),
            typed(amounts.committed), // what is committed was certified first
            typed(amounts.committed),
            typed(amounts.accrued),
            typed(amounts.paid),
        );
    }
    (csv, accrued)
}

/// A schema that says of each column what the reader would take it for anyway.
fn descriptor(tables: &[(&str, &str)]) -> String {
    let resources = tables.iter().map(|(name, columns)| {
        let fields = columns.split(',').map(|column| format!(r#"{{"name": "{column}", "type": "{}"}}"#, kind(column)));
        let key = columns.split(',').next().unwrap_or_default();
        format!(
            r#"{{"name": "{name}", "path": "data/{name}.csv", "format": "csv", "encoding": "utf-8",
               "schema": {{"fields": [{}], "missingValues": [""], "primaryKey": ["{key}"]}}}}"#,
            fields.collect::<Vec<_>>().join(", ")
        )
    });
    format!(
        r#"{{"name": "workload", "title": "Distrito de medida (inventado)", "version": "1.0.0", "countryCode": "PE",
            "licenses": [{{"name": "CC0-1.0"}}], "sources": [{{"title": "Inventado"}}], "resources": [{}]}}"#,
        resources.collect::<Vec<_>>().join(",\n")
    )
}

fn kind(column: &str) -> &'static str {
    match column {
        "fiscal_year" => "year",
        "sort_order" => "integer",
        "is_open" => "boolean",
        "closed_on" | "agreed_on" | "as_of" => "date",
        "agreed_amount" | "pia" | "pim" | "certificado" | "compromiso_anual" | "devengado" | "girado" => "number",
        _ => "string",
    }
}
