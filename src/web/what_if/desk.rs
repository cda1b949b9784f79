//! What the page's parts are handed: the round, the scenarios, their results, and what can be taken back.

use std::sync::Arc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::fragment;
use super::ground::{Ground, ground_of};
use crate::allocation::{Board, RuleError, Scenario, Touch, Weight};
use crate::dataset::Package;
use crate::indicators::{Outcome, outcome};
use crate::money::Money;
use crate::money::format::NumberStyle;
use crate::web::app::Loaded;
use crate::web::site::Site;

/// The most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// A scenario's result, or why there is none.
pub(super) type Computed = Result<Arc<Outcome>, RuleError>;

/// What could not be taken from a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The box it was typed into, by its `id`.
    pub at: String,
    /// What the box goes on holding.
    pub typed: String,
    /// What was wrong and what to do: a sentence.
    pub said: String,
}

/// A touch that goes on: the slider under a finger.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Move {
    /// Its criterion.
    at: usize,
    /// The board when it was taken hold of: every place of the slider is reckoned from there, so that a finger which goes
    /// to the end and comes back finds the others as they were.
    from: Board,
}

/// A handle to all that is on the page; copies are the same handle. Like `Site`, its methods are not generic.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub site: Site,
    package: StoredValue<Arc<Package>>,
    ground: RwSignal<Arc<Ground>>,
    board: RwSignal<Board>,
    computed: Memo<Vec<Computed>>,
    past: RwSignal<Vec<Board>>,
    future: RwSignal<Vec<Board>>,
    /// The touch that is still going on; one step, however long it takes.
    moving: StoredValue<Option<Move>>,
    /// The pause that is waited for, after the latest touch.
    waiting: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    notices: RwSignal<Vec<String>>,
    faults: RwSignal<Vec<Fault>>,
    /// Whether floors and limits have been shown: they do not close under who works on them.
    has_limits: StoredValue<bool>,
    explained: RwSignal<Option<usize>>,
    is_sheet_open: RwSignal<bool>,
    announced: RwSignal<String>,
    taken: RwSignal<String>,
}

impl Desk {
    /// The page of a package, at the address on screen; `None` where there is no round with sections to share among.
    pub fn new(site: Site, loaded: &Loaded) -> Option<Self> {
        let package = StoredValue::new(Arc::clone(&loaded.package));
        let ground = RwSignal::new(Arc::new(ground_of(&loaded.package, site)?));
        let opened = fragment::open(site, &ground.get_untracked(), &loaded.package);
        let board = RwSignal::new(opened.board);
        let computed = Memo::new(move |_| {
            let (ground, board) = (ground.get(), board.get());
            let of = |scenario: &Scenario| outcome(&ground.round, &ground.baseline, scenario).map(Arc::new);
            board.scenarios().iter().map(of).collect()
        });
        Some(Self {
            site,
            package,
            ground,
            board,
            computed,
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            moving: StoredValue::new(None),
            waiting: StoredValue::new_local(None),
            notices: RwSignal::new(opened.notices),
            faults: RwSignal::new(Vec::new()),
            has_limits: StoredValue::new(false),
            explained: RwSignal::new(None),
            is_sheet_open: RwSignal::new(false),
            announced: RwSignal::new(String::new()),
            taken: RwSignal::new(String::new()),
        })
    }

    /// The package.
    pub fn package(&self) -> Arc<Package> {
        self.package.get_value()
    }

    /// The round; who asks is told of changes.
    pub fn ground(&self) -> Arc<Ground> {
        self.ground.get()
    }

    /// The round as it is now.
    pub fn ground_now(&self) -> Arc<Ground> {
        self.ground.get_untracked()
    }

    /// The scenarios; who asks is told of changes.
    pub fn board(&self) -> Board {
        self.board.get()
    }

    /// The scenarios as they are now.
    pub fn board_now(&self) -> Board {
        self.board.get_untracked()
    }

    /// The results, in the scenarios' order; who asks is told of changes.
    pub fn computed(&self) -> Vec<Computed> {
        self.computed.get()
    }

    /// The results as they are now.
    pub fn computed_now(&self) -> Vec<Computed> {
        self.computed.get_untracked()
    }

    /// The open scenario's result; who asks is told of changes.
    pub fn outcome(&self) -> Option<Computed> {
        let open = self.board().open();
        self.computed.get().get(open).cloned()
    }

    /// The same, without being told.
    pub fn outcome_now(&self) -> Option<Computed> {
        let open = self.board_now().open();
        self.computed.get_untracked().get(open).cloned()
    }

    /// What a scenario would give.
    pub fn result_of(&self, scenario: &Scenario) -> Result<Outcome, RuleError> {
        let ground = self.ground_now();
        outcome(&ground.round, &ground.baseline, scenario)
    }

    /// What could not be taken from the link.
    pub fn notices(&self) -> Vec<String> {
        self.notices.get()
    }

    /// The reader has read them.
    pub fn close_notices(&self) {
        self.notices.set(Vec::new());
    }

