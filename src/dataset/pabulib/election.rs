//! The election that the funding rules work on.

use super::file::Pabulib;
use super::projects::DECIMALS_UNSAID;
use crate::allocation::funding::{Ballot, Election, Proposal};
use crate::money::Currency;

/// What the ballots say of a proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Backing {
    /// Ballots that name it (and give it points, where they give any).
    pub ballots: u64,
    /// Points, or the same where no points are given.
    pub points: u64,
}

impl Pabulib {
    /// What the ballots say of each proposal, in their order.
    pub(super) fn backing(&self) -> Vec<Backing> {
        let mut all = vec![Backing::default(); self.proposals.len()];
        for ballot in &self.ballots {
            for (at, &place) in ballot.names.iter().enumerate() {
                let points = ballot.points.as_ref().map_or(1, |points| points.get(at).copied().unwrap_or_default());
                if let Some(backing) = all.get_mut(place).filter(|_| points > 0) {
                    backing.ballots += 1;
                    backing.points = backing.points.saturating_add(points);
                }
            }
        }
        all
    }

    /// The whole election.
    pub fn to_election(&self) -> Election {
        let places: Vec<usize> = (0..self.proposals.len()).collect();
        self.to_election_of(&places)
    }

    /// The election among some of the proposals, by their places in [`Pabulib::proposals`], with the ballots that approve at
    /// least one of them; with all of them, every ballot counts, blank ones too.
    pub fn to_election_of(&self, places: &[usize]) -> Election {
        let backing = self.backing();
        let has_ballots = !self.ballots.is_empty();
        let proposals = places.iter().filter_map(|&place| {
            let (project, backing) = self.proposals.get(place).zip(backing.get(place))?;
            let column = if self.vote_type().has_points() { project.score.or(project.votes) } else { project.votes };
            let from_column = column.and_then(|votes| u64::try_from(votes).ok()).unwrap_or_default();
            let votes = if has_ballots { backing.points } else { from_column };
            let (id, name) = (project.id.clone(), project.name.clone());
            Some(Proposal { id, name, cost_minor: project.cost_minor, votes })
        });
        let is_whole = places.len() == self.proposals.len();
        let ballots = self.ballots.iter().filter_map(|ballot| {
            let approves: Vec<usize> =
                ballot.approves().filter_map(|place| places.iter().position(|&known| known == place)).collect();
            (is_whole || !approves.is_empty()).then_some(Ballot { voters: 1, approves })
        });
        let exponent = self.currency().map_or(DECIMALS_UNSAID, Currency::exponent);
        Election {
            proposals: proposals.collect(),
            ballots: ballots.collect(),
            unit_minor: 10i64.pow(u32::from(exponent)),
        }
    }
}
