//! What every part of the page is handed: the packages and what is computed from them under the address.

use std::sync::Arc;

use leptos::prelude::*;

use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::Key;
use crate::indicators::{CompareQuery, Comparison, PromiseChain, Refusal, Trend, comparison, promise_chain, trend};
use crate::money::Currency;
use crate::money::format::NumberStyle;
use crate::text::Writer;
use crate::web::app::{Errands, Municipality};
use crate::web::site::Site;

/// The other municipality, where one is asked for.
#[derive(Debug, Clone, Default)]
pub(super) enum Other {
    /// None is.
    #[default]
    None,
    /// It is on its way.
    Fetching(String),
    /// It is here.
    Here(String, Arc<Package>),
    /// It cannot be had.
    Failed,
}

/// A handle to the page's state; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub site: Site,
    package: StoredValue<Arc<Package>>,
    /// The other municipality.
    pub other: RwSignal<Other>,
    pub errands: Option<Errands>,
    /// What is said of a file that was taken away.
    pub said: RwSignal<String>,
    municipalities: Option<RwSignal<Vec<Municipality>>>,
    query: Memo<CompareQuery>,
    comparison: Memo<Result<Arc<Comparison>, Refusal>>,
    trend: Memo<Result<Arc<Trend>, Refusal>>,
    chains: Memo<Arc<Vec<PromiseChain>>>,
}

impl View {
    pub fn new(site: Site, package: Arc<Package>) -> Self {
        let stored = StoredValue::new(package);
        let other = RwSignal::new(Other::None);
        let query = Memo::new(move |_| {
            let own = site.address().own;
            CompareQuery::from_pairs(own.iter().map(|(name, value)| (name.as_str(), value.as_str()))).0
        });
        let beside = move || match (query.get().with, other.get()) {
            (Some(wanted), Other::Here(slug, package)) if wanted == slug => Some(package),
            _ => None,
        };
        let comparison = Memo::new(move |_| {
            let package = stored.get_value();
            comparison(&package, beside().as_deref(), &site.selection(), &query.get()).map(Arc::new)
        });
        let trend = Memo::new(move |_| {
            let package = stored.get_value();
            trend(&package, beside().as_deref(), &site.selection(), &query.get()).map(Arc::new)
        });
        let chains = Memo::new(move |_| {
            let package = stored.get_value();
            let currency = site.selection().currency.or_else(|| package.main_currency()).unwrap_or(Currency::PEN);
            // Rows tell works apart; while they are on their way, the chain has its amounts.
            let counts_works = package.facts.table(Stage::Accrued).is_some();
            let rounds = package.rounds().into_iter();
            let chain = |round: &str| promise_chain(&package, round, currency, counts_works).ok();
            Arc::new(rounds.filter_map(chain).collect())
        });
        Self {
            site,
            package: stored,
            other,
            errands: use_context::<Errands>(),
            said: RwSignal::new(String::new()),
            municipalities: use_context::<RwSignal<Vec<Municipality>>>(),
            query,
            comparison,
            trend,
            chains,
        }
    }

    /// This municipality's package.
    pub fn package(&self) -> Arc<Package> {
        self.package.get_value()
    }

    /// The package a side is of.
    pub fn package_of(&self, is_other: bool) -> Arc<Package> {
        match self.other.get() {
            Other::Here(_, package) if is_other => package,
            _ => self.package(),
        }
    }

    /// The other municipalities of the site.
    pub fn others(&self) -> Vec<Municipality> {
        let here = self.site.address().route.municipality;
        let all = self.municipalities.map(|all| all.get()).unwrap_or_default();
        all.into_iter().filter(|one| Some(&one.slug) != here.as_ref()).collect()
    }

    /// What is compared; who asks is told of changes.
    pub fn query(&self) -> CompareQuery {
        self.query.get()
    }

    /// The same as it is now.
    pub fn query_now(&self) -> CompareQuery {
        self.query.get_untracked()
    }

    /// Whether the other municipality is asked for and not here.
    pub fn is_waiting(&self) -> bool {
        let wanted = self.query.get().with;
        wanted.is_some()
            && !matches!((&wanted, self.other.get()), (Some(wanted), Other::Here(slug, _)) if *wanted == slug)
    }

    /// The table of differences, or why there is none.
    pub fn comparison(&self) -> Result<Arc<Comparison>, Refusal> {
        self.comparison.get()
    }

    /// The table as it is now.
    pub fn comparison_now(&self) -> Option<Arc<Comparison>> {
        self.comparison.get_untracked().ok()
    }

    /// The lines over years.
    pub fn trend(&self) -> Option<Arc<Trend>> {
        self.trend.get().ok()
    }

    /// The lines as they are now.
    pub fn trend_now(&self) -> Option<Arc<Trend>> {
        self.trend.get_untracked().ok()
    }

    /// The chain of every round, oldest first.
    pub fn chains(&self) -> Arc<Vec<PromiseChain>> {
        self.chains.get()
    }

    /// The chain of the round on screen: the one chosen for every page, or the latest that side B names.
    pub fn chain_of(&self, chains: &[PromiseChain]) -> Option<PromiseChain> {
        self.chain_among(chains, &self.site.selection())
    }

    /// The same as it is now.
    pub fn chain_now(&self) -> Option<PromiseChain> {
        self.chain_among(&self.chains.get_untracked(), &self.site.address_now().selection)
    }

    fn chain_among(&self, chains: &[PromiseChain], selection: &crate::indicators::Selection) -> Option<PromiseChain> {
        let package = self.package();
        let years = crate::indicators::Selection { basis: Default::default(), ..selection.clone() }.years(&package);
        let chosen = years.iter().rev().find_map(|year| chains.iter().find(|chain| chain.round == *year));
        let opening = || chains.iter().find(|chain| Some(chain.round.as_str()) == package.opening_round());
        chosen.or_else(opening).or(chains.last()).cloned()
    }

    /// How numbers look.
    pub fn style(&self) -> NumberStyle {
        NumberStyle::new(self.site.words().language(), &self.package().descriptor.country)
    }

    /// What to call a value of a key in a package.
    pub fn label_in(&self, package: &Package, key: Key, value: Option<&str>) -> String {
        let words = self.site.words();
        Writer { catalog: &words, package, style: self.style() }.label(key, value)
    }

    /// What to call a value of a key; a value only the other municipality has, by its name there.
    pub fn label(&self, key: Key, value: Option<&str>) -> String {
        let package = self.package();
        let other = self.package_of(true);
        let is_own = value.is_none_or(|value| package.facts.values(key).contains(&value));
        self.label_in(if is_own { &package } else { &other }, key, value)
    }

    /// A count with its unit.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.count(unit, count)
    }
}
