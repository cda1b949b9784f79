//! What holds for every election, however odd.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails there")]

mod funding_support;

use std::ops::ControlFlow;

use funding_support::plain::{self, Amount, whole};
use funding_support::{go_on, method, run};
use num_rational::Ratio;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use yupay::allocation::funding::{
    Ballot, Completion, Election, Fraction, FundingError, FundingRule, Method, Proposal, Satisfaction, equal_shares,
    fund, fund_by, phragmen,
};

/// Elections of up to `proposals` proposals that cost less than `cost_below`, with the votes that the ballots give.
fn elections(proposals: usize, cost_below: i64, voters_below: u64) -> impl Strategy<Value = Election> {
    (1..=proposals).prop_flat_map(move |count| {
        let ballot = (1..voters_below, subsequence((0..count).collect::<Vec<_>>(), 0..=count.min(4)));
        let ballots = vec(ballot.prop_map(|(voters, approves)| Ballot { voters, approves }), 1..8);
        (vec(0..cost_below, count), ballots, 1..20i64).prop_map(|(costs, ballots, unit_minor)| {
            let proposals = costs.into_iter().enumerate().map(|(position, cost_minor)| {
                let backing = ballots.iter().filter(|ballot| ballot.approves.contains(&position));
                let id = format!("P{position}");
                Proposal { name: id.clone(), id, cost_minor, votes: backing.map(|ballot| ballot.voters).sum() }
            });
            Election { proposals: proposals.collect(), ballots, unit_minor }
        })
    })
}

fn methods() -> Vec<Method> {
    let mut methods = Vec::new();
    for rule in FundingRule::ALL {
        for satisfaction in Satisfaction::ALL {
            for completion in Completion::ALL {
                methods.push(Method { rule, satisfaction, completion });
            }
        }
    }
    methods
}

fn exact(fraction: &Fraction) -> Amount {
    Ratio::new(fraction.numerator().clone(), fraction.denominator().clone())
}

fn cost(election: &Election, works: &[usize]) -> i64 {
    works.iter().map(|&work| election.proposals[work].cost_minor).sum()
}

