//! A package into its packed form and back: `make bench PARTS=native`, or `cargo bench --bench packed`.
#![allow(clippy::unwrap_used, reason = "a bench whose workload is not what it should be stops there")]

mod workload;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use yupay::dataset::packed::{Intake, PackKind, Packed, pack};
use yupay::dataset::{Package, Report, load};

/// As a response's pieces come.
const PIECE: usize = 1 << 16;

fn packs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("packed");
    group.sample_size(10);
    for lines in [100_000, 1_000_000] {
        let workload = workload::package(lines);
        let (package, report) = load(&workload.descriptor, &workload.files);
        let packed = pack(&package, &report, Vec::new()).unwrap();
        let (mut unpacked, found) = cube(&packed);
        columns(&packed, &mut unpacked);
        assert!(unpacked.facts == package.facts && found == report);
        group.throughput(Throughput::Elements(lines as u64));
        group.bench_function(BenchmarkId::new("pack", workload::name(lines)), |bencher| {
            bencher.iter(|| black_box(pack(&package, &report, Vec::new())));
        });
        group.bench_function(BenchmarkId::new("unpack_cube", workload::name(lines)), |bencher| {
            bencher.iter(|| black_box(cube(&packed)));
        });
        group.bench_function(BenchmarkId::new("unpack_columns", workload::name(lines)), |bencher| {
            bencher.iter(|| columns(black_box(&packed), &mut unpacked));
        });
    }
    group.finish();
}

fn cube(packed: &Packed) -> (Package, Report) {
    receive(packed, PackKind::Cube, &packed.cube).finish_cube().unwrap()
}

fn columns(packed: &Packed, package: &mut Package) {
    receive(packed, PackKind::Columns, &packed.columns).finish_columns(package).unwrap();
}

fn receive(packed: &Packed, kind: PackKind, file: &[u8]) -> Intake {
    let mut intake = Intake::new(kind, packed.manifest.id(), file.len() as u64);
    file.chunks(PIECE).for_each(|piece| intake.feed(piece));
    intake
}

criterion_group!(name = benches; config = workload::config(); targets = packs);
criterion_main!(benches);
