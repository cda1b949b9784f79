//! Plain-language sentences built from figures: what is on screen, in words.

use super::Catalog;
use crate::dataset::{Label, Package};
use crate::engine::{Key, Tally, YearBasis};
use crate::indicators::{Cell, Overview, Selection};
use crate::money::format::NumberStyle;
use crate::money::{Money, ratio};

/// Writes sentences about one package in one language.
pub struct Writer<'a> {
    /// The words.
    pub catalog: &'a Catalog,
    /// The package spoken of.
    pub package: &'a Package,
    /// How numbers look.
    pub style: NumberStyle,
}

impl Writer<'_> {
    /// What to call a value of a key: `Sección 4`, `Todo el distrito`, `Sin dato`.
    pub fn label(&self, key: Key, value: Option<&str>) -> String {
        match self.package.label(key, value, self.catalog.language()) {
            Label::Named(name) => name,
            Label::District => self.catalog.get("label.district"),
            Label::Word => self.catalog.get(&format!("{}.{}", key.name(), value.unwrap_or_default())),
            Label::NoValue => self.catalog.get(&format!("label.none.{}", key.name())),
        }
    }

    /// What is chosen, as one phrase; `None` when nothing is.
    fn chosen(&self, selection: &Selection) -> Option<String> {
        let values = selection
            .filter
            .conditions
            .iter()
            .flat_map(|condition| condition.values.iter().map(|value| self.label(condition.key, value.as_deref())));
        let values: Vec<String> = values.collect();
        (!values.is_empty()).then(|| values.join(" · "))
    }

    /// The page's opening sentence.
    pub fn opening(&self, overview: &Overview, selection: &Selection) -> String {
        match overview.headline.cells.as_slice() {
            [cell] => self.headline(overview, selection, cell),
            [] => self.catalog.get("headline.empty-years"),
            _ => self.headline_of_years(overview, selection),
        }
    }

    /// The opening sentence for one year: `De cada S/ 100 prometidos en 2001 se gastaron S/ 45.`
    fn headline(&self, overview: &Overview, selection: &Selection, cell: &Cell) -> String {
        let basis = match selection.basis {
            YearBasis::Round => "round",
            YearBasis::Fiscal => "fiscal",
        };
        let year = match self.chosen(selection) {
            Some(chosen) => format!("{} ({chosen})", cell.year),
            None => cell.year.clone(),
        };
        let projects = self.count("unit.projects", cell.outline.count);
        let promised = self.money(cell, cell.outline);
        let spent = self.money(cell, cell.fill);
        let mut args = vec![("year", year.as_str()), ("projects", projects.as_str())];
        let rate = cell.fill.minor.zip(cell.outline.minor).and_then(|(part, whole)| ratio::out_of_hundred(part, whole));
        let key = match (overview.has_fill, rate) {
            _ if cell.is_empty() => "headline.empty".to_owned(),
            (true, Some(_)) if overview.headline.is_running => {
                format!("headline.{basis}.running.{}", overview.fill_stage)
            }
            (true, Some(_)) => format!("headline.{basis}.{}", overview.fill_stage),
            (true, None) if cell.fill.minor.is_some() => "headline.without-promise".to_owned(),
            (true, None) => format!("headline.{basis}.no-data"),
            (false, _) => format!("headline.{basis}.promise"),
        };
        let hundred = self.style.whole_money(100, cell.currency);
        let of_hundred = self.style.whole_money(rate.unwrap_or_default(), cell.currency);
        args.extend([("hundred", hundred.as_str()), ("part", of_hundred.as_str())]);
        args.extend([("promised", promised.as_str()), ("spent", spent.as_str())]);
        self.catalog.fill(&key, &args)
    }

    /// The opening sentence when several years stand side by side.
    fn headline_of_years(&self, overview: &Overview, selection: &Selection) -> String {
        let (first, last) = (overview.years.first(), overview.years.last());
        let chosen = self.chosen(selection).map(|chosen| format!(" ({chosen})")).unwrap_or_default();
        let args = [
            ("first", first.map(String::as_str).unwrap_or_default()),
            ("last", last.map(String::as_str).unwrap_or_default()),
            ("chosen", chosen.as_str()),
        ];
        let key = if overview.has_fill { "headline.years" } else { "headline.years-promise" };
        self.catalog.fill(key, &args)
    }

    /// A count with its unit, in the right plural: `12 proyectos`.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.catalog.plural(unit, count, &[("n", &self.style.count(count))])
    }

    /// A sum in words for a sentence; `sin dato` where there is none.
    fn money(&self, cell: &Cell, tally: Tally) -> String {
        match tally.minor {
            Some(minor) => self.style.money(Money::new(minor, cell.currency)),
            None => self.catalog.get("value.none"),
        }
    }
}
