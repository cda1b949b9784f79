//! The promise chain of a round: entitled by the rule, agreed, in the opening budget, in the modified budget, spent, built,
//! with what is lost at each step, in money and in works.
//!
//! Each step is one stage, summed by itself; what lies between two steps is a difference of two sums, never a sum of two
//! stages. The budgets are those of one fiscal year, the round's own: what a work does not spend in a year is budgeted again
//! in the next, and would count twice. Spending is that of all years.

use rust_decimal::Decimal;

use super::compare::in_order;
use super::execution::is_built_status;
use crate::allocation::{Direction, Form, Measure, Weight, apportion};
use crate::budget::{FiscalYear, Section, Stage};
use crate::dataset::{AGREED, Package};
use crate::engine::{Filter, Groups, Key, Question, Tally, Unanswered, group};
use crate::money::{Currency, Money, ratio};

/// One step of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainStep {
    /// What the rule gives.
    Entitled,
    /// What the assembly's act has.
    Agreed,
    /// In the opening budget of the round's own year.
    Opening,
    /// In the modified budget of the same year.
    Modified,
    /// Accrued on the agreed works, in all years.
    Spent,
    /// The agreed money of the works that are finished.
    Built,
}

/// What the first step is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntitledBy {
    /// Each section's published amount.
    Published,
    /// The published rule on the published fund, recomputed.
    Recomputed,
    /// The fund alone: how it was to be shared out is not published.
    Fund,
    /// Nothing.
    Unknown,
}

/// What reached a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainLink {
    /// The step.
    pub step: ChainStep,
    /// How much money; `None` where it is not known, which is not zero.
    pub amount: Option<Money>,
    /// Rows behind it: without any, the place is empty, which is neither zero nor missing.
    pub rows: u64,
    /// Rows whose amount is not published: the amount is of the others.
    pub missing: u64,
    /// How many works; `None` where it is not known, or where the step has none.
    pub works: Option<u64>,
    /// The amount less that of the last step before it whose amount is known.
    pub amount_gap: Option<Money>,
    /// The works less those of the last step before it whose works are known.
    pub works_gap: Option<i64>,
    /// The amount in percent of what was agreed, one decimal.
    pub of_agreed_percent: Option<Decimal>,
}

/// The chain of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChain {
    /// The section; `None` for works with none published.
    pub section: Option<String>,
    /// The six steps.
    pub links: Vec<ChainLink>,
    /// Agreed and not spent: agreed less spent.
    pub lost: Option<Money>,
    /// In percent of what was agreed, one decimal.
    pub lost_percent: Option<Decimal>,
    /// Agreed works that are not finished.
    pub works_lost: Option<i64>,
}

/// The chain of one round, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseChain {
    /// The round.
    pub round: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// What the first step is read from.
    pub entitled_by: EntitledBy,
    /// The fiscal year of the two budgets; `None` where the round has no budget lines.
    pub budget_year: Option<FiscalYear>,
    /// Whether the round was still running when the data were published.
    pub is_running: bool,
    /// Everything.
    pub whole: SectionChain,
    /// By section in declared order, then works of the whole district and works with no section.
    pub sections: Vec<SectionChain>,
}

impl ChainStep {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Entitled, Self::Agreed, Self::Opening, Self::Modified, Self::Spent, Self::Built];

    /// Its name in keys of the language files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entitled => "entitled",
            Self::Agreed => "agreed",
            Self::Opening => "opening",
            Self::Modified => "modified",
            Self::Spent => "spent",
            Self::Built => "built",
        }
    }
}

impl EntitledBy {
    /// Its name in keys of the language files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Recomputed => "recomputed",
            Self::Fund => "fund",
            Self::Unknown => "unknown",
        }
    }
}

impl SectionChain {
    /// What reached a step.
    pub fn link(&self, step: ChainStep) -> Option<&ChainLink> {
        self.links.iter().find(|link| link.step == step)
    }
}

impl PromiseChain {
    /// The sections that lost most money, the most first; those that lost none, or of which it is not known, are not among
    /// them.
    pub fn losers(&self) -> Vec<&SectionChain> {
        let lost = |section: &SectionChain| section.lost.map_or(0, |lost| lost.minor);
        let losers: Vec<&SectionChain> = self.sections.iter().filter(|section| lost(section) > 0).collect();
        let lost = |at: usize| losers.get(at).map(|section| lost(section));
        let order = in_order(losers.len(), &|one, other| lost(other).cmp(&lost(one)));
        order.into_iter().filter_map(|at| losers.get(at).copied()).collect()
    }
}

