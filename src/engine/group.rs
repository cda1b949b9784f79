//! Sums of one stage in one currency, by any keys.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Facts, Filter, Key};
use crate::budget::Stage;
use crate::money::Currency;

/// What is asked: one stage, one currency, some rows, told apart by some keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// Keys of the groups, outermost first; none asks for the total alone.
    pub by: &'a [Key],
    /// The stage summed.
    pub stage: Stage,
    /// The currency summed; rows in another are left out, never converted.
    pub currency: Currency,
    /// Rows taken.
    pub filter: &'a Filter,
}

/// A sum with what stands behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sum in minor units; `None` when no row has an amount, which is not zero.
    pub minor: Option<i64>,
    /// Rows: projects for the promise, budget lines for the other stages.
    pub count: u64,
    /// Rows among them with no amount published.
    pub missing: u64,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Value of each key asked for; `None` where none is published.
    pub keys: Vec<Option<String>>,
    /// Its sum.
    pub tally: Tally,
}

/// The answer: groups in declared order (rows with no value last) and their total.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Groups that have rows.
    pub groups: Vec<Group>,
    /// All of them together.
    pub total: Tally,
}

/// A sum that 64 bits of minor units cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the sum of {stage} is too large to hold exactly")]
pub struct SumTooLarge {
    /// The stage summed.
    pub stage: Stage,
}

impl Groups {
    /// The tally of one group; an empty one when it has no rows.
    pub fn of(&self, keys: &[Option<&str>]) -> Tally {
        let found = self.groups.iter().find(|group| group.keys.iter().map(Option::as_deref).eq(keys.iter().copied()));
        found.map(|group| group.tally).unwrap_or_default()
    }
}

/// Answers a question.
///
/// # Errors
/// [`SumTooLarge`] rather than a wrong sum.
pub fn group(facts: &Facts, question: &Question<'_>) -> Result<Groups, SumTooLarge> {
    let table = facts.table(question.stage);
    let rows = question.filter.clone().without(Key::Currency).with(Key::Currency, Some(question.currency.code()));
    let mut sums: BTreeMap<Vec<u32>, Sum> = BTreeMap::new();
    let mut total = Sum::default();
    for row in rows.rows(facts, table).iter() {
        let codes = question.by.iter().map(|&key| table.code(key, row)).collect();
        let amount = table.amount(question.stage, row);
        sums.entry(codes).or_default().add(amount);
        total.add(amount);
    }
    let too_large = SumTooLarge { stage: question.stage };
    // Rows with no value last.
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(codes, _)| codes.iter().map(|code| code.wrapping_sub(1)).collect::<Vec<_>>());
    let groups = sums.into_iter().map(|(codes, sum)| {
        let keys = question.by.iter().zip(codes).map(|(key, code)| {
            let dictionary = facts.dictionary(*key)?;
            dictionary.value(code).map(str::to_owned)
        });
        Ok(Group { keys: keys.collect(), tally: sum.tally().ok_or(too_large)? })
    });
    Ok(Groups { groups: groups.collect::<Result<_, _>>()?, total: total.tally().ok_or(too_large)? })
}

