//! The listed works in an order. Those that have nothing to be ordered by come last whichever end comes first, and equal ones
//! stay as they stand in the file.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{ListChoice, SortBy, Spending};
use crate::budget::Project;
use crate::dataset::Package;
use crate::engine::{Fold, Key, Table, Tally, folded};
use crate::money::{Money, ratio};

/// Decimals of a rate that is only compared.
const RATE_DECIMALS: u32 = 9;

/// Places of the package in the order chosen.
pub(super) fn ordered(package: &Package, spending: &Spending, projects: &Table, choice: ListChoice, rows: &mut [u32]) {
    let is_greatest_first = choice.sort.is_greatest_first() != choice.is_turned;
    let project = |row: u32| package.projects.get(row as usize);
    let number = |row: u32| {
        let project = project(row)?;
        match choice.sort {
            SortBy::Title => None,
            SortBy::Round => Some(Decimal::from(project.round.number())),
            SortBy::Status => {
                Some(projects.code(Key::Status, row as usize)).filter(|&code| code != 0).map(Decimal::from)
            }
            SortBy::Agreed => Some(project.agreed?.to_decimal()),
            SortBy::Spent => Some(Money::new(spending.at(row as usize).minor?, project.currency).to_decimal()),
            SortBy::Rate => ratio::percent(spending.at(row as usize).minor?, project.agreed?.minor, RATE_DECIMALS),
            SortBy::Votes => project.votes.map(Decimal::from),
            SortBy::Cost => Some(project.cost?.to_decimal()),
        }
    };
    let place = |row: u32| match choice.sort {
        SortBy::Title => {
            let name = project(row).map(|project| folded(&project.title, Fold::Accents));
            name.filter(|name| !name.is_empty()).map(Place::Name)
        }
        _ => number(row).map(Place::Number),
    };
    sort(rows, is_greatest_first, &place);
}

/// What a work is ordered by: of one kind for all works, and of one type, so that the sort is in the page once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Number(Decimal),
    Name(String),
}

/// What was spent of every hundred agreed, one decimal; `None` where either is not published or nothing was agreed.
pub fn rate_percent(project: &Project, spent: Tally) -> Option<Decimal> {
    ratio::percent(spent.minor?, project.agreed?.minor, 1)
}

/// What is compared is made once a row; the row itself settles ties.
fn sort(rows: &mut [u32], is_greatest_first: bool, place: &dyn Fn(u32) -> Option<Place>) {
    let mut keyed: Vec<(Option<Place>, u32)> = rows.iter().map(|&row| (place(row), row)).collect();
    keyed.sort_unstable_by(|(left, left_row), (right, right_row)| {
        let order = match (left, right) {
            (Some(left), Some(right)) if is_greatest_first => right.cmp(left),
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        order.then(left_row.cmp(right_row))
    });
    for (slot, (_, row)) in rows.iter_mut().zip(keyed) {
        *slot = row;
    }
}
