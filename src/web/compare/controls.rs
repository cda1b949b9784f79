//! What is set against what, and in what it is told: pickers that write the address.

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;

use super::view::View;
use super::{taken, words};
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Key, YearBasis};
use crate::indicators::{CompareBy, CompareQuery, CompareSort, ComparedAs, Per, Selection, YearChoice, base_years};
use crate::web::chips::of_selection;
use crate::web::events;
use crate::web::pickers::{currencies, select};
use crate::web::route::Address;

/// Follows a link to another view without loading the page again; a click that asks for a new tab is left alone.
pub(super) fn click(view: View, event: &MouseEvent) {
    let Some(target) = events::clicked(event) else { return };
    if events::closest(&target, "[data-take]").is_some() {
        return taken::take_away(view);
    }
    events::follow(view.site, event, events::closest(&target, "a[data-view]"));
}

/// A picker's new value.
pub(super) fn choose(view: View, event: &Event) {
    let Some(picker) = events::target(event) else { return };
    let value = event_target_value(event);
    let (mut query, mut address) = (view.query_now(), view.site.address_now());
    let selection = &mut address.selection;
    match picker.id().as_str() {
        "by" => choose_by(&mut query, &value),
        "a" | "b" if value == SEVERAL => return,
        "a" => query.sides[0] = vec![value],
        "b" => query.sides[1] = vec![value],
        "rows" => query.rows = value.parse().ok(),
        "sort" => query.sort = CompareSort::from_name(&value).unwrap_or_default(),
        "year" => selection.year = YearChoice::One(value),
        "basis" => {
            selection.count_years_by(YearBasis::from_name(&value).unwrap_or_default(), &view.package());
            if query.by == CompareBy::Years {
                query.sides = Default::default();
            }
        }
        "stage" => selection.stage = value.parse().unwrap_or(selection.stage),
        "stage-b" => query.stage_b = value.parse().ok().filter(|stage: &Stage| *stage != selection.stage),
        "amounts" => {
            selection.per = if value == "person" { Per::Person } else { Per::Total };
            query.share = value == "share";
        }
        "real" => query.real = value.parse().ok(),
        "currency" => selection.currency = value.parse().ok(),
        _ => return,
    }
    address.own = query.to_pairs();
    if address != view.site.address_now() {
        view.site.go(address);
    }
}

/// The picker's value while a side has several years or sections.
const SEVERAL: &str = "several";

/// How the picker of what is compared names another municipality.
const WITH: &str = "with:";

fn choose_by(query: &mut CompareQuery, value: &str) {
    query.sides = Default::default();
    query.rows = None;
    query.with = value.strip_prefix(WITH).map(str::to_owned);
    query.by = if value == "section" { CompareBy::Sections } else { CompareBy::Years };
}

/// A picker: its id, its words' key, its options, the one chosen.
struct Picker {
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
}

/// All pickers: only those the package can answer.
pub(super) fn form(view: View) -> AnyView {
    let (site, package, selection, query) = (view.site, view.package(), view.site.selection(), view.query());
    let mut pickers = vec![picker(view, by(view, &query))];
    pickers.extend([0, 1].map(|place| side(view, &query, &selection, place)));
    if query.by == CompareBy::Sections && query.with.is_none() {
        pickers.push(picker(view, year(view, &selection)));
    }
    let keys = query
        .row_keys(&package, &selection)
        .into_iter()
        .map(|key| (site.t(&format!("key.{}", key.name())), key.name().to_owned()));
    let rows = Picker {
        id: "rows",
        label: "compare.pick.rows",
        options: keys.collect(),
        chosen: query.rows_key(&package, &selection).name().to_owned(),
    };
    pickers.push(picker(view, rows));
    pickers.extend(counted(view, &package, &selection, &query).into_iter().map(|one| picker(view, one)));
    view! { <form class="pickers" aria-label=site.t("pick.label")>{pickers}</form> }.into_any()
}

