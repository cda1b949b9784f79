//! Shares that are equal, and shares that differ by less than any fixed number of places shows: which is which decides who gets a unit.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod allocation_support;

use allocation_support::{exact_amounts, figure, plain, rounded, shares, weights_of, whole};
use num_bigint::BigInt;
use num_integer::Integer;
use yupay::allocation::{Direction, Floor, Form, Inputs, Rule, RuleCriterion, allocate};

/// Counts weighed alike, one column a criterion, given by section.
fn counts(by_section: &[Vec<i64>]) -> (Rule, Inputs) {
    let criteria = by_section[0].len();
    let columns = (0..criteria).map(|at| (format!("c{at}"), by_section.iter().map(|row| Some(row[at])).collect()));
    let inputs =
        Inputs { sections: (0..by_section.len()).map(|at| format!("S{at}")).collect(), columns: columns.collect() };
    let criteria = weights_of(criteria).into_iter().enumerate().map(|(at, weight)| {
        let measure = figure(&format!("c{at}"), Form::Count, Direction::Direct);
        RuleCriterion { id: at.to_string(), measure, weight }
    });
    (plain(criteria.collect()), inputs)
}

/// Every fund up to 60 units, and a large one, comes out as fractions have it; `true` where some fund parts the first two sections.
fn check(rule: &Rule, inputs: &Inputs) -> bool {
    let shares = shares(rule, inputs).unwrap();
    let mut parted = false;
    for fund in (1..60).chain([1_000_000_000_000_001]) {
        let allocated = allocate(fund, rule, inputs).unwrap();
        let given: Vec<i64> = allocated.sections.iter().map(|section| section.amount_minor).collect();
        let exact = exact_amounts(&whole(fund), rule, &shares).unwrap();
        assert_eq!(given.iter().copied().map(BigInt::from).collect::<Vec<_>>(), rounded(&exact), "a fund of {fund}");
        parted |= given[0] != given[1];
    }
    parted
}

/// Numbers just under 2^62 of which no two have a divisor in common.
fn coprime(count: usize) -> Vec<i128> {
    let mut found: Vec<i128> = Vec::new();
    let mut next = (1 << 62) - 1;
    while found.len() < count {
        if found.iter().all(|known| known.gcd(&next) == 1) {
            found.push(next);
        }
        next -= 2;
    }
    found
}

/// For totals X, whole numbers d smaller than they are with d1/X1 + d2/X2 + … = 1/(X1 X2 …): the smallest difference two sums of shares can have.
fn hardly_apart(totals: &[i128]) -> Vec<i128> {
    let inverse = |at: usize| {
        let total = totals[at];
        let others = (0..totals.len())
            .filter(|&other| other != at)
            .fold(BigInt::from(1), |product, other| product * totals[other]);
        let rest = i128::try_from(others % total).unwrap();
        rest.extended_gcd(&total).x.rem_euclid(total)
    };
    let mut apart: Vec<i128> = (0..totals.len()).map(inverse).collect();
    let sum = |apart: &[i128]| {
        let fractions =
            apart.iter().zip(totals).map(|(&d, &total)| allocation_support::Fraction::new(d.into(), total.into()));
        fractions.sum::<allocation_support::Fraction>()
    };
    // They add up to that and some wholes, which a total less in one place takes off.
    let wholes = usize::try_from(sum(&apart).floor().to_integer()).unwrap();
    apart.iter_mut().zip(totals).take(wholes).for_each(|(d, total)| *d -= total);
    assert_eq!(*sum(&apart).numer(), BigInt::from(1));
    apart
}

#[test]
fn the_smallest_difference_there_is_decides() {
    let totals = coprime(5);
    let apart = hardly_apart(&totals);
    let parts = |sign: i128| apart.iter().map(|d| i64::try_from((d * sign).max(0)).unwrap()).collect::<Vec<_>>();
    let (more, less) = (parts(1), parts(-1));
    let rest: Vec<i64> = totals
        .iter()
        .zip(more.iter().zip(&less))
        .map(|(total, (more, less))| i64::try_from(*total).unwrap() - more - less)
        .collect();
    // The section with less stands first: were the two taken for equal, it would be given the unit.
    let (rule, inputs) = counts(&[less, more, rest]);
    assert!(check(&rule, &inputs), "no fund at which it matters");
    let minimum = Rule { floor: Floor::Minimum(3), ..rule };
    let given = allocate(10, &minimum, &inputs).unwrap();
    assert_eq!(given.sections.iter().map(|section| section.amount_minor).sum::<i64>(), 10);
}

#[test]
fn equal_sums_of_different_shares_are_a_tie() {
    let mut parted = false;
    for (p, q) in [(1, 2), (7, 3), (1_000_003, 998_244_353), (i64::MAX / 8, i64::MAX / 9), (3, i64::MAX / 16)] {
        // The second criterion counts all that the first counts twice over, in the other's place.
        let (rule, inputs) = counts(&[vec![p, 2 * q], vec![q, 2 * p], vec![p / 3, 2 * (p / 3)]]);
        parted |= check(&rule, &inputs);
    }
    assert!(parted, "no fund at which it matters");
}

#[test]
fn whole_quotas_are_not_taken_for_a_unit_less() {
    // Three sections of three criteria with totals of which no power of two is a multiple: each gets exactly a third.
    let (rule, inputs) = counts(&[vec![5, 7, 11], vec![5, 7, 11], vec![5, 7, 11]]);
    let given = allocate(300, &rule, &inputs).unwrap();
    assert_eq!(given.sections.iter().map(|section| section.amount_minor).collect::<Vec<_>>(), [100, 100, 100]);
    assert!(check(&rule, &inputs));
}

/// A third has no end in binary places: that two thirds over two sections are a half each is seen only in fractions.
#[test]
fn a_term_of_exactly_half_a_unit_is_rounded_up() {
    let inputs = Inputs {
        sections: ["a", "b"].map(str::to_owned).to_vec(),
        columns: vec![("people_served".into(), vec![Some(1), Some(2)]), ("population".into(), vec![Some(3), Some(6)])],
    };
    let measure = figure("people_served", Form::Rate, Direction::Direct);
    let weight = "100".parse().unwrap();
    let rule = plain(vec![RuleCriterion { id: "served".into(), measure, weight }]);
    let sections = allocate(1, &rule, &inputs).unwrap().sections;
    let told = sections.iter().map(|s| (s.amount_minor, s.terms[0].amount_minor, s.rounding_minor));
    assert_eq!(told.collect::<Vec<_>>(), [(1, 1, 0), (0, 1, -1)]);
}
