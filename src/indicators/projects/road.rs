//! The road of a work's money, from what it was said to cost to what was paid. Budgets are of a year: money that is not
//! spent is budgeted again in the next, so that a sum of several years' budgets would count it twice. Only what was spent and
//! paid is ever added across years.

use crate::budget::{Project, Stage};
use crate::dataset::Package;
use crate::engine::{Filter, Key, RowsNeeded, Tally, Unanswered, tally};
use crate::money::{Currency, Money};

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What the whole work was estimated to cost, whoever pays for it.
    Cost,
    /// A stage of the municipality's money.
    Stage(Stage),
}

/// A step with its amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadStep {
    /// The fiscal year a budget is of; `None` for what is of the whole work.
    pub year: Option<String>,
    /// Which step.
    pub step: Step,
    /// Its sum: `count` is budget lines, or 1 for what stands on the project.
    pub tally: Tally,
    /// The currency of the sum.
    pub currency: Currency,
    /// By how much it is more than the step before it in the same part of the road; `None` where one of the two has no amount.
    pub change: Option<Money>,
}

/// All steps in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Road {
    /// What was asked and agreed, then each fiscal year's steps, then what all years come to where there are several.
    pub steps: Vec<RoadStep>,
    /// Fiscal years that have budget lines, oldest first.
    pub years: Vec<String>,
    /// Stages that no line of the package publishes.
    pub unpublished: Vec<Stage>,
}

/// The stages of a fiscal year that the road passes.
const OF_A_YEAR: [Stage; 6] = [Stage::Pia, Stage::Pim, Stage::Certified, Stage::Committed, Stage::Accrued, Stage::Paid];

/// The stages that are flows, which are added across years.
const ACROSS_YEARS: [Stage; 2] = [Stage::Accrued, Stage::Paid];

impl RoadStep {
    /// The amount; `None` is "no data".
    pub fn money(&self) -> Option<Money> {
        Some(Money::new(self.tally.minor?, self.currency))
    }
}

impl Road {
    /// A step of all years together: where there is only one year, that year's. Means something only for what is added across years.
    pub fn whole(&self, stage: Stage) -> Option<&RoadStep> {
        self.steps.iter().rev().find(|step| step.step == Step::Stage(stage))
    }
}

/// The road of a work's money.
///
/// # Errors
/// [`Unanswered`] where the rows are not loaded or a sum cannot be held exactly.
pub fn road(package: &Package, project: &Project) -> Result<Road, Unanswered> {
    let facts = &package.facts;
    let lines = facts.table(Stage::Accrued).ok_or(RowsNeeded)?;
    let of_it =
        Filter::default().with(Key::Project, Some(&project.id)).with(Key::Currency, Some(project.currency.code()));
    let rows = of_it.rows(facts, lines);
    let (published, unpublished): (Vec<Stage>, Vec<Stage>) = OF_A_YEAR.into_iter().partition(|&stage| facts.has(stage));
    let by_year = tally(lines, Some(&rows), &[Key::FiscalYear], &published)?;
    let in_all = tally(lines, Some(&rows), &[], &ACROSS_YEARS)?;
    let stated = |money: Option<Money>| Tally {
        minor: money.map(|money| money.minor),
        count: 1,
        missing: u64::from(money.is_none()),
    };
    let step = |year: Option<&str>, step: Step, tally: Tally| RoadStep {
        year: year.map(str::to_owned),
        step,
        tally,
        currency: project.currency,
        change: None,
    };
    let agreed = step(None, Step::Stage(Stage::Agreed), stated(project.agreed));
    let mut steps = with_changes(vec![step(None, Step::Cost, stated(project.cost)), agreed.clone()]);
    let mut years = Vec::new();
    let dictionary = facts.dictionary(Key::FiscalYear);
    for cell in 0..by_year.len() {
        let code = by_year.code(Key::FiscalYear, cell);
        let year = dictionary.and_then(|years| years.value(code)).unwrap_or_default();
        let of_year = published.iter().map(|&stage| step(Some(year), Step::Stage(stage), by_year.tally(cell, stage)));
        steps.extend(with_changes(of_year.collect()));
        years.push(year.to_owned());
    }
    if years.len() > 1 {
        let of_all = ACROSS_YEARS.into_iter().filter(|stage| published.contains(stage));
        let of_all = of_all.map(|stage| step(None, Step::Stage(stage), in_all.tally(0, stage)));
        // What was spent in all years is set against the promise.
        let compared = with_changes(std::iter::once(agreed).chain(of_all).collect());
        steps.extend(compared.into_iter().skip(1));
    }
    Ok(Road { steps, years, unpublished })
}

fn with_changes(mut steps: Vec<RoadStep>) -> Vec<RoadStep> {
    let mut before: Option<Option<i64>> = None;
    for step in &mut steps {
        let change = before.flatten().zip(step.tally.minor).and_then(|(before, now)| now.checked_sub(before));
        step.change = change.map(|minor| Money::new(minor, step.currency));
        before = Some(step.tally.minor);
    }
    steps
}
