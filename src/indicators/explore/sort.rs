//! Rows in another order.

use std::cmp::{Ordering, Reverse};

use super::{Pivot, Sort};
use crate::engine::{Fold, Key, folded};

/// The same pivot with its rows in an order; `name` says what a value is called. Equal rows
/// stay as they stood, and rows without an amount or a value come last in every order.
#[must_use]
pub fn sorted(mut pivot: Pivot, sort: Sort, name: &dyn Fn(Key, Option<&str>) -> String) -> Pivot {
    let key = pivot.row_key;
    let mut keyed: Vec<(usize, super::PivotRow, String)> = Vec::new();
    let by_name = matches!(sort, Sort::Name | Sort::NameDown);
    for (at, row) in std::mem::take(&mut pivot.rows).into_iter().enumerate() {
        let name =
            if by_name { row.kind.value().map(|value| name(key, value)).unwrap_or_default() } else { String::new() };
        keyed.push((at, row, name));
    }
    let compare = |(at, one, name): &(usize, super::PivotRow, String),
                   (to, other, than): &(usize, super::PivotRow, String)| {
        let lacks = |row: &super::PivotRow| row.kind.value() == Some(None);
        let sizes = (one.total.size(), other.total.size());
        let by = match sort {
            Sort::Declared => Ordering::Equal,
            Sort::Name => (lacks(one).cmp(&lacks(other))).then_with(|| natural(name, than)),
            Sort::NameDown => (lacks(one).cmp(&lacks(other))).then_with(|| natural(than, name)),
            Sort::Amount => sizes.0.is_none().cmp(&sizes.1.is_none()).then(sizes.0.cmp(&sizes.1)),
            Sort::AmountDown => Reverse(sizes.0).cmp(&Reverse(sizes.1)),
        };
        by.then(at.cmp(to))
    };
    keyed.sort_unstable_by(compare);
    pivot.rows = keyed.into_iter().map(|(_, row, _)| row).collect();
    pivot
}

/// Names as people order them: without case and accents, and Section 10 after Section 2.
fn natural(one: &str, other: &str) -> Ordering {
    let (one, other) = (folded(one, Fold::Accents), folded(other, Fold::Accents));
    let (mut left, mut right) = (one.as_str(), other.as_str());
    loop {
        let (a, b) = (number(left), number(right));
        let by = match (a, b) {
            (Some((a, a_rest)), Some((b, b_rest))) => {
                (left, right) = (a_rest, b_rest);
                a.len().cmp(&b.len()).then_with(|| a.cmp(b))
            }
            _ => {
                let (Some(a), Some(b)) = (left.chars().next(), right.chars().next()) else {
                    return left.len().cmp(&right.len()).then_with(|| one.cmp(&other));
                };
                (left, right) = (left.split_at(a.len_utf8()).1, right.split_at(b.len_utf8()).1);
                a.cmp(&b)
            }
        };
        if by != Ordering::Equal {
            return by;
        }
    }
}

/// The digits a text begins with, without leading zeros, and what follows.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (end > 0).then(|| (digits.trim_start_matches('0'), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_people_do() {
        let mut names = ["Zona 2", "área 10", "Área 9", "zona 10", "Area 1", "Ñaña", "nube", ""];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["", "Area 1", "Área 9", "área 10", "Ñaña", "nube", "Zona 2", "zona 10"]);
    }
}
