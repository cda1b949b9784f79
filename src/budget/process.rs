//! A round of the participatory budget: its fund, its rule and what the rule gave each section.

use rust_decimal::Decimal;

use super::{Date, FiscalYear};
use crate::money::{Currency, Money};

/// A round: one year's process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// The year that names it.
    pub year: FiscalYear,
    /// Currency of its amounts.
    pub currency: Currency,
    /// The municipality's whole investment budget.
    pub investment_budget: Option<Money>,
    /// The part shared out by the participatory process.
    pub participatory_fund: Option<Money>,
    /// Money for district-wide works, in its own currency.
    pub district_reserve: Option<Money>,
    /// The share as it was published, in percent, kept beside the computed one.
    pub reported_share_percent: Option<Decimal>,
    /// The least share of a project's cost the community gives, in percent.
    pub community_match_percent: Option<Decimal>,
    /// Day the round was closed; `None` while it runs.
    pub closed_on: Option<Date>,
    /// Whether the package says when rounds close at all: without that, no round is called running.
    pub closing_is_published: bool,
    /// Where the record comes from.
    pub source: Option<String>,
}

impl Process {
    /// Whether the round was still running when the data were published.
    pub fn is_running(&self) -> bool {
        self.closing_is_published && self.closed_on.is_none()
    }
}

/// Whether more of a measure gives more money, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More of it, more money.
    Direct,
    /// More of it, less money.
    Inverse,
}

/// Whether a measure is taken as a number or as a part of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// So many people or households.
    Count,
    /// So many of all of them.
    Rate,
}

impl Direction {
    /// `direct` or `inverse`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Inverse => "inverse",
        }
    }

    /// The direction of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Direct, Self::Inverse].into_iter().find(|direction| direction.name() == name)
    }
}

impl Form {
    /// `count` or `rate`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Rate => "rate",
        }
    }

    /// The form of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Count, Self::Rate].into_iter().find(|form| form.name() == name)
    }
}

/// One criterion of a round's allocation rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// The round.
    pub year: FiscalYear,
    /// Code.
    pub id: String,
    /// Name in Spanish.
    pub label_es: String,
    /// Name in English; empty where none is published.
    pub label_en: String,
    /// The column of `section_figures.csv` it weighs.
    pub measure: String,
    /// As a number or as a part of its base.
    pub form: Form,
    /// Which way it pulls.
    pub direction: Direction,
    /// The column of `section_figures.csv` it is a part of, where one is named.
    pub base: Option<String>,
    /// Its weight, in percent; the weights of a round total 100.
    pub weight_percent: Decimal,
}

impl Criterion {
    /// Whether its measure is told as a part of a base, or by what it leaves of one.
    pub fn needs_base(&self) -> bool {
        self.form == Form::Rate || self.direction == Direction::Inverse
    }
}

/// What a section was given in a round, as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The round.
    pub year: FiscalYear,
    /// The section.
    pub section: String,
    /// The amount.
    pub amount: Money,
}
