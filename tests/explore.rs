//! The pivot of the page Explore: against plain loops over the shipped packages' files, and by properties.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot read its files fails there")]

mod package_support;

use std::collections::BTreeMap;

use package_support::pivots::{all_years, by, look};
use package_support::{package, rows_of_table as rows};
use yupay::budget::Stage;
use yupay::engine::{Filter, Key};
use yupay::indicators::{
    CellChoice, LINES_A_PAGE, Lack, Look, Measure, Per, Picture, Pivot, Refused, Selection, ShareOf, Sort, Value,
    YearChoice, behind, crumbs, drilled, keys_offered, lacks, pivot, settled, sorted,
};

fn minor(amount: &str) -> Option<i64> {
    (!amount.is_empty()).then(|| amount.replace('.', "").parse().unwrap())
}

/// Every cell with rows: row, column, sum, count and how many lack an amount.
type Cells = BTreeMap<(Option<String>, Option<String>), (Option<i64>, u64, u64)>;

fn cells(pivot: &Pivot) -> Cells {
    let mut cells = BTreeMap::new();
    for row in &pivot.rows {
        for (cell, column) in row.cells.iter().zip(&pivot.columns) {
            if cell.count > 0 {
                cells.insert((by(row), column.value.clone()), (cell.minor, cell.count, cell.missing));
            }
        }
    }
    cells
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The lines of budget.csv with what they have from their projects, in one currency.
struct Line {
    row: u32,
    section: Option<String>,
    dimension: Option<String>,
    round: Option<String>,
    year: String,
    source: Option<String>,
    amount: Option<i64>,
}

fn lines(name: &str, column: &str) -> Vec<Line> {
    let projects: BTreeMap<String, BTreeMap<String, String>> =
        rows(name, "projects").into_iter().map(|(_, row)| (row["project_id"].clone(), row)).collect();
    let line = |(row, line): (u32, BTreeMap<String, String>)| {
        let project = projects.get(&line["project_id"]);
        let of = |column: &str| project.and_then(|project| some(&project[column]));
        if of("currency").is_some_and(|currency| currency != "PEN") {
            return None;
        }
        let district = (of("scope").as_deref() == Some("district")).then(|| "district".to_owned());
        Some(Line {
            row,
            section: some(&line["section_id"]).or_else(|| of("section_id")).or(district),
            dimension: of("dimension_id"),
            round: of("fiscal_year"),
            year: line["fiscal_year"].clone(),
            source: some(&line["financing_source_code"]),
            amount: minor(&line[column]),
        })
    };
    rows(name, "budget").into_iter().filter_map(line).collect()
}

fn gather<'a>(
    lines: impl Iterator<Item = &'a Line>,
    row: fn(&Line) -> Option<String>,
    column: fn(&Line) -> Option<String>,
) -> Cells {
    let mut cells: Cells = BTreeMap::new();
    for line in lines {
        let cell = cells.entry((row(line), column(line))).or_insert((None, 0, 0));
        cell.0 = match (cell.0, line.amount) {
            (sum, None) => sum,
            (sum, Some(amount)) => Some(sum.unwrap_or(0) + amount),
        };
        cell.1 += 1;
        cell.2 += u64::from(line.amount.is_none());
    }
    cells
}

const PACKAGES: [&str; 2] = ["villa-el-salvador", "san-juan-de-miraflores"];

