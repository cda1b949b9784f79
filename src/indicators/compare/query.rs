//! What a reader set against what; a link carries it beside the selection.

use crate::budget::{FiscalYear, Stage};
use crate::dataset::{DISTRICT, Package};
use crate::engine::{Filter, Key, RowsNeeded, YearBasis};
use crate::indicators::{Per, Selection, base_years};

/// What the two sides differ in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CompareBy {
    /// In their years.
    #[default]
    Years,
    /// In their sections.
    Sections,
}

/// In what amounts are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ComparedAs {
    /// Whole.
    #[default]
    Total,
    /// For each inhabitant.
    PerPerson,
    /// In percent of the side's total.
    Share,
}

/// What comes first in the table of differences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CompareSort {
    /// The declared order.
    #[default]
    Declared,
    /// Who lost most.
    Loss,
    /// Who gained most.
    Gain,
}

impl CompareSort {
    /// Its name in a link.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Loss => "loss",
            Self::Gain => "gain",
        }
    }

    /// The order of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Declared, Self::Loss, Self::Gain].into_iter().find(|sort| sort.name() == name)
    }
}

/// What is compared, beside what is chosen of both sides alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompareQuery {
    /// What the sides differ in.
    pub by: CompareBy,
    /// Years (`2001`, or `2000-2002` for all from one to the other) or sections of the two sides; the opening choice where empty.
    pub sides: [Vec<String>; 2],
    /// The other municipality's folder: side B is of it.
    pub with: Option<String>,
    /// What the rows are told apart by, where it is chosen.
    pub rows: Option<Key>,
    /// The stage of side B, where it is another.
    pub stage_b: Option<Stage>,
    /// The year in whose prices amounts are told.
    pub real: Option<FiscalYear>,
    /// Whether rows are told in percent of their side's total.
    pub share: bool,
    /// What comes first in the table.
    pub sort: CompareSort,
    /// Whether works are counted at every step of the chain, however many rows that takes.
    pub counts_works: bool,
    /// Whether the table has all its rows, however many.
    pub is_whole: bool,
}

impl CompareQuery {
    /// The names of the pairs of a link that it reads.
    pub const NAMES: [&'static str; 11] =
        ["a", "b", "by", "with", "rows", "stage_b", "real", "share", "sort", "works", "more"];

    /// What a link's pairs say; and those that say nothing, as they stand.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<String>) {
        let mut query = Self::default();
        let mut ignored = Vec::new();
        for (name, value) in pairs {
            if !query.read(name, value) {
                ignored.push(format!("{name}={value}"));
            }
        }
        (query, ignored)
    }

