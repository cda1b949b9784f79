//! A scenario as one short text, for a link; it can be read and typed by hand.
//!
//! ```text
//! f:200000000;c:population,30;c:needs=people_without_basic_services,70,rate,inverse,of=population;min:5000000;n:Need first
//! ```
//!
//! Fields stand between `;`, each once but for criteria; amounts are in minor units, weights in percent:
//! `f:AMOUNT` or `f:INVESTMENT*PERCENT` · `c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]` · `e:ID,PERCENT`, every section alike ·
//! `flat:AMOUNT` or `min:AMOUNT` · `cap:AMOUNT` · `aside:PERCENT` · `n:NAME`, last, with anything in it. In codes and columns, `~` and two
//! hexadecimal digits stand for a character that is no letter or digit, such as `~2C` for a comma.

use std::fmt::Write as _;
use std::str::FromStr;

use thiserror::Error;

use super::{Fund, Scenario};
use crate::allocation::{Direction, Floor, Form, Measure, Rule, RuleCriterion, Weight};
use crate::money::parse::{NumberMarks, parse_integer};

/// The longest text that is read, in bytes.
const LONGEST: usize = 8_000;
/// The longest name that is read, in characters.
const LONGEST_NAME: usize = 200;
/// The most criteria that are read.
const MOST_CRITERIA: usize = 50;

/// Why a text is no scenario.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// Longer than any scenario, or with more criteria.
    #[error("{what} is too long: {most} at most")]
    TooLong {
        /// What is: `text` (bytes), `n` (characters), `c` (criteria).
        what: &'static str,
        /// The most there may be.
        most: usize,
    },
    /// A field that is none.
    #[error("{read:?} is no field of a scenario: f:, c:, e:, flat:, min:, cap:, aside: or n:")]
    UnknownField {
        /// What was read.
        read: String,
    },
    /// A field that may stand once stands twice; a flat floor and a minimum are one field.
    #[error("{field} stands twice")]
    Twice {
        /// The field.
        field: &'static str,
    },
    /// Nothing says what is shared out.
    #[error("the fund is missing: f:AMOUNT")]
    FundMissing,
    /// A field whose value cannot be read.
    #[error("{field}:{read} cannot be read: {field}:{expected}")]
    Unread {
        /// The field.
        field: &'static str,
        /// Its value as read.
        read: String,
        /// How it is written.
        expected: &'static str,
    },
}

const AMOUNT: &str = "AMOUNT";
const FUND: &str = "AMOUNT or INVESTMENT*PERCENT";
const CRITERION: &str = "[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]";
const EQUAL: &str = "ID,PERCENT";

impl Scenario {
    /// As one text, which [`FromStr`] reads back.
    pub fn to_text(&self) -> String {
        let mut text = match self.fund {
            Fund::Amount(minor) => format!("f:{minor}"),
            Fund::ShareOf { investment_minor, share } => format!("f:{investment_minor}*{share}"),
        };
        let mut put = |field: String| {
            text.push(';');
            text.push_str(&field);
        };
        self.rule.criteria.iter().for_each(|criterion| put(criterion_text(criterion)));
        match self.rule.floor {
            Floor::None => {}
            Floor::Flat(minor) => put(format!("flat:{minor}")),
            Floor::Minimum(minor) => put(format!("min:{minor}")),
        }
        if let Some(minor) = self.rule.cap_minor {
            put(format!("cap:{minor}"));
        }
        if self.rule.set_aside > Weight::ZERO {
            put(format!("aside:{}", self.rule.set_aside));
        }
        if !self.name.is_empty() {
            put(format!("n:{}", self.name));
        }
        text
    }
}

