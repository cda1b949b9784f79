//! The panel's state: what the reader chose, where the proposals are, and what the worker has answered.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::hire::{Heard, Hired};
use super::material::{HeldFile, Material};
use crate::allocation::funding::{Completion, FundingRule, Method, Satisfaction};
use crate::budget::FiscalYear;
use crate::funder::{FileSource, Manner, MethodNames, Question, Request, Source, Written};
use crate::money::Money;
use crate::web::app::{Errands, Loaded};
use crate::web::site::Site;
use crate::web::what_if::desk::Desk;
use crate::web::what_if::results::shown as result_of;

/// How long after the last touch of a slider the rules are run.
const SETTLED: Duration = Duration::from_millis(300);

/// The rules in the order they are tried: those that may take long come last.
const TRIED: [FundingRule; 9] = [
    FundingRule::VoteOrder,
    FundingRule::VoteOrderStop,
    FundingRule::EqualSplit,
    FundingRule::MoneyByVotes,
    FundingRule::GreedyPerCost,
    FundingRule::Phragmen,
    FundingRule::EqualShares,
    FundingRule::EqualSharesCompleted,
    FundingRule::Knapsack,
];

/// Whose amount is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    Scenario,
    Official,
}

/// In which order the proposals stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Declared,
    Votes,
}

/// A handle to the panel; copies are the same handle. Like `Desk`, its methods are not generic.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub desk: Desk,
    pub site: Site,
    pub loaded: StoredValue<Loaded>,
    pub errands: Option<Errands>,
    pub is_open: RwSignal<bool>,
    /// The section chosen; empty for all of them.
    pub section: RwSignal<String>,
    pub spent: RwSignal<Spent>,
    pub order: RwSignal<Order>,
    /// Where the round's proposals are.
    pub material: RwSignal<Material>,
    /// A file of the reader's own, in place of the round.
    pub own: RwSignal<Option<HeldFile>>,
    /// The files as the browser holds them, by their numbers.
    pub files: StoredValue<Vec<Blob>, LocalStorage>,
    /// The round that was looked for last.
    pub sought: StoredValue<Option<FiscalYear>>,
    /// The worker's language files, as they came.
    pub words: StoredValue<Vec<String>>,
    /// The answers on screen.
    pub written: RwSignal<Written>,
    /// Whether those are to an earlier question.
    pub is_old: RwSignal<bool>,
    pub is_broken: RwSignal<bool>,
    /// What came last, until the page is drawn the next time.
    latest: StoredValue<Option<Written>>,
    /// Whether the worker is at it.
    is_busy: StoredValue<bool>,
    worker: StoredValue<Option<Hired>, LocalStorage>,
    waiting: StoredValue<Option<TimeoutHandle>, LocalStorage>,
}

impl Panel {
    pub fn new(desk: Desk, loaded: &Loaded) -> Self {
        Self {
            desk,
            site: desk.site,
            loaded: StoredValue::new(loaded.clone()),
            errands: use_context::<Errands>(),
            is_open: RwSignal::new(false),
            section: RwSignal::new(String::new()),
            spent: RwSignal::new(Spent::Scenario),
            order: RwSignal::new(Order::Declared),
            material: RwSignal::new(Material::OnItsWay),
            own: RwSignal::new(None),
            files: StoredValue::new_local(Vec::new()),
            sought: StoredValue::new(None),
            words: StoredValue::new(Vec::new()),
            written: RwSignal::new(Written::default()),
            is_old: RwSignal::new(false),
            is_broken: RwSignal::new(false),
            latest: StoredValue::new(None),
            is_busy: StoredValue::new(false),
            worker: StoredValue::new_local(None),
            waiting: StoredValue::new_local(None),
        }
    }

    /// Runs the rules whenever what is asked changes, some time after the last touch.
    pub fn follow(self) {
        let request = Memo::new(move |_| self.request());
        Effect::new(move |earlier: Option<bool>| {
            let request = request.get();
            let is_asked = request.is_some();
            self.waiting.update_value(|waiting| {
                if let Some(handle) = waiting.take() {
                    handle.clear();
                }
            });
            match request {
                None => self.dismiss(),
                // What opens the panel is no slider.
                Some(request) if earlier != Some(true) => self.ask(&request),
                Some(request) => {
                    self.is_old.set(true);
                    let handle = set_timeout_with_handle(move || self.ask(&request), SETTLED).ok();
                    self.waiting.set_value(handle);
                }
            }
            is_asked
        });
    }

