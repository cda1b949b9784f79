//! Rules and figures out of nowhere, and what a rule gives computed another way: by fractions, level by level.
#![allow(dead_code, reason = "each test file uses its part of these")]

use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use yupay::allocation::{
    Direction, Floor, Form, Inputs, Measure, Rule, RuleCriterion, Scenario, Weight, apportion, base_of,
};

pub type Fraction = Ratio<BigInt>;

pub const COLUMNS: [&str; 4] =
    ["population", "people_without_basic_services", "households", "households_up_to_date_with_tax"];

/// A whole and a part of it, of people and of households.
type Row = ((i64, i64), (i64, i64));

/// Figures of some sections in which no part is larger than its whole. Small ones give many ties.
pub fn figures(sections: std::ops::Range<usize>) -> impl Strategy<Value = Inputs> {
    let section = |most: i64| {
        let whole_and_part = move || (1..=most).prop_flat_map(|whole| (Just(whole), 0..=whole));
        (whole_and_part(), whole_and_part())
    };
    let figures = move |most| proptest::collection::vec(section(most), sections.clone());
    prop_oneof![figures(4), figures(70_000), figures(1_000_000_000_000)].prop_map(|rows| {
        let column = |pick: fn(&Row) -> i64| rows.iter().map(|row| Some(pick(row))).collect();
        let columns: [Vec<Option<i64>>; 4] =
            [column(|row| row.0.0), column(|row| row.0.1), column(|row| row.1.0), column(|row| row.1.1)];
        Inputs {
            sections: (1..=rows.len()).map(|number| format!("S{number}")).collect(),
            columns: COLUMNS.map(str::to_owned).into_iter().zip(columns).collect(),
        }
    })
}

pub fn measure() -> impl Strategy<Value = Measure> {
    let part = (prop_oneof![Just(COLUMNS[1]), Just(COLUMNS[3])], form(), direction(), any::<bool>());
    prop_oneof![
        1 => Just(Measure::Equal),
        2 => proptest::sample::select(COLUMNS.as_slice()).prop_map(|column| figure(column, Form::Count, Direction::Direct)),
        4 => part.prop_map(|(column, form, direction, names_base)| {
            let base = base_of(column).filter(|_| names_base).map(str::to_owned);
            Measure::Figure { column: column.to_owned(), form, direction, base }
        }),
    ]
}

pub fn form() -> impl Strategy<Value = Form> {
    prop_oneof![Just(Form::Count), Just(Form::Rate)]
}

pub fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::Direct), Just(Direction::Inverse)]
}

pub fn figure(column: &str, form: Form, direction: Direction) -> Measure {
    Measure::Figure { column: column.to_owned(), form, direction, base: None }
}

/// Weights that total 100.
pub fn weights(of: usize) -> impl Strategy<Value = Vec<Weight>> {
    proptest::collection::vec(0i128..20, of).prop_map(|mut shares| {
        if shares.iter().all(|&share| share == 0) {
            shares.fill(1);
        }
        // No weights, no hundredths.
        let hundredths = apportion(10_000, &shares).unwrap_or_default().into_iter();
        hundredths.map(|hundredths| Weight::from_hundredths(hundredths.try_into().unwrap()).unwrap()).collect()
    })
}

/// As many weights, as alike as hundredths allow.
pub fn weights_of(count: usize) -> Vec<Weight> {
    let hundredths = apportion(10_000, &vec![1; count]).unwrap().into_iter();
    hundredths.map(|hundredths| Weight::from_hundredths(hundredths.try_into().unwrap()).unwrap()).collect()
}

pub fn criteria() -> impl Strategy<Value = Vec<RuleCriterion>> {
    proptest::collection::vec(measure(), 1..5).prop_flat_map(|measures| {
        weights(measures.len()).prop_map(move |weights| {
            let named = measures.clone().into_iter().zip(weights).enumerate();
            named.map(|(at, (measure, weight))| RuleCriterion { id: format!("c{at}"), measure, weight }).collect()
        })
    })
}

/// A rule without floors or caps.
pub fn plain(criteria: Vec<RuleCriterion>) -> Rule {
    Rule { criteria, floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO }
}

