//! What a round's fund is shared out by: all that its what-if page and `yupay allocate` compute from.

use std::hash::Hasher;

use twox_hash::XxHash64;

use crate::allocation::{Fund, Inputs, Rule, Scenario};
use crate::budget::{Allocation, FiscalYear, Section};
use crate::dataset::Package;
use crate::money::Currency;

/// A round with its figures, its rule and what was published of its result. Amounts are in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllotmentRound {
    /// The round.
    pub year: FiscalYear,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The sections in declared order, which decides between equal remainders.
    pub sections: Vec<Section>,
    /// Their figures.
    pub inputs: Inputs,
    /// The rule the round was decided by, where one is published.
    pub official: Option<Rule>,
    /// The fund, where it is published.
    pub fund_minor: Option<i64>,
    /// The investment budget the fund is a share of, where it is published.
    pub investment_minor: Option<i64>,
    /// What each section was given, as published, in the order of the sections.
    pub published: Vec<Option<i64>>,
    /// A short hash of everything above: a result is the same as long as this is.
    pub fingerprint: String,
}

/// A round of a package; `None` where the package has no such round, or no sections to share anything among.
pub fn allotment_round(package: &Package, year: FiscalYear) -> Option<AllotmentRound> {
    let process = package.processes.iter().find(|process| process.year == year)?;
    if package.sections.is_empty() {
        return None;
    }
    let published = |section: &Section| {
        let is_its = |allocation: &&Allocation| allocation.year == year && allocation.section == section.id;
        package.allocations.iter().find(is_its).map(|allocation| allocation.amount.minor)
    };
    let mut round = AllotmentRound {
        year,
        currency: process.currency,
        sections: package.sections.clone(),
        inputs: package.allocation_inputs(year),
        official: package.allocation_rule(year),
        fund_minor: process.participatory_fund.map(|fund| fund.minor),
        investment_minor: process.investment_budget.map(|budget| budget.minor),
        published: package.sections.iter().map(published).collect(),
        fingerprint: String::new(),
    };
    round.fingerprint = fingerprint(&round);
    Some(round)
}

/// The hash of a text in which every part stands with its length, so that no two rounds have one text.
fn fingerprint(round: &AllotmentRound) -> String {
    let number = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let mut parts = vec![round.year.to_string(), round.currency.to_string()];
    parts.extend([number(round.fund_minor), number(round.investment_minor)]);
    parts.extend(round.sections.iter().flat_map(|section| [section.id.clone(), section.name.clone()]));
    parts.extend(round.published.iter().copied().map(number));
    for (column, figures) in &round.inputs.columns {
        parts.push(column.clone());
        parts.extend(figures.iter().copied().map(number));
    }
    parts.extend(round.official.as_ref().map(|rule| {
        let (name, fund) = (String::new(), Fund::Amount(0));
        Scenario { name, fund, rule: rule.clone() }.to_text()
    }));
    let mut hash = XxHash64::with_seed(0);
    for part in parts {
        hash.write(format!("{}:{part}", part.len()).as_bytes());
    }
    format!("{:016x}", hash.finish())
}
