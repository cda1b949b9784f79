//! What can be wrong with a Pabulib file, by a change to a clean one: each found once, at its place, the rest still read.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use proptest::prelude::*;
use yupay::dataset::pabulib::{Pabulib, read_pabulib};
use yupay::dataset::{Problem, Report};
use yupay::money::format::Language;
use yupay::text::Catalog;

const CLEAN: &str = "META\nkey;value\ndescription;Invented\nnum_projects;3\nnum_votes;4\nbudget;500.00\nvote_type;approval\n\
                     currency;PEN\nPROJECTS\nproject_id;cost;votes;name;selected\nA;300.00;2;\"Well; and pump\";1\n\
                     B;200.00;3;Road;1\nC;120.50;1;Lamp;0\nVOTES\nvoter_id;vote;age\n1;A,B;30\n2;B;\n3;A,B,C;41\n4;;19\n";

fn read(text: &str) -> (Pabulib, Report) {
    read_pabulib(text.as_bytes(), "x.pb")
}

fn shown(problem: &Problem) -> String {
    let row = problem.row.map_or("-".to_owned(), |row| row.to_string());
    let (column, value) = (problem.column.as_deref().unwrap_or("-"), problem.value.as_deref().unwrap_or("-"));
    format!("{} {row} {column} {value}", problem.code)
}

/// Finds exactly `expected` after a text that stands once was replaced.
#[track_caller]
fn check(find: &str, replace: &str, expected: &[&str]) -> Pabulib {
    assert_eq!(CLEAN.matches(find).count(), 1, "{find:?}");
    let (file, report) = read(&CLEAN.replace(find, replace));
    assert_eq!(report.problems.iter().map(shown).collect::<Vec<_>>(), expected, "{replace:?}");
    for language in Language::ALL {
        let path = format!("{}/public/text/problems.{}.json", env!("CARGO_MANIFEST_DIR"), language.tag());
        let words = Catalog::parse(language, &std::fs::read_to_string(path).unwrap()).unwrap();
        for problem in &report.problems {
            let message = words.problem(problem);
            assert!(!message.contains(['{', '}']) && message.ends_with('.'), "{message}");
        }
    }
    file
}

#[test]
fn the_file_that_changes_start_from_is_clean() {
    let (file, report) = read(CLEAN);
    assert_eq!(report.problems, []);
    assert_eq!(file.to_bytes(), CLEAN.as_bytes());
    let election = file.to_election();
    let proposals: Vec<_> =
        election.proposals.iter().map(|p| (p.id.as_str(), p.name.as_str(), p.cost_minor, p.votes)).collect();
    assert_eq!(proposals, [("A", "Well; and pump", 30_000, 2), ("B", "Road", 20_000, 3), ("C", "Lamp", 12_050, 1)]);
    assert_eq!((election.voters(), election.unit_minor, file.budget_minor()), (4, 100, Some(50_000)));
}

#[test]
fn sections_that_are_missing_or_misplaced() {
    let votes = CLEAN.find("VOTES").unwrap();
    let file = check(&CLEAN[votes..], "", &["pb-section-missing - - VOTES", "pb-count-differs 5 META.num_votes 4"]);
    assert_eq!(file.to_election().proposals[1].votes, 3, "the column votes, without ballots");
    check(
        "VOTES\n",
        "VOTES\nvoter_id;vote;age\n9;C;20\nVOTES\n",
        &[
            "pb-section-twice 17 - VOTES",
            "reference-unknown 18 VOTES.vote vote",
            "pb-count-differs 5 META.num_votes 4",
            "pb-votes-differ 13 PROJECTS.votes 1",
        ],
    );
    check("META\n", "note;1\nMETA\n", &["pb-row-outside 1 - note;1"]);
    let (_, report) = read("just a text\n");
    let found: Vec<String> = report.problems.iter().map(shown).collect();
    let missing = ["META", "PROJECTS", "VOTES"].map(|name| format!("pb-section-missing - - {name}"));
    assert_eq!(found, [&["pb-row-outside 1 - just a text".to_owned()][..], &missing].concat());
}