/// How amounts are counted and told.
fn counted(view: View, package: &Package, selection: &Selection, query: &CompareQuery) -> Vec<Picker> {
    let site = view.site;
    let mut pickers = Vec::new();
    let stages: Vec<Stage> = Stage::ALL.into_iter().filter(|&stage| package.facts.has(stage)).collect();
    let named = |stage: &Stage| (words::stage(view, *stage), stage.name().to_owned());
    if stages.len() > 1 {
        let options: Vec<(String, String)> = stages.iter().map(named).collect();
        let chosen_b = query.stage_b.unwrap_or(selection.stage).name().to_owned();
        let chosen = selection.stage.name().to_owned();
        pickers.push(Picker { id: "stage", label: "compare.pick.stage-a", options: options.clone(), chosen });
        pickers.push(Picker { id: "stage-b", label: "compare.pick.stage-b", options, chosen: chosen_b });
    }
    if package.has_lines() && !package.rounds().is_empty() {
        let bases = [YearBasis::Round, YearBasis::Fiscal].map(YearBasis::name);
        let options = bases.map(|name| (site.t(&format!("pick.basis.{name}")), name.to_owned())).to_vec();
        pickers.push(Picker { id: "basis", label: "pick.basis", options, chosen: selection.basis.name().to_owned() });
    }
    let measures = [("total", true), ("person", package.has_population()), ("share", true)];
    let options = measures.into_iter().filter(|(_, is_there)| *is_there);
    let options = options.map(|(name, _)| (site.t(&format!("compare.amounts.{name}")), name.to_owned())).collect();
    let chosen = match query.measure(selection) {
        ComparedAs::Total => "total",
        ComparedAs::PerPerson => "person",
        ComparedAs::Share => "share",
    };
    pickers.push(Picker { id: "amounts", label: "pick.per", options, chosen: chosen.to_owned() });
    let bases = base_years(package);
    if !bases.is_empty() {
        let real = |year: String| (site.fill("compare.prices.real", &[("year", &year)]), year);
        let nominal = (site.t("compare.prices.nominal"), "nominal".to_owned());
        let options = [nominal].into_iter().chain(bases.iter().map(|year| real(year.to_string()))).collect();
        let chosen = query.real.map_or_else(|| "nominal".to_owned(), |year| year.to_string());
        pickers.push(Picker { id: "real", label: "compare.pick.prices", options, chosen });
    }
    if let Ok(found) = view.comparison()
        && found.currencies.len() > 1
    {
        let options = currencies(site, &found.currencies);
        let chosen = found.currency.to_string();
        pickers.push(Picker { id: "currency", label: "pick.currency", options, chosen });
    }
    let sorts = [CompareSort::Declared, CompareSort::Loss, CompareSort::Gain].map(CompareSort::name);
    let options = sorts.map(|name| (site.t(&format!("compare.sort.{name}")), name.to_owned())).to_vec();
    pickers.push(Picker { id: "sort", label: "compare.pick.sort", options, chosen: query.sort.name().to_owned() });
    pickers
}

fn by(view: View, query: &CompareQuery) -> Picker {
    let site = view.site;
    let mut options = vec![(site.t("compare.by.year"), "year".to_owned())];
    if view.package().facts.values(Key::Section).len() > 1 {
        options.push((site.t("compare.by.section"), "section".to_owned()));
    }
    options.extend(view.others().into_iter().map(|one| {
        let title = if one.title.is_empty() { one.slug.clone() } else { one.title };
        (site.fill("compare.by.with", &[("name", &title)]), format!("{WITH}{}", one.slug))
    }));
    let chosen = match (&query.with, query.by) {
        (Some(slug), _) => format!("{WITH}{slug}"),
        (None, CompareBy::Sections) => "section".to_owned(),
        (None, CompareBy::Years) => "year".to_owned(),
    };
    Picker { id: "by", label: "compare.pick.by", options, chosen }
}

fn year(view: View, selection: &Selection) -> Picker {
    let package = view.package();
    let years = package.facts.values(selection.basis.key());
    let options = years.iter().rev().map(|year| ((*year).to_owned(), (*year).to_owned())).collect();
    let chosen = selection.years(&package).pop().unwrap_or_default();
    Picker { id: "year", label: "pick.year", options, chosen }
}

/// More than this are no list to go through.
const MOST_JOINED: usize = 120;

