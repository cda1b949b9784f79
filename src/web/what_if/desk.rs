//! What the page's parts are handed: the round, the scenarios, their results, and what can be taken back.

use std::sync::Arc;

use leptos::prelude::*;

use super::fragment;
use crate::allocation::{Board, Floor, Fund, Measure, Preset, Rule, RuleError, Scenario, Touch, Weight, presets};
use crate::budget::FiscalYear;
use crate::dataset::Package;
use crate::indicators::{AllotmentRound, Baseline, Outcome, YearChoice, allotment_round, baseline, outcome};
use crate::money::Money;
use crate::money::format::{Language, NumberStyle};
use crate::web::app::Loaded;
use crate::web::site::Site;

/// The most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// A scenario's result, or why there is none.
pub(super) type Computed = Result<Arc<Outcome>, RuleError>;

/// A round with what its scenarios are set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ground {
    pub round: AllotmentRound,
    pub baseline: Baseline,
}

impl Ground {
    /// The official amounts together.
    pub fn official_total(&self) -> Option<Money> {
        self.baseline.official_total().map(|minor| Money::new(minor, self.round.currency))
    }
}

/// What could not be taken from a box or a link: a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The box it was typed into, by its `id`; none for a link.
    pub at: Option<String>,
    /// What was wrong and what to do.
    pub said: String,
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
    /// Whether the latest touch is still going on: a slider under a finger is one step.
    is_moving: StoredValue<bool>,
    faults: RwSignal<Vec<Fault>>,
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
            is_moving: StoredValue::new(false),
            faults: RwSignal::new(opened.faults),
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

    /// What could not be taken.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults.get()
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

    /// A touch that is a step of its own, or goes on with the one under way.
    pub fn touch(&self, touch: Touch, goes_on: bool) {
        let before = self.board_now();
        let after = before.after(touch);
        if after != before {
            if !self.is_moving.get_value() {
                self.past.update(|past| {
                    past.push(before);
                    let surplus = past.len().saturating_sub(MOST_STEPS);
                    past.drain(..surplus);
                });
                self.future.set(Vec::new());
            }
            self.board.set(after);
        }
        self.is_moving.set_value(goes_on);
        self.forget_faults();
    }

    /// The slider was let go.
    pub fn settle(&self) {
        self.is_moving.set_value(false);
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        self.step(self.past, self.future);
    }

    /// Takes it again.
    pub fn redo(&self) {
        self.step(self.future, self.past);
    }

    fn step(&self, from: RwSignal<Vec<Board>>, to: RwSignal<Vec<Board>>) {
        let Some(board) = from.try_update(Vec::pop).flatten() else { return };
        to.update(|steps| steps.push(self.board_now()));
        self.board.set(board);
        self.forget_faults();
    }

    /// Says that something was not taken; what stood before stays.
    pub fn refuse(&self, at: &str, said: String) {
        self.faults.set(vec![Fault { at: Some(at.to_owned()), said }]);
    }

    fn forget_faults(&self) {
        if !self.faults.with_untracked(Vec::is_empty) {
            self.faults.set(Vec::new());
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
        self.board.set(opened.board);
        self.faults.set(opened.faults);
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

    /// What a criterion is called: by the package, by our words for its column, or by the column's name.
    pub fn criterion_name(&self, id: &str, measure: &Measure) -> String {
        let language = self.site.words().language();
        let ground = self.ground.get_untracked();
        let is_asked =
            |criterion: &&crate::budget::Criterion| criterion.year == ground.round.year && criterion.id == id;
        let package = self.package();
        let Measure::Figure { column, .. } = measure else { return self.site.t("what-if.measure.equal") };
        let published = package.rule.iter().find(is_asked).filter(|criterion| criterion.measure == *column);
        let named = published.map(|criterion| match language {
            Language::En if !criterion.label_en.is_empty() => criterion.label_en.clone(),
            _ => criterion.label_es.clone(),
        });
        named.filter(|name| !name.is_empty()).unwrap_or_else(|| self.column_name(column))
    }

    /// What a column of the section figures is called.
    pub fn column_name(&self, column: &str) -> String {
        let (words, key) = (self.site.words(), format!("what-if.column.{column}"));
        if words.has(&key) { words.get(&key) } else { column.replace('_', " ") }
    }

    /// The presets this round's figures allow, by name, first the official rule.
    pub fn presets(&self) -> Vec<(&'static str, Rule)> {
        let round = &self.ground().round;
        let offered = presets(round.official.as_ref(), &round.inputs);
        offered.into_iter().map(|(preset, rule)| (preset.name(), rule)).collect()
    }
}

/// The scenario a round opens with: the official rule and fund, or equal parts where there is no rule.
pub(super) fn official_scenario(round: &AllotmentRound, name: String) -> Scenario {
    let rule = round.official.clone().unwrap_or_else(|| equal(round));
    let share = crate::indicators::participatory_share(round);
    let fund = match (round.fund_minor, round.investment_minor.zip(share)) {
        (_, Some((investment_minor, share))) => Fund::ShareOf { investment_minor, share },
        (fund, None) => Fund::Amount(fund.unwrap_or_default()),
    };
    Scenario { name, fund, rule }
}

fn equal(round: &AllotmentRound) -> Rule {
    let equal = presets(None, &round.inputs).into_iter().find(|(preset, _)| *preset == Preset::Equal);
    let none = Rule { criteria: Vec::new(), floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO };
    equal.map_or(none, |(_, rule)| rule)
}

/// The round of the address: the one it names, or the one the package opens with.
fn ground_of(package: &Package, site: Site) -> Option<Ground> {
    let selection = site.address_now().selection;
    let named = match &selection.year {
        YearChoice::One(year) => Some(year.clone()),
        _ => package.opening_round().map(str::to_owned),
    };
    let of = |year: &str| allotment_round(package, year.parse::<FiscalYear>().ok()?);
    let latest = || package.processes.iter().rev().find_map(|process| allotment_round(package, process.year));
    let round = named.and_then(|year| of(&year)).or_else(latest)?;
    let baseline = baseline(&round);
    Some(Ground { round, baseline })
}
