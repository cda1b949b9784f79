//! The panel's state: what the reader chose, where the proposals are, and what the worker has answered.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::hire::{Heard, Hired};
use super::material::{Material, Round};
use crate::allocation::funding::{Completion, FundingRule, Method, Satisfaction};
use crate::budget::FiscalYear;
use crate::funder::{FileHeading, Manner, MethodNames, Question, Request, Source, Written};
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

/// A handle to the panel; copies are the same handle. Like `Desk`, its methods are not generic; and it has few types of signals,
/// since each is compiled into the page.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub desk: Desk,
    pub site: Site,
    pub errands: Option<Errands>,
    pub is_open: RwSignal<bool>,
    /// The section chosen; empty for all of them.
    pub section: RwSignal<String>,
    /// Whether the official amount is spent, and not the open scenario's.
    pub is_official: RwSignal<bool>,
    /// Whether the proposals stand by their votes, and not as they were declared.
    pub is_by_votes: RwSignal<bool>,
    /// Where the proposals are.
    pub material: RwSignal<Material>,
    /// The answers on screen.
    pub written: RwSignal<Written>,
    /// Whether those are to an earlier question.
    pub is_old: RwSignal<bool>,
    pub is_broken: RwSignal<bool>,
    backroom: StoredValue<Backroom, LocalStorage>,
}

/// What is kept without being shown.
pub(super) struct Backroom {
    pub loaded: Loaded,
    /// Files as the browser holds them, by their numbers.
    pub files: Vec<Blob>,
    /// The round that was looked for last.
    pub sought: Option<FiscalYear>,
    /// The worker's language files, as they came.
    pub words: Vec<String>,
    /// What came last, until the page is drawn the next time.
    latest: Option<Written>,
    worker: Option<Hired>,
    /// Whether it is at it.
    is_busy: bool,
    /// What is asked after the last touch.
    waiting: Option<TimeoutHandle>,
}

/// A question in the worker's own form, and the number of its file.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    json: String,
    file: Option<u32>,
}

impl Panel {
    pub fn new(desk: Desk, loaded: &Loaded) -> Self {
        let backroom = Backroom {
            loaded: loaded.clone(),
            files: Vec::new(),
            sought: None,
            words: Vec::new(),
            latest: None,
            worker: None,
            is_busy: false,
            waiting: None,
        };
        Self {
            desk,
            site: desk.site,
            errands: use_context::<Errands>(),
            is_open: RwSignal::new(false),
            section: RwSignal::new(String::new()),
            is_official: RwSignal::new(false),
            is_by_votes: RwSignal::new(false),
            material: RwSignal::new(Material::default()),
            written: RwSignal::new(Written::default()),
            is_old: RwSignal::new(false),
            is_broken: RwSignal::new(false),
            backroom: StoredValue::new_local(backroom),
        }
    }

    /// Does something with what is kept; nothing where the page has gone in the meantime, and the panel with it.
    pub fn backroom(self, does: &mut dyn FnMut(&mut Backroom)) {
        let _gone = self.backroom.try_update_value(|backroom| does(backroom));
    }

    /// Runs the rules whenever what is asked changes, some time after the last touch.
    pub fn follow(self) {
        let asked = Memo::new(move |_| self.asked(None));
        Effect::new(move |earlier: Option<bool>| {
            let asked = asked.get();
            let is_asked = asked.is_some();
            self.backroom(&mut |backroom| {
                if let Some(handle) = backroom.waiting.take() {
                    handle.clear();
                }
            });
            match asked {
                None => self.dismiss(),
                // What opens the panel is no slider.
                Some(asked) if earlier != Some(true) => self.ask(&asked),
                Some(asked) => {
                    self.is_old.set(true);
                    let mut handle = set_timeout_with_handle(move || self.ask(&asked), SETTLED).ok();
                    self.backroom(&mut |backroom| backroom.waiting = handle.take());
                }
            }
            is_asked
        });
    }

