//! Who backs each proposal, by groups of voters with the same ballot.

use super::Election;

/// Groups of voters, and the groups behind each proposal.
pub(super) struct Backing {
    /// Voters in each group.
    pub voters: Vec<u64>,
    /// For each proposal, the groups that approve it.
    pub of_proposal: Vec<Vec<usize>>,
}

impl Backing {
    pub(super) fn new(election: &Election) -> Self {
        let groups = election.groups();
        let mut of_proposal = vec![Vec::new(); election.proposals.len()];
        for (group, ballot) in groups.iter().enumerate() {
            for &position in &ballot.approves {
                if let Some(backers) = of_proposal.get_mut(position) {
                    backers.push(group);
                }
            }
        }
        Self { voters: groups.into_iter().map(|ballot| ballot.voters).collect(), of_proposal }
    }

    /// The groups that approve a proposal.
    pub(super) fn groups(&self, position: usize) -> &[usize] {
        self.of_proposal.get(position).map_or(&[], Vec::as_slice)
    }
}
