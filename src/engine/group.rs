//! Sums of one stage in one currency, by any keys.

use super::{Facts, Filter, Key, RowsNeeded, Table, Tally, Unanswered, distinct, roll_up, tally};
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

impl Groups {
    /// The tally of one group; an empty one when it has no rows.
    pub fn of(&self, keys: &[Option<&str>]) -> Tally {
        let found = self.groups.iter().find(|group| group.keys.iter().map(Option::as_deref).eq(keys.iter().copied()));
        found.map(|group| group.tally).unwrap_or_default()
    }
}

/// Answers a question, with the values' names.
///
/// # Errors
/// [`Unanswered`] rather than a wrong sum, and where the rows are needed and not loaded.
pub fn group(facts: &Facts, question: &Question<'_>) -> Result<Groups, Unanswered> {
    named(facts, &cells(facts, question)?, question.stage)
}

/// Answers a question: a cell for each group, in declared order.
///
/// # Errors
/// As [`group`].
pub fn cells(facts: &Facts, question: &Question<'_>) -> Result<Table, Unanswered> {
    let filter = question.filter.clone().without(Key::Currency).with(Key::Currency, Some(question.currency.code()));
    let source = facts.source(question.stage, &filter, question.by)?;
    let rows = filter.rows(facts, source);
    Ok(tally(source, Some(&rows), question.by, &[question.stage])?)
}

/// Cells with the values' names, and their total.
///
/// # Errors
/// [`Unanswered`] when they cannot be added up exactly.
pub fn named(facts: &Facts, cells: &Table, stage: Stage) -> Result<Groups, Unanswered> {
    let name = |key: Key, cell: usize| facts.dictionary(key)?.value(cells.code(key, cell)).map(str::to_owned);
    let group = |cell: usize| Group {
        keys: cells.keys().map(|key| name(key, cell)).collect(),
        tally: cells.tally(cell, stage),
    };
    let total = roll_up(cells, &[])?.tally(0, stage);
    Ok(Groups { groups: (0..cells.len()).map(group).collect(), total })
}

/// The currencies a stage has rows in, first the one with most rows, ties by code.
///
/// # Errors
/// [`RowsNeeded`] where the filter reaches past the cube and there are no rows.
pub fn currencies(facts: &Facts, stage: Stage, filter: &Filter) -> Result<Vec<Currency>, RowsNeeded> {
    let filter = filter.clone().without(Key::Currency);
    let source = facts.source(stage, &filter, &[Key::Currency])?;
    let counts = distinct(source, Some(&filter.rows(facts, source)), Key::Currency);
    let named = counts.into_iter().filter_map(|(code, count)| {
        let currency = facts.dictionary(Key::Currency)?.value(code)?.parse::<Currency>().ok()?;
        Some((std::cmp::Reverse(count), currency))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    Ok(named.into_iter().map(|(_, currency)| currency).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::verbs_tests::{Row, facts};
    use crate::engine::{Holding, SumTooLarge};

    fn row(section: &str, dimension: &str, currency: &str, agreed: Option<i64>) -> Row {
        let keys = [(Key::Section, section), (Key::Dimension, dimension), (Key::Currency, currency)];
        (keys.iter().map(|&(key, value)| (key, value.to_owned())).collect(), vec![(Stage::Agreed, agreed)])
    }

    fn small() -> Facts {
        facts(&[
            row("", "", "PEN", Some(7)),
            row("S1", "human", "PEN", Some(100)),
            row("S1", "human", "USD", Some(5)),
            row("S2", "human", "PEN", None),
            row("S1", "urban", "PEN", Some(-30)),
        ])
    }

    fn ask(facts: &Facts, by: &[Key], filter: &Filter) -> Result<Groups, Unanswered> {
        group(facts, &Question { by, stage: Stage::Agreed, currency: Currency::PEN, filter })
    }

    #[test]
    fn groups_stand_in_declared_order_and_keep_missing_apart() {
        let found = ask(&small(), &[Key::Section], &Filter::default()).unwrap();
        let shown: Vec<_> =
            found.groups.iter().map(|g| (g.keys[0].as_deref(), g.tally.minor, g.tally.missing)).collect();
        assert_eq!(shown, [(Some("S1"), Some(70), 0), (Some("S2"), None, 1), (None, Some(7), 0)]);
        assert_eq!(found.total, Tally { minor: Some(77), count: 4, missing: 1 });
        assert_eq!(found.of(&[None]), Tally { minor: Some(7), count: 1, missing: 0 });
    }

    #[test]
    fn a_filter_takes_values_and_their_absence() {
        let total = |filter: &Filter| ask(&small(), &[], filter).unwrap().total;
        let filter = Filter::default().with(Key::Section, None).with(Key::Section, Some("S2"));
        assert_eq!(total(&filter), Tally { minor: Some(7), count: 2, missing: 1 });
        let unknown = Filter::default().with(Key::Section, Some("S9"));
        assert_eq!(total(&unknown), Tally::default());
    }

    #[test]
    fn an_overflowing_sum_is_refused() {
        let facts = facts(&[row("", "", "PEN", Some(i64::MAX)), row("", "", "PEN", Some(1))]);
        let too_large = SumTooLarge { stage: Stage::Agreed };
        assert_eq!(ask(&facts, &[], &Filter::default()), Err(too_large.into()));
    }

    #[test]
    fn currencies_come_with_the_most_used_first() {
        let found = currencies(&small(), Stage::Agreed, &Filter::default()).unwrap();
        assert_eq!(found.iter().map(|currency| currency.code().to_owned()).collect::<Vec<_>>(), ["PEN", "USD"]);
    }

    #[test]
    fn the_cube_answers_alone_and_rows_are_asked_for_only_where_it_cannot() {
        let whole = small().with_cubes();
        let cube = |stage| Holding { rows: None, cube: whole.holding(stage).cube.clone() };
        let dictionaries = Key::ALL.iter().filter_map(|&key| whole.dictionary(key).cloned()).collect();
        let alone = Facts::of_holdings(dictionaries, Facts::STAGES.map(cube));
        let section = Filter::default().with(Key::Section, Some("S1"));
        assert_eq!(ask(&alone, &[Key::Dimension], &section), ask(&small(), &[Key::Dimension], &section));
        assert_eq!(alone.count(Stage::Agreed), 5);
        assert!(alone.has(Stage::Agreed) && !alone.has(Stage::Accrued) && !alone.needs_rows(&section, &[Key::Section]));
        assert_eq!(currencies(&alone, Stage::Agreed, &section), currencies(&small(), Stage::Agreed, &section));
        let project = Filter::default().with(Key::Project, Some("P1"));
        assert!(alone.needs_rows(&project, &[]) && !whole.needs_rows(&project, &[Key::Project]));
        assert_eq!(ask(&alone, &[], &project), Err(RowsNeeded.into()));
    }
}