/// A side: one year or section by a picker; several by the links below it, each of which adds one or takes it away.
fn side(view: View, query: &CompareQuery, selection: &Selection, place: usize) -> AnyView {
    let site = view.site;
    let id = if place == 0 { "a" } else { "b" };
    let Some(found) = sides_now(view, query, selection).into_iter().nth(place) else { return ().into_any() };
    let mut options: Vec<(String, String)> = found.all.clone();
    let chosen = match found.chosen.as_slice() {
        [one] => one.clone(),
        several => {
            let names: Vec<String> = several.iter().map(|value| found.name(value)).collect();
            options.insert(0, (words::listed(view, &names), SEVERAL.to_owned()));
            SEVERAL.to_owned()
        }
    };
    let label = if place == 0 { "compare.pick.a" } else { "compare.pick.b" };
    let more = found.all.iter().map(|(name, value)| {
        let is_chosen = found.chosen.contains(value);
        let toggled: Vec<String> = match is_chosen {
            true => found.chosen.iter().filter(|known| *known != value).cloned().collect(),
            // In the order of all.
            false => {
                let is_in = |known: &String| found.chosen.contains(known) || known == value;
                found.all.iter().map(|(_, known)| known.clone()).filter(is_in).collect()
            }
        };
        // A side without anything would be another one.
        let toggled = if toggled.is_empty() { found.chosen.clone() } else { toggled };
        let mut sides = query.sides.clone();
        if let Some(side) = sides.get_mut(place) {
            *side = toggled;
        }
        let own = CompareQuery { sides, ..query.clone() }.to_pairs();
        let href = Address { own, ..site.address() }.href();
        view! { <li><a class="chip" class:chosen=is_chosen data-view href=href aria-current=is_chosen.then_some("true")><bdi>{name.clone()}</bdi></a></li> }
    });
    let more = more.collect_view();
    let several = (3..=MOST_JOINED).contains(&found.all.len()).then(|| {
        view! {
            <details class="several">
                <summary>{site.t("compare.several")}<span class="hidden">{format!(" ({})", site.t(label))}</span></summary>
                <ul>{more}</ul>
            </details>
        }
    });
    let picker = picker(view, Picker { id, label, options, chosen });
    view! { <div class="side" data-side=id>{picker}{several}</div> }.into_any()
}

/// What a side can be and is.
struct SideChoice {
    /// Names and values.
    all: Vec<(String, String)>,
    chosen: Vec<String>,
}

impl SideChoice {
    fn name(&self, value: &str) -> String {
        let found = self.all.iter().find(|(_, known)| known == value);
        found.map_or_else(|| value.to_owned(), |(name, _)| name.clone())
    }
}

fn sides_now(view: View, query: &CompareQuery, selection: &Selection) -> [SideChoice; 2] {
    let is_by_section = query.by == CompareBy::Sections && query.with.is_none();
    let found = view.comparison().ok();
    [0, 1].map(|place| {
        let package = view.package_of(place == 1 && query.with.is_some());
        let known = package.facts.values(if is_by_section { Key::Section } else { selection.basis.key() });
        let name = |value: &str| match is_by_section {
            true => view.label_in(&package, Key::Section, Some(value)),
            false if selection.basis == YearBasis::Round && package.is_running(value) => {
                view.site.fill("pick.year.running", &[("year", value)])
            }
            false => value.to_owned(),
        };
        let all = known.into_iter().map(|value| (name(value), value.to_owned())).collect();
        let side = found.as_ref().and_then(|found| found.sides.get(place));
        let chosen = side.map(|side| match is_by_section {
            true => side.sections.iter().map(|section| section.clone().unwrap_or_else(|| "-".to_owned())).collect(),
            false => side.years.clone(),
        });
        let asked = || query.sides.get(place).cloned().unwrap_or_default();
        SideChoice { all, chosen: chosen.unwrap_or_else(asked) }
    })
}

fn picker(view: View, Picker { id, label, options, chosen }: Picker) -> AnyView {
    select(id, view.site.t(label), options, &chosen)
}

/// What both sides are narrowed to, each with its way back.
pub(super) fn chips(view: View) -> AnyView {
    let chips = of_selection(view.site, &|key, value| view.label(key, value));
    view! { <div class="chips">{chips}</div> }.into_any()
}
