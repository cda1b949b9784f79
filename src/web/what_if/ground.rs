//! The round on screen, with all that its scenarios are set against.

use crate::allocation::{Floor, Fund, Preset, Rule, Scenario, Weight, is_same_rule, presets};
use crate::budget::FiscalYear;
use crate::dataset::Package;
use crate::indicators::{AllotmentRound, Baseline, YearChoice, allotment_round, baseline, participatory_share};
use crate::money::Money;
use crate::web::site::Site;

/// A round with what its scenarios are set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ground {
    pub round: AllotmentRound,
    pub baseline: Baseline,
    /// The presets its figures allow, by name, first the official rule.
    pub presets: Vec<(&'static str, Rule)>,
}

impl Ground {
    /// The preset that gives what a rule gives.
    pub fn preset_of(&self, rule: &Rule) -> Option<&'static str> {
        self.presets.iter().find(|(_, preset)| is_same_rule(preset, rule)).map(|(name, _)| *name)
    }

    /// The official amounts together.
    pub fn official_total(&self) -> Option<Money> {
        self.baseline.official_total().map(|minor| Money::new(minor, self.round.currency))
    }
}

/// The scenario a round opens with: the official rule and fund, or equal parts where there is no rule. It has no name of its
/// own, so that each language calls it in its own words.
pub(super) fn official_scenario(round: &AllotmentRound) -> Scenario {
    let rule = round.official.clone().unwrap_or_else(|| equal(round));
    let share = participatory_share(round);
    let fund = match (round.fund_minor, round.investment_minor.zip(share)) {
        (_, Some((investment_minor, share))) => Fund::ShareOf { investment_minor, share },
        (fund, None) => Fund::Amount(fund.unwrap_or_default()),
    };
    Scenario { name: String::new(), fund, rule }
}

fn equal(round: &AllotmentRound) -> Rule {
    let equal = presets(None, &round.inputs).into_iter().find(|(preset, _)| *preset == Preset::Equal);
    let none = Rule { criteria: Vec::new(), floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO };
    equal.map_or(none, |(_, rule)| rule)
}

/// The round of the address: the one it names, or the one the package opens with.
pub(super) fn ground_of(package: &Package, site: Site) -> Option<Ground> {
    let selection = site.address_now().selection;
    let named = match &selection.year {
        YearChoice::One(year) => Some(year.clone()),
        _ => package.opening_round().map(str::to_owned),
    };
    let of = |year: &str| allotment_round(package, year.parse::<FiscalYear>().ok()?);
    let latest = || package.processes.iter().rev().find_map(|process| allotment_round(package, process.year));
    let round = named.and_then(|year| of(&year)).or_else(latest)?;
    let baseline = baseline(&round);
    let presets = presets(round.official.as_ref(), &round.inputs);
    let presets = presets.into_iter().map(|(preset, rule)| (preset.name(), rule)).collect();
    Some(Ground { round, baseline, presets })
}
