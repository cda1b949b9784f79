//! One question answered, rule by rule: what needs no browser.

use std::ops::ControlFlow;

use super::message::{Reply, Request, UNKNOWN_RULE, refusal};
use crate::allocation::funding::{Ballot, Progress, fund_by};

/// A rule that takes longer than this is stopped, in milliseconds.
pub const MOST_MS: u64 = 20_000;

/// The page hears of progress no more often than this, in milliseconds.
pub const TELL_EVERY_MS: u64 = 100;

/// Runs every rule of a question and tells what comes of each, and how far the slow ones are. `now_ms` is any clock.
pub fn work(request: &Request, ballots: Vec<Ballot>, now_ms: &dyn Fn() -> u64, tell: &mut dyn FnMut(Reply)) {
    let mut election = request.election();
    election.ballots = ballots;
    let id = request.id;
    for (at, names) in request.methods.iter().enumerate() {
        let Some(method) = names.method() else {
            tell(Reply::Refused { id, method: at, reason: UNKNOWN_RULE.to_owned() });
            continue;
        };
        let mut clock = Clock::started(now_ms);
        let mut watch = |progress| {
            if clock.is_time_to_tell() {
                let Progress { done, of } = progress;
                tell(Reply::Progress { id, method: at, done, of, elapsed_ms: clock.elapsed_ms() });
            }
            if clock.elapsed_ms() > MOST_MS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let outcome = fund_by(&election, request.budget_minor, method, &mut watch);
        tell(match outcome {
            Ok(funded) => Reply::Result { id, method: at, funded },
            Err(error) => Reply::Refused { id, method: at, reason: refusal(&error).to_owned() },
        });
    }
}

/// How long a rule has been at it. A clock that is set back counts as one that stands still.
struct Clock<'c> {
    now_ms: &'c dyn Fn() -> u64,
    began_ms: u64,
    told_ms: u64,
}

impl<'c> Clock<'c> {
    fn started(now_ms: &'c dyn Fn() -> u64) -> Self {
        let began_ms = now_ms();
        Self { now_ms, began_ms, told_ms: began_ms }
    }

    fn elapsed_ms(&self) -> u64 {
        (self.now_ms)().saturating_sub(self.began_ms)
    }

    fn is_time_to_tell(&mut self) -> bool {
        let now_ms = (self.now_ms)();
        let is_time = now_ms.saturating_sub(self.told_ms) >= TELL_EVERY_MS;
        if is_time {
            self.told_ms = now_ms;
        }
        is_time
    }
}
