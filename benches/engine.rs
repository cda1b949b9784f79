//! The engine's verbs over budget lines: `make bench PARTS=native`, or `cargo bench --bench engine`.
#![allow(clippy::unwrap_used, reason = "a bench whose workload is not what it should be stops there")]

mod workload;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use yupay::budget::Stage;
use yupay::dataset::load;
use yupay::engine::{Facts, Filter, Groups, Key, Question, group};
use yupay::money::Currency;

const LINES: [usize; 2] = [10_000, 100_000];

fn groups(criterion: &mut Criterion) {
    let everything = Filter::default();
    let narrowed = ["T2", "T3", "T4"]
        .iter()
        .fold(everything.clone().with(Key::FiscalYear, Some("2023")), |filter, id| filter.with(Key::Status, Some(id)));
    let questions: [(&str, &[Key], &Filter); 5] = [
        ("total", &[], &everything),
        ("section", &[Key::Section], &everything),
        ("section_x_dimension", &[Key::Section, Key::Dimension], &everything),
        ("section_of_some", &[Key::Section], &narrowed),
        ("project", &[Key::Project], &everything),
    ];
    let mut benches = criterion.benchmark_group("engine/group");
    for lines in LINES {
        let workload = workload::package(lines);
        let facts = load(&workload.descriptor, &workload.files).0.facts;
        let total = ask(&facts, &[], &everything).total;
        assert_eq!((total.minor, total.missing), (Some(workload.accrued.minor), workload.accrued.missing));
        benches.throughput(Throughput::Elements(lines as u64));
        for (name, by, filter) in questions {
            benches.bench_function(BenchmarkId::new(name, workload::name(lines)), |bencher| {
                bencher.iter(|| black_box(ask(&facts, by, filter)));
            });
        }
    }
    benches.finish();
}

fn ask(facts: &Facts, by: &[Key], filter: &Filter) -> Groups {
    group(facts, &Question { by, stage: Stage::Accrued, currency: Currency::PEN, filter }).unwrap()
}

criterion_group!(name = benches; config = workload::config(); targets = groups);
criterion_main!(benches);
