//! The whole municipality by year, as the ministry publishes it: a chart and its table.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::bars::{draw_when_needed, request_redraw};
use super::overview::View;
use crate::budget::{OfficialTotal, Stage};
use crate::chart::{ColumnsLayout, ColumnsModel, Size, YearColumn, hit, layout_columns};
use crate::money::{Money, ratio};

/// What the chart draws: a tick for the opening budget, an outline for the modified one, a fill for what was spent.
const COLUMNS: [Stage; 3] = [Stage::Pia, Stage::Pim, Stage::Accrued];

/// Chart and table; nothing where no totals are published.
#[component]
pub fn OfficialSection(view: View) -> impl IntoView {
    let totals = view.package.with_value(|package| package.official_totals.clone());
    (!totals.is_empty()).then(|| section(view, totals))
}

fn section(view: View, totals: Vec<OfficialTotal>) -> impl IntoView {
    let site = view.site;
    let first = totals.first().map(|total| total.year.to_string()).unwrap_or_default();
    let last = totals.last().map(|total| total.year.to_string()).unwrap_or_default();
    let caption = site.fill("official.caption", &[("first", &first), ("last", &last)]);
    let region = caption.clone();
    let heads = COLUMNS.map(|stage| view! { <th scope="col">{site.t(&format!("stage.{stage}.short"))}</th> }).collect_view();
    let chosen = RwSignal::new(None::<usize>);
    let rows = totals.iter().enumerate().map(|(position, total)| row(view, chosen, position, total)).collect_view();
    view! {
        <section class="official" id="official">
            <h2>{site.t("official.heading")}</h2>
            <p>{site.t("official.lead")}</p>
            <ColumnsChart view totals=totals.clone() chosen />
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <table data-by="official">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{site.t("key.fiscal_year")}</th>
                            {heads}
                            <th scope="col">{site.t("column.rate")}</th>
                            <th scope="col">{site.t("column.as-of")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="muted">{site.t("official.source")}</p>
        </section>
    }
}

fn row(view: View, chosen: RwSignal<Option<usize>>, position: usize, total: &OfficialTotal) -> impl IntoView + use<> {
    let site = view.site;
    let cells = COLUMNS.map(|stage| {
        let cell = total.at(stage).map_or_else(
            || view! { <span class="muted">{site.t("value.none")}</span> }.into_any(),
            |money| view! { <data value=money.to_plain()>{view.with_writer(|writer| writer.style.money(money))}</data> }.into_any(),
        );
        view! { <td data-stage=stage.name()>{cell}</td> }
    });
    let as_of = total.as_of.map(|date| site.words().date(date)).unwrap_or_else(|| site.t("value.none"));
    view! {
        <tr
            data-key=total.year.to_string()
            class:chosen=move || chosen.get() == Some(position)
            on:click=move |_| chosen.update(|chosen| *chosen = (*chosen != Some(position)).then_some(position))
        >
            <th scope="row">{year_label(view, total)}</th>
            {cells.collect_view()}
            <td data-role="rate">{rate(view, total).unwrap_or_else(|| site.t("value.dash"))}</td>
            <td>{as_of}</td>
        </tr>
    }
}

fn year_label(view: View, total: &OfficialTotal) -> String {
    let year = total.year.to_string();
    match total.months_covered.filter(|_| total.is_partial()) {
        Some(months) => {
            let months = view.with_writer(|writer| writer.count("unit.months", months.unsigned_abs()));
            view.site.fill("official.partial", &[("year", &year), ("months", &months)])
        }
        None => year,
    }
}

fn rate(view: View, total: &OfficialTotal) -> Option<String> {
    let (spent, budget) = (total.at(Stage::Accrued)?, total.at(Stage::Pim)?);
    let rate = ratio::percent(spent.minor, budget.minor, 1)?;
    Some(view.with_writer(|writer| writer.style.percent(rate)))
}

/// The chart: one stop for the keyboard, arrows go from year to year, and what is on the chosen year stands below in words.
#[component]
fn ColumnsChart(view: View, totals: Vec<OfficialTotal>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let site = view.site;
    let canvas = NodeRef::<Canvas>::new();
    let count = totals.len();
    let stored = StoredValue::new(totals);
    let layout = move |width_px: f64, height_px: f64| {
        let model = stored.with_value(|totals| model(totals, chosen.get_untracked()));
        lay_out(view, &model, Size { width_px, height_px })
    };
    draw_when_needed(site, canvas, move |element| {
        let parent = element.parent_element()?;
        Some(layout(f64::from(parent.client_width()), f64::from(parent.client_height()))?.shapes)
    });
    Effect::new(move |_| {
        chosen.track();
        request_redraw(canvas);
    });
    let touch = move |event: leptos::ev::MouseEvent| {
        let Some(element) = canvas.get_untracked() else { return };
        let rect = element.get_bounding_client_rect();
        let Some(layout) = layout(rect.width(), rect.height()) else { return };
        let (x, y) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
        chosen.set(hit(&layout.hits, x, y).filter(|touched| chosen.get_untracked() != Some(*touched)));
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        let last = count.saturating_sub(1);
        let next = match (event.key().as_str(), chosen.get_untracked()) {
            ("ArrowRight", now) => Some(now.map_or(0, |now| (now + 1).min(last))),
            ("ArrowLeft", now) => Some(now.map_or(last, |now| now.saturating_sub(1))),
            ("Home", _) => Some(0),
            ("End", _) => Some(last),
            ("Escape", _) => None,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
    };
    let said = move || match chosen.get() {
        Some(position) => stored.with_value(|totals| totals.get(position).map(|total| said_in_words(view, total)).unwrap_or_default()),
        None => site.t("official.hint"),
    };
    let option = move |position: usize| {
        let label = stored.with_value(|totals| totals.get(position).map(|total| said_in_words(view, total)).unwrap_or_default());
        let selected = move || if chosen.get() == Some(position) { "true" } else { "false" };
        view! { <div role="option" id=option_id(position) aria-selected=selected>{label}</div> }
    };
    let active = move || chosen.get().map(option_id);
    view! {
        <div
            class="chart columns"
            role="listbox"
            tabindex="0"
            aria-label=site.t("official.chart")
            aria-activedescendant=active
            on:click=touch
            on:keydown=press
        >
            <canvas node_ref=canvas aria-hidden="true"></canvas>
            <div class="hidden">{(0..count).map(option).collect_view()}</div>
        </div>
        <p class="legend muted">{site.t("official.legend")}</p>
        <p class="readout" role="status">{said}</p>
    }
}

fn option_id(position: usize) -> String {
    format!("official-{position}")
}

fn model(totals: &[OfficialTotal], chosen: Option<usize>) -> ColumnsModel {
    let columns = totals.iter().map(|total| YearColumn {
        year: i32::from(total.year.number()),
        label: total.year.to_string(),
        outline: total.amounts.at(Stage::Pim),
        fill: total.amounts.at(Stage::Accrued),
        tick: total.amounts.at(Stage::Pia),
        partial: total.is_partial(),
    });
    ColumnsModel { columns: columns.collect(), selected: chosen, focused: None }
}

fn lay_out(view: View, model: &ColumnsModel, size: Size) -> Option<ColumnsLayout> {
    let currency = view.package.with_value(|package| package.official_totals.first().map(|total| total.currency))?;
    let label = |minor: i64| view.with_writer(|writer| writer.style.compact(minor, currency));
    let symbol = crate::money::format::symbol(&currency).to_owned();
    let axis = view.site.fill("official.axis", &[("currency", &symbol)]);
    Some(layout_columns(model, size, &label, &axis))
}

fn said_in_words(view: View, total: &OfficialTotal) -> String {
    let show = |money: Option<Money>| match money {
        Some(money) => view.with_writer(|writer| writer.style.money(money)),
        None => view.site.t("value.none"),
    };
    let amounts = COLUMNS.map(|stage| show(total.at(stage)));
    let [pia, pim, accrued] = &amounts;
    let (year, rate) = (year_label(view, total), rate(view, total).unwrap_or_else(|| view.site.t("value.dash")));
    let args = [("year", year.as_str()), ("pia", pia), ("pim", pim), ("accrued", accrued), ("rate", rate.as_str())];
    view.site.fill("official.said", &args)
}
