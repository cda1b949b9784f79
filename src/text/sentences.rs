//! Plain-language sentences built from figures: what is on screen, in words.

use super::{Catalog, Piece};
use crate::budget::{OfficialTotal, Stage};
use crate::dataset::{Label, Package};
use crate::engine::{Key, Tally, YearBasis};
use crate::indicators::{Cell, Overview, Selection, execution_percent};
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
    pub fn opening(&self, overview: &Overview, selection: &Selection) -> Vec<Piece> {
        match overview.headline.cells.as_slice() {
            [cell] => self.headline(overview, selection, cell),
            [] => self.catalog.pieces("headline.empty-years", &[]),
            _ => self.headline_of_years(overview, selection),
        }
    }

    /// The opening sentence for one year: `De cada S/ 100 prometidos en 2001 se gastaron S/ 45.`
    fn headline(&self, overview: &Overview, selection: &Selection, cell: &Cell) -> Vec<Piece> {
        let basis = match selection.basis {
            YearBasis::Round => "round",
            YearBasis::Fiscal => "fiscal",
        };
        let year = match self.chosen(selection) {
            Some(chosen) => format!("{} ({chosen})", cell.year),
            None => cell.year.clone(),
        };
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
        let whole = |units: i64| Piece::Amount {
            plain: units.to_string(),
            shown: self.style.whole_money(units, cell.currency),
        };
        let money = |tally: Tally| self.money(tally.minor.map(|minor| Money::new(minor, cell.currency)));
        let args = [
            ("year", Piece::Words(year)),
            ("projects", Piece::Words(self.count("unit.projects", cell.outline.count))),
            ("hundred", whole(100)),
            ("part", whole(rate.unwrap_or_default())),
            ("promised", money(cell.outline)),
            ("spent", money(cell.fill)),
        ];
        self.catalog.pieces(&key, &args)
    }

    /// The opening sentence when several years stand side by side.
    fn headline_of_years(&self, overview: &Overview, selection: &Selection) -> Vec<Piece> {
        let (first, last) = (overview.years.first(), overview.years.last());
        let chosen = self.chosen(selection).map(|chosen| format!(" ({chosen})")).unwrap_or_default();
        let word = |year: Option<&String>| Piece::Words(year.cloned().unwrap_or_default());
        let args = [("first", word(first)), ("last", word(last)), ("chosen", Piece::Words(chosen))];
        let key = if overview.has_fill { "headline.years" } else { "headline.years-promise" };
        self.catalog.pieces(key, &args)
    }

    /// What the ministry publishes of a year, read out.
    pub fn official(&self, total: &OfficialTotal) -> Vec<Piece> {
        let at = |stage: Stage| self.money(total.at(stage));
        let rate = execution_percent(total).map(|rate| self.style.percent(rate));
        let args = [
            ("year", Piece::Words(self.official_year(total))),
            ("pia", at(Stage::Pia)),
            ("pim", at(Stage::Pim)),
            ("accrued", at(Stage::Accrued)),
            ("rate", Piece::Words(rate.unwrap_or_else(|| self.catalog.get("value.dash")))),
        ];
        self.catalog.pieces("official.said", &args)
    }

    /// The year of an official total, and how many months of it where it is not whole.
    pub fn official_year(&self, total: &OfficialTotal) -> String {
        let year = total.year.to_string();
        match total.months_covered.filter(|_| total.is_partial()) {
            Some(months) => {
                let months = self.count("unit.months", months.unsigned_abs());
                self.catalog.fill("official.partial", &[("year", &year), ("months", &months)])
            }
            None => year,
        }
    }

    /// A count with its unit, in the right plural: `12 proyectos`.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.catalog.plural(unit, count, &[("n", &self.style.count(count))])
    }

    /// An amount in a sentence; `sin dato` where there is none.
    fn money(&self, money: Option<Money>) -> Piece {
        match money {
            Some(money) => Piece::Amount { plain: money.to_plain(), shown: self.style.money(money) },
            None => Piece::Words(self.catalog.get("value.none")),
        }
    }
}
