//! Need against money, on the screen in both themes and in the greys of the printed sheet.

use yupay::chart::{AxisWords, ScatterModel, ScatterPoint, Size, layout_scatter};

use super::{WITH_PRINT, golden};

/// Hundredths with a point, without the zeros that say nothing.
fn decimal(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn percent(hundredths: i64) -> String {
    format!("{} %", decimal(hundredths))
}

fn soles(minor: i64) -> String {
    format!("S/ {}", decimal(minor))
}

fn check(name: &str, model: &ScatterModel, (width_px, height_px): (u32, u32), money: AxisWords) {
    let size = Size { width_px: f64::from(width_px), height_px: f64::from(height_px) };
    let need = AxisWords { title: "Parte de las personas sin servicios básicos del distrito", tick: &percent };
    let layout = layout_scatter(model, size, need, money);
    golden::check(name, &layout.shapes, (width_px, height_px), &WITH_PRINT);
}

fn check_shares(name: &str, model: &ScatterModel, size_px: (u32, u32)) {
    check(name, model, size_px, AxisWords { title: "Parte del fondo", tick: &percent });
}

fn point(label: &str, need: i64, official: i64, supposed: i64) -> ScatterPoint {
    ScatterPoint { label: label.to_owned(), need: Some(need), official: Some(official), supposed: Some(supposed) }
}

/// Shares of the need and of the fund, in hundredths of a percent.
fn eight_sections() -> ScatterModel {
    let points = vec![
        point("S1", 771, 1825, 1373),
        point("S2", 880, 1549, 1275),
        point("S3", 1081, 1370, 1214),
        point("S4", 1289, 1240, 1253),
        point("S5", 1554, 1169, 1295),
        point("S6", 1690, 1077, 1334),
        point("S7", 1519, 963, 1215),
        point("S8", 1216, 807, 1041),
    ];
    ScatterModel { points, equality: Some("igual parte de la necesidad y del fondo".to_owned()), ..Default::default() }
}

#[test]
fn scatter_shares_288() {
    check_shares("scatter_shares_288", &ScatterModel { focused: Some(3), ..eight_sections() }, (288, 300));
}

#[test]
fn scatter_shares_900() {
    check_shares("scatter_shares_900", &ScatterModel { selected: Some(5), ..eight_sections() }, (900, 460));
}

#[test]
fn scatter_soles_per_person() {
    let points = vec![
        point("Sector 1", 1200, 629, 473),
        point("Sector 2", 1500, 596, 490),
        point("Sector 3", 2100, 582, 516),
        point("Sector 4", 2300, 563, 569),
        point("Sector 5", 3100, 570, 631),
        point("Sector 6", 3150, 552, 684),
        point("Sector 7", 3400, 524, 674),
        point("Sector 8", 3350, 484, 630),
    ];
    let model = ScatterModel { points, ..Default::default() };
    check("scatter_soles_per_person", &model, (560, 380), AxisWords { title: "Soles por habitante", tick: &soles });
}

#[test]
fn scatter_official_alone_and_missing() {
    let mut model = eight_sections();
    for point in &mut model.points {
        point.supposed = None;
    }
    model.points[1].official = None;
    model.points[2].need = None;
    (model.points[4].official, model.points[4].supposed) = (None, Some(1295));
    model.points[5].official = Some(0);
    check_shares("scatter_official_alone_and_missing", &model, (420, 340));
}

#[test]
fn scatter_crowd() {
    let points = (0..36).map(|n| {
        let (need, official) = (180 + (n * 37) % 211, 150 + (n * 53) % 260);
        point(&format!("Z{n}"), need, official, (need + official) / 2)
    });
    let model = ScatterModel { points: points.collect(), focused: Some(17), ..eight_sections() };
    check_shares("scatter_crowd", &model, (560, 420));
}