fn criterion_text(criterion: &RuleCriterion) -> String {
    let id = escaped(&criterion.id);
    let Measure::Figure { column, form, direction, base } = &criterion.measure else {
        return format!("e:{id},{}", criterion.weight);
    };
    let column = escaped(column);
    let named = if id == column { column } else { format!("{id}={column}") };
    let mut text = format!("c:{named},{}", criterion.weight);
    if *form == Form::Rate {
        text.push_str(",rate");
    }
    if *direction == Direction::Inverse {
        text.push_str(",inverse");
    }
    if let Some(base) = base {
        text.push_str(",of=");
        text.push_str(&escaped(base));
    }
    text
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > LONGEST {
            return Err(ScenarioError::TooLong { what: "text", most: LONGEST });
        }
        // A name may hold anything, other fields too.
        let (fields, name) = match text.split_once(";n:") {
            Some((fields, name)) => (fields, name),
            None => (text, ""),
        };
        if name.chars().count() > LONGEST_NAME {
            return Err(ScenarioError::TooLong { what: "n", most: LONGEST_NAME });
        }
        let mut fund = None;
        let mut cap_minor = None;
        let mut set_aside = None;
        let mut floor = None;
        let mut criteria = Vec::new();
        for field in fields.split(';') {
            let (key, value) = field.split_once(':').unwrap_or((field, ""));
            match key {
                "f" => once("f", &mut fund, read_fund(value)?)?,
                "c" => criteria.push(read_criterion(value)?),
                "e" => criteria.push(read_equal(value)?),
                "flat" => once("flat", &mut floor, Floor::Flat(amount("flat", value)?))?,
                "min" => once("min", &mut floor, Floor::Minimum(amount("min", value)?))?,
                "cap" => once("cap", &mut cap_minor, amount("cap", value)?)?,
                "aside" => once("aside", &mut set_aside, weight("aside", value, value, "PERCENT")?)?,
                _ => return Err(ScenarioError::UnknownField { read: short(field) }),
            }
            if criteria.len() > MOST_CRITERIA {
                return Err(ScenarioError::TooLong { what: "c", most: MOST_CRITERIA });
            }
        }
        let rule = Rule {
            criteria,
            floor: floor.unwrap_or(Floor::None),
            cap_minor,
            set_aside: set_aside.unwrap_or(Weight::ZERO),
        };
        Ok(Self { name: name.to_owned(), fund: fund.ok_or(ScenarioError::FundMissing)?, rule })
    }
}

fn once<T>(field: &'static str, place: &mut Option<T>, value: T) -> Result<(), ScenarioError> {
    if place.replace(value).is_some() {
        return Err(ScenarioError::Twice { field });
    }
    Ok(())
}

fn unread(field: &'static str, value: &str, expected: &'static str) -> ScenarioError {
    ScenarioError::Unread { field, read: short(value), expected }
}

/// What was read, cut to a length that a message can hold.
fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn amount(field: &'static str, value: &str) -> Result<i64, ScenarioError> {
    parse_integer(value, NumberMarks::default()).map_err(|_not_whole| unread(field, value, AMOUNT))
}

fn weight(field: &'static str, part: &str, value: &str, expected: &'static str) -> Result<Weight, ScenarioError> {
    part.parse().map_err(|_not_a_weight| unread(field, value, expected))
}

fn read_fund(value: &str) -> Result<Fund, ScenarioError> {
    let whole = |text| parse_integer(text, NumberMarks::default()).map_err(|_not_whole| unread("f", value, FUND));
    match value.split_once('*') {
        None => whole(value).map(Fund::Amount),
        Some((investment, share)) => {
            Ok(Fund::ShareOf { investment_minor: whole(investment)?, share: weight("f", share, value, FUND)? })
        }
    }
}

fn read_equal(value: &str) -> Result<RuleCriterion, ScenarioError> {
    let wrong = || unread("e", value, EQUAL);
    let (id, percent) = value.split_once(',').ok_or_else(wrong)?;
    let id = unescaped(id).ok_or_else(wrong)?;
    Ok(RuleCriterion { id, measure: Measure::Equal, weight: weight("e", percent, value, EQUAL)? })
}

fn read_criterion(value: &str) -> Result<RuleCriterion, ScenarioError> {
    let wrong = || unread("c", value, CRITERION);
    let mut parts = value.split(',');
    let (named, percent) = parts.next().zip(parts.next()).ok_or_else(wrong)?;
    let (id, column) = named.split_once('=').unwrap_or((named, named));
    let weight = weight("c", percent, value, CRITERION)?;
    let mut rest = parts.peekable();
    let form = rest.next_if_eq(&"rate").map_or(Form::Count, |_| Form::Rate);
    let direction = rest.next_if_eq(&"inverse").map_or(Direction::Direct, |_| Direction::Inverse);
    let base = match rest.next() {
        None => None,
        Some(last) => Some(last.strip_prefix("of=").and_then(unescaped).ok_or_else(wrong)?),
    };
    if rest.next().is_some() {
        return Err(wrong());
    }
    let (id, column) = unescaped(id).zip(unescaped(column)).ok_or_else(wrong)?;
    Ok(RuleCriterion { id, measure: Measure::Figure { column, form, direction, base }, weight })
}

/// Whether a character of a code or column stands for itself.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') || !c.is_ascii()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if is_plain(c) {
            out.push(c);
        } else {
            // Writing to a String cannot fail.
            let _infallible = write!(out, "~{:02X}", u32::from(c));
        }
        out
    })
}

/// A code or column as it was before [`escaped`]; `None` where it is empty or not written so.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '~' {
            let code = chars.next()?.to_digit(16)? * 16 + chars.next()?.to_digit(16)?;
            out.push(char::from_u32(code).filter(char::is_ascii)?);
        } else {
            out.push(Some(c).filter(|&c| is_plain(c))?);
        }
    }
    (!out.is_empty()).then_some(out)
}
