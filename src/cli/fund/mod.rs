//! `yupay fund`: which proposals an amount carries, by the same rules as the page.

mod answer;
mod clock;
mod source;

use super::command::FundArgs;
use super::{CLEAN, Failure, PROBLEMS, Terminal, check, visible};
use crate::allocation::funding::{Election, FundingError, FundingRule, fund_by};
use crate::dataset::{Problem, Severity};
use crate::text::Catalog;
use answer::Answer;
use clock::Clock;

/// Computes and prints what is funded, and writes the election where that was asked for.
pub(super) fn run(args: &FundArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let source = source::read(args)?;
    let found_errors = say_problems(&source.problems, terminal)?;
    let Some(budget_minor) = source.budget_minor else { return Err(Failure::said("fund.no-budget", [])) };
    if source.election.proposals.is_empty() {
        return Err(Failure::said("fund.no-proposals", []));
    }
    let mut clock = Clock::start(args.time_limit, args.method.rule, terminal.words);
    let funded =
        fund_by(&source.election, budget_minor, args.method, &mut |progress| clock.look(progress, terminal.err));
    clock.clear(terminal.err);
    let funded = funded.map_err(|error| refused(args, &source.election, &error))?;
    if let Some(path) = &args.write {
        source.write(path, args.method.rule, budget_minor, &funded, terminal.words)?;
    }
    let answer = Answer { args, source: &source, budget_minor, funded: &funded };
    if args.as_json {
        answer.json(terminal.out)?
    } else {
        answer.table(terminal.out, terminal.words)?
    }
    if let Some(path) = &args.write {
        let path = visible(&super::read::shown(path));
        writeln!(terminal.err, "{}", terminal.words.fill("fund.written", &[("path", &path)]))?;
    }
    Ok(if found_errors { PROBLEMS } else { CLEAN })
}

/// Says what is wrong with the data, errors first; whether there are any.
fn say_problems(problems: &[Problem], terminal: &mut Terminal<'_>) -> Result<bool, Failure> {
    let errors = || problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let warnings = problems.iter().filter(|problem| problem.severity() == Severity::Warning);
    let count = i64::try_from(errors().count()).unwrap_or(i64::MAX);
    if count > 0 {
        let said = terminal.words.plural("fund.problems", count, &[("n", &count.to_string())]);
        writeln!(terminal.err, "{said}")?;
    }
    for problem in errors().chain(warnings) {
        writeln!(terminal.err, "  {}", check::in_words(terminal.words, problem))?;
    }
    Ok(count > 0)
}

fn refused(args: &FundArgs, election: &Election, error: &FundingError) -> Failure {
    let rule = args.method.rule.name();
    match error {
        FundingError::BallotsNeeded { .. } => Failure::said("fund.ballots-needed", [("rule", rule)]),
        FundingError::NoVotes => Failure::said("fund.no-votes", []),
        FundingError::NoProposals => Failure::said("fund.no-proposals", []),
        FundingError::Stopped { best } => {
            let (seconds, best) = (args.time_limit.as_secs().to_string(), ids(election, best));
            Failure::said("fund.stopped", [("rule", rule), ("seconds", &seconds), ("best", &best)])
        }
        FundingError::TooLong { states, best } => {
            let (states, best) = (states.to_string(), ids(election, best));
            Failure::said("fund.too-long", [("rule", rule), ("states", &states), ("best", &best)])
        }
        // What reading refuses already, and numbers past any budget.
        FundingError::NegativeBudget { .. }
        | FundingError::NegativeCost { .. }
        | FundingError::UnknownProposal { .. }
        | FundingError::NoUnit
        | FundingError::TooLarge => Failure::said("fund.too-large", []),
    }
}

fn ids(election: &Election, positions: &[usize]) -> String {
    let ids = positions.iter().filter_map(|&position| election.proposals.get(position));
    ids.map(|proposal| proposal.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// What a rule is called in a sentence.
fn rule_in_words(words: &Catalog, rule: FundingRule) -> String {
    words.get(match rule {
        FundingRule::VoteOrder => "fund.rule.vote-order",
        FundingRule::VoteOrderStop => "fund.rule.vote-order-stop",
        FundingRule::EqualSplit => "fund.rule.equal-split",
        FundingRule::MoneyByVotes => "fund.rule.money-by-votes",
        FundingRule::Knapsack => "fund.rule.knapsack",
        FundingRule::GreedyPerCost => "fund.rule.greedy-per-cost",
        FundingRule::EqualShares => "fund.rule.equal-shares",
        FundingRule::EqualSharesCompleted => "fund.rule.equal-shares-completed",
        FundingRule::Phragmen => "fund.rule.phragmen",
    })
}
