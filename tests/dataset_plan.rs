//! The tables of plan, prices, months and changes; keys told from others; contributions as facts; and the rows of the files.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::BTreeMap;

use yupay::budget::{Feasibility, Stage};
use yupay::dataset::packed::{Intake, PackKind, Source, pack};
use yupay::dataset::{FileContent, Label, Package, Report, load};
use yupay::engine::{Facts, Filter, Key, tally};
use yupay::money::format::Language;

const FILES: [(&str, &str); 15] = [
    ("sections", "section_id,name,level1,level2\nS1,Uno,Norte,Alto\nS2,Dos,Norte,Bajo\nS3,Tres,Sur,\n"),
    ("dimensions", "dimension_id,label_es\nhuman,Humana\n"),
    ("statuses", "status_id,label_es\ndone,Hecha\nidea,Idea\n"),
    (
        "objectives",
        "objective_id,dimension_id,title,parent\nO1,human,Cima,\nO2,human,Ladera,O1\nO3,human,Valle,O2\nC1,,Rueda,C2\nC2,,Rueda dos,C1\n",
    ),
    ("processes", "fiscal_year,currency\n2001,PEN\n2002,PEN\n"),
    (
        "projects",
        "project_id,fiscal_year,title,section_id,scope,objective_id,cui,snip,feasibility,physical_progress_percent,location,agreed_amount\n\
         P1,2001,Obra uno,S1,section,O3,2000001,,yes,33.5,\"-76.94, -12.21\",100.00\n\
         P2,2001,Obra dos,S2,section,C1,,777,,,\"este, sur\",200.00\n\
         P3,2002,Obra tres,S2,section,C1,,778,pending,,,300.00\n\
         P4,2002,Obra cuatro,,district,,,,,,,400.00\n",
    ),
    (
        "financing",
        "financing_id,project_id,source,form,amount\nF1,P1,community,labour,10.00\nF2,P9,community,,1.00\nF3,P3,ngo,trueque,20.50\nF4,P4,municipality,cash,400.00\n",
    ),
    (
        "budget",
        "budget_line_id,fiscal_year,project_id,section_id,compromiso_mensual,devengado\n\
         L1,2001,P1,,50.00,40.00\nL2,2001,P1,,mil,1.00\nL3,2002,P3,S3,60.00,30.00\nL4,2002,,S1,,5.00\n",
    ),
    ("status_history", "project_id,date,status\nP1,2001-12-31,idea\nP1,2002-06-30,done\nP9,2002-06-30,done\n"),
    ("changes", "project_id,date,kind,before,after,reason\nP3,,replaced,Pista,Obra tres,Votación\nP3,,otra,,,\n"),
    ("project_sections", "project_id,section_id,share_percent\nP1,S1,60\nP1,S2,40\nP1,S3,140\n"),
    (
        "execution_months",
        "fiscal_year,month,project_id,section_id,devengado\n2001,6,P1,,15.00\n2001,12,P1,,25.00\n2002,13,P3,,1.00\n2002,1,,S1,5.00\n",
    ),
    ("price_index", "year,index,base,series\n2002,103.25,2001=100,IPC\n2001,100,,\n2003,0,,\n"),
    (
        "crosswalk",
        "table,from_id,from_year,to_id,to_year,share_percent,comparable\nsections,S0,2001,S1,2002,60,\nsections,S0,2001,S2,2002,40,false\nstreets,A,2001,B,2002,,\n",
    ),
    ("official_totals", "fiscal_year,devengado\n2001,90.00\n"),
];

