//! What a rule gives each section, term by term.

use super::bounds::{Bounds, bounded};
use super::measure::Spread;
use super::quota::Quotas;
use super::weight::percent_of;
use super::{Bound, Floor, Inputs, Measured, Rule, RuleError, Share, Weight};

/// The largest fund, in minor units, above or below zero: a thousand times what any city shares out, and a ninth of what 64 bits hold.
pub const LARGEST_FUND_MINOR: i64 = 1_000_000_000_000_000_000;

/// What a rule makes of a fund. Set aside and sections' amounts total the fund exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocated {
    /// The fund, in minor units.
    pub fund_minor: i64,
    /// What is kept for works of the whole district, rounded half up.
    pub set_aside_minor: i64,
    /// The sections in declared order.
    pub sections: Vec<SectionShare>,
}

/// What a rule gives one section, in minor units.
///
/// The terms, `flat_floor_minor`, `bounds_minor` and `rounding_minor` total `amount_minor` exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionShare {
    /// The section's code.
    pub section: String,
    /// What it gets.
    pub amount_minor: i64,
    /// What each criterion brings, in the rule's order; criteria of weight 0 bring nothing and have no term.
    pub terms: Vec<Term>,
    /// The flat floor, which every section gets.
    pub flat_floor_minor: i64,
    /// What a minimum or a cap, of this section or of others, adds here or takes: the amount with them less the amount without.
    pub bounds_minor: i64,
    /// The bound it is held at, if any.
    pub bound: Option<Bound>,
    /// What rounding adds here or takes, so that amounts total the fund.
    pub rounding_minor: i64,
}

/// What one criterion brings to one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The criterion's code.
    pub criterion: String,
    /// Its weight.
    pub weight: Weight,
    /// What it counts here, as published.
    pub measured: Measured,
    /// This section's share of it.
    pub share: Share,
    /// Its weight of what is shared out by weight, times the share, rounded half up, in minor units.
    pub amount_minor: i64,
}

/// What a rule gives each section of a fund of `fund_minor` minor units (DOMAIN.md 3.1 and 3.2).
///
/// What is set aside is taken first, then flat floors. The rest is shared out by weight: a section's share is the sum of each
/// criterion's weight times its part of what that criterion counts in all sections. With a minimum or a cap, a section gets `level * share` but no
/// less than the one and no more than the other, at the one level at which all amounts total the pool. Amounts are rounded once, by largest
/// remainder, the earlier section first of two that are equal. A fund below zero (a correction) is shared out as its absolute value
/// and negated, floors and caps with it.
///
/// # Errors
/// [`RuleError`] with the place and the numbers.
///
/// ```
/// use yupay::allocation::{Floor, Inputs, Measure, Rule, RuleCriterion, Weight, allocate};
/// let equal = RuleCriterion { id: "equal".into(), measure: Measure::Equal, weight: Weight::WHOLE };
/// let rule = Rule { criteria: vec![equal], floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO };
/// let inputs = Inputs { sections: ["S1", "S2", "S3"].map(String::from).to_vec(), columns: vec![] };
/// let amounts = allocate(1000, &rule, &inputs).unwrap().sections.into_iter().map(|section| section.amount_minor);
/// assert_eq!(amounts.collect::<Vec<_>>(), [334, 333, 333]);
/// ```
pub fn allocate(fund_minor: i64, rule: &Rule, inputs: &Inputs) -> Result<Allocated, RuleError> {
    check_weights(rule, inputs)?;
    let split = Split::new(fund_minor, rule, inputs.sections.len())?;
    let weighing = rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO);
    let spreads = weighing.map(|criterion| Spread::read(criterion, inputs)).collect::<Result<Vec<_>, _>>()?;
    let quotas = Quotas::new(&spreads, inputs.sections.len());
    split.check_cap(&quotas)?;

    let all = quotas.group((0..inputs.sections.len()).collect());
    let by_weight = quotas.share_out(split.by_weight, &all);
    let is_bounded = split.bounds.minimum.is_some() || split.bounds.cap.is_some();
    let amounts = match is_bounded {
        true => bounded(&quotas, inputs.sections.len(), &split.bounds),
        false => by_weight.iter().map(|&amount| (split.bounds.base + amount, None)).collect(),
    };
    let sections = inputs.sections.iter().zip(by_weight.into_iter().zip(amounts)).enumerate();
    let sections = sections.map(|(at, (section, (by_weight, (amount, bound))))| {
        let terms = split.terms(&spreads, at);
        let by_terms: i64 = terms.iter().map(|term| term.amount_minor).sum();
        let unbounded = split.signed(split.bounds.base + by_weight);
        SectionShare {
            section: section.clone(),
            amount_minor: split.signed(amount),
            terms,
            flat_floor_minor: split.signed(split.bounds.base),
            bounds_minor: split.signed(amount) - unbounded,
            bound,
            rounding_minor: split.signed(by_weight) - by_terms,
        }
    });
    Ok(Allocated { fund_minor, set_aside_minor: split.signed(split.set_aside), sections: sections.collect() })
}

