//! A file's lines, section by section, and each section's labels.

use super::LineEnd;
use crate::dataset::csv::{CsvDialect, FaultKind, read_csv};
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;

/// Between the cells of a line.
pub(super) const DELIMITER: u8 = b';';

/// Lines are counted in 32 bits.
const LARGEST_FILE: u64 = u32::MAX as u64;

/// Characters of two bytes show themselves among so many first bytes.
const FIRST_LOOK: usize = 64;

/// A section of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Section {
    #[default]
    Meta,
    Projects,
    Votes,
}

impl Section {
    const ALL: [Self; 3] = [Self::Meta, Self::Projects, Self::Votes];

    /// The word that opens it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Meta => "META",
            Self::Projects => "PROJECTS",
            Self::Votes => "VOTES",
        }
    }

    /// The section that a line opens: its word alone, in any letters, as the libraries take it.
    fn opened_by(cells: &[String]) -> Option<Self> {
        let [only] = cells else { return None };
        Self::ALL.into_iter().find(|section| section.mark().eq_ignore_ascii_case(only.trim()))
    }
}

/// A line, or the several that a cell between quotation marks may span.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The first one's number, from 1.
    pub number: u32,
    pub cells: Vec<String>,
}

impl Line {
    /// A cell by its place; every line of a section has as many as there are labels.
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// The lines of one section.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub section: Section,
    pub is_there: bool,
    /// The line of labels, where there is one.
    pub labels: Option<Line>,
    /// Rows that could be split into as many cells as there are labels.
    pub lines: Vec<Line>,
    /// Rows with something in them.
    pub rows_read: u64,
}

/// The three sections. Those that a file lacks are empty, and that is in the report.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    pub line_end: LineEnd,
    pub meta: Part,
    pub projects: Part,
    pub votes: Part,
}

impl Sections {
    /// Splits a file. Blank lines are told and left out.
    pub fn split(bytes: &[u8], name: &str, report: &mut Report) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let part = |section| Part { section, ..Part::default() };
        let mut sections = Self {
            line_end: line_end(bytes),
            meta: part(Section::Meta),
            projects: part(Section::Projects),
            votes: part(Section::Votes),
        };
        if let Some(problem) = no_election(bytes, name) {
            report.add(problem);
            return sections;
        }
        let dialect = CsvDialect { delimiter: DELIMITER, ..CsvDialect::default() };
        let mut open: Option<Section> = None;
        let mut spanned = 0;
        for record in read_csv(bytes, dialect) {
            let number = record.row.saturating_add(spanned);
            match record.cells {
                Ok(cells) => {
                    let line_ends: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
                    spanned = spanned.saturating_add(u32::try_from(line_ends).unwrap_or(u32::MAX));
                    sections.take(Line { number, cells }, &mut open, name, report);
                }
                Err(fault) => {
                    let code = match fault.kind {
                        FaultKind::Quote => Code::QuoteError,
                        FaultKind::Encoding => Code::EncodingError,
                    };
                    report.add(at(code, name, open, number).value(fault.text));
                    if let Some(section) = open {
                        sections.part(section).rows_read += 1;
                    }
                }
            }
        }
        for section in Section::ALL {
            if !sections.part(section).is_there {
                report.add(super::problem(Code::BallotsSection, name, section, ""));
            }
        }
        sections
    }

    fn part(&mut self, section: Section) -> &mut Part {
        match section {
            Section::Meta => &mut self.meta,
            Section::Projects => &mut self.projects,
            Section::Votes => &mut self.votes,
        }
    }

    /// Puts a line where it belongs. `open` is the section it stands in: none before the first, and none in one that stands
    /// a second time, whose lines could be of anything.
    fn take(&mut self, line: Line, open: &mut Option<Section>, name: &str, report: &mut Report) {
        if let Some(section) = Section::opened_by(&line.cells) {
            let part = self.part(section);
            *open = (!part.is_there).then_some(section);
            if part.is_there {
                report.add(at(Code::BallotsOutside, name, None, line.number).value(section.mark()));
            }
            part.is_there = true;
            return;
        }
        if line.cells.iter().all(|cell| cell.trim().is_empty()) {
            report.add(at(Code::RowBlank, name, *open, line.number));
            return;
        }
        match *open {
            Some(section) => self.part(section).take(line, name, report),
            None => report.add(at(Code::BallotsOutside, name, None, line.number).value(line.cells.join(";"))),
        }
    }
}

