//! Real files of pabulib.org, in `../shared/data/pabulib`: read without loss, and written back the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::Value;
use yupay::allocation::funding::{FundingRule, Satisfaction, fund};
use yupay::dataset::pabulib::{Pabulib, PbTable, read_pabulib};

/// The files by name; none where the folder does not stand beside the checkout.
fn files() -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder()) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return BTreeMap::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|extension| extension == "pb"));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pabulib")
}

fn read(bytes: &[u8], name: &str) -> Pabulib {
    let (pabulib, report) = read_pabulib(bytes, name);
    assert_eq!(report.problems, [], "{name}");
    pabulib
}

/// A section without the lines its rows stand on.
fn cells(table: &PbTable) -> Vec<Vec<String>> {
    std::iter::once(table.labels.clone()).chain(table.rows.iter().map(|row| row.cells.clone())).collect()
}

#[test]
fn each_says_what_the_oracle_counted() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let oracle: Value = serde_json::from_slice(&fs::read(folder().join("oracle.json")).unwrap()).unwrap();
    for (name, bytes) in &files {
        let (file, expected) = (read(bytes, name), &oracle[name]);
        let count = |key: &str| expected[key].as_u64().unwrap() as usize;
        assert_eq!(file.proposals().len(), count("projects_counted"), "{name}");
        assert_eq!(file.ballots().len(), count("votes_counted"), "{name}");
        assert_eq!(
            file.projects.labels,
            serde_json::from_value::<Vec<String>>(expected["projects_columns"].clone()).unwrap()
        );
        assert_eq!(file.votes.labels, serde_json::from_value::<Vec<String>>(expected["vote_columns"].clone()).unwrap());
        assert_eq!(file.vote_type().name(), expected["vote_type"], "{name}");
        assert_eq!(file.currency().unwrap().code(), expected["currency"], "{name}");
        let money = |key: &str| expected[key].as_str().unwrap().trim_end_matches(".0").parse::<i64>().unwrap() * 100;
        assert_eq!(file.budget_minor(), Some(money("budget")), "{name}");
        let all: i64 = file.proposals().iter().map(|proposal| proposal.cost_minor).sum();
        let selected = file.proposals().iter().filter(|proposal| proposal.selected == Some(1));
        assert_eq!(all, money("sum_cost_all"), "{name}");
        assert_eq!(selected.clone().count(), count("n_selected"), "{name}");
        assert_eq!(selected.map(|proposal| proposal.cost_minor).sum::<i64>(), money("sum_cost_selected"), "{name}");
        assert_eq!(file.form.crlf, expected["crlf"].as_bool().unwrap(), "{name}");
    }
}

#[test]
fn each_is_written_back_as_it_was() {
    for (name, bytes) in files() {
        let file = read(&bytes, &name);
        let written = file.to_bytes();
        let again = read(&written, &name);
        for (table, other) in
            [(&file.meta, &again.meta), (&file.projects, &again.projects), (&file.votes, &again.votes)]
        {
            assert_eq!(cells(table), cells(other), "{name}");
        }
        assert_eq!(file.to_election(), again.to_election(), "{name}");
        // These files quote only where they must, as we do, so that not a byte differs.
        assert!(written == bytes, "{name} is not the same to the byte");
    }
}

#[test]
fn points_are_votes_and_approve_where_there_are_any() {
    let files = files();
    let Some(bytes) = files.get("Poland_Gdansk_2020_Aniolki.pb") else { return };
    let file = read(bytes, "Gdansk");
    let election = file.to_election();
    let votes: Vec<u64> = election.proposals.iter().map(|proposal| proposal.votes).collect();
    assert_eq!(votes, [1113, 229, 89, 21], "the column score");
    let backing = |place: usize| {
        let backs = |ballot: &&yupay::allocation::funding::Ballot| ballot.approves.contains(&place);
        election.ballots.iter().filter(backs).count()
    };
    assert_eq!((0..4).map(backing).collect::<Vec<_>>(), [285, 82, 53, 13], "the column votes");
}

#[test]
fn two_towns_selected_what_completed_equal_shares_give() {
    // META names their rule as `equalshares/add1`; both count a work by its cost.
    for name in ["Poland_Swiecie_2023.pb", "Netherlands_Assen_2024.pb"] {
        let files = files();
        let Some(bytes) = files.get(name) else { return };
        let file = read(bytes, name);
        let (rule, budget) = (FundingRule::EqualSharesCompleted, file.budget_minor().unwrap());
        let mut go_on = |_| ControlFlow::Continue(());
        let funded = fund(&file.to_election(), budget, rule, Satisfaction::Cost, &mut go_on).unwrap();
        let is_selected = |place: &usize| file.proposals()[*place].selected == Some(1);
        let selected: Vec<usize> = (0..file.proposals().len()).filter(is_selected).collect();
        assert_eq!(funded.full, selected, "{name}");
    }
}