fn check_weights(rule: &Rule, inputs: &Inputs) -> Result<(), RuleError> {
    if inputs.sections.is_empty() {
        return Err(RuleError::NoSections);
    }
    if rule.criteria.is_empty() {
        return Err(RuleError::NoCriteria);
    }
    for (at, criterion) in rule.criteria.iter().enumerate() {
        if rule.criteria.iter().take(at).any(|earlier| earlier.id == criterion.id) {
            return Err(RuleError::CriterionTwice { criterion: criterion.id.clone() });
        }
    }
    let total = rule.criteria.iter().map(|criterion| u32::from(criterion.weight.hundredths())).sum();
    if total != u32::from(Weight::WHOLE.hundredths()) {
        return Err(RuleError::WeightsTotal { total: percent_of(total) });
    }
    Ok(())
}

/// What becomes of a fund before anything is weighed, in minor units above zero.
struct Split {
    is_negative: bool,
    set_aside: u64,
    /// What is shared out by weight where no minimum and no cap holds anybody.
    by_weight: u64,
    bounds: Bounds,
}

impl Split {
    fn new(fund_minor: i64, rule: &Rule, sections: usize) -> Result<Self, RuleError> {
        let size = fund_minor.unsigned_abs();
        if size > LARGEST_FUND_MINOR.unsigned_abs() {
            return Err(RuleError::FundTooLarge { fund_minor, most_minor: LARGEST_FUND_MINOR });
        }
        let whole = u128::from(Weight::WHOLE.hundredths());
        let set_aside = (u128::from(size) * u128::from(rule.set_aside.hundredths()) + whole / 2) / whole;
        let set_aside = u64::try_from(set_aside).unwrap_or(size);
        let pool = size - set_aside;
        let cap = rule.cap_minor.map(above_zero).transpose();
        let cap = cap.map_err(|cap_minor| RuleError::CapNegative { cap_minor })?;
        let floor_minor = match rule.floor {
            Floor::None => 0,
            Floor::Flat(floor) | Floor::Minimum(floor) => floor,
        };
        let floor = above_zero(floor_minor).map_err(|floor_minor| RuleError::FloorNegative { floor_minor })?;
        let of_all = u128::from(floor) * sections as u128;
        let Some(by_weight) = u64::try_from(of_all).ok().and_then(|of_all| pool.checked_sub(of_all)) else {
            return Err(RuleError::FloorAbovePool { floor_minor, sections, pool_minor: minor(pool) });
        };
        if let Some(cap_minor) = rule.cap_minor.filter(|&cap| floor_minor > cap) {
            return Err(RuleError::FloorAboveCap { floor_minor, cap_minor });
        }
        let is_minimum = matches!(rule.floor, Floor::Minimum(_));
        let (base, minimum) = if is_minimum { (0, Some(floor)) } else { (floor, None) };
        let by_weight = if is_minimum { pool } else { by_weight };
        Ok(Self { is_negative: fund_minor < 0, set_aside, by_weight, bounds: Bounds { pool, base, minimum, cap } })
    }

    /// Refuses a cap that leaves money which nobody may take.
    fn check_cap(&self, quotas: &Quotas<'_>) -> Result<(), RuleError> {
        let Some(cap) = self.bounds.cap else { return Ok(()) };
        let (shares, without) = quotas.count_positive();
        let least = u128::from(self.bounds.base.max(self.bounds.minimum.unwrap_or_default()));
        let takes = u128::from(cap) * shares as u128 + least * without as u128;
        match u64::try_from(takes) {
            Ok(takes) if takes < self.bounds.pool => Err(RuleError::CapBelowPool {
                cap_minor: minor(cap),
                takes_minor: minor(takes),
                pool_minor: minor(self.bounds.pool),
            }),
            _ => Ok(()),
        }
    }

    fn terms(&self, spreads: &[Spread], section: usize) -> Vec<Term> {
        let terms = spreads.iter().filter_map(|spread| {
            let (part, measured) = spread.parts.get(section).zip(spread.measured.get(section))?;
            let weighed = [self.by_weight, u64::from(spread.weight.hundredths()), part.numerator];
            let amount =
                spread.total.divide_half_up(&weighed, &[u64::from(Weight::WHOLE.hundredths()), part.denominator]);
            Some(Term {
                criterion: spread.criterion.clone(),
                weight: spread.weight,
                measured: *measured,
                share: Share::new(*part, &spread.total),
                amount_minor: self.signed(u64::try_from(amount).unwrap_or_default()),
            })
        });
        terms.collect()
    }

    /// An amount with the fund's sign.
    fn signed(&self, amount: u64) -> i64 {
        if self.is_negative { -minor(amount) } else { minor(amount) }
    }
}

/// No amount is larger than the fund, which 64 bits hold with their sign.
fn minor(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

fn above_zero(minor: i64) -> Result<u64, i64> {
    u64::try_from(minor).map_err(|_below_zero| minor)
}