/// The currencies a stage has rows in, first the one with most rows, ties by code.
pub fn currencies(facts: &Facts, stage: Stage, filter: &Filter) -> Vec<Currency> {
    let table = facts.table(stage);
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in filter.clone().without(Key::Currency).rows(facts, table).iter() {
        *counts.entry(table.code(Key::Currency, row)).or_default() += 1;
    }
    let named = counts.into_iter().filter_map(|(code, count)| {
        let currency = facts.dictionary(Key::Currency)?.value(code)?.parse::<Currency>().ok()?;
        Some((std::cmp::Reverse(count), currency))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    named.into_iter().map(|(_, currency)| currency).collect()
}

/// A sum under way, wide enough that no number of rows can overflow it.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    minor: i128,
    present: u64,
    missing: u64,
}

impl Sum {
    fn add(&mut self, amount: Option<i64>) {
        match amount {
            Some(minor) => {
                self.minor += i128::from(minor);
                self.present += 1;
            }
            None => self.missing += 1,
        }
    }

    fn tally(self) -> Option<Tally> {
        let minor = i64::try_from(self.minor).ok()?;
        let minor = (self.present > 0).then_some(minor);
        Some(Tally { minor, count: self.present + self.missing, missing: self.missing })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{FactsBuilder, Row};
    use super::*;

    fn row(section: Option<&str>, dimension: &str, currency: &str, agreed: Option<i64>) -> Row {
        let mut keys = vec![(Key::Dimension, dimension.to_owned()), (Key::Currency, currency.to_owned())];
        keys.extend(section.map(|section| (Key::Section, section.to_owned())));
        Row { keys, amounts: agreed.map(|minor| (Stage::Agreed, minor)).into_iter().collect(), as_of: None }
    }

    fn ask(facts: &Facts, by: &[Key], filter: &Filter) -> Groups {
        let question = Question { by, stage: Stage::Agreed, currency: Currency::PEN, filter };
        group(facts, &question).unwrap()
    }

    fn small() -> Facts {
        let mut builder = FactsBuilder::default();
        builder.declare(Key::Section, ["S2", "S1"]);
        for (section, dimension, currency, agreed) in [
            (Some("S1"), "human", "PEN", Some(100)),
            (Some("S2"), "human", "PEN", None),
            (None, "urban", "PEN", Some(7)),
            (Some("S1"), "urban", "USD", Some(1_000)),
            (Some("S1"), "urban", "PEN", Some(-30)),
        ] {
            builder.project(row(section, dimension, currency, agreed));
        }
        builder.build()
    }

    #[test]
    fn groups_stand_in_declared_order_and_keep_missing_apart() {
        let found = ask(&small(), &[Key::Section], &Filter::default());
        let shown: Vec<_> =
            found.groups.iter().map(|g| (g.keys[0].as_deref(), g.tally.minor, g.tally.missing)).collect();
        assert_eq!(shown, [(Some("S2"), None, 1), (Some("S1"), Some(70), 0), (None, Some(7), 0)]);
        assert_eq!(found.total, Tally { minor: Some(77), count: 4, missing: 1 });
    }

    #[test]
    fn a_filter_takes_values_and_their_absence() {
        let filter = Filter::default().with(Key::Section, None).with(Key::Section, Some("S2"));
        assert_eq!(ask(&small(), &[], &filter).total, Tally { minor: Some(7), count: 2, missing: 1 });
        let unknown = Filter::default().with(Key::Section, Some("S9"));
        assert_eq!(ask(&small(), &[], &unknown).total, Tally::default());
    }

    #[test]
    fn an_overflowing_sum_is_refused() {
        let mut builder = FactsBuilder::default();
        builder.project(row(None, "human", "PEN", Some(i64::MAX)));
        builder.project(row(None, "human", "PEN", Some(1)));
        let filter = Filter::default();
        let question = Question { by: &[], stage: Stage::Agreed, currency: Currency::PEN, filter: &filter };
        assert_eq!(group(&builder.build(), &question), Err(SumTooLarge { stage: Stage::Agreed }));
    }

    #[test]
    fn currencies_come_with_the_most_used_first() {
        let found = currencies(&small(), Stage::Agreed, &Filter::default());
        assert_eq!(found.iter().map(|currency| currency.code().to_owned()).collect::<Vec<_>>(), ["PEN", "USD"]);
    }

    type Drawn = (Option<u8>, u8, bool, Option<i32>);

    proptest! {
        /// Against a naive fold: groups add up to the total, whatever the keys, the filter and the gaps.
        #[test]
        fn groups_are_the_naive_fold(rows in proptest::collection::vec(any::<Drawn>(), 0..60), wanted in 0u8..3) {
            let mut builder = FactsBuilder::default();
            let rows: Vec<_> = rows.iter().map(|&(s, d, usd, a)| (s.map(|s| s % 4), d % 3, usd, a.map(i64::from))).collect();
            for &(section, dimension, is_usd, agreed) in &rows {
                let section = section.map(|section| section.to_string());
                builder.project(row(section.as_deref(), &dimension.to_string(), if is_usd { "USD" } else { "PEN" }, agreed));
            }
            let facts = builder.build();
            let filter = Filter::default().with(Key::Dimension, Some(&wanted.to_string()));
            for filter in [Filter::default(), filter] {
                let found = ask(&facts, &[Key::Section, Key::Dimension], &filter);
                let is_in = |d: u8| filter.conditions.is_empty() || d == wanted;
                let naive: i64 = rows.iter().filter(|r| !r.2 && is_in(r.1)).filter_map(|r| r.3).sum();
                prop_assert_eq!(found.total.minor.unwrap_or(0), naive);
                prop_assert_eq!(found.groups.iter().filter_map(|g| g.tally.minor).sum::<i64>(), naive);
                prop_assert_eq!(found.groups.iter().map(|g| g.tally.count).sum::<u64>(), found.total.count);
                for group in &found.groups {
                    let of_group = rows.iter().filter(|r| !r.2 && is_in(r.1)
                        && r.0.map(|s| s.to_string()) == group.keys[0] && Some(r.1.to_string()) == group.keys[1]);
                    let amounts: Vec<i64> = of_group.clone().filter_map(|r| r.3).collect();
                    prop_assert_eq!(group.tally.minor, (!amounts.is_empty()).then(|| amounts.iter().sum()));
                    prop_assert_eq!(group.tally.missing, (of_group.count() - amounts.len()) as u64);
                }
            }
        }
    }
}
