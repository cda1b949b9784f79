//! A rule and what it weighs: measures of the sections' figures, weights, floors and caps (DOMAIN.md 3.1).

use super::Weight;
use crate::budget::{Criterion, Direction, Form};

/// How a fund is shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is weighed; the weights total 100.
    pub criteria: Vec<RuleCriterion>,
    /// What every section gets whatever its share.
    pub floor: Floor,
    /// The most one section may get, in minor units.
    pub cap_minor: Option<i64>,
    /// The part of the fund that is kept for works of the whole district before sections get theirs.
    pub set_aside: Weight,
}

impl Rule {
    /// A rule of criteria alone: no floor, no cap, nothing set aside.
    pub fn weighing(criteria: Vec<RuleCriterion>) -> Self {
        Self { criteria, floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO }
    }
}

/// One criterion of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCriterion {
    /// Code, one in its rule.
    pub id: String,
    /// What it measures.
    pub measure: Measure,
    /// Its part of what is shared out. A criterion of weight 0 takes no part: it has no terms, and its figures are not asked for.
    pub weight: Weight,
}

/// What a criterion measures in each section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Every section alike.
    Equal,
    /// A column of the sections' figures.
    Figure {
        /// The column.
        column: String,
        /// As a number of people or households, or as a part of all of them.
        form: Form,
        /// Whether more of it gives more or less. Inverse is what the column leaves of its base (households *not* up to date),
        /// never one divided by it, which has no value at 0.
        direction: Direction,
        /// The column it is a part of; [`base_of`] where none is named. A direct count needs none.
        base: Option<String>,
    },
}

impl RuleCriterion {
    /// A criterion as a package publishes it, with a weight.
    pub fn published(criterion: &Criterion, weight: Weight) -> Self {
        let measure = Measure::Figure {
            column: criterion.measure.clone(),
            form: criterion.form,
            direction: criterion.direction,
            base: criterion.base.clone(),
        };
        Self { id: criterion.id.clone(), measure, weight }
    }
}

/// What every section gets whatever its share. The two floors differ: DOMAIN.md 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floor {
    /// Nothing.
    None,
    /// This much first, in minor units; what is left is shared out by weight.
    Flat(i64),
    /// At least this much, in minor units: who would get less is raised to it, and the others share what is left.
    Minimum(i64),
}

/// The sections' figures that a rule weighs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// Codes of the sections in declared order, which decides between equal remainders.
    pub sections: Vec<String>,
    /// Columns by name, each with a figure for every section; `None` where it is not published.
    pub columns: Vec<(String, Vec<Option<i64>>)>,
}

impl Inputs {
    /// A column's figures, by its name.
    pub fn column(&self, name: &str) -> Option<&[Option<i64>]> {
        self.columns.iter().find(|(column, _)| column == name).map(|(_, figures)| figures.as_slice())
    }
}

/// The column that a column counts a part of, where the data declares none: households for `households_…`, people for `people_…`.
pub fn base_of(column: &str) -> Option<&'static str> {
    if column.starts_with("households_") {
        Some("households")
    } else if column.starts_with("people_") {
        Some("population")
    } else {
        None
    }
}
