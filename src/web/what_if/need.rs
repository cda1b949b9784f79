//! Need against money: a point a section, and the line where both are the same.

use leptos::prelude::*;

use super::desk::Desk;
use super::results::shown;
use super::words;
use crate::indicators::{NeedPoint, SectionOutcome};

/// The plot with its table; nothing where the need is not published.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let Some(outcome) = shown(desk.outcome()) else { return ().into_any() };
    let Some(need) = &outcome.need else { return ().into_any() };
    let row = |(section, point): (&SectionOutcome, &NeedPoint)| {
        let official =
            point.official_percent.map_or_else(|| site.t("value.dash"), |percent| desk.style().percent(percent));
        view! {
            <tr>
                <th scope="row">{section.name.clone()}</th>
                <td>{desk.style().percent(point.need_percent)}</td>
                <td>{official}</td>
                <td>{desk.style().percent(point.scenario_percent)}</td>
            </tr>
        }
    };
    let rows = outcome.sections.iter().zip(&need.points).map(row).collect_view();
    let heads =
        ["key.section", "what-if.need.column.need", "what-if.need.column.official", "what-if.need.column.scenario"];
    let heads = heads.map(|key| view! { <th scope="col">{site.t(key)}</th> }).into_iter().collect_view();
    let said = words::need_in_words(desk, &outcome, need);
    view! {
        <section class="need">
            <h2>{site.t("what-if.need.heading")}</h2>
            <p class="muted">{site.t("what-if.need.how")}</p>
            <div class="scatter chart" data-do="plot" role="img" aria-label=said><canvas data-chart="need" aria-hidden="true"></canvas></div>
            <details>
                <summary>{site.t("what-if.need.table")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=site.t("what-if.need.heading")>
                    <table data-by="need">
                        <caption class="hidden">{site.t("what-if.need.heading")}</caption>
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}
