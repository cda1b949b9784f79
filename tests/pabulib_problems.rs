//! What can be wrong with a file of ballots: each fault is told with its section, line and column, and costs no more than it must.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::Path;

use yupay::dataset::{Code, Pabulib, Report};
use yupay::money::format::Language;
use yupay::text::Catalog;

/// Lines 1 to 20: META 1, PROJECTS 8, VOTES 14.
const CLEAN: &str = "META\nkey;value\nbudget;1000.00\ncurrency;PEN\nvote_type;approval\nnum_projects;4\nnum_votes;4\n\
                     PROJECTS\nproject_id;cost;votes;name;selected\nA;600;2;Losa;1\nB;400.50;1;\"Pozo; \"\"nuevo\"\"\";0\n\
                     C;250.5;3;Parque;1\nD;90;0;Feria;0\n\
                     VOTES\nvoter_id;vote;age\n1;A,C;40\n2;C;\n3;A,B,C;7\n4;;12\n";

fn read(text: &str) -> (Pabulib, Report) {
    Pabulib::read(text.as_bytes(), "round.pb")
}

/// `code row column value`, a line each.
fn told(report: &Report) -> Vec<String> {
    let one = |problem: &yupay::dataset::Problem| {
        let row = problem.row.map_or("-".to_owned(), |row| row.to_string());
        let column = problem.column.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} {row} {column} {}", problem.code, problem.value.clone().unwrap_or_default()).trim_end().to_owned()
    };
    report.problems.iter().map(one).collect()
}

/// The clean file with one text that stands once replaced by another.
#[track_caller]
fn with(find: &str, replace: &str) -> String {
    assert_eq!(CLEAN.matches(find).count(), 1, "{find:?}");
    CLEAN.replace(find, replace)
}

/// A change to the clean file, what is told of it, and how many projects and ballots are left.
#[track_caller]
fn check(find: &str, replace: &str, expected: &[&str], left: (usize, usize)) {
    let (election, report) = read(&with(find, replace));
    assert_eq!(told(&report), expected, "{find:?} -> {replace:?}");
    assert_eq!((election.projects.len(), election.ballots.len()), left, "{find:?} -> {replace:?}");
    assert_eq!(read(&election.to_text()).0, election, "{find:?} -> {replace:?}");
}

#[test]
fn a_clean_file_is_read_whole() {
    let (election, report) = read(CLEAN);
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(election.budget_minor, Some(100_000));
    let costs: Vec<_> = election.projects.iter().map(|project| project.cost_minor).collect();
    assert_eq!(costs, [Some(60_000), Some(40_050), Some(25_050), Some(9_000)]);
    assert_eq!(election.projects[1].name, "Pozo; \"nuevo\"");
    let approved: Vec<_> = election.ballots.iter().map(|ballot| ballot.approves.clone()).collect();
    assert_eq!(approved, [vec![0, 2], vec![2], vec![0, 1, 2], vec![]]);
    assert_eq!(election.to_text(), CLEAN);
    let windows = CLEAN.replace('\n', "\r\n");
    assert_eq!(read(&windows).0.to_text(), windows);
    assert_eq!(read(&format!("\u{feff}{CLEAN}")).0, election);
    assert_eq!(read(&CLEAN.replace("META\n", "meta\n").replace("VOTES\n", " Votes \n")).0, election);
}

#[test]
fn a_file_that_is_no_election() {
    for (text, expected) in [
        ("", vec!["file-empty - -"]),
        (" \r\n\n", vec!["file-empty - -"]),
        ("<!DOCTYPE html><p>404", vec!["file-not-csv - - <!DOCTYPE html><p>404"]),
        (
            "a;b\n",
            vec![
                "ballots-outside 1 - a;b",
                "ballots-section - META",
                "ballots-section - PROJECTS",
                "ballots-section - VOTES",
            ],
        ),
    ] {
        let (election, report) = read(text);
        assert_eq!(told(&report), expected, "{text:?}");
        assert_eq!((election.meta.len(), election.projects.len(), election.ballots.len()), (0, 0, 0));
    }
    let utf16: Vec<u8> = CLEAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&Pabulib::read(&utf16, "round.pb").1), ["encoding-error - - UTF-16"]);
}

