//! What a scenario gives each section, beside the official result, the equal one, and the need (DOMAIN.md sections 3 and 4).

use rust_decimal::Decimal;

use super::AllotmentRound;
use crate::allocation::{
    Allocated, Bound, Fund, LARGEST_FUND_MINOR, Preset, RuleError, Scenario, SectionShare, Weight, allocate, presets,
};
use crate::money::{Currency, Money, ratio};

/// The column of the section figures that counts people in need.
pub const NEED: &str = "people_without_basic_services";

/// The column that counts everybody.
pub const PEOPLE: &str = "population";

/// What a round gives by its official rule, and what scenarios are set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The official rule on the official fund, recomputed; why not, where it cannot be; `None` without a rule or a fund.
    pub recomputed: Option<Result<Allocated, RuleError>>,
    /// The official amounts: as published where every section's is, else as recomputed; by section.
    pub official: Vec<Option<i64>>,
    /// Whether they are the published ones.
    pub is_published: bool,
    /// Sections whose published amount is not the recomputed one: place, published, recomputed.
    pub differing: Vec<(usize, i64, i64)>,
    /// Sections with a published amount that was compared.
    pub compared: usize,
}

/// How much more or less, in minor units and in percent of what it is compared with (one decimal, half up); no percent of
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// This less the other.
    pub money: Money,
    /// In percent of the other.
    pub percent: Option<Decimal>,
}

/// One section under a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionOutcome {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What the scenario gives it.
    pub amount: Money,
    /// The same for each inhabitant; `None` where they are not published.
    pub per_person: Option<Money>,
    /// What it is given officially.
    pub official: Option<Money>,
    /// The scenario's amount less the official one.
    pub from_official: Option<Difference>,
    /// The scenario's amount less what it would get if everybody counted the same.
    pub from_equal: Option<Difference>,
    /// Where the amount comes from.
    pub share: SectionShare,
}

/// A scenario's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Currency of every amount.
    pub currency: Currency,
    /// The whole fund.
    pub fund: Money,
    /// Set aside for works of the whole district.
    pub set_aside: Money,
    /// By section, in declared order.
    pub sections: Vec<SectionOutcome>,
    /// Whether a floor or a cap holds somewhere.
    pub is_bounded: bool,
    /// What the sections get together.
    pub total: Money,
    /// That less the official total.
    pub total_from_official: Option<Difference>,
    /// The money of those in need, in one sentence's figures; `None` where the need is not published.
    pub need: Option<NeedReading>,
}

/// How much of the money goes where the need is: figures of one sentence. Percentages have two decimals, half up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedReading {
    /// The worst served half of the sections (the lesser half of an odd number), by the share of their people in need,
    /// worst first, as places in the list of sections.
    pub worst: Vec<usize>,
    /// Their share of all people in need.
    pub need_percent: Decimal,
    /// Their share of the official amounts.
    pub official_percent: Option<Decimal>,
    /// Their share of the scenario's amounts.
    pub scenario_percent: Decimal,
    /// By section: its share of all in need, of the official amounts, and of the scenario's.
    pub points: Vec<NeedPoint>,
}

/// One section's need against its money: shares of the district's totals, in percent with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedPoint {
    /// Of all people in need.
    pub need_percent: Decimal,
    /// Of the official amounts.
    pub official_percent: Option<Decimal>,
    /// Of the scenario's amounts.
    pub scenario_percent: Decimal,
}

