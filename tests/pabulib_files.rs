//! Published `.pb` files: read whole, counted as the oracle counts them, and written back unchanged in meaning.
//!
//! The files and the oracle stand in ../shared, beside a checkout; where they do not, these tests say so and pass.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails and says what it skips")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use yupay::allocation::funding::{FundingRule, Satisfaction, fund};
use yupay::dataset::{LineEnd, Pabulib};
use yupay::money::Money;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pabulib");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no ../shared/data/pabulib");
    None
}

/// Each published file by name, with what the oracle says of it.
fn published() -> Vec<(String, Vec<u8>, Json)> {
    let Some(folder) = folder() else { return Vec::new() };
    let oracle: BTreeMap<String, Json> =
        serde_json::from_slice(&fs::read(folder.join("oracle.json")).unwrap()).unwrap();
    let files: Vec<_> = oracle
        .into_iter()
        .filter(|(name, _)| folder.join(name).is_file())
        .map(|(name, said)| (name.clone(), fs::read(folder.join(&name)).unwrap(), said))
        .collect();
    assert!(files.len() >= 6, "only {} files", files.len());
    files
}

#[test]
fn published_files_are_read_without_a_problem() {
    for (name, bytes, _) in published() {
        let (_, report) = Pabulib::read(&bytes, &name);
        assert_eq!(report.problems, [], "{name}");
    }
}

#[test]
fn published_files_say_what_the_oracle_counted() {
    for (name, bytes, said) in published() {
        let (election, _) = Pabulib::read(&bytes, &name);
        let text = |key: &str| said[key].as_str().unwrap().to_owned();
        let number = |key: &str| usize::try_from(said[key].as_u64().unwrap()).unwrap();
        for key in ["country", "unit", "vote_type", "rule", "currency", "budget"] {
            assert_eq!(election.meta(key).unwrap_or_default(), text(key), "{name}: {key}");
        }
        let meta = |key: &str| election.meta(key).unwrap_or_default().to_owned();
        assert_eq!((meta("num_projects"), meta("num_votes")), (text("meta_num_projects"), text("meta_num_votes")));
        assert_eq!(election.projects.len(), number("projects_counted"), "{name}");
        assert_eq!(election.ballots.len(), number("votes_counted"), "{name}");
        let labels = |key: &str| -> Vec<String> { serde_json::from_value(said[key].clone()).unwrap() };
        assert_eq!(election.project_columns, labels("projects_columns"), "{name}");
        assert_eq!(election.vote_columns, labels("vote_columns"), "{name}");
        assert_eq!(election.line_end == LineEnd::CrLf, said["crlf"].as_bool().unwrap(), "{name}");

        let plain = |minor: i64| Money::new(minor, election.currency).to_plain();
        // The oracle writes some amounts as `400000.0`.
        let as_plain = |text: String| {
            let mut amount: Decimal = text.parse().unwrap();
            amount.rescale(2);
            amount.to_string()
        };
        assert_eq!(plain(election.budget_minor.unwrap()), as_plain(text("budget")), "{name}");
        let sum = |selected: &dyn Fn(Option<bool>) -> bool| {
            let chosen = election.projects.iter().filter(|project| selected(project.is_selected));
            plain(chosen.map(|project| project.cost_minor.unwrap()).sum())
        };
        assert_eq!(sum(&|_| true), as_plain(text("sum_cost_all")), "{name}");
        assert_eq!(sum(&|selected| selected == Some(true)), as_plain(text("sum_cost_selected")), "{name}");
        let chosen = election.projects.iter().filter(|project| project.is_selected == Some(true)).count();
        assert_eq!(chosen, number("n_selected"), "{name}");
        let votes: Vec<Option<u64>> = election.votes().unwrap().into_iter().map(Some).collect();
        let differing = election.projects.iter().zip(votes).filter(|(project, votes)| project.votes != *votes).count();
        assert_eq!(differing, number("projects_where_votes_column_differs_from_count"), "{name}");
    }
}

#[test]
fn published_files_are_written_back_unchanged() {
    for (name, bytes, _) in published() {
        let (election, _) = Pabulib::read(&bytes, &name);
        let text = election.to_text();
        assert_eq!(Pabulib::read(text.as_bytes(), &name).0, election, "{name}");
        // They quote only what must be, as we do: not only the meaning is the same, but every byte.
        assert_eq!(text, String::from_utf8(bytes).unwrap(), "{name}");
    }
}

#[test]
fn two_towns_selected_what_completed_equal_shares_give() {
    // META names their rule as `equalshares/add1`; both count a work by its cost.
    let towns = ["Poland_Swiecie_2023.pb", "Netherlands_Assen_2024.pb"];
    for (name, bytes, _) in published().into_iter().filter(|(name, ..)| towns.contains(&name.as_str())) {
        let file = Pabulib::read(&bytes, &name).0;
        let (rule, budget) = (FundingRule::EqualSharesCompleted, file.budget_minor.unwrap());
        let mut go_on = |_| ControlFlow::Continue(());
        let funded = fund(&file.to_election(), budget, rule, Satisfaction::Cost, &mut go_on).unwrap();
        let is_selected = |place: &usize| file.projects[*place].is_selected == Some(true);
        let selected: Vec<usize> = (0..file.projects.len()).filter(is_selected).collect();
        assert_eq!(funded.full, selected, "{name}");
    }
}