/// Floors and caps around what `sections` sections would get of `fund` alike, often such that the fund can meet them.
pub fn bounds(fund: i64, sections: usize) -> impl Strategy<Value = (Floor, Option<i64>, Weight)> {
    let alike = fund.abs() / i64::try_from(sections).unwrap();
    let floor = prop_oneof![
        2 => Just(Floor::None),
        1 => (0..=alike).prop_map(Floor::Flat),
        2 => (0..=alike).prop_map(Floor::Minimum),
        1 => Just(Floor::Minimum(alike)),
    ];
    let cap = prop_oneof![
        2 => Just(None),
        2 => (alike..=alike * 2 + 2).prop_map(Some),
        1 => Just(Some(alike + 1)),
    ];
    let aside = prop_oneof![3 => Just(0u16), 1 => 0u16..=10_000];
    (floor, cap, aside.prop_map(|hundredths| Weight::from_hundredths(hundredths).unwrap()))
}

pub fn fund() -> impl Strategy<Value = i64> {
    prop_oneof![-60i64..60, -1_000_000_000_000_000..=1_000_000_000_000_000i64, Just(200_000_000)]
}

/// A fund, a rule and figures for it.
pub fn case() -> impl Strategy<Value = (i64, Rule, Inputs)> {
    (fund(), criteria(), figures(1..8)).prop_flat_map(|(fund, criteria, inputs)| {
        bounds(fund, inputs.sections.len()).prop_map(move |(floor, cap_minor, set_aside)| {
            let rule = Rule { criteria: criteria.clone(), floor, cap_minor, set_aside };
            (fund, rule, inputs.clone())
        })
    })
}

/// A scenario whose codes and name hold anything.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    use yupay::allocation::Fund;
    let hundredths = || (0u16..=10_000).prop_map(|hundredths| Weight::from_hundredths(hundredths).unwrap());
    let code = || prop_oneof![Just("population".to_owned()), "[a-z_]{1,12}", "\\PC{1,6}", "[~;,:=* \n%]{1,4}"];
    let measure = prop_oneof![
        Just(Measure::Equal),
        (code(), form(), direction(), proptest::option::of(code()))
            .prop_map(|(column, form, direction, base)| Measure::Figure { column, form, direction, base }),
    ];
    let criterion =
        (code(), measure, hundredths()).prop_map(|(id, measure, weight)| RuleCriterion { id, measure, weight });
    let fund = prop_oneof![
        any::<i64>().prop_map(Fund::Amount),
        (any::<i64>(), hundredths()).prop_map(|(investment_minor, share)| Fund::ShareOf { investment_minor, share }),
    ];
    let floor =
        prop_oneof![Just(Floor::None), any::<i64>().prop_map(Floor::Flat), any::<i64>().prop_map(Floor::Minimum)];
    let criteria = proptest::collection::vec(criterion, 0..6);
    let rule = (criteria, floor, proptest::option::of(any::<i64>()), hundredths())
        .prop_map(|(criteria, floor, cap_minor, set_aside)| Rule { criteria, floor, cap_minor, set_aside });
    let name = prop_oneof![Just(String::new()), "\\PC{0,40}", "[;:n,]{1,9}", any::<String>()];
    (name, fund, rule).prop_map(|(name, fund, rule)| Scenario { name, fund, rule })
}

pub fn whole(number: impl Into<BigInt>) -> Fraction {
    Ratio::from_integer(number.into())
}

/// What a criterion counts in each section.
pub fn counted(measure: &Measure, inputs: &Inputs) -> Vec<Fraction> {
    let column = |name: &str| inputs.column(name).unwrap().iter().map(|figure| whole(figure.unwrap())).collect();
    let Measure::Figure { column: name, form, direction, base } = measure else {
        return vec![whole(1); inputs.sections.len()];
    };
    let figures: Vec<Fraction> = column(name);
    let bases: Vec<Fraction> = match base.as_deref().or_else(|| base_of(name)) {
        Some(base) => column(base),
        None => vec![whole(1); figures.len()],
    };
    let of = figures.into_iter().zip(bases);
    of.map(|(figure, base)| match (form, direction) {
        (Form::Count, Direction::Direct) => figure,
        (Form::Count, Direction::Inverse) => base - figure,
        (Form::Rate, Direction::Direct) => figure / base,
        (Form::Rate, Direction::Inverse) => whole(1) - figure / base,
    })
    .collect()
}

