//! Who gets funded, against results computed elsewhere: DOMAIN.md 3.4 and `../shared/oracles/projects.json`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

mod funding_support;

use std::path::Path;

use funding_support::{SOL, assembly, election, letters, method, run};
use serde_json::Value;
use yupay::allocation::funding::{Completion, FundingRule, Method, Satisfaction};

use FundingRule::{
    EqualShares, EqualSharesCompleted, EqualSplit, GreedyPerCost, Knapsack, MoneyByVotes, Phragmen, VoteOrder,
    VoteOrderStop,
};
use Satisfaction::{Cardinality, Cost};

#[test]
fn the_assemblys_money_carries_what_the_table_says() {
    let (budget, election) = assembly();
    for (rule, satisfaction, full, spent, supporters) in [
        (VoteOrder, Cardinality, "AB", 300_000, 19),
        (VoteOrderStop, Cardinality, "AB", 300_000, 19),
        (Knapsack, Cardinality, "ACDE", 288_000, 28),
        (Knapsack, Cost, "AB", 300_000, 19),
        (GreedyPerCost, Cardinality, "ACEG", 262_000, 30),
        (GreedyPerCost, Cost, "AB", 300_000, 19),
        (EqualShares, Cardinality, "AEG", 220_000, 30),
        (EqualShares, Cost, "AEG", 220_000, 30),
        (EqualSharesCompleted, Cardinality, "ACEG", 262_000, 30),
        (Phragmen, Cardinality, "ACEG", 262_000, 30),
    ] {
        let funded = run(&election, budget, method(rule, satisfaction)).unwrap();
        assert_eq!(letters(&election, &funded.full), full, "{rule} {}", satisfaction.name());
        assert_eq!(funded.spent_minor, spent * SOL, "{rule}");
        assert_eq!(funded.left_over_minor, budget - spent * SOL, "{rule}");
        assert_eq!((funded.partly.len(), funded.stuck_minor), (0, 0), "{rule}");
        assert_eq!((funded.supporters, funded.voters), (Some(supporters), Some(30)), "{rule}");
    }
}

#[test]
fn both_completions_of_equal_shares_add_the_nursery_roofs() {
    let (budget, election) = assembly();
    for completion in Completion::ALL {
        let method = Method { rule: EqualSharesCompleted, satisfaction: Cardinality, completion };
        assert_eq!(letters(&election, &run(&election, budget, method).unwrap().full), "ACEG", "{}", completion.name());
    }
}

#[test]
fn money_by_votes_leaves_most_of_it_in_works_that_cannot_be_finished() {
    let (budget, election) = assembly();
    let funded = run(&election, budget, method(MoneyByVotes, Cardinality)).unwrap();
    assert_eq!(letters(&election, &funded.full), "E");
    assert_eq!((funded.spent_minor, funded.stuck_minor, funded.left_over_minor), (3_500_000, 25_344_828, 1_155_172));
    assert_eq!(funded.supporters, Some(9));
    assert_eq!(funded.partly.len(), 7);
    // 19 of 58 votes of S/ 300,000 are 98,275.86.
    assert_eq!(funded.partly.first(), Some(&(0, 9_827_586)));
}

#[test]
fn an_equal_split_is_the_fifth_plague() {
    let (budget, election) = assembly();
    let funded = run(&election, budget, method(EqualSplit, Cardinality)).unwrap();
    assert_eq!(letters(&election, &funded.full), "EG");
    assert_eq!((funded.spent_minor, funded.stuck_minor, funded.left_over_minor), (5_000_000, 22_500_000, 2_500_000));
    assert_eq!(funded.supporters, Some(11));
    assert!(funded.partly.iter().all(|&(_, amount)| amount == 3_750_000));
}