impl Part {
    fn take(&mut self, line: Line, name: &str, report: &mut Report) {
        let Some(labels) = &self.labels else {
            self.check_labels(&line, name, report);
            self.labels = Some(line);
            return;
        };
        self.rows_read += 1;
        if line.cells.len() == labels.cells.len() {
            self.lines.push(line);
            return;
        }
        let counts = [("found", line.cells.len()), ("expected", labels.cells.len())];
        let problem = at(Code::BallotsCells, name, Some(self.section), line.number).value(line.cells.join(";"));
        report.add(counts.into_iter().fold(problem, |problem, (name, count)| problem.arg(name, count.to_string())));
    }

    fn check_labels(&self, line: &Line, name: &str, report: &mut Report) {
        for (place, label) in line.cells.iter().enumerate() {
            if label.trim().is_empty() {
                let problem = at(Code::LabelBlank, name, Some(self.section), line.number);
                report.add(problem.arg("position", (place + 1).to_string()));
            } else if line.cells.iter().take(place).any(|earlier| earlier == label) {
                let problem = super::problem(Code::LabelDuplicate, name, self.section, label);
                report.add(problem.row(line.number).value(label));
            }
        }
    }

    /// Its labels, and the places of those it must have; no places where one is missing, which is told.
    pub fn columns<const N: usize>(
        &self,
        must: [&str; N],
        name: &str,
        report: &mut Report,
    ) -> (Vec<String>, Option<[usize; N]>) {
        let labels = self.labels.as_ref().map(|line| line.cells.clone()).unwrap_or_default();
        let mut places = [0; N];
        let mut has_all = true;
        for (place, label) in places.iter_mut().zip(must) {
            match labels.iter().position(|known| known == label) {
                Some(known) => *place = known,
                None => {
                    has_all = false;
                    self.tell_missing(label, name, report);
                }
            }
        }
        (labels, has_all.then_some(places))
    }

    /// A whole section that is missing was told already.
    fn tell_missing(&self, label: &str, name: &str, report: &mut Report) {
        if !self.is_there {
            return;
        }
        let problem = super::problem(Code::LabelMissing, name, self.section, label);
        report.add(match &self.labels {
            Some(line) => problem.row(line.number).value(line.cells.join(";")),
            None => problem.value("—"),
        });
    }
}

fn at(code: Code, name: &str, section: Option<Section>, line: u32) -> Problem {
    let problem = match section {
        Some(section) => super::problem(code, name, section, ""),
        None => Problem::new(code, name),
    };
    problem.row(line)
}

/// Why a file cannot hold an election at all.
fn no_election(bytes: &[u8], name: &str) -> Option<Problem> {
    let first = bytes.get(..bytes.len().min(FIRST_LOOK)).unwrap_or_default();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some(Problem::new(Code::FileEmpty, name));
    }
    if bytes.len() as u64 > LARGEST_FILE {
        return Some(Problem::new(Code::FileTooLarge, name).value(bytes.len().to_string()));
    }
    if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) || first.contains(&0) {
        return Some(Problem::new(Code::EncodingError, name).value("UTF-16"));
    }
    let words = first.trim_ascii_start();
    (words.first() == Some(&b'<')).then(|| Problem::new(Code::FileNotCsv, name).value(String::from_utf8_lossy(words)))
}

fn line_end(bytes: &[u8]) -> LineEnd {
    let end = bytes.iter().position(|&byte| byte == b'\n');
    let before = end.and_then(|end| end.checked_sub(1)).and_then(|before| bytes.get(before));
    if before == Some(&b'\r') { LineEnd::CrLf } else { LineEnd::Lf }
}