/// The chain of a round. Works are counted by project where `counts_works`; without, only where the cube tells how many.
///
/// # Errors
/// [`Unanswered`] when a sum cannot be held, or where works are to be counted and the rows are not loaded.
pub fn promise_chain(
    package: &Package,
    round: &str,
    currency: Currency,
    counts_works: bool,
) -> Result<PromiseChain, Unanswered> {
    let asker = Asker { package, round, currency };
    let budget_year = asker.budget_year()?;
    let (entitled_by, entitled, fund_minor) = asker.entitled();
    let agreed = asker.ask(Stage::Agreed, &[Key::Section], None)?;
    let built = asker.ask(Stage::Agreed, &[Key::Section, Key::Status], None)?;
    let budget = |stage| budget_year.map(|year| asker.ask(stage, &[Key::Section], Some(year))).transpose();
    let (opening, modified) = (budget(Stage::Pia)?, budget(Stage::Pim)?);
    let has_lines = budget_year.is_some();
    let spent = has_lines.then(|| asker.ask(Stage::Accrued, &[Key::Section], None)).transpose()?;
    let works = |stage, year| {
        let is_asked = counts_works && has_lines;
        is_asked.then(|| asker.ask(stage, &[Key::Section, Key::Project], year)).transpose()
    };
    let works = [works(Stage::Pia, budget_year)?, works(Stage::Pim, budget_year)?, works(Stage::Accrued, None)?];

    let has_promise = package.facts.has(Stage::Agreed);
    let has_built = has_promise && package.statuses.iter().any(is_built_status);
    let of = |section: Option<Option<&str>>| {
        let stage = |groups: &Option<Groups>| groups.as_ref().map(|groups| tally_of(groups, section));
        let entitled = match section {
            None => fund_minor,
            Some(section) => {
                let place = package.sections.iter().position(|one| Some(one.id.as_str()) == section);
                place.and_then(|place| entitled.get(place).copied().flatten())
            }
        };
        let agreed_tally = has_promise.then(|| tally_of(&agreed, section));
        let built = has_built.then(|| tally_of_built(package, &built, section));
        let projects = works.each_ref().map(|groups| groups.as_ref().map(|groups| works_of(groups, section)));
        let [in_opening, in_modified, in_spent] = projects;
        let found = [
            (ChainStep::Entitled, entitled.map(|minor| Tally { minor: Some(minor), count: 1, missing: 0 }), None),
            (ChainStep::Agreed, agreed_tally, agreed_tally.map(|tally| tally.count)),
            (ChainStep::Opening, stage(&opening), in_opening),
            (ChainStep::Modified, stage(&modified), in_modified),
            (ChainStep::Spent, stage(&spent), in_spent),
            (ChainStep::Built, built, built.map(|tally| tally.count)),
        ];
        chain_of(section.flatten(), &found, currency)
    };
    let mut values: Vec<Option<&str>> = package.sections.iter().map(|section| Some(section.id.as_str())).collect();
    let others = [Some(&agreed), spent.as_ref(), opening.as_ref(), modified.as_ref()];
    for found in others.into_iter().flatten().flat_map(|groups| &groups.groups) {
        let value = found.keys.first().and_then(Option::as_deref);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let (none, mut values): (Vec<_>, Vec<_>) = values.into_iter().partition(Option::is_none);
    values.extend(none);
    Ok(PromiseChain {
        round: round.to_owned(),
        currency,
        entitled_by,
        budget_year,
        is_running: package.is_running(round),
        whole: of(None),
        sections: values.into_iter().map(|value| of(Some(value))).collect(),
    })
}

struct Asker<'a> {
    package: &'a Package,
    round: &'a str,
    currency: Currency,
}