#[test]
fn empty_files_and_bytes_that_are_no_text() {
    for empty in ["", "\u{feff}", "\r\n \n"] {
        let (file, report) = read(empty);
        assert_eq!(report.problems.iter().map(shown).collect::<Vec<_>>(), ["file-empty - - -"], "{empty:?}");
        assert!(file.to_election().proposals.is_empty());
    }
    let mut bytes = CLEAN.as_bytes().to_vec();
    let at = CLEAN.find("Lamp").unwrap();
    bytes[at] = 0xe9;
    let (file, report) = read_pabulib(&bytes, "x.pb");
    let codes: Vec<&str> = report.problems.iter().map(|problem| problem.code.name()).collect();
    assert_eq!(
        codes,
        ["encoding-error", "reference-unknown", "pb-count-differs", "pb-votes-differ", "pb-votes-differ"]
    );
    assert_eq!((file.rows_unreadable(), file.proposals().len()), (1, 2));
}

#[test]
fn what_the_election_cannot_do_without() {
    check("budget;500.00\n", "", &["pb-meta-missing - META.budget budget"]);
    check("budget;500.00", "budget;", &["pb-meta-missing 6 META.budget budget"]);
    check("budget;500.00", "budget;five", &["number-format 6 META.budget five"]);
    check("budget;500.00", "budget;-5", &["pb-amount-negative 6 META.budget -5"]);
    check("vote_type;approval\n", "", &["pb-meta-missing - META.vote_type vote_type"]);
    check("vote_type;approval", "vote_type;shouting", &["value-enum 7 META.vote_type shouting"]);
    check("currency;PEN", "currency;soles", &["currency-format 8 META.currency soles"]);
    check("currency;PEN\n", "", &[]);
    check("currency;PEN", "budget;1", &["key-duplicate 8 META.key budget"]);
}

#[test]
fn costs_are_read_strictly() {
    for (cost, expected) in [
        ("300.000", &[][..]),
        ("300.001", &["number-decimals 11 PROJECTS.cost 300.001"]),
        ("300,00", &["number-format 11 PROJECTS.cost 300,00"]),
        ("1e3", &["number-format 11 PROJECTS.cost 1e3"]),
        ("", &["value-required 11 PROJECTS.cost -"]),
        ("None", &["value-required 11 PROJECTS.cost -"]),
        ("-1", &["pb-amount-negative 11 PROJECTS.cost -1"]),
        ("99999999999999999999", &["number-range 11 PROJECTS.cost 99999999999999999999"]),
    ] {
        let file = check("A;300.00;", &format!("A;{cost};"), expected);
        // The proposal that cannot be used is left out, and the ballots that name it still count for the others.
        assert_eq!(file.proposals().len(), if expected.is_empty() { 3 } else { 2 }, "{cost}");
        assert_eq!(file.ballots().len(), 4, "{cost}");
    }
    let yen = CLEAN.replace("currency;PEN", "currency;JPY").replace("120.50", "120.5");
    assert_eq!(read(&yen).1.problems.iter().map(shown).collect::<Vec<_>>(), ["number-decimals 13 PROJECTS.cost 120.5"]);
}

#[test]
fn codes_stand_once_and_ballots_name_what_there_is() {
    check(
        "B;200.00;3;Road;1",
        "A;200.00;3;Road;1",
        &[
            "key-duplicate 12 PROJECTS.project_id A",
            "reference-unknown 16 VOTES.vote B",
            "reference-unknown 17 VOTES.vote B",
            "reference-unknown 18 VOTES.vote B",
            "pb-votes-differ 11 PROJECTS.votes 2",
            "pb-votes-differ 13 PROJECTS.votes 1",
        ],
    );
    check(
        "B;200.00;3;Road;1",
        ";200.00;3;Road;1",
        &[
            "key-blank 12 PROJECTS.project_id -",
            "reference-unknown 16 VOTES.vote B",
            "reference-unknown 17 VOTES.vote B",
            "reference-unknown 18 VOTES.vote B",
            "pb-votes-differ 11 PROJECTS.votes 2",
            "pb-votes-differ 13 PROJECTS.votes 1",
        ],
    );
    let file = check("2;B;", "2;Z;", &["reference-unknown 17 VOTES.vote Z", "pb-votes-differ 12 PROJECTS.votes 3"]);
    assert_eq!((file.ballots().len(), file.votes.rows.len()), (3, 4), "set aside, and still in the file");
    check("2;B;", "1;B;", &["value-duplicate 17 VOTES.voter_id 1"]);
    check("2;B;", "2;B,B;", &["value-duplicate 17 VOTES.vote B"]);
    check(
        "project_id;cost",
        "code;cost",
        &[
            "label-missing - PROJECTS.project_id code, cost, votes, name, selected",
            "reference-unknown 16 VOTES.vote A",
            "reference-unknown 17 VOTES.vote B",
            "reference-unknown 18 VOTES.vote A",
        ],
    );
    check("vote;age", "vote;vote", &["label-duplicate 15 VOTES vote"]);
}

