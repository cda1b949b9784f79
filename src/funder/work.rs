//! One question answered, rule by rule: what needs no browser.

use std::ops::ControlFlow;

use super::answers::Answers;
use super::listing::{self, Listing};
use super::message::{FileSource, NO_BUDGET, Question, Source, refusal};
use crate::allocation::funding::{Funded, Method, Progress, fund_by};
use crate::budget::FiscalYear;
use crate::dataset::{BallotFile, FileContent, Pabulib, Report};

/// A rule that takes longer than this is stopped, in milliseconds.
pub const MOST_MS: u64 = 20_000;

/// The page hears of progress no more often than this, in milliseconds.
pub const TELL_EVERY_MS: u64 = 100;

/// The file that was read last.
#[derive(Debug, Default)]
pub(super) struct Read(Option<(u32, Pabulib, Report)>);

impl Read {
    /// Whether a question's file has to be handed over.
    pub fn lacks(&self, question: &Question) -> bool {
        match &question.source {
            Source::Listed(_) => false,
            Source::File(file) => self.0.as_ref().is_none_or(|(number, ..)| *number != file.number),
        }
    }

    /// Reads the file of a question; without bytes, there is none to be had.
    pub fn take(&mut self, question: &Question, bytes: Option<Vec<u8>>) {
        if let Source::File(file) = &question.source {
            let (read, report) = read(file, bytes);
            self.0 = Some((file.number, read, report));
        }
    }
}

fn read(file: &FileSource, bytes: Option<Vec<u8>>) -> (Pabulib, Report) {
    let content = bytes.map_or_else(|| FileContent::Unavailable(String::new()), FileContent::Bytes);
    match (&file.seal, year(file), content) {
        (Some(seal), Some(year), content) => {
            let of_round = BallotFile { year, path: file.name.clone(), bytes: seal.bytes, hash: seal.hash.clone() };
            of_round.read(Some(&content))
        }
        (_, _, FileContent::Bytes(bytes)) => Pabulib::read(&bytes, &file.name),
        (_, _, FileContent::Unavailable(_)) => Pabulib::read(&[], &file.name),
    }
}

fn year(file: &FileSource) -> Option<FiscalYear> {
    file.year.to_string().parse().ok()
}

/// Runs every rule of a question, and tells how far the answers are: after each rule, and meanwhile of the slow ones, but no
/// more often than [`TELL_EVERY_MS`], and at the end. `now_ms` is any clock.
pub(super) fn work(
    question: &Question,
    read: &Read,
    now_ms: &dyn Fn() -> u64,
    tell: &mut dyn FnMut(&Answers),
) -> Answers {
    let mut answers = begin(question, read);
    let mut told_ms = now_ms();
    for method in question.methods.iter().filter_map(super::MethodNames::method) {
        let outcome = run(&mut answers, method, now_ms, &mut told_ms, tell);
        answers.settle(method.rule, outcome);
        if is_time(now_ms(), &mut told_ms) {
            tell(&answers);
        }
    }
    answers.is_done = true;
    tell(&answers);
    answers
}

fn begin(question: &Question, read: &Read) -> Answers {
    let (election, listing, problems) = match (&question.source, &read.0) {
        (Source::Listed(listing), _) => (listing.election(), listing.clone(), Vec::new()),
        (Source::File(file), Some((_, pabulib, report))) if let Some(year) = year(file) => {
            let found = listing::of_file(file, pabulib, year);
            let listing = Listing::from(&found);
            (found.election, listing, report.problems.clone())
        }
        (Source::File(_), _) => (Listing::default().election(), Listing::default(), Vec::new()),
    };
    let budget_minor = question.budget_minor.or(listing.budget_minor);
    Answers::to(election, listing, budget_minor, problems)
}

fn run(
    answers: &mut Answers,
    method: Method,
    now_ms: &dyn Fn() -> u64,
    told_ms: &mut u64,
    tell: &mut dyn FnMut(&Answers),
) -> Result<Funded, &'static str> {
    let budget_minor = answers.budget.ok_or(NO_BUDGET)?.minor;
    let election = answers.election.clone();
    let began_ms = now_ms();
    let mut watch = |progress: Progress| {
        let now_ms = now_ms();
        // A clock that is set back counts as one that stands still.
        let elapsed_ms = now_ms.saturating_sub(began_ms);
        answers.go_on(method.rule, progress, elapsed_ms);
        if answers.running.is_some() && is_time(now_ms, told_ms) {
            tell(answers);
        }
        if elapsed_ms > MOST_MS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    fund_by(&election, budget_minor, method, &mut watch).map_err(|error| refusal(&error))
}

