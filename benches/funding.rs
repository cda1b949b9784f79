//! Who gets funded, under each rule: `cargo bench --bench funding`. The election is Świecie's of 2023, 22 proposals and 2,553
//! ballots, from `../shared/data/pabulib`; without that folder beside the checkout there is nothing to measure.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where it fails, and says what it skips")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use yupay::allocation::funding::{FundingRule, Satisfaction, fund};
use yupay::dataset::Pabulib;

fn rules(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pabulib/Poland_Swiecie_2023.pb");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return;
    };
    let (file, _) = Pabulib::read(&bytes, "Swiecie");
    let (election, budget) = (file.to_election(), file.budget_minor.unwrap());
    let mut group = criterion.benchmark_group("funding");
    group.sample_size(10);
    group.bench_function("read", |bencher| bencher.iter(|| Pabulib::read(black_box(&bytes), "Swiecie")));
    group.bench_function("election", |bencher| bencher.iter(|| black_box(&file).to_election()));
    for rule in FundingRule::ALL {
        for satisfaction in Satisfaction::ALL {
            if satisfaction != Satisfaction::default() && !rule.weighs_satisfaction() {
                continue;
            }
            group.bench_function(format!("{rule}/{}", satisfaction.name()), |bencher| {
                bencher.iter(|| {
                    let mut go_on = |_| ControlFlow::Continue(());
                    fund(black_box(&election), budget, rule, satisfaction, &mut go_on).unwrap()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
