//! From the bytes of a package to `(Package, Report)`: `make bench PARTS=native`, or `cargo bench --bench loader`.
#![allow(clippy::unwrap_used, reason = "a bench whose workload is not what it should be stops there")]

mod workload;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use yupay::budget::Stage;
use yupay::dataset::{CsvDialect, load, read_csv};

const LINES: [usize; 2] = [10_000, 100_000];

fn loads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("loader/package");
    group.sample_size(10);
    for lines in LINES {
        let package = workload::package(lines);
        check(&package, lines);
        group.throughput(Throughput::Bytes(package.bytes));
        group.bench_with_input(BenchmarkId::from_parameter(workload::name(lines)), &package, |bencher, package| {
            bencher.iter(|| black_box(load(&package.descriptor, &package.files)));
        });
    }
    group.finish();
}

/// The splitting into cells alone.
fn splits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("loader/split");
    for lines in LINES {
        let (csv, _) = workload::flat(lines);
        let records = read_csv(&csv, CsvDialect::default());
        assert!(records.len() == lines + 1 && records.iter().all(|record| record.cells.is_ok()));
        group.throughput(Throughput::Bytes(csv.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(workload::name(lines)), &csv, |bencher, csv| {
            bencher.iter(|| black_box(read_csv(csv, CsvDialect::default())));
        });
    }
    group.finish();
}

/// A clean package, read whole: anything else would time the writing of problems.
fn check(workload: &workload::PackageFiles, lines: usize) {
    let (package, report) = load(&workload.descriptor, &workload.files);
    assert_eq!(report.problems, [], "the workload is meant to be clean");
    assert_eq!(package.facts.count(Stage::Accrued) as usize, lines);
}

criterion_group!(name = benches; config = workload::config(); targets = splits, loads);
criterion_main!(benches);