impl Asker<'_> {
    /// Sums over the works of the act: of a fiscal year, or of all.
    fn ask(&self, stage: Stage, by: &[Key], year: Option<FiscalYear>) -> Result<Groups, Unanswered> {
        let mut filter = Filter::default().with(Key::Round, Some(self.round));
        if self.package.facts.has(Stage::Agreed) {
            filter = filter.with(Key::List, Some(AGREED));
        }
        if let Some(year) = year {
            filter = filter.with(Key::FiscalYear, Some(&year.to_string()));
        }
        group(&self.package.facts, &Question { by, stage, currency: self.currency, filter: &filter })
    }

    /// The round's own year where it has budget lines, or else the first year that has.
    fn budget_year(&self) -> Result<Option<FiscalYear>, Unanswered> {
        let years = self.ask(Stage::Accrued, &[Key::FiscalYear], None)?;
        let years = years.groups.iter().filter_map(|found| found.keys.first()?.as_deref()?.parse::<FiscalYear>().ok());
        let years: Vec<FiscalYear> = years.collect();
        let own = years.iter().find(|year| year.to_string() == self.round);
        Ok(own.or(years.iter().min()).copied())
    }

    /// What the rule gives: how that is known, by section in declared order, and all together.
    fn entitled(&self) -> (EntitledBy, Vec<Option<i64>>, Option<i64>) {
        let year = self.round.parse::<FiscalYear>().ok();
        let process = self.package.processes.iter().find(|process| Some(process.year) == year);
        if process.is_none_or(|process| process.currency != self.currency) {
            return (EntitledBy::Unknown, Vec::new(), None);
        }
        let fund = process.and_then(|process| process.participatory_fund).map(|fund| fund.minor);
        let published = |section: &Section| {
            let mut all = self.package.allocations.iter();
            let found = all.find(|one| Some(one.year) == year && one.section == section.id)?;
            (found.amount.currency == self.currency).then_some(found.amount.minor)
        };
        let published: Option<Vec<i64>> = self.package.sections.iter().map(published).collect();
        let by_rule = || self.due_by_rule(year?, fund?);
        let total = |due: &Vec<i64>| due.iter().try_fold(0i64, |sum, minor| sum.checked_add(*minor));
        let known = published.map(|due| (EntitledBy::Published, due));
        let known = known.or_else(|| Some((EntitledBy::Recomputed, by_rule()?)));
        match known.filter(|(_, due)| !due.is_empty()).and_then(|(by, due)| Some((by, total(&due)?, due))) {
            Some((by, total, due)) => (by, due.into_iter().map(Some).collect(), Some(total)),
            None => (if fund.is_some() { EntitledBy::Fund } else { EntitledBy::Unknown }, Vec::new(), fund),
        }
    }

    /// The published rule on the published fund, where it weighs plain numbers: each section's part is the sum of each
    /// weight times its part of what that criterion counts. Shares of rates have no common denominator that 128 bits hold;
    /// `/what-if/` has the arithmetic for those.
    fn due_by_rule(&self, year: FiscalYear, fund_minor: i64) -> Option<Vec<i64>> {
        let rule = self.package.allocation_rule(year)?;
        let inputs = self.package.allocation_inputs(year);
        let mut columns: Vec<(i128, Vec<i128>, i128)> = Vec::new();
        for criterion in rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO) {
            let Measure::Figure { column, form: Form::Count, direction: Direction::Direct, .. } = &criterion.measure
            else {
                return None;
            };
            let figures = inputs.column(column)?.iter().map(|figure| figure.filter(|figure| *figure >= 0));
            let figures: Vec<i128> = figures.map(|figure| figure.map(i128::from)).collect::<Option<_>>()?;
            let whole =
                figures.iter().try_fold(0i128, |sum, figure| sum.checked_add(*figure)).filter(|whole| *whole > 0)?;
            columns.push((i128::from(criterion.weight.hundredths()), figures, whole));
        }
        let share = |section: usize| {
            columns.iter().enumerate().try_fold(0i128, |sum, (at, (weight, figures, _))| {
                let others = columns.iter().enumerate().filter(|(other, _)| *other != at);
                let part = weight.checked_mul(figures.get(section).copied()?)?;
                let part = others.into_iter().try_fold(part, |part, (_, (_, _, whole))| part.checked_mul(*whole))?;
                sum.checked_add(part)
            })
        };
        let shares: Vec<i128> = (0..inputs.sections.len()).map(share).collect::<Option<_>>()?;
        apportion(fund_minor, &shares).ok()
    }
}

