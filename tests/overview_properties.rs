//! Whatever the data and the choice: rows add up to totals, totals to the headline, and neither currencies nor stages mix.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use yupay::budget::Stage;
use yupay::dataset::{FileContent, Package, load};
use yupay::engine::{Facts, Filter, Holding, Key, RowsNeeded, YearBasis};
use yupay::indicators::{Overview, Selection, YearChoice, overview, records_by_source};

const SECTIONS: [&str; 3] = ["S1", "S2", ""];
const DIMENSIONS: [&str; 3] = ["human", "urban", ""];
const STATUSES: [&str; 2] = ["done", "idea"];
const YEARS: [&str; 2] = ["2000", "2001"];
const CURRENCIES: [&str; 2] = ["PEN", "USD"];

/// Choices by position: section, dimension, status, round, currency, then agreed and spent in céntimos.
type Drawn = (usize, usize, usize, usize, usize, Option<i32>, Option<i32>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let amount = || proptest::option::of(-1_000_000i32..100_000_000);
    prop::collection::vec((0..3usize, 0..3usize, 0..2usize, 0..2usize, 0..2usize, amount(), amount()), 1..30)
}

fn amount(minor: Option<i32>) -> String {
    minor.map_or_else(String::new, |minor| {
        format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100)
    })
}

