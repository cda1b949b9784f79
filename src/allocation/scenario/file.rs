//! A scenario as a JSON file: downloaded from the page, read by the command (`RULE.json`).
//!
//! Amounts and percentages are texts, so that no program reads them as floats; amounts have the currency's decimals. A key that is
//! not known, or that stands twice, is refused: half a rule is another rule.

use thiserror::Error;

use super::shape::{CriterionShape, DatasetShape, FileShape, Percent};
use super::{Fund, Scenario};
use crate::allocation::{Direction, Floor, Form, Measure, Rule, RuleCriterion, Weight};
use crate::budget::FiscalYear;
use crate::money::parse::{NumberMarks, parse_minor};
use crate::money::{Currency, Money};

const FORMAT: &str = "yupay-rule";
const VERSION: u32 = 1;

/// A scenario with what it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// The scenario.
    pub scenario: Scenario,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The data it was made with, where that is known.
    pub made_for: Option<MadeFor>,
}

/// The data a scenario was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFor {
    /// Name of the package.
    pub name: String,
    /// Its version; empty where it names none.
    pub version: String,
    /// The round.
    pub year: FiscalYear,
}

/// Why a file is no rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleFileError {
    /// Not JSON, or a key that is unknown, missing, doubled or of another kind; the reason names it, in English.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
        /// The reason, in English.
        reason: String,
    },
    /// Another kind of file, or one of a later version.
    #[error("not a {FORMAT} file of version {VERSION}: {read}")]
    Format {
        /// The format and version that were read.
        read: String,
    },
    /// A value that is not what its key takes.
    #[error("{key} cannot be {read:?}: {expected}")]
    Unread {
        /// Where it stands: `criteria[2].weight_percent`.
        key: String,
        /// What was read.
        read: String,
        /// What it takes.
        expected: &'static str,
    },
    /// A key that is needed.
    #[error("{key} is missing")]
    Missing {
        /// Where it should stand.
        key: String,
    },
    /// Two keys of which one may stand.
    #[error("{one} and {other} cannot stand together")]
    Together {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
}

