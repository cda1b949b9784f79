//! Draws shapes to SVG and compares them with the file kept under `tests/golden`.

use std::fs;
use std::path::Path;

use plotters::prelude::{IntoDrawingArea, SVGBackend};
use yupay::chart::{Device, Ink, Palette, Rect, Shape, Theme, paint};

fn svg(shapes: &[Shape], theme: Theme, (width_px, height_px): (u32, u32)) -> String {
    let mut document = String::new();
    {
        let area = SVGBackend::with_string(&mut document, (width_px, height_px)).into_drawing_area();
        let ground = Rect::new(0.0, 0.0, f64::from(width_px), f64::from(height_px));
        let palette = Palette::of(theme);
        paint(&area, &[Shape::solid(ground, Ink::Paper)], &palette, Device::svg()).unwrap();
        paint(&area, shapes, &palette, Device::svg()).unwrap();
        area.present().unwrap();
    }
    document
}

/// Compares one chart in the themes given; collects the names that differ, so one run shows them all.
pub fn check(name: &str, shapes: &[Shape], size_px: (u32, u32), themes: &[(Theme, &str)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut changed = Vec::new();
    for &(theme, suffix) in themes {
        let name = format!("{name}_{suffix}");
        let drawn = svg(shapes, theme, size_px);
        let golden = folder.join(format!("{name}.svg"));
        let beside = folder.join(format!("{name}.changed.svg"));
        if std::env::var_os("YUPAY_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, &drawn).unwrap();
        }
        if fs::read_to_string(&golden).is_ok_and(|known| known == drawn) {
            if beside.exists() {
                fs::remove_file(&beside).unwrap();
            }
        } else {
            fs::write(&beside, &drawn).unwrap();
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "charts changed: {changed:?}; compare NAME.svg with NAME.changed.svg in tests/golden, \
         then run with YUPAY_BLESS=1 if the change is meant"
    );
}