    /// What is asked now, and how the answer is to be written.
    pub fn request(self) -> Option<Request> {
        let manner = Manner {
            language: self.site.words().language().tag().to_owned(),
            country: self.desk.package().descriptor.country.clone(),
            by_votes: self.order.get() == Order::Votes,
            words: Vec::new(),
        };
        Some(Request { question: self.question()?, manner, heading: None })
    }

    /// What is asked now; nothing while the panel is closed, the proposals are on their way, or there is no amount.
    fn question(self) -> Option<Question> {
        if !self.is_open.get() {
            return None;
        }
        let method = |rule| Method { rule, satisfaction: Satisfaction::Cardinality, completion: Completion::AddOne };
        let methods = TRIED.into_iter().map(|rule| MethodNames::from(method(rule))).collect();
        let year = self.desk.ground().round.year;
        if let Some(file) = self.own.get() {
            return Some(Question { budget_minor: None, source: file.source(year, None, &[]), methods });
        }
        let Material::Found(found) = self.material.get() else { return None };
        let budget_minor = Some(self.amount(self.spent.get())?.minor);
        Some(Question { budget_minor, source: found.source(year, self.section()), methods })
    }

    /// The section chosen, where the round has it.
    pub fn section(self) -> Option<String> {
        let chosen = self.section.get();
        self.desk.ground().round.sections.iter().any(|section| section.id == chosen).then_some(chosen)
    }

    /// What there is to spend: the section's amount, or the whole fund.
    pub fn amount(self, spent: Spent) -> Option<Money> {
        let ground = self.desk.ground();
        let money = |minor: i64| Money::new(minor, ground.round.currency);
        let place = self.section().and_then(|id| ground.round.sections.iter().position(|section| section.id == id));
        match (spent, place) {
            (Spent::Scenario, Some(place)) => {
                let outcome = result_of(self.desk.outcome())?;
                outcome.sections.get(place).map(|section| section.amount)
            }
            (Spent::Scenario, None) => Some(result_of(self.desk.outcome())?.fund),
            (Spent::Official, Some(place)) => ground.baseline.official.get(place).copied().flatten().map(money),
            (Spent::Official, None) => ground.round.fund_minor.map(money).or_else(|| ground.official_total()),
        }
    }

    /// Asks the worker. One that is still answering an earlier question is ended, and another takes its place.
    fn ask(self, request: &Request) {
        if self.is_busy.get_value() {
            self.dismiss();
        }
        self.is_busy.set_value(true);
        self.is_broken.set(false);
        self.post(request.clone());
    }

    /// Hands a request to the worker, with its words and its file.
    pub fn post(self, mut request: Request) {
        request.manner.words = self.words.get_value();
        let mut file = JsValue::NULL;
        if let Source::File(FileSource { number, .. }) = &request.question.source {
            let held = self.files.with_value(|files| files.get(*number as usize).cloned());
            file = held.map_or(JsValue::NULL, JsValue::from);
        }
        self.worker.update_value(|worker| {
            if worker.is_none() {
                *worker = Hired::new(Rc::new(move |heard| self.hear(heard)));
            }
            match worker {
                Some(worker) => worker.ask(&request, &file),
                None => self.is_broken.set(true),
            }
        });
    }

    /// Ends the worker, and what it was about.
    fn dismiss(self) {
        drop(self.worker.try_update_value(Option::take));
        self.is_busy.set_value(false);
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Written(written) => {
                self.is_busy.set_value(!written.is_done);
                let has_frame = self.latest.with_value(Option::is_some);
                self.latest.set_value(Some(written));
                // Answers that come faster than the page is drawn are one change of it.
                if !has_frame {
                    request_animation_frame(move || self.show());
                }
            }
            Heard::File(text) => self.save(&text),
            Heard::Broken => {
                self.dismiss();
                self.is_broken.set(true);
            }
        }
    }

    fn show(self) {
        // The page may have gone in the meantime, and the panel with it.
        if let Some(written) = self.latest.try_update_value(Option::take).flatten() {
            self.is_old.set(false);
            self.written.set(written);
        }
    }
}
