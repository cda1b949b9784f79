//! The pivot of the page Explore, by properties over drawn packages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read its files fails there"
)]

mod package_support;

use package_support::pivots::{all_years, by, look};
use package_support::{cents, package_of};
use proptest::prelude::*;
use yupay::budget::Stage;
use yupay::dataset::Package;
use yupay::engine::{Key, YearBasis};
use yupay::indicators::{
    FEW_ROWS, Look, Pivot, RowKind, Selection, Sort, drilled, gathered, keys_offered, pivot, sorted,
};
use yupay::text::{SheetCell, csv};

/// Section, neighbourhood, dimension, round, fiscal year (by position), agreed and spent in céntimos.
type Drawn = (usize, usize, usize, usize, usize, Option<i32>, Option<i32>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let amount = || proptest::option::of(-1_000_000i32..100_000_000);
    prop::collection::vec((0..20usize, 0..4usize, 0..3usize, 0..2usize, 0..3usize, amount(), amount()), 1..60)
}

fn drawn_package(rows: &[Drawn]) -> Package {
    let mut projects =
        "project_id,fiscal_year,title,section_id,neighbourhood_id,dimension_id,agreed_amount,agreed_on\n".to_owned();
    let mut budget = "budget_line_id,fiscal_year,project_id,devengado\n".to_owned();
    let dimension = ["human", "urban", ""];
    for (id, &(section, place, of, round, year, agreed, spent)) in rows.iter().enumerate() {
        let (section, round, year) = (section + 1, 2000 + round, 2000 + year);
        let place = if place == 3 { String::new() } else { format!("S{section}-{place}") };
        projects += &format!("P{id},{round},T{id},S{section},{place},{},{},2000-01-01\n", dimension[of], cents(agreed));
        budget += &format!("L{id},{year},P{id},{}\n", cents(spent));
    }
    let sections: String = (1..=20).map(|id| format!("S{id},Sección {id}\n")).collect();
    let places: String =
        (1..=20).flat_map(|id| (0..3).map(move |place| format!("S{id}-{place},S{id},Grupo {place}\n"))).collect();
    package_of(&[
        ("sections", &format!("section_id,name\n{sections}")),
        ("neighbourhoods", &format!("neighbourhood_id,section_id,name\n{places}")),
        ("dimensions", "dimension_id,label_es\nhuman,H\nurban,U\n"),
        ("processes", "fiscal_year,currency\n2000,PEN\n2001,PEN\n"),
        ("projects", &projects),
        ("budget", &budget),
        // 2002 has no index.
        ("price_index", "year,index,base\n2000,100.00,2000=100\n2001,101.97,2000=100\n"),
    ])
}

fn add(sum: Option<i64>, one: Option<i64>) -> Option<i64> {
    match (sum, one) {
        (Some(sum), Some(one)) => Some(sum + one),
        (sum, one) => sum.or(one),
    }
}

fn adds_up(found: &Pivot) {
    let (mut total, mut count) = (None, 0);
    let mut columns = vec![None; found.columns.len()];
    for row in &found.rows {
        if found.column_key.is_some() {
            let sum = row.cells.iter().fold(None, |sum, cell| add(sum, cell.minor));
            assert_eq!(sum, row.total.minor, "{row:?}");
            assert_eq!(row.cells.iter().map(|cell| cell.count).sum::<u64>(), row.total.count);
        }
        for (sum, cell) in columns.iter_mut().zip(&row.cells) {
            *sum = add(*sum, cell.minor);
        }
        total = add(total, row.total.minor);
        count += row.total.count;
    }
    assert_eq!(total, found.total.minor);
    assert_eq!(count, found.total.count);
    assert_eq!(columns, found.columns.iter().map(|column| column.total.minor).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn cells_add_up_drilling_keeps_the_total_and_others_hide_nothing(rows in drawn(), fiscal: bool, real: bool, stage in 0..2usize) {
        let package = drawn_package(&rows);
        let stage = [Stage::Agreed, Stage::Accrued][stage];
        let basis = if fiscal { YearBasis::Fiscal } else { YearBasis::Round };
        let selection = Selection { basis, ..all_years(stage) };
        let offered = keys_offered(&package, stage);
        let prices = real.then(|| "2001".parse().unwrap());
        for row_key in offered.iter().copied() {
            for column_key in offered.iter().copied().filter(|key| *key != row_key).map(Some).chain([None]) {
                let asked = Look { real: prices, ..look(row_key, column_key) };
                adds_up(&pivot(&package, &selection, &asked).unwrap());
            }
        }
        let asked = look(Key::Section, Some(Key::Dimension));
        let table = pivot(&package, &selection, &asked).unwrap();
        for row in table.rows.iter().filter(|row| row.total.count > 0) {
            let (chosen, under) = drilled(&selection, &asked, Key::Section, by(row).as_deref(), &offered);
            let found = pivot(&package, &chosen, &under).unwrap();
            prop_assert_eq!((found.total.minor, found.total.count, found.total.missing), (row.total.minor, row.total.count, row.total.missing));
        }
        for sort in [Sort::Declared, Sort::AmountDown] {
            let table = sorted(table.clone(), sort, &|_, value| value.unwrap_or_default().to_owned());
            let few = gathered(&table).unwrap();
            adds_up(&few);
            prop_assert!(few.rows.len() <= table.rows.len());
            prop_assert_eq!(few.total, table.total);
            let alone = few.rows.iter().filter(|row| matches!(row.kind, RowKind::Value(_))).count();
            let others: usize = few.rows.iter().map(|row| if let RowKind::Others(count) = row.kind { count } else { 0 }).sum();
            prop_assert_eq!(alone + others, table.rows.len());
            prop_assert!(alone <= FEW_ROWS || others == 0 || few.rows.iter().any(|row| row.total.size().is_some_and(|size| size < 0)));
        }
    }

    #[test]
    fn no_cell_of_a_csv_is_a_formula(texts in prop::collection::vec("[=+@\t \u{feff}\"',;a-z0-9\r\n-]{0,12}", 1..8)) {
        let cells: Vec<SheetCell> = texts.iter().map(SheetCell::text).collect();
        let file = csv(&[cells]);
        let body = file.strip_prefix('\u{feff}').unwrap();
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = body.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => { letters.next(); field.push('"'); }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                letter => field.push(letter),
            }
        }
        fields.push(field);
        prop_assert_eq!(fields.len(), texts.len());
        for (field, text) in fields.iter().zip(&texts) {
            prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field:?} of {text:?}");
            prop_assert!(field == text || field.strip_prefix('\'') == Some(text.as_str()));
        }
    }
}
