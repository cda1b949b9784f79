//! Why a rule or a link gives nothing, in words: what was read, where, and what to do.

use super::{Catalog, Writer};
use crate::allocation::{RuleError, ScenarioError};
use crate::engine::Key;
use crate::money::{Currency, Money};

impl Writer<'_> {
    /// Why a rule gives no amounts, with the section's name, the column as it stands in the file, and the amounts in `currency`.
    pub fn rule_error(&self, error: &RuleError, currency: Currency) -> String {
        let money = |minor: i64| self.style.money(Money::new(minor, currency));
        let count = |count: i64| self.style.count(count);
        // By its code too, which is what stands in the file.
        let section = |id: &str| match self.label(Key::Section, Some(id)) {
            name if name == id => name,
            name => format!("{name} ({id})"),
        };
        let fill = |key: &str, args: &[(&str, &str)]| self.catalog.fill(&format!("rule-error.{key}"), args);
        match error {
            RuleError::NoSections => fill("no-sections", &[]),
            RuleError::NoCriteria => fill("no-criteria", &[]),
            RuleError::CriterionTwice { criterion } => fill("criterion-twice", &[("criterion", criterion)]),
            RuleError::WeightsTotal { total } => {
                fill("weights-total", &[("total", &self.style.percent(total.normalize()))])
            }
            RuleError::ColumnMissing { criterion, column } => {
                fill("column-missing", &[("criterion", criterion), ("column", column)])
            }
            RuleError::CellMissing { criterion, section: at, column } => {
                fill("cell-missing", &[("criterion", criterion), ("section", &section(at)), ("column", column)])
            }
            RuleError::BaseNeeded { criterion, column } => {
                fill("base-needed", &[("criterion", criterion), ("column", column)])
            }
            RuleError::BaseZero { criterion, section: at, base } => {
                fill("base-zero", &[("criterion", criterion), ("section", &section(at)), ("base", base)])
            }
            RuleError::AboveBase { criterion, section: at, column, value, base, of } => {
                let (value, of, at) = (count(*value), count(*of), section(at));
                let args = [("criterion", criterion), ("section", &at), ("column", column), ("value", &value)];
                let args = args.map(|(name, value)| (name, value.as_str()));
                fill("above-base", &[&args[..], &[("base", base.as_str()), ("of", of.as_str())]].concat())
            }
            RuleError::Negative { criterion, section: at, column, value } => {
                let (value, at) = (count(*value), section(at));
                fill("negative", &[("criterion", criterion), ("section", &at), ("column", column), ("value", &value)])
            }
            RuleError::AllZero { criterion, column } => {
                fill("all-zero", &[("criterion", criterion), ("column", column)])
            }
            RuleError::FundTooLarge { fund_minor, most_minor } => {
                fill("fund-too-large", &[("fund", &money(*fund_minor)), ("most", &money(*most_minor))])
            }
            RuleError::FloorNegative { floor_minor } => fill("floor-negative", &[("floor", &money(*floor_minor))]),
            RuleError::CapNegative { cap_minor } => fill("cap-negative", &[("cap", &money(*cap_minor))]),
            RuleError::FloorAbovePool { floor_minor, sections, pool_minor } => {
                let (floor, pool) = (money(*floor_minor), money(*pool_minor));
                fill("floor-above-pool", &[("floor", &floor), ("n", &sections.to_string()), ("pool", &pool)])
            }
            RuleError::CapBelowPool { cap_minor, takes_minor, pool_minor } => {
                let (cap, takes, pool) = (money(*cap_minor), money(*takes_minor), money(*pool_minor));
                fill("cap-below-pool", &[("cap", &cap), ("takes", &takes), ("pool", &pool)])
            }
            RuleError::FloorAboveCap { floor_minor, cap_minor } => {
                fill("floor-above-cap", &[("floor", &money(*floor_minor)), ("cap", &money(*cap_minor))])
            }
        }
    }
}

impl Catalog {
    /// Why a text is no scenario.
    pub fn scenario_error(&self, error: &ScenarioError) -> String {
        let fill = |key: &str, args: &[(&str, &str)]| self.fill(&format!("scenario-error.{key}"), args);
        match error {
            ScenarioError::TooLong { what, most } => fill("too-long", &[("what", what), ("most", &most.to_string())]),
            ScenarioError::UnknownField { read } => fill("unknown-field", &[("read", read)]),
            ScenarioError::Twice { field } => fill("twice", &[("field", field)]),
            ScenarioError::FundMissing => fill("fund-missing", &[]),
            ScenarioError::Unread { field, read, expected } => {
                fill("unread", &[("field", field), ("read", read), ("expected", expected)])
            }
        }
    }
}
