//! One question answered, rule by rule: what needs no browser.

use std::ops::ControlFlow;

use super::listing::Listing;
use super::message::{FileSource, MethodNames, NO_BUDGET, Reply, Request, Source, UNKNOWN_RULE, refusal};
use crate::allocation::funding::{Election, Funded, Progress, fund_by};
use crate::budget::FiscalYear;
use crate::dataset::{BallotFile, FileContent, Pabulib, Report};

/// A rule that takes longer than this is stopped, in milliseconds.
pub const MOST_MS: u64 = 20_000;

/// The page hears of progress no more often than this, in milliseconds.
pub const TELL_EVERY_MS: u64 = 100;

/// The file that was read last.
#[derive(Debug, Default)]
pub struct Read(Option<(u32, Pabulib, Report)>);

impl Read {
    /// Whether a question's file has to be handed over.
    pub fn lacks(&self, request: &Request) -> bool {
        match &request.source {
            Source::Listed(_) => false,
            Source::File(file) => self.0.as_ref().is_none_or(|(number, ..)| *number != file.number),
        }
    }

    /// Reads the file of a question; without bytes, there is none to be had.
    pub fn take(&mut self, request: &Request, bytes: Option<Vec<u8>>) {
        if let Source::File(file) = &request.source {
            let content = bytes.map_or_else(|| FileContent::Unavailable(String::new()), FileContent::Bytes);
            let (read, report) = read(file, &content);
            self.0 = Some((file.number, read, report));
        }
    }
}

fn read(file: &FileSource, content: &FileContent) -> (Pabulib, Report) {
    let of_round = file.seal.as_ref().and_then(|seal| {
        let year = seal.year.to_string().parse::<FiscalYear>().ok()?;
        Some(BallotFile { year, path: file.name.clone(), bytes: seal.bytes, hash: seal.hash.clone() })
    });
    match (of_round, content) {
        (Some(ballots), content) => ballots.read(Some(content)),
        (None, FileContent::Bytes(bytes)) => Pabulib::read(bytes, &file.name),
        (None, FileContent::Unavailable(_)) => Pabulib::read(&[], &file.name),
    }
}

/// Runs every rule of a question and tells what comes of each, and how far the slow ones are. `now_ms` is any clock.
pub fn work(request: &Request, read: &Read, now_ms: &dyn Fn() -> u64, tell: &mut dyn FnMut(Reply)) {
    let id = request.id;
    let (election, budget_minor) = match (&request.source, &read.0) {
        (Source::Listed(listing), _) => (listing.election(Vec::new()), request.budget_minor.or(listing.budget_minor)),
        (Source::File(file), Some((_, pabulib, report))) => {
            let (listing, election) = Listing::of_file(pabulib, report, file.section.as_deref());
            let budget_minor = request.budget_minor.or(listing.budget_minor);
            tell(Reply::Listing { id, listing });
            (election, budget_minor)
        }
        (Source::File(_), None) => (Listing::default().election(Vec::new()), request.budget_minor),
    };
    for names in &request.methods {
        let rule = names.rule.clone();
        let reply = match run(&election, budget_minor, names, id, now_ms, tell) {
            Ok(funded) => Reply::Result { id, rule, funded },
            Err(reason) => Reply::Refused { id, rule, reason: reason.to_owned() },
        };
        tell(reply);
    }
    tell(Reply::Done { id });
}

fn run(
    election: &Election,
    budget_minor: Option<i64>,
    names: &MethodNames,
    id: u32,
    now_ms: &dyn Fn() -> u64,
    tell: &mut dyn FnMut(Reply),
) -> Result<Funded, &'static str> {
    let method = names.method().ok_or(UNKNOWN_RULE)?;
    let budget_minor = budget_minor.ok_or(NO_BUDGET)?;
    let mut clock = Clock::started(now_ms);
    let mut watch = |Progress { done, of }| {
        let elapsed_ms = clock.elapsed_ms();
        if clock.is_time_to_tell(elapsed_ms) {
            tell(Reply::Progress { id, rule: names.rule.clone(), done, of, elapsed_ms });
        }
        if elapsed_ms > MOST_MS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    fund_by(election, budget_minor, method, &mut watch).map_err(|error| refusal(&error))
}

