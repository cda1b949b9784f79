//! What the page's canvases show.

use super::desk::Desk;
use super::results::shown;
use super::words;
use crate::allocation::Weight;
use crate::chart::{
    AxisWords, Hatched, Ink, Part, Rect, RowBar, ScatterLayout, ScatterModel, ScatterPoint, Shape, Size,
    layout_scatter, layout_split_bars, split_bars_height_px,
};
use crate::indicators::{NeedPoint, Outcome, SectionOutcome};
use crate::web::painter::{self, samples, strips};

/// Paints them whenever a result changes.
pub(super) fn keep_painted(desk: Desk) {
    let watch = Box::new(move || {
        desk.computed();
        desk.board();
        desk.explained();
    });
    painter::keep_painted(
        desk.site,
        watch,
        Box::new(move |canvas, what, size| match what {
            "legend" => {
                let samples = samples(canvas);
                samples.into_iter().flat_map(|(at, rect)| sample(desk, at, rect)).collect()
            }
            "results" => {
                let rows = result_rows(desk);
                layout_split_bars(&rows, &strips(canvas, rows.len(), split_bars_height_px(&rows)))
            }
            "compare" => {
                let rows = scenario_rows(desk);
                let mut shapes = layout_split_bars(&rows, &strips(canvas, rows.len(), split_bars_height_px(&rows)));
                // In the heads on wide screens, in the cells on narrow ones.
                let seen = samples(canvas).into_iter().filter(|(_, rect)| rect.is_drawable());
                shapes.extend(seen.flat_map(|(at, rect)| scenario_sample(at, rect)));
                shapes
            }
            "need" => plot(desk, size),
            _ => Vec::new(),
        }),
    );
}

/// The section under a point of the need plot; the point is in CSS px from the plot's corner.
pub(super) fn section_at(desk: Desk, size: Size, x_px: f64, y_px: f64) -> Option<usize> {
    layout(desk, size)?.hit(x_px, y_px)
}

fn plot(desk: Desk, size: Size) -> Vec<Shape> {
    layout(desk, size).map(|layout| layout.shapes).unwrap_or_default()
}

fn layout(desk: Desk, size: Size) -> Option<ScatterLayout> {
    let outcome = shown(desk.outcome_now())?;
    let need = outcome.need.as_ref()?;
    let point = |(section, point): (&SectionOutcome, &NeedPoint)| ScatterPoint {
        label: section.id.clone(),
        need: hundredths(point.need_percent),
        official: point.official_percent.and_then(hundredths),
        supposed: hundredths(point.scenario_percent),
    };
    let site = desk.site;
    let model = ScatterModel {
        points: outcome.sections.iter().zip(&need.points).map(point).collect(),
        equality: Some(site.t("what-if.need.line")),
        selected: desk.explained_now(),
        focused: None,
    };
    let tick = |hundredths: i64| words::percent(desk, rust_decimal::Decimal::new(hundredths, 2));
    let (need, money) = (site.t("what-if.need.axis.need"), site.t("what-if.need.axis.money"));
    let axis = |title| AxisWords { title, tick: &tick };
    Some(layout_scatter(&model, size, axis(&need), axis(&money)))
}

/// A percentage with two decimals, in hundredths of a percent.
fn hundredths(percent: rust_decimal::Decimal) -> Option<i64> {
    i64::try_from(percent.mantissa()).ok().filter(|_| percent.scale() == 2)
}

/// A sample of a scenario's bar: the official one, then each in turn.
fn scenario_sample(at: usize, rect: Rect) -> Vec<Shape> {
    match at {
        0 => vec![Shape::solid(rect, Ink::Muted)],
        scenario => Hatched::at(scenario - 1).shapes(rect).to_vec(),
    }
}

/// A sample for the legend: the official bar, then the parts.
fn sample(desk: Desk, at: usize, rect: Rect) -> Vec<Shape> {
    match at {
        0 => scenario_sample(0, rect),
        part => hatchings(desk).get(part - 1).copied().unwrap_or(Hatched::FLOOR).shapes(rect).to_vec(),
    }
}

/// The hatching of each criterion that has weight, by its place in the rule, so that it keeps it while weights move.
fn hatchings(desk: Desk) -> Vec<Hatched> {
    let board = desk.board_now();
    let criteria = board.scenario().rule.criteria.iter().enumerate();
    criteria.filter(|(_, criterion)| criterion.weight > Weight::ZERO).map(|(at, _)| Hatched::at(at)).collect()
}

/// The official bar over the open scenario's, part by part.
fn result_rows(desk: Desk) -> Vec<Vec<RowBar>> {
    let Some(outcome) = shown(desk.outcome_now()) else { return Vec::new() };
    let hatchings = hatchings(desk);
    let row = |section: &SectionOutcome| {
        vec![RowBar::Official(section.official.map(|money| money.minor)), RowBar::Supposed(parts(section, &hatchings))]
    };
    outcome.sections.iter().map(row).collect()
}

/// The parts of an amount; the rounding is under a pixel anywhere and goes with the last.
fn parts(section: &SectionOutcome, hatchings: &[Hatched]) -> Vec<Part> {
    let share = &section.share;
    let terms = share.terms.iter().zip(hatchings).map(|(term, &hatched)| Part { amount: term.amount_minor, hatched });
    let floors = [share.flat_floor_minor, share.bounds_minor].into_iter().filter(|&minor| minor != 0);
    terms.chain(floors.map(|amount| Part { amount, hatched: Hatched::FLOOR })).collect()
}

/// How tall the bars of all scenarios stand in a row, in CSS px.
pub(super) fn scenario_bars_height_px(desk: Desk) -> f64 {
    split_bars_height_px(&scenario_rows(desk))
}

/// The official bar over one bar a scenario.
fn scenario_rows(desk: Desk) -> Vec<Vec<RowBar>> {
    let (ground, computed) = (desk.ground_now(), desk.computed_now());
    let bar = |outcome: Option<&Outcome>, scenario: usize, place: usize| {
        let section = outcome.and_then(|outcome| outcome.sections.get(place));
        let whole = section.map(|section| Part { amount: section.amount.minor, hatched: Hatched::at(scenario) });
        RowBar::Supposed(whole.into_iter().collect())
    };
    let row = |place: usize| {
        let official = RowBar::Official(ground.baseline.official.get(place).copied().flatten());
        let scenarios = computed.iter().enumerate();
        let supposed =
            scenarios.map(|(scenario, outcome)| bar(outcome.as_ref().ok().map(AsRef::as_ref), scenario, place));
        std::iter::once(official).chain(supposed).collect()
    };
    (0..ground.round.sections.len()).map(row).collect()
}
