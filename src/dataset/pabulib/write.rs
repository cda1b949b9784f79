//! A file from what was read of one: every section, column and row in its order.

use super::sections::Section;
use super::{LineEnd, Pabulib};

impl Pabulib {
    /// The file's text. Cells stand between quotation marks where they need them, and nowhere else.
    ///
    /// A section that was not there is not written. Rows that were set aside are not written either: whoever writes over a
    /// file that was read with problems says so first.
    pub fn to_text(&self) -> String {
        let mut out = Writer { text: String::new(), line_end: self.line_end };
        out.row([Section::Meta.mark()]);
        out.row(["key", "value"]);
        for (key, value) in &self.meta {
            out.row([key.as_str(), value.as_str()]);
        }
        let projects = self.projects.iter().map(|project| &project.cells);
        out.section(Section::Projects, &self.project_columns, projects);
        out.section(Section::Votes, &self.vote_columns, self.ballots.iter().map(|ballot| &ballot.cells));
        out.text
    }
}

struct Writer {
    text: String,
    line_end: LineEnd,
}

impl Writer {
    fn section<'a>(&mut self, section: Section, labels: &[String], rows: impl Iterator<Item = &'a Vec<String>>) {
        if labels.is_empty() {
            return;
        }
        self.row([section.mark()]);
        self.row(labels.iter().map(String::as_str));
        for cells in rows {
            self.row(cells.iter().map(String::as_str));
        }
    }

    fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(';');
            }
            if cell.contains([';', '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str(self.line_end.text());
    }
}
