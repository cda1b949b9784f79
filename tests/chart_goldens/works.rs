//! The road of a work's money, and the map of sections.

use rust_decimal::Decimal;
use yupay::chart::{
    BarState, MapArea, MapModel, MapPoint, Size, StatusMark, StepBar, StepLook, layout_map, layout_steps,
    steps_height_px,
};

use super::{WITH_PRINT, golden};

fn step(label: &str, shown: &str, amount: Option<i64>, look: StepLook) -> StepBar {
    StepBar { heading: None, label: label.to_owned(), shown: shown.to_owned(), amount, look, follows: true }
}

fn under(heading: &str, step: StepBar) -> StepBar {
    StepBar { heading: Some(heading.to_owned()), follows: false, ..step }
}

#[test]
fn road_in_steps() {
    use StepLook::{Budgeted, Done, Promised};
    let steps = [
        step("Costo estimado (lo pedido)", "S/ 118,590.00", Some(11_859_000), Promised),
        step("Acordado en el acta", "S/ 92,500.00", Some(9_250_000), Promised),
        under("Año fiscal 2000", step("PIA, presupuesto inicial", "S/ 92,500.00", Some(9_250_000), Budgeted)),
        step("PIM, presupuesto modificado", "S/ 58,844.00", Some(5_884_400), Budgeted),
        step("Certificado", "sin dato", None, Budgeted),
        step("Gastado (devengado)", "S/ 3,788.96", Some(378_896), Done),
        step("Pagado (girado)", "S/ 0.00", Some(0), Done),
        under("Año fiscal 2001", step("PIM, presupuesto modificado", "S/ 120,000.00", Some(12_000_000), Budgeted)),
        step("Gastado (devengado)", "-S/ 20,000.00", Some(-2_000_000), Done),
    ];
    let height_px = steps_height_px(&steps).ceil() as u32;
    for width_px in [288, 640] {
        let shapes = layout_steps(&steps, f64::from(width_px));
        golden::check(&format!("steps_{width_px}"), &shapes, (width_px, height_px), &WITH_PRINT);
    }
}

fn area(label: &str, corners: &[(i64, i64)], amounts: (Option<i64>, Option<i64>)) -> MapArea {
    let place = |&(x, y): &(i64, i64)| (Decimal::new(-76_970 + x, 3), Decimal::new(-12_240 + y, 3));
    let ring: Vec<_> = corners.iter().chain(corners.first()).map(place).collect();
    let rings = if corners.is_empty() { Vec::new() } else { vec![ring] };
    let (outline, fill) = amounts;
    MapArea { label: label.to_owned(), rings, outline, fill, has_rows: true, state: BarState::Plain }
}

fn areas() -> Vec<MapArea> {
    vec![
        area("Sección 1", &[(0, 0), (14, 2), (12, 16), (2, 14)], (Some(900), Some(500))),
        MapArea {
            state: BarState::Selected,
            ..area("Sección 2", &[(14, 2), (30, 0), (28, 15), (12, 16)], (Some(300), Some(450)))
        },
        area("Sección 3", &[(2, 14), (12, 16), (16, 30), (0, 28)], (None, None)),
        MapArea {
            state: BarState::Dimmed,
            ..area("Sección 4", &[(12, 16), (28, 15), (30, 29), (16, 30)], (Some(120), Some(0)))
        },
        MapArea { has_rows: false, ..area("Sin contorno, con un nombre muy largo", &[], (None, None)) },
    ]
}

#[test]
fn map_of_sections() {
    let point =
        |x: i64, y: i64, mark| MapPoint { place: (Decimal::new(-76_970 + x, 3), Decimal::new(-12_240 + y, 3)), mark };
    let points = vec![point(4, 4, StatusMark::Full), point(24, 6, StatusMark::Half), point(20, 26, StatusMark::Cross)];
    let ground = MapModel { areas: areas(), points };
    let tiles = MapModel {
        areas: areas().into_iter().map(|area| MapArea { rings: Vec::new(), ..area }).collect(),
        points: Vec::new(),
    };
    for (name, model) in [("map_ground", &ground), ("map_tiles", &tiles)] {
        for width_px in [288_u32, 600] {
            let size = Size { width_px: f64::from(width_px), height_px: 360.0 };
            golden::check(&format!("{name}_{width_px}"), &layout_map(model, size).shapes, (width_px, 360), &WITH_PRINT);
        }
    }
}
