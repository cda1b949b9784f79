//! A link as a QR code, for the sheet that is printed.
//!
//! Owns the choice of error correction, the quiet margin and the shape as one SVG path. Refuses sizes and colours: the page
//! draws it black on white, as large as its modules need.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white that readers need on each side.
const QUIET_MODULES: i32 = 4;

/// A QR code of `text`: how many modules a side has with its quiet margin, and its dark modules as the `d` of one SVG path
/// in a view box of that many units. `None` where the text is longer than the largest code holds (2,953 bytes).
///
/// The smallest code that holds the text, because larger modules help a reader more than more correction does on a clean
/// sheet; and then as much correction as that size has room for. A link of 1,000 characters has 113 modules: in 35 mm
/// they are 0.31 mm each, which a reader still tells apart at 300 dpi. Print a longer one larger, 0.3 mm a module.
///
/// ```
/// let (modules, path) = yupay::web::qr::qr_svg_path("https://example.org/").unwrap_or_default();
/// assert_eq!(modules, 33);
/// assert!(path.starts_with("M4 4h7v1h-7z"));
/// ```
pub fn qr_svg_path(text: &str) -> Option<(u32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let modules = u32::try_from(code.size() + 2 * QUIET_MODULES).ok()?;
    let rows = (0..code.size()).map(|row| dark_runs(&code, row));
    Some((modules, rows.collect()))
}

/// The dark modules of a row, neighbours as one rectangle.
fn dark_runs(code: &QrCode, row: i32) -> String {
    let mut path = String::new();
    let mut column = 0;
    while column < code.size() {
        let length = (column..code.size()).take_while(|&at| code.get_module(at, row)).count();
        if length > 0 {
            let (left, top) = (column + QUIET_MODULES, row + QUIET_MODULES);
            path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
        }
        column += length as i32 + 1;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules a path covers, as a picture with `scale` pixels a module.
    struct Picture {
        side: usize,
        dark: Vec<bool>,
    }

    impl Picture {
        fn of(modules: u32, path: &str, scale: usize) -> Self {
            let side = modules as usize * scale;
            let mut dark = vec![false; side * side];
            for rectangle in path.split_terminator('z') {
                let numbers: Vec<usize> =
                    rectangle.split(['M', ' ', 'h', 'v', '-']).filter_map(|number| number.parse().ok()).collect();
                let [left, top, width, 1, back] = numbers.as_slice() else { panic!("{rectangle} is no run") };
                assert_eq!(width, back);
                for y in top * scale..(top + 1) * scale {
                    for x in left * scale..(left + width) * scale {
                        dark[y * side + x] = true;
                    }
                }
            }
            Self { side, dark }
        }

        fn read(&self) -> (rqrr::MetaData, String) {
            let grey = |x: usize, y: usize| if self.dark[y * self.side + x] { 0 } else { 255 };
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.side, self.side, grey);
            let grids = image.detect_grids();
            assert_eq!(grids.len(), 1, "one code is found");
            grids[0].decode().unwrap()
        }
    }

    /// A link as the page makes them, of that many characters.
    fn link(characters: usize) -> String {
        let start = "https://ejemplo.gob.pe/presupuesto/es/villa-el-salvador/que-pasa-si/?year=2025#";
        let scenario = "f:200000000;c:population,30;c:people_without_basic_services,50,rate,inverse,population;";
        start.chars().chain(scenario.chars().cycle()).take(characters).collect()
    }

    fn check(text: &str) -> u32 {
        let (modules, path) = qr_svg_path(text).unwrap();
        let (about, read) = Picture::of(modules, &path, 4).read();
        assert_eq!(read, text);
        assert_eq!(about.version.0 * 4 + 17 + 8, modules as usize);
        modules
    }

    #[test]
    fn another_hand_reads_back_what_was_written() {
        check("a");
        check("https://example.org/");
        check("f:2;n:¿Y si la necesidad pesara la mitad? Ñañaca 50 %");
        let modules = [200, 400, 800, 1_000, 1_500, 2_900].map(|characters| check(&link(characters)));
        assert_eq!(modules, [61, 77, 105, 113, 137, 185]);
    }

    #[test]
    fn spare_room_goes_into_correction() {
        let (modules, path) = qr_svg_path(&link(20)).unwrap();
        let (about, _) = Picture::of(modules, &path, 4).read();
        // The standard numbers low 1, medium 0, quartile 3 and high 2.
        assert_eq!((about.version.0, about.ecc_level), (2, 3));
    }

    #[test]
    fn the_margin_stays_white() {
        let (modules, path) = qr_svg_path(&link(300)).unwrap();
        let picture = Picture::of(modules, &path, 1);
        let inside = 4..picture.side - 4;
        for (at, _) in picture.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            assert!(inside.contains(&(at % picture.side)) && inside.contains(&(at / picture.side)), "{at}");
        }
    }

    #[test]
    fn what_no_code_holds_has_no_path() {
        assert!(qr_svg_path(&link(2_953)).is_some());
        assert_eq!(qr_svg_path(&link(2_954)), None);
        assert_eq!(qr_svg_path(&link(2_952).replacen('h', "ñ", 2)), None);
    }
}
