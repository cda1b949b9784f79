//! The packed form: what was packed comes back, in whatever pieces it arrives, and anything else is a fault.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dataset_support;

use std::hash::Hasher;
use std::path::Path;

use dataset_support::{Files, contents, fixtures};
use proptest::prelude::*;
use proptest::sample::Index;
use yupay::dataset::packed::{
    Intake, Manifest, PackFault, PackId, PackKind, Packed, Parts, SCHEMA, Source, TableParts, pack,
};
use yupay::dataset::{Package, Report};
use yupay::engine::{Amounts, Codes, Dictionary, SEGMENT_ROWS, Texts};

const ID: PackId = *b"0123456789abcdef";
const FRAME_BYTES: usize = 48;

fn sources(files: &Files) -> Vec<Source> {
    files.0.iter().map(|(path, bytes)| Source::new(path, Some(bytes))).collect()
}

fn packed(files: &Files) -> (Package, Report, Packed) {
    let (package, report) = files.load();
    let packed = pack(&package, &report, sources(files)).unwrap();
    (package, report, packed)
}

/// Hands a file over in pieces.
fn receive(kind: PackKind, id: PackId, file: &[u8], cuts: &[usize]) -> Intake {
    let mut intake = Intake::new(kind, id, file.len() as u64);
    let mut at = 0;
    for &cut in cuts {
        let piece = &file[at..(at + cut).min(file.len())];
        intake.feed(piece);
        at += piece.len();
    }
    intake.feed(&file[at..]);
    intake
}

fn read(file: &[u8]) -> Result<Parts, PackFault> {
    receive(PackKind::Columns, ID, file, &[]).finish()
}

fn unpack(packed: &Packed, cuts: &[usize]) -> (Package, Report) {
    let id = packed.manifest.id();
    let (mut package, report) = receive(PackKind::Cube, id, &packed.cube, cuts).finish_cube().unwrap();
    assert!(package.projects.is_empty(), "a first view takes no rows");
    receive(PackKind::Columns, id, &packed.columns, cuts).finish_columns(&mut package).unwrap();
    (package, report)
}

fn every_package() -> Vec<(String, Files)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        root.join("data/villa-el-salvador"),
        root.join("data/san-juan-de-miraflores"),
        fixtures().join("base"),
        fixtures().join("show"),
    ];
    folders.into_iter().map(|folder| (folder.display().to_string(), Files::read(&folder))).collect()
}

#[test]
fn a_package_comes_back_as_it_was_loaded() {
    for (name, files) in every_package() {
        let (package, report, packed) = packed(&files);
        let (found, found_report) = unpack(&packed, &[]);
        assert_eq!(contents(&found), contents(&package), "{name}");
        assert_eq!(found_report, report, "{name}");
        assert_eq!(found.facts, package.facts, "{name}");
        let texts = |package: &Package| {
            let descriptor = &package.descriptor;
            let [title, version, country] = [&descriptor.title, &descriptor.version, &descriptor.country];
            (title.clone(), version.clone(), country.clone(), descriptor.notice.clone(), descriptor.sources.clone())
        };
        assert_eq!(texts(&found), texts(&package), "{name}");
    }
}

#[test]
fn problems_come_back_with_their_places_and_counts() {
    let mut files = Files::base();
    for table in files.tables() {
        // A last column goes missing in every row, and many rows are wrong in one way.
        let text = files.text(&table).replace(",2001", ",20x01");
        let last = text.lines().last().unwrap_or_default().to_owned();
        let many = format!("{last},one too many\n").repeat(300);
        files.set(&table, format!("{text}{many}"));
    }
    let (_, report, packed) = packed(&files);
    assert!(report.unlisted() > 0 && report.rows_set_aside() > 0, "{report:?}");
    assert_eq!(unpack(&packed, &[]).1, report);
}

#[test]
fn every_cut_off_file_is_a_fault() {
    let (.., packed) = packed(&Files::base());
    let id = packed.manifest.id();
    for (kind, file) in [(PackKind::Cube, &packed.cube), (PackKind::Columns, &packed.columns)] {
        for len in 0..file.len() {
            // Known to be short from its length, and found to be short where the length was expected to be right.
            for expected in [len, file.len()] {
                let mut intake = Intake::new(kind, id, expected as u64);
                intake.feed(&file[..len]);
                assert_eq!(intake.finish().err(), Some(PackFault::Truncated), "{kind:?} cut off at {len}");
            }
        }
        let longer = [file.as_slice(), b"!"].concat();
        for expected in [file.len(), longer.len()] {
            let mut intake = Intake::new(kind, id, expected as u64);
            intake.feed(&longer);
            assert_eq!(intake.finish().err(), Some(PackFault::TooLong), "{kind:?} with a byte more");
        }
    }
}

