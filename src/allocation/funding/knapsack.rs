//! The set of proposals with the most satisfaction that the budget can pay, found exactly.
//!
//! Proposals are looked at one by one, the most satisfaction per cost first. After each, a frontier holds the sets worth
//! going on with: no other costs as little and is worth as much (Nemhauser and Ullmann 1969). A set goes when even
//! fractions of the works still to come cannot bring it up to the best set known (Dantzig's bound). In the worst case the
//! frontier doubles with each proposal, so it is held to [`MOST_STATES`] sets, and whoever watches may stop it.
//!
//! Of sets worth the same the cheaper one is taken; of those that also cost the same, the one with the first declared
//! proposal that the other does not have. A proposal without votes adds nothing and is left out.

use super::{Election, FundingError, Progress, Satisfaction, Watch, greedy};

/// Sets held at once at most: some 80 MB for up to 64 proposals, so that a phone's browser lives.
const MOST_STATES: usize = 1 << 20;

/// Sets between two looks at the watch.
const STATES_A_LOOK: usize = 1 << 16;

/// The best set that `budget_minor` can pay.
pub(super) fn best_set(
    election: &Election,
    budget_minor: i64,
    satisfaction: Satisfaction,
    watch: &mut Watch<'_>,
) -> Result<Vec<usize>, FundingError> {
    let items = items(election, budget_minor, satisfaction)?;
    let mut search = Search::new(election.proposals.len(), &items, budget_minor);
    for next in 0..items.len() {
        let frontier = search.with_and_without(next, watch)?;
        search.frontier = frontier;
    }
    // Values rise along the frontier, so its last set is the best.
    let last = search.frontier.states.len().saturating_sub(1);
    Ok(positions(search.frontier.members(last)))
}

/// A proposal that can be part of the best set.
struct Item {
    position: usize,
    cost_minor: i64,
    votes: u64,
    value: u128,
    /// Value is votes times cost, so that a part of the work is worth its cost times the votes.
    value_grows_with_cost: bool,
}

impl Item {
    /// What the part of it that `left_minor` pays is worth at most; `left_minor` is less than its cost.
    fn part_worth(&self, left_minor: i64) -> u128 {
        let left = u128::from(left_minor.unsigned_abs()) * u128::from(self.votes);
        if self.value_grows_with_cost { left } else { left / u128::from(self.cost_minor.unsigned_abs()).max(1) }
    }
}

fn items(election: &Election, budget_minor: i64, satisfaction: Satisfaction) -> Result<Vec<Item>, FundingError> {
    let items: Vec<Item> = greedy::order(election, satisfaction)
        .into_iter()
        .map(|(position, proposal)| {
            let value_grows_with_cost = satisfaction == Satisfaction::Cost;
            let factor = if value_grows_with_cost { u128::from(proposal.cost_minor.unsigned_abs()) } else { 1 };
            let value = u128::from(proposal.votes) * factor;
            Item { position, cost_minor: proposal.cost_minor, votes: proposal.votes, value, value_grows_with_cost }
        })
        .filter(|item| item.value > 0 && item.cost_minor <= budget_minor)
        .collect();
    let total = items.iter().try_fold(0u128, |sum, item| sum.checked_add(item.value));
    let total_cost = items.iter().try_fold(0i64, |sum, item| sum.checked_add(item.cost_minor));
    // With both totals within reach, no sum below can overflow.
    total.zip(total_cost).map(|_| items).ok_or(FundingError::TooLarge)
}

/// A set of proposals, by what it costs and is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    cost_minor: i64,
    value: u128,
}

/// States by rising cost and value, and beside them which proposals each holds.
struct Frontier {
    states: Vec<State>,
    /// One bit a proposal, `words` words a state.
    members: Vec<u64>,
    words: usize,
}

impl Frontier {
    fn empty(words: usize) -> Self {
        Self { states: Vec::new(), members: Vec::new(), words }
    }

    fn members(&self, state: usize) -> &[u64] {
        self.members.get(state * self.words..(state + 1) * self.words).unwrap_or_default()
    }

    fn push(&mut self, state: State, members: &[u64]) {
        self.states.push(state);
        self.members.extend_from_slice(members);
    }

    fn replace_last(&mut self, members: &[u64]) {
        self.members.truncate(self.members.len().saturating_sub(self.words));
        self.members.extend_from_slice(members);
    }
}

struct Search<'i> {
    items: &'i [Item],
    budget_minor: i64,
    /// Cost and value of the first so many items.
    sums: Vec<State>,
    frontier: Frontier,
    best_value: u128,
    best_members: Vec<u64>,
}

impl<'i> Search<'i> {
    fn new(proposals: usize, items: &'i [Item], budget_minor: i64) -> Self {
        let nothing = State { cost_minor: 0, value: 0 };
        let words = proposals.div_ceil(64).max(1);
        let mut sums = vec![nothing];
        let mut sum = nothing;
        for item in items {
            sum = State { cost_minor: sum.cost_minor + item.cost_minor, value: sum.value + item.value };
            sums.push(sum);
        }
        let mut frontier = Frontier::empty(words);
        frontier.push(nothing, &vec![0; words]);
        Self { items, budget_minor, sums, frontier, best_value: 0, best_members: vec![0; words] }
    }

