//! What holds for any fund, rule and figures.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod allocation_support;

use allocation_support::{
    case, counted, criteria, exact_amounts, figures, fund, plain, rounded, shares, weights, whole,
};
use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use yupay::allocation::{Allocated, Floor, Inputs, Rule, RuleCriterion, RuleError, Weight, allocate, rebalance};

fn amounts(allocated: &Allocated) -> Vec<i64> {
    allocated.sections.iter().map(|section| section.amount_minor).collect()
}

/// The figures with their sections in another order.
fn permuted(inputs: &Inputs, order: &[usize]) -> Inputs {
    Inputs {
        sections: order.iter().map(|&at| inputs.sections[at].clone()).collect(),
        columns: inputs
            .columns
            .iter()
            .map(|(name, figures)| (name.clone(), order.iter().map(|&at| figures[at]).collect()))
            .collect(),
    }
}

/// A fraction rounded half up.
fn half_up(fraction: &allocation_support::Fraction) -> BigInt {
    (fraction + Ratio::new(BigInt::from(1), BigInt::from(2))).floor().to_integer()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn amounts_are_the_exact_quotas_rounded_once((fund, rule, inputs) in case()) {
        let size = fund.unsigned_abs();
        let aside = half_up(&Ratio::new(BigInt::from(size) * rule.set_aside.hundredths(), BigInt::from(10_000)));
        let pool = whole(size) - whole(aside.clone());
        let exact = shares(&rule, &inputs).and_then(|shares| exact_amounts(&pool, &rule, &shares));
        let allocated = allocate(fund, &rule, &inputs);
        let Some(exact) = exact else {
            let refused = matches!(
                allocated,
                Err(RuleError::AllZero { .. } | RuleError::FloorAbovePool { .. } | RuleError::CapBelowPool { .. } | RuleError::FloorAboveCap { .. })
            );
            prop_assert!(refused, "{allocated:?}");
            return Ok(());
        };
        let allocated = allocated.unwrap();
        let sign = if fund < 0 { -1 } else { 1 };
        let given: Vec<BigInt> = allocated.sections.iter().map(|section| BigInt::from(section.amount_minor) * sign).collect();
        prop_assert_eq!(&given, &rounded(&exact));
        for (given, exact) in given.iter().zip(&exact) {
            let apart = whole(given.clone()) - exact;
            prop_assert!(apart < whole(1) && apart > whole(-1), "further than one unit from the exact quota");
        }
        prop_assert_eq!(BigInt::from(allocated.set_aside_minor) * sign, aside);
        let total: i64 = allocated.sections.iter().map(|section| section.amount_minor).sum();
        prop_assert_eq!(total + allocated.set_aside_minor, fund);
    }

    #[test]
    fn terms_add_up_to_the_amount((fund, rule, inputs) in case()) {
        let Ok(allocated) = allocate(fund, &rule, &inputs) else { return Ok(()) };
        let flat = if let Floor::Flat(flat) = rule.floor { flat } else { 0 };
        let sections = i64::try_from(inputs.sections.len()).unwrap();
        let by_weight = fund.abs() - allocated.set_aside_minor.abs() - flat * sections;
        let weighing: Vec<&RuleCriterion> = rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO).collect();
        for (at, section) in allocated.sections.iter().enumerate() {
            let terms: i64 = section.terms.iter().map(|term| term.amount_minor).sum();
            let total = terms + section.flat_floor_minor + section.bounds_minor + section.rounding_minor;
            prop_assert_eq!(total, section.amount_minor);
            prop_assert_eq!(section.terms.len(), weighing.len());
            // Each term is off by half a unit at most, and so is what rounding has to mend, but for the one unit of the amount itself.
            prop_assert!(section.rounding_minor.abs() <= i64::try_from(weighing.len()).unwrap() / 2 + 1);
            for (term, criterion) in section.terms.iter().zip(&weighing) {
                let counted = counted(&criterion.measure, &inputs);
                let share = &counted[at] / counted.iter().sum::<allocation_support::Fraction>();
                prop_assert_eq!(term.share.to_string(), format!("{}/{}", share.numer(), share.denom()));
                prop_assert_eq!(term.share.percent(2).unwrap().to_string().replace('.', "").parse::<BigInt>().unwrap(), half_up(&(&share * whole(10_000))));
                let exact = share * whole(by_weight) * Ratio::new(BigInt::from(criterion.weight.hundredths()), BigInt::from(10_000));
                prop_assert_eq!(BigInt::from(term.amount_minor.abs()), half_up(&exact));
            }
        }
        let bounds: i64 = allocated.sections.iter().map(|section| section.bounds_minor).sum();
        prop_assert_eq!(bounds, 0, "what a bound adds in one section it takes in others");
    }

    /// With more weight on a criterion, a section whose share of it is no smaller than its share of any criterion that gives weight up
    /// has no smaller exact quota, so it loses at most the one unit that rounding may move. (A section that merely has the largest share of
    /// all sections may lose: with an even larger share of another criterion it lives on that one.)
    #[test]
    fn more_weight_does_not_lower_whom_it_favours(
        criteria in criteria(), inputs in figures(1..8), fund in fund(), position in 0usize..4, wanted in 0u16..=10_000,
    ) {
        let position = position % criteria.len();
        let weights: Vec<Weight> = criteria.iter().map(|criterion| criterion.weight).collect();
        let moved = rebalance(&weights, &[], position, Weight::from_hundredths(wanted).unwrap());
        if moved[position] <= weights[position] {
            return Ok(());
        }
        let mut after = criteria.clone();
        after.iter_mut().zip(&moved).for_each(|(criterion, &weight)| criterion.weight = weight);
        let fund = fund.abs();
        let both = allocate(fund, &plain(criteria.clone()), &inputs).and_then(|before| Ok((before, allocate(fund, &plain(after), &inputs)?)));
        let Ok((before, after)) = both else { return Ok(()) };
        let counted: Vec<_> = criteria.iter().map(|criterion| counted(&criterion.measure, &inputs)).collect();
        for (section, (before, after)) in amounts(&before).into_iter().zip(amounts(&after)).enumerate() {
            let share = |criterion: usize| &counted[criterion][section] / counted[criterion].iter().sum::<allocation_support::Fraction>();
            let is_favoured = (0..criteria.len()).filter(|&at| moved[at] < weights[at]).all(|at| share(position) >= share(at));
            if is_favoured {
                prop_assert!(after >= before - 1, "section {} fell from {} to {}", section, before, after);
            }
        }
    }

    #[test]
    fn permuting_sections_permutes_the_amounts_but_for_ties((fund, rule, inputs) in case(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..inputs.sections.len()).collect();
        order.sort_by_key(|&at| (at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let (first, second) = (allocate(fund, &rule, &inputs), allocate(fund, &rule, &permuted(&inputs, &order)));
        let (Ok(first), Ok(second)) = (first, second) else { return Ok(()) };
        let shares = shares(&rule, &inputs).unwrap();
        let pool = whole(fund.abs()) - whole(first.set_aside_minor.abs());
        let exact = exact_amounts(&pool, &rule, &shares).unwrap();
        for (place, &at) in order.iter().enumerate() {
            let (one, other) = (first.sections[at].amount_minor, second.sections[place].amount_minor);
            // Only where another section's remainder is exactly as large may the unit go elsewhere.
            let tied = (0..exact.len()).any(|other| other != at && exact[other].fract() == exact[at].fract());
            prop_assert!(one == other || (tied && (one - other).abs() == 1), "{} got {} and then {}", at, one, other);
        }
    }

    #[test]
    fn nothing_panics(
        fund in any::<i64>(),
        floor in prop_oneof![Just(Floor::None), any::<i64>().prop_map(Floor::Flat), any::<i64>().prop_map(Floor::Minimum)],
        cap_minor in proptest::option::of(any::<i64>()),
        hundredths in 0u16..=10_000,
        (measures, weights) in proptest::collection::vec(allocation_support::measure(), 0..4).prop_flat_map(|measures| { let of = measures.len(); (Just(measures), weights(of)) }),
        rows in proptest::collection::vec(proptest::array::uniform4(proptest::option::of(prop_oneof![any::<i64>(), 0i64..3, Just(i64::MAX)])), 0..5),
        unpublished in 0usize..6,
    ) {
        let criteria = measures.into_iter().zip(weights).enumerate();
        let criteria = criteria.map(|(at, (measure, weight))| RuleCriterion { id: at.to_string(), measure, weight }).collect();
        let rule = Rule { criteria, floor, cap_minor, set_aside: Weight::from_hundredths(hundredths).unwrap() };
        let names = allocation_support::COLUMNS.iter().enumerate().filter(|(at, _)| *at != unpublished);
        let columns = names.map(|(at, name)| ((*name).to_owned(), rows.iter().map(|row| row[at]).collect())).collect();
        let inputs = Inputs { sections: (0..rows.len()).map(|at| at.to_string()).collect(), columns };
        if let Ok(allocated) = allocate(fund, &rule, &inputs) {
            let total: i128 = allocated.sections.iter().map(|section| i128::from(section.amount_minor)).sum();
            prop_assert_eq!(total + i128::from(allocated.set_aside_minor), i128::from(fund));
        }
    }
}

#[test]
fn figures_as_large_as_they_come_are_still_exact() {
    let figures = |figures: [i64; 3]| figures.map(Some).to_vec();
    let inputs = Inputs {
        sections: ["a", "b", "c"].map(str::to_owned).to_vec(),
        columns: vec![
            ("population".into(), figures([i64::MAX, i64::MAX - 1, i64::MAX])),
            ("people_without_basic_services".into(), figures([1, 0, i64::MAX])),
        ],
    };
    let of = |form, direction| {
        let measure = allocation_support::figure("people_without_basic_services", form, direction);
        plain(vec![RuleCriterion { id: "need".into(), measure, weight: Weight::WHOLE }])
    };
    use yupay::allocation::{Direction, Form};
    for (form, direction) in [
        (Form::Count, Direction::Direct),
        (Form::Count, Direction::Inverse),
        (Form::Rate, Direction::Direct),
        (Form::Rate, Direction::Inverse),
    ] {
        let (rule, fund) = (of(form, direction), 1_000_000_000_000_000_000);
        let exact = exact_amounts(&whole(fund), &rule, &shares(&rule, &inputs).unwrap()).unwrap();
        let given = amounts(&allocate(fund, &rule, &inputs).unwrap()).into_iter().map(BigInt::from).collect::<Vec<_>>();
        assert_eq!(given, rounded(&exact), "{form:?} {direction:?}");
    }
}
