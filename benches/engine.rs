//! The engine's verbs over budget lines: `make bench PARTS=native`, or `cargo bench --bench engine`.
#![allow(clippy::unwrap_used, reason = "a bench whose workload is not what it should be stops there")]

mod workload;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use yupay::budget::Stage;
use yupay::dataset::load;
use yupay::engine::{
    Cube, Facts, Filter, Fold, Groups, Key, Order, Question, Texts, distinct, group, order, roll_up, search, tally, top,
};
use yupay::money::Currency;

const LINES: [usize; 2] = [100_000, 1_000_000];
const KEYS: [Key; 4] = [Key::Section, Key::Dimension, Key::Status, Key::FiscalYear];
const STAGES: [Stage; 5] = [Stage::Pia, Stage::Pim, Stage::Committed, Stage::Accrued, Stage::Paid];

/// The verbs over rows, the cube that spares them, and what a page asks, which goes through the cube where it can.
fn verbs(criterion: &mut Criterion) {
    let everything = Filter::default();
    let narrowed = ["T2", "T3", "T4"]
        .iter()
        .fold(everything.clone().with(Key::FiscalYear, Some("2023")), |filter, id| filter.with(Key::Status, Some(id)));
    for lines in LINES {
        let workload = workload::package(lines);
        let facts = load(&workload.descriptor, &workload.files).0.facts;
        let total = ask(&facts, &[], &everything).total;
        assert_eq!((total.minor, total.missing), (Some(workload.accrued.minor), workload.accrued.missing));
        let rows = facts.table(Stage::Accrued).unwrap();
        let some = narrowed.rows(&facts, rows);
        let cells = tally(rows, None, &KEYS, &STAGES).unwrap();
        let projects = tally(rows, None, &[Key::Project], &STAGES).unwrap();
        let mut benches = criterion.benchmark_group("engine");
        benches.throughput(Throughput::Elements(lines as u64));
        let mut bench = |name: &str, work: &dyn Fn()| {
            benches.bench_function(BenchmarkId::new(name, workload::name(lines)), |bencher| bencher.iter(work));
        };
        bench("filter", &|| drop(black_box(narrowed.rows(&facts, rows))));
        bench("tally_4_keys_5_stages", &|| drop(black_box(tally(rows, None, &KEYS, &STAGES))));
        bench("tally_of_some", &|| drop(black_box(tally(rows, Some(&some), &KEYS, &STAGES))));
        bench("tally_by_project", &|| drop(black_box(tally(rows, None, &[Key::Project], &STAGES))));
        bench("distinct", &|| drop(black_box(distinct(rows, None, Key::Project))));
        bench("roll_up", &|| drop(black_box(roll_up(&cells, &[Key::Section]))));
        bench("order_and_top", &|| {
            drop(black_box(top(&order(&projects, Order::Amount(Stage::Accrued)), 10)));
        });
        bench("cube", &|| drop(black_box(Cube::build(rows))));
        bench("ask_by_section", &|| drop(black_box(ask(&facts, &[Key::Section], &everything))));
        bench("ask_by_section_of_some", &|| drop(black_box(ask(&facts, &[Key::Section], &narrowed))));
        benches.finish();
    }
}

fn ask(facts: &Facts, by: &[Key], filter: &Filter) -> Groups {
    group(facts, &Question { by, stage: Stage::Accrued, currency: Currency::PEN, filter }).unwrap()
}

fn searches(criterion: &mut Criterion) {
    for lines in LINES {
        let texts: Texts = workload::descriptions(lines).iter().map(String::as_str).collect();
        let bytes: usize = texts.parts().iter().map(|part| part.pool().len()).sum();
        let mut benches = criterion.benchmark_group("engine/search");
        benches.throughput(Throughput::Bytes(bytes as u64));
        for (name, fold) in [("case", Fold::AsciiCase), ("accents", Fold::Accents)] {
            assert!(search(&texts, "muro", fold).any());
            benches.bench_function(BenchmarkId::new(name, workload::name(lines)), |bencher| {
                bencher.iter(|| black_box(search(&texts, "muro", fold)));
            });
        }
        benches.finish();
    }
}

criterion_group!(name = benches; config = workload::config(); targets = verbs, searches);
criterion_main!(benches);
