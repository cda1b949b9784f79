//! Rounds to share out: what the native bench and the bench page recompute, always the same ones.

use yupay::allocation::{Direction, Floor, Form, Inputs, Measure, Rule, RuleCriterion, Weight};

/// A fund and the rules that it is shared out by, one after the other.
pub struct Round {
    /// As the benches name it, and the report: a district's is what one move of a slider costs.
    pub name: &'static str,
    /// The fund, in minor units.
    pub fund_minor: i64,
    /// The sections' figures.
    pub inputs: Inputs,
    /// The rules: as many as there are scenarios.
    pub rules: Vec<Rule>,
}

/// A district with four scenarios, and a region by counts and by rates.
pub fn rounds() -> Vec<Round> {
    let district = vec![
        rule(3, Form::Count, Direction::Direct, Floor::None),
        rule(3, Form::Count, Direction::Inverse, Floor::None),
        rule(3, Form::Rate, Direction::Direct, Floor::Flat(10_000_000)),
        rule(3, Form::Count, Direction::Direct, Floor::Minimum(20_000_000)),
    ];
    let region = |name, form, floor| Round {
        name,
        fund_minor: 200_000_000_000,
        inputs: inputs(1_000, 10),
        rules: vec![rule(10, form, Direction::Direct, floor)],
    };
    let minimum = Floor::Minimum(150_000_000);
    vec![
        Round {
            name: "8 sections x 3 criteria x 4 scenarios",
            fund_minor: 200_000_000,
            inputs: inputs(8, 3),
            rules: district,
        },
        region("1,000 sections x 10 criteria, counts", Form::Count, Floor::None),
        region("1,000 sections x 10 criteria, counts with a minimum", Form::Count, minimum),
        region("1,000 sections x 10 criteria, rates", Form::Rate, Floor::None),
        region("1,000 sections x 10 criteria, rates with a minimum", Form::Rate, minimum),
    ]
}

/// Sections with a base and a part of it for each criterion, all different.
pub fn inputs(sections: usize, criteria: usize) -> Inputs {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % below).unwrap_or_default()
    };
    let mut columns: Vec<(String, Vec<Option<i64>>)> = Vec::new();
    let bases: Vec<i64> = (0..sections).map(|_| 20_000 + next(60_000)).collect();
    for criterion in 0..criteria {
        let parts = bases.iter().map(|&base| Some(base / 10 + next(20_000).min(base / 2))).collect();
        columns.push((format!("part_{criterion}"), parts));
    }
    columns.push(("base".to_owned(), bases.into_iter().map(Some).collect()));
    Inputs { sections: (0..sections).map(|at| format!("S{at}")).collect(), columns }
}

/// A rule that weighs the first so many columns alike, the first of them with what is left over.
pub fn rule(criteria: usize, form: Form, direction: Direction, floor: Floor) -> Rule {
    let count = u16::try_from(criteria).unwrap_or(u16::MAX).max(1);
    let each = Weight::WHOLE.hundredths() / count;
    let first = Weight::WHOLE.hundredths() - each * (count - 1);
    let criterion = |at: usize| RuleCriterion {
        id: format!("c{at}"),
        measure: Measure::Figure { column: format!("part_{at}"), form, direction, base: Some("base".to_owned()) },
        weight: Weight::from_hundredths(if at == 0 { first } else { each }).unwrap_or_default(),
    };
    Rule { floor, ..Rule::weighing((0..criteria).map(criterion).collect()) }
}