#[test]
fn missing_sections_and_labels() {
    let without_votes = CLEAN.split_once("VOTES").unwrap().0;
    let (election, report) = read(without_votes);
    assert_eq!(told(&report), ["ballots-section - VOTES"]);
    assert_eq!((election.projects.len(), election.votes()), (4, None), "the counts of PROJECTS can still be used");
    assert_eq!(election.to_text(), without_votes);
    let unknown = ["1 A", "2 C", "3 A"].map(|line| line.split_once(' ').unwrap());
    let (projects, rest) = CLEAN.split_once("PROJECTS").unwrap();
    let (_, votes) = rest.split_once("VOTES").unwrap();
    let expected: Vec<String> = std::iter::once("ballots-section - PROJECTS".to_owned())
        .chain(unknown.iter().enumerate().map(|(at, (_, id))| format!("reference-unknown {} VOTES.vote {id}", at + 10)))
        .collect();
    assert_eq!(told(&read(&format!("{projects}VOTES{votes}")).1), expected);
    check("voter_id;vote;age", "voter;vote;age", &["label-missing 15 VOTES.voter_id voter;vote;age"], (4, 0));
    let expected = ["label-duplicate 15 VOTES.vote vote"];
    check("voter_id;vote;age", "voter_id;vote;vote", &expected, (4, 4));
    check("voter_id;vote;age", "voter_id;vote;", &["label-blank 15 VOTES"], (4, 4));
    let (_, report) = read(&with("key;value", "clave;valor"));
    assert_eq!(told(&report)[..2], ["label-missing 2 META.key clave;valor", "label-missing 2 META.value clave;valor"]);
    let (_, report) = read("META\nPROJECTS\nVOTES\n");
    assert_eq!(told(&report)[..2], ["label-missing - META.key —", "label-missing - META.value —"]);
}

#[test]
fn a_section_that_stands_twice() {
    let (election, report) = read(&format!("{CLEAN}PROJECTS\nproject_id;cost\nE;1\n"));
    let expected =
        ["ballots-outside 20 - PROJECTS", "ballots-outside 21 - project_id;cost", "ballots-outside 22 - E;1"];
    assert_eq!(told(&report), expected);
    assert_eq!(election, read(CLEAN).0);
}

#[test]
fn faults_of_meta() {
    check("budget;1000.00\n", "", &["ballots-budget - META.budget"], (4, 4));
    check("budget;1000.00", "budget;1,000", &["number-format 3 META.budget 1,000"], (4, 4));
    check("budget;1000.00", "budget;1000.001", &["number-decimals 3 META.budget 1000.001"], (4, 4));
    check("budget;1000.00", "budget;-1", &["value-range 3 META.budget -1"], (4, 4));
    check(
        "budget;1000.00",
        "budget;99999999999999999999",
        &["number-range 3 META.budget 99999999999999999999"],
        (4, 4),
    );
    check("currency;PEN", "currency;S/", &["currency-format 4 META.currency S/"], (4, 4));
    check("currency;PEN\n", "", &["ballots-currency - META.currency"], (4, 4));
    check("vote_type;approval", "vote_type;veto", &["ballots-kind 5 META.vote_type veto"], (4, 4));
    check("vote_type;approval\n", "", &["ballots-kind - META.vote_type —"], (4, 4));
    check("num_projects;4", "num_projects;5", &["ballots-count 6 META.num_projects 5"], (4, 4));
    check("num_votes;4", "num_votes;3", &["ballots-count 7 META.num_votes 3"], (4, 4));
    check("num_votes;4", "num_votes;four", &["integer-format 7 META.num_votes four"], (4, 4));
    check("num_votes;4", "budget;4", &["key-duplicate 7 META.key budget"], (4, 4));
    check("num_votes;4", ";4", &["key-blank 7 META.key 4"], (4, 4));
    check("num_votes;4", "note;a;b", &["ballots-cells 7 META note;a;b"], (4, 4));
}