#[test]
fn every_cell_is_what_a_plain_loop_over_the_file_says() {
    for name in PACKAGES {
        let package = package(name);
        for (stage, column) in
            [(Stage::Accrued, "devengado"), (Stage::Pim, "pim"), (Stage::Pia, "pia"), (Stage::Paid, "girado")]
        {
            let lines = lines(name, column);
            type Told = fn(&Line) -> Option<String>;
            let told: [(Key, Told); 5] = [
                (Key::Section, |line| line.section.clone()),
                (Key::Dimension, |line| line.dimension.clone()),
                (Key::Round, |line| line.round.clone()),
                (Key::FiscalYear, |line| Some(line.year.clone())),
                (Key::FinancingSource, |line| line.source.clone()),
            ];
            for (row_key, row) in told {
                for (column_key, column) in told.into_iter().filter(|(key, _)| *key != row_key) {
                    let found = pivot(&package, &all_years(stage), &look(row_key, Some(column_key))).unwrap();
                    assert_eq!(
                        cells(&found),
                        gather(lines.iter(), row, column),
                        "{name} {stage} {row_key:?} {column_key:?}"
                    );
                    let sum: i64 = lines.iter().filter_map(|line| line.amount).sum();
                    assert_eq!(found.total.minor, Some(sum));
                    assert_eq!(found.total.count, lines.len() as u64);
                }
            }
        }
    }
}

#[test]
fn what_is_agreed_and_secured_comes_from_their_own_files() {
    for name in PACKAGES {
        let package = package(name);
        let projects = rows(name, "projects");
        let mut agreed: BTreeMap<Option<String>, (Option<i64>, u64)> = BTreeMap::new();
        let mut by_objective: BTreeMap<Option<String>, u64> = BTreeMap::new();
        let in_soles =
            |row: &&(u32, BTreeMap<String, String>)| row.1["currency"].is_empty() || row.1["currency"] == "PEN";
        for (_, row) in projects.iter().filter(in_soles) {
            let cell = agreed.entry(some(&row["status"])).or_default();
            if let Some(amount) = minor(&row["agreed_amount"]) {
                cell.0 = Some(cell.0.unwrap_or(0) + amount);
            }
            cell.1 += 1;
            *by_objective.entry(some(&row["objective_id"])).or_default() += 1;
        }
        let found = pivot(&package, &all_years(Stage::Agreed), &look(Key::Status, None)).unwrap();
        let figures = found.rows.iter().filter(|row| row.total.count > 0);
        assert_eq!(
            figures.map(|row| (by(row), (row.total.minor, row.total.count))).collect::<BTreeMap<_, _>>(),
            agreed,
            "{name}"
        );

        let counted = Look { measure: Measure::Count, ..look(Key::Objective, None) };
        let found = pivot(&package, &all_years(Stage::Agreed), &counted).unwrap();
        let counts = found.rows.iter().map(|row| (by(row), row.total.count));
        assert_eq!(counts.collect::<BTreeMap<_, _>>(), by_objective, "{name}");
        assert!(found.rows.iter().all(|row| row.total.value == Value::Count(row.total.count as i64)));

        let currency: BTreeMap<String, bool> =
            projects.iter().map(|row| (row.1["project_id"].clone(), in_soles(&row))).collect();
        let mut secured: BTreeMap<(Option<String>, Option<String>), i64> = BTreeMap::new();
        for (_, row) in rows(name, "financing").iter().filter(|(_, row)| currency[&row["project_id"]]) {
            let cell = secured.entry((some(&row["source"]), some(&row["form"]))).or_default();
            *cell += minor(&row["amount"]).unwrap_or(0);
        }
        let found = pivot(&package, &all_years(Stage::Secured), &look(Key::Contributor, Some(Key::Form))).unwrap();
        let sums = cells(&found).into_iter().map(|(keys, (sum, ..))| (keys, sum.unwrap_or(0)));
        assert_eq!(sums.collect::<BTreeMap<_, _>>(), secured, "{name}");
    }
}

