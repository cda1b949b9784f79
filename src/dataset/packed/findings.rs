//! What reading the package found, as bytes.

use super::wire::{Reader, Wire, packed, put_text};
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::{Report, SetAside, TableReport};

packed! {
    Report { problems, tables, counts }
    TableReport { resource, file, rows_read, rows_kept, set_aside }
    SetAside { rows, amounts }
    Problem { code, file, row, column, value, args }
}

impl Wire for Code {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(self.name(), out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let name = String::take(from)?;
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

/// The places that the sentences of problems have. A name that is not here does not come back: packing checks that all do.
const ARGS: [&str; 31] = [
    "agreed",
    "allowed",
    "asked",
    "budget",
    "computed",
    "cost",
    "counted",
    "criterion",
    "currency",
    "decimal",
    "decimals",
    "declared",
    "example",
    "expected",
    "field",
    "first",
    "found",
    "fund",
    "given",
    "group",
    "other",
    "other_value",
    "place",
    "position",
    "project",
    "role",
    "section",
    "sum",
    "target",
    "total",
    "year",
];

impl Wire for &'static str {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(self, out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let name = String::take(from)?;
        ARGS.into_iter().find(|known| *known == name)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The names that the source files below a folder give the places of their sentences.
    fn names_used(folder: &Path, names: &mut Vec<String>) {
        // In two, not to find itself.
        let call = [".arg", "(\""].concat();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names_used(&path, names);
            } else {
                let text = std::fs::read_to_string(path).unwrap();
                names.extend(text.split(&call).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }

    #[test]
    fn every_place_of_a_sentence_comes_back() {
        let mut names = Vec::new();
        names_used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dataset"), &mut names);
        assert!(names.len() > 20, "the names were not found");
        let missing: Vec<&String> = names.iter().filter(|name| !ARGS.contains(&name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
