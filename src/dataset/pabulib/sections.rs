//! A file cut into its three sections, and these into cells.

use super::super::csv::{CsvDialect, FaultKind, read_csv};
use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::{Form, PbRow, PbTable};

/// The names of the sections, which stand alone on a line before the labels of each.
pub(super) const META: &str = "META";
pub(super) const PROJECTS: &str = "PROJECTS";
pub(super) const VOTES: &str = "VOTES";

/// A file that is cut up.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub meta: PbTable,
    pub projects: PbTable,
    pub votes: PbTable,
    pub form: Form,
    pub rows_unreadable: u64,
}

/// Cuts a file up. Rows that cannot be split or have more or fewer cells than labels, sections that are missing or stand
/// twice, and rows before the first section are reported.
pub(super) fn split(bytes: &[u8], file: &str, report: &mut Report) -> Sections {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first_end = text.iter().position(|&byte| byte == b'\n').and_then(|at| at.checked_sub(1));
    let form = Form {
        bom: text.len() < bytes.len(),
        crlf: first_end.and_then(|at| text.get(at)).is_some_and(|&byte| byte == b'\r'),
    };
    let mut sections = Sections { form, ..Sections::default() };
    let mut found: Vec<&'static str> = Vec::new();
    for record in read_csv(text, CsvDialect { delimiter: b';', ..CsvDialect::default() }) {
        let cells = match record.cells {
            Ok(cells) => cells,
            Err(fault) => {
                let code = match fault.kind {
                    FaultKind::Quote => Code::QuoteError,
                    FaultKind::Encoding => Code::EncodingError,
                };
                sections.rows_unreadable += 1;
                report.add(Problem::new(code, file).row(record.row).value(fault.text));
                continue;
            }
        };
        if let [only] = cells.as_slice() {
            if only.trim().is_empty() {
                continue;
            }
            if let Some(name) = [META, PROJECTS, VOTES].into_iter().find(|name| only.trim().eq_ignore_ascii_case(name))
            {
                if found.contains(&name) {
                    report.add(Problem::new(Code::PbSectionTwice, file).row(record.row).value(name));
                }
                found.push(name);
                continue;
            }
        }
        let row = PbRow { line: record.row, cells };
        match found.last() {
            None => {
                sections.rows_unreadable += 1;
                report.add(Problem::new(Code::PbRowOutside, file).row(row.line).value(row.cells.join(";")));
            }
            Some(&name) => sections.add(name, row, file, report),
        }
    }
    for name in [META, PROJECTS, VOTES] {
        if !found.contains(&name) && !text.trim_ascii().is_empty() {
            report.add(Problem::new(Code::PbSectionMissing, file).value(name));
        }
    }
    sections
}

impl Sections {
    fn add(&mut self, name: &'static str, row: PbRow, file: &str, report: &mut Report) {
        let table = match name {
            META => &mut self.meta,
            PROJECTS => &mut self.projects,
            _ => &mut self.votes,
        };
        if table.labels.is_empty() {
            report_repeated(name, &row, file, report);
            table.labels = row.cells;
            return;
        }
        let (found, expected) = (row.cells.len(), table.labels.len());
        if found != expected {
            let problem = Problem::new(Code::CellCount, file).row(row.line).column(name).value(row.cells.join(";"));
            report.add(problem.arg("found", found.to_string()).arg("expected", expected.to_string()));
        }
        table.rows.push(row);
    }
}

fn report_repeated(section: &str, labels: &PbRow, file: &str, report: &mut Report) {
    for (at, label) in labels.cells.iter().enumerate() {
        let is_repeated = labels.cells.iter().take(at).any(|earlier| earlier.trim() == label.trim());
        if is_repeated {
            report.add(Problem::new(Code::LabelDuplicate, file).row(labels.line).column(section).value(label.trim()));
        }
    }
}