#[test]
fn shares_people_and_prices_are_worked_out_line_by_line() {
    let name = "villa-el-salvador";
    let package = package(name);
    let lines = lines(name, "devengado");
    let round = Selection { year: YearChoice::One("2001".to_owned()), ..Selection::default() };
    let of_round: Vec<&Line> = lines.iter().filter(|line| line.round.as_deref() == Some("2001")).collect();
    let total: i64 = of_round.iter().filter_map(|line| line.amount).sum();
    let sum = |section: &str| -> i64 {
        of_round.iter().filter(|line| line.section.as_deref() == Some(section)).filter_map(|line| line.amount).sum()
    };
    let half_up = |part: i128, whole: i128| (part * 2 + whole) / (whole * 2);

    // Of all, in tenths of a percent.
    let shares = pivot(&package, &round, &Look { share: Some(ShareOf::All), ..look(Key::Section, None) }).unwrap();
    for row in &shares.rows {
        let Value::Percent(percent) = row.total.value else { panic!("{row:?}") };
        let expected = half_up(i128::from(sum(&by(row).unwrap())) * 1000, i128::from(total));
        assert_eq!(percent.mantissa(), expected, "{row:?}");
    }

    // Per inhabitant of the section in the round's year.
    let people: BTreeMap<String, i128> = rows(name, "section_figures")
        .into_iter()
        .filter(|(_, row)| row["fiscal_year"] == "2001")
        .map(|(_, row)| (row["section_id"].clone(), row["population"].parse().unwrap()))
        .collect();
    let each = Selection { per: Per::Person, ..round.clone() };
    let per_person = pivot(&package, &each, &look(Key::Section, None)).unwrap();
    for row in &per_person.rows {
        let section = by(row).unwrap();
        let Value::Amount(money) = row.total.value else { panic!("{row:?}") };
        assert_eq!(i128::from(money.minor), half_up(i128::from(sum(&section)), people[&section]), "{section}");
    }
    let Value::Amount(money) = per_person.total.value else { panic!("{:?}", per_person.total) };
    assert_eq!(i128::from(money.minor), half_up(i128::from(total), people.values().sum()));
    let years = Selection { per: Per::Person, ..all_years(Stage::Accrued) };
    let several = pivot(&package, &years, &look(Key::Section, None)).unwrap();
    assert_eq!(several.total.value, Value::NoPeople, "the people of several years are not one number");

    // In prices of 2000: each section's spending of each year by that year's index, rounded, then added.
    let index: BTreeMap<String, i128> = rows(name, "price_index")
        .into_iter()
        .map(|(_, row)| (row["year"].clone(), row["index"].replace('.', "").parse().unwrap()))
        .collect();
    let base = "2000";
    let real = Look { real: Some(base.parse().unwrap()), ..look(Key::Section, Some(Key::Dimension)) };
    let found = pivot(&package, &all_years(Stage::Accrued), &real).unwrap();
    type ByYear = BTreeMap<(Option<String>, Option<String>, String), i64>;
    let mut nominal: ByYear = BTreeMap::new();
    for line in &lines {
        if let Some(amount) = line.amount {
            *nominal.entry((line.section.clone(), line.dimension.clone(), line.year.clone())).or_default() += amount;
        }
    }
    let mut expected: BTreeMap<(Option<String>, Option<String>), Option<i64>> = BTreeMap::new();
    for ((section, dimension, year), amount) in nominal {
        let cell = expected.entry((section, dimension)).or_default();
        if let Some(of_year) = index.get(&year) {
            let exact = i128::from(amount.abs()) * index[base];
            let rounded = half_up(exact, *of_year) as i64 * amount.signum();
            *cell = Some(cell.unwrap_or(0) + rounded);
        }
    }
    for (keys, (sum, ..)) in cells(&found) {
        assert_eq!(sum, expected.get(&keys).copied().flatten(), "{keys:?}");
    }
    let sum: i64 = expected.values().flatten().sum();
    assert_eq!(found.total.minor, Some(sum));
    let missing = lines.iter().filter(|line| line.amount.is_some() && !index.contains_key(&line.year)).count();
    assert_eq!(found.total.without_index, missing as u64);
}