#[test]
fn what_is_said_twice_must_agree() {
    check("num_projects;3", "num_projects;4", &["pb-count-differs 4 META.num_projects 4"]);
    check("num_votes;4", "num_votes;many", &["pb-count-differs 5 META.num_votes many"]);
    check("B;200.00;3;", "B;200.00;7;", &["pb-votes-differ 12 PROJECTS.votes 7"]);
    check("B;200.00;3;", "B;200.00;few;", &["integer-format 12 PROJECTS.votes few"]);
    check("C;120.50;1;Lamp;0", "C;120.50;1;Lamp;1", &["pb-selected-exceeds-budget - PROJECTS.selected 620.50"]);
    check("2;B;", "2;B", &["cell-count 17 VOTES 2;B"]);
    check(
        "3;A,B,C;41",
        "3;A,B,C;\"41",
        &[
            "quote-error 18 - 3;A,B,C;\"41",
            "pb-count-differs 5 META.num_votes 4",
            "pb-votes-differ 11 PROJECTS.votes 2",
            "pb-votes-differ 12 PROJECTS.votes 3",
            "pb-votes-differ 13 PROJECTS.votes 1",
        ],
    );
}

#[test]
fn points_are_one_for_each_proposal() {
    let cumulative = CLEAN
        .replace("vote_type;approval", "vote_type;cumulative")
        .replace("cost;votes;", "cost;score;")
        .replace("A;300.00;2", "A;300.00;4")
        .replace("B;200.00;3", "B;200.00;6")
        .replace("C;120.50;1", "C;120.50;2")
        .replace(
            "voter_id;vote;age\n1;A,B;30\n2;B;\n3;A,B,C;41\n4;;19",
            "voter_id;vote;points\n1;A,B;3,2\n2;B;4\n3;A,B,C;1,0,2\n4;;",
        );
    let (file, report) = read(&cumulative);
    assert_eq!(report.problems, []);
    let election = file.to_election();
    assert_eq!(election.proposals.iter().map(|proposal| proposal.votes).collect::<Vec<_>>(), [4, 6, 2]);
    assert_eq!(election.ballots[2].approves, [0, 2], "no points, no approval");
    for (find, replace, expected) in [
        ("2;B;4", "2;B;4,1", "pb-points-count 17 VOTES.points 2;B;4,1"),
        ("2;B;4", "2;B;-4", "integer-format 17 VOTES.points -4"),
        ("2;B;4", "2;B;4.5", "integer-format 17 VOTES.points 4.5"),
        ("2;B;4", "2;B;", "pb-points-count 17 VOTES.points 2;B;"),
    ] {
        let (file, report) = read(&cumulative.replace(find, replace));
        assert_eq!(shown(&report.problems[0]), expected, "{replace}");
        assert_eq!(file.ballots().len(), 3, "{replace}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_is_read_is_written_and_read_again(
        bytes in proptest::collection::vec(prop_oneof![Just(b';'), Just(b'\n'), Just(b'"'), Just(b','), any::<u8>()], 0..200),
        cut in 0usize..400,
    ) {
        for text in [bytes.clone(), [&CLEAN.as_bytes()[..cut.min(CLEAN.len())], &bytes].concat()] {
            let (file, _) = read_pabulib(&text, "x.pb");
            let (again, _) = read_pabulib(&file.to_bytes(), "x.pb");
            prop_assert_eq!(file.to_election(), again.to_election());
            prop_assert_eq!(file.to_bytes(), again.to_bytes());
        }
    }
}