fn package(rows: &[Drawn]) -> Package {
    let tables = ["sections", "dimensions", "statuses", "processes", "projects", "budget"];
    let resources: Vec<String> =
        tables.iter().map(|name| format!(r#"{{"name":"{name}","path":"{name}.csv"}}"#)).collect();
    let descriptor = format!(r#"{{"name":"drawn","countryCode":"PE","resources":[{}]}}"#, resources.join(","));
    let mut projects =
        "project_id,fiscal_year,title,section_id,scope,dimension_id,status,currency,agreed_amount,agreed_on\n"
            .to_owned();
    let mut budget = "budget_line_id,fiscal_year,project_id,section_id,pim,devengado\n".to_owned();
    for (id, &(section, dimension, status, year, currency, agreed, spent)) in rows.iter().enumerate() {
        let (section, dimension, status) = (SECTIONS[section], DIMENSIONS[dimension], STATUSES[status]);
        let (year, currency) = (YEARS[year], CURRENCIES[currency]);
        projects += &format!(
            "P{id},{year},T{id},{section},multi,{dimension},{status},{currency},{},2000-01-01\n",
            amount(agreed)
        );
        budget += &format!("L{id},{year},P{id},{section},,{}\n", amount(spent));
    }
    let fixed = [
        ("sections", "section_id,name\nS1,Uno\nS2,Dos\n".to_owned()),
        ("dimensions", "dimension_id,label_es\nhuman,H\nurban,U\n".to_owned()),
        ("statuses", "status_id,label_es\ndone,Hecho\nidea,Idea\n".to_owned()),
        ("processes", "fiscal_year,currency\n2000,PEN\n2001,PEN\n".to_owned()),
        ("projects", projects),
        ("budget", budget),
    ];
    let files: BTreeMap<String, FileContent> =
        fixed.into_iter().map(|(name, text)| (format!("{name}.csv"), FileContent::Bytes(text.into_bytes()))).collect();
    let (package, report) = load(descriptor.as_bytes(), &files);
    assert_eq!(report.rows_set_aside(), 0, "{:?}", report.problems);
    package
}

/// A naive sum over what was drawn; `None` when nothing is published.
fn naive(rows: &[Drawn], of: impl Fn(&Drawn) -> Option<i32>, is_in: impl Fn(&Drawn) -> bool) -> Option<i64> {
    // A work agreed at zero stands outside the act, and by round outside the page.
    let amounts = rows.iter().filter(|row| row.5 != Some(0) && is_in(row)).filter_map(of);
    amounts.map(i64::from).fold(None, |sum, amount| Some(sum.unwrap_or(0) + amount))
}

fn sum(amounts: impl Iterator<Item = Option<i64>>) -> i64 {
    amounts.flatten().sum()
}

fn check_sums(overview: &Overview) -> Result<(), TestCaseError> {
    for breakdown in &overview.breakdowns {
        for (year, total) in breakdown.totals.iter().enumerate() {
            let cells = || breakdown.rows.iter().map(|row| &row.cells[year]);
            prop_assert_eq!(sum(cells().map(|cell| cell.outline.minor)), total.outline.minor.unwrap_or(0));
            prop_assert_eq!(sum(cells().map(|cell| cell.fill.minor)), total.fill.minor.unwrap_or(0));
            prop_assert_eq!(cells().map(|cell| cell.outline.count).sum::<u64>(), total.outline.count);
            prop_assert_eq!(cells().map(|cell| cell.outline.missing).sum::<u64>(), total.outline.missing);
        }
    }
    let matrix = &overview.matrix;
    for (row, total) in matrix.cells.iter().zip(&matrix.row_totals) {
        prop_assert_eq!(sum(row.iter().map(|found| found.cell.fill.minor)), total.fill.minor.unwrap_or(0));
    }
    for (column, total) in matrix.column_totals.iter().enumerate() {
        let cells = matrix.cells.iter().map(|row| row[column].cell.outline.minor);
        prop_assert_eq!(sum(cells), total.outline.minor.unwrap_or(0));
    }
    prop_assert_eq!(sum(matrix.row_totals.iter().map(|cell| cell.fill.minor)), matrix.total.fill.minor.unwrap_or(0));
    prop_assert_eq!(sum(matrix.column_totals.iter().map(|cell| cell.fill.minor)), matrix.total.fill.minor.unwrap_or(0));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn everything_adds_up_and_nothing_mixes(rows in drawn(), year in 0..3usize, currency in 0..2usize, section in 0..4usize, status in 0..3usize) {
        let package = package(&rows);
        let mut filter = Filter::default();
        if let Some(section) = SECTIONS.get(section) {
            filter = filter.with(Key::Section, (!section.is_empty()).then_some(*section));
        }
        if let Some(status) = STATUSES.get(status) {
            filter = filter.with(Key::Status, Some(status));
        }
        let choice = YEARS.get(year).map_or(YearChoice::All, |year| YearChoice::One((*year).to_owned()));
        let selection = Selection { year: choice, currency: CURRENCIES[currency].parse().ok(), filter, ..Selection::default() };
        let found = overview(&package, &selection).unwrap();
        check_sums(&found)?;
        for cell in &found.headline.cells {
            let is_in = |row: &Drawn| {
                YEARS[row.3] == cell.year && row.4 == currency && (section > 2 || row.0 == section) && (status > 1 || row.2 == status)
            };
            prop_assert_eq!(cell.outline.minor, naive(&rows, |row| row.5, is_in));
            prop_assert_eq!(cell.fill.minor, naive(&rows, |row| row.6, is_in));
        }
    }

    /// Pages are the same from the cubes alone, from the rows alone, and from both.
    #[test]
    fn cubes_say_what_rows_say(rows in drawn(), year in 0..3usize, section in 0..4usize, fiscal: bool, stage in 0..7usize) {
        let whole = package(&rows);
        let held = |keep: fn(Holding) -> Holding| {
            let holding = |stage| keep(whole.facts.holding(stage).clone());
            let dictionaries = Key::ALL.iter().filter_map(|&key| whole.facts.dictionary(key).cloned()).collect();
            let facts = Facts::of_holdings(dictionaries, Facts::STAGES.map(holding));
            Package { facts, ..whole.clone() }
        };
        let from_cubes = held(|holding| Holding { rows: None, ..holding });
        let from_rows = held(|holding| Holding { cube: None, ..holding });
        prop_assert!(from_cubes.facts.cube(Stage::Agreed).is_some() && from_cubes.facts.cube(Stage::Accrued).is_some());
        let choice = YEARS.get(year).map_or(YearChoice::All, |year| YearChoice::One((*year).to_owned()));
        let mut filter = Filter::default();
        if let Some(section) = SECTIONS.get(section) {
            filter = filter.with(Key::Section, (!section.is_empty()).then_some(*section));
        }
        let basis = if fiscal { YearBasis::Fiscal } else { YearBasis::Round };
        let selection = Selection { year: choice, basis, filter, stage: Stage::ALL[stage], ..Selection::default() };
        let expected = overview(&whole, &selection);
        prop_assert_eq!(&overview(&from_cubes, &selection), &expected);
        prop_assert_eq!(&overview(&from_rows, &selection), &expected);
        prop_assert_eq!(records_by_source(&from_cubes), records_by_source(&from_rows));
        let of_project = Selection { filter: selection.filter.with(Key::Project, Some("P0")), ..Selection::default() };
        prop_assert_eq!(overview(&from_cubes, &of_project), Err(RowsNeeded.into()));
        prop_assert_eq!(overview(&whole, &of_project), overview(&from_rows, &of_project));
    }

    #[test]
    fn another_stage_changes_nothing_of_the_promise(rows in drawn()) {
        let package = package(&rows);
        let outline = |stage: Stage| {
            let selection = Selection { stage, year: YearChoice::All, ..Selection::default() };
            let found = overview(&package, &selection).unwrap();
            found.headline.cells.into_iter().map(|cell| cell.outline).collect::<Vec<_>>()
        };
        for stage in Stage::ALL {
            prop_assert_eq!(outline(stage), outline(Stage::Accrued));
        }
    }

    #[test]
    fn by_fiscal_year_everything_adds_up_too(rows in drawn()) {
        let package = package(&rows);
        let selection = Selection { basis: YearBasis::Fiscal, year: YearChoice::All, ..Selection::default() };
        check_sums(&overview(&package, &selection).unwrap())?;
    }
}

/// Without rounds there is one meaning of "year", whatever a link says, and every part of the page has it.
#[test]
fn budget_lines_alone_are_looked_at_by_fiscal_year() {
    let descriptor = r#"{"name":"lines","countryCode":"PE","resources":[{"name":"budget","path":"budget.csv"}]}"#;
    let lines = "budget_line_id,fiscal_year,pim,devengado\nL1,2023,10,9\nL2,2024,20,5\nL3,2024,30,15\n";
    let files = BTreeMap::from([("budget.csv".to_owned(), FileContent::Bytes(lines.into()))]);
    let (package, report) = load(descriptor.as_bytes(), &files);
    assert_eq!(report.rows_set_aside(), 0, "{:?}", report.problems);
    for basis in [YearBasis::Round, YearBasis::Fiscal] {
        let asked = Selection { basis, ..Selection::default() };
        assert_eq!(asked.basis_in(&package), YearBasis::Fiscal);
        let (known, unknown) = asked.known_to(&package);
        assert_eq!((known.basis, unknown), (YearBasis::Fiscal, Vec::new()));
        let found = overview(&package, &asked).unwrap();
        assert_eq!(found.years, ["2024"]);
        assert_eq!((found.outline_stage, found.fill_stage), (Stage::Pim, Stage::Accrued));
        let cell = &found.headline.cells[0];
        assert_eq!((cell.outline.minor, cell.fill.minor), (Some(5000), Some(2000)));
    }
    let one = Selection { year: YearChoice::One("2023".to_owned()), ..Selection::default() };
    assert_eq!(overview(&package, &one).unwrap().headline.cells[0].fill.minor, Some(900));
}