/// The tally of a section among groups whose first key is the section; of all of them without one.
fn tally_of(groups: &Groups, section: Option<Option<&str>>) -> Tally {
    section.map_or(groups.total, |section| groups.of(&[section]))
}

/// What is finished among groups by section and status.
fn tally_of_built(package: &Package, groups: &Groups, section: Option<Option<&str>>) -> Tally {
    let is_built = |status: Option<&str>| {
        let status = package.statuses.iter().find(|known| Some(known.id.as_str()) == status);
        status.is_some_and(is_built_status)
    };
    let found = groups.groups.iter().filter(|found| {
        let [of_section, status] = found.keys.as_slice() else { return false };
        section.is_none_or(|section| section == of_section.as_deref()) && is_built(status.as_deref())
    });
    // No finished work is no money in finished works, and not a missing amount.
    let none = Tally { minor: Some(0), count: 0, missing: 0 };
    found.fold(none, |sum, found| {
        let minor = match found.tally.minor {
            Some(minor) => sum.minor.and_then(|sum| sum.checked_add(minor)),
            None => sum.minor,
        };
        Tally { minor, count: sum.count + found.tally.count, missing: sum.missing + found.tally.missing }
    })
}

/// Works with money, among groups by section and project.
fn works_of(groups: &Groups, section: Option<Option<&str>>) -> u64 {
    let has_money = |tally: Tally| tally.minor.is_some_and(|minor| minor > 0);
    let found = groups.groups.iter().filter(|found| {
        let [of_section, Some(_project)] = found.keys.as_slice() else { return false };
        section.is_none_or(|section| section == of_section.as_deref()) && has_money(found.tally)
    });
    found.count() as u64
}

/// Links what was found at each step: the tally, where the step is known at all, and the works.
fn chain_of(
    section: Option<&str>,
    found: &[(ChainStep, Option<Tally>, Option<u64>)],
    currency: Currency,
) -> SectionChain {
    let agreed = found.iter().find(|(step, ..)| *step == ChainStep::Agreed).and_then(|(_, tally, _)| tally.as_ref());
    let agreed_minor = agreed.and_then(|tally| tally.minor);
    let mut links: Vec<ChainLink> = Vec::with_capacity(found.len());
    let (mut last_minor, mut last_works) = (None, None);
    for &(step, tally, works) in found {
        let minor = tally.and_then(|tally| tally.minor);
        let gap = minor.zip(last_minor).and_then(|(minor, last): (i64, i64)| minor.checked_sub(last));
        let works_gap = works.zip(last_works).and_then(|(works, last)| signed(works)?.checked_sub(signed(last)?));
        links.push(ChainLink {
            step,
            amount: minor.map(|minor| Money::new(minor, currency)),
            rows: tally.map_or(0, |tally| tally.count),
            missing: tally.map_or(0, |tally| tally.missing),
            works,
            amount_gap: gap.map(|minor| Money::new(minor, currency)),
            works_gap,
            of_agreed_percent: minor.zip(agreed_minor).and_then(|(part, whole)| ratio::percent(part, whole, 1)),
        });
        last_minor = minor.or(last_minor);
        last_works = works.or(last_works);
    }
    let at = |step: ChainStep| links.iter().find(|link| link.step == step);
    let minor_at = |step| at(step).and_then(|link| link.amount).map(|amount| amount.minor);
    let works_at = |step| at(step).and_then(|link| link.works).and_then(signed);
    let lost = minor_at(ChainStep::Agreed)
        .zip(minor_at(ChainStep::Spent))
        .and_then(|(agreed, spent)| agreed.checked_sub(spent));
    let lost_percent = lost.zip(agreed_minor).and_then(|(lost, agreed)| ratio::percent(lost, agreed, 1));
    let works_lost = works_at(ChainStep::Agreed)
        .zip(works_at(ChainStep::Built))
        .and_then(|(agreed, built)| agreed.checked_sub(built));
    SectionChain {
        section: section.map(str::to_owned),
        lost: lost.map(|minor| Money::new(minor, currency)),
        lost_percent,
        works_lost,
        links,
    }
}

fn signed(count: u64) -> Option<i64> {
    i64::try_from(count).ok()
}
