//! What a round's money is shared out by, as `allocation` takes it.

use std::collections::BTreeMap;

use super::package::Package;
use crate::allocation::{Inputs, Rule, RuleCriterion, Weight};
use crate::budget::{FiscalYear, SectionFigures};

impl Package {
    /// The figures of every section in a year, by column; a column stands once any section has a figure of that year under it.
    pub fn allocation_inputs(&self, year: FiscalYear) -> Inputs {
        let places: BTreeMap<&str, usize> =
            self.sections.iter().enumerate().map(|(at, section)| (section.id.as_str(), at)).collect();
        let mut by_section: Vec<Option<&SectionFigures>> = vec![None; self.sections.len()];
        for figures in self.figures.iter().filter(|figures| figures.year == year) {
            let place = places.get(figures.section.as_str()).and_then(|&at| by_section.get_mut(at));
            if let Some(place) = place.filter(|place| place.is_none()) {
                *place = Some(figures);
            }
        }
        let names = by_section.iter().flatten().flat_map(|figures| &figures.measures);
        let mut columns: Vec<&str> = Vec::new();
        for (name, _) in names.filter(|(_, figure)| figure.is_some()) {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        let column =
            |name: &str| by_section.iter().map(|figures| figures.and_then(|found| found.measure(name))).collect();
        Inputs {
            sections: self.sections.iter().map(|section| section.id.clone()).collect(),
            columns: columns.into_iter().map(|name| (name.to_owned(), column(name))).collect(),
        }
    }

    /// The rule a round was decided by; `None` where none is published, or one with a weight that is no percentage with two decimals.
    pub fn allocation_rule(&self, year: FiscalYear) -> Option<Rule> {
        let criteria = self.rule.iter().filter(|criterion| criterion.year == year).map(|criterion| {
            Some(RuleCriterion::published(criterion, Weight::from_percent(criterion.weight_percent).ok()?))
        });
        let criteria: Vec<RuleCriterion> = criteria.collect::<Option<_>>()?;
        (!criteria.is_empty()).then(|| Rule::weighing(criteria))
    }
}
