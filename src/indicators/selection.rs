//! What a reader chose to look at. A link carries it whole (`web::route`).

use super::coverage::{Coverage, coverage};
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Filter, Key, YearBasis};
use crate::money::Currency;

/// One year, or all of them side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum YearChoice {
    /// The year the package opens with.
    #[default]
    Opening,
    /// This year.
    One(String),
    /// Every year, side by side.
    All,
}

/// Whole amounts, or amounts for each inhabitant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Per {
    /// The amount.
    #[default]
    Total,
    /// The amount divided by the people of that place in that year.
    Person,
}

/// A view of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Which year or years.
    pub year: YearChoice,
    /// What "year" means.
    pub basis: YearBasis,
    /// The stage set against the promise.
    pub stage: Stage,
    /// Whole or per person.
    pub per: Per,
    /// Currency; the package's main one where none is chosen.
    pub currency: Option<Currency>,
    /// Sections, dimensions, statuses... chosen.
    pub filter: Filter,
    /// The year of the official totals that is read out; they are of other years than the rounds.
    pub official_year: Option<String>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            year: YearChoice::Opening,
            basis: YearBasis::Round,
            stage: Stage::Accrued,
            per: Per::Total,
            currency: None,
            filter: Filter::default(),
            official_year: None,
        }
    }
}

impl Selection {
    /// The selection that pairs of a link describe. Names and values that mean nothing are left out: a link made for
    /// other data still opens.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut selection = Self::default();
        for (name, value) in pairs {
            match (name, value) {
                ("year", "all") => selection.year = YearChoice::All,
                ("year", year) if !year.is_empty() => selection.year = YearChoice::One(year.to_owned()),
                ("years", "fiscal") => selection.basis = YearBasis::Fiscal,
                ("per", "person") => selection.per = Per::Person,
                ("stage", stage) => selection.stage = stage.parse().unwrap_or(selection.stage),
                ("total", year) => selection.official_year = Some(year.to_owned()),
                ("currency", code) => selection.currency = code.parse().ok().or(selection.currency),
                ("q", text) => text.clone_into(&mut selection.filter.text),
                (name, value) => {
                    if let Ok(key) = name.parse::<Key>() {
                        let value = (value != NO_VALUE).then_some(value);
                        selection.filter = selection.filter.with(key, value);
                    }
                }
            }
        }
        selection
    }

    /// Whether a pair of a link means something to a selection, whatever the package.
    pub fn understands(name: &str, value: &str) -> bool {
        match name {
            "year" => !value.is_empty(),
            "years" => YearBasis::from_name(value).is_some(),
            "per" => ["total", "person"].contains(&value),
            "stage" => value.parse::<Stage>().is_ok(),
            "currency" => value.parse::<Currency>().is_ok(),
            "total" | "q" => true,
            name => name.parse::<Key>().is_ok(),
        }
    }

    /// What "year" means in a package: one that has no rounds, but budget lines alone, is looked at by fiscal year whatever
    /// is asked for.
    pub fn basis_in(&self, package: &Package) -> YearBasis {
        let has = |key| package.facts.dictionary(key).is_some_and(|years| !years.is_empty());
        if !has(Key::Round) && has(Key::FiscalYear) { YearBasis::Fiscal } else { self.basis }
    }

    /// The selection as far as it means something for a package, and the pairs that do not. A package without rounds is
    /// looked at by fiscal year.
    pub fn known_to(&self, package: &Package) -> (Self, Vec<(String, String)>) {
        let (mut known, mut unknown) = (self.clone(), Vec::new());
        let facts = &package.facts;
        known.basis = self.basis_in(package);
        let has = |key: Key, value: &str| match facts.dictionary(key).filter(|dictionary| !dictionary.is_empty()) {
            Some(dictionary) => dictionary.code(value).is_some(),
            // A large dictionary comes with the rows.
            None => facts.table(Stage::Agreed).is_none(),
        };
        let mut leave_out = |name: &str, value: &str| unknown.push((name.to_owned(), value.to_owned()));
        if let YearChoice::One(year) = &self.year
            && !has(known.basis.key(), year)
        {
            leave_out("year", year);
            known.year = YearChoice::Opening;
        }
        if let Some(currency) = self.currency.filter(|currency| !has(Key::Currency, currency.code())) {
            leave_out("currency", currency.code());
            known.currency = None;
        }
        let is_official = |year: &String| package.official_totals.iter().any(|total| total.year.to_string() == *year);
        if let Some(year) = self.official_year.as_ref().filter(|year| !is_official(year)) {
            leave_out("total", year);
            known.official_year = None;
        }
        for condition in &mut known.filter.conditions {
            let key = condition.key;
            condition.values.retain(|value| {
                let is_known = value.as_deref().is_none_or(|value| has(key, value));
                if !is_known {
                    leave_out(key.name(), value.as_deref().unwrap_or_default());
                }
                is_known
            });
        }
        known.filter.conditions.retain(|condition| !condition.values.is_empty());
        (known, unknown)
    }

    /// The pairs that describe the selection; what stands at its default is left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        match &self.year {
            YearChoice::Opening => {}
            YearChoice::One(year) => pairs.push(("year", year.clone())),
            YearChoice::All => pairs.push(("year", "all".to_owned())),
        }
        if self.basis == YearBasis::Fiscal {
            pairs.push(("years", "fiscal".to_owned()));
        }
        if self.stage != Stage::Accrued {
            pairs.push(("stage", self.stage.name().to_owned()));
        }
        if self.per == Per::Person {
            pairs.push(("per", "person".to_owned()));
        }
        if let Some(currency) = self.currency {
            pairs.push(("currency", currency.to_string()));
        }
        pairs.extend(self.official_year.iter().map(|year| ("total", year.clone())));
        if !self.filter.text.is_empty() {
            pairs.push(("q", self.filter.text.clone()));
        }
        for condition in &self.filter.conditions {
            for value in &condition.values {
                pairs.push((condition.key.name(), value.clone().unwrap_or_else(|| NO_VALUE.to_owned())));
            }
        }
        pairs
    }

    /// The stage the chosen one is set against: the promise by round, the modified budget by fiscal year.
    pub fn outline_stage(&self) -> Stage {
        match self.basis {
            YearBasis::Round => Stage::Agreed,
            YearBasis::Fiscal => Stage::Pim,
        }
    }

    /// Counts years by another basis; a year that it does not know (a fiscal year without a round of its own) is taken back.
    pub fn count_years_by(&mut self, basis: YearBasis, package: &Package) {
        self.basis = basis;
        let known = package.facts.values(basis.key());
        if matches!(&self.year, YearChoice::One(year) if !known.contains(&year.as_str())) {
            self.year = YearChoice::Opening;
        }
    }

    /// The years to show, oldest first.
    pub fn years(&self, package: &Package) -> Vec<String> {
        let known = package.facts.values(self.basis.key());
        match &self.year {
            YearChoice::All => known.into_iter().map(str::to_owned).collect(),
            YearChoice::One(year) => vec![year.clone()],
            YearChoice::Opening => {
                let opening = package.opening_round().filter(|year| known.iter().any(|other| other == year));
                // A year that has only begun would pass for one in which little was done.
                let has_only_begun =
                    |year: &str| year.parse().is_ok_and(|year| matches!(coverage(package, year), Coverage::To { .. }));
                let whole = || known.iter().rev().find(|year| !has_only_begun(year)).or(known.last()).copied();
                opening.or_else(whole).map(str::to_owned).into_iter().collect()
            }
        }
    }

    /// The same view with one value of a key chosen, or with the choice taken back when it was the one chosen.
    #[must_use]
    pub fn toggled(&self, choices: &[(Key, Option<&str>)]) -> Self {
        let is_chosen = |&(key, value): &(Key, Option<&str>)| {
            self.filter.values(key).is_some_and(|values| values.iter().map(Option::as_deref).eq([value]))
        };
        let all_chosen = choices.iter().all(is_chosen);
        let filter = choices.iter().fold(self.filter.clone(), |filter, &(key, value)| {
            let cleared = filter.without(key);
            if all_chosen { cleared } else { cleared.with(key, value) }
        });
        Self { filter, ..self.clone() }
    }
}

