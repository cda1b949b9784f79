//! What the reader chose on the page, beside the selection; a link carries it whole.

use std::str::FromStr;

use crate::budget::FiscalYear;
use crate::engine::Key;

/// What a cell is worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// The amount of a stage.
    #[default]
    Amount,
    /// How many works, lines or contributions.
    Count,
}

/// What a cell is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// Its row.
    Row,
    /// Its column.
    Column,
    /// Everything.
    All,
}

/// How the figures are drawn. The table beside it says the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Picture {
    /// Rows as bars that the columns make up.
    #[default]
    Stacked,
    /// A bar for each row and column.
    Bars,
    /// Tiles as large as their amounts, a column's within its row's.
    Treemap,
    /// Rows against columns, a bar in each cell.
    Matrix,
}

/// The order of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// As the publisher declared them.
    #[default]
    Declared,
    /// By name, A first.
    Name,
    /// By name, Z first.
    NameDown,
    /// By amount, the least first.
    Amount,
    /// By amount, the greatest first.
    AmountDown,
}

/// A cell, a row's or a column's total, or everything. The outer `None` is "whichever", the inner one "no value published".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChoice {
    /// The row's value.
    pub row: Option<Option<String>>,
    /// The column's value.
    pub column: Option<Option<String>>,
}

/// What the page shows beside the selection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// What tells rows apart; `None` where the link does not say.
    pub rows: Option<Key>,
    /// What tells columns apart: `None` where the link does not say, `Some(None)` for no columns.
    pub columns: Option<Option<Key>>,
    /// Amounts or counts.
    pub measure: Measure,
    /// As parts of something.
    pub share: Option<ShareOf>,
    /// In prices of this year.
    pub real: Option<FiscalYear>,
    /// The picture.
    pub picture: Picture,
    /// The order of the rows.
    pub sort: Sort,
    /// Whether small rows stand one by one.
    pub others_open: bool,
    /// The cell whose lines are shown.
    pub cell: Option<CellChoice>,
    /// Which hundred of those lines, from 1.
    pub page: usize,
    /// Which part of the table's rows, from 1.
    pub part: usize,
}

/// The names of its pairs in a link.
pub const OWN_NAMES: [&str; 11] =
    ["rows", "columns", "measure", "share", "real", "picture", "sort", "others", "cell", "page", "part"];

/// How a link says "no columns".
const NONE: &str = "none";
/// How a link says "no value published", as for every filter.
const NO_VALUE: &str = "-";
/// How a link says "whichever".
const ANY: &str = "*";

/// A named choice among a few.
pub(super) trait Named: Sized + Copy + PartialEq + 'static {
    const ALL: &'static [(&'static str, Self)];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, one)| *one)
    }

    fn name_of(self) -> &'static str {
        Self::ALL.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

impl Named for Measure {
    const ALL: &'static [(&'static str, Self)] = &[("amount", Self::Amount), ("count", Self::Count)];
}

impl Named for ShareOf {
    const ALL: &'static [(&'static str, Self)] = &[("row", Self::Row), ("column", Self::Column), ("all", Self::All)];
}

impl Named for Picture {
    const ALL: &'static [(&'static str, Self)] =
        &[("stacked", Self::Stacked), ("bars", Self::Bars), ("treemap", Self::Treemap), ("matrix", Self::Matrix)];
}

impl Named for Sort {
    const ALL: &'static [(&'static str, Self)] = &[
        ("declared", Self::Declared),
        ("name", Self::Name),
        ("-name", Self::NameDown),
        ("amount", Self::Amount),
        ("-amount", Self::AmountDown),
    ];
}

impl Measure {
    /// Its name in links and words.
    pub fn name(self) -> &'static str {
        self.name_of()
    }
}

impl ShareOf {
    /// Each of them.
    pub const EACH: [Self; 3] = [Self::Row, Self::Column, Self::All];

    /// Its name in links and words.
    pub fn name(self) -> &'static str {
        self.name_of()
    }
}

impl Picture {
    /// Each of them, in the order they are offered.
    pub const EACH: [Self; 4] = [Self::Stacked, Self::Bars, Self::Treemap, Self::Matrix];

    /// Its name in links and words.
    pub fn name(self) -> &'static str {
        self.name_of()
    }
}

impl Sort {
    /// Each of them, in the order they are offered.
    pub const EACH: [Self; 5] = [Self::Declared, Self::AmountDown, Self::Amount, Self::Name, Self::NameDown];

    /// Its name in links and words.
    pub fn name(self) -> &'static str {
        self.name_of()
    }
}

impl CellChoice {
    /// As a link writes it: `ROW~COLUMN`.
    pub fn to_link(&self) -> String {
        format!("{}~{}", written(self.row.as_ref()), written(self.column.as_ref()))
    }

