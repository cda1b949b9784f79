//! Execution: accrued over modified budget, and which works count as built (DOMAIN.md section 4).

use rust_decimal::Decimal;

use crate::budget::{OfficialTotal, Stage, Status};
use crate::money::ratio;

/// What was accrued as a percentage of the modified budget, one decimal, half up; `None` where either is not published or
/// there was no budget. Over 100 and under 0 are shown as they are.
pub fn execution_percent(total: &OfficialTotal) -> Option<Decimal> {
    let (spent, budget) = (total.at(Stage::Accrued)?, total.at(Stage::Pim)?);
    ratio::percent(spent.minor, budget.minor, 1)
}

/// Whether a work in this state is finished: built, or built and being maintained.
pub fn is_built_status(status: &Status) -> bool {
    matches!(status.oc4ids_status.as_str(), "completion" | "completed" | "maintenance") && status.id != "paused"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_finished_works_are_built() {
        for (id, oc4ids_status, is_built) in [
            ("completion", "completion", true),
            ("handed_over", "completed", true),
            ("in_use", "maintenance", true),
            ("implementation", "implementation", false),
            ("preparation", "preparation", false),
            ("cancelled", "cancelled", false),
            ("decommissioned", "decommissioned", false),
            ("paused", "implementation", false),
            // A work that stands still is not finished, whatever a package says it maps to.
            ("paused", "completion", false),
            ("own", "", false),
        ] {
            let [label_es, label_en] = [String::new(), String::new()];
            let [id, oc4ids_status] = [id.to_owned(), oc4ids_status.to_owned()];
            let status = Status { id, label_es, label_en, oc4ids_status, is_open: false };
            assert_eq!(is_built_status(&status), is_built, "{}: {}", status.id, status.oc4ids_status);
        }
    }
}
