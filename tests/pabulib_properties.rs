//! Properties of reading and writing `.pb` files.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use proptest::prelude::*;
use yupay::dataset::Pabulib;

/// Files that are mostly as they should be, with every kind of trouble among them.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        6 => prop::sample::select(vec!["A", "B", "C", "A,B", "C,A", "1", "2", "10.50", "0", "", "x,,y", "approval", "PEN"])
            .prop_map(|text| text.as_bytes().to_vec()),
        2 => prop::sample::select(vec!["budget", "currency", "vote_type", "cumulative", "num_votes", "META", "votes"])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => "[a-z;\n\r\"é ]{0,6}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()),
        1 => prop::collection::vec(prop_oneof![Just(b'"'), Just(b';'), Just(b'\r'), Just(0u8), Just(0xfa)], 0..3),
    ];
    let row = prop::collection::vec(cell, 1..5).prop_map(|cells| cells.join(&b';'));
    let fixed = prop::sample::select(vec![
        "META",
        "key;value",
        "PROJECTS",
        "project_id;cost",
        "project_id;cost;votes;selected",
        "VOTES",
        "voter_id;vote",
        "voter_id;vote;points",
        "currency;PEN",
        "vote_type;cumulative",
        "A;10",
        "B;20;1;1",
        "1;A",
        "2;A,B;1,2",
        "",
    ])
    .prop_map(|text| text.as_bytes().to_vec());
    let line = prop_oneof![3 => fixed, 2 => row];
    let ends = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec(line, 0..30), ends).prop_map(|(lines, end)| lines.join(end.as_bytes()))
}

/// A file of three sections whose rows all have as many cells as labels.
fn sound_files() -> impl Strategy<Value = String> {
    let projects = prop::collection::vec((1i64..1_000_000, "[a-z;\"\n é]{0,8}"), 1..8);
    let ballots = prop::collection::vec(prop::collection::vec(any::<bool>(), 8), 0..12);
    (projects, ballots, any::<bool>()).prop_map(|(projects, ballots, has_crlf)| {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut lines = vec!["META".to_owned(), "key;value".to_owned(), "budget;5000".to_owned()];
        lines.extend(["currency;PEN", "vote_type;approval", "PROJECTS", "project_id;cost;name"].map(str::to_owned));
        for (at, (cost, name)) in projects.iter().enumerate() {
            lines.push(format!("P{at};{}.{:02};{}", cost / 100, cost % 100, quoted(name)));
        }
        lines.extend(["VOTES", "voter_id;vote"].map(str::to_owned));
        for (voter, marks) in ballots.iter().enumerate() {
            let named = marks.iter().take(projects.len()).enumerate().filter(|(_, is_named)| **is_named);
            let named: Vec<String> = named.map(|(at, _)| format!("P{at}")).collect();
            lines.push(format!("{voter};{}", named.join(",")));
        }
        lines.join(if has_crlf { "\r\n" } else { "\n" })
    })
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_is_read_is_written_and_read_again(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (election, _) = Pabulib::read(&bytes, "any.pb");
        prop_assert_eq!(Pabulib::read(election.to_text().as_bytes(), "any.pb").0, election);
    }

    #[test]
    fn files_with_faults_keep_what_was_read(bytes in files()) {
        let (election, report) = Pabulib::read(&bytes, "any.pb");
        let (again, _) = Pabulib::read(election.to_text().as_bytes(), "any.pb");
        prop_assert_eq!(&again, &election);
        for table in &report.tables {
            prop_assert_eq!(table.rows_read, table.rows_kept + table.set_aside.rows);
        }
        for ballot in &election.ballots {
            prop_assert!(ballot.approves.iter().all(|place| *place < election.projects.len()));
        }
    }

    #[test]
    fn sound_files_bring_no_problem(text in sound_files()) {
        let (election, report) = Pabulib::read(text.as_bytes(), "sound.pb");
        prop_assert_eq!(report.problems, []);
        let ballots = text.split_once("VOTES").unwrap().1.lines().skip(2).count();
        prop_assert_eq!(election.ballots.len(), ballots);
        prop_assert_eq!(Pabulib::read(election.to_text().as_bytes(), "sound.pb").0, election);
    }
}
