//! A file made from an election, where there was none to read.

use super::{LineEnd, Pabulib, PbBallot, PbProject};
use crate::allocation::funding::Election;
use crate::money::{Currency, Money};

/// What a file says of an election beside its proposals and ballots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it is, in a few words.
    pub description: String,
    /// Country, as the package has it.
    pub country: String,
    /// The municipality.
    pub unit: String,
    /// The section, where it is one's.
    pub subunit: Option<String>,
    /// The round.
    pub instance: String,
    /// The budget in minor units.
    pub budget_minor: i64,
    /// Currency of all amounts.
    pub currency: Currency,
    /// The rule by which the works marked as selected were.
    pub rule: String,
    /// Positions of those works.
    pub selected: Vec<usize>,
}

impl Pabulib {
    /// The file of an election. Voters are numbered in the order of their ballots.
    pub fn of_election(election: &Election, heading: &Heading) -> Self {
        let amount = |minor: i64| Money::new(minor, heading.currency).to_plain();
        let mut votes = Vec::new();
        for ballot in &election.ballots {
            let ids = ballot.approves.iter().filter_map(|&position| election.proposals.get(position));
            let vote = ids.map(|proposal| proposal.id.as_str()).collect::<Vec<_>>().join(",");
            for _voter in 0..ballot.voters {
                votes.push(vec![(votes.len() + 1).to_string(), vote.clone()]);
            }
        }
        let projects = election.proposals.iter().enumerate().map(|(position, proposal)| {
            let is_selected = heading.selected.contains(&position);
            vec![
                proposal.id.clone(),
                amount(proposal.cost_minor),
                proposal.votes.to_string(),
                proposal.name.clone(),
                u8::from(is_selected).to_string(),
            ]
        });
        let said: [(&str, Option<String>); 11] = [
            ("description", Some(heading.description.clone())),
            ("country", Some(heading.country.clone())),
            ("unit", Some(heading.unit.clone())),
            ("subunit", heading.subunit.clone()),
            ("instance", Some(heading.instance.clone())),
            ("num_projects", Some(election.proposals.len().to_string())),
            ("num_votes", Some(votes.len().to_string())),
            ("budget", Some(amount(heading.budget_minor))),
            ("vote_type", Some("approval".to_owned())),
            ("rule", Some(heading.rule.clone())),
            ("currency", Some(heading.currency.to_string())),
        ];
        let label = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<String>>();
        let projects = projects.map(|cells| PbProject { cells, ..PbProject::default() });
        let ballots = votes.into_iter().map(|cells| PbBallot { cells, approves: Vec::new() });
        let written = Self {
            line_end: LineEnd::Lf,
            meta: said.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
            project_columns: label(&["project_id", "cost", "votes", "name", "selected"]),
            projects: projects.collect(),
            vote_columns: label(&["voter_id", "vote"]),
            ballots: ballots.collect(),
            ..Self::default()
        };
        // Read back rather than put together a second time: what is written and what it says cannot differ.
        Self::read(written.to_text().as_bytes(), "").0
    }
}
