//! The arguments of `yupay fund`.

use std::str::FromStr;

use super::{Typed, unknown_value};
use crate::allocation::funding::{Completion, FundingRule, Method, Satisfaction, UnknownName};
use crate::budget::FiscalYear;
use crate::cli::Failure;
use crate::cli::command::{Command, FundArgs, FundSource};

impl Typed {
    /// `yupay fund`.
    pub(super) fn fund(self) -> Result<Command, Failure> {
        let path = self.one_path("usage.one-election")?;
        let is_file = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pb"));
        let (year, section) = (self.text("year")?, self.text("section")?);
        let source = match (is_file, year) {
            (true, None) if section.is_none() => FundSource::File(path),
            (true, _) => return Err(Failure::said("usage.file-has-no-rounds", [])),
            (false, None) => {
                return Err(Failure::said("usage.option-needed", [("option", "year"), ("command", "fund")]));
            }
            (false, Some(typed)) => {
                let year = typed.parse::<FiscalYear>();
                let year = year.map_err(|_not_a_year| Failure::said("usage.year", [("value", &typed)]))?;
                FundSource::Package { path, year, section }
            }
        };
        let Some(rule) = self.text("rule")? else {
            return Err(Failure::said("usage.option-needed", [("option", "rule"), ("command", "fund")]));
        };
        let method = Method {
            rule: one_named("rule", &rule)?,
            satisfaction: self
                .text("satisfaction")?
                .map_or(Ok(Satisfaction::default()), |name| one_named("satisfaction", &name))?,
            completion: self
                .text("completion")?
                .map_or(Ok(Completion::default()), |name| one_named("completion", &name))?,
        };
        self.refuse_idle_choice("satisfaction", method.rule.weighs_satisfaction(), method.rule)?;
        self.refuse_idle_choice("completion", method.rule == FundingRule::EqualSharesCompleted, method.rule)?;
        let time_limit = self.text("time-limit")?.map_or(Ok(60), |typed| match typed.parse::<u64>() {
            Ok(seconds) if seconds > 0 => Ok(seconds),
            _ => Err(Failure::said("usage.time-limit", [("value", &typed)])),
        })?;
        let as_json = self.one_of("format", &["table", "json"], "table")? == "json";
        let write = if self.has("write") { Some(self.required("write")?) } else { None };
        let budget = self.text("budget")?;
        let time_limit = std::time::Duration::from_secs(time_limit);
        Ok(Command::Fund(FundArgs { source, method, budget, time_limit, as_json, write }))
    }

    /// A choice that changes nothing is a misunderstanding, and silence would confirm it.
    fn refuse_idle_choice(&self, option: &'static str, is_used: bool, rule: FundingRule) -> Result<(), Failure> {
        if self.has(option) && !is_used {
            return Err(Failure::said("usage.idle-choice", [("option", option), ("rule", rule.name())]));
        }
        Ok(())
    }
}

fn one_named<T: FromStr<Err = UnknownName>>(option: &str, name: &str) -> Result<T, Failure> {
    name.parse().map_err(|unknown: UnknownName| unknown_value(option, &unknown.text, &unknown.known))
}
