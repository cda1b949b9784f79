//! What the funding rules work with, from a file.

use std::collections::BTreeMap;

use super::{Pabulib, PbProject};
use crate::allocation::funding::{Ballot, Election, Proposal};

impl Pabulib {
    /// The election of the whole file.
    ///
    /// Ties are broken by the order of PROJECTS. Projects without a cost are left out: no rule can say whether they are
    /// afforded. Votes are the ballots that approve a project, and those of the `votes` column only where the file has no
    /// ballots; a project without either has none. Voters with the same ballot are put together, in the order of the first.
    pub fn to_election(&self) -> Election {
        self.election_of(|_| true)
    }

    /// The election of one section: its proposals, and the voters who approve any of them.
    pub fn section_election(&self, section: &str) -> Election {
        let mut election = self.election_of(|project| project.section.as_deref() == Some(section));
        // Nobody says which section a ballot without any of its proposals is from.
        election.ballots.retain(|ballot| !ballot.approves.is_empty());
        election
    }

    fn election_of(&self, is_asked_for: impl Fn(&PbProject) -> bool) -> Election {
        let votes = self.votes();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut proposals = Vec::new();
        for (place, project) in self.projects.iter().enumerate() {
            let Some(cost_minor) = project.cost_minor.filter(|_| is_asked_for(project)) else { continue };
            let counted = votes.as_ref().and_then(|votes| votes.get(place).copied());
            places.insert(place, proposals.len());
            proposals.push(Proposal {
                id: project.id.clone(),
                name: project.name.clone(),
                cost_minor,
                votes: counted.or(project.votes).unwrap_or(0),
            });
        }
        let unit_minor = 10i64.pow(u32::from(self.currency.exponent()));
        Election { proposals, ballots: self.grouped_ballots(&places), unit_minor }
    }

    /// The ballots as approvals of proposals, by their places; equal ones together.
    fn grouped_ballots(&self, places: &BTreeMap<usize, usize>) -> Vec<Ballot> {
        let mut ballots: Vec<Ballot> = Vec::new();
        let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for ballot in &self.ballots {
            let mut approves: Vec<usize> =
                ballot.approves.iter().filter_map(|place| places.get(place).copied()).collect();
            approves.sort_unstable();
            let place = *known.entry(approves).or_insert_with_key(|approves| {
                ballots.push(Ballot { voters: 0, approves: approves.clone() });
                ballots.len() - 1
            });
            if let Some(ballot) = ballots.get_mut(place) {
                ballot.voters += 1;
            }
        }
        ballots
    }
}