/// How a link says "no value published".
const NO_VALUE: &str = "-";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_link_restores_the_view(year in proptest::option::of("[12][0-9]{3}|all"), fiscal: bool, person: bool, stage in 0usize..7,
            currency in proptest::option::of("[A-Z]{3}"), section in proptest::collection::vec("[A-Za-z0-9 &=é]{1,4}|-", 0..3)) {
            let mut pairs: Vec<(&str, String)> = year.iter().map(|year| ("year", year.clone())).collect();
            pairs.extend(fiscal.then(|| ("years", "fiscal".into())));
            pairs.extend(person.then(|| ("per", "person".into())));
            pairs.push(("stage", Stage::ALL[stage].name().into()));
            pairs.extend(currency.iter().map(|code| ("currency", code.clone())));
            pairs.extend(section.iter().map(|section| ("section", section.clone())));
            let selection = Selection::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
            let written = selection.to_pairs();
            let read = Selection::from_pairs(written.iter().map(|(name, value)| (*name, value.as_str())));
            prop_assert_eq!(read, selection);
        }

        #[test]
        fn no_link_is_too_strange(pairs in proptest::collection::vec((".{0,12}", ".{0,12}"), 0..8)) {
            let selection = Selection::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            prop_assert!(selection.to_pairs().len() <= pairs.len());
        }
    }

    #[test]
    fn touching_twice_takes_back() {
        let start = Selection::default();
        let chosen = start.toggled(&[(Key::Section, Some("S1"))]);
        assert_eq!(chosen.toggled(&[(Key::Section, Some("S2"))]).to_pairs(), [("section", "S2".to_owned())]);
        assert_eq!(chosen.toggled(&[(Key::Section, Some("S1"))]), start);
        let cell = chosen.toggled(&[(Key::Section, Some("S1")), (Key::Dimension, None)]);
        assert_eq!(cell.to_pairs(), [("section", "S1".to_owned()), ("dimension", "-".to_owned())]);
    }
}