    /// What could not be taken from boxes.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults.get()
    }

    /// Whether to show floors and limits: once a rule has had some.
    pub fn shows_limits(&self, has_some: bool) -> bool {
        self.has_limits.update_value(|has_limits| *has_limits |= has_some);
        self.has_limits.get_value()
    }

    /// The section whose arithmetic is shown.
    pub fn explained(&self) -> Option<usize> {
        self.explained.get()
    }

    /// The same, without being told.
    pub fn explained_now(&self) -> Option<usize> {
        self.explained.get_untracked()
    }

    /// Shows a section's arithmetic, or hides it.
    pub fn explain(&self, place: Option<usize>) {
        self.explained.set(place);
    }

    /// Whether the sheet for the assembly is on screen.
    pub fn is_sheet_open(&self) -> bool {
        self.is_sheet_open.get()
    }

    /// Shows the sheet for the assembly, or puts it away.
    pub fn show_sheet(&self, is_open: bool) {
        self.is_sheet_open.set(is_open);
    }

    /// What a screen reader is told, some time after the last touch.
    pub fn announced(&self) -> String {
        self.announced.get()
    }

    /// Tells it.
    pub fn announce(&self, said: String) {
        self.announced.set(said);
    }

    /// What was taken away last, in words.
    pub fn taken(&self) -> String {
        self.taken.get()
    }

    /// Says what was taken away.
    pub fn say_taken(&self, said: String) {
        self.taken.set(said);
    }

    /// Whether there is a step to take back, and one to take again.
    pub fn steps(&self) -> (bool, bool) {
        (!self.past.with(Vec::is_empty), !self.future.with(Vec::is_empty))
    }

    /// A touch that is a step of its own.
    pub fn touch(&self, touch: Touch) {
        self.settle();
        let before = self.board_now();
        let after = before.after(touch.clone());
        if after != before {
            self.remember(before);
            self.board.set(after);
        }
        self.forget_faults(&touch);
    }

    /// The slider of a criterion under a finger, one place of many until [`Self::settle`].
    pub fn move_weight(&self, at: usize, wanted: Weight) {
        let moving = self.moving.get_value().filter(|moving| moving.at == at).unwrap_or_else(|| {
            self.settle();
            Move { at, from: self.board_now() }
        });
        let touch = Touch::Weight(at, wanted);
        self.board.set(moving.from.after(touch.clone()));
        self.moving.set_value(Some(moving));
        self.forget_faults(&touch);
    }

    /// Whether a slider is in somebody's hand, away from where it was taken.
    pub fn is_moving(&self) -> bool {
        let board = self.board_now();
        self.moving.with_value(|moving| moving.as_ref().is_some_and(|moving| moving.from != board))
    }

    /// The slider was let go.
    pub fn settle(&self) {
        let Some(moving) = self.moving.try_update_value(Option::take).flatten() else { return };
        if moving.from != self.board_now() {
            self.remember(moving.from);
        }
    }

    /// Waits for another pause in place of the one before.
    pub fn wait(&self, pause: Option<TimeoutHandle>) {
        if let Some(earlier) = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, pause)).flatten() {
            earlier.clear();
        }
    }

    /// A board that can be gone back to.
    fn remember(&self, board: Board) {
        self.past.update(|past| {
            past.push(board);
            let surplus = past.len().saturating_sub(MOST_STEPS);
            past.drain(..surplus);
        });
        self.future.set(Vec::new());
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        self.settle();
        self.step(self.past, self.future);
    }

    /// Takes it again.
    pub fn redo(&self) {
        self.settle();
        self.step(self.future, self.past);
    }

    fn step(&self, from: RwSignal<Vec<Board>>, to: RwSignal<Vec<Board>>) {
        let Some(board) = from.try_update(Vec::pop).flatten() else { return };
        to.update(|steps| steps.push(self.board_now()));
        self.board.set(board);
        self.set_faults(Vec::new());
    }

    /// Says that what was typed into a box was not taken; what stood before stays reckoned with.
    pub fn refuse(&self, at: &str, typed: &str, said: String) {
        let mut faults = self.faults.get_untracked();
        faults.retain(|fault| fault.at != at);
        faults.push(Fault { at: at.to_owned(), typed: typed.to_owned(), said });
        self.faults.set(faults);
    }

    /// A box holds something sound again. All boxes are written anew: the same amount may be typed in other ways.
    pub fn accept(&self, at: &str) {
        self.faults.update(|faults| faults.retain(|fault| fault.at != at));
    }

    /// A touch writes some boxes anew, those that say the same thing in other ways too: what was wrong in them is gone.
    fn forget_faults(&self, touch: &Touch) {
        let is_written = |at: &str| match touch {
            Touch::Fund(_) => matches!(at, "investment" | "share" | "fund"),
            Touch::Floor(_) | Touch::Cap(_) | Touch::SetAside(_) | Touch::Rename(_) => false,
            Touch::Weight(..) | Touch::Lock(_) => at.starts_with("weight-"),
            _ => true,
        };
        let mut faults = self.faults.get_untracked();
        faults.retain(|fault| !is_written(&fault.at));
        self.set_faults(faults);
    }

    fn set_faults(&self, faults: Vec<Fault>) {
        if faults != self.faults.get_untracked() {
            self.faults.set(faults);
        }
    }

    /// Shows what the address says now: another round, or a link's scenarios.
    pub fn reopen(&self) {
        let Some(ground) = ground_of(&self.package(), self.site) else { return };
        let opened = fragment::open(self.site, &ground, &self.package());
        if ground.round != self.ground.get_untracked().round {
            self.ground.set(Arc::new(ground));
            self.explained.set(None);
        }
        self.moving.set_value(None);
        self.board.set(opened.board);
        self.notices.set(opened.notices);
        self.set_faults(Vec::new());
        self.past.set(Vec::new());
        self.future.set(Vec::new());
    }

    /// How numbers look.
    pub fn style(&self) -> NumberStyle {
        NumberStyle::new(self.site.words().language(), &self.package().descriptor.country)
    }

    /// An amount of the round's currency, as written out.
    pub fn minor(&self, minor: i64) -> String {
        self.style().money(Money::new(minor, self.ground.get_untracked().round.currency))
    }
}