fn package() -> (Package, Report) {
    let resources: Vec<String> =
        FILES.iter().map(|(name, _)| format!(r#"{{"name":"{name}","path":"{name}.csv"}}"#)).collect();
    let descriptor = format!(r#"{{"name":"plan","countryCode":"PE","resources":[{}]}}"#, resources.join(","));
    let file = |(name, text): (&str, &str)| (format!("{name}.csv"), FileContent::Bytes(text.into()));
    load(descriptor.as_bytes(), &BTreeMap::from(FILES.map(file)))
}

/// The sums at a stage by a key's values, blank for none.
fn sums(package: &Package, stage: Stage, key: Key) -> Vec<(String, i64, u64)> {
    let source = package.facts.source(stage, &Filter::default(), &[key]).unwrap();
    let cells = tally(source, None, &[key], &[stage]).unwrap();
    let value = |cell| package.facts.dictionary(key).unwrap().value(cells.code(key, cell)).unwrap_or_default();
    let shown = |cell| {
        let found = cells.tally(cell, stage);
        (value(cell).to_owned(), found.minor.unwrap_or_default(), found.count)
    };
    (0..cells.len()).map(shown).collect()
}

fn owned(rows: &[(&str, i64, u64)]) -> Vec<(String, i64, u64)> {
    rows.iter().map(|&(value, minor, count)| (value.to_owned(), minor, count)).collect()
}

#[test]
fn what_a_work_lies_in_groups_its_rows_and_counts_none_twice() {
    let (package, _) = package();
    assert_eq!(
        sums(&package, Stage::Agreed, Key::Objective),
        owned(&[("O3", 10000, 1), ("C1", 30000, 1), ("", 40000, 1)])
    );
    // An objective whose parents go round is its own topmost.
    assert_eq!(
        sums(&package, Stage::Agreed, Key::StrategicObjective),
        owned(&[("O1", 10000, 1), ("C1", 30000, 1), ("", 40000, 1)])
    );
    assert_eq!(sums(&package, Stage::Agreed, Key::Level1), owned(&[("Norte", 40000, 2), ("", 40000, 1)]));
    assert_eq!(
        sums(&package, Stage::Agreed, Key::Level2),
        owned(&[("Alto", 10000, 1), ("Bajo", 30000, 1), ("", 40000, 1)])
    );
    // A line lies where its own section does.
    assert_eq!(sums(&package, Stage::Accrued, Key::Level1), owned(&[("Norte", 4500, 2), ("Sur", 3000, 1)]));
    assert_eq!(
        sums(&package, Stage::MonthlyCommitted, Key::StrategicObjective),
        owned(&[("O1", 5000, 1), ("C1", 6000, 1), ("", 0, 1)])
    );
}

#[test]
fn what_is_secured_is_a_table_of_its_own() {
    let (package, _) = package();
    assert!(package.facts.has(Stage::Secured));
    assert_eq!(
        sums(&package, Stage::Secured, Key::Contributor),
        owned(&[("municipality", 40000, 1), ("community", 1000, 1), ("ngo", 2050, 1)])
    );
    assert_eq!(
        sums(&package, Stage::Secured, Key::Form),
        owned(&[("cash", 40000, 1), ("labour", 1000, 1), ("trueque", 2050, 1)])
    );
    assert_eq!(sums(&package, Stage::Secured, Key::Round), owned(&[("2001", 1000, 1), ("2002", 42050, 2)]));
    assert_eq!(
        sums(&package, Stage::Secured, Key::Section),
        owned(&[("S1", 1000, 1), ("S2", 2050, 1), ("district", 40000, 1)])
    );
    assert_eq!(
        sums(&package, Stage::Secured, Key::Objective),
        owned(&[("O3", 1000, 1), ("C1", 2050, 1), ("", 40000, 1)])
    );
    let label = |key, value| package.label(key, Some(value), Language::Es);
    assert_eq!(label(Key::Contributor, "ngo"), Label::Word);
    assert_eq!(label(Key::Form, "labour"), Label::Word);
    assert_eq!(label(Key::Form, "trueque"), Label::Named("trueque".to_owned()));
    assert_eq!(label(Key::StrategicObjective, "O1"), Label::Named("Cima".to_owned()));
}

#[test]
fn rows_are_found_again_in_their_files() {
    let (package, report) = package();
    let rows = &package.file_rows;
    // P2 has a place that is none, L2 an amount, F2 a work that is unknown.
    let found = |of: &yupay::dataset::FileRows| (0..4).map(|row| of.get(row)).collect::<Vec<_>>();
    assert_eq!(found(&rows.projects), [Some(2), Some(4), Some(5), None]);
    assert_eq!(found(&rows.budget), [Some(2), Some(4), Some(5), None]);
    assert_eq!(found(&rows.financing), [Some(2), Some(4), Some(5), None]);
    assert_eq!(
        [&rows.projects.path, &rows.budget.path, &rows.financing.path],
        ["projects.csv", "budget.csv", "financing.csv"]
    );
    let aside: Vec<(&str, u64)> = report
        .tables
        .iter()
        .map(|table| (table.resource.as_str(), table.set_aside.rows))
        .filter(|(_, rows)| *rows > 0)
        .collect();
    assert_eq!(
        aside,
        [
            ("projects", 1),
            ("financing", 1),
            ("budget", 1),
            ("status_history", 1),
            ("changes", 1),
            ("project_sections", 1),
            ("execution_months", 1),
            ("price_index", 1),
            ("crosswalk", 1),
        ]
    );
}

#[test]
fn small_tables_say_what_their_files_say() {
    let (package, _) = package();
    let project = package.project("P1").unwrap();
    assert_eq!((project.code.as_deref(), project.feasibility), (Some("2000001"), Some(Feasibility::Yes)));
    assert_eq!(project.location, "-76.94,-12.21".parse().ok());
    assert_eq!(project.physical_progress_percent.map(|percent| percent.to_string()).as_deref(), Some("33.5"));
    assert_eq!(package.project("P3").unwrap().code.as_deref(), Some("778"));
    let prices: Vec<(String, String)> =
        package.price_index.iter().map(|one| (one.year.to_string(), one.index.to_string())).collect();
    assert_eq!(prices, [("2001".to_owned(), "100".to_owned()), ("2002".to_owned(), "103.25".to_owned())]);
    assert_eq!(package.crosswalk.iter().map(|one| one.comparable).collect::<Vec<_>>(), [true, false]);
    let months: Vec<(u8, Option<i64>)> =
        package.months.iter().map(|one| (one.month, one.amounts.at(Stage::Accrued))).collect();
    assert_eq!(months, [(6, Some(1500)), (12, Some(2500)), (1, Some(500))]);
    assert_eq!(package.months[2].section.as_deref(), Some("S1"));
    assert_eq!((package.status_history.len(), package.project_sections.len()), (2, 2));
    assert_eq!((package.changes[0].date, package.changes[0].kind.as_str()), (None, "replaced"));
}

/// The cube's file says what a first view needs; the rows' file brings the rest.
#[test]
fn a_packed_package_says_the_same() {
    let (package, report) = package();
    let packed = pack(&package, &report, vec![Source::new("datapackage.json", None)]).unwrap();
    let intake = |kind, bytes: &[u8]| {
        let mut intake = Intake::new(kind, packed.manifest.id(), bytes.len() as u64);
        intake.feed(bytes);
        intake
    };
    let (mut found, _) = intake(PackKind::Cube, &packed.cube).finish_cube().unwrap();
    assert_eq!((&found.objectives, &found.price_index), (&package.objectives, &package.price_index));
    assert_eq!((&found.crosswalk, &found.sections), (&package.crosswalk, &package.sections));
    assert!(found.months.is_empty() && found.facts.table(Stage::Secured).is_none());
    for (stage, key) in
        [(Stage::Secured, Key::Form), (Stage::Secured, Key::Level1), (Stage::Agreed, Key::StrategicObjective)]
    {
        assert_eq!(sums(&found, stage, key), sums(&package, stage, key), "{stage} {}", key.name());
    }
    assert!(Facts::STAGES.into_iter().all(|stage| found.facts.cube(stage).is_some()));
    intake(PackKind::Columns, &packed.columns).finish_columns(&mut found).unwrap();
    assert_eq!(found.file_rows, package.file_rows);
    assert_eq!((&found.months, &found.status_history), (&package.months, &package.status_history));
    assert_eq!((&found.changes, &found.project_sections), (&package.changes, &package.project_sections));
    assert!(found.projects == package.projects && found.financing == package.financing && found.facts == package.facts);
}
