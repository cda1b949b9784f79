//! A sum of normalised shares: each criterion gives its weight of the fund in proportion to its measure.

use rust_decimal::Decimal;
use thiserror::Error;

use super::{ApportionError, apportion};

/// One criterion with its measure for every section, in section order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInput {
    /// Criterion's code, for messages.
    pub criterion: String,
    /// Weight in percent.
    pub weight_percent: Decimal,
    /// The measure in each section; `None` where it is not published.
    pub measures: Vec<Option<i64>>,
}

/// Why a rule gives no amounts.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleError {
    /// The weights do not total 100.
    #[error("weights total {total} and not 100")]
    WeightsTotal {
        /// What they total.
        total: Decimal,
    },
    /// A section has no figure, so no share exists. Blank is never read as zero.
    #[error("criterion {criterion} has no figure for section {position}")]
    MissingMeasure {
        /// The criterion.
        criterion: String,
        /// The section, counted from zero in section order.
        position: usize,
    },
    /// A measure is zero everywhere, or negative somewhere.
    #[error("criterion {criterion} has no positive total")]
    NoTotal {
        /// The criterion.
        criterion: String,
    },
    /// The exact arithmetic does not fit, or nobody is left to share with.
    #[error(transparent)]
    Apportion(#[from] ApportionError),
}

/// What a rule gives each section of a fund of `fund_minor` minor units (DOMAIN.md 3.1):
/// `share_i = sum_k w_k * x_ik / sum_j x_jk`, apportioned by largest remainder.
///
/// # Errors
/// [`RuleError`] saying which figure is missing or which total is off.
pub fn allocate(fund_minor: i64, criteria: &[RuleInput]) -> Result<Vec<i64>, RuleError> {
    let weights = criteria.iter().map(|criterion| criterion.weight_percent);
    let total = weights.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add).ok_or(ApportionError::Overflow)?;
    if total != Decimal::ONE_HUNDRED {
        return Err(RuleError::WeightsTotal { total });
    }
    let sections = criteria.iter().map(|criterion| criterion.measures.len()).max().unwrap_or_default();
    let mut shares = vec![0i128; sections];
    let mut denominator = 1i128;
    // Shares are kept over one common denominator, so that nothing is rounded before the last step.
    for criterion in criteria {
        let measures = complete(criterion, sections)?;
        let measured: i128 = measures.iter().sum();
        let weight = scaled(criterion.weight_percent).ok_or(ApportionError::Overflow)?;
        for (share, measure) in shares.iter_mut().zip(&measures) {
            let kept = share.checked_mul(measured);
            let added = weight.checked_mul(*measure).and_then(|part| part.checked_mul(denominator));
            *share = kept.zip(added).and_then(|(a, b)| a.checked_add(b)).ok_or(ApportionError::Overflow)?;
        }
        denominator = denominator.checked_mul(measured).ok_or(ApportionError::Overflow)?;
    }
    Ok(apportion(fund_minor, &shares)?)
}

fn complete(criterion: &RuleInput, sections: usize) -> Result<Vec<i128>, RuleError> {
    let of = |position: usize| criterion.measures.get(position).copied().flatten();
    let mut measures = Vec::with_capacity(sections);
    for position in 0..sections {
        let missing = || RuleError::MissingMeasure { criterion: criterion.criterion.clone(), position };
        measures.push(i128::from(of(position).ok_or_else(missing)?));
    }
    if measures.iter().any(|&measure| measure < 0) || measures.iter().sum::<i128>() <= 0 {
        return Err(RuleError::NoTotal { criterion: criterion.criterion.clone() });
    }
    Ok(measures)
}

/// A weight in ten-thousandths of a percent: every criterion on one scale.
fn scaled(weight: Decimal) -> Option<i128> {
    let scaled = weight.checked_mul(Decimal::from(10_000))?;
    scaled.is_integer().then(|| scaled.mantissa() / 10i128.pow(scaled.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(criterion: &str, weight: i64, measures: &[Option<i64>]) -> RuleInput {
        RuleInput { criterion: criterion.into(), weight_percent: Decimal::from(weight), measures: measures.to_vec() }
    }

    #[test]
    fn weights_too_large_to_add_are_refused() {
        let input = |criterion: &str| RuleInput {
            criterion: criterion.into(),
            weight_percent: Decimal::MAX,
            measures: vec![Some(1)],
        };
        assert_eq!(allocate(100, &[input("a"), input("b")]), Err(ApportionError::Overflow.into()));
    }

    #[test]
    fn what_has_no_share_is_refused_with_its_place() {
        let people = input("people", 60, &[Some(1), Some(2)]);
        for (criteria, expected) in [
            (vec![people.clone()], RuleError::WeightsTotal { total: Decimal::from(60) }),
            (
                vec![people.clone(), input("need", 40, &[Some(1), None])],
                RuleError::MissingMeasure { criterion: "need".into(), position: 1 },
            ),
            (
                vec![people.clone(), input("need", 40, &[Some(0), Some(0)])],
                RuleError::NoTotal { criterion: "need".into() },
            ),
        ] {
            assert_eq!(allocate(100, &criteria), Err(expected));
        }
    }
}