#[test]
fn the_lines_behind_a_cell_are_those_of_the_file_and_sum_to_it() {
    for name in PACKAGES {
        let package = package(name);
        let lines = lines(name, "devengado");
        let selection = all_years(Stage::Accrued);
        let shown = look(Key::Section, Some(Key::Dimension));
        let table = pivot(&package, &selection, &shown).unwrap();
        for row in &table.rows {
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let choice = CellChoice { row: Some(by(row)), column: Some(column.value.clone()) };
                let chosen = Look { cell: Some(choice), ..shown.clone() };
                let found = behind(&package, &selection, &chosen).unwrap().unwrap();
                let expected: Vec<u32> = lines
                    .iter()
                    .filter(|line| line.section == by(row) && line.dimension == column.value)
                    .map(|line| line.row)
                    .collect();
                assert_eq!(found.count, expected.len());
                let rows: Vec<u32> = found.lines.iter().filter_map(|line| line.row).collect();
                assert_eq!(rows, expected.into_iter().take(LINES_A_PAGE).collect::<Vec<_>>(), "{name}");
                assert_eq!(found.sum.map(|money| money.minor), cell.minor);
                assert!(found.path.ends_with("budget.csv"));
            }
        }
        // Everything, a hundred at a time.
        let mut seen = Vec::new();
        for page in 1..=lines.len().div_ceil(LINES_A_PAGE) {
            let all = Look { cell: Some(CellChoice { row: None, column: None }), page, ..shown.clone() };
            let found = behind(&package, &selection, &all).unwrap().unwrap();
            assert_eq!(found.sum.map(|money| money.minor), table.total.minor);
            seen.extend(found.lines.into_iter().filter_map(|line| line.row));
        }
        assert_eq!(seen, lines.iter().map(|line| line.row).collect::<Vec<_>>());
    }
}

#[test]
fn in_real_prices_the_years_behind_a_total_sum_to_it() {
    let package = package("villa-el-salvador");
    let selection = all_years(Stage::Accrued);
    let real = Look { real: Some("2001".parse().unwrap()), ..look(Key::Section, Some(Key::Dimension)) };
    let table = pivot(&package, &selection, &real).unwrap();
    for row in &table.rows {
        let chosen = Look { cell: Some(CellChoice { row: Some(by(row)), column: None }), ..real.clone() };
        let found = behind(&package, &selection, &chosen).unwrap().unwrap();
        let sum: i64 = found.years.iter().filter_map(|year| year.real).map(|money| money.minor).sum();
        assert_eq!(Some(sum), row.total.minor, "{row:?}");
    }
}

#[test]
fn a_link_for_what_is_not_there_is_told_what_it_takes() {
    let mut package = package("villa-el-salvador");
    package.price_index.clear();
    package.figures.clear();
    let selection = Selection { per: Per::Person, stage: Stage::MonthlyCommitted, ..Selection::default() };
    let asked = Look { real: Some("2000".parse().unwrap()), ..look(Key::Level1, Some(Key::Scope)) };
    let (settled_selection, settled_look, refused) = settled(&package, &selection, &asked);
    for expected in [
        Refused::Lacking(Lack::Stage(Stage::MonthlyCommitted)),
        Refused::Lacking(Lack::People),
        Refused::Lacking(Lack::Prices),
        Refused::Key(Key::Scope),
    ] {
        assert!(refused.contains(&expected), "{expected:?} in {refused:?}");
    }
    assert!(refused.iter().any(|one| matches!(one, Refused::Lacking(Lack::Key(Key::Level1, _)))));
    assert!(pivot(&package, &settled_selection, &settled_look).is_ok());
    let found = lacks(&package, Stage::Accrued);
    assert!(found.contains(&Lack::People) && found.contains(&Lack::Prices));
    assert!(found.iter().all(|lack| lack.needs().contains(".csv")));
    let same = settled(&package, &Selection::default(), &look(Key::Section, Some(Key::Section)));
    assert_eq!(same.2, [Refused::Twice(Key::Section)]);
    let treemap = Look { picture: Picture::Treemap, ..look(Key::Section, None) };
    let whole =
        settled(&self::package("villa-el-salvador"), &Selection { per: Per::Person, ..Selection::default() }, &treemap);
    assert_eq!((whole.1.picture, whole.2), (Picture::Bars, vec![Refused::Picture(Picture::Treemap)]));
}

