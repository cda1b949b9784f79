//! A full recomputation of what rules give, every term with it: what one move of a slider costs.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench, not an interface")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use yupay::allocation::{Direction, Floor, Form, Inputs, Measure, Rule, RuleCriterion, Weight, allocate};

/// Sections with a base and a part of it for each criterion, all different; the same at every run.
fn inputs(sections: usize, criteria: usize) -> Inputs {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % below).unwrap()
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

fn rule(criteria: usize, form: Form, direction: Direction, floor: Floor) -> Rule {
    let each = 10_000 / u16::try_from(criteria).unwrap();
    let rest = 10_000 - each * u16::try_from(criteria - 1).unwrap();
    let criteria = (0..criteria).map(|at| RuleCriterion {
        id: format!("c{at}"),
        measure: Measure::Figure { column: format!("part_{at}"), form, direction, base: Some("base".to_owned()) },
        weight: Weight::from_hundredths(if at == 0 { rest } else { each }).unwrap(),
    });
    Rule { floor, ..Rule::weighing(criteria.collect()) }
}

fn recompute(c: &mut Criterion) {
    let fund = 200_000_000;
    let district = inputs(8, 3);
    let scenarios = [
        rule(3, Form::Count, Direction::Direct, Floor::None),
        rule(3, Form::Count, Direction::Inverse, Floor::None),
        rule(3, Form::Rate, Direction::Direct, Floor::Flat(10_000_000)),
        rule(3, Form::Count, Direction::Direct, Floor::Minimum(20_000_000)),
    ];
    c.bench_function("allocation/8 sections x 3 criteria x 4 scenarios", |b| {
        b.iter(|| scenarios.iter().map(|rule| allocate(fund, black_box(rule), &district).unwrap()).collect::<Vec<_>>());
    });
    let region = inputs(1_000, 10);
    for (name, form, floor) in [
        ("counts", Form::Count, Floor::None),
        ("rates", Form::Rate, Floor::None),
        ("counts with a minimum", Form::Count, Floor::Minimum(150_000_000)),
        ("rates with a minimum", Form::Rate, Floor::Minimum(150_000_000)),
    ] {
        let rule = rule(10, form, Direction::Direct, floor);
        c.bench_function(&format!("allocation/1,000 sections x 10 criteria, {name}"), |b| {
            b.iter_batched(
                || rule.clone(),
                |rule| allocate(fund * 1_000, &rule, &region).unwrap(),
                BatchSize::SmallInput,
            );
        });
    }
    // The largest there may be.
    let mut group = c.benchmark_group("allocation/10,000 sections x 10 criteria");
    group.sample_size(10);
    let country = inputs(10_000, 10);
    for (name, form) in [("counts", Form::Count), ("rates", Form::Rate)] {
        let rule = rule(10, form, Direction::Direct, Floor::None);
        group.bench_function(name, |b| b.iter(|| allocate(1_000_000_000_000_000, black_box(&rule), &country).unwrap()));
    }
    group.finish();
}

criterion_group!(benches, recompute);
criterion_main!(benches);
