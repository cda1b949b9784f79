//! PROJECTS: one a row, in the file's order, which is the order ties are broken by.

use std::collections::BTreeMap;

use super::sections::{Line, Part, Section};
use super::{PbProject, cell, fault};
use crate::dataset::problem::Code;
use crate::dataset::report::Report;
use crate::dataset::value::Fault;
use crate::money::Currency;

/// PROJECTS as read.
#[derive(Debug, Default)]
pub(super) struct Projects {
    pub columns: Vec<String>,
    pub projects: Vec<PbProject>,
    /// Line of each.
    pub lines: Vec<u32>,
}

/// Reads PROJECTS. A row without an id, or with one that stands already, is set aside; a cell that cannot be read is missing.
pub(super) fn read(part: &Part, currency: Option<Currency>, name: &str, report: &mut Report) -> Projects {
    let (columns, places) = part.columns(["project_id", "cost"], name, report);
    let mut read = Projects { columns, ..Projects::default() };
    let Some([id_at, cost_at]) = places else { return read };
    let mut lines_by_id: BTreeMap<&str, u32> = BTreeMap::new();
    for line in &part.lines {
        let id = line.cell(id_at);
        let problem = |code| super::problem(code, name, Section::Projects, "project_id").row(line.number);
        if id.trim().is_empty() {
            report.add(problem(Code::KeyBlank).value(line.cells.join(";")));
            continue;
        }
        if let Some(first) = lines_by_id.get(id) {
            report.add(problem(Code::KeyDuplicate).value(id).arg("first", first.to_string()));
            continue;
        }
        lines_by_id.insert(id, line.number);
        let row = Row { line, columns: &read.columns, name };
        let cost = cell::amount(line.cell(cost_at), currency, 1);
        let project = PbProject {
            id: id.to_owned(),
            name: row.text("name").unwrap_or(id).to_owned(),
            cost_minor: row.or_missing("cost", line.cell(cost_at), cost, report),
            votes: row.read("votes", cell::count, report),
            section: row.text("section").map(str::to_owned),
            is_selected: row.read("selected", cell::selected, report),
            cells: line.cells.clone(),
        };
        read.projects.push(project);
        read.lines.push(line.number);
    }
    read
}

/// A row, with what each of its cells is called.
struct Row<'a> {
    line: &'a Line,
    columns: &'a [String],
    name: &'a str,
}

impl<'a> Row<'a> {
    /// A cell with something in it.
    fn text(&self, label: &str) -> Option<&'a str> {
        let place = self.columns.iter().position(|known| known == label)?;
        Some(self.line.cell(place)).filter(|text| !text.trim().is_empty())
    }

    fn read<T>(&self, label: &str, read: fn(&str) -> Result<T, Fault>, report: &mut Report) -> Option<T> {
        let text = self.text(label)?;
        self.or_missing(label, text, read(text), report)
    }

    /// What was read, or nothing and the reason in the report.
    fn or_missing<T>(&self, label: &str, text: &str, read: Result<T, Fault>, report: &mut Report) -> Option<T> {
        let found = |broken| fault(broken, self.name, Section::Projects, label, self.line.number, text);
        read.map_err(|broken| report.add(found(broken))).ok()
    }
}
