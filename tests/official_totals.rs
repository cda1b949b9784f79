//! The yearly totals of both districts are the ministry's, as the shared notes copy them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

use std::collections::BTreeMap;
use std::path::Path;

/// Year, then PIA, PIM, certified, annual commitment, accrued and paid, in whole soles.
type Row = (String, Vec<String>);

fn in_the_notes(notes: &str, heading: &str) -> Vec<Row> {
    let table = notes.split(heading).nth(1).expect("the district's table");
    let rows = table.lines().skip_while(|line| !line.starts_with("| 20")).take_while(|line| line.starts_with("| 20"));
    rows.map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().replace(',', ""));
        let year = cells.next().unwrap_or_default().chars().take(4).collect();
        (year, cells.collect())
    })
    .collect()
}

fn in_the_package(package: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(package).join("data/official_totals.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let columns = ["pia", "pim", "certificado", "compromiso_anual", "devengado", "girado"];
    let rows = lines.map(|cells| {
        let row: BTreeMap<&str, &str> = header.iter().copied().zip(cells).collect();
        let amounts = columns.iter().map(|column| row[column].strip_suffix(".00").unwrap_or(row[column]).to_owned());
        (row["fiscal_year"].to_owned(), amounts.collect())
    });
    rows.collect()
}

#[test]
fn they_are_the_ministrys() {
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/DOMAIN.md");
    let Ok(notes) = std::fs::read_to_string(notes) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return;
    };
    for (package, heading) in [
        ("villa-el-salvador", "Villa El Salvador (ubigeo 150142):"),
        ("san-juan-de-miraflores", "San Juan de Miraflores (ubigeo 150133):"),
    ] {
        let expected = in_the_notes(&notes, heading);
        assert_eq!(expected.len(), 11, "{package}");
        assert_eq!(in_the_package(package), expected, "{package}");
    }
}
