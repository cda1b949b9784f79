//! Listed works gathered by what one key says of them: the columns of the board, the sections of the map, the total line.

use super::Spending;
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Key, NO_VALUE, RowsNeeded, SumTooLarge, Table, Tally, Unanswered};
use crate::money::{Currency, Money};

/// Works that have one value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value; `None` for works that have none.
    pub value: Option<String>,
    /// Places of its works in the package, in the order they were given in.
    pub rows: Vec<u32>,
    /// What they come to, by currency, the one most works are in first.
    pub totals: Vec<GroupTotal>,
}

/// What some works in one currency come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupTotal {
    /// The currency of both sums.
    pub currency: Currency,
    /// Works.
    pub count: u64,
    /// What was agreed for them.
    pub agreed: Tally,
    /// What has been spent on them; its counts are works that have budget lines.
    pub spent: Tally,
}

impl GroupTotal {
    fn new(currency: Currency) -> Self {
        Self { currency, count: 0, agreed: Tally::default(), spent: Tally::default() }
    }

    /// The sum agreed; `None` is "no data".
    pub fn agreed_money(&self) -> Option<Money> {
        Some(Money::new(self.agreed.minor?, self.currency))
    }

    /// The sum spent; `None` is "no data".
    pub fn spent_money(&self) -> Option<Money> {
        Some(Money::new(self.spent.minor?, self.currency))
    }
}

/// Works gathered by a key: declared values in their order, then those with none. `rows` are places in the package.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded or a sum cannot be held exactly.
pub fn groups(package: &Package, spending: &Spending, rows: &[u32], key: Key) -> Result<Vec<Group>, Unanswered> {
    let projects = package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let values = package.facts.values(key);
    let mut by_code: Vec<Vec<u32>> = vec![Vec::new(); values.len() + 1];
    for &row in rows {
        let code = projects.code(key, row as usize) as usize;
        if let Some(group) = by_code.get_mut(code) {
            group.push(row);
        }
    }
    let mut groups = Vec::new();
    let none = NO_VALUE as usize;
    for code in (0..by_code.len()).filter(|&code| code != none).chain([none]) {
        let rows = by_code.get_mut(code).map(std::mem::take).unwrap_or_default();
        let value = code.checked_sub(1).and_then(|place| values.get(place)).map(|value| (*value).to_owned());
        if !rows.is_empty() {
            groups.push(Group { totals: totals(package, spending, &rows)?, value, rows });
        }
    }
    Ok(groups)
}

/// What works come to, by currency; the one most of them are in first, ties by code.
pub(super) fn totals(package: &Package, spending: &Spending, rows: &[u32]) -> Result<Vec<GroupTotal>, Unanswered> {
    let projects = package.facts.table(Stage::Agreed).ok_or(RowsNeeded)?;
    let mut found: Vec<(u32, GroupTotal)> = Vec::new();
    for &row in rows {
        let place = row as usize;
        let code = projects.code(Key::Currency, place);
        let known = match found.iter().position(|(known, _)| *known == code) {
            Some(known) => known,
            None => {
                let Some(project) = package.projects.get(place) else { continue };
                found.push((code, GroupTotal::new(project.currency)));
                found.len() - 1
            }
        };
        let Some((_, total)) = found.get_mut(known) else { continue };
        total.count += 1;
        add(&mut total.agreed, agreed(projects, place), Stage::Agreed)?;
        add(&mut total.spent, spending.at(place), spending.stage)?;
    }
    let mut totals: Vec<GroupTotal> = found.into_iter().map(|(_, total)| total).collect();
    totals.sort_unstable_by_key(|total| (std::cmp::Reverse(total.count), total.currency));
    Ok(totals)
}

fn agreed(projects: &Table, place: usize) -> Tally {
    projects.tally(place, Stage::Agreed)
}

/// Adds one work's tally, which counts as one work where it has rows at all.
fn add(sum: &mut Tally, part: Tally, stage: Stage) -> Result<(), SumTooLarge> {
    if part.count == 0 {
        return Ok(());
    }
    sum.count += 1;
    match part.minor {
        Some(minor) => {
            let whole = sum.minor.unwrap_or_default().checked_add(minor).ok_or(SumTooLarge { stage })?;
            sum.minor = Some(whole);
            // One that lacks some of its lines' amounts is not whole either.
            sum.missing += u64::from(part.missing > 0);
        }
        None => sum.missing += 1,
    }
    Ok(())
}
