//! Rows of foreign files to rows of a package, with the money on both sides of the line.

use std::collections::{BTreeMap, BTreeSet};

use super::aside::SetAside;
use super::cell::{CellReader, Value};
use super::codes::list_of;
use super::columns::{CodedTexts, Rows};
use super::headings::Headings;
use super::map::{Entry, Plan};
use super::roles::{List, Role, Shape};
use super::sheet::{Reason, Sheet, SheetRow};
use crate::cli::Failure;
use crate::dataset::Code;

/// What became of the files.
pub(super) struct Conversion {
    pub rows: Rows,
    pub files: Vec<ConvertedFile>,
    /// Code lists, each in its order.
    pub lists: BTreeMap<List, Vec<Entry>>,
    /// What the lines are for, where the map says.
    pub headings: Option<Headings>,
}

/// What became of one file: `rows = kept + aside`.
pub(super) struct ConvertedFile {
    /// What the package calls it.
    pub name: String,
    pub rows: u64,
    pub kept: u64,
    pub aside: u64,
    /// Rows with nothing in them, which are not counted.
    pub blank: u64,
    /// Each column of amounts.
    pub sums: Vec<MoneySum>,
}

/// A file's column of amounts, in minor units: `file = read + aside`, and the amounts nobody can add up.
#[derive(Debug)]
pub(super) struct MoneySum {
    pub role: &'static Role,
    /// The file's label.
    pub label: String,
    /// Where it stands in the file.
    position: usize,
    /// Sum over the whole file, found without knowing which rows were set aside.
    pub file: i128,
    /// Sum over the rows kept, of what will be written.
    pub read: i128,
    /// Sum over the rows set aside.
    pub aside: i128,
    /// Amounts that are no number, or blank where the map says that they may not be.
    pub unreadable: u64,
}

/// Where a role's cells come from.
enum Origin<'a> {
    Column { position: usize, label: &'a str },
    Constant(Value<'a>),
}

/// Converts one file after the other.
pub(super) struct Converter<'a> {
    plan: &'a Plan,
    rows: Rows,
    /// Where each file's rows begin, with its name.
    begins: Vec<(usize, String)>,
    files: Vec<ConvertedFile>,
    aside: SetAside<'a>,
}

impl<'a> Converter<'a> {
    pub fn new(plan: &'a Plan, aside: SetAside<'a>) -> Self {
        Self { plan, rows: Rows::new(plan.roles()), begins: Vec::new(), files: Vec::new(), aside }
    }

    /// Converts every row of a file.
    pub fn file(&mut self, name: &str, mut sheet: Sheet<'a>) -> Result<(), Failure> {
        let reader = CellReader { plan: self.plan, layout: sheet.layout };
        let roles: Vec<&'static Role> = self.plan.roles().collect();
        let origins = roles.iter().map(|role| origin(reader, &sheet, role)).collect::<Result<Vec<_>, _>>()?;
        let mut file = ConvertedFile {
            name: name.to_owned(),
            rows: 0,
            kept: 0,
            aside: 0,
            blank: 0,
            sums: sums(reader, &sheet, &roles),
        };
        self.begins.push((self.rows.len(), name.to_owned()));
        while let Some(row) = sheet.next_row()? {
            file.rows += 1;
            let added = file.add(reader, &row);
            let (values, mut reasons) = read_row(reader, &roles, &origins, &row);
            if reasons.is_empty() {
                reasons.extend(self.repeated_key(reader, &values));
            }
            if reasons.is_empty() {
                file.kept += 1;
                if !self.rows.push(row.row, &values) {
                    return Err(Failure::said("import.too-large", []));
                }
            } else {
                file.aside += 1;
                file.sums.iter_mut().zip(added).for_each(|(sum, minor)| sum.aside += i128::from(minor));
                self.aside.add(self.files.len(), name, &row, &reasons)?;
            }
        }
        file.blank = sheet.blank_rows;
        self.files.push(file);
        Ok(())
    }

    /// The converted rows, once their code lists are known.
    pub fn finish(mut self) -> Result<(Conversion, SetAside<'a>), Failure> {
        let lists = resolve_codes(self.plan, &mut self.rows);
        let headings = self.plan.has_headings().then(|| Headings::of(&self.rows));
        let conversion = Conversion { rows: self.rows, files: self.files, lists, headings };
        Ok((conversion.balanced()?, self.aside.finish()?))
    }

