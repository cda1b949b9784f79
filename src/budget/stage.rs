//! The stages an amount goes through, from promise to payment.

use std::fmt;
use std::str::FromStr;

/// A stage of a budget. One stage is never added to another: the same sol passes through all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Promised for a project in the assembly's act.
    Agreed,
    /// What the sources named in `financing.csv` secure for a project's cost.
    Secured,
    /// Opening budget (presupuesto institucional de apertura).
    Pia,
    /// Modified budget (presupuesto institucional modificado).
    Pim,
    /// Certified: money set apart (certificado).
    Certified,
    /// Annual commitment (compromiso anual).
    Committed,
    /// Commitments as they are made month by month (compromiso mensual).
    MonthlyCommitted,
    /// Accrued: the work or good was received and is owed (devengado). What people call spent.
    Accrued,
    /// Paid out (girado).
    Paid,
}

impl Stage {
    /// Every stage, from promise to payment.
    pub const ALL: [Self; 9] = [
        Self::Agreed,
        Self::Secured,
        Self::Pia,
        Self::Pim,
        Self::Certified,
        Self::Committed,
        Self::MonthlyCommitted,
        Self::Accrued,
        Self::Paid,
    ];

    /// The stages that a budget line holds: all but the promise and what is secured, which stand on the project.
    pub const OF_A_LINE: [Self; 7] =
        [Self::Pia, Self::Pim, Self::Certified, Self::Committed, Self::MonthlyCommitted, Self::Accrued, Self::Paid];

    /// The name used in links, commands and language keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Secured => "secured",
            Self::Pia => "pia",
            Self::Pim => "pim",
            Self::Certified => "certified",
            Self::Committed => "committed",
            Self::MonthlyCommitted => "monthly_committed",
            Self::Accrued => "accrued",
            Self::Paid => "paid",
        }
    }

    /// The column that holds the stage in `budget.csv` and `official_totals.csv`, `projects.csv` for the promise, or
    /// `financing.csv` for what is secured.
    pub fn column(self) -> &'static str {
        match self {
            Self::Agreed => "agreed_amount",
            Self::Secured => "amount",
            Self::Pia => "pia",
            Self::Pim => "pim",
            Self::Certified => "certificado",
            Self::Committed => "compromiso_anual",
            Self::MonthlyCommitted => "compromiso_mensual",
            Self::Accrued => "devengado",
            Self::Paid => "girado",
        }
    }
}

impl FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.name() == text).ok_or(())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
