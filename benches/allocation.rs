//! A full recomputation of what rules give, every term with it: what one move of a slider costs.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench, not an interface")]

mod workload;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use yupay::allocation::{Allocated, Direction, Floor, Form, Inputs, Rule, allocate};

fn recompute(fund_minor: i64, rules: &[Rule], inputs: &Inputs) -> Vec<Allocated> {
    rules.iter().map(|rule| allocate(fund_minor, black_box(rule), inputs).unwrap()).collect()
}

fn rounds(criterion: &mut Criterion) {
    for round in workload::rounds() {
        criterion.bench_function(&format!("allocation/{}", round.name), |bencher| {
            bencher.iter(|| recompute(round.fund_minor, &round.rules, &round.inputs));
        });
    }
}

/// The largest there may be.
fn country(criterion: &mut Criterion) {
    let mut benches = criterion.benchmark_group("allocation/10,000 sections x 10 criteria");
    benches.sample_size(10);
    let inputs = workload::inputs(10_000, 10);
    for (name, form) in [("counts", Form::Count), ("rates", Form::Rate)] {
        let rules = [workload::rule(10, form, Direction::Direct, Floor::None)];
        benches.bench_function(name, |bencher| bencher.iter(|| recompute(1_000_000_000_000_000, &rules, &inputs)));
    }
    benches.finish();
}

criterion_group!(name = benches; config = workload::config(); targets = rounds, country);
criterion_main!(benches);
