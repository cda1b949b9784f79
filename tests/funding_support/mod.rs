//! Elections for the tests of who gets funded.

#![allow(dead_code, unused_imports, reason = "each test program uses its own part")]

pub mod plain;

use std::ops::ControlFlow;

use yupay::allocation::funding::{
    Ballot, Completion, Election, Funded, FundingError, FundingRule, Method, Progress, Proposal, Satisfaction, fund_by,
};

/// Minor units in one sol.
pub const SOL: i64 = 100;

/// DOMAIN.md 3.4's invented instance, thirty delegates, without ties under any rule: the budget and the election.
pub fn assembly() -> (i64, Election) {
    let costs = [170_000, 130_000, 42_000, 41_000, 35_000, 57_000, 15_000, 90_000];
    let ballots = [(13, "AB"), (5, "AF"), (1, "A"), (6, "CE"), (3, "DE"), (1, "HG"), (1, "G")];
    (300_000 * SOL, election(&costs, &ballots))
}

/// Proposals A, B, C ... with costs in soles, and ballots as `(voters, "AB")`; the votes are the ballots'.
pub fn election(costs: &[i64], ballots: &[(u64, &str)]) -> Election {
    let ballots: Vec<Ballot> = ballots
        .iter()
        .map(|(voters, letters)| Ballot { voters: *voters, approves: letters.bytes().map(position).collect() })
        .collect();
    let proposals = (b'A'..).zip(costs).map(|(letter, cost)| {
        let id = char::from(letter).to_string();
        let backing = ballots.iter().filter(|ballot| ballot.approves.contains(&position(letter)));
        let votes = backing.map(|ballot| ballot.voters).sum();
        Proposal { name: id.clone(), id, cost_minor: cost * SOL, votes }
    });
    Election { proposals: proposals.collect(), ballots, unit_minor: SOL }
}

fn position(letter: u8) -> usize {
    usize::from(letter - b'A')
}

/// The ids of proposals, one after another: `AEG`.
pub fn letters(election: &Election, positions: &[usize]) -> String {
    positions.iter().map(|&position| election.proposals[position].id.as_str()).collect()
}

pub fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn method(rule: FundingRule, satisfaction: Satisfaction) -> Method {
    Method { rule, satisfaction, completion: Completion::AddOne }
}

pub fn run(election: &Election, budget_minor: i64, method: Method) -> Result<Funded, FundingError> {
    fund_by(election, budget_minor, method, &mut go_on)
}