    /// Whether a row's code was another row's before: as many rows as codes were kept, since each has its own.
    fn repeated_key(&self, reader: CellReader<'_>, values: &[Value<'_>]) -> Option<Reason> {
        let (at, (role, _)) = self.rows.columns().enumerate().find(|(_, (role, _))| role.is_key())?;
        let Some(Value::Text(id)) = values.get(at) else { return None };
        let first = usize::try_from(self.rows.texts(role.name)?.values.code(id)?).ok()?.checked_sub(1)?;
        let label = reader.layout.columns.get(role.name).map(String::as_str).unwrap_or_default();
        let file = self.begins.iter().rev().find(|(begin, _)| *begin <= first).map(|(_, name)| name.as_str());
        let place = self.rows.number(first).to_string();
        let place = match file {
            Some(file) if self.begins.len() > 1 => format!("{place} ({file})"),
            _ => place,
        };
        Some(Reason::new(Code::KeyDuplicate, label, id).arg("first", place))
    }
}

fn origin<'a>(reader: CellReader<'a>, sheet: &Sheet<'a>, role: &Role) -> Result<Origin<'a>, Failure> {
    if let Some(label) = reader.layout.columns.get(role.name)
        && let Some(position) = sheet.position(label)
    {
        return Ok(Origin::Column { position, label });
    }
    reader.constant(role).map(Origin::Constant)
}

