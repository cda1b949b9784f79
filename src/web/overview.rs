//! The overview of a municipality: the sentence, the bar, three breakdowns, the matrix, the official totals.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::route::Address;
use super::site::Site;
use super::{breakdown, charts, chips, headline, interaction, matrix, official, pickers, provenance};
use crate::budget::{OfficialTotal, Stage};
use crate::dataset::Package;
use crate::engine::{Key, RowsNeeded, Unanswered};
use crate::indicators::{Overview, overview};
use crate::money::Money;
use crate::money::format::NumberStyle;
use crate::text::{Piece, Writer};

/// The overview, for the program that shows it.
pub const PAGE: PageParts = PageParts { show: page, needs_rows, understands: |_, _, _| false, follow: |_| () };

/// A handle to the package and its overview under the view on screen; copies are the same handle.
///
/// Like [`Site`], its methods are not generic on purpose.
#[derive(Clone, Copy)]
pub struct View {
    /// Words and address.
    pub site: Site,
    package: StoredValue<Arc<Package>>,
    overview: Memo<Result<Arc<Overview>, Unanswered>>,
}

impl View {
    fn new(site: Site, package: Arc<Package>) -> Self {
        let stored = StoredValue::new(package);
        let overview = Memo::new(move |_| overview(&stored.get_value(), &site.selection()).map(Arc::new));
        Self { site, package: stored, overview }
    }

    /// The package.
    pub fn package(&self) -> Arc<Package> {
        self.package.get_value()
    }

    /// Its overview; `None` when a sum is too large to hold, or rows are needed that are on their way. Who asks is told of
    /// changes.
    pub fn overview(&self) -> Option<Arc<Overview>> {
        self.overview.get().ok()
    }

    /// The overview as it is now.
    pub fn overview_now(&self) -> Option<Arc<Overview>> {
        self.overview.get_untracked().ok()
    }

    /// How numbers look.
    pub fn style(&self) -> NumberStyle {
        NumberStyle::new(self.site.words().language(), &self.package().descriptor.country)
    }

    /// What to call a value of a key.
    pub fn label(&self, key: Key, value: Option<&str>) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.label(key, value)
    }

    /// The page's sentence.
    pub fn sentence(&self) -> AnyView {
        let (words, package) = (self.site.words(), self.package());
        let writer = Writer { catalog: &words, package: &package, style: self.style() };
        match self.overview.get() {
            Ok(overview) => shown(writer.opening(&overview, &self.site.selection())),
            Err(Unanswered::SumTooLarge(_)) => words.get("state.too-large").into_any(),
            Err(Unanswered::RowsNeeded(_)) => words.get("state.rows").into_any(),
        }
    }

    /// What the ministry publishes of a year, read out.
    pub fn official(&self, total: &OfficialTotal) -> AnyView {
        let (words, package) = (self.site.words(), self.package());
        shown(Writer { catalog: &words, package: &package, style: self.style() }.official(total))
    }

    /// The year of an official total, and how many months of it where it is not whole.
    pub fn official_year(&self, total: &OfficialTotal) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.official_year(total)
    }

    /// A count with its unit.
    pub fn count(&self, unit: &str, count: u64) -> String {
        let (words, package) = (self.site.words(), self.package());
        Writer { catalog: &words, package: &package, style: self.style() }.count(unit, count)
    }

    /// An amount as written out, or "no data".
    pub fn money(&self, money: Option<Money>) -> String {
        money.map_or_else(|| self.site.t("value.none"), |money| self.style().money(money))
    }

    /// A percentage, or a dash where there is none to give.
    pub fn percent(&self, percent: Option<rust_decimal::Decimal>) -> String {
        percent.map_or_else(|| self.site.t("value.dash"), |percent| self.style().percent(percent))
    }
}

/// Pieces of a sentence, its amounts marked with their exact values.
fn shown(pieces: Vec<Piece>) -> AnyView {
    let piece = |piece: Piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Amount { plain, shown } => view! { <data value=plain>{shown}</data> }.into_any(),
    };
    pieces.into_iter().map(piece).collect_view().into_any()
}

fn needs_rows(package: &Package, address: &Address) -> bool {
    overview(package, &address.selection) == Err(Unanswered::RowsNeeded(RowsNeeded))
}

/// The page of a package.
fn page(site: Site, loaded: Loaded) -> AnyView {
    let view = View::new(site, Arc::clone(&loaded.package));
    let has_projects = [Stage::Agreed, Stage::Accrued].iter().any(|&stage| loaded.package.facts.count(stage) > 0);
    let body = if has_projects {
        // One closure a section: when the view changes, its elements are kept and only what differs is written, so that
        // focus stays where it is.
        view! {
            {move || pickers::form(view)}
            {move || chips::chips(view)}
            {move || headline::section(view)}
            <div class="breakdowns" class:years=move || view.overview().is_some_and(|o| o.years.len() > 1)>
                {move || breakdown::section(view, 0)}
                {move || breakdown::section(view, 1)}
                {move || breakdown::section(view, 2)}
            </div>
            {move || matrix::section(view)}
        }
        .into_any()
    } else {
        view! { <h1>{site.fill("state.no-projects", &[("name", &loaded.package.descriptor.title)])}</h1> }.into_any()
    };
    charts::keep_painted(view);
    view! {
        <div
            class="overview"
            on:click=move |event| interaction::click(view, &event)
            on:keydown=move |event| interaction::press(view, &event)
            on:change=move |event| interaction::choose(view, &event)
        >
            {provenance::problems(site, &loaded)}
            {body}
            {move || official::section(view)}
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}
