//! The allocation rule against results computed elsewhere with exact fractions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::path::Path;

use serde_json::Value;
use yupay::allocation::{
    Allocated, Bound, Direction, Floor, Form, Inputs, Measure, Rule, RuleCriterion, Weight, allocate, apportion,
};

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

fn inputs(oracle: &Value) -> Inputs {
    let columns = [
        ("population", "population"),
        ("people_without_basic_services", "unserved"),
        ("households", "households"),
        ("households_up_to_date_with_tax", "taxpayers_up_to_date"),
    ];
    Inputs {
        sections: oracle["sections"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect(),
        columns: columns
            .into_iter()
            .map(|(name, key)| (name.to_owned(), numbers(&oracle[key]).into_iter().map(Some).collect()))
            .collect(),
    }
}

const PEOPLE: &str = "population";
const NEED: &str = "people_without_basic_services";
const TAX: &str = "households_up_to_date_with_tax";

fn weighed(weight: &str, column: &str, form: Form, direction: Direction) -> RuleCriterion {
    let measure = Measure::Figure { column: column.to_owned(), form, direction, base: None };
    RuleCriterion { id: column.to_owned(), measure, weight: weight.parse().unwrap() }
}

fn count(weight: &str, column: &str) -> RuleCriterion {
    weighed(weight, column, Form::Count, Direction::Direct)
}

fn rate(weight: &str, column: &str) -> RuleCriterion {
    weighed(weight, column, Form::Rate, Direction::Direct)
}

fn rule(criteria: Vec<RuleCriterion>, floor: Floor) -> Rule {
    Rule { criteria, floor, cap_minor: None, set_aside: Weight::ZERO }
}

fn counts_30_20_50() -> Vec<RuleCriterion> {
    vec![count("30", PEOPLE), count("20", NEED), count("50", TAX)]
}

fn amounts(allocated: &Allocated) -> Vec<i64> {
    allocated.sections.iter().map(|section| section.amount_minor).collect()
}

#[test]
fn every_rule_is_exact_to_the_centimo() {
    let Some(oracle) = oracle() else { return };
    let equal = RuleCriterion { id: "equal".into(), measure: Measure::Equal, weight: Weight::WHOLE };
    let behind = weighed("50", TAX, Form::Count, Direction::Inverse);
    let rules = [
        ("counts_30_20_50", rule(counts_30_20_50(), Floor::None)),
        ("population_only", rule(vec![count("100", PEOPLE)], Floor::None)),
        ("needs_only", rule(vec![count("100", NEED)], Floor::None)),
        ("equal", rule(vec![equal], Floor::None)),
        ("inverse_tax_30_20_50", rule(vec![count("30", PEOPLE), count("20", NEED), behind], Floor::None)),
        // The number of inhabitants is no part of anything: it is a count in the oracle's rates too.
        ("rates_30_20_50", rule(vec![count("30", PEOPLE), rate("20", NEED), rate("50", TAX)], Floor::None)),
        ("needs_first_30_50_20", rule(vec![count("30", PEOPLE), count("50", NEED), count("20", TAX)], Floor::None)),
        ("floor_100k_then_weights", rule(counts_30_20_50(), Floor::Flat(10_000_000))),
        ("minimum_200k_waterfill", rule(counts_30_20_50(), Floor::Minimum(20_000_000))),
    ];
    let fund = oracle["fund"].as_i64().unwrap();
    let results = oracle["results"].as_object().unwrap();
    assert_eq!(rules.len(), results.len(), "a result of the oracle that no rule here gives");
    for (name, rule) in rules {
        let allocated = allocate(fund, &rule, &inputs(&oracle)).unwrap();
        assert_eq!(amounts(&allocated), numbers(&results[name]), "{name}");
    }
}

#[test]
fn terms_are_those_of_the_worked_example() {
    let Some(oracle) = oracle() else { return };
    let allocated = allocate(200_000_000, &rule(counts_30_20_50(), Floor::None), &inputs(&oracle)).unwrap();
    let first = &allocated.sections[0];
    let terms: Vec<(String, i64)> = first.terms.iter().map(|t| (t.share.to_string(), t.amount_minor)).collect();
    let expected = [("29/175", 9_942_857), ("29/350", 3_314_286), ("986/4273", 23_075_123)];
    assert_eq!(terms, expected.map(|(share, minor)| (share.to_owned(), minor)));
    assert_eq!((first.rounding_minor, first.amount_minor), (0, 36_332_266));
    assert_eq!(first.terms[2].share.percent(2).unwrap().to_string(), "23.08");
}

#[test]
fn a_minimum_says_who_is_held_at_it_and_who_pays() {
    let Some(oracle) = oracle() else { return };
    let rule = rule(counts_30_20_50(), Floor::Minimum(20_000_000));
    let allocated = allocate(200_000_000, &rule, &inputs(&oracle)).unwrap();
    let without = numbers(&oracle["results"]["counts_30_20_50"]);
    for (section, without) in allocated.sections.iter().zip(without) {
        assert_eq!(section.bounds_minor, section.amount_minor - without, "{}", section.section);
        let held = matches!(section.section.as_str(), "S7" | "S8").then_some(Bound::Minimum);
        assert_eq!(section.bound, held, "{}", section.section);
    }
}

#[test]
fn the_paradoxes_come_out_as_they_are_known() {
    let Some(oracle) = oracle() else { return };
    let of_weights = Inputs {
        sections: ["a", "b", "c"].map(str::to_owned).to_vec(),
        columns: vec![("weight".into(), vec![Some(6), Some(6), Some(2)])],
    };
    let by_weight = rule(vec![count("100", "weight")], Floor::None);
    for (total, expected) in oracle["alabama"]["weights_6_6_2"].as_object().unwrap() {
        let total = total.parse().unwrap();
        assert_eq!(apportion(total, &[6, 6, 2]).unwrap(), numbers(expected), "{total}");
        assert_eq!(amounts(&allocate(total, &by_weight, &of_weights).unwrap()), numbers(expected), "{total}");
    }
    for fund in [200_000_246, 200_000_247] {
        let allocated = allocate(fund, &rule(counts_30_20_50(), Floor::None), &inputs(&oracle)).unwrap();
        assert_eq!(amounts(&allocated), numbers(&oracle["alabama"][format!("ves_{fund}")]), "{fund}");
    }
}
