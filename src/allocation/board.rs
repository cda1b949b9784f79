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
    /// All weights so that they total 100: those of a link may not.
    ToWhole,
    /// Another rule altogether; the scenario keeps the name somebody gave it.
    Preset(Rule),
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

    /// Whether a weight of the open scenario can become another: it is not held fast, and something else can give or take.
    pub fn can_move(&self, position: usize) -> bool {
        let weights = weights_of(&self.scenario().rule);
        [Weight::ZERO, Weight::WHOLE]
            .into_iter()
            .any(|wanted| rebalance(&weights, &self.locks, position, wanted) != weights)
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
            Touch::ToWhole => {
                if let Some(whole) = to_whole(&weights_of(rule), locks) {
                    set_weights(rule, &whole);
                }
            }
            Touch::Preset(preset) => {
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
        match criteria.iter_mut().find(|criterion| is_same_figure(&criterion.measure, &wanted.measure)) {
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
    // A floor of nothing is none.
    let floor = |rule: &Rule| match rule.floor {
        Floor::Flat(0) | Floor::Minimum(0) => Floor::None,
        floor => floor,
    };
    let limits = |rule: &Rule| (floor(rule), rule.cap_minor, rule.set_aside);
    if limits(one) != limits(other) {
        return false;
    }
    let weighty = |rule: &Rule| rule.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO).count();
    // As often here as there; in any order.
    let times = |rule: &Rule, wanted: &RuleCriterion| {
        let is_it =
            |criterion: &&RuleCriterion| criterion.measure == wanted.measure && criterion.weight == wanted.weight;
        rule.criteria.iter().filter(is_it).count()
    };
    let mut used = one.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO);
    weighty(one) == weighty(other) && used.all(|criterion| times(one, criterion) == times(other, criterion))
}

