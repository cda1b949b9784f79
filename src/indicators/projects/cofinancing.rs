//! Who pays for a work, the part the community owes by the round's rule, and the cost against what is secured.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::budget::{Financing, Project};
use crate::dataset::Package;
use crate::money::{Money, ratio, try_sum};

/// The contributor that stands for the people of the place, in `financing.csv`.
const COMMUNITY: &str = "community";

/// The contributor that stands for the municipality, in `financing.csv`.
const MUNICIPALITY: &str = "municipality";

/// Who pays for a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cofinancing {
    /// Each contribution as published, the municipality's first, then as in the file.
    pub contributions: Vec<Contribution>,
    /// All of them together; `None` where there are none, or their sum cannot be held.
    pub total: Option<Money>,
    /// The part of the total that does not come from the municipality, in percent.
    pub others_percent: Option<Decimal>,
    /// What the round asks of the community; `None` where the round publishes no such rule.
    pub rule: Option<CommunityRule>,
    /// The cost against what is secured.
    pub secured: Secured,
}

/// One contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Place of its row in the package's financing.
    pub place: usize,
    /// Who.
    pub source: String,
    /// In which form: cash, labour, materials...
    pub form: Option<String>,
    /// How much.
    pub amount: Money,
    /// Its part of the total, in percent.
    pub share_percent: Option<Decimal>,
}

/// The least part of a work's whole cost that the community gives, and whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityRule {
    /// The least part, in percent of the whole cost.
    pub asked_percent: Decimal,
    /// What the community gives; `None` where no contribution of any kind is published.
    pub given: Option<Money>,
    /// Its part of the whole cost, in percent.
    pub given_percent: Option<Decimal>,
    /// What the part is taken of: the estimated cost, or the contributions' total where no cost is published.
    pub of: Option<Money>,
    /// Whether that is the estimated cost.
    pub is_of_cost: bool,
    /// Whether it is enough, to the last minor unit; `None` where that cannot be told.
    pub is_met: Option<bool>,
    /// What is lacking, where it is not enough.
    pub lacking: Option<Money>,
}

/// The cost of a work against the money secured for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// The estimated cost.
    pub cost: Option<Money>,
    /// What its contributions come to.
    pub secured: Option<Money>,
    /// Secured of every hundred of cost.
    pub coverage_percent: Option<Decimal>,
    /// Cost less what is secured: above zero a gap, below zero a surplus.
    pub gap: Option<Money>,
}

impl Cofinancing {
    /// Who pays for a project.
    pub fn of(package: &Package, project: &Project) -> Self {
        let own = package.financing.iter().enumerate().filter(|(_, one)| one.project == project.id);
        let (municipality, others): (Vec<_>, Vec<_>) = own.partition(|(_, one)| one.source == MUNICIPALITY);
        let own: Vec<(usize, &Financing)> = municipality.into_iter().chain(others).collect();
        let amounts = |is_taken: &dyn Fn(&str) -> bool| {
            let taken = own.iter().filter(|(_, one)| is_taken(&one.source)).map(|(_, one)| one.amount);
            try_sum(taken, project.currency).ok()
        };
        let total = if own.is_empty() { None } else { amounts(&|_| true) };
        let percent = |part: Option<Money>, whole: Option<Money>| ratio::percent(part?.minor, whole?.minor, 1);
        let contribution = |&(place, one): &(usize, &Financing)| Contribution {
            place,
            source: one.source.clone(),
            form: one.form.clone(),
            amount: one.amount,
            share_percent: percent(Some(one.amount), total),
        };
        let given = if own.is_empty() { None } else { amounts(&|source| source == COMMUNITY) };
        let gap = project.cost.zip(total).and_then(|(cost, secured)| cost.minor.checked_sub(secured.minor));
        Self {
            contributions: own.iter().map(contribution).collect(),
            total,
            others_percent: percent(amounts(&|source| source != MUNICIPALITY), total),
            rule: community_rule(package, project, given, total),
            secured: Secured {
                cost: project.cost,
                secured: total,
                coverage_percent: percent(total, project.cost),
                gap: gap.map(|minor| Money::new(minor, project.currency)),
            },
        }
    }
}

fn community_rule(
    package: &Package,
    project: &Project,
    given: Option<Money>,
    total: Option<Money>,
) -> Option<CommunityRule> {
    let process = package.processes.iter().find(|process| process.year == project.round)?;
    let asked_percent = process.community_match_percent?;
    let of = project.cost.or(total).filter(|whole| whole.minor > 0);
    let least = of.and_then(|whole| {
        let exact = Decimal::from(whole.minor).checked_mul(asked_percent)?.checked_div(Decimal::ONE_HUNDRED)?;
        i64::try_from(exact.round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity)).ok()
    });
    let both = given.zip(least);
    let lacking = both.and_then(|(given, least)| least.checked_sub(given.minor)).filter(|&minor| minor > 0);
    Some(CommunityRule {
        asked_percent,
        given,
        given_percent: given.zip(of).and_then(|(part, whole)| ratio::percent(part.minor, whole.minor, 1)),
        of,
        is_of_cost: project.cost.is_some_and(|cost| cost.minor > 0),
        is_met: both.map(|(given, least)| given.minor >= least),
        lacking: lacking.map(|minor| Money::new(minor, project.currency)),
    })
}