/// What a round's scenarios are set against.
pub fn baseline(round: &AllotmentRound) -> Baseline {
    let recomputed =
        round.official.as_ref().zip(round.fund_minor).map(|(rule, fund)| allocate(fund, rule, &round.inputs));
    let amounts: Option<Vec<i64>> = recomputed
        .as_ref()
        .and_then(|result| result.as_ref().ok())
        .map(|allocated| allocated.sections.iter().map(|share| share.amount_minor).collect());
    let is_published = !round.published.is_empty() && round.published.iter().all(Option::is_some);
    let computed = |place: usize| amounts.as_ref().and_then(|amounts| amounts.get(place)).copied();
    let mut differing = Vec::new();
    let mut compared = 0;
    for (place, published) in round.published.iter().enumerate() {
        let Some((published, computed)) = published.zip(computed(place)) else { continue };
        compared += 1;
        if published != computed {
            differing.push((place, published, computed));
        }
    }
    let official = match is_published {
        true => round.published.clone(),
        false => (0..round.sections.len()).map(computed).collect(),
    };
    Baseline { recomputed, official, is_published, differing, compared }
}

/// What a scenario gives.
///
/// # Errors
/// Why it gives nothing: a fund too large, or [`RuleError`].
pub fn outcome(round: &AllotmentRound, baseline: &Baseline, scenario: &Scenario) -> Result<Outcome, RuleError> {
    let allocated = allocate(scenario.fund.minor(), &scenario.rule, &round.inputs)?;
    let equal = per_person_amounts(round, &allocated);
    let money = |minor: i64| Money::new(minor, round.currency);
    let people = column(round, PEOPLE);
    let mut sections = Vec::with_capacity(allocated.sections.len());
    for (place, share) in allocated.sections.iter().enumerate() {
        let official = baseline.official.get(place).copied().flatten();
        let head_count = people.get(place).copied().flatten();
        let per_person = head_count.and_then(|people| ratio::per_head(share.amount_minor, people));
        let equal = equal.as_ref().and_then(|amounts| amounts.get(place)).copied();
        sections.push(SectionOutcome {
            id: share.section.clone(),
            name: round.sections.get(place).map(|section| section.name.clone()).unwrap_or_default(),
            amount: money(share.amount_minor),
            per_person: per_person.map(money),
            official: official.map(money),
            from_official: official.and_then(|official| difference(share.amount_minor, official, round.currency)),
            from_equal: equal.and_then(|equal| difference(share.amount_minor, equal, round.currency)),
            share: share.clone(),
        });
    }
    let too_large = RuleError::FundTooLarge { fund_minor: allocated.fund_minor, most_minor: LARGEST_FUND_MINOR };
    let total = allocated.fund_minor.checked_sub(allocated.set_aside_minor).ok_or(too_large)?;
    let official = baseline.official_total();
    Ok(Outcome {
        currency: round.currency,
        fund: money(allocated.fund_minor),
        set_aside: money(allocated.set_aside_minor),
        is_bounded: sections.iter().any(|section| section.share.bound.is_some()),
        need: need_reading(round, baseline, &allocated),
        total: money(total),
        total_from_official: official.and_then(|official| difference(total, official, round.currency)),
        sections,
    })
}

/// A part of a whole that has parts of its own for every section: what the table's stack of a section is made of.
impl SectionOutcome {
    /// The parts of the amount, in the order they are stacked: each criterion, then what floors and caps add or take, then
    /// the rounding. They add up to the amount.
    pub fn parts_minor(&self) -> Vec<i64> {
        let share = &self.share;
        let terms = share.terms.iter().map(|term| term.amount_minor);
        terms.chain([share.flat_floor_minor, share.bounds_minor, share.rounding_minor]).collect()
    }

    /// More or less than the official amount, in minor units; nothing of what has none.
    fn change_minor(&self) -> i64 {
        self.from_official.map_or(0, |difference| difference.money.minor)
    }

    /// The limit that holds here.
    pub fn bound(&self) -> Option<Bound> {
        self.share.bound
    }
}

impl Outcome {
    /// What a criterion of this weight shares out among all sections, rounded half up: its weight of the sections' money after
    /// flat floors. `None` where it does not fit.
    pub fn pot(&self, weight: Weight) -> Option<Money> {
        let flat =
            self.sections.iter().try_fold(0i64, |sum, section| sum.checked_add(section.share.flat_floor_minor))?;
        let pot = Fund::ShareOf { investment_minor: self.total.minor.checked_sub(flat)?, share: weight }.minor();
        Some(Money::new(pot, self.currency))
    }

