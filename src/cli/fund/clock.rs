//! How long a rule has run: a line about it on a terminal, and an end to it.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::rule_in_words;
use crate::allocation::funding::{FundingRule, Progress};
use crate::text::Catalog;

/// Before this nobody wonders.
const QUIET: Duration = Duration::from_secs(1);
/// Between two changes of the line.
const PACE: Duration = Duration::from_millis(200);

/// Watches a rule.
pub(super) struct Clock<'a> {
    started: Instant,
    limit: Duration,
    rule: FundingRule,
    words: &'a Catalog,
    /// When the line was last written; `None` where none was, or where nobody would see it.
    last_line: Option<Instant>,
    is_seen: bool,
}

impl<'a> Clock<'a> {
    pub fn start(limit: Duration, rule: FundingRule, words: &'a Catalog) -> Self {
        let is_seen = std::io::stderr().is_terminal();
        Self { started: Instant::now(), limit, rule, words, last_line: None, is_seen }
    }

    /// Whether the rule may go on; writes how far it is now and then.
    pub fn look(&mut self, progress: Progress, err: &mut dyn Write) -> ControlFlow<()> {
        let elapsed = self.started.elapsed();
        if elapsed >= self.limit {
            return ControlFlow::Break(());
        }
        let is_due = self.last_line.is_none_or(|last| last.elapsed() >= PACE);
        if self.is_seen && elapsed >= QUIET && is_due {
            self.last_line = Some(Instant::now());
            // A line that cannot be written is no reason to stop.
            drop(write!(err, "\r\x1b[K{}", self.line(progress, elapsed)).and_then(|()| err.flush()));
        }
        ControlFlow::Continue(())
    }

    fn line(&self, progress: Progress, elapsed: Duration) -> String {
        let done = match progress.of {
            Some(of) => {
                let args = [("done", progress.done.to_string()), ("of", of.to_string())];
                self.words.fill("fund.progress.of", &args.each_ref().map(|(name, value)| (*name, value.as_str())))
            }
            None => progress.done.to_string(),
        };
        let (rule, seconds) = (rule_in_words(self.words, self.rule), elapsed.as_secs().to_string());
        self.words.fill("fund.progress", &[("rule", &rule), ("seconds", &seconds), ("done", &done)])
    }

    /// Takes the line away.
    pub fn clear(&self, err: &mut dyn Write) {
        if self.last_line.is_some() {
            drop(write!(err, "\r\x1b[K").and_then(|()| err.flush()));
        }
    }
}