#[test]
fn a_foreign_another_or_a_later_file_is_known_as_that() {
    let (.., packed) = packed(&Files::base());
    let id = packed.manifest.id();
    let fault = |kind, id, file: &[u8]| receive(kind, id, file, &[]).finish().err();
    let mut later = packed.cube.clone();
    later[8] += 1;
    let web_page = b"<!doctype html><title>404</title><p>There is no such page on this server.</p>".as_slice();
    let mut other = id;
    other[15] ^= 1;
    for (said, found, expected) in [
        ("a web page", fault(PackKind::Cube, id, web_page), PackFault::Foreign),
        ("a short web page", fault(PackKind::Cube, id, &web_page[..20]), PackFault::Truncated),
        ("another version", fault(PackKind::Cube, id, &later), PackFault::Version { found: SCHEMA + 1 }),
        ("the rows' file", fault(PackKind::Cube, id, &packed.columns), PackFault::Mismatch),
        ("another package's", fault(PackKind::Cube, other, &packed.cube), PackFault::Mismatch),
    ] {
        assert_eq!(found, Some(expected), "{said}");
    }
}

#[test]
fn the_same_package_is_packed_into_the_same_bytes() {
    let [(.., first), (.., second)] = [packed(&Files::base()), packed(&Files::base())];
    assert_eq!(
        (first.manifest.to_json(), first.cube, first.columns),
        (second.manifest.to_json(), second.cube, second.columns)
    );
}

#[test]
fn a_manifest_comes_back_and_another_is_none() {
    let mut files = Files::base();
    let (.., packed) = packed(&files);
    let json = packed.manifest.to_json();
    assert_eq!(Manifest::parse(json.as_bytes()), Ok(packed.manifest.clone()));
    let later = json.replace(&format!("\"schema\": {SCHEMA}"), "\"schema\": 999");
    assert_eq!(Manifest::parse(later.as_bytes()), Err(PackFault::Version { found: 999 }));
    // A name that leads elsewhere would be fetched, and removed.
    let cube = &packed.manifest.cube.name;
    for other in ["../secret.bin", "cube-.bin", "cube-0123456789abcdeg.bin", "https://example.org/cube-0.bin"] {
        assert_eq!(Manifest::parse(json.replace(cube, other).as_bytes()), Err(PackFault::Foreign), "{other}");
    }
    for other in ["", "{", "[]", "{}", "<!doctype html>", &format!("{{\"schema\": {SCHEMA}}}")] {
        assert_eq!(Manifest::parse(other.as_bytes()), Err(PackFault::Foreign), "{other}");
    }
    let table = files.tables()[0].clone();
    let source = packed.manifest.source(&table).unwrap();
    assert!(source.is_still(Some(&files.0[&table])) && !source.is_still(None));
    let edited = files.text(&table).replacen('1', "2", 1);
    files.set(&table, edited);
    assert!(!source.is_still(Some(&files.0[&table])), "a change that keeps the length");
}

/// A table of a few columns, over a piece's end now and then.
fn table() -> impl Strategy<Value = TableParts> {
    let rows = prop_oneof![8 => 0usize..300, 1 => SEGMENT_ROWS - 1..SEGMENT_ROWS + 3];
    (rows, any::<u64>(), 0u32..32, 0u32..64, any::<bool>()).prop_map(
        |(rows, seed, code_bits, amount_bits, has_gaps)| {
            let mut drawn = seed;
            let mut draw = move |bits: u32| {
                drawn = drawn.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                drawn.rotate_left(32) & ((1 << bits) - 1)
            };
            let codes: Codes = (0..rows).map(|_| draw(code_bits) as u32).collect();
            let first: Amounts = (0..rows)
                .map(|_| (!has_gaps || draw(2) > 0).then(|| draw(amount_bits).cast_signed().wrapping_mul(3)))
                .collect();
            let second: Amounts = (0..rows).map(|row| first.get(row).map(|minor| minor.wrapping_sub(7))).collect();
            let texts: Vec<String> = (0..rows).map(|_| "ñ§".repeat(draw(3) as usize)).collect();
            let largest = codes.iter().max().unwrap_or_default();
            TableParts {
                rows,
                codes: vec![("code".to_owned(), codes, largest)],
                amounts: vec![("first".to_owned(), first), ("second".to_owned(), second)],
                texts: vec![("text".to_owned(), texts.iter().map(String::as_str).collect::<Texts>())],
            }
        },
    )
}

