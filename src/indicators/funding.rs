//! What each rule makes of a round's proposals, beside the others: what the projects panel shows.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::allocation::funding::{Funded, FundingRule, Proposal};
use crate::money::{Currency, Money};

/// What a rule gives one proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// All it costs.
    Full,
    /// Less than it costs, so that it cannot be finished.
    Partly {
        /// How much.
        amount: Money,
        /// In percent of its cost; one decimal, cut and not rounded up, so that no unfinished work reads as paid for.
        percent: Decimal,
    },
    /// Nothing.
    Nothing,
}

/// One rule's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: FundingRule,
    /// What each proposal gets, in their declared order.
    pub given: Vec<Given>,
    /// Works funded in full.
    pub works: usize,
    /// What those cost.
    pub spent: Money,
    /// Works that get something and cannot be finished with it.
    pub unfinished_works: usize,
    /// The money in them.
    pub stuck: Money,
    /// The rest of the budget.
    pub left_over: Money,
    /// Voters with at least one whole work of those they approve, of so many; `None` where no ballots are known.
    pub supporters: Option<(u64, u64)>,
}

/// A rule's result as it stands beside the others'.
pub fn rule_outcome(rule: FundingRule, funded: &Funded, proposals: &[Proposal], currency: Currency) -> RuleOutcome {
    let money = |minor: i64| Money::new(minor, currency);
    let mut given = vec![Given::Nothing; proposals.len()];
    for &position in &funded.full {
        if let Some(given) = given.get_mut(position) {
            *given = Given::Full;
        }
    }
    for &(position, minor) in &funded.partly {
        let cost_minor = proposals.get(position).map(|proposal| proposal.cost_minor);
        if let Some((given, cost_minor)) = given.get_mut(position).zip(cost_minor) {
            *given = Given::Partly { amount: money(minor), percent: percent_paid(minor, cost_minor) };
        }
    }
    RuleOutcome {
        rule,
        given,
        works: funded.full.len(),
        spent: money(funded.spent_minor),
        unfinished_works: funded.partly.len(),
        stuck: money(funded.stuck_minor),
        left_over: money(funded.left_over_minor),
        supporters: funded.supporters.zip(funded.voters),
    }
}

/// How much of its cost a work got, in percent with one decimal, cut. A work that costs nothing is paid for.
fn percent_paid(minor: i64, cost_minor: i64) -> Decimal {
    let tenths = i128::from(minor).saturating_mul(1_000).checked_div(i128::from(cost_minor)).unwrap_or(1_000);
    Decimal::new(i64::try_from(tenths).unwrap_or(i64::MAX), 1)
}

/// The results that give most people a whole work, as places among `outcomes`; none while there is nothing to compare, or
/// where no ballots are known.
pub fn serving_most(outcomes: &[&RuleOutcome]) -> Vec<usize> {
    let people = |outcome: &RuleOutcome| outcome.supporters.map(|(people, _)| people);
    let most = outcomes.iter().filter_map(|outcome| people(outcome)).max();
    let serves_most = |(_, outcome): &(usize, &&RuleOutcome)| most.is_some() && people(outcome) == most;
    outcomes.iter().enumerate().filter(serves_most).map(|(place, _)| place).collect()
}

/// What proposals cost together, in minor units; `None` where that does not fit.
pub fn asked_minor(proposals: &[Proposal]) -> Option<i64> {
    proposals.iter().try_fold(0i64, |sum, proposal| sum.checked_add(proposal.cost_minor))
}

/// The positions of proposals, most votes first; ties in declared order.
pub fn by_votes(proposals: &[Proposal]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..proposals.len()).collect();
    positions.sort_by_key(|&position| Reverse(proposals.get(position).map_or(0, |proposal| proposal.votes)));
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposals() -> Vec<Proposal> {
        let proposal = |id: &str, cost_minor, votes| Proposal { id: id.into(), name: String::new(), cost_minor, votes };
        vec![proposal("A", 30_000, 4), proposal("B", 9_999, 9), proposal("C", 100, 4), proposal("D", 5, 9)]
    }

    fn outcome(full: &[usize], partly: &[(usize, i64)], supporters: Option<u64>) -> RuleOutcome {
        let funded = Funded {
            full: full.to_vec(),
            partly: partly.to_vec(),
            spent_minor: 100,
            stuck_minor: 10_000,
            left_over_minor: 7,
            supporters,
            voters: supporters.map(|_| 30),
        };
        rule_outcome(FundingRule::MoneyByVotes, &funded, &proposals(), Currency::PEN)
    }

    #[test]
    fn each_proposal_has_what_it_is_given() {
        let outcome = outcome(&[2], &[(0, 2), (1, 9_998)], None);
        let partly = |minor, tenths| Given::Partly {
            amount: Money::new(minor, Currency::PEN),
            percent: Decimal::new(tenths, 1),
        };
        // 9,998 of 9,999 is not the whole of it.
        assert_eq!(outcome.given, [partly(2, 0), partly(9_998, 999), Given::Full, Given::Nothing]);
        assert_eq!((outcome.works, outcome.unfinished_works, outcome.supporters), (1, 2, None));
    }

    #[test]
    fn those_that_serve_most_are_named_together() {
        let outcomes = [outcome(&[], &[], Some(9)), outcome(&[], &[], Some(11)), outcome(&[], &[], Some(11))];
        assert_eq!(serving_most(&outcomes.iter().collect::<Vec<_>>()), [1, 2]);
        assert!(serving_most(&[&outcome(&[0], &[], None)]).is_empty());
    }

    #[test]
    fn votes_order_and_sums() {
        assert_eq!(by_votes(&proposals()), [1, 3, 0, 2]);
        assert_eq!(asked_minor(&proposals()), Some(40_104));
    }
}
