//! The allocation rule against results computed elsewhere with exact fractions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;
use yupay::allocation::{RuleInput, allocate, apportion};

fn oracle() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles/allocation.json");
    let Ok(json) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return None;
    };
    Some(serde_json::from_str(&json).unwrap())
}

fn numbers(json: &Value) -> Vec<i64> {
    json.as_array().unwrap().iter().map(|number| number.as_i64().unwrap()).collect()
}

#[test]
fn weighted_counts_are_exact_to_the_centimo() {
    let Some(oracle) = oracle() else { return };
    let measure = |name: &str| numbers(&oracle[name]).into_iter().map(Some).collect::<Vec<_>>();
    let households = numbers(&oracle["households"]);
    let behind = numbers(&oracle["taxpayers_up_to_date"]);
    let behind = households.iter().zip(behind).map(|(all, up_to_date)| Some(all - up_to_date)).collect::<Vec<_>>();
    let [people, need, tax] = ["population", "unserved", "taxpayers_up_to_date"].map(measure);
    let equal = vec![Some(1); people.len()];
    for (result, criteria) in [
        ("counts_30_20_50", vec![(30, &people), (20, &need), (50, &tax)]),
        ("needs_first_30_50_20", vec![(30, &people), (50, &need), (20, &tax)]),
        ("inverse_tax_30_20_50", vec![(30, &people), (20, &need), (50, &behind)]),
        ("population_only", vec![(100, &people)]),
        ("needs_only", vec![(100, &need)]),
        ("equal", vec![(100, &equal)]),
    ] {
        let criteria: Vec<RuleInput> = criteria
            .into_iter()
            .map(|(weight, measures)| RuleInput {
                criterion: weight.to_string(),
                weight_percent: Decimal::from(weight),
                measures: measures.clone(),
            })
            .collect();
        let fund = oracle["fund"].as_i64().unwrap();
        assert_eq!(allocate(fund, &criteria).unwrap(), numbers(&oracle["results"][result]), "{result}");
    }
}

#[test]
fn the_paradoxes_come_out_as_they_are_known() {
    let Some(oracle) = oracle() else { return };
    for (total, expected) in oracle["alabama"]["weights_6_6_2"].as_object().unwrap() {
        assert_eq!(apportion(total.parse().unwrap(), &[6, 6, 2]).unwrap(), numbers(expected), "{total}");
    }
}