    /// The cell a link names.
    pub fn from_link(text: &str) -> Option<Self> {
        let (row, column) = text.split_once('~')?;
        (!column.contains('~')).then(|| Self { row: read(row), column: read(column) })
    }
}

/// A tilde within a value would read as the end of it, and a star as "whichever".
fn written(value: Option<&Option<String>>) -> String {
    match value {
        None => ANY.to_owned(),
        Some(None) => NO_VALUE.to_owned(),
        Some(Some(value)) => value.replace('%', "%25").replace('~', "%7E").replace('*', "%2A"),
    }
}

fn read(text: &str) -> Option<Option<String>> {
    match text {
        ANY | "" => None,
        NO_VALUE => Some(None),
        value => Some(Some(value.replace("%2A", "*").replace("%7E", "~").replace("%25", "%"))),
    }
}

impl Look {
    /// What the pairs of a link say, and those that say nothing, as `name=value`.
    pub fn from_pairs(pairs: &[(String, String)]) -> (Self, Vec<String>) {
        let mut look = Self { page: 1, part: 1, ..Self::default() };
        let mut ignored = Vec::new();
        for (name, value) in pairs {
            if look.take(name, value).is_none() {
                ignored.push(format!("{name}={value}"));
            }
        }
        (look, ignored)
    }

    /// Takes a pair in; `None` where it means nothing.
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "rows" => self.rows = Some(Key::from_str(value).ok()?),
            "columns" if value == NONE => self.columns = Some(None),
            "columns" => self.columns = Some(Some(Key::from_str(value).ok()?)),
            "measure" => self.measure = Measure::of(value)?,
            "share" => self.share = Some(ShareOf::of(value)?),
            "real" => self.real = Some(value.parse().ok()?),
            "picture" => self.picture = Picture::of(value)?,
            "sort" => self.sort = Sort::of(value)?,
            "others" => self.others_open = (value == "open").then_some(true)?,
            "cell" => self.cell = Some(CellChoice::from_link(value)?),
            "page" => self.page = value.parse().ok().filter(|page| *page > 0)?,
            "part" => self.part = value.parse().ok().filter(|part| *part > 0)?,
            _ => return None,
        }
        Some(())
    }

    /// The pairs that say it; what stands at its default is left out.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let default = Self::default();
        let said = |name: &str, value: Option<String>| value.map(|value| (name.to_owned(), value));
        let columns = self.columns.map(|columns| columns.map_or(NONE, Key::name).to_owned());
        let counted = |number: usize| (number > 1).then(|| number.to_string());
        let pairs = [
            said("rows", self.rows.map(|key| key.name().to_owned())),
            said("columns", columns),
            said("measure", (self.measure != default.measure).then(|| self.measure.name().to_owned())),
            said("share", self.share.map(|share| share.name().to_owned())),
            said("real", self.real.map(|year| year.to_string())),
            said("picture", (self.picture != default.picture).then(|| self.picture.name().to_owned())),
            said("sort", (self.sort != default.sort).then(|| self.sort.name().to_owned())),
            said("others", self.others_open.then(|| "open".to_owned())),
            said("cell", self.cell.as_ref().map(CellChoice::to_link)),
            said("page", counted(self.page)),
            said("part", counted(self.part)),
        ];
        pairs.into_iter().flatten().collect()
    }

    /// The same without what only makes sense of the rows on screen.
    #[must_use]
    pub fn from_the_top(&self) -> Self {
        Self { cell: None, page: 1, part: 1, others_open: false, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        text.split('&').filter_map(pair).collect()
    }

    #[test]
    fn a_link_restores_the_look_and_names_what_it_does_not_know() {
        let link = "rows=section&columns=dimension&measure=count&share=row&real=2001&picture=treemap&sort=-amount&others=open\
                    &cell=S1~human&page=2&part=3";
        let (look, ignored) = Look::from_pairs(&pairs(link));
        assert!(ignored.is_empty());
        assert_eq!(look.to_pairs(), pairs(link));
        let (look, ignored) = Look::from_pairs(&pairs("rows=nonsense&picture=pie&page=0&cell=S1&columns=none"));
        assert_eq!(ignored, ["rows=nonsense", "picture=pie", "page=0", "cell=S1"]);
        assert_eq!(look.columns, Some(None));
        assert_eq!(look.to_pairs(), pairs("columns=none"));
    }

    proptest! {
        #[test]
        fn any_value_of_a_cell_goes_through_a_link(row in proptest::option::of(".{1,8}"), column in ".{1,8}") {
            prop_assume!(row.as_deref() != Some("-") && column != "-");
            let choice = CellChoice { row: Some(row), column: Some(Some(column)) };
            prop_assert_eq!(CellChoice::from_link(&choice.to_link()), Some(choice));
        }
    }
}
