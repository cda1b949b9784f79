//! Who gets funded: which of a round's proposals an amount of money carries, by one of nine rules (DOMAIN.md 3.4).
//!
//! Owns: the rules, one a file, and what each leaves: works funded in full and in part, money stuck in works that cannot be
//! finished, and money left over. Refuses: floats, chance, and spending more than the budget.
//!
//! Ties are broken by the order in which the proposals are declared, everywhere: the earlier one first. Amounts are whole
//! minor units; what a voter holds or pays in equal shares and Phragmén's rule is kept as exact fractions.
//!
//! ```
//! use std::ops::ControlFlow;
//! use yupay::allocation::funding::{Election, FundingRule, Proposal, Satisfaction, fund};
//!
//! let proposal = |id: &str, cost_minor, votes| Proposal { id: id.into(), name: id.into(), cost_minor, votes };
//! let proposals = vec![proposal("well", 70, 9), proposal("road", 50, 4), proposal("lamp", 20, 3)];
//! let election = Election { proposals, ballots: Vec::new(), unit_minor: 100 };
//! let funded =
//!     fund(&election, 100, FundingRule::VoteOrder, Satisfaction::Cardinality, &mut |_| ControlFlow::Continue(())).unwrap();
//! assert_eq!((funded.full, funded.spent_minor, funded.left_over_minor), (vec![0, 2], 90, 10));
//! ```

mod backing;
mod completion;
mod election;
pub mod equal_shares;
mod fraction;
mod greedy;
mod knapsack;
mod method;
mod outcome;
pub mod phragmen;
mod split;
mod vote_order;

pub use election::{Ballot, Election, Proposal};
pub use fraction::Fraction;
pub use method::{Completion, FundingRule, Method, Satisfaction, UnknownName};
pub use outcome::{Funded, FundingError, Progress, Watch};

/// What `budget_minor` carries of an election's proposals under a rule, with the usual completion of equal shares.
///
/// `watch` is asked now and then in the rules that may take long, and stops them by breaking.
///
/// # Errors
/// [`FundingError`]: an election that makes no sense, ballots that the rule needs and nobody has, or a stop.
pub fn fund(
    election: &Election,
    budget_minor: i64,
    rule: FundingRule,
    satisfaction: Satisfaction,
    watch: &mut Watch<'_>,
) -> Result<Funded, FundingError> {
    fund_by(election, budget_minor, Method { rule, satisfaction, completion: Completion::AddOne }, watch)
}

/// As [`fund`], with every choice spelled out.
///
/// # Errors
/// As [`fund`].
pub fn fund_by(
    election: &Election,
    budget_minor: i64,
    method: Method,
    watch: &mut Watch<'_>,
) -> Result<Funded, FundingError> {
    election.check(budget_minor)?;
    if method.rule.needs_ballots() && !election.has_ballots() {
        return Err(FundingError::BallotsNeeded { rule: method.rule });
    }
    let Method { rule, satisfaction, completion } = method;
    let chosen = match rule {
        FundingRule::EqualSplit => {
            return Ok(Funded::of_amounts(election, budget_minor, &split::equally(election, budget_minor)?));
        }
        FundingRule::MoneyByVotes => {
            return Ok(Funded::of_amounts(election, budget_minor, &split::by_votes(election, budget_minor)?));
        }
        FundingRule::VoteOrder => vote_order::skipping(election, budget_minor),
        FundingRule::VoteOrderStop => vote_order::stopping(election, budget_minor),
        FundingRule::Knapsack => knapsack::best_set(election, budget_minor, satisfaction, watch)?,
        FundingRule::GreedyPerCost => greedy::complete(election, budget_minor, satisfaction, Vec::new()),
        FundingRule::EqualShares => completion::equal_shares(election, budget_minor, satisfaction, watch)?,
        FundingRule::EqualSharesCompleted => {
            completion::completed(election, budget_minor, satisfaction, completion, watch)?
        }
        FundingRule::Phragmen => {
            phragmen::fund(election, budget_minor, watch)?.into_iter().map(|loading| loading.position).collect()
        }
    };
    Ok(Funded::in_full(election, budget_minor, chosen))
}
