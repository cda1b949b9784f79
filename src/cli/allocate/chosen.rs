//! The rule and the fund that were asked for: the round's, a file's, or typed.

use crate::allocation::{
    Direction, Floor, Form, Fund, MadeFor, Measure, Rule, RuleCriterion, RuleFile, RuleFileError, Scenario,
};
use crate::cli::Failure;
use crate::cli::command::{AllocateArgs, RuleFrom, TypedFloor, TypedWeight};
use crate::cli::read;
use crate::dataset::Package;
use crate::indicators::AllotmentRound;
use crate::money::parse::{NumberMarks, parse_minor};
use crate::money::{Currency, Money};

/// What is to be shared out, and how.
pub(super) struct Chosen {
    pub scenario: Scenario,
    /// Whether it is the round's own rule and fund, with nothing typed beside them.
    pub is_official: bool,
    /// What the rule's file says it was made for.
    made_for: Option<MadeFor>,
}

impl Chosen {
    /// What the rule was made for, where that is not this round of this package.
    pub fn made_for_other(&self, package: &Package, round: &AllotmentRound) -> Option<&MadeFor> {
        let here = made_here(package, round);
        self.made_for.as_ref().filter(|made_for| **made_for != here)
    }
}

/// This round of this package.
pub(super) fn made_here(package: &Package, round: &AllotmentRound) -> MadeFor {
    let descriptor = &package.descriptor;
    MadeFor { name: descriptor.name.clone(), version: descriptor.version.clone(), year: round.year }
}

pub(super) fn chosen(args: &AllocateArgs, package: &Package, round: &AllotmentRound) -> Result<Chosen, Failure> {
    let is_official = matches!(args.rule, RuleFrom::Official)
        && args.fund.is_none()
        && args.floor.is_none()
        && args.cap.is_none()
        && args.set_aside.is_none();
    let (mut rule, name, fund, made_for) = match &args.rule {
        RuleFrom::Official => {
            let year = round.year.to_string();
            let rule = round.official.clone().ok_or_else(|| Failure::said("allocate.no-rule", [("year", &year)]))?;
            (rule, String::new(), None, None)
        }
        RuleFrom::File(path) => {
            let file = rule_file(path)?;
            if file.currency != round.currency {
                let (found, wanted) = (file.currency.to_string(), round.currency.to_string());
                return Err(Failure::said("allocate.rule-currency", [("value", &found), ("currency", &wanted)]));
            }
            (file.scenario.rule, file.scenario.name, Some(file.scenario.fund), file.made_for)
        }
        RuleFrom::Weights(typed) => {
            let criteria = typed.iter().map(|weight| criterion(weight, package, round)).collect::<Result<_, _>>()?;
            (Rule::weighing(criteria), String::new(), None, None)
        }
    };
    let typed = Amounts { currency: round.currency };
    if let Some(floor) = &args.floor {
        rule.floor = match floor {
            TypedFloor::Flat(flat) => Floor::Flat(typed.read("flat-floor", flat)?),
            TypedFloor::Minimum(minimum) => Floor::Minimum(typed.read("minimum", minimum)?),
        };
    }
    if let Some(cap) = &args.cap {
        rule.cap_minor = Some(typed.read("cap", cap)?);
    }
    rule.set_aside = args.set_aside.unwrap_or(rule.set_aside);
    let fund = match (&args.fund, fund) {
        (Some(fund), _) => Some(Fund::Amount(typed.read("fund", fund)?)),
        (None, fund) => fund,
    };
    // A round may publish a correction; whoever types or saves a fund below zero has slipped.
    if let Some(below) = fund.filter(|fund| fund.minor() < 0) {
        return Err(Failure::said("allocate.fund-negative", [("value", &typed.plain(below.minor()))]));
    }
    let fund = fund.or(round.fund_minor.map(Fund::Amount));
    let fund = fund.ok_or_else(|| Failure::said("allocate.no-fund", [("year", &round.year.to_string())]))?;
    Ok(Chosen { scenario: Scenario { name, fund, rule }, is_official, made_for })
}