#[test]
fn costs_that_cannot_be_read_are_missing_and_their_project_stays() {
    for (cost, expected) in [
        ("", "number-format 13 PROJECTS.cost —"),
        ("90,00", "number-format 13 PROJECTS.cost 90,00"),
        ("S/ 90", "number-format 13 PROJECTS.cost S/ 90"),
        ("90.005", "number-decimals 13 PROJECTS.cost 90.005"),
        ("0", "value-range 13 PROJECTS.cost 0"),
        ("-90", "value-range 13 PROJECTS.cost -90"),
        ("92233720368547758.08", "number-range 13 PROJECTS.cost 92233720368547758.08"),
    ] {
        check("D;90;", &format!("D;{cost};"), &[expected], (4, 4));
        assert_eq!(read(&with("D;90;", &format!("D;{cost};"))).0.projects[3].cost_minor, None, "{cost}");
    }
    check("D;90;", "D;90.000;", &[], (4, 4));
    let pesos = with("currency;PEN", "currency;CLP");
    let expected = ["number-decimals 11 PROJECTS.cost 400.50", "number-decimals 12 PROJECTS.cost 250.5"];
    assert_eq!(told(&read(&pesos).1), expected);
}

#[test]
fn faults_of_projects() {
    check("D;90;0;Feria;0", ";90;0;Feria;0", &["key-blank 13 PROJECTS.project_id ;90;0;Feria;0"], (3, 4));
    check("D;90;0;Feria;0", "A;90;0;Feria;0", &["key-duplicate 13 PROJECTS.project_id A"], (3, 4));
    check("D;90;0;Feria;0", "D;90;0;Feria", &["ballots-cells 13 PROJECTS D;90;0;Feria"], (3, 4));
    check("D;90;0;Feria;0", "D;90;0;Feria;0;x", &["ballots-cells 13 PROJECTS D;90;0;Feria;0;x"], (3, 4));
    check("D;90;0;Feria;0", "D;90;0;La \"Feria\";0", &["quote-error 13 PROJECTS D;90;0;La \"Feria\";0"], (3, 4));
    check("D;90;0;Feria;0", "D;90;-1;Feria;0", &["value-range 13 PROJECTS.votes -1"], (4, 4));
    check("D;90;0;Feria;0", "D;90;x;Feria;0", &["integer-format 13 PROJECTS.votes x"], (4, 4));
    check("D;90;0;Feria;0", "D;90;7;Feria;0", &["ballots-votes 13 PROJECTS.votes 7"], (4, 4));
    check("D;90;0;Feria;0", "D;90;;Feria;", &[], (4, 4));
    check("D;90;0;Feria;0", "D;90;0;Feria;yes", &["value-enum 13 PROJECTS.selected yes"], (4, 4));
    check("D;90;0;Feria;0", "D;90;0;Feria;2", &[], (4, 4));
    check("D;90;0;Feria;0", "D;900;0;Feria;1", &["ballots-over-budget - PROJECTS.selected 1750.50"], (4, 4));
    check("D;90;0;Feria;0", "\nD;90;0;Feria;0", &["row-blank 13 PROJECTS"], (4, 4));
}

#[test]
fn a_fault_in_one_ballot_sets_that_ballot_aside() {
    for (ballot, expected) in [
        ("2;X;", "reference-unknown 17 VOTES.vote X"),
        ("2;C,X;", "reference-unknown 17 VOTES.vote X"),
        ("2;C, A;", "reference-unknown 17 VOTES.vote  A"),
        ("2;C,;", "reference-unknown 17 VOTES.vote —"),
        ("2;C,A,C;", "ballots-repeated 17 VOTES.vote C"),
        ("1;C;", "key-duplicate 17 VOTES.voter_id 1"),
        (";C;", "key-blank 17 VOTES.voter_id ;C;"),
        ("2;C", "ballots-cells 17 VOTES 2;C"),
        ("2;C;;", "ballots-cells 17 VOTES 2;C;;"),
    ] {
        // The votes of PROJECTS are not blamed for a ballot that is known to be missing.
        check("2;C;\n", &format!("{ballot}\n"), &[expected], (4, 3));
    }
    let broken = [CLEAN.split_once("2;C;").unwrap().0.as_bytes(), b"2;C;\xf1\n", b"3;A;7\n"].concat();
    let (election, report) = Pabulib::read(&broken, "round.pb");
    assert_eq!(told(&report)[..1], ["encoding-error 17 VOTES 2;C;\u{fffd}"]);
    assert_eq!(election.ballots.len(), 2);
    let [_, votes] = report.tables.as_slice() else { panic!("{:?}", report.tables) };
    assert_eq!((votes.resource.as_str(), votes.rows_read, votes.rows_kept, votes.set_aside.rows), ("VOTES", 3, 2, 1));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    check(
        "D;90;0;Feria;0",
        "D;90;0;\"Fe\nria\";0\n;1;;;",
        &["key-blank 15 PROJECTS.project_id ;1;;;", "ballots-count 6 META.num_projects 4"],
        (4, 4),
    );
}

