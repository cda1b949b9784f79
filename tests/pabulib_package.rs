//! Ballots in a package: named by the descriptor, never read as a table, and checked against the rest of the package.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dataset_support;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use dataset_support::Files;
use yupay::allocation::funding::{FundingRule, Satisfaction, fund};
use yupay::budget::FiscalYear;
use yupay::dataset::packed::{Intake, Manifest, PackKind, pack};
use yupay::dataset::{
    CsvDialect, DESCRIPTOR_FILE, FileContent, Pabulib, Package, Report, check_ballots, load, read_csv,
};
use yupay::money::format::Language;
use yupay::text::Catalog;

const BALLOTS: &str = "META\nkey;value\ninstance;2024\nbudget;100000.00\ncurrency;PEN\nvote_type;approval\nPROJECTS\n\
                       project_id;cost;votes;section;selected\nV24-01;18000;1;RIB;1\nV24-03;36000;1;LOM;1\nV24-P01;500;0;LOM;0\n\
                       VOTES\nvoter_id;vote\n1;V24-01\n2;V24-03\n";
const PATH: &str = "ballots/2024.pb";

/// The clean package with a file of ballots, which its descriptor names as given.
fn with_ballots(resource: &str, ballots: Option<&str>) -> Files {
    let mut files = Files::base();
    files.edit(DESCRIPTOR_FILE, "\"resources\": [", &format!("\"resources\": [{resource},"));
    if let Some(ballots) = ballots {
        files.set(PATH, ballots);
    }
    files
}

fn contents(files: &Files) -> BTreeMap<String, FileContent> {
    files.0.iter().map(|(name, bytes)| (name.clone(), FileContent::Bytes(bytes.clone()))).collect()
}

/// A package read with its ballots, as `yupay check` does.
fn checked(files: &Files) -> (Package, Report) {
    let contents = contents(files);
    let (package, mut report) = load(&files.0[DESCRIPTOR_FILE], &contents);
    check_ballots(&package, &contents, &mut report);
    (package, report)
}

const NAMED: &str = r#"{"name": "ballots-2024", "path": "ballots/2024.pb", "format": "pb"}"#;

