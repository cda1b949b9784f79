//! The works a view lists: which, in which order, what they come to, and the counts beside every filter.

use super::groups::totals;
use super::order::ordered;
use super::sought::sought;
use super::{GroupTotal, ListChoice, PAGE_ROWS, Spending};
use crate::budget::{Date, Stage};
use crate::dataset::Package;
use crate::engine::{Bitset, Filter, Key, NO_VALUE, RowsNeeded, Table, Unanswered, YearBasis, distinct};
use crate::indicators::{Selection, YearChoice};

/// A view's works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Places in the package, in the order chosen: every work listed, not only the page's.
    pub rows: Vec<u32>,
    /// What all of them come to, by currency.
    pub totals: Vec<GroupTotal>,
    /// The filters, each with its counts.
    pub facets: Vec<Facet>,
    /// Every work of the package, listed or not.
    pub of: usize,
    /// Pages of [`PAGE_ROWS`]; at least one.
    pub pages: usize,
    /// The page shown, from 1; the last where a later one was asked for.
    pub page: usize,
    /// Whether all rows are shown at once.
    pub shows_all: bool,
    /// What the page's works come to, by currency.
    pub page_totals: Vec<GroupTotal>,
}

/// One filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What it tells works apart by.
    pub key: Key,
    /// Values that works under the other choices have, in declared order, none last; and those chosen.
    pub values: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value; `None` for works that have none.
    pub value: Option<String>,
    /// Works that have it under all choices but this filter's own.
    pub count: u64,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

impl Listing {
    /// The rows of the page.
    pub fn shown(&self) -> &[u32] {
        if self.shows_all {
            return &self.rows;
        }
        let start = (self.page - 1).saturating_mul(PAGE_ROWS).min(self.rows.len());
        let end = start.saturating_add(PAGE_ROWS).min(self.rows.len());
        self.rows.get(start..end).unwrap_or_default()
    }

    /// The first and the last row of the page, from 1; 0 where there is none.
    pub fn span(&self) -> (usize, usize) {
        let before = if self.shows_all { 0 } else { (self.page - 1).saturating_mul(PAGE_ROWS) };
        let shown = self.shown().len();
        (before + usize::from(shown > 0), before + shown)
    }

    /// The pages to offer: the first, the last, those around the one shown, and `None` where some are left out.
    pub fn page_numbers(&self) -> Vec<Option<usize>> {
        let is_offered = |page: &usize| *page == 1 || *page == self.pages || page.abs_diff(self.page) <= 2;
        let mut offered = Vec::new();
        let mut last = 0;
        for page in (1..=self.pages).filter(is_offered) {
            if page > last + 1 {
                offered.push(None);
            }
            offered.push(Some(page));
            last = page;
        }
        offered
    }

    /// The works before and after one in this order, and its place from 1; `None` where it is not listed.
    pub fn around(&self, row: u32) -> Option<(Option<u32>, usize, Option<u32>)> {
        let at = self.rows.iter().position(|&listed| listed == row)?;
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before)).copied();
        Some((before, at + 1, self.rows.get(at + 1).copied()))
    }
}

/// The filters offered, in their order.
const FACETS: [Key; 9] = [
    Key::Section,
    Key::Dimension,
    Key::Status,
    Key::Round,
    Key::List,
    Key::Scope,
    Key::StrategicObjective,
    Key::Neighbourhood,
    Key::Source,
];

/// The filter of a view on this page: a year is a round, an open work is no filter, and words are looked for apart.
pub(super) fn filter_of(selection: &Selection) -> Filter {
    let mut filter = selection.filter.clone().without(Key::Project);
    filter.text.clear();
    match &selection.year {
        YearChoice::One(year) if selection.basis == YearBasis::Round => {
            filter.without(Key::Round).with(Key::Round, Some(year))
        }
        _ => filter,
    }
}

/// The latest day the spending on the works of a view was read from the accounts; `None` where that is not published, or
/// cannot be told before the rows are loaded.
pub fn as_of(package: &Package, selection: &Selection) -> Option<Date> {
    package.as_of(&filter_of(selection)).ok().flatten()
}

/// The works listed.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded or a sum cannot be held exactly.
pub fn listing(
    package: &Package,
    spending: &Spending,
    selection: &Selection,
    choice: ListChoice,
) -> Result<Listing, Unanswered> {
    let projects = package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let filter = filter_of(selection);
    let found = sought(package, &selection.filter.text)?;
    let asker = Asker { package, projects, filter: &filter, found: &found };
    let mut rows = asker.rows(None);
    ordered(package, spending, projects, choice, &mut rows);
    let pages = rows.len().div_ceil(PAGE_ROWS).max(1);
    let mut listing = Listing {
        totals: totals(package, spending, &rows)?,
        facets: FACETS.into_iter().filter_map(|key| asker.facet(key)).collect(),
        of: projects.len(),
        pages,
        page: choice.page.clamp(1, pages),
        shows_all: choice.shows_all,
        page_totals: Vec::new(),
        rows,
    };
    listing.page_totals = totals(package, spending, listing.shown())?;
    Ok(listing)
}

/// The works that the other choices leave to a key, in the order of the file: what the map's sections are made of.
pub(super) fn rows_without(package: &Package, selection: &Selection, key: Key) -> Result<Vec<u32>, Unanswered> {
    let projects = package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let filter = filter_of(selection);
    let found = sought(package, &selection.filter.text)?;
    Ok(Asker { package, projects, filter: &filter, found: &found }.rows(Some(key)))
}

struct Asker<'a> {
    package: &'a Package,
    projects: &'a Table,
    filter: &'a Filter,
    /// What the reader's words find.
    found: &'a Bitset,
}

impl Asker<'_> {
    fn bits(&self, but: Option<Key>) -> Bitset {
        let filter = match but {
            Some(key) => self.filter.clone().without(key),
            None => self.filter.clone(),
        };
        filter.rows(&self.package.facts, self.projects).and(self.found)
    }

    fn rows(&self, but: Option<Key>) -> Vec<u32> {
        self.bits(but).iter().filter_map(|row| u32::try_from(row).ok()).collect()
    }

    /// Nothing where no work of the package is told apart by the key.
    fn facet(&self, key: Key) -> Option<Facet> {
        let chosen = self.filter.values(key).unwrap_or_default();
        let is_told_apart = self.projects.column(key).is_some();
        if !is_told_apart && chosen.is_empty() {
            return None;
        }
        let dictionary = self.package.facts.dictionary(key)?;
        let name = |code: u32| dictionary.value(code).map(str::to_owned);
        let is_chosen = |value: &Option<String>| chosen.contains(value);
        let counts = distinct(self.projects, Some(&self.bits(Some(key))), key);
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .filter(|&(code, _)| code == NO_VALUE || name(code).is_some())
            .map(|(code, count)| (name(code), count))
            .map(|(value, count)| FacetValue { is_chosen: is_chosen(&value), value, count })
            .collect();
        // A choice that finds nothing can still be taken back.
        for value in chosen {
            if !values.iter().any(|known| known.value == *value) {
                values.push(FacetValue { value: value.clone(), count: 0, is_chosen: true });
            }
        }
        Some(Facet { key, values })
    }
}
