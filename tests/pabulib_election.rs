//! From a `.pb` file to what the funding rules work with.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fmt::Write;

use yupay::allocation::funding::{Ballot, Election};
use yupay::dataset::Pabulib;

fn read(text: &str) -> Pabulib {
    Pabulib::read(text.as_bytes(), "round.pb").0
}

/// `id cost votes`, a line each.
fn proposals(election: &Election) -> Vec<String> {
    election.proposals.iter().map(|one| format!("{} {} {}", one.id, one.cost_minor, one.votes)).collect()
}

fn ballots(election: &Election) -> Vec<(u64, Vec<usize>)> {
    election.ballots.iter().map(|Ballot { voters, approves }| (*voters, approves.clone())).collect()
}

/// The instance of DOMAIN.md 3.4, one line a delegate.
#[test]
fn the_worked_example() {
    let mut text =
        "META\nkey;value\nbudget;300000\ncurrency;PEN\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;170000\n\
                    B;130000\nC;42000\nD;41000\nE;35000\nF;57000\nG;15000\nH;90000\nVOTES\nvoter_id;vote\n"
            .to_owned();
    let mut voter = 0;
    for (delegates, vote) in [(13, "A,B"), (5, "F,A"), (1, "A"), (6, "C,E"), (3, "D,E"), (1, "G,H"), (1, "G")] {
        for _ in 0..delegates {
            voter += 1;
            writeln!(text, "{voter};{vote}").unwrap();
        }
    }
    let election = read(&text).to_election();
    let expected = [
        "A 17000000 19",
        "B 13000000 13",
        "C 4200000 6",
        "D 4100000 3",
        "E 3500000 9",
        "F 5700000 5",
        "G 1500000 2",
        "H 9000000 1",
    ];
    assert_eq!(proposals(&election), expected);
    let expected = [
        (13, vec![0, 1]),
        (5, vec![0, 5]),
        (1, vec![0]),
        (6, vec![2, 4]),
        (3, vec![3, 4]),
        (1, vec![6, 7]),
        (1, vec![6]),
    ];
    assert_eq!(ballots(&election), expected);
    assert_eq!((election.voters(), election.unit_minor), (30, 100));
}

#[test]
fn a_project_without_a_cost_is_left_out_and_its_voters_stay() {
    let text = "META\nkey;value\nbudget;9\ncurrency;CLP\nvote_type;approval\nPROJECTS\nproject_id;cost;votes\nA;x;1\nB;5;2\n\
                VOTES\nvoter_id;vote\n1;A,B\n2;B\n3;A\n4;\n";
    let election = read(text).to_election();
    assert_eq!(proposals(&election), ["B 5 2"]);
    assert_eq!(ballots(&election), [(2, vec![0]), (2, vec![])], "four voters, two of whom now approve nothing");
    assert_eq!(election.unit_minor, 1);
}

#[test]
fn votes_are_those_of_the_ballots_where_there_are_any() {
    let start =
        "META\nkey;value\nbudget;9\ncurrency;PEN\nvote_type;approval\nPROJECTS\nproject_id;cost;votes\nA;1;7\nB;2;\n";
    let without = read(start).to_election();
    assert_eq!(proposals(&without), ["A 100 7", "B 200 0"]);
    assert!(!without.has_ballots());
    let with = read(&format!("{start}VOTES\nvoter_id;vote\n1;B\n")).to_election();
    assert_eq!(proposals(&with), ["A 100 0", "B 200 1"]);
}

#[test]
fn a_section_has_its_proposals_and_its_voters() {
    let text = "META\nkey;value\nbudget;9\ncurrency;PEN\nvote_type;approval\nPROJECTS\nproject_id;cost;section\nA;1;S1\nB;2;S2\n\
                C;3;S1\nVOTES\nvoter_id;vote\n1;C,A\n2;B\n3;A,B\n4;\n5;A,C\n";
    let file = read(text);
    let first = file.section_election("S1");
    assert_eq!(proposals(&first), ["A 100 3", "C 300 2"]);
    assert_eq!(ballots(&first), [(2, vec![0, 1]), (1, vec![0])]);
    assert_eq!(ballots(&file.section_election("S2")), [(2, vec![0])]);
    assert_eq!(file.section_election("S3").proposals, []);
}