impl RuleFile {
    /// As indented JSON, ended with a line feed.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(&self.shape()).unwrap_or_default();
        json.push('\n');
        json
    }

    /// As a JSON value, for an answer that holds the rule it came from.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self.shape()).unwrap_or_default()
    }

    fn shape(&self) -> FileShape {
        let Scenario { name, fund, rule } = &self.scenario;
        let plain = |minor: i64| Money::new(minor, self.currency).to_plain();
        let (amount, investment) = match *fund {
            Fund::Amount(minor) => (Some(plain(minor)), None),
            Fund::ShareOf { investment_minor, share } => (None, Some((plain(investment_minor), percent(share)))),
        };
        let (investment_budget, share_percent) = investment.unzip();
        let (flat_floor, minimum) = match rule.floor {
            Floor::None => (None, None),
            Floor::Flat(minor) => (Some(plain(minor)), None),
            Floor::Minimum(minor) => (None, Some(plain(minor))),
        };
        FileShape {
            format: FORMAT.to_owned(),
            version: VERSION,
            name: name.clone(),
            dataset: self.made_for.as_ref().map(|made_for| DatasetShape {
                name: made_for.name.clone(),
                version: made_for.version.clone(),
                year: made_for.year.number(),
            }),
            currency: self.currency.to_string(),
            fund: amount,
            investment_budget,
            share_percent,
            set_aside_percent: Some(percent(rule.set_aside)),
            flat_floor,
            minimum,
            cap: rule.cap_minor.map(plain),
            criteria: rule.criteria.iter().map(criterion_shape).collect(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`RuleFileError`] with the line or the key.
    pub fn from_json(json: &str) -> Result<Self, RuleFileError> {
        let shape: FileShape = serde_json::from_str(json).map_err(|error| RuleFileError::Syntax {
            line: error.line(),
            column: error.column(),
            reason: reason(&error),
        })?;
        if shape.format != FORMAT || shape.version != VERSION {
            return Err(RuleFileError::Format { read: format!("{} {}", shape.format, shape.version) });
        }
        let currency = shape
            .currency
            .parse()
            .map_err(|_no_currency| unread("currency", &shape.currency, "three capital letters, such as PEN"))?;
        let money = Amounts { currency };
        let floor = match (&shape.flat_floor, &shape.minimum) {
            (Some(_), Some(_)) => return Err(together("flat_floor", "minimum")),
            (Some(flat), None) => Floor::Flat(money.read("flat_floor", flat)?),
            (None, Some(minimum)) => Floor::Minimum(money.read("minimum", minimum)?),
            (None, None) => Floor::None,
        };
        let cap = shape.cap.as_ref().map(|cap| money.read("cap", cap)).transpose()?;
        let set_aside = shape.set_aside_percent.as_ref().map(|share| read_weight("set_aside_percent", share));
        let criteria = shape.criteria.iter().enumerate().map(|(at, criterion)| read_criterion(at, criterion));
        let rule = Rule {
            criteria: criteria.collect::<Result<_, _>>()?,
            floor,
            cap_minor: cap,
            set_aside: set_aside.transpose()?.unwrap_or(Weight::ZERO),
        };
        let scenario = Scenario { name: shape.name.clone(), fund: read_fund(&shape, money)?, rule };
        Ok(Self { scenario, currency, made_for: shape.dataset.map(read_dataset).transpose()? })
    }
}

fn percent(weight: Weight) -> Percent {
    Percent(weight.to_string())
}

fn criterion_shape(criterion: &RuleCriterion) -> CriterionShape {
    let (criterion_id, weight_percent) = (criterion.id.clone(), percent(criterion.weight));
    match &criterion.measure {
        Measure::Equal => {
            let form = Some(EQUAL.to_owned());
            CriterionShape { criterion_id, measure: None, form, direction: None, base: None, weight_percent }
        }
        Measure::Figure { column, form, direction, base } => CriterionShape {
            criterion_id,
            measure: Some(column.clone()),
            form: Some(form.name().to_owned()),
            direction: Some(direction.name().to_owned()),
            base: base.clone(),
            weight_percent,
        },
    }
}

const EQUAL: &str = "equal";

/// serde_json's reason, without the place, which is told apart.
fn reason(error: &serde_json::Error) -> String {
    let told = error.to_string();
    told.rsplit_once(" at line ").map_or(told.clone(), |(reason, _)| reason.to_owned())
}

fn unread(key: impl Into<String>, read: &str, expected: &'static str) -> RuleFileError {
    RuleFileError::Unread { key: key.into(), read: read.to_owned(), expected }
}

fn together(one: &str, other: &str) -> RuleFileError {
    RuleFileError::Together { one: one.to_owned(), other: other.to_owned() }
}

fn read_weight(key: impl Into<String>, percent: &Percent) -> Result<Weight, RuleFileError> {
    percent.0.parse().map_err(|_no_weight| unread(key, &percent.0, "0 to 100 with at most two decimals"))
}

/// Reads amounts of one currency.
#[derive(Clone, Copy)]
struct Amounts {
    currency: Currency,
}

impl Amounts {
    fn read(self, key: &str, text: &str) -> Result<i64, RuleFileError> {
        let read = parse_minor(text, self.currency.exponent(), NumberMarks::default());
        read.map_err(|_no_amount| unread(key, text, "an amount with the currency's decimals, such as 2000000.00"))
    }
}

fn read_fund(shape: &FileShape, money: Amounts) -> Result<Fund, RuleFileError> {
    match (&shape.fund, &shape.investment_budget, &shape.share_percent) {
        (Some(_), Some(_), _) => Err(together("fund", "investment_budget")),
        (Some(_), None, Some(_)) => Err(together("fund", "share_percent")),
        (Some(fund), None, None) => money.read("fund", fund).map(Fund::Amount),
        (None, Some(investment), Some(share)) => Ok(Fund::ShareOf {
            investment_minor: money.read("investment_budget", investment)?,
            share: read_weight("share_percent", share)?,
        }),
        (None, Some(_), None) => Err(RuleFileError::Missing { key: "share_percent".to_owned() }),
        (None, None, _) => Err(RuleFileError::Missing { key: "fund".to_owned() }),
    }
}

fn read_dataset(shape: DatasetShape) -> Result<MadeFor, RuleFileError> {
    let year = shape.year.to_string();
    let read = year.parse().map_err(|_no_year| unread("dataset.year", &year, "1900 to 2200"))?;
    Ok(MadeFor { name: shape.name, version: shape.version, year: read })
}

fn read_criterion(at: usize, shape: &CriterionShape) -> Result<RuleCriterion, RuleFileError> {
    let key = |name: &str| format!("criteria[{at}].{name}");
    let figure = |form: Form| {
        let column = shape.measure.clone().ok_or_else(|| RuleFileError::Missing { key: key("measure") })?;
        let direction = match shape.direction.as_deref() {
            None => Direction::Direct,
            Some(name) => {
                Direction::from_name(name).ok_or_else(|| unread(key("direction"), name, "direct, inverse"))?
            }
        };
        Ok(Measure::Figure { column, form, direction, base: shape.base.clone() })
    };
    let measure = match shape.form.as_deref() {
        Some(EQUAL) => {
            let others = [("measure", &shape.measure), ("direction", &shape.direction), ("base", &shape.base)];
            if let Some((other, _)) = others.into_iter().find(|(_, value)| value.is_some()) {
                return Err(together(&format!("{} = {EQUAL}", key("form")), &key(other)));
            }
            Measure::Equal
        }
        None => figure(Form::Count)?,
        Some(name) => figure(Form::from_name(name).ok_or_else(|| unread(key("form"), name, "count, rate, equal"))?)?,
    };
    if shape.criterion_id.is_empty() {
        return Err(RuleFileError::Missing { key: key("criterion_id") });
    }
    let weight = read_weight(key("weight_percent"), &shape.weight_percent)?;
    Ok(RuleCriterion { id: shape.criterion_id.clone(), measure, weight })
}