#[test]
fn points_and_ranks_are_read_as_approvals() {
    let points = |kind: &str, votes: &str| {
        format!(
            "META\nkey;value\nbudget;9\ncurrency;PEN\nvote_type;{kind}\nPROJECTS\nproject_id;cost\nA;1\nB;2\nC;3\nVOTES\n{votes}"
        )
    };
    let approved =
        |text: &str| -> Vec<Vec<usize>> { read(text).0.ballots.iter().map(|ballot| ballot.approves.clone()).collect() };
    let votes = "voter_id;vote;points\n1;B,A,C;2,0,0.5\n2;A;-1\n3;;\n";
    assert_eq!(approved(&points("cumulative", votes)), [vec![1, 2], vec![], vec![]]);
    assert_eq!(approved(&points("scoring", votes)), [vec![1, 2], vec![], vec![]]);
    assert_eq!(approved(&points("ordinal", votes)), [vec![1, 0, 2], vec![0], vec![]]);
    for (ballot, expected) in [
        ("1;B,A;2", "ballots-points 13 VOTES.points 1;B,A;2"),
        ("1;B,A;2,x", "number-format 13 VOTES.points x"),
        ("1;B,A;", "ballots-points 13 VOTES.points 1;B,A;"),
    ] {
        let text = points("cumulative", &format!("voter_id;vote;points\n{ballot}\n"));
        assert_eq!(told(&read(&text).1), [expected], "{ballot}");
    }
    let text = points("cumulative", "voter_id;vote\n1;B\n");
    assert_eq!(told(&read(&text).1), ["label-missing 12 VOTES.points voter_id;vote"]);
    assert_eq!(approved(&text), [[1]]);
}

#[test]
fn every_problem_has_words_in_both_languages() {
    let faulty = [
        "x\nMETA\nMETA\n".to_owned(),
        with("budget;1000.00\ncurrency;PEN\nvote_type;approval", "a;b;c\nz;z\nz;z"),
        with("budget;1000.00", "budget;1").replace("1;A,C;40", "1;A,A;40").replace("num_votes;4", "num_votes;9"),
        with("vote_type;approval", "vote_type;cumulative").replace("voter_id;vote;age", "voter_id;vote;points"),
        with("D;90;0;Feria;0", "D;90;7;Feria;0"),
    ];
    let mut codes: Vec<Code> = Vec::new();
    for language in Language::ALL {
        let file = format!("public/text/problems.{}.json", language.tag());
        let json = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let words = Catalog::parse(language, &json).unwrap();
        for text in &faulty {
            for problem in read(text).1.problems {
                let message = words.problem(&problem);
                assert!(!message.contains(['{', '}']) && message.ends_with('.'), "{message}");
                assert!(!message.contains("«»") && !message.contains("“”"), "{message}\n{problem:#?}");
                codes.push(problem.code);
            }
        }
    }
    // The two that compare a file with its package are in tests/pabulib_package.rs.
    let elsewhere = [Code::BallotsUnknown, Code::BallotsDiffers];
    let ours = Code::ALL.iter().filter(|code| code.name().starts_with("ballots-") && !elsewhere.contains(code));
    let without: Vec<_> = ours.filter(|code| !codes.contains(code)).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}