proptest! {
    #[test]
    fn every_minor_unit_is_spent_stuck_or_left_over(election in elections(7, 60, 6), budget in 0i64..150) {
        for method in methods() {
            let funded = match run(&election, budget, method) {
                Ok(funded) => funded,
                Err(error) => {
                    prop_assert!(matches!(error, FundingError::NoVotes), "{error}");
                    continue;
                }
            };
            prop_assert_eq!(funded.spent_minor + funded.stuck_minor + funded.left_over_minor, budget);
            prop_assert!(funded.left_over_minor >= 0 && funded.stuck_minor >= 0);
            prop_assert_eq!(funded.spent_minor, cost(&election, &funded.full));
            prop_assert!(funded.full.is_sorted_by(|one, next| one < next));
            for (position, amount) in &funded.partly {
                prop_assert!(*amount > 0 && *amount < election.proposals[*position].cost_minor);
                prop_assert!(!funded.full.contains(position));
            }
            prop_assert_eq!(Ok(funded), run(&election, budget, method), "the same again");
        }
    }

    #[test]
    fn the_order_of_proposals_matters_only_for_ties(
        election in elections(6, 1_000_000_000, 60),
        budget in 100_000_000i64..2_000_000_000,
        turn in 0usize..6,
    ) {
        let mut votes: Vec<u64> = election.proposals.iter().map(|proposal| proposal.votes).collect();
        votes.sort_unstable();
        votes.dedup();
        // With costs of nine digits, equal votes are the only ties there are.
        prop_assume!(votes.len() == election.proposals.len() && !votes.contains(&0));
        let count = election.proposals.len();
        let place = |position: usize| (position * (count - 1) + turn) % count;
        let mut turned = election.clone();
        for (position, proposal) in election.proposals.iter().enumerate() {
            turned.proposals[place(position)] = proposal.clone();
        }
        for ballot in &mut turned.ballots {
            ballot.approves = ballot.approves.iter().map(|&position| place(position)).collect();
        }
        for method in methods() {
            // A unit of a thousandth of the budget keeps completion short.
            let by_name = |election: &Election| {
                let election = Election { unit_minor: budget / 1000, ..election.clone() };
                let funded = run(&election, budget, method).unwrap();
                let mut full: Vec<String> = funded.full.iter().map(|&at| election.proposals[at].id.clone()).collect();
                full.sort();
                full
            };
            prop_assert_eq!(by_name(&election), by_name(&turned), "{:?}", method);
        }
    }

    #[test]
    fn backers_pay_what_a_work_costs_and_never_more_than_they_hold(
        election in elections(7, 60, 6),
        budget in 0i64..300,
    ) {
        for satisfaction in Satisfaction::ALL {
            let mut held = vec![whole(budget) / num_bigint::BigUint::from(election.voters()); election.ballots.len()];
            for purchase in equal_shares::purchases(&election, budget, satisfaction).unwrap() {
                let mut paid = whole(0);
                for (ballot, held) in election.ballots.iter().zip(&mut held) {
                    if ballot.approves.contains(&purchase.position) {
                        let payment = exact(&purchase.each_pays).min(held.clone());
                        *held -= &payment;
                        paid += payment * num_bigint::BigUint::from(ballot.voters);
                    }
                }
                prop_assert_eq!(paid, whole(election.proposals[purchase.position].cost_minor));
            }
        }
    }

    #[test]
    fn equal_shares_are_those_of_the_plain_telling(election in elections(6, 40, 5), budget in 1i64..120) {
        for satisfaction in Satisfaction::ALL {
            let mut expected = plain::equal_shares(&election, budget, satisfaction);
            expected.sort_unstable();
            let funded = run(&election, budget, method(FundingRule::EqualShares, satisfaction)).unwrap();
            prop_assert_eq!(funded.full, expected);
        }
    }

    #[test]
    fn raises_taken_at_once_change_nothing(election in elections(5, 200, 4), budget in 1i64..300) {
        let election = Election { unit_minor: 1, ..election };
        for satisfaction in Satisfaction::ALL {
            let mut expected = plain::add_one(&election, budget, satisfaction);
            expected.sort_unstable();
            let funded = run(&election, budget, method(FundingRule::EqualSharesCompleted, satisfaction)).unwrap();
            prop_assert_eq!(funded.full, expected);
        }
    }

    #[test]
    fn no_set_that_fits_beats_the_knapsack(election in elections(9, 40, 6), budget in 0i64..150) {
        for satisfaction in Satisfaction::ALL {
            let value = |work: usize| {
                let proposal = &election.proposals[work];
                let times = if satisfaction == Satisfaction::Cost { proposal.cost_minor } else { 1 };
                proposal.votes as i64 * times
            };
            // The rule's order: most value, least cost, then the set that has the first declared of what differs.
            let best = (0u32..1 << election.proposals.len())
                .map(|set| (0..election.proposals.len()).filter(|work| set >> work & 1 == 1).collect::<Vec<_>>())
                .filter(|works| cost(&election, works) <= budget && works.iter().all(|&work| value(work) > 0))
                .max_by_key(|works| {
                    let bits = (0..election.proposals.len()).map(|work| works.contains(&work)).collect::<Vec<_>>();
                    (works.iter().map(|&work| value(work)).sum::<i64>(), -cost(&election, works), bits)
                });
            let funded = run(&election, budget, method(FundingRule::Knapsack, satisfaction)).unwrap();
            prop_assert_eq!(Some(funded.full), best, "{:?}", satisfaction);
        }
    }

    #[test]
    fn no_voter_puts_a_load_down(election in elections(7, 60, 6), budget in 0i64..300) {
        let loadings = phragmen::loadings(&election, budget).unwrap();
        let loads: Vec<Amount> =
            loadings.iter().filter_map(|loading| loading.load.as_ref()).map(exact).collect();
        prop_assert!(loads.is_sorted(), "{:?}", loads);
        // All that was funded with backers is carried by somebody.
        let carried: Amount = (0..election.ballots.len())
            .map(|ballot| {
                let ballot = &election.ballots[ballot];
                let last = loadings.iter().rfind(|loading| ballot.approves.contains(&loading.position));
                let load = last.and_then(|loading| loading.load.as_ref()).map_or(whole(0), exact);
                load * num_bigint::BigUint::from(ballot.voters)
            })
            .sum();
        let backed = loadings.iter().filter(|loading| loading.load.is_some()).map(|loading| loading.position);
        prop_assert_eq!(carried, whole(cost(&election, &backed.collect::<Vec<_>>())));
    }
}