    /// What is asked now: to be written on the page, or as a file. Nothing while the panel is closed, the proposals are on their
    /// way, or there is no amount.
    pub fn asked(self, heading: Option<FileHeading>) -> Option<Asked> {
        if !self.is_open.get() {
            return None;
        }
        let method = |rule| Method { rule, satisfaction: Satisfaction::Cardinality, completion: Completion::AddOne };
        let methods = TRIED.into_iter().map(|rule| MethodNames::from(method(rule))).collect();
        let year = self.desk.ground().round.year;
        let (budget_minor, source) = match self.material.get() {
            Material { own: Some(file), .. } => (None, file.source(year, None, &[])),
            Material { round: Round::Found(found), .. } => {
                (Some(self.amount(self.is_official.get())?.minor), found.source(year, self.section()))
            }
            Material { .. } => return None,
        };
        let file = match &source {
            Source::File(file) => Some(file.number),
            Source::Listed(_) => None,
        };
        let manner = Manner {
            language: self.site.words().language().tag().to_owned(),
            country: self.desk.package().descriptor.country.clone(),
            by_votes: self.is_by_votes.get(),
        };
        let request = Request { question: Question { budget_minor, source, methods }, manner, heading };
        Some(Asked { json: serde_json::to_string(&request).ok()?, file })
    }

    /// The section chosen, where the round has it.
    pub fn section(self) -> Option<String> {
        let chosen = self.section.get();
        self.desk.ground().round.sections.iter().any(|section| section.id == chosen).then_some(chosen)
    }

    /// What there is to spend: the section's amount, or the whole fund.
    pub fn amount(self, is_official: bool) -> Option<Money> {
        let ground = self.desk.ground();
        let money = |minor: i64| Money::new(minor, ground.round.currency);
        let place = self.section().and_then(|id| ground.round.sections.iter().position(|section| section.id == id));
        match (is_official, place) {
            (false, Some(place)) => {
                let outcome = result_of(self.desk.outcome())?;
                outcome.sections.get(place).map(|section| section.amount)
            }
            (false, None) => Some(result_of(self.desk.outcome())?.fund),
            (true, Some(place)) => ground.baseline.official.get(place).copied().flatten().map(money),
            (true, None) => ground.round.fund_minor.map(money).or_else(|| ground.official_total()),
        }
    }

    /// Asks the worker. One that is still answering an earlier question is ended, and another takes its place.
    fn ask(self, asked: &Asked) {
        let mut is_busy = false;
        self.backroom(&mut |backroom| is_busy = std::mem::replace(&mut backroom.is_busy, true));
        self.is_broken.set(false);
        self.post(asked, is_busy);
    }

    /// Hands a question to the worker, or to another one, with the words and the file.
    pub fn post(self, asked: &Asked, to_another: bool) {
        let mut is_hired = true;
        self.backroom(&mut |backroom| {
            if to_another {
                backroom.worker = None;
            }
            if backroom.worker.is_none() {
                backroom.worker = Hired::new(Rc::new(move |heard| self.hear(heard)));
            }
            let file = asked.file.and_then(|number| backroom.files.get(number as usize)).cloned();
            let file = file.map_or(JsValue::NULL, JsValue::from);
            match &backroom.worker {
                Some(worker) => worker.ask(&asked.json, &file, &backroom.words),
                None => is_hired = false,
            }
        });
        if !is_hired {
            self.is_broken.set(true);
        }
    }

    /// Ends the worker, and what it was about.
    fn dismiss(self) {
        self.backroom(&mut |backroom| {
            backroom.worker = None;
            backroom.is_busy = false;
        });
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Written(written) => {
                let (mut written, mut has_frame) = (Some(written), false);
                self.backroom(&mut |backroom| {
                    backroom.is_busy = written.as_ref().is_some_and(|written| !written.is_done);
                    has_frame = backroom.latest.is_some();
                    backroom.latest = written.take();
                });
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
        let mut latest = None;
        self.backroom(&mut |backroom| latest = backroom.latest.take());
        if let Some(written) = latest {
            self.is_old.set(false);
            self.written.set(written);
        }
    }
}
