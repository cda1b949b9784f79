//! A work as the cells of its row, and figures that stand in cells as texts.

use std::fmt::Display;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::budget::{Feasibility, Project, Scope};
use crate::money::parse::{NumberMarks, parse_minor};
use crate::money::{Currency, Money};

/// The columns of `projects.csv` that are read, each with what stands there; `None` is a blank cell. Amounts and days as a file
/// has them.
pub fn project_cells(project: &Project) -> Vec<(&'static str, Option<String>)> {
    let plain = |money: Option<Money>| money.map(Money::to_plain);
    vec![
        ("project_id", Some(project.id.clone())),
        ("fiscal_year", said(Some(project.round))),
        ("title", Some(project.title.clone())),
        ("section_id", project.section.clone()),
        ("neighbourhood_id", project.neighbourhood.clone()),
        ("scope", said(project.scope.map(Scope::name))),
        ("dimension_id", project.dimension.clone()),
        ("objective_id", project.objective.clone()),
        ("function_code", project.function.clone()),
        ("cofog_division", project.cofog.clone()),
        ("cui", project.code.clone()),
        ("status", project.status.clone()),
        ("status_date", said(project.status_date)),
        ("cost_estimate", plain(project.cost)),
        ("technical_design_cost", plain(project.technical_design_cost)),
        ("currency", said(Some(project.currency))),
        ("agreed_amount", plain(project.agreed)),
        ("agreed_on", said(project.agreed_on)),
        ("act_document_url", project.act_document_url.clone()),
        ("feasibility", said(project.feasibility.map(Feasibility::name))),
        ("votes", said(project.votes)),
        ("priority_rank", said(project.priority_rank)),
        ("beneficiaries", said(project.beneficiaries)),
        ("planned_end", said(project.planned_end)),
        ("actual_start", said(project.actual_start)),
        ("actual_end", said(project.actual_end)),
        ("physical_progress_percent", said(project.physical_progress_percent)),
        ("location", project.location.map(|point| format!("{}, {}", point.longitude, point.latitude))),
        ("source", project.source.clone()),
    ]
}

fn said(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// What a change of an amount says: an amount of the work's currency, where it is one.
pub fn change_money(text: &str, currency: Currency) -> Option<Money> {
    let minor = parse_minor(text, currency.exponent(), NumberMarks::default()).ok()?;
    Some(Money::new(minor, currency))
}

/// A percentage in thousandths of the whole, as bars are drawn.
pub fn per_thousand(percent: Decimal) -> Option<i64> {
    percent.checked_mul(Decimal::TEN)?.round().to_i64()
}
