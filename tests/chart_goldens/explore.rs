//! The pictures of the page Explore: tiles, bars in parts, grouped bars, the matrix, and a poster around one.

use yupay::chart::{
    BarPart, HeatCell, HeatModel, HeatRow, Ink, Poster, Size, StackedBar, StackedModel, StackedRow, Tile, TilePart,
    TreemapModel, heat_size, layout_heat, layout_poster, layout_stacked, layout_treemap, series_for, stacked_height_px,
};

use super::check;

const DIMENSIONS: [&str; 5] = ["human", "ecological", "urban", "economic", "institutional"];

fn inks() -> Vec<Ink> {
    series_for(&DIMENSIONS).into_iter().map(Ink::Series).collect()
}

/// Sections by dimension, in céntimos.
const SPENT: [(&str, [i64; 5]); 6] = [
    ("Sección 1", [15_480_970, 0, 225_360, 0, 1_455_820]),
    ("Sección 2", [1_232_370, 7_344_330, 9_719_260, 0, 0]),
    (
        "Sección 3, que tiene un nombre largo como los que a veces vienen en los datos",
        [6_318_000, 2_365_000, 2_520_000, 0, 461_000],
    ),
    ("Sección 4", [5_746_780, 0, 9_142_560, 0, 0]),
    ("قسم ٥", [46_680, 1_762_250, 2_841_150, 0, 0]),
    ("S", [0, 3, 40_000, 0, 0]),
];

fn words(minor: i64) -> String {
    format!("S/ {}.{:02}", minor / 100, minor % 100)
}

fn sum(parts: &[i64]) -> i64 {
    parts.iter().sum()
}

fn tiles(has_parts: bool) -> TreemapModel {
    let inks = inks();
    let part = |(&size, &ink): (&i64, &Ink)| TilePart { size, ink };
    let tile = |(at, (label, parts)): (usize, &(&str, [i64; 5]))| Tile {
        label: (*label).to_owned(),
        words: words(sum(parts)),
        size: sum(parts),
        ink: inks[at % inks.len()],
        parts: if has_parts { parts.iter().zip(&inks).map(part).collect() } else { Vec::new() },
    };
    TreemapModel { tiles: SPENT.iter().enumerate().map(tile).collect() }
}

fn size((width_px, height_px): (u32, u32)) -> Size {
    Size { width_px: f64::from(width_px), height_px: f64::from(height_px) }
}

#[test]
fn treemap_of_parts() {
    for (name, area) in [("treemap_parts_960", (960, 540)), ("treemap_parts_288", (288, 304))] {
        check(name, &layout_treemap(&tiles(true), size(area)).shapes, area);
    }
}

#[test]
fn treemap_alone() {
    for (name, area) in [("treemap_alone_960", (960, 540)), ("treemap_alone_288", (288, 304))] {
        check(name, &layout_treemap(&tiles(false), size(area)).shapes, area);
    }
}

fn part(size: Option<i64>, ink: Ink) -> BarPart {
    BarPart { size, ink, is_empty: false }
}

fn row(label: &str, words: String, bars: Vec<StackedBar>) -> StackedRow {
    StackedRow { label: label.to_owned(), words, bars }
}

fn check_stacked(name: &str, model: &StackedModel, width_px: u32) {
    let shapes = layout_stacked(model, f64::from(width_px)).shapes;
    check(name, &shapes, (width_px, stacked_height_px(model).ceil() as u32));
}

fn stacked() -> StackedModel {
    let of = |(label, parts): &(&str, [i64; 5])| {
        let found =
            parts.iter().zip(inks()).map(|(&size, ink)| BarPart { is_empty: size == 0, ..part(Some(size), ink) });
        row(label, words(sum(parts)), vec![StackedBar { parts: found.collect(), words: String::new() }])
    };
    StackedModel { rows: SPENT.iter().map(of).collect() }
}

#[test]
fn bars_in_parts() {
    check_stacked("stacked_960", &stacked(), 960);
    check_stacked("stacked_288", &stacked(), 288);
}

#[test]
fn bars_in_groups() {
    let years = series_for(&["2000", "2001", "2002"]);
    let bar = |size: Option<i64>, at: usize, words: &str| StackedBar {
        parts: vec![part(size, Ink::Series(years[at]))],
        words: words.to_owned(),
    };
    let model = StackedModel {
        rows: vec![
            row(
                "Sección 1",
                "S/ 8.00".into(),
                vec![bar(Some(500), 0, "S/ 5.00"), bar(Some(300), 1, "S/ 3.00"), bar(None, 2, "sin dato")],
            ),
            row(
                "Sección 2",
                "S/ 2.00".into(),
                vec![bar(Some(-150), 0, "-S/ 1.50"), bar(Some(0), 1, "S/ 0.00"), bar(Some(350), 2, "S/ 3.50")],
            ),
        ],
    };
    check_stacked("grouped_negative_480", &model, 480);
}

fn heat() -> HeatModel {
    let cell = |minor: i64| match minor {
        0 => HeatCell { words: "—".to_owned(), size: None },
        minor => HeatCell { words: words(minor), size: Some(minor) },
    };
    let row = |(label, parts): &(&str, [i64; 5])| HeatRow {
        label: (*label).to_owned(),
        cells: parts.iter().copied().chain([sum(parts)]).map(cell).collect(),
    };
    let totals = (0..5).map(|at| SPENT.iter().map(|(_, parts)| parts[at]).sum());
    let all: i64 = SPENT.iter().map(|(_, parts)| sum(parts)).sum();
    HeatModel {
        columns: ["Humana", "Ecológica", "Urbana", "Económica", "Político-institucional", "Total"]
            .map(str::to_owned)
            .into(),
        inks: inks(),
        rows: SPENT.iter().map(row).collect(),
        total: HeatRow { label: "Total".to_owned(), cells: totals.chain([all]).map(cell).collect() },
    }
}

#[test]
fn matrix() {
    let model = heat();
    let area = heat_size(&model);
    check("explore_matrix", &layout_heat(&model), (area.width_px.ceil() as u32, area.height_px.ceil() as u32));
}

#[test]
fn poster() {
    let model = stacked();
    let area = Size { width_px: 640.0, height_px: stacked_height_px(&model) };
    let names = ["Humana", "Ecológica", "Urbana", "Económica", "Político-institucional"];
    let poster = Poster {
        title: "Lo gastado (devengado) de la ronda 2001, por sección y dimensión, en soles de 2000, solo Sección 3."
            .to_owned(),
        lines: vec!["Villa El Salvador · Total: S/ 696,614.60".to_owned(), "Datos ilustrativos.".to_owned()],
        legend: names.map(str::to_owned).into_iter().zip(inks()).collect(),
        picture: layout_stacked(&model, area.width_px).shapes,
        size: area,
        foot: vec!["Datos: Villa El Salvador, 1.0.0".to_owned(), "Datos al: 31 de diciembre de 2002".to_owned()],
    };
    let (shapes, area) = layout_poster(&poster);
    check("explore_poster", &shapes, (area.width_px.ceil() as u32, area.height_px.ceil() as u32));
}