    /// The pairs that say it; what stands at its default is left out.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.by == CompareBy::Sections {
            pairs.push(("by", "section".to_owned()));
        }
        for (name, side) in ["a", "b"].into_iter().zip(&self.sides) {
            pairs.extend(side.iter().map(|value| (name, value.clone())));
        }
        pairs.extend(self.with.iter().map(|slug| ("with", slug.clone())));
        pairs.extend(self.rows.iter().map(|key| ("rows", key.name().to_owned())));
        pairs.extend(self.stage_b.iter().map(|stage| ("stage_b", stage.name().to_owned())));
        pairs.extend(self.real.iter().map(|year| ("real", year.to_string())));
        if self.share {
            pairs.push(("share", "total".to_owned()));
        }
        if self.sort != CompareSort::Declared {
            pairs.push(("sort", self.sort.name().to_owned()));
        }
        if self.counts_works {
            pairs.push(("works", "count".to_owned()));
        }
        if self.is_whole {
            pairs.push(("more", "all".to_owned()));
        }
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn read(&mut self, name: &str, value: &str) -> bool {
        let [a, b] = &mut self.sides;
        match (name, value) {
            (_, "") => return false,
            ("by", "section") => self.by = CompareBy::Sections,
            ("by", "year") => self.by = CompareBy::Years,
            ("a", value) => a.push(value.to_owned()),
            ("b", value) => b.push(value.to_owned()),
            ("with", slug) => self.with = Some(slug.to_owned()),
            ("rows", key) => match key.parse::<Key>() {
                Ok(key) => self.rows = Some(key),
                Err(_unknown) => return false,
            },
            ("stage_b", stage) => match stage.parse::<Stage>() {
                Ok(stage) => self.stage_b = Some(stage),
                Err(()) => return false,
            },
            ("real", year) => match year.parse::<FiscalYear>() {
                Ok(year) => self.real = Some(year),
                Err(_unknown) => return false,
            },
            ("share", "total") => self.share = true,
            ("sort", name) => match CompareSort::from_name(name) {
                Some(sort) => self.sort = sort,
                None => return false,
            },
            ("works", "count") => self.counts_works = true,
            ("more", "all") => self.is_whole = true,
            _ => return false,
        }
        true
    }

    /// Whether a pair of a link means something for a package. What side B may be in another municipality only that one
    /// knows, so any year is something there.
    pub fn understands(package: &Package, name: &str, value: &str) -> bool {
        let is_year = |basis: YearBasis| !years_in(value, &package.facts.values(basis.key())).is_empty();
        match name {
            "a" | "b" => {
                let is_side = value == NO_VALUE || package.facts.values(Key::Section).contains(&value);
                let is_any_year = value.split('-').all(|year| year.parse::<FiscalYear>().is_ok());
                is_side || is_year(YearBasis::Round) || is_year(YearBasis::Fiscal) || (name == "b" && is_any_year)
            }
            "real" => {
                let bases = base_years(package);
                value.parse::<FiscalYear>().is_ok_and(|year| bases.contains(&year))
            }
            "rows" => value.parse::<Key>().is_ok_and(|key| !package.facts.values(key).is_empty()),
            "sort" => CompareSort::from_name(value).is_some(),
            _ => Self::default().read(name, value),
        }
    }

    /// In what amounts are told: a share says nothing per person.
    pub fn measure(&self, selection: &Selection) -> ComparedAs {
        match (self.share, selection.per) {
            (true, _) => ComparedAs::Share,
            (false, Per::Person) => ComparedAs::PerPerson,
            (false, Per::Total) => ComparedAs::Total,
        }
    }

    /// What the rows are told apart by: what is chosen where that means something, or else sections by years, and dimensions
    /// by sections or by municipality.
    pub fn rows_key(&self, package: &Package, selection: &Selection) -> Key {
        let choices = self.row_keys(package, selection);
        let chosen = self.rows.filter(|key| choices.contains(key));
        let is_within = self.by == CompareBy::Years && self.with.is_none();
        let is_far_too_long = package.sections.len() > MOST_SECTIONS && choices.contains(&Key::Level1);
        let usual = match is_within && choices.contains(&Key::Section) {
            true if is_far_too_long => Key::Level1,
            true => Key::Section,
            false => Key::Dimension,
        };
        let usual = choices.iter().copied().find(|key| *key == usual);
        chosen.or(usual).or(choices.first().copied()).unwrap_or(Key::Section)
    }

    /// The keys that rows can be told apart by: those that rows of the stages have, but for the years and what the sides
    /// differ in.
    pub fn row_keys(&self, package: &Package, selection: &Selection) -> Vec<Key> {
        let is_of_works = |key: Key| {
            let shared = [
                Key::Dimension,
                Key::Status,
                Key::Function,
                Key::FinancingSource,
                Key::Scope,
                Key::Contributor,
                Key::Form,
            ];
            shared.contains(&key)
        };
        let stages = [selection.stage, self.stage_b.unwrap_or(selection.stage)];
        let is_told = |stage: Stage, key: Key| match package.facts.source(stage, &Filter::default(), &[key]) {
            Ok(source) => source.column(key).is_some(),
            // Only the rows tell; they are asked for when somebody asks.
            Err(RowsNeeded) => !matches!(key, Key::Contributor | Key::Form),
        };
        let is_choice = |key: &Key| {
            let is_side = match self.by {
                CompareBy::Years => false,
                CompareBy::Sections => matches!(key, Key::Section | Key::Neighbourhood | Key::Level1 | Key::Level2),
            };
            let is_never = matches!(key, Key::Round | Key::FiscalYear | Key::Currency);
            // Codes of places and works are a municipality's own: the same code means another place elsewhere.
            let is_foreign = self.with.is_some() && !is_of_works(*key);
            // The code of works for the whole district is always there.
            let has_values = package.facts.values(*key).into_iter().any(|value| value != DISTRICT);
            let can_be = !is_never && !is_side && !is_foreign && has_values;
            can_be && stages.iter().any(|&stage| is_told(stage, *key))
        };
        Key::ALL.into_iter().filter(is_choice).collect()
    }
}