    /// What a criterion counts in all sections together; `None` where it does not fit, or is a rate, which nobody adds up.
    pub fn counted_in_all(&self, criterion: &str) -> Option<i64> {
        let counted = |section: &SectionOutcome| {
            let term = section.share.terms.iter().find(|term| term.criterion == criterion)?;
            Some(term.measured.counted)
        };
        self.sections.iter().try_fold(0i64, |sum, section| sum.checked_add(counted(section)?))
    }

    /// What every part is in all sections together, in the order of [`SectionOutcome::parts_minor`]; `None` where it does not fit.
    pub fn parts_in_all_minor(&self) -> Option<Vec<i64>> {
        let parts: Vec<Vec<i64>> = self.sections.iter().map(SectionOutcome::parts_minor).collect();
        let count = parts.first().map_or(0, Vec::len);
        let whole = |at: usize| parts.iter().try_fold(0i64, |sum, parts| sum.checked_add(*parts.get(at)?));
        (0..count).map(whole).collect()
    }

    /// The section that gains most against the official amounts, the first of those alike; nothing where none gains.
    pub fn gains_most(&self) -> Option<&SectionOutcome> {
        self.sections.iter().rev().max_by_key(|section| section.change_minor()).filter(|most| most.change_minor() > 0)
    }

    /// The section that loses most against them, the first of those alike; nothing where none loses.
    pub fn loses_most(&self) -> Option<&SectionOutcome> {
        self.sections.iter().min_by_key(|section| section.change_minor()).filter(|least| least.change_minor() < 0)
    }
}

impl Baseline {
    /// The official amounts together, in minor units; `None` while one is missing.
    pub fn official_total(&self) -> Option<i64> {
        self.official.iter().try_fold(0i64, |sum, amount| sum.checked_add((*amount)?))
    }
}

/// What each section would get of the same pool if everybody counted the same.
fn per_person_amounts(round: &AllotmentRound, allocated: &Allocated) -> Option<Vec<i64>> {
    let pool = allocated.fund_minor.checked_sub(allocated.set_aside_minor)?;
    let (_, rule) = presets(None, &round.inputs).into_iter().find(|(preset, _)| *preset == Preset::PerPerson)?;
    let allocated = allocate(pool, &rule, &round.inputs).ok()?;
    Some(allocated.sections.iter().map(|share| share.amount_minor).collect())
}

fn difference(this: i64, other: i64, currency: Currency) -> Option<Difference> {
    let minor = this.checked_sub(other)?;
    Some(Difference { money: Money::new(minor, currency), percent: ratio::percent(minor, other, 1) })
}

fn column(round: &AllotmentRound, name: &str) -> Vec<Option<i64>> {
    let found = round.inputs.columns.iter().find(|(column, _)| column == name);
    found.map(|(_, figures)| figures.clone()).unwrap_or_default()
}

/// The places of the worst served sections: more people in need for each inhabitant comes first, the earlier of two alike.
fn worst_served(need: &[i64], people: &[i64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..need.len()).collect();
    let at = |figures: &[i64], place: usize| i128::from(figures.get(place).copied().unwrap_or_default());
    // Compared as fractions, crosswise: nothing is rounded.
    places.sort_by(|&one, &other| (at(need, other) * at(people, one)).cmp(&(at(need, one) * at(people, other))));
    places.truncate(need.len() / 2);
    places
}