/// How long a rule has been at it. A clock that is set back counts as one that stands still.
struct Clock<'c> {
    now_ms: &'c dyn Fn() -> u64,
    began_ms: u64,
    told_after_ms: u64,
}

impl<'c> Clock<'c> {
    fn started(now_ms: &'c dyn Fn() -> u64) -> Self {
        Self { now_ms, began_ms: now_ms(), told_after_ms: 0 }
    }

    fn elapsed_ms(&self) -> u64 {
        (self.now_ms)().saturating_sub(self.began_ms)
    }

    fn is_time_to_tell(&mut self, elapsed_ms: u64) -> bool {
        let is_time = elapsed_ms >= self.told_after_ms.saturating_add(TELL_EVERY_MS);
        if is_time {
            self.told_after_ms = elapsed_ms;
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::allocation::funding::{Completion, FundingRule, Method, Satisfaction};
    use crate::funder::{Asking, Seal};

    const FILE: &str = "META\nkey;value\ncurrency;PEN\nbudget;100.00\nvote_type;approval\nPROJECTS\n\
        project_id;cost;name;section\nwell;70.00;A well;S1\nroad;50.00;A road;S2\nlamp;20.00;A lamp;S1\nhall;many;A hall;S1\n\
        VOTES\nvoter_id;vote\n1;well\n2;well,lamp\n3;road\n4;road,hall\n";

    fn methods() -> Vec<MethodNames> {
        let method = |rule| Method { rule, satisfaction: Satisfaction::Cardinality, completion: Completion::AddOne };
        FundingRule::ALL.into_iter().map(|rule| method(rule).into()).collect()
    }

    fn of_file(section: Option<&str>, seal: Option<Seal>) -> Request {
        let section = section.map(str::to_owned);
        let source = Source::File(FileSource { name: "our.pb".into(), number: 1, section, seal });
        Request { id: 7, budget_minor: None, source, methods: methods() }
    }

    fn of_list(proposals: usize) -> Request {
        let asking = |at: usize| {
            let number = at as u64;
            Asking {
                id: at.to_string(),
                name: String::new(),
                cost_minor: 1_000 + at as i64 * 37 % 911,
                votes: 1_000 + number * 41 % 907,
            }
        };
        let proposals = (0..proposals).map(asking).collect();
        let listing = Listing { currency: "PEN".into(), budget_minor: Some(20_011), proposals, ..Listing::default() };
        Request { id: 7, budget_minor: None, source: Source::Listed(listing), methods: methods() }
    }

    fn answers(request: &Request, bytes: Option<&[u8]>, now_ms: &dyn Fn() -> u64) -> Vec<Reply> {
        let mut read = Read::default();
        if read.lacks(request) {
            read.take(request, bytes.map(<[u8]>::to_vec));
        }
        assert!(!read.lacks(request));
        let mut answers = Vec::new();
        work(request, &read, now_ms, &mut |reply| answers.push(reply));
        assert!(answers.iter().all(|reply| reply.id() == 7));
        assert_eq!(answers.last(), Some(&Reply::Done { id: 7 }));
        answers
    }

    fn refused(answers: &[Reply]) -> Vec<(&str, &str)> {
        let mut refused = Vec::new();
        for reply in answers {
            if let Reply::Refused { rule, reason, .. } = reply {
                refused.push((rule.as_str(), reason.as_str()));
            }
        }
        refused
    }

    fn listing(answers: &[Reply]) -> &Listing {
        match answers.first() {
            Some(Reply::Listing { listing, .. }) => listing,
            other => panic!("no listing first but {other:?}"),
        }
    }

    fn results(answers: &[Reply]) -> usize {
        answers.iter().filter(|reply| matches!(reply, Reply::Result { .. })).count()
    }

    #[test]
    fn a_file_is_listed_and_every_rule_answers() {
        let answers = answers(&of_file(None, None), Some(FILE.as_bytes()), &|| 0);
        let listing = listing(&answers);
        assert_eq!(
            listing.proposals.iter().map(|asking| (asking.id.as_str(), asking.votes)).collect::<Vec<_>>(),
            [("well", 2), ("road", 2), ("lamp", 1)]
        );
        assert_eq!((listing.without_cost.as_slice(), listing.budget_minor), (&["A hall".to_owned()][..], Some(10_000)));
        let troubles: Vec<_> = listing.troubles.iter().map(|trouble| (trouble.code.as_str(), trouble.row)).collect();
        assert_eq!((troubles, listing.troubles_in_all), (vec![("number-format", Some(11))], 1));
        assert_eq!((results(&answers), refused(&answers)), (9, vec![]));
    }

    #[test]
    fn a_section_is_asked_for_alone() {
        let answers = answers(&of_file(Some("S2"), None), Some(FILE.as_bytes()), &|| 0);
        let listing = listing(&answers);
        assert_eq!((listing.proposals.len(), listing.without_cost.len()), (1, 0));
        // Of the four voters, the two who approve the road.
        let voters = |reply: &Reply| match reply {
            Reply::Result { funded, .. } => Some((funded.supporters, funded.voters)),
            _ => None,
        };
        assert_eq!(answers.iter().find_map(voters), Some((Some(2), Some(2))));
    }

    #[test]
    fn rules_that_go_by_ballots_say_that_there_are_none() {
        let answers = answers(&of_list(3), None, &|| 0);
        let expected = ["equal-shares", "equal-shares-completed", "phragmen"].map(|rule| (rule, "ballots-needed"));
        assert_eq!((results(&answers), refused(&answers)), (6, expected.to_vec()));
    }

    #[test]
    fn a_file_that_is_gone_or_another_is_told() {
        let seal = Seal { year: 2000, bytes: Some(9), hash: Some(format!("sha256:{}", "0".repeat(64))) };
        let other = answers(&of_file(None, Some(seal)), Some(FILE.as_bytes()), &|| 0);
        assert_eq!(listing(&other).troubles[0].code, "file-changed");
        let gone = answers(&of_file(None, None), None, &|| 0);
        assert_eq!(listing(&gone).troubles[0].code, "file-empty");
        assert_eq!(refused(&gone)[0], ("vote-order", "no-budget"));
    }

    #[test]
    fn a_rule_that_takes_too_long_is_stopped_and_the_others_go_on() {
        // Each look at the clock takes five seconds.
        let now_ms = Cell::new(0);
        let clock = || now_ms.replace(now_ms.get() + 5_000);
        let answers = answers(&of_list(60), None, &clock);
        assert_eq!(refused(&answers)[0], ("knapsack", "stopped"));
        assert_eq!(results(&answers), 5);
        assert!(answers.iter().any(|reply| matches!(reply, Reply::Progress { rule, .. } if rule == "knapsack")));
    }

    #[test]
    fn progress_is_told_ten_times_a_second_at_most() {
        let now_ms = Cell::new(0);
        let clock = || now_ms.replace(now_ms.get() + 7);
        let answers = answers(&of_list(60), None, &clock);
        let told: Vec<u64> = answers
            .iter()
            .filter_map(|reply| match reply {
                Reply::Progress { elapsed_ms, .. } => Some(*elapsed_ms),
                _ => None,
            })
            .collect();
        assert!(told.windows(2).all(|pair| pair[1] < pair[0] || pair[1] - pair[0] >= TELL_EVERY_MS), "{told:?}");
    }
}
