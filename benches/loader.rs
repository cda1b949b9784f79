//! From bytes to columns and to `(Package, Report)`: `make bench PARTS=native`, or `cargo bench --bench loader`.
#![allow(clippy::unwrap_used, reason = "a bench whose workload is not what it should be stops there")]

mod workload;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use yupay::budget::Stage;
use yupay::dataset::{LoneTable, Resource, load};

/// As a response's pieces come.
const PIECE: usize = 1 << 16;

/// One flat CSV as it streams, all of it in hand or in pieces.
fn streams(criterion: &mut Criterion) {
    let resource = Resource::described("lines", "lines.csv", &workload::FLAT_COLUMNS);
    let mut group = criterion.benchmark_group("loader/stream");
    group.sample_size(10);
    for lines in [100_000, 1_000_000] {
        let (csv, total) = workload::flat(lines);
        for (cut, piece) in [("whole", csv.len()), ("pieces", PIECE)] {
            let (mut table, report) = read(&resource, &csv, piece);
            assert_eq!((table.len(), report.problems.as_slice()), (lines, [].as_slice()));
            let accrued = table.take_amounts("devengado", 2).unwrap();
            assert_eq!(accrued.minor().iter().sum::<i64>(), total.minor);
            group.throughput(Throughput::Bytes(csv.len() as u64));
            group.bench_with_input(BenchmarkId::new(cut, workload::name(lines)), &csv, |bencher, csv| {
                bencher.iter(|| black_box(read(&resource, csv, piece)));
            });
        }
    }
    group.finish();
}

fn read(resource: &Resource, csv: &[u8], piece: usize) -> (LoneTable, yupay::dataset::Report) {
    let mut reader = LoneTable::reader(resource);
    for piece in csv.chunks(piece) {
        reader.room(piece.len()).copy_from_slice(piece);
        reader.took(piece.len());
        while reader.step(false) {}
    }
    while reader.step(true) {}
    LoneTable::new(reader)
}

fn loads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("loader/package");
    group.sample_size(10);
    for lines in [10_000, 100_000, 1_000_000] {
        let package = workload::package(lines);
        check(&package, lines);
        group.throughput(Throughput::Bytes(package.bytes));
        group.bench_with_input(BenchmarkId::from_parameter(workload::name(lines)), &package, |bencher, package| {
            bencher.iter(|| black_box(load(&package.descriptor, &package.files)));
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

criterion_group!(name = benches; config = workload::config(); targets = streams, loads);
criterion_main!(benches);