fn need_reading(round: &AllotmentRound, baseline: &Baseline, allocated: &Allocated) -> Option<NeedReading> {
    let need: Vec<i64> = column(round, NEED).into_iter().collect::<Option<_>>()?;
    let people: Vec<i64> = column(round, PEOPLE).into_iter().collect::<Option<_>>()?;
    if need.len() < 2 || people.len() != need.len() || people.contains(&0) {
        return None;
    }
    let scenario: Vec<i64> = allocated.sections.iter().map(|share| share.amount_minor).collect();
    let official: Option<Vec<i64>> = baseline.official.iter().copied().collect();
    let worst = worst_served(&need, &people);
    let everywhere: Vec<usize> = (0..need.len()).collect();
    let sum = |figures: &[i64], places: &[usize]| {
        places.iter().try_fold(0i64, |sum, &place| sum.checked_add(figures.get(place).copied()?))
    };
    let share =
        |figures: &[i64], places: &[usize]| ratio::percent(sum(figures, places)?, sum(figures, &everywhere)?, 2);
    let point = |place: usize| {
        let official = official.as_ref().and_then(|official| share(official, &[place]));
        let (need, scenario) = (share(&need, &[place])?, share(&scenario, &[place])?);
        Some(NeedPoint { need_percent: need, official_percent: official, scenario_percent: scenario })
    };
    Some(NeedReading {
        need_percent: share(&need, &worst)?,
        official_percent: official.as_ref().and_then(|official| share(official, &worst)),
        scenario_percent: share(&scenario, &worst)?,
        points: (0..need.len()).map(point).collect::<Option<_>>()?,
        worst,
    })
}

/// The share of the investment budget that makes up the fund, where two decimals of it give the fund to the minor unit.
pub fn participatory_share(round: &AllotmentRound) -> Option<Weight> {
    let (fund, investment_minor) = (round.fund_minor?, round.investment_minor?);
    let share = Weight::from_percent(ratio::percent(fund, investment_minor, 2)?).ok()?;
    (Fund::ShareOf { investment_minor, share }.minor() == fund).then_some(share)
}

/// A result as CSV (RFC 4180): a row a section, and one for what is set aside. Amounts are plain decimals; the parts of an
/// amount, one a column, add up to it; `official` is what the official rule gives of the official fund. A text that a spreadsheet would take for a formula stands behind an apostrophe.
pub fn allotment_csv(outcome: &Outcome, round: &AllotmentRound, baseline: &Baseline) -> String {
    let by_rule = baseline.recomputed.as_ref().and_then(|recomputed| recomputed.as_ref().ok());
    let mut csv = String::from("section_id,section_label,currency,amount,per_person,official,published");
    let criteria = outcome.sections.first().map(|section| section.share.terms.as_slice()).unwrap_or_default();
    criteria.iter().for_each(|term| csv.extend([",", &cell(&format!("from_{}", term.criterion))]));
    csv.push_str(",flat_floor,bounds,rounding\n");
    let plain = |minor: i64| Money::new(minor, outcome.currency).to_plain();
    let currency = outcome.currency.to_string();
    for (place, section) in outcome.sections.iter().enumerate() {
        let optional = |money: Option<Money>| money.map(Money::to_plain).unwrap_or_default();
        let share = &section.share;
        let mut cells = vec![cell(&section.id), cell(&section.name), currency.clone(), section.amount.to_plain()];
        let official = by_rule.and_then(|allocated| allocated.sections.get(place)).map(|share| share.amount_minor);
        let published = round.published.get(place).copied().flatten();
        let [official, published] = [official, published].map(|minor| minor.map(plain).unwrap_or_default());
        cells.extend([optional(section.per_person), official, published]);
        cells.extend(share.terms.iter().map(|term| plain(term.amount_minor)));
        cells.extend([share.flat_floor_minor, share.bounds_minor, share.rounding_minor].map(plain));
        csv.push_str(&cells.join(","));
        csv.push('\n');
    }
    if outcome.set_aside.minor != 0 {
        let blanks = ",".repeat(criteria.len() + 6);
        csv.push_str(&format!("district,,{currency},{}{blanks}\n", outcome.set_aside.to_plain()));
    }
    csv
}

fn cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}