#[test]
fn the_way_down_ends_at_works_and_leads_back() {
    let package = package("villa-el-salvador");
    let mut selection = all_years(Stage::Agreed);
    let mut shown = look(Key::Section, Some(Key::Dimension));
    let offered = keys_offered(&package, Stage::Agreed);
    let before = pivot(&package, &selection, &shown).unwrap();
    let total = before.rows.iter().find(|row| by(row).as_deref() == Some("S3")).unwrap().total;
    let mut keys = vec![shown.rows.unwrap()];
    for value in [Some("S3"), None] {
        (selection, shown) = drilled(&selection, &shown, shown.rows.unwrap(), value, &offered);
        keys.push(shown.rows.unwrap());
        if value.is_some() {
            let after = pivot(&package, &selection, &shown).unwrap();
            assert_eq!((after.total.minor, after.total.count), (total.minor, total.count));
        }
    }
    assert_eq!(keys, [Key::Section, Key::Neighbourhood, Key::Project]);
    assert!(shown.cell.is_none());
    let project = pivot(&package, &selection, &shown).unwrap();
    let first = by(&project.rows[0]);
    let (last, end) = drilled(&selection, &shown, Key::Project, first.as_deref(), &offered);
    assert_eq!(end.cell, Some(CellChoice { row: Some(first), column: None }), "under a work there are its lines");
    assert_eq!(last.filter.conditions.len(), 3);

    let way = crumbs(&selection, &shown);
    assert_eq!(way.len(), 3);
    let (back, rows) = way[0].back.clone().unwrap();
    assert_eq!((back.filter.conditions.len(), rows.rows), (0, Some(Key::Section)));
    let (back, rows) = way[1].back.clone().unwrap();
    assert_eq!((back.filter.conditions.len(), rows.rows), (1, Some(Key::Neighbourhood)));
    assert!(way[2].back.is_none() && way[2].without.is_some());
}

#[test]
fn a_search_ignores_case_and_accents() {
    let name = "villa-el-salvador";
    let package = package(name);
    let filter = Filter { text: "SECCION 3".to_owned(), ..Filter::default() };
    let selection = Selection { filter, ..all_years(Stage::Agreed) };
    let found = pivot(&package, &selection, &look(Key::Status, None)).unwrap();
    let titled =
        rows(name, "projects").into_iter().filter(|(_, row)| row["title"].to_lowercase().contains("sección 3"));
    assert_eq!(found.total.count, titled.count() as u64);
    assert!(found.total.count > 0);
}

#[test]
fn rows_are_ordered_both_ways() {
    let package = package("villa-el-salvador");
    let found = pivot(&package, &all_years(Stage::Accrued), &look(Key::Section, None)).unwrap();
    let name = |_: Key, value: Option<&str>| value.unwrap_or("~").to_owned();
    let order = |sort| sorted(found.clone(), sort, &name).rows.iter().map(|row| row.total.minor).collect::<Vec<_>>();
    let mut down = order(Sort::AmountDown);
    assert!(down.is_sorted_by(|one, other| one >= other));
    down.reverse();
    assert_eq!(order(Sort::Amount), down);
    let names = |sort| sorted(found.clone(), sort, &name).rows.iter().map(by).collect::<Vec<_>>();
    assert_eq!(names(Sort::Name).first(), Some(&some("S1")));
    assert_eq!(names(Sort::NameDown).first(), Some(&some("S8")));
    assert_eq!(names(Sort::Name).last(), Some(&None), "rows without a section come last");
    assert_eq!(names(Sort::NameDown).last(), Some(&None));
}