fn proposal(cost_minor: i64, votes: u64) -> Proposal {
    Proposal { id: "A".into(), name: "A".into(), cost_minor, votes }
}

#[test]
fn what_makes_no_sense_is_refused_with_the_reason() {
    let good = Election { proposals: vec![proposal(5, 1)], ballots: Vec::new(), unit_minor: 1 };
    let negative = Election { proposals: vec![proposal(5, 1), proposal(-1, 1)], ..good.clone() };
    let empty = Election { proposals: Vec::new(), ..good.clone() };
    let unvoted = Election { proposals: vec![proposal(5, 0)], ..good.clone() };
    let stranger = Election { ballots: vec![Ballot { voters: 1, approves: vec![3] }], ..good.clone() };
    for (election, budget, rule, expected) in [
        (&good, -1, FundingRule::VoteOrder, "a budget of -1 minor units is below zero"),
        (&negative, 1, FundingRule::VoteOrder, "the cost of proposal 1 is below zero"),
        (&empty, 1, FundingRule::EqualSplit, "no proposals"),
        (&unvoted, 1, FundingRule::MoneyByVotes, "no votes to go by"),
        (&stranger, 1, FundingRule::VoteOrder, "a ballot names proposal 3, which is not there"),
        (&good, 1, FundingRule::Phragmen, "phragmen goes by the ballots, and there are none"),
        (&good, 1, FundingRule::EqualShares, "equal-shares goes by the ballots, and there are none"),
    ] {
        let error = fund(election, budget, rule, Satisfaction::Cardinality, &mut go_on).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn without_ballots_nobody_is_counted() {
    let election = Election { proposals: vec![proposal(5, 1)], ballots: Vec::new(), unit_minor: 1 };
    let funded = fund(&election, 5, FundingRule::VoteOrder, Satisfaction::Cardinality, &mut go_on).unwrap();
    assert_eq!((funded.full, funded.supporters, funded.voters), (vec![0], None, None));
}

#[test]
fn a_rule_stops_when_told_and_names_no_result() {
    let proposals = (0..50).map(|at| proposal(1_000_003 + at * at * 7_919, 1)).collect();
    let ballots = vec![Ballot { voters: 1, approves: (0..50).collect() }];
    let election = Election { proposals, ballots, unit_minor: 1 };
    for rule in
        [FundingRule::Knapsack, FundingRule::EqualShares, FundingRule::EqualSharesCompleted, FundingRule::Phragmen]
    {
        let mut looks = 0;
        let method = method(rule, Satisfaction::Cost);
        let stopped = fund_by(&election, 77_777_777, method, &mut |_| {
            looks += 1;
            if looks < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let Err(FundingError::Stopped { best }) = stopped else { panic!("{rule}: {stopped:?}") };
        assert!(cost(&election, &best) <= 77_777_777, "{rule}");
    }
}

#[test]
fn too_many_combinations_are_an_error_and_not_a_crash() {
    // Even costs without a pattern and an odd budget: no set fills it, and nearly every sum is its own state.
    let scattered = |at: u64| {
        let mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 34) as i64
    };
    let proposals = (1..=60).map(|at| proposal(2 * (1_000_000_007 + scattered(at)), 1)).collect();
    let election = Election { proposals, ballots: Vec::new(), unit_minor: 1 };
    let result = fund(&election, 40_000_000_001, FundingRule::Knapsack, Satisfaction::Cost, &mut go_on);
    assert!(matches!(result, Err(FundingError::TooLong { .. })), "{result:?}");
}