    /// The frontier with the item at `next` decided either way, from the one before it.
    fn with_and_without(&mut self, next: usize, watch: &mut Watch<'_>) -> Result<Frontier, FundingError> {
        let Some(item) = self.items.get(next) else { return Ok(Frontier::empty(1)) };
        let before = std::mem::replace(&mut self.frontier, Frontier::empty(1));
        let mut after = Frontier::empty(before.words);
        let with =
            |state: &State| State { cost_minor: state.cost_minor + item.cost_minor, value: state.value + item.value };
        let (mut without_at, mut with_at) = (0, 0);
        let mut added = vec![0; before.words];
        for step in 0usize.. {
            if step.is_multiple_of(STATES_A_LOOK) {
                self.look(next, watch)?;
            }
            let without = before.states.get(without_at);
            let with = before.states.get(with_at).map(with).filter(|state| state.cost_minor <= self.budget_minor);
            // The cheaper first; of equal cost, the one worth more, so that the other is dropped behind it.
            let take = match (without, &with) {
                (None, None) => break,
                (Some(_), None) => false,
                (None, Some(_)) => true,
                (Some(without), Some(with)) => {
                    (with.cost_minor, u128::MAX - with.value) < (without.cost_minor, u128::MAX - without.value)
                }
            };
            if let Some(state) = with.filter(|_| take) {
                added.copy_from_slice(before.members(with_at));
                insert(&mut added, item.position);
                with_at += 1;
                self.keep(&mut after, state, &added, next + 1)?;
            } else if let Some(&state) = without {
                self.keep(&mut after, state, before.members(without_at), next + 1)?;
                without_at += 1;
            }
        }
        Ok(after)
    }

    /// Adds a state to a frontier, unless another is as good or it can lead to nothing better than what is known.
    fn keep(
        &mut self,
        frontier: &mut Frontier,
        state: State,
        members: &[u64],
        next: usize,
    ) -> Result<(), FundingError> {
        if let Some(last) = frontier.states.last() {
            if state == *last {
                if is_declared_earlier(members, frontier.members(frontier.states.len() - 1)) {
                    frontier.replace_last(members);
                }
                return Ok(());
            }
            if state.value <= last.value {
                return Ok(());
            }
        }
        let (whole_until, whole) = self.filled(state, next);
        if whole.value > self.best_value {
            self.best_value = whole.value;
            self.best_members.copy_from_slice(members);
            for item in self.items.get(next..whole_until).unwrap_or_default() {
                insert(&mut self.best_members, item.position);
            }
        }
        let part = self.items.get(whole_until).map_or(0, |item| item.part_worth(self.budget_minor - whole.cost_minor));
        if whole.value.saturating_add(part) < self.best_value {
            return Ok(());
        }
        if frontier.states.len() == MOST_STATES {
            return Err(FundingError::TooLong { states: MOST_STATES, best: positions(&self.best_members) });
        }
        frontier.push(state, members);
        Ok(())
    }

    /// A state with as many whole items from `next` on as fit one after another, and the first that does not.
    fn filled(&self, state: State, next: usize) -> (usize, State) {
        let nothing = State { cost_minor: 0, value: 0 };
        let before = self.sums.get(next).copied().unwrap_or(nothing);
        let room_minor = (self.budget_minor - state.cost_minor).saturating_add(before.cost_minor);
        let until = self.sums.partition_point(|sum| sum.cost_minor <= room_minor).saturating_sub(1);
        let sum = self.sums.get(until).copied().unwrap_or(nothing);
        let whole = State {
            cost_minor: state.cost_minor + sum.cost_minor - before.cost_minor,
            value: state.value + sum.value - before.value,
        };
        (until, whole)
    }

    fn look(&self, done: usize, watch: &mut Watch<'_>) -> Result<(), FundingError> {
        let of = u64::try_from(self.items.len()).ok();
        match watch(Progress { done: u64::try_from(done).unwrap_or(u64::MAX), of }) {
            std::ops::ControlFlow::Continue(()) => Ok(()),
            std::ops::ControlFlow::Break(()) => Err(FundingError::Stopped { best: positions(&self.best_members) }),
        }
    }
}

fn insert(members: &mut [u64], position: usize) {
    if let Some(word) = members.get_mut(position / 64) {
        *word |= 1 << (position % 64);
    }
}

/// Whether of the proposals that only one of two sets holds, the first declared is in the first set.
fn is_declared_earlier(left: &[u64], right: &[u64]) -> bool {
    let words = left.iter().zip(right).find(|(left, right)| left != right);
    words.is_some_and(|(left, right)| (left & (left ^ right)).trailing_zeros() == (left ^ right).trailing_zeros())
}

fn positions(members: &[u64]) -> Vec<usize> {
    let bits = members.iter().enumerate().flat_map(|(at, word)| (0..64).map(move |bit| (at * 64 + bit, word >> bit)));
    bits.filter(|(_, shifted)| shifted & 1 == 1).map(|(position, _)| position).collect()
}