#[test]
fn ties_go_to_what_is_declared_first() {
    // Costs and votes of 1, 2, 3 and 4: A with D and B with C are worth 5 for 5, and nothing is worth more.
    let tied = election(&[1, 2, 3, 4], &[(1, "A"), (2, "B"), (3, "C"), (4, "D")]);
    let funded = run(&tied, 5 * SOL, method(Knapsack, Cardinality)).unwrap();
    assert_eq!(letters(&tied, &funded.full), "AD");
    let alike = election(&[10, 10, 10], &[(2, "A"), (2, "B"), (2, "C")]);
    for (rule, expected) in [
        (VoteOrder, "AB"),
        (VoteOrderStop, "AB"),
        (Knapsack, "AB"),
        (GreedyPerCost, "AB"),
        // Each group can first pay for its work with the same raise, and all three cost more than there is.
        (EqualSharesCompleted, ""),
        (Phragmen, "AB"),
    ] {
        let funded = run(&alike, 20 * SOL, method(rule, Cardinality)).unwrap();
        assert_eq!(letters(&alike, &funded.full), expected, "{rule}");
    }
}

#[test]
fn phragmen_ends_at_the_first_work_that_does_not_fit() {
    // Loads of 3.33 for A and 11 for B; when B's turn comes 50 of 60 are left, and C, which would fit, has to wait for it.
    let election = election(&[10, 55, 50], &[(3, "A"), (5, "B"), (1, "C")]);
    let funded = run(&election, 60 * SOL, method(Phragmen, Cardinality)).unwrap();
    assert_eq!(letters(&election, &funded.full), "A");
}

#[test]
fn phragmen_funds_what_nobody_backs_only_where_all_of_it_fits() {
    let election = election(&[10, 5, 6], &[(3, "A")]);
    for (budget, expected) in [(21, "ABC"), (20, "AB"), (15, "A"), (14, "A")] {
        let funded = run(&election, budget * SOL, method(Phragmen, Cardinality)).unwrap();
        assert_eq!(letters(&election, &funded.full), expected, "{budget}");
    }
}

#[test]
fn the_oracle_file_agrees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles/projects.json");
    let Ok(json) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return;
    };
    let oracle: Value = serde_json::from_str(&json).unwrap();
    let costs: Vec<i64> = oracle["costs"].as_object().unwrap().values().map(|cost| cost.as_i64().unwrap()).collect();
    let ballots: Vec<(u64, &str)> = oracle["ballots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ballot| (ballot[0].as_u64().unwrap(), ballot[1].as_str().unwrap()))
        .collect();
    let election = election(&costs, &ballots);
    for proposal in &election.proposals {
        assert_eq!(oracle["votes"][&proposal.id].as_u64(), Some(proposal.votes), "{}", proposal.id);
    }
    let budget = oracle["budget"].as_i64().unwrap() * SOL;
    let greedily = Method { rule: EqualSharesCompleted, satisfaction: Cardinality, completion: Completion::Greedy };
    let known = [
        ("votes_order_skip", method(VoteOrder, Cardinality)),
        ("votes_order_stop", method(VoteOrderStop, Cardinality)),
        ("knapsack_cardinality", method(Knapsack, Cardinality)),
        ("knapsack_cost", method(Knapsack, Cost)),
        ("greedy_cardinality_per_cost", method(GreedyPerCost, Cardinality)),
        ("greedy_cost", method(GreedyPerCost, Cost)),
        ("mes_cardinality", method(EqualShares, Cardinality)),
        ("mes_cost", method(EqualShares, Cost)),
        ("mes_budget_increase_step30", method(EqualSharesCompleted, Cardinality)),
        ("mes_greedy_completion", greedily),
        ("phragmen", method(Phragmen, Cardinality)),
    ];
    for (name, expected) in oracle["results"].as_object().unwrap() {
        let (_, method) = known.iter().find(|(known, _)| known == name).expect("a rule of the oracle is not ours");
        let funded = run(&election, budget, *method).unwrap();
        assert_eq!(letters(&election, &funded.full), expected.as_str().unwrap(), "{name}");
    }
}
