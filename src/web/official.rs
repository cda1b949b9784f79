//! The whole municipality by year, as the ministry publishes it: a chart and its table.

use leptos::prelude::*;

use super::overview::View;
use crate::budget::{OfficialTotal, Stage};
use crate::chart::{ColumnsLayout, ColumnsModel, Size, YearColumn, layout_columns};
use crate::indicators::{Selection, execution_percent};

/// What the chart draws: a tick for the opening budget, an outline for the modified one, a fill for what was spent.
const SHOWN: [Stage; 3] = [Stage::Pia, Stage::Pim, Stage::Accrued];

/// Chart and table; nothing where no totals are published.
pub(super) fn section(view: View) -> AnyView {
    let site = view.site;
    let package = view.package();
    let totals = &package.official_totals;
    let (Some(first), Some(last)) = (totals.first(), totals.last()) else { return ().into_any() };
    let chosen = site.selection().official_year;
    let years = [("first", first.year.to_string()), ("last", last.year.to_string())];
    let caption = site.fill("official.caption", &years.each_ref().map(|(name, year)| (*name, year.as_str())));
    let region = caption.clone();
    let heads = [site.t("key.fiscal_year")]
        .into_iter()
        .chain(SHOWN.map(|stage| site.t(&format!("stage.{stage}.short"))))
        .chain([site.t("column.rate"), site.t("column.as-of")]);
    let heads = heads.map(|text| view! { <th scope="col">{text}</th> }).collect_view();
    let rows: Vec<AnyView> = totals.iter().map(|total| row(view, total, chosen.as_deref())).collect();
    view! {
        <section class="official" id="official">
            <h2>{site.t("official.heading")}</h2>
            <p>{site.t("official.lead")}</p>
            {chart(view, totals, chosen.as_deref())}
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <table data-by="official">
                    <caption>{caption}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="muted">{site.t("official.source")}</p>
        </section>
    }
    .into_any()
}

/// The chart at a size, with one year chosen or none.
pub(super) fn layout(view: View, chosen: Option<&str>, size: Size) -> Option<ColumnsLayout> {
    let package = view.package();
    let currency = package.official_totals.first()?.currency;
    let columns = package.official_totals.iter().map(|total| YearColumn {
        year: i32::from(total.year.number()),
        label: column_label(view, total),
        outline: total.amounts.at(Stage::Pim),
        fill: total.amounts.at(Stage::Accrued),
        tick: total.amounts.at(Stage::Pia),
        partial: total.is_partial(),
    });
    let selected = package.official_totals.iter().position(|total| chosen == Some(total.year.to_string().as_str()));
    let model = ColumnsModel { columns: columns.collect(), selected, focused: None };
    let style = view.style();
    let axis = view.site.fill("official.axis", &[("currency", crate::money::format::symbol(&currency))]);
    Some(layout_columns(&model, size, &|minor| style.compact(minor, currency), &axis))
}

/// One stop for the keyboard; arrows go from year to year, and what is on the chosen year stands below in words.
fn chart(view: View, totals: &[OfficialTotal], chosen: Option<&str>) -> AnyView {
    let site = view.site;
    let is_chosen = |total: &OfficialTotal| chosen == Some(total.year.to_string().as_str());
    let options = totals.iter().map(|total| {
        let selected = if is_chosen(total) { "true" } else { "false" };
        view! { <div role="option" id=option_id(total) aria-selected=selected>{view.official(total)}</div> }
    });
    let options = options.collect_view();
    let active = totals.iter().find(|total| is_chosen(total));
    let said = active.map_or_else(|| site.t("official.hint").into_any(), |total| view.official(total));
    view! {
        <div class="chart columns" role="listbox" tabindex="0" aria-label=site.t("official.chart") aria-activedescendant=active.map(option_id)>
            <canvas data-chart="official" aria-hidden="true"></canvas>
            <div class="hidden">{options}</div>
        </div>
        <p class="legend muted">{site.t("official.legend")}</p>
        <p class="readout" role="status">{said}</p>
    }
    .into_any()
}

fn option_id(total: &OfficialTotal) -> String {
    format!("official-{}", total.year)
}

fn row(view: View, total: &OfficialTotal, chosen: Option<&str>) -> AnyView {
    let site = view.site;
    let year = total.year.to_string();
    let is_chosen = chosen == Some(year.as_str());
    let official_year = (!is_chosen).then(|| year.clone());
    let href = site.href(Selection { official_year, ..site.selection() });
    let cells = SHOWN.map(|stage| {
        let money = total.at(stage);
        let value = money.map(crate::money::Money::to_plain);
        view! { <td data-stage=stage.name()><data value=value>{view.money(money)}</data></td> }
    });
    // Year first: short, and the same day in every language.
    let as_of = total.as_of.map(|date| date.to_string());
    let as_of_text = as_of.clone().unwrap_or_else(|| site.t("value.none"));
    view! {
        <tr data-key=year data-pick class:chosen=is_chosen>
            <th scope="row"><a data-view href=href aria-current=is_chosen.then_some("true")>{view.official_year(total)}</a></th>
            {cells.into_iter().collect_view()}
            <td data-role="rate">{view.percent(execution_percent(total))}</td>
            <td><time datetime=as_of>{as_of_text}</time></td>
        </tr>
    }
    .into_any()
}

/// The year; under it, how many months where it is not whole.
fn column_label(view: View, total: &OfficialTotal) -> String {
    match total.months_covered.filter(|_| total.is_partial()) {
        Some(months) => format!("{} {}", total.year, view.count("unit.months", months.unsigned_abs())),
        None => total.year.to_string(),
    }
}
