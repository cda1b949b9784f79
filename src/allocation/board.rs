//! What somebody trying out rules has in front of them: up to four scenarios, one of them open, and which of its weights
//! are held fast. Every touch makes a new board, so that each can be taken back.

use super::{Floor, Fund, Measure, Rule, RuleCriterion, Scenario, Weight, rebalance, to_whole};

/// The most scenarios that stand side by side.
pub const MOST_SCENARIOS: usize = 4;

/// Scenarios side by side. Holds at least one, and the open one is among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    scenarios: Vec<Scenario>,
    open: usize,
    /// By criterion of the open scenario, whether its weight is held fast.
    locks: Vec<bool>,
}

/// One touch of the open scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// The weight of a criterion; the unlocked others make room.
    Weight(usize, Weight),
    /// Holds a weight fast, or lets it go.
    Lock(usize),
    /// What a criterion goes by.
    Measure(usize, Measure),
    /// One more criterion, with no weight yet; its code and what it goes by.
    AddCriterion(String, Measure),
    /// A criterion less; its weight goes to the unlocked others.
    RemoveCriterion(usize),
    /// Another rule altogether, under a name.
    Preset(String, Rule),
    /// Where the fund comes from.
    Fund(Fund),
    /// A floor, or none.
    Floor(Floor),
    /// The most a section may get, or no limit.
    Cap(Option<i64>),
    /// The share set aside for district-wide works.
    SetAside(Weight),
    /// Another name.
    Rename(String),
    /// A copy of the open scenario under this name, which opens.
    Copy(String),
    /// The open scenario goes.
    Remove,
    /// Another scenario opens.
    Open(usize),
}

impl Board {
    /// A board of one scenario.
    pub fn new(scenario: Scenario) -> Self {
        let locks = vec![false; scenario.rule.criteria.len()];
        Self { scenarios: vec![scenario], open: 0, locks }
    }

    /// A board of scenarios, the first [`MOST_SCENARIOS`] of them; `None` of none. An `open` beyond them opens the first.
    pub fn of(scenarios: Vec<Scenario>, open: usize) -> Option<Self> {
        let scenarios: Vec<Scenario> = scenarios.into_iter().take(MOST_SCENARIOS).collect();
        let open = if open < scenarios.len() { open } else { 0 };
        let locks = vec![false; scenarios.get(open)?.rule.criteria.len()];
        Some(Self { scenarios, open, locks })
    }

    /// The scenarios in the order they were made.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The place of the open scenario.
    pub fn open(&self) -> usize {
        self.open
    }

    /// The open scenario.
    pub fn scenario(&self) -> &Scenario {
        // `open` is always a place in the list; the first is there in any case.
        self.scenarios.get(self.open).unwrap_or(&self.scenarios[0])
    }

    /// Whether a weight of the open scenario is held fast.
    pub fn is_locked(&self, position: usize) -> bool {
        self.locks.get(position).copied().unwrap_or_default()
    }

    /// Whether one more scenario has room.
    pub fn has_room(&self) -> bool {
        self.scenarios.len() < MOST_SCENARIOS
    }

    /// The board after a touch; the same where the touch means nothing here (a place that is not there, a board that is full).
    #[must_use]
    pub fn after(&self, touch: Touch) -> Self {
        let mut next = self.clone();
        match touch {
            Touch::Lock(position) => {
                if let Some(lock) = next.locks.get_mut(position) {
                    *lock = !*lock;
                }
            }
            Touch::Copy(name) if self.has_room() => {
                next.scenarios.push(Scenario { name, ..self.scenario().clone() });
                next.open = next.scenarios.len() - 1;
            }
            Touch::Remove if self.scenarios.len() > 1 => {
                next.scenarios.remove(self.open);
                next.open_at(self.open.min(next.scenarios.len() - 1));
            }
            Touch::Open(position) if position < self.scenarios.len() => next.open_at(position),
            Touch::Copy(_) | Touch::Remove | Touch::Open(_) => {}
            of_scenario => next.touch(of_scenario),
        }
        next
    }

    fn open_at(&mut self, position: usize) {
        self.open = position;
        self.locks = vec![false; self.scenario().rule.criteria.len()];
    }

