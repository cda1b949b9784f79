//! What was published beside what the rule gives.

use leptos::prelude::*;

use super::desk::Desk;
use super::{results, words};
use crate::money::Money;

/// The published amounts beside the recomputed ones.
pub(super) fn section(desk: Desk) -> AnyView {
    let site = desk.site;
    let ground = desk.ground();
    let baseline = &ground.baseline;
    let said = match (&baseline.recomputed, baseline.compared) {
        (None, _) => site.t("what-if.published.no-rule"),
        (Some(Err(error)), _) => site.fill("what-if.published.refused", &[("reason", &words::rule_error(desk, error))]),
        (Some(Ok(_)), 0) => site.t("what-if.published.none"),
        (Some(Ok(_)), _) if baseline.differing.is_empty() => site.t("what-if.published.same"),
        (Some(Ok(_)), _) => {
            let count = i64::try_from(baseline.differing.len()).unwrap_or(i64::MAX);
            site.words().plural("what-if.published.differ", count, &[("n", &count.to_string())])
        }
    };
    let year = ground.round.year.to_string();
    let computed: Vec<Option<i64>> = match &baseline.recomputed {
        Some(Ok(allocated)) => allocated.sections.iter().map(|share| Some(share.amount_minor)).collect(),
        _ => vec![None; ground.round.sections.len()],
    };
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, ground.round.currency));
    let row = |((place, section), computed): ((usize, &crate::budget::Section), Option<i64>)| {
        let published = ground.round.published.get(place).copied().flatten();
        let differs = baseline.differing.iter().any(|(at, _, _)| *at == place);
        let mark = differs.then(|| view! { " " <span class="tag">{site.t("what-if.published.differs")}</span> });
        view! {
            <tr>
                <th scope="row">{section.name.clone()}{mark}</th>
                <td>{results::amount(desk, money(published))}</td>
                <td>{results::amount(desk, money(computed))}</td>
            </tr>
        }
    };
    let rows = ground.round.sections.iter().enumerate().zip(computed).map(row).collect_view();
    let caption = site.fill("what-if.published.caption", &[("year", &year)]);
    let (summary, region) = (caption.clone(), caption.clone());
    view! {
        <section class="published" id="published">
            <h2>{site.t("what-if.published")}</h2>
            <p>{said}</p>
            <details>
                <summary>{summary}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=region>
                    <table data-by="published">
                        <caption class="hidden">{caption}</caption>
                        <thead><tr>
                            <th scope="col">{site.t("key.section")}</th>
                            <th scope="col">{site.t("what-if.published.amount")}</th>
                            <th scope="col">{site.t("what-if.published.recomputed")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}
