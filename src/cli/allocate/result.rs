//! The answer: what each section gets, beside what it gets officially and what was published.

use super::Ground;
use super::chosen::Chosen;
use crate::allocation::RuleError;
use crate::indicators::{Baseline, Outcome, PEOPLE, baseline, outcome};
use crate::money::ratio;

/// What a rule gives, ready to be printed.
pub(super) struct Answer {
    pub chosen: Chosen,
    pub baseline: Baseline,
    pub outcome: Outcome,
    /// By section, in declared order.
    pub rows: Vec<Row>,
    /// All sections together; the official and published amounts only where every section has one.
    pub total: Row,
}

/// A section's amount and what it is set against, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub amount: i64,
    pub per_person: Option<i64>,
    /// What the official rule gives of the official fund.
    pub official: Option<i64>,
    pub published: Option<i64>,
}

impl Row {
    /// How much more or less than that; `None` where there is nothing to set it against.
    pub fn more_than(&self, other: Option<i64>) -> Option<i64> {
        self.amount.checked_sub(other?)
    }
}

impl Answer {
    pub fn new(ground: &Ground<'_>, chosen: Chosen) -> Result<Self, RuleError> {
        let round = ground.round;
        let baseline = baseline(round);
        let outcome = outcome(round, &baseline, &chosen.scenario)?;
        let by_rule = baseline.recomputed.as_ref().and_then(|recomputed| recomputed.as_ref().ok());
        let rows = outcome.sections.iter().enumerate().map(|(place, section)| Row {
            amount: section.amount.minor,
            per_person: section.per_person.map(|amount| amount.minor),
            official: by_rule.and_then(|by_rule| by_rule.sections.get(place)).map(|share| share.amount_minor),
            published: round.published.get(place).copied().flatten(),
        });
        let rows: Vec<Row> = rows.collect();
        let everybody = round.inputs.column(PEOPLE).and_then(|people| sum(people.iter().copied()));
        let total = Row {
            amount: outcome.total.minor,
            per_person: everybody.and_then(|people| ratio::per_head(outcome.total.minor, people)),
            official: sum(rows.iter().map(|row| row.official)),
            published: sum(rows.iter().map(|row| row.published)),
        };
        Ok(Self { chosen, baseline, outcome, rows, total })
    }
}

/// `None` where one is missing.
fn sum(mut amounts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    amounts.try_fold(0i64, |all, amount| all.checked_add(amount?))
}