    fn touch(&mut self, touch: Touch) {
        let locks = &mut self.locks;
        let Some(scenario) = self.scenarios.get_mut(self.open) else { return };
        let rule = &mut scenario.rule;
        match touch {
            Touch::Weight(position, wanted) => {
                let weights = rebalance(&weights_of(rule), locks, position, wanted);
                set_weights(rule, &weights);
            }
            Touch::Measure(position, measure) => {
                if let Some(criterion) = rule.criteria.get_mut(position) {
                    criterion.measure = measure;
                }
            }
            Touch::AddCriterion(id, measure) => {
                let id = unused(rule, &id);
                rule.criteria.push(RuleCriterion { id, measure, weight: Weight::default() });
                locks.push(false);
            }
            Touch::RemoveCriterion(position) => remove_criterion(rule, locks, position),
            Touch::Preset(name, preset) => {
                scenario.name = name;
                *rule = preset;
                *locks = vec![false; rule.criteria.len()];
            }
            Touch::Fund(fund) => scenario.fund = fund,
            Touch::Floor(floor) => rule.floor = floor,
            Touch::Cap(cap) => rule.cap_minor = cap,
            Touch::SetAside(share) => rule.set_aside = share,
            Touch::Rename(name) => scenario.name = name,
            // What concerns the board as a whole is done by then.
            Touch::Lock(_) | Touch::Copy(_) | Touch::Remove | Touch::Open(_) => {}
        }
    }
}

/// A preset among the criteria that are on the board: those it does not use stay, at no weight, so that their sliders do
/// not go from under the reader's hand.
pub fn among(preset: &Rule, on_board: &[RuleCriterion]) -> Rule {
    let mut criteria: Vec<RuleCriterion> = on_board.to_vec();
    criteria.iter_mut().for_each(|criterion| criterion.weight = Weight::default());
    for wanted in &preset.criteria {
        match criteria.iter_mut().find(|criterion| same_figure(&criterion.measure, &wanted.measure)) {
            Some(criterion) => {
                criterion.measure = wanted.measure.clone();
                criterion.weight = wanted.weight;
            }
            None => criteria.push(wanted.clone()),
        }
    }
    Rule { criteria, ..preset.clone() }
}

/// Whether two rules give the same amounts whatever the fund: the same criteria with weight, the same limits. Names and
/// criteria without weight make no difference.
pub fn is_same_rule(one: &Rule, other: &Rule) -> bool {
    let weighty = |rule: &Rule| {
        let used = rule.criteria.iter().filter(|criterion| criterion.weight != Weight::default());
        let mut used: Vec<(Measure, Weight)> =
            used.map(|criterion| (criterion.measure.clone(), criterion.weight)).collect();
        used.sort_by(|one, other| format!("{one:?}").cmp(&format!("{other:?}")));
        used
    };
    let limits = |rule: &Rule| (rule.floor, rule.cap_minor, rule.set_aside);
    limits(one) == limits(other) && weighty(one) == weighty(other)
}

/// The criterion that has gained most weight against another rule, the first of those alike; nothing where none has.
pub fn most_gained<'a>(rule: &'a Rule, other: &Rule) -> Option<&'a RuleCriterion> {
    let before = |measure: &Measure| {
        let same = other.criteria.iter().find(|criterion| criterion.measure == *measure);
        same.map(|criterion| criterion.weight).unwrap_or_default()
    };
    let gained = rule.criteria.iter().filter_map(|criterion| {
        let gain = criterion.weight.hundredths().checked_sub(before(&criterion.measure).hundredths())?;
        (gain > 0).then_some((gain, criterion))
    });
    let most = gained.rev().max_by_key(|(gain, _)| *gain);
    most.map(|(_, criterion)| criterion)
}

fn same_figure(one: &Measure, other: &Measure) -> bool {
    match (one, other) {
        (Measure::Equal, Measure::Equal) => true,
        (Measure::Figure { column: one, .. }, Measure::Figure { column: other, .. }) => one == other,
        _ => false,
    }
}

fn remove_criterion(rule: &mut Rule, locks: &mut Vec<bool>, position: usize) {
    if rule.criteria.len() < 2 || position >= rule.criteria.len() {
        return;
    }
    rule.criteria.remove(position);
    if position < locks.len() {
        locks.remove(position);
    }
    let weights = weights_of(rule);
    // Where all that is left is held fast, nothing can take the weight over: the locks give way.
    let whole = to_whole(&weights, locks).or_else(|| {
        locks.iter_mut().for_each(|lock| *lock = false);
        to_whole(&weights, locks)
    });
    if let Some(whole) = whole {
        set_weights(rule, &whole);
    }
}

fn weights_of(rule: &Rule) -> Vec<Weight> {
    rule.criteria.iter().map(|criterion| criterion.weight).collect()
}

fn set_weights(rule: &mut Rule, weights: &[Weight]) {
    for (criterion, weight) in rule.criteria.iter_mut().zip(weights) {
        criterion.weight = *weight;
    }
}

/// The code, or the first of `code-2`, `code-3`... that no criterion has.
fn unused(rule: &Rule, id: &str) -> String {
    let is_used = |id: &str| rule.criteria.iter().any(|criterion| criterion.id == id);
    if !is_used(id) {
        return id.to_owned();
    }
    (2u32..).map(|number| format!("{id}-{number}")).find(|id| !is_used(id)).unwrap_or_default()
}
