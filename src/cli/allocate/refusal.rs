//! Why a rule gives nothing, in words, with the section by its name and the amounts in the round's currency.

use super::Ground;
use crate::allocation::RuleError;
use crate::cli::{Failure, visible};
use crate::money::Money;
use crate::money::format::NumberStyle;

/// The sentence of a refusal.
pub(super) fn refused(ground: &Ground<'_>, error: &RuleError) -> Failure {
    let (key, args) = told(ground, error);
    let args = args.map(|(name, value)| (name, visible(&value)));
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    Failure::said("allocate.refused", [("reason", &ground.words.fill(key, &args))])
}

/// At most six places, those left over empty.
type Args = [(&'static str, String); 6];

fn told(ground: &Ground<'_>, error: &RuleError) -> (&'static str, Args) {
    let style = NumberStyle::new(ground.words.language(), &ground.package.descriptor.country);
    let money = |minor: &i64| style.money(Money::new(*minor, ground.round.currency));
    let count = |count: &i64| style.count(*count);
    let section = |id: &String| {
        let named = ground.round.sections.iter().find(|section| section.id == *id);
        named.map_or_else(|| id.clone(), |section| format!("{} ({id})", section.name))
    };
    match error {
        RuleError::NoSections => ("rule-error.no-sections", filled([])),
        RuleError::NoCriteria => ("rule-error.no-criteria", filled([])),
        RuleError::CriterionTwice { criterion } => {
            ("rule-error.criterion-twice", filled([("criterion", criterion.clone())]))
        }
        RuleError::WeightsTotal { total } => ("rule-error.weights-total", filled([("total", style.percent(*total))])),
        RuleError::ColumnMissing { criterion, column } => {
            ("rule-error.column-missing", filled([("criterion", criterion.clone()), ("column", column.clone())]))
        }
        RuleError::CellMissing { criterion, section: at, column } => (
            "rule-error.cell-missing",
            filled([("criterion", criterion.clone()), ("section", section(at)), ("column", column.clone())]),
        ),
        RuleError::BaseNeeded { criterion, column } => {
            ("rule-error.base-needed", filled([("criterion", criterion.clone()), ("column", column.clone())]))
        }
        RuleError::BaseZero { criterion, section: at, base } => (
            "rule-error.base-zero",
            filled([("criterion", criterion.clone()), ("section", section(at)), ("base", base.clone())]),
        ),
        RuleError::AboveBase { criterion, section: at, column, value, base, of } => (
            "rule-error.above-base",
            [
                ("criterion", criterion.clone()),
                ("section", section(at)),
                ("column", column.clone()),
                ("value", count(value)),
                ("base", base.clone()),
                ("of", count(of)),
            ],
        ),
        RuleError::Negative { criterion, section: at, column, value } => (
            "rule-error.negative",
            filled([
                ("criterion", criterion.clone()),
                ("section", section(at)),
                ("column", column.clone()),
                ("value", count(value)),
            ]),
        ),
        RuleError::AllZero { criterion, column } => {
            ("rule-error.all-zero", filled([("criterion", criterion.clone()), ("column", column.clone())]))
        }
        RuleError::FundTooLarge { fund_minor, most_minor } => {
            ("rule-error.fund-too-large", filled([("fund", money(fund_minor)), ("most", money(most_minor))]))
        }
        RuleError::FloorNegative { floor_minor } => {
            ("rule-error.floor-negative", filled([("floor", money(floor_minor))]))
        }
        RuleError::CapNegative { cap_minor } => ("rule-error.cap-negative", filled([("cap", money(cap_minor))])),
        RuleError::FloorAbovePool { floor_minor, sections, pool_minor } => (
            "rule-error.floor-above-pool",
            filled([("floor", money(floor_minor)), ("n", sections.to_string()), ("pool", money(pool_minor))]),
        ),
        RuleError::CapBelowPool { cap_minor, takes_minor, pool_minor } => (
            "rule-error.cap-below-pool",
            filled([("cap", money(cap_minor)), ("takes", money(takes_minor)), ("pool", money(pool_minor))]),
        ),
        RuleError::FloorAboveCap { floor_minor, cap_minor } => {
            ("rule-error.floor-above-cap", filled([("floor", money(floor_minor)), ("cap", money(cap_minor))]))
        }
    }
}

fn filled<const N: usize>(given: [(&'static str, String); N]) -> Args {
    let mut given = given.into_iter();
    std::array::from_fn(|_| given.next().unwrap_or_default())
}