/// `code file row column value -> expected`, a line each.
fn told(report: &Report) -> Vec<String> {
    let one = |problem: &yupay::dataset::Problem| {
        let row = problem.row.map_or("-".to_owned(), |row| row.to_string());
        let (column, value) = (problem.column.as_deref().unwrap_or("-"), problem.value.as_deref().unwrap_or("-"));
        let arg = |name: &str| problem.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        let other = [arg("target"), arg("expected")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        format!("{} {} {row} {column} {value} {other}", problem.code, problem.file).trim_end().to_owned()
    };
    report.problems.iter().map(one).collect()
}

#[test]
fn a_file_of_ballots_is_no_table() {
    let files = with_ballots(NAMED, Some(BALLOTS));
    let (package, report) = files.load();
    assert_eq!(report.problems, [], "reading a package does not ask for its ballots");
    assert!(report.tables.iter().all(|table| table.file != PATH));
    assert!(package.descriptor.resources.iter().all(|resource| !resource.name.starts_with("ballots")));
    let [ballots] = package.descriptor.ballots.as_slice() else { panic!("{:?}", package.descriptor.ballots) };
    assert_eq!((ballots.year.number(), ballots.path.as_str(), ballots.name()), (2024, PATH, "ballots-2024".to_owned()));
    let (_, report) = checked(&files);
    assert_eq!(told(&report), Vec::<String>::new());
    let tables = report.tables.iter().filter(|table| table.file == PATH);
    let rows: Vec<_> = tables.map(|table| (table.resource.as_str(), table.rows_read, table.rows_kept)).collect();
    assert_eq!(rows, [("ballots-2024 PROJECTS", 3, 3), ("ballots-2024 VOTES", 2, 2)]);
}

#[test]
fn the_descriptor_s_faults() {
    for (resource, expected) in [
        (NAMED.replace("ballots-2024", "ballots"), "descriptor-invalid datapackage.json - resources[].name ballots"),
        (
            NAMED.replace("ballots-2024", "ballots-24"),
            "descriptor-invalid datapackage.json - resources[].name ballots-24",
        ),
        (NAMED.replace("ballots/", "../"), "path-unsafe datapackage.json - ballots-2024.path ../2024.pb"),
        (format!("{NAMED},{NAMED}"), "descriptor-invalid datapackage.json - resources[].name ballots-2024"),
    ] {
        let (_, report) = checked(&with_ballots(&resource, Some(BALLOTS)));
        assert_eq!(told(&report), [expected], "{resource}");
    }
    assert_eq!(told(&checked(&with_ballots(NAMED, None)).1), ["file-missing ballots/2024.pb - - -"]);
}

#[test]
fn size_and_hash_are_held_to() {
    let sealed = |bytes: usize, hash: &str| NAMED.replace('}', &format!(r#", "bytes": {bytes}, "hash": "{hash}"}}"#));
    let zeros = format!("sha256:{}", "0".repeat(64));
    for (resource, code) in [
        (sealed(BALLOTS.len() + 1, ""), "file-truncated"),
        (sealed(BALLOTS.len(), &zeros), "file-changed"),
        (sealed(BALLOTS.len(), "md5:00"), "hash-unsupported"),
    ] {
        let (_, report) = checked(&with_ballots(&resource, Some(BALLOTS)));
        let found: Vec<_> =
            report.problems.iter().map(|problem| (problem.code.name(), problem.file.as_str())).collect();
        assert_eq!(found, [(code, PATH)], "{resource}");
    }
}

#[test]
fn what_the_ballots_say_against_the_package() {
    for (find, replace, expected) in [
        ("500;0;LOM", "500;0;ALT", "ballots-unknown ballots/2024.pb 11 PROJECTS.section ALT data/sections.csv"),
        (
            "V24-P01;500;0;LOM;0",
            "V24-P01;500;0;LOM;1",
            "ballots-unknown ballots/2024.pb 11 PROJECTS.project_id V24-P01 data/projects.csv",
        ),
        ("18000;1;RIB", "18000;1;LOM", "ballots-differs ballots/2024.pb 9 PROJECTS.section LOM data/projects.csv RIB"),
        (
            "V24-P01;500",
            "V25-01;500",
            "ballots-differs ballots/2024.pb 11 PROJECTS.project_id V25-01 (2024) data/projects.csv 2025",
        ),
        ("currency;PEN", "currency;USD", "ballots-differs ballots/2024.pb - META.currency USD data/processes.csv PEN"),
        (
            "100000.00",
            "99000.00",
            "ballots-differs ballots/2024.pb - META.budget 99000.00 data/processes.csv 100000.00",
        ),
    ] {
        assert_eq!(BALLOTS.matches(find).count(), 1, "{find}");
        let (_, report) = checked(&with_ballots(NAMED, Some(&BALLOTS.replace(find, replace))));
        assert_eq!(told(&report), [expected], "{find} -> {replace}");
        for language in Language::ALL {
            let file = format!("public/text/problems.{}.json", language.tag());
            let json = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
            let message = Catalog::parse(language, &json).unwrap().problem(&report.problems[0]);
            assert!(!message.contains(['{', '}']) && message.ends_with('.'), "{message}");
        }
    }
}

#[test]
fn the_packed_form_names_the_ballots_and_is_not_made_from_them() {
    let files = with_ballots(NAMED, Some(BALLOTS));
    let (package, report) = files.load();
    let packed = pack(&package, &report, Vec::new()).unwrap();
    let mut intake = Intake::new(PackKind::Cube, Manifest::default().id(), packed.cube.len() as u64);
    intake.feed(&packed.cube);
    let (unpacked, _) = intake.finish_cube().unwrap();
    assert_eq!(unpacked.descriptor.ballots, package.descriptor.ballots);
    assert_eq!(unpacked.descriptor.ballots.len(), 1);
}

/// The shipped packages: folder, and the rounds that have ballots.
const SHIPPED: [(&str, &[u16]); 2] = [("villa-el-salvador", &[2000, 2001]), ("san-juan-de-miraflores", &[2004])];

fn shipped() -> Vec<(Package, FiscalYear, Pabulib, BTreeMap<String, BTreeMap<String, String>>)> {
    let mut rounds = Vec::new();
    for (name, years) in SHIPPED {
        let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name));
        let (package, report) = checked(&files);
        assert!(report.problems.iter().all(|problem| !problem.file.ends_with(".pb")), "{:#?}", told(&report));
        let found: Vec<u16> = package.descriptor.ballots.iter().map(|file| file.year.number()).collect();
        assert_eq!(found, years, "{name}");
        for file in &package.descriptor.ballots {
            let content = FileContent::Bytes(files.0[&file.path].clone());
            let (election, report) = file.read(Some(&content));
            assert_eq!(report.problems, []);
            assert!(election.meta("comment").unwrap().starts_with("Illustrative"), "{name}");
            rounds.push((package.clone(), file.year, election, by_id(&files.0["data/projects.csv"])));
        }
    }
    rounds
}

/// The cells of a table with the projects' ids, by id and label.
fn by_id(csv: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut records = read_csv(csv, CsvDialect::default()).into_iter().map(|record| record.cells.unwrap());
    let labels = records.next().unwrap();
    let row = |cells: Vec<String>| (cells[0].clone(), labels.iter().cloned().zip(cells).collect());
    records.map(row).collect()
}

#[test]
fn the_shipped_ballots_add_up_to_the_votes_of_the_projects() {
    for (package, year, election, projects) in shipped() {
        let votes = election.votes().unwrap();
        let mut compared = 0;
        for (proposal, counted) in election.projects.iter().zip(&votes) {
            let Some(project) = projects.get(&proposal.id) else {
                assert!(proposal.id.contains("-P") && proposal.is_selected == Some(false), "{}", proposal.id);
                continue;
            };
            assert_eq!(proposal.section.as_ref(), Some(&project["section_id"]), "{}", proposal.id);
            if !project["votes"].is_empty() {
                assert_eq!(counted.to_string(), project["votes"], "{}", proposal.id);
                compared += 1;
            }
        }
        assert!(compared > 50, "{year}: {compared}");
        let with_votes = projects.values().filter(|project| {
            project["fiscal_year"] == year.to_string()
                && !project["votes"].is_empty()
                && !project["section_id"].is_empty()
        });
        assert_eq!(with_votes.count(), compared, "{year}: every project with votes has its ballots");
        for ballot in &election.ballots {
            assert!((1..=4).contains(&ballot.approves.len()));
            let section = |place: &usize| election.projects[*place].section.clone();
            let first = section(&ballot.approves[0]);
            assert!(ballot.approves.iter().all(|place| section(place) == first));
        }
        for section in &package.sections {
            let not_agreed = election.projects.iter().filter(|one| one.section.as_ref() == Some(&section.id));
            let not_agreed = not_agreed.filter(|one| one.id.contains("-P")).count();
            assert!((2..=3).contains(&not_agreed), "{year} {}", section.id);
        }
    }
}

/// In Villa El Salvador what was agreed is what the votes and the section's amount give; a larger amount reaches a proposal
/// that was not agreed.
#[test]
fn the_section_s_amount_carries_what_was_agreed_and_a_larger_one_more() {
    for (package, year, election, _) in shipped() {
        if package.descriptor.name != "villa-el-salvador" {
            continue;
        }
        for allocation in package.allocations.iter().filter(|allocation| allocation.year == year) {
            let section = election.section_election(&allocation.section);
            let carried = |minor: i64| -> Vec<String> {
                let watch = &mut |_| ControlFlow::Continue(());
                let mut full =
                    fund(&section, minor, FundingRule::VoteOrder, Satisfaction::Cardinality, watch).unwrap().full;
                full.sort_unstable();
                full.into_iter().map(|place| section.proposals[place].id.clone()).collect()
            };
            let of_section = election.projects.iter().filter(|one| one.section.as_ref() == Some(&allocation.section));
            let agreed: Vec<String> =
                of_section.filter(|one| one.is_selected == Some(true)).map(|one| one.id.clone()).collect();
            let amount = allocation.amount.minor;
            assert_eq!(carried(amount), agreed, "{year} {}", allocation.section);
            assert!(carried(amount * 3 / 2).len() > agreed.len(), "{year} {}", allocation.section);
        }
    }
}
