//! A scenario: a fund, a rule and a name; as a short text for a link, and as a file.

mod file;
mod shape;
mod text;

pub use file::{MadeFor, RuleFile, RuleFileError};
pub use text::ScenarioError;

use super::{Rule, Weight};

/// A fund, the rule that shares it out, and what somebody called the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name; may be empty.
    pub name: String,
    /// What is shared out.
    pub fund: Fund,
    /// How.
    pub rule: Rule,
}

/// What is shared out, and where it comes from. Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fund {
    /// This much.
    Amount(i64),
    /// A share of the investment budget.
    ShareOf {
        /// The investment budget.
        investment_minor: i64,
        /// The share.
        share: Weight,
    },
}

impl Fund {
    /// The fund in minor units; a share is rounded half up (away from zero below it).
    pub fn minor(self) -> i64 {
        match self {
            Self::Amount(minor) => minor,
            Self::ShareOf { investment_minor, share } => {
                let whole = i128::from(Weight::WHOLE.hundredths());
                let exact = i128::from(investment_minor) * i128::from(share.hundredths());
                let half = if exact < 0 { -whole / 2 } else { whole / 2 };
                // No more than all of the budget, which 64 bits hold.
                i64::try_from((exact + half) / whole).unwrap_or(investment_minor)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_budget_is_rounded_half_up() {
        for (investment_minor, share, fund) in [
            (666_666_667, "30", 200_000_000),
            (5, "50", 3),
            (-5, "50", -3),
            (4, "12.5", 1),
            (3, "12.5", 0),
            (i64::MIN, "100", i64::MIN),
            (i64::MAX, "99.99", 9_222_449_699_651_090_329),
        ] {
            let share = share.parse().unwrap();
            assert_eq!(Fund::ShareOf { investment_minor, share }.minor(), fund, "{share} % of {investment_minor}");
        }
    }
}
