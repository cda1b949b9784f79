//! The page that `make bench` measures sharing out a fund in: the site's arithmetic, for scripts to set theirs against.

#[path = "../workload/rounds.rs"]
mod rounds;

use rounds::Round;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use yupay::allocation::{Allocated, Direction, Floor, Form, Measure, Rule, RuleCriterion, allocate};

fn main() {}

thread_local! {
    static ROUNDS: Vec<Round> = rounds::rounds();
}

fn of_round<T>(at: usize, take: impl FnOnce(&Round) -> T) -> Option<T> {
    ROUNDS.with(|rounds| rounds.get(at).map(take))
}

/// The rounds' names, between line feeds.
#[wasm_bindgen]
pub fn names() -> String {
    ROUNDS.with(|rounds| rounds.iter().map(|round| round.name).collect::<Vec<_>>().join("\n"))
}

/// A round as JSON: `{ fund, columns: { name: [figures] }, rules: [{ floor: [kind, amount], criteria: [{ column, base, is_rate,
/// is_inverse, weight }] }] }`, amounts in minor units and weights in hundredths of a percent.
#[wasm_bindgen]
pub fn round(at: usize) -> String {
    let json = of_round(at, |round| {
        let columns = round.inputs.columns.iter().map(|(name, figures)| (name.clone(), json!(figures)));
        let columns: serde_json::Map<String, Value> = columns.collect();
        let rules: Vec<Value> = round.rules.iter().map(rule_json).collect();
        json!({ "fund": round.fund_minor, "columns": columns, "rules": rules })
    });
    json.unwrap_or_default().to_string()
}

fn rule_json(rule: &Rule) -> Value {
    let floor = match rule.floor {
        Floor::None => json!(["none", 0]),
        Floor::Flat(minor) => json!(["flat", minor]),
        Floor::Minimum(minor) => json!(["minimum", minor]),
    };
    json!({ "floor": floor, "criteria": rule.criteria.iter().map(criterion_json).collect::<Vec<_>>() })
}

fn criterion_json(criterion: &RuleCriterion) -> Value {
    let Measure::Figure { column, form, direction, base } = &criterion.measure else { return Value::Null };
    let (is_rate, is_inverse) = (*form == Form::Rate, *direction == Direction::Inverse);
    json!({ "column": column, "base": base, "is_rate": is_rate, "is_inverse": is_inverse, "weight": criterion.weight.hundredths() })
}

/// Every rule of a round, recomputed. For each rule and section: the amount, each criterion's part of it, the flat floor, what
/// a minimum adds or takes, and the rounding. Nothing where a rule is refused.
#[wasm_bindgen]
pub fn recompute(at: usize) -> Vec<i64> {
    let cells = of_round(at, |round| {
        let mut cells = Vec::new();
        for rule in &round.rules {
            let allocated = allocate(round.fund_minor, rule, &round.inputs).ok()?;
            push_cells(&mut cells, &allocated);
        }
        Some(cells)
    });
    cells.flatten().unwrap_or_default()
}

fn push_cells(cells: &mut Vec<i64>, allocated: &Allocated) {
    for section in &allocated.sections {
        cells.push(section.amount_minor);
        cells.extend(section.terms.iter().map(|term| term.amount_minor));
        cells.extend([section.flat_floor_minor, section.bounds_minor, section.rounding_minor]);
    }
}