fn parts() -> impl Strategy<Value = Parts> {
    let words = proptest::collection::vec(any::<u8>(), 0..40);
    let values = proptest::collection::vec(".{0,9}", 0..20);
    (words, values, proptest::collection::vec(table(), 0..3)).prop_map(|(words, values, tables)| {
        let mut dictionary = Dictionary::default();
        for value in &values {
            dictionary.intern(value);
        }
        let dictionaries = if dictionary.is_empty() { vec![] } else { vec![("key".to_owned(), dictionary)] };
        Parts { words, dictionaries, tables }
    })
}

/// Makes a changed file pass for an undamaged one, so that the change reaches what the checksum keeps from it.
fn with_its_checksum(mut file: Vec<u8>) -> Vec<u8> {
    let mut hash = twox_hash::XxHash64::with_seed(0);
    hash.write(&file[FRAME_BYTES..]);
    file[24..32].copy_from_slice(&hash.finish().to_le_bytes());
    let payload_bytes = (file.len() - FRAME_BYTES) as u64;
    file[16..24].copy_from_slice(&payload_bytes.to_le_bytes());
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn parts_come_back_in_whatever_pieces(parts in parts(), cuts in proptest::collection::vec(0usize..3000, 0..60)) {
        let file = parts.to_file(PackKind::Columns, ID).unwrap();
        prop_assert_eq!(receive(PackKind::Columns, ID, &file, &cuts).finish(), Ok(parts));
    }

    #[test]
    fn a_package_comes_back_in_whatever_pieces(cuts in proptest::collection::vec(0usize..700, 0..40)) {
        let (package, report, packed) = packed(&Files::base());
        let (found, found_report) = unpack(&packed, &cuts);
        prop_assert_eq!(found_report, report);
        prop_assert_eq!(contents(&found), contents(&package));
    }

    #[test]
    fn a_flipped_bit_is_a_fault(parts in parts(), place in any::<Index>(), bit in 0u8..8) {
        let mut file = parts.to_file(PackKind::Columns, ID).unwrap();
        let place = place.index(file.len());
        file[place] ^= 1 << bit;
        prop_assert!(read(&file).is_err());
    }

    /// Not only damaged but made to look undamaged: other contents or a fault, and never a panic.
    #[test]
    fn a_forged_file_is_parts_or_a_fault(
        parts in parts(), changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..6), cut in any::<Option<Index>>(),
    ) {
        let mut file = parts.to_file(PackKind::Columns, ID).unwrap();
        for (place, byte) in changes {
            let payload = file.len() - FRAME_BYTES;
            if payload > 0 { file[FRAME_BYTES + place.index(payload)] = byte; }
        }
        if let Some(cut) = cut { file.truncate(FRAME_BYTES + cut.index(file.len() - FRAME_BYTES + 1)); }
        drop(read(&with_its_checksum(file)));
    }

    #[test]
    fn a_forged_package_is_a_package_or_a_fault(changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..6)) {
        let (.., packed) = packed(&Files::base());
        let id = packed.manifest.id();
        let forge = |file: &[u8]| {
            let mut file = file.to_vec();
            for (place, byte) in &changes { let payload = file.len() - FRAME_BYTES; file[FRAME_BYTES + place.index(payload)] = *byte; }
            with_its_checksum(file)
        };
        let whole = receive(PackKind::Cube, id, &packed.cube, &[]).finish_cube().unwrap().0;
        for mut package in [Some(whole), receive(PackKind::Cube, id, &forge(&packed.cube), &[]).finish_cube().ok().map(|found| found.0)].into_iter().flatten() {
            let rows = receive(PackKind::Columns, id, &forge(&packed.columns), &[]).finish_columns(&mut package);
            prop_assert!(rows.is_ok() || package.projects.is_empty(), "a package is left as it was");
        }
    }
}