/// Whether the page may hear of it by now; if so, it does.
fn is_time(now_ms: u64, told_ms: &mut u64) -> bool {
    let is_time = now_ms >= told_ms.saturating_add(TELL_EVERY_MS);
    if is_time {
        *told_ms = now_ms;
    }
    is_time
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::allocation::funding::{Completion, FundingRule, Satisfaction};
    use crate::funder::{Asking, MethodNames, Placed, Seal};

    const FILE: &str = "META\nkey;value\ncurrency;PEN\nbudget;100.00\nvote_type;approval\nPROJECTS\n\
        project_id;cost;name;section\nwell;70.00;A well;S1\nroad;50.00;A road;S2\nlamp;20.00;A lamp;S1\nhall;many;A hall;S1\n\
        VOTES\nvoter_id;vote\n1;well\n2;well,lamp\n3;road\n4;road,hall\n";

    fn methods() -> Vec<MethodNames> {
        let method = |rule| Method { rule, satisfaction: Satisfaction::Cardinality, completion: Completion::AddOne };
        FundingRule::ALL.into_iter().map(|rule| method(rule).into()).collect()
    }

    fn of_file(section: Option<&str>, seal: Option<Seal>) -> Question {
        let places = vec![Placed { id: "lamp".into(), section: Some("S1".into()), scope: Some("district".into()) }];
        let section = section.map(str::to_owned);
        let file = FileSource { name: "our.pb".into(), number: 1, year: 2000, section, places, seal };
        Question { budget_minor: None, source: Source::File(file), methods: methods() }
    }

    fn of_list(proposals: usize) -> Question {
        let asking = |at: usize| {
            let (id, number) = (at.to_string(), at as u64);
            let (cost_minor, votes) = (1_000 + at as i64 * 37 % 911, 1_000 + number * 41 % 907);
            Asking { id, name: String::new(), cost_minor, votes }
        };
        let proposals = (0..proposals).map(asking).collect();
        let listing = Listing { currency: "PEN".into(), budget_minor: Some(20_011), proposals, ..Listing::default() };
        Question { budget_minor: None, source: Source::Listed(listing), methods: methods() }
    }

    /// The answers at the end, and all that was told on the way.
    fn answers(question: &Question, bytes: Option<&str>, now_ms: &dyn Fn() -> u64) -> (Answers, Vec<Answers>) {
        let mut read = Read::default();
        if read.lacks(question) {
            read.take(question, bytes.map(|text| text.as_bytes().to_vec()));
        }
        assert!(!read.lacks(question));
        let mut told = Vec::new();
        let last = work(question, &read, now_ms, &mut |answers| told.push(answers.clone()));
        assert!(told.last().is_some_and(|told| told.is_done));
        (last, told)
    }

    #[test]
    fn a_file_is_read_and_every_rule_answers() {
        let (answers, told) = answers(&of_file(None, None), Some(FILE), &|| 0);
        let votes: Vec<_> = answers.election.proposals.iter().map(|one| (one.id.as_str(), one.votes)).collect();
        assert_eq!(votes, [("well", 2), ("road", 2), ("lamp", 1)]);
        assert_eq!(answers.listing.left_out, [("A hall".to_owned(), "no-cost".to_owned())]);
        assert_eq!(answers.budget.map(|budget| budget.to_plain()).as_deref(), Some("100.00"));
        let problems: Vec<_> = answers.problems.iter().map(|one| (one.code.name(), one.row)).collect();
        assert_eq!(problems, [("number-format", Some(11))]);
        assert_eq!((answers.outcomes().len(), answers.refused(), told.len()), (9, vec![], 1));
    }

    #[test]
    fn a_section_is_asked_for_without_the_works_of_several() {
        let (answers, _) = answers(&of_file(Some("S1"), None), Some(FILE), &|| 0);
        let ids: Vec<_> = answers.election.proposals.iter().map(|one| one.id.as_str()).collect();
        assert_eq!((ids, answers.election.voters()), (vec!["well"], 2));
        assert_eq!(answers.listing.left_out[0], ("A lamp".to_owned(), "wider-scope".to_owned()));
        // The file says what the whole round has, and nothing of a section.
        assert_eq!(answers.refused()[0], (FundingRule::VoteOrder, "no-budget"));
    }

    #[test]
    fn rules_that_go_by_ballots_say_that_there_are_none() {
        let (answers, _) = answers(&of_list(3), None, &|| 0);
        let expected = [FundingRule::EqualShares, FundingRule::EqualSharesCompleted, FundingRule::Phragmen];
        assert_eq!(answers.outcomes().len(), 6);
        assert_eq!(answers.refused(), expected.map(|rule| (rule, "ballots-needed")));
        assert_eq!(answers.columns().len(), 6);
    }

    #[test]
    fn a_file_that_is_gone_or_another_is_told() {
        let seal = Seal { bytes: Some(9), hash: Some(format!("sha256:{}", "0".repeat(64))) };
        let (other, _) = answers(&of_file(None, Some(seal)), Some(FILE), &|| 0);
        assert_eq!(other.problems[0].code.name(), "file-changed");
        let (gone, _) = answers(&of_file(None, None), None, &|| 0);
        assert_eq!(gone.problems[0].code.name(), "file-empty");
        assert_eq!(gone.refused()[0], (FundingRule::VoteOrder, "no-budget"));
    }

    #[test]
    fn a_rule_that_takes_too_long_is_stopped_and_the_others_go_on() {
        // Each look at the clock takes five seconds.
        let now_ms = Cell::new(0);
        let clock = || now_ms.replace(now_ms.get() + 5_000);
        let (answers, told) = answers(&of_list(60), None, &clock);
        assert_eq!(answers.refused()[0], (FundingRule::Knapsack, "stopped"));
        assert_eq!(answers.outcomes().len(), 5);
        let running = |told: &Answers| told.running.is_some_and(|(rule, _)| rule == FundingRule::Knapsack);
        assert!(told.iter().any(running));
    }

    #[test]
    fn a_short_wait_is_no_news() {
        let now_ms = Cell::new(0);
        let clock = || now_ms.replace(now_ms.get() + 1);
        let (_, told) = answers(&of_list(60), None, &clock);
        assert!(told.iter().all(|told| told.running.is_none()));
        assert!(
            u64::try_from(told.len()).unwrap() <= now_ms.get() / TELL_EVERY_MS + 1,
            "{} in {}",
            told.len(),
            now_ms.get()
        );
    }
}
