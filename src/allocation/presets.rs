//! Rules to start from: the official one and the usual others, where the figures for them are published.

use super::{Direction, Form, Inputs, Measure, Rule, RuleCriterion, Weight};

/// A rule to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The round's own rule.
    Official,
    /// Every section alike.
    Equal,
    /// By inhabitants alone.
    PerPerson,
    /// By people without basic services alone.
    NeedsOnly,
    /// 30 inhabitants, 50 need, 20 tax.
    NeedFirst,
    /// The official rule, where households that are *not* up to date with their tax count.
    TaxTurnedRound,
}

impl Preset {
    /// Every preset, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Official, Self::Equal, Self::PerPerson, Self::NeedsOnly, Self::NeedFirst, Self::TaxTurnedRound];

    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Equal => "equal",
            Self::PerPerson => "per-person",
            Self::NeedsOnly => "needs-only",
            Self::NeedFirst => "need-first",
            Self::TaxTurnedRound => "tax-turned-round",
        }
    }
}

const PEOPLE: &str = "population";
const NEED: &str = "people_without_basic_services";
const TAX: &str = "households_up_to_date_with_tax";

/// The presets that can be told for a round, each with its rule. A preset needs a figure of each of its columns in some section; where
/// others are missing it is offered, and `allocate` says which cell stops it.
pub fn presets(official: Option<&Rule>, inputs: &Inputs) -> Vec<(Preset, Rule)> {
    let found = Preset::ALL.into_iter().filter_map(|preset| {
        let rule = match preset {
            Preset::Official => official.cloned(),
            Preset::Equal => {
                let id = "equal".to_owned();
                Some(Rule::weighing(vec![RuleCriterion { id, measure: Measure::Equal, weight: Weight::WHOLE }]))
            }
            Preset::PerPerson => counts(&[(PEOPLE, 100)], official, inputs),
            Preset::NeedsOnly => counts(&[(NEED, 100)], official, inputs),
            Preset::NeedFirst => counts(&[(PEOPLE, 30), (NEED, 50), (TAX, 20)], official, inputs),
            Preset::TaxTurnedRound => official.and_then(turned_round),
        };
        rule.map(|rule| (preset, rule))
    });
    found.collect()
}

/// A rule of counts, each under the code the official rule has for its column, so that it goes by the same name.
fn counts(weights: &[(&str, u16)], official: Option<&Rule>, inputs: &Inputs) -> Option<Rule> {
    let criteria = weights.iter().map(|&(column, percent)| {
        inputs.column(column)?.iter().find(|figure| figure.is_some())?;
        let measures = |criterion: &&RuleCriterion| {
            matches!(&criterion.measure, Measure::Figure { column: measured, .. } if measured == column)
        };
        let known = official.and_then(|rule| rule.criteria.iter().find(measures));
        let id = known.map_or_else(|| column.to_owned(), |criterion| criterion.id.clone());
        let (form, direction) = (Form::Count, Direction::Direct);
        let measure = Measure::Figure { column: column.to_owned(), form, direction, base: None };
        Some(RuleCriterion { id, measure, weight: Weight::from_hundredths(percent * 100)? })
    });
    criteria.collect::<Option<_>>().map(Rule::weighing)
}

/// A rule with its tax criterion the other way; `None` where it has none.
fn turned_round(rule: &Rule) -> Option<Rule> {
    let mut turned = rule.clone();
    let tax = turned.criteria.iter_mut().find_map(|criterion| match &mut criterion.measure {
        Measure::Figure { column, direction, .. } if column == TAX => Some(direction),
        _ => None,
    })?;
    *tax = match tax {
        Direction::Direct => Direction::Inverse,
        Direction::Inverse => Direction::Direct,
    };
    Some(turned)
}