/// A row's values for the package, and every reason it cannot be used.
fn read_row<'a>(
    reader: CellReader<'a>,
    roles: &[&'static Role],
    origins: &[Origin<'a>],
    row: &'a SheetRow,
) -> (Vec<Value<'a>>, Vec<Reason>) {
    let cells = match &row.cells {
        Ok(cells) => cells,
        Err(reason) => return (Vec::new(), vec![reason.clone()]),
    };
    let mut reasons = Vec::new();
    let values = roles.iter().zip(origins).map(|(role, origin)| match origin {
        Origin::Constant(value) => value.clone(),
        Origin::Column { position, label } => {
            let cell = cells.get(*position).map_or("", String::as_str);
            reader.read(role, label, cell).unwrap_or_else(|reason| {
                reasons.push(reason);
                Value::Missing
            })
        }
    });
    (values.collect(), reasons)
}

/// The file's columns of amounts, with nothing added up yet.
fn sums(reader: CellReader<'_>, sheet: &Sheet<'_>, roles: &[&'static Role]) -> Vec<MoneySum> {
    let amounts = roles.iter().filter(|role| role.shape == Shape::Amount);
    let sum = |role: &&'static Role| {
        let label = reader.layout.columns.get(role.name)?;
        let position = sheet.position(label)?;
        Some(MoneySum { role, label: label.clone(), position, file: 0, read: 0, aside: 0, unreadable: 0 })
    };
    amounts.filter_map(sum).collect()
}

impl ConvertedFile {
    /// Counts a row's amounts whatever becomes of the row; returns what each adds.
    fn add(&mut self, reader: CellReader<'_>, row: &SheetRow) -> Vec<i64> {
        let add = |sum: &mut MoneySum| {
            let cell = row.cells.as_ref().ok().and_then(|cells| cells.get(sum.position));
            let minor = cell.and_then(|cell| reader.adds(sum.role, cell));
            match minor {
                Some(minor) => sum.file += i128::from(minor),
                None => sum.unreadable += 1,
            }
            minor.unwrap_or_default()
        };
        self.sums.iter_mut().map(add).collect()
    }
}

impl Conversion {
    /// Every row with the file it was read from, in order.
    pub fn places(&self) -> impl Iterator<Item = (&ConvertedFile, usize)> {
        let files = self.files.iter().flat_map(|file| (0..file.kept).map(move |_row| file));
        files.zip(0..self.rows.len())
    }

    /// Adds up what will be written, and holds it against what the files hold.
    fn balanced(mut self) -> Result<Self, Failure> {
        let mut begin = 0usize;
        for file in &mut self.files {
            let end = begin.saturating_add(usize::try_from(file.kept).unwrap_or(usize::MAX)).min(self.rows.len());
            for sum in &mut file.sums {
                let written = self.rows.amounts(sum.role).into_iter();
                let written = written.flat_map(|amounts| (begin..end).filter_map(|row| amounts.get(row)));
                sum.read = written.map(i128::from).sum();
                if !sum.balances() {
                    return Err(Failure::said("import.unbalanced", [("column", &sum.label)]));
                }
            }
            begin = end;
        }
        Ok(self)
    }
}

impl MoneySum {
    /// Whether no amount was lost or invented on the way.
    pub fn balances(&self) -> bool {
        self.read + self.aside == self.file
    }
}

/// The code lists, and codes to be written in place of the names they were made from.
fn resolve_codes(plan: &Plan, rows: &mut Rows) -> BTreeMap<List, Vec<Entry>> {
    let mut lists = BTreeMap::new();
    for (role, texts) in rows.texts_mut() {
        let Shape::Code(list) = role.shape else { continue };
        if let Some(listed) = plan.listed(list) {
            lists.insert(list, listed.to_vec());
            continue;
        }
        if let Some((ids, entries)) = codes_and_names(plan, role, texts) {
            texts.ids = ids;
            lists.insert(list, entries);
            continue;
        }
        let made = list_of(&texts.values.values().collect::<BTreeSet<&str>>());
        let ids: BTreeMap<&str, &str> = made.iter().map(|entry| (entry.label_es.as_str(), entry.id.as_str())).collect();
        texts.ids = texts.values.values().map(|name| ids.get(name).copied().unwrap_or(name).to_owned()).collect();
        lists.insert(list, made);
    }
    lists
}

/// The code of each value that holds one beside its name, and the codes in their order; of the names of one code, the one
/// that came last. `None` where the map says of no such cells.
fn codes_and_names(plan: &Plan, role: &Role, texts: &CodedTexts) -> Option<(Vec<String>, Vec<Entry>)> {
    let split = |value| plan.code_and_name(role, value).map(Option::unwrap_or_default);
    let pairs: Vec<(&str, &str)> = texts.values.values().map(split).collect::<Option<_>>()?;
    let names: BTreeMap<&str, &str> = pairs.iter().copied().collect();
    let entry = |(id, name): (&str, &str)| Entry { id: id.to_owned(), label_es: name.to_owned(), ..Entry::default() };
    let ids = pairs.into_iter().map(|(id, _)| id.to_owned()).collect();
    plan.map.codes.contains_key(role.name).then(|| (ids, names.into_iter().map(entry).collect()))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::money::format::Language;

    const MAP: &str = r#"
        kind = "projects"
        required = ["cost"]
        package = { name = "n", title = "t", country = "PE", currency = "PEN", license = "CC0-1.0", source = { title = "s" } }
        file = { delimiter = ";", missing = ["-"] }
        columns = { project_id = "id", year = "y", title = "id", section = "s", agreed = "m", cost = "m" }
    "#;

    fn account_for(files: &[String]) -> Result<(), TestCaseError> {
        let plan = Plan::read(MAP).unwrap();
        let words = crate::cli::words(Language::Es).unwrap();
        let sheet = |text: &String| {
            let text = format!("id;y;s;m\n{text}");
            Sheet::new(&plan.layouts[0], Box::new(Cursor::new(text.into_bytes())), Path::new("f.csv")).unwrap()
        };
        let labels: Vec<Vec<String>> = files.iter().map(|text| sheet(text).labels).collect();
        let mut written = Vec::new();
        let aside = SetAside::new(Box::new(&mut written), "a.csv".to_owned(), &words, &labels).unwrap();
        let mut converter = Converter::new(&plan, aside);
        for (name, text) in ["first", "second"].iter().zip(files) {
            converter.file(name, sheet(text)).unwrap();
        }
        let (conversion, aside) = converter.finish().unwrap();
        let counts: Vec<(u64, u64)> = conversion.files.iter().map(|file| (file.rows, file.kept + file.aside)).collect();
        prop_assert!(counts.iter().all(|(rows, accounted)| rows == accounted), "{:?}", counts);
        prop_assert_eq!(conversion.rows.len() as u64, conversion.files.iter().map(|file| file.kept).sum::<u64>());
        prop_assert_eq!(aside.rows, conversion.files.iter().map(|file| file.aside).sum::<u64>());
        let sums: Vec<&MoneySum> = conversion.files.iter().flat_map(|file| &file.sums).collect();
        prop_assert_eq!(sums.len(), files.len() * 2);
        prop_assert!(sums.iter().all(|sum| sum.balances()), "{:?}", sums);
        let ids: BTreeSet<&str> = conversion.rows.texts("project_id").unwrap().values.values().collect();
        prop_assert_eq!(ids.len(), conversion.rows.len());
        drop((conversion, aside));
        let rows = crate::dataset::read_csv(&written, crate::dataset::CsvDialect::default());
        prop_assert!(rows.iter().all(|row| row.cells.as_ref().is_ok_and(|cells| cells.len() == 6 + 4)));
        Ok(())
    }

    proptest! {
        #[test]
        fn every_row_and_every_amount_is_accounted_for(files in proptest::collection::vec(proptest::collection::vec(
            ("[a-c]{0,2}", "(2024|2025|24|-)", "(Z1|Z2|)", "(-?[0-9]{1,4}(\\.[0-9]{1,3})?|-|x|)"), 0..20), 1..3)) {
            let line = |(id, year, section, money): &(String, String, String, String)| format!("{id};{year};{section};{money}\n");
            let files: Vec<String> = files.iter().map(|rows| rows.iter().map(line).collect()).collect();
            account_for(&files)?;
        }

        #[test]
        fn no_file_panics(text in "([a-c];|2024;|1\\.5|[\"\n;é]|.){0,60}") {
            account_for(&[text])?;
        }
    }
}
