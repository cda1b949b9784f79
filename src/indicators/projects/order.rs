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
    match choice.sort {
        SortBy::Title => {
            let name = |row: u32| {
                project(row).map(|project| folded(&project.title, Fold::Accents)).filter(|name| !name.is_empty())
            };
            sort(rows, is_greatest_first, &name);
        }
        SortBy::Round => sort(rows, is_greatest_first, &|row| project(row).map(|project| project.round)),
        SortBy::Status => {
            let code = |row: u32| Some(projects.code(Key::Status, row as usize)).filter(|&code| code != 0);
            sort(rows, is_greatest_first, &code);
        }
        SortBy::Agreed => sort(rows, is_greatest_first, &|row| Some(project(row)?.agreed?.to_decimal())),
        SortBy::Spent => {
            let spent = |row: u32| {
                let minor = spending.at(row as usize).minor?;
                Some(Money::new(minor, project(row)?.currency).to_decimal())
            };
            sort(rows, is_greatest_first, &spent);
        }
        SortBy::Rate => sort(rows, is_greatest_first, &|row| rate(package, spending, row)),
        SortBy::Votes => sort(rows, is_greatest_first, &|row| project(row)?.votes),
        SortBy::Cost => sort(rows, is_greatest_first, &|row| Some(project(row)?.cost?.to_decimal())),
    }
}

fn rate(package: &Package, spending: &Spending, row: u32) -> Option<Decimal> {
    let agreed = package.projects.get(row as usize)?.agreed?;
    ratio::percent(spending.at(row as usize).minor?, agreed.minor, RATE_DECIMALS)
}

/// What was spent of every hundred agreed, one decimal; `None` where either is not published or nothing was agreed.
pub fn rate_percent(project: &Project, spent: Tally) -> Option<Decimal> {
    ratio::percent(spent.minor?, project.agreed?.minor, 1)
}

/// What is compared is made once a row; the row itself settles ties.
fn sort<K: Ord>(rows: &mut [u32], is_greatest_first: bool, key: &dyn Fn(u32) -> Option<K>) {
    let mut keyed: Vec<(Option<K>, u32)> = rows.iter().map(|&row| (key(row), row)).collect();
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
    for (place, (_, row)) in rows.iter_mut().zip(keyed) {
        *place = row;
    }
}
