//! The answer: what each section gets, beside what it gets officially and what was published.

use super::Ground;
use super::chosen::Chosen;
use crate::allocation::{Allocated, RuleError, SectionShare, allocate};
use crate::money::ratio;

/// What a rule gives, ready to be printed. Amounts are in minor units.
pub(super) struct Answer {
    pub chosen: Chosen,
    pub allocated: Allocated,
    /// By section, in declared order.
    pub rows: Vec<Row>,
    /// All sections together; the official and published amounts only where every section has one.
    pub total: Row,
}

/// A section's amount and what it is set against.
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
        let allocated = allocate(chosen.scenario.fund.minor(), &chosen.scenario.rule, &round.inputs)?;
        let official = round.official.as_ref().zip(round.fund_minor);
        let official = official.and_then(|(rule, fund)| allocate(fund, rule, &round.inputs).ok());
        let people = round.inputs.column("population").unwrap_or_default();
        let row = |(place, share): (usize, &SectionShare)| {
            let people = people.get(place).copied().flatten();
            Row {
                amount: share.amount_minor,
                per_person: people.and_then(|people| ratio::per_head(share.amount_minor, people)),
                official: official.as_ref().and_then(|all| all.sections.get(place)).map(|share| share.amount_minor),
                published: round.published.get(place).copied().flatten(),
            }
        };
        let rows: Vec<Row> = allocated.sections.iter().enumerate().map(row).collect();
        let amount = sum(rows.iter().map(|row| Some(row.amount))).unwrap_or_default();
        let everybody = sum(people.iter().copied());
        let total = Row {
            amount,
            per_person: everybody.and_then(|people| ratio::per_head(amount, people)),
            official: sum(rows.iter().map(|row| row.official)),
            published: sum(rows.iter().map(|row| row.published)),
        };
        Ok(Self { chosen, allocated, rows, total })
    }
}

/// `None` where one is missing.
fn sum(amounts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    let mut all = 0i64;
    for amount in amounts {
        all = all.checked_add(amount?)?;
    }
    Some(all)
}