/// Every section's share, exact; `None` where a criterion with a weight counts nothing anywhere.
pub fn shares(rule: &Rule, inputs: &Inputs) -> Option<Vec<Fraction>> {
    let mut shares = vec![whole(0); inputs.sections.len()];
    for criterion in rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO) {
        let counted = counted(&criterion.measure, inputs);
        let total: Fraction = counted.iter().sum();
        if total == whole(0) {
            return None;
        }
        for (share, counted) in shares.iter_mut().zip(counted) {
            *share += Ratio::new(BigInt::from(criterion.weight.hundredths()), BigInt::from(10_000)) * counted / &total;
        }
    }
    Some(shares)
}

/// The exact amounts of a pool above zero: every way to hold the largest shares at the cap and the smallest at the minimum is
/// tried, and the one that contradicts nothing is it.
pub fn exact_amounts(pool: &Fraction, rule: &Rule, shares: &[Fraction]) -> Option<Vec<Fraction>> {
    let zero = whole(0);
    let (base, least) = match rule.floor {
        Floor::None => (whole(0), whole(0)),
        Floor::Flat(flat) => (whole(flat), whole(flat)),
        Floor::Minimum(minimum) => (whole(0), whole(minimum)),
    };
    let cap = rule.cap_minor.map(whole);
    let mut ranked: Vec<usize> = (0..shares.len()).collect();
    ranked.sort_by(|&one, &other| shares[other].cmp(&shares[one]));
    for capped in 0..=shares.len() {
        for raised in 0..=shares.len() - capped {
            let mut amounts = vec![whole(0); shares.len()];
            let (top, rest) = ranked.split_at(capped);
            let (between, bottom) = rest.split_at(rest.len() - raised);
            if capped > 0 && cap.is_none() {
                continue;
            }
            top.iter().for_each(|&section| amounts[section] = cap.clone().unwrap());
            bottom.iter().for_each(|&section| amounts[section] = least.clone());
            let held: Fraction = amounts.iter().sum();
            let left = pool - held - &base * whole(between.len());
            let shared: Fraction = between.iter().map(|&section| &shares[section]).sum();
            if shared == zero && (left != zero || !between.is_empty()) {
                continue;
            }
            let level = if shared == zero { None } else { Some(left / shared) };
            between.iter().for_each(|&section| amounts[section] = &base + level.as_ref().unwrap() * &shares[section]);
            let fits = between
                .iter()
                .all(|&section| amounts[section] >= least && cap.as_ref().is_none_or(|cap| amounts[section] <= *cap));
            // Some level holds them all: at least what lifts each of the top to the cap, at most what lifts one of the bottom past the least.
            let lifts = |section: usize, amount: &Fraction| (amount - &base) / &shares[section];
            let lowest =
                top.iter().map(|&section| (shares[section] > zero).then(|| lifts(section, cap.as_ref().unwrap())));
            let Some(lowest) = lowest.collect::<Option<Vec<_>>>() else { continue };
            let highest =
                bottom.iter().filter(|&&section| shares[section] > zero).map(|&section| lifts(section, &least));
            let lowest = lowest.into_iter().chain(level.clone()).chain([zero.clone()]).max().unwrap();
            let held_fits = highest.chain(level).all(|highest| lowest <= highest);
            if fits && held_fits {
                return Some(amounts);
            }
        }
    }
    None
}

/// Largest remainder over exact amounts that total a whole number.
pub fn rounded(exact: &[Fraction]) -> Vec<BigInt> {
    let mut given: Vec<BigInt> = exact.iter().map(|amount| amount.floor().to_integer()).collect();
    let total: Fraction = exact.iter().sum();
    assert!(total.is_integer());
    let mut left = total.to_integer() - given.iter().sum::<BigInt>();
    let mut waiting: Vec<usize> = (0..exact.len()).collect();
    // A stable sort: the earlier section first of two that are equal.
    waiting.sort_by_key(|&at| std::cmp::Reverse(exact[at].fract()));
    for at in waiting {
        if left > BigInt::from(0) {
            given[at] += 1;
            left -= 1;
        }
    }
    given
}
