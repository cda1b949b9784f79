//! What a file says twice, and must say the same.

use super::super::problem::{Code, Problem};
use super::super::report::Report;
use super::file::Pabulib;
use super::meta;
use super::projects::DECIMALS_UNSAID;
use super::sections::PROJECTS;
use crate::money::Currency;
use crate::money::parse::{NumberMarks, parse_integer};

pub(super) fn check(file: &Pabulib, name: &str, report: &mut Report) {
    counts(file, name, report);
    votes(file, name, report);
    selected(file, name, report);
}

/// `num_projects` and `num_votes` against the rows.
fn counts(file: &Pabulib, name: &str, report: &mut Report) {
    for (key, rows) in [("num_projects", file.projects.rows.len()), ("num_votes", file.votes.rows.len())] {
        let Some(said) = file.meta(key) else { continue };
        let counted = parse_integer(said, NumberMarks::default()).ok().and_then(|said| usize::try_from(said).ok());
        if counted != Some(rows) {
            let problem = Problem::new(Code::PbCountDiffers, name).column(format!("META.{key}")).value(said);
            let problem = meta::line(&file.meta, key).into_iter().fold(problem, Problem::row);
            report.add(problem.arg("counted", rows.to_string()));
        }
    }
}

/// The columns `votes` and `score` against the ballots. Without ballots there is nothing to hold them against.
fn votes(file: &Pabulib, name: &str, report: &mut Report) {
    if file.ballots.is_empty() {
        return;
    }
    let backing = file.backing();
    for (proposal, backing) in file.proposals.iter().zip(&backing) {
        let line = file.projects.rows.get(proposal.row).map_or(0, |row| row.line);
        let said = [("votes", proposal.votes, backing.ballots), ("score", proposal.score, backing.points)];
        for (label, said, counted) in said {
            let Some(said) = said else { continue };
            let is_of_points = label == "score";
            if (!is_of_points || file.vote_type().has_points()) && u64::try_from(said) != Ok(counted) {
                let problem = Problem::new(Code::PbVotesDiffer, name).row(line).column(format!("{PROJECTS}.{label}"));
                let problem = problem.value(said.to_string()).arg("project", proposal.id.as_str());
                report.add(problem.arg("counted", counted.to_string()));
            }
        }
    }
}

/// What was selected against the budget.
fn selected(file: &Pabulib, name: &str, report: &mut Report) {
    let Some(budget_minor) = file.budget_minor() else { return };
    let selected = file.proposals.iter().filter(|proposal| proposal.selected == Some(1));
    let cost: i128 = selected.map(|proposal| i128::from(proposal.cost_minor)).sum();
    if cost > i128::from(budget_minor) {
        let exponent = u32::from(file.currency().map_or(DECIMALS_UNSAID, Currency::exponent));
        let amount = |minor: i128| rust_decimal::Decimal::try_from_i128_with_scale(minor, exponent).unwrap_or_default();
        let problem = Problem::new(Code::PbSelectedExceeds, name).column(format!("{PROJECTS}.selected"));
        report.add(problem.value(amount(cost).to_string()).arg("budget", amount(budget_minor.into()).to_string()));
    }
}