/// Whether two measures go by one figure, whatever they make of it.
pub fn is_same_figure(one: &Measure, other: &Measure) -> bool {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::budget::{Direction, Form};

    const OFFICIAL: &str = "f:200000000;c:people,30;c:need,20;c:tax,50";

    fn board(scenarios: &[&str], open: usize) -> Board {
        Board::of(scenarios.iter().map(|text| text.parse().unwrap()).collect(), open).unwrap()
    }

    fn texts(board: &Board) -> Vec<String> {
        board.scenarios().iter().map(Scenario::to_text).collect()
    }

    fn weight(percent: &str) -> Weight {
        percent.parse().unwrap()
    }

    fn count(column: &str) -> Measure {
        let (form, direction) = (Form::Count, Direction::Direct);
        Measure::Figure { column: column.to_owned(), form, direction, base: None }
    }

    fn rule(text: &str) -> Rule {
        format!("f:1;{text}").parse::<Scenario>().unwrap().rule
    }

    #[test]
    fn each_touch_does_one_thing() {
        let share = Fund::ShareOf { investment_minor: 100, share: weight("35") };
        let cases = [
            (vec![Touch::Weight(1, weight("50"))], "f:200000000;c:people,18.75;c:need,50;c:tax,31.25"),
            (vec![Touch::Lock(2), Touch::Weight(0, weight("90"))], "f:200000000;c:people,50;c:need,0;c:tax,50"),
            (
                vec![Touch::Lock(0), Touch::Lock(0), Touch::Weight(0, weight("100"))],
                "f:200000000;c:people,100;c:need,0;c:tax,0",
            ),
            (vec![Touch::Weight(7, weight("50"))], OFFICIAL),
            (vec![Touch::Measure(0, Measure::Equal)], "f:200000000;e:people,30;c:need,20;c:tax,50"),
            (vec![Touch::Measure(9, Measure::Equal)], OFFICIAL),
            (
                vec![Touch::AddCriterion("homes".into(), count("homes"))],
                "f:200000000;c:people,30;c:need,20;c:tax,50;c:homes,0",
            ),
            // A code that is taken gets a number.
            (
                vec![Touch::AddCriterion("tax".into(), count("x")), Touch::AddCriterion("tax".into(), Measure::Equal)],
                "f:200000000;c:people,30;c:need,20;c:tax,50;c:tax-2=x,0;e:tax-3,0",
            ),
            (vec![Touch::RemoveCriterion(2)], "f:200000000;c:people,60;c:need,40"),
            // The last criterion stays; what is held fast gives way where nothing else could take the weight over.
            (
                vec![Touch::RemoveCriterion(0), Touch::RemoveCriterion(0), Touch::RemoveCriterion(0)],
                "f:200000000;c:tax,100",
            ),
            (vec![Touch::Lock(0), Touch::Lock(1), Touch::RemoveCriterion(2)], "f:200000000;c:people,60;c:need,40"),
            (vec![Touch::Lock(0), Touch::RemoveCriterion(2)], "f:200000000;c:people,30;c:need,70"),
            (vec![Touch::Preset(rule("e:equal,100;cap:7"))], "f:200000000;e:equal,100;cap:7"),
            (vec![Touch::Fund(share)], "f:100*35;c:people,30;c:need,20;c:tax,50"),
            (
                vec![Touch::Floor(Floor::Flat(5)), Touch::Floor(Floor::Minimum(6))],
                "f:200000000;c:people,30;c:need,20;c:tax,50;min:6",
            ),
            (
                vec![Touch::Cap(Some(9)), Touch::SetAside(weight("2.5"))],
                "f:200000000;c:people,30;c:need,20;c:tax,50;cap:9;aside:2.5",
            ),
            (vec![Touch::Rename("¿Y; n:?".into())], "f:200000000;c:people,30;c:need,20;c:tax,50;n:¿Y; n:?"),
            (vec![Touch::Remove], OFFICIAL),
            (vec![Touch::Open(1)], OFFICIAL),
        ];
        for (touches, expected) in cases {
            let after = touches.iter().cloned().fold(board(&[OFFICIAL], 0), |board, touch| board.after(touch));
            assert_eq!(texts(&after), [expected], "{touches:?}");
        }
    }

    #[test]
    fn weights_of_a_link_are_made_whole_when_asked() {
        let after = board(&["f:1;c:a,10;c:b,30"], 0).after(Touch::ToWhole);
        assert_eq!(texts(&after), ["f:1;c:a,25;c:b,75"]);
        // What is held fast stays, and where it is all there is, so does the rest.
        let held = [Touch::Lock(0), Touch::Lock(1)].into_iter().fold(board(&["f:1;c:a,10;c:b,30"], 0), Board::touched);
        assert_eq!(held.after(Touch::ToWhole), held);
    }

    #[test]
    fn up_to_four_stand_side_by_side_and_one_is_open() {
        let (one, two, three) = ("f:1;n:1", "f:2;n:2", "f:3;n:3");
        let three_of_them = board(&[one, two, three], 2);
        let cases = [
            (vec![Touch::Copy("copy".into())], vec![one, two, three, "f:3;n:copy"], 3),
            (vec![Touch::Copy("copy".into()), Touch::Copy("too many".into())], vec![one, two, three, "f:3;n:copy"], 3),
            (vec![Touch::Remove], vec![one, two], 1),
            (vec![Touch::Open(0), Touch::Remove], vec![two, three], 0),
            (vec![Touch::Remove, Touch::Remove, Touch::Remove], vec![one], 0),
            (vec![Touch::Open(1), Touch::Fund(Fund::Amount(7))], vec![one, "f:7;n:2", three], 1),
            (vec![Touch::Open(3)], vec![one, two, three], 2),
        ];
        for (touches, scenarios, open) in cases {
            let after = touches.iter().cloned().fold(three_of_them.clone(), Board::touched);
            assert_eq!(
                (texts(&after), after.open()),
                (scenarios.into_iter().map(str::to_owned).collect(), open),
                "{touches:?}"
            );
        }
        assert_eq!(board(&[one; 6], 5).scenarios().len(), MOST_SCENARIOS);
        assert_eq!(board(&[one; 6], 5).open(), 0);
        assert_eq!(Board::of(Vec::new(), 0), None);
    }

    #[test]
    fn locks_are_of_the_open_scenario() {
        let locked = board(&[OFFICIAL, OFFICIAL], 0).after(Touch::Lock(1));
        assert!(locked.is_locked(1) && !locked.is_locked(0) && !locked.is_locked(9));
        assert!(locked.after(Touch::Copy(String::new())).is_locked(1), "a copy is held as it was");
        assert!(!locked.after(Touch::Open(1)).is_locked(1));
        // What moves and what does not.
        let can_move = |board: &Board| (0..4).map(|at| board.can_move(at)).collect::<Vec<_>>();
        assert_eq!(can_move(&locked), [true, false, true, false]);
        assert_eq!(can_move(&locked.after(Touch::Lock(0))), [false; 4]);
        assert_eq!(can_move(&board(&["f:1;c:a,100"], 0)), [false; 4]);
        assert_eq!(
            can_move(&board(&["f:1;c:a,30"], 0)),
            [true, false, false, false],
            "a link's weight can be made whole"
        );
    }

    #[test]
    fn a_preset_keeps_the_criteria_in_their_places() {
        let on_board = rule("c:people,30;c:need,20;c:tax,50").criteria;
        for (preset, expected) in [
            ("c:need,100", "c:people,0;c:need,100;c:tax,0"),
            ("e:equal,100", "c:people,0;c:need,0;c:tax,0;e:equal,100"),
            ("c:t=tax,60,inverse;c:people,40;aside:5", "c:people,40;c:need,0;c:tax,60,inverse;aside:5"),
        ] {
            assert_eq!(among(&rule(preset), &on_board), rule(expected), "{preset}");
        }
    }

    #[test]
    fn rules_are_the_same_that_give_the_same() {
        for (one, other, same) in [
            ("c:a,30;c:b,70", "c:b,70;c:a,30", true),
            ("c:a,30;c:b,70;c:c,0", "c:x=a,30;c:b,70", true),
            ("c:a,30;c:b,70", "c:a,70;c:b,30", false),
            ("c:a,100", "c:a,100,inverse,of=b", false),
            ("c:a,50;c:a,50", "c:a,50;c:b,50", false),
            ("c:a,50;c:a,50", "c:a,50;c:x=a,50", true),
            ("e:equal,100", "e:other,100", true),
            ("c:a,100;min:5", "c:a,100;flat:5", false),
            ("c:a,100;min:0", "c:a,100", true),
            ("c:a,100;flat:0", "c:a,100;min:0", true),
            ("c:a,100;cap:5", "c:a,100", false),
            ("c:a,100;aside:5", "c:a,100", false),
        ] {
            assert_eq!(is_same_rule(&rule(one), &rule(other)), same, "{one} {other}");
            assert_eq!(is_same_rule(&rule(other), &rule(one)), same, "{other} {one}");
        }
    }

    fn touch() -> impl Strategy<Value = Touch> {
        let weight = |hundredths| Weight::from_hundredths(hundredths).unwrap();
        prop_oneof![
            (0usize..5, 0u16..=10_000).prop_map(move |(at, hundredths)| Touch::Weight(at, weight(hundredths))),
            (0usize..5).prop_map(Touch::Lock),
            (0usize..5).prop_map(|at| Touch::Measure(at, Measure::Equal)),
            "[a-c]".prop_map(|id| Touch::AddCriterion(id.clone(), count(&id))),
            (0usize..5).prop_map(Touch::RemoveCriterion),
            Just(Touch::ToWhole),
            Just(Touch::Preset(rule("c:a,33.33;c:b,66.67"))),
            ".{0,3}".prop_map(Touch::Rename),
            ".{0,3}".prop_map(Touch::Copy),
            Just(Touch::Remove),
            (0usize..6).prop_map(Touch::Open),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_touched_a_board_is_sound(touches in proptest::collection::vec(touch(), 0..30)) {
            let board = touches.into_iter().fold(board(&[OFFICIAL], 0), Board::touched);
            prop_assert!((1..=MOST_SCENARIOS).contains(&board.scenarios().len()));
            prop_assert!(board.open() < board.scenarios().len());
            prop_assert_eq!(board.locks.len(), board.scenario().rule.criteria.len());
            for scenario in board.scenarios() {
                let weights = scenario.rule.criteria.iter().map(|criterion| u32::from(criterion.weight.hundredths()));
                prop_assert_eq!(weights.sum::<u32>(), 10_000);
                let mut ids: Vec<&str> = scenario.rule.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), scenario.rule.criteria.len(), "no two criteria go by one code");
            }
        }

        #[test]
        fn a_weight_held_fast_is_moved_by_nothing_but_its_lock(
            moves in proptest::collection::vec((0usize..3, 0u16..=10_000), 0..20),
        ) {
            let mut held = board(&[OFFICIAL], 0).after(Touch::Lock(1));
            for (at, hundredths) in moves {
                held = held.after(Touch::Weight(at, Weight::from_hundredths(hundredths).unwrap()));
                prop_assert_eq!(held.scenario().rule.criteria[1].weight, weight("20"));
            }
        }
    }

    impl Board {
        fn touched(self, touch: Touch) -> Self {
            self.after(touch)
        }
    }
}
