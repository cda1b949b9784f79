//! What is funded, printed for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::super::command::FundArgs;
use super::super::render::{self, Side};
use super::super::visible;
use super::rule_in_words;
use super::source::Source;
use crate::allocation::funding::Funded;
use crate::indicators::LeftOutReason;
use crate::money::Money;
use crate::money::format::NumberStyle;
use crate::text::Catalog;

/// An outcome with what it came from.
pub(super) struct Answer<'a> {
    pub args: &'a FundArgs,
    pub source: &'a Source,
    pub budget_minor: i64,
    pub funded: &'a Funded,
}

impl Answer<'_> {
    pub fn table(&self, out: &mut dyn Write, words: &Catalog) -> io::Result<()> {
        let (election, funded) = (&self.source.election, self.funded);
        let style = NumberStyle::new(words.language(), &self.source.country);
        let amount = |minor: i64| match self.source.currency {
            Some(currency) => style.money(Money::new(minor, currency)),
            None => style.number(rust_decimal::Decimal::new(minor, 2)),
        };
        let (rule, budget) = (rule_in_words(words, self.args.method.rule), amount(self.budget_minor));
        let heading = [("title", visible(&self.source.title)), ("rule", rule), ("budget", budget)];
        writeln!(
            out,
            "{}",
            words.fill("fund.heading", &heading.each_ref().map(|(name, text)| (*name, text.as_str())))
        )?;
        let labels =
            ["fund.column.id", "fund.column.name", "fund.column.cost", "fund.column.votes", "fund.column.amount"];
        let labels = labels.map(|key| words.get(key)).into_iter().chain([String::new()]);
        let mut rows: Vec<Vec<String>> = vec![labels.collect()];
        for (position, proposal) in election.proposals.iter().enumerate() {
            let part = funded.partly.iter().find(|(partly, _)| *partly == position);
            let (given, how) = match part {
                _ if funded.full.contains(&position) => (amount(proposal.cost_minor), words.get("fund.whole")),
                Some((_, given)) => (amount(*given), words.get("fund.part")),
                None => (words.get("fund.none"), String::new()),
            };
            let votes = style.count(i64::try_from(proposal.votes).unwrap_or(i64::MAX));
            let (id, name) = (visible(&proposal.id), visible(&proposal.name));
            rows.push(vec![id, name, amount(proposal.cost_minor), votes, given, how]);
        }
        render::columns(out, &[Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Left], &rows)?;
        writeln!(out)?;
        for (key, minor) in [
            ("fund.spent", funded.spent_minor),
            ("fund.stuck", funded.stuck_minor),
            ("fund.left-over", funded.left_over_minor),
        ] {
            writeln!(out, "{}: {}", words.get(key), amount(minor))?;
        }
        if let Some((supporters, voters)) = funded.supporters.zip(funded.voters) {
            let count = |number: u64| style.count(i64::try_from(number).unwrap_or(i64::MAX));
            let args = [("n", count(supporters)), ("voters", count(voters))];
            let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
            writeln!(out, "{}", words.fill("fund.supporters", &args))?;
        }
        self.left_out(out, words)
    }

    fn left_out(&self, out: &mut dyn Write, words: &Catalog) -> io::Result<()> {
        if !self.source.left_out.is_empty() {
            writeln!(out, "{}", words.get("fund.left-out"))?;
        }
        for left in &self.source.left_out {
            let reason = words.get(match left.reason {
                LeftOutReason::WiderScope => "fund.reason.wider-scope",
                LeftOutReason::NoCost => "fund.reason.no-cost",
                LeftOutReason::NoVotes => "fund.reason.no-votes",
                LeftOutReason::OtherCurrency => "fund.reason.other-currency",
            });
            writeln!(out, "  {} {}: {reason}", visible(&left.id), visible(&left.name))?;
        }
        Ok(())
    }

    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let (election, funded) = (&self.source.election, self.funded);
        let amount = |minor: i64| Money::new(minor, self.source.currency_or_none()).to_plain();
        let id = |position: usize| election.proposals.get(position).map_or("", |proposal| proposal.id.as_str());
        let cost = |position: usize| election.proposals.get(position).map_or(0, |proposal| proposal.cost_minor);
        let partly = funded.partly.iter().map(|&(position, given)| ShownPart {
            id: id(position),
            amount: amount(given),
            cost: amount(cost(position)),
        });
        let left_out =
            self.source.left_out.iter().map(|left| ShownLeftOut { id: &left.id, reason: left.reason.name() });
        let shown = ShownAnswer {
            rule: self.args.method.rule.name(),
            budget: amount(self.budget_minor),
            funded: funded.full.iter().map(|&position| id(position)).collect(),
            partly: partly.collect(),
            spent: amount(funded.spent_minor),
            stuck: amount(funded.stuck_minor),
            left_over: amount(funded.left_over_minor),
            supporters_with_a_whole_project: funded.supporters,
            voters: funded.voters,
            currency: self.source.currency.map(|currency| currency.to_string()),
            left_out: left_out.collect(),
        };
        render::json(out, &shown)
    }
}

#[derive(Serialize)]
struct ShownAnswer<'a> {
    rule: &'static str,
    budget: String,
    funded: Vec<&'a str>,
    partly: Vec<ShownPart<'a>>,
    spent: String,
    stuck: String,
    left_over: String,
    /// `null` where no ballots are known.
    supporters_with_a_whole_project: Option<u64>,
    voters: Option<u64>,
    currency: Option<String>,
    left_out: Vec<ShownLeftOut<'a>>,
}

#[derive(Serialize)]
struct ShownPart<'a> {
    id: &'a str,
    amount: String,
    cost: String,
}

#[derive(Serialize)]
struct ShownLeftOut<'a> {
    id: &'a str,
    reason: &'static str,
}