/// The years of a side, oldest first: those of its texts that the package has, or the opening choice where it has no text.
/// `place` is 0 for side A, 1 for side B.
pub fn side_years(package: &Package, selection: &Selection, side: &[String], place: usize) -> Vec<String> {
    let known = package.facts.values(selection.basis.key());
    if side.is_empty() {
        return opening_years(package, selection, &known, place);
    }
    let mut places: Vec<usize> = side.iter().flat_map(|text| years_in(text, &known)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| known.get(place).map(|&year| year.to_owned())).collect()
}

/// The places among the known years of those that a text names: one, or all from one to the other.
fn years_in(text: &str, known: &[&str]) -> Vec<usize> {
    let all = || known.iter().enumerate();
    if let Some((first, last)) = text.split_once('-')
        && let (Ok(first), Ok(last)) = (first.parse::<FiscalYear>(), last.parse::<FiscalYear>())
    {
        let (first, last) = (first.min(last), first.max(last));
        let is_within = |year: &str| year.parse::<FiscalYear>().is_ok_and(|year| first <= year && year <= last);
        return all().filter(|(_, year)| is_within(year)).map(|(place, _)| place).collect();
    }
    all().filter(|(_, year)| **year == text).map(|(place, _)| place).collect()
}

/// What a page opens with: side B in the year chosen for every page, side A in the one before it; where there is none before,
/// A in that year and B in the next.
fn opening_years(package: &Package, selection: &Selection, known: &[&str], place: usize) -> Vec<String> {
    let opening = selection.years(package).pop();
    let at = known.iter().position(|year| Some(*year) == opening.as_deref()).unwrap_or_default();
    let (a, b) = if at > 0 { (at - 1, at) } else { (at, at + 1) };
    known.get(if place == 0 { a } else { b }).map(|&year| year.to_owned()).into_iter().collect()
}

/// With more sections than this a page opens with what they lie in.
const MOST_SECTIONS: usize = 100;

/// How a link says "no value published".
pub(super) const NO_VALUE: &str = "-";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn years_stand_alone_or_from_one_to_another() {
        let known = ["2000", "2001", "2003"];
        for (text, expected) in [
            ("2001", vec![1]),
            ("2000-2002", vec![0, 1]),
            ("2003-2000", vec![0, 1, 2]),
            ("2002", vec![]),
            ("2004-2009", vec![]),
            ("nonsense", vec![]),
            ("2000-", vec![]),
        ] {
            assert_eq!(years_in(text, &known), expected, "{text}");
        }
    }

    #[test]
    fn what_a_link_does_not_say_is_named() {
        let pairs = [
            ("a", "2000"),
            ("rows", "bogus"),
            ("stage_b", "x"),
            ("real", "0"),
            ("share", ""),
            ("by", "moon"),
            ("a", "2001"),
        ];
        let (query, ignored) = CompareQuery::from_pairs(pairs);
        assert_eq!(query.sides, [vec!["2000".to_owned(), "2001".to_owned()], vec![]]);
        assert_eq!(ignored, ["rows=bogus", "stage_b=x", "real=0", "share=", "by=moon"]);
    }

    proptest! {
        #[test]
        fn a_link_restores_what_is_compared(sections: bool, a in proptest::collection::vec("[0-9A-Za-z ,-]{1,9}", 0..3), b in proptest::collection::vec("[0-9]{4}", 0..3),
            with in proptest::option::of("[a-z-]{1,9}"), rows in proptest::option::of(0..Key::ALL.len()), stage in proptest::option::of(0..Stage::ALL.len()),
            real in proptest::option::of(1900u16..2200), share: bool, counts_works: bool) {
            let by = if sections { CompareBy::Sections } else { CompareBy::Years };
            let query = CompareQuery { by, sides: [a, b], with, rows: rows.map(|at| Key::ALL[at]), stage_b: stage.map(|at| Stage::ALL[at]),
                real: real.map(|year| year.to_string().parse().unwrap()), share, sort: CompareSort::Loss, counts_works, is_whole: share };
            let pairs = query.to_pairs();
            let read = CompareQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            prop_assert_eq!(read, (query, vec![]));
        }
    }
}