/// A typed criterion: the official one of that code, so that its measure holds but for what was typed, or else a column.
fn criterion(typed: &TypedWeight, package: &Package, round: &AllotmentRound) -> Result<RuleCriterion, Failure> {
    let official = round.official.iter().flat_map(|rule| &rule.criteria).find(|criterion| criterion.id == typed.name);
    let of_column = || {
        let is_column =
            package.figures.iter().any(|figures| figures.measures.iter().any(|(name, _)| *name == typed.name));
        let column = typed.name.clone();
        is_column.then_some(Measure::Figure { column, form: Form::Count, direction: Direction::Direct, base: None })
    };
    let equal = || (typed.name == "equal").then_some(Measure::Equal);
    let measure = official.map(|criterion| criterion.measure.clone()).or_else(of_column).or_else(equal);
    let measure = match measure {
        Some(Measure::Figure { column, form, direction, base }) => Measure::Figure {
            column,
            form: typed.form.unwrap_or(form),
            direction: typed.direction.unwrap_or(direction),
            base,
        },
        Some(Measure::Equal) if typed.form.is_some() || typed.direction.is_some() => {
            return Err(Failure::said("allocate.equal-alone", []));
        }
        Some(Measure::Equal) => Measure::Equal,
        None => return Err(unknown_measure(&typed.name, package, round)),
    };
    Ok(RuleCriterion { id: typed.name.clone(), measure, weight: typed.weight })
}

fn unknown_measure(name: &str, package: &Package, round: &AllotmentRound) -> Failure {
    let criteria = round.official.iter().flat_map(|rule| &rule.criteria).map(|criterion| criterion.id.as_str());
    let columns = package.figures.iter().flat_map(|figures| &figures.measures).map(|(column, _)| column.as_str());
    let mut choices: Vec<&str> = Vec::new();
    for choice in criteria.chain(columns).chain(["equal"]) {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    Failure::said("allocate.unknown-measure", [("value", name), ("choices", &choices.join(", "))])
}

/// Reads amounts of one currency that were typed.
#[derive(Clone, Copy)]
struct Amounts {
    currency: Currency,
}

impl Amounts {
    fn read(self, option: &'static str, typed: &str) -> Result<i64, Failure> {
        let read = parse_minor(typed, self.currency.exponent(), NumberMarks::default());
        read.map_err(|_no_amount| {
            let example = self.plain(200_000_000);
            let args = [("option", option), ("value", typed), ("example", &example)];
            Failure::said("allocate.amount", args)
        })
    }

    fn plain(self, minor: i64) -> String {
        Money::new(minor, self.currency).to_plain()
    }
}

fn rule_file(path: &std::path::Path) -> Result<RuleFile, Failure> {
    let shown = read::shown(path);
    let text = String::from_utf8(read::whole_file(path)?);
    let text = text.map_err(|_not_text| Failure::said("allocate.rule-not-text", [("path", &shown)]))?;
    RuleFile::from_json(&text).map_err(|error| match error {
        RuleFileError::Syntax { line, column, reason } => {
            let (line, column) = (line.to_string(), column.to_string());
            let args = [("path", shown.as_str()), ("line", &line), ("column", &column), ("reason", &reason)];
            Failure::said("allocate.rule-syntax", args)
        }
        RuleFileError::Format { read } => Failure::said("allocate.rule-format", [("path", &shown), ("value", &read)]),
        RuleFileError::Unread { key, read, expected } => {
            let args = [("path", shown.as_str()), ("key", &key), ("value", &read), ("choices", expected)];
            Failure::said("allocate.rule-value", args)
        }
        RuleFileError::Missing { key } => Failure::said("allocate.rule-missing", [("path", &shown), ("key", &key)]),
        RuleFileError::Together { one, other } => {
            Failure::said("allocate.rule-together", [("path", &shown), ("key", &one), ("other", &other)])
        }
    })
}
