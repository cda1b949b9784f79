//! The works' list and the file of one work, against values worked out here from the shipped CSV files, and by properties.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]
#![cfg(feature = "pages")]

mod package_support;

use std::collections::BTreeMap;

use package_support::{cents, package, package_of, rows_of_table as csv};
use proptest::prelude::*;
use yupay::budget::Stage;
use yupay::dataset::Package;
use yupay::engine::Key;
use yupay::indicators::Selection;
use yupay::indicators::projects::{
    Deadline, ListChoice, Listing, SortBy, Spending, Step, dossier, groups, listing, places,
};

const PACKAGES: [&str; 2] = ["villa-el-salvador", "san-juan-de-miraflores"];

/// Céntimos; `None` for a blank cell.
fn minor(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
    format!("{whole}{part:0<2}").parse().ok()
}

fn add(sum: &mut Option<i64>, amount: Option<i64>) {
    if let Some(amount) = amount {
        *sum = Some(sum.unwrap_or(0) + amount);
    }
}

fn list(package: &Package, query: &[(&str, &str)], choice: ListChoice) -> Listing {
    let selection = Selection::from_pairs(query.iter().copied());
    let spending = Spending::of(package, Stage::Accrued).unwrap();
    listing(package, &spending, &selection, choice).unwrap()
}

fn ids<'a>(package: &'a Package, rows: &[u32]) -> Vec<&'a str> {
    rows.iter().map(|&row| package.projects[row as usize].id.as_str()).collect()
}

/// Whether a row of `projects.csv` meets a choice.
type Meets = fn(&BTreeMap<String, String>) -> bool;

#[test]
fn the_list_and_its_sums_are_those_of_the_files() {
    let choices: [(&[(&str, &str)], Meets); 7] = [
        (&[], |_| true),
        (&[("section", "S3")], |row| row["section_id"] == "S3"),
        (&[("section", "S3"), ("section", "S1")], |row| ["S1", "S3"].contains(&row["section_id"].as_str())),
        (&[("status", "paused"), ("dimension", "human")], |row| {
            row["status"] == "paused" && row["dimension_id"] == "human"
        }),
        (&[("neighbourhood", "-")], |row| row["neighbourhood_id"].is_empty()),
        (&[("list", "outside")], |row| minor(&row["agreed_amount"]) == Some(0)),
        (&[("scope", "district"), ("section", "S1")], |row| row["scope"] == "district" && row["section_id"] == "S1"),
    ];
    for slug in PACKAGES {
        let package = package(slug);
        let (projects, lines) = (csv(slug, "projects"), csv(slug, "budget"));
        for (query, meets) in choices {
            let found = list(&package, query, ListChoice::default());
            let mut expected: BTreeMap<String, (u64, Option<i64>, Option<i64>)> = BTreeMap::new();
            let mut expected_ids = Vec::new();
            for (_, row) in projects.iter().filter(|(_, row)| meets(row)) {
                expected_ids.push(row["project_id"].as_str());
                let currency = if row["currency"].is_empty() { "PEN" } else { &row["currency"] };
                let total = expected.entry(currency.to_owned()).or_default();
                total.0 += 1;
                add(&mut total.1, minor(&row["agreed_amount"]));
                for (_, line) in lines.iter().filter(|(_, line)| line["project_id"] == row["project_id"]) {
                    add(&mut total.2, minor(&line["devengado"]));
                }
            }
            let mut listed = ids(&package, &found.rows);
            listed.sort_unstable();
            expected_ids.sort_unstable();
            assert_eq!(listed, expected_ids, "{slug} {query:?}");
            let totals = found.totals.iter();
            let totals = totals.map(|of| (of.currency.to_string(), (of.count, of.agreed.minor, of.spent.minor)));
            assert_eq!(totals.collect::<BTreeMap<_, _>>(), expected, "{slug} {query:?}");
        }
    }
}

#[test]
fn words_find_works_by_name_place_and_code_whatever_their_case_and_accents() {
    let package = package("villa-el-salvador");
    let found = |words: &str| {
        let rows = list(&package, &[("q", words)], ListChoice::default()).rows;
        ids(&package, &rows).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let holds = |id: &str, part: &str| {
        let project = package.projects.iter().find(|project| project.id == id).unwrap();
        let place =
            project.neighbourhood.as_ref().and_then(|id| package.neighbourhoods.iter().find(|one| one.id == *id));
        let section = project.section.as_ref().and_then(|id| package.sections.iter().find(|one| one.id == *id));
        let all = format!(
            "{} {} {}",
            project.title,
            place.map_or("", |place| &place.name),
            section.map_or("", |section| &section.name)
        );
        all.to_lowercase().contains(part)
    };
    let works = found("VÍA de aCCESO norte");
    assert!(!works.is_empty() && works.iter().all(|id| holds(id, "vía de acceso norte")));
    assert_eq!(works, found("via de acceso norte"));
    assert_eq!(found("V00-001"), ["V00-001"]);
    let in_neighbourhood = found("grupo 4");
    assert!(in_neighbourhood.contains(&"V00-002".to_owned()) && in_neighbourhood.iter().all(|id| holds(id, "grupo 4")));
    // Where the words do not stand together, each must be somewhere.
    let apart = found("norte mejoramiento");
    assert!(!apart.is_empty() && apart.iter().all(|id| holds(id, "norte") && holds(id, "mejoramiento")));
    assert!(found("zzz nada").is_empty());
    assert_eq!(found("  ").len(), package.projects.len());
}

#[test]
fn the_file_of_every_work_is_what_its_rows_say() {
    for slug in PACKAGES {
        let package = package(slug);
        let lines = csv(slug, "budget");
        let (changes, history, financing) = (csv(slug, "changes"), csv(slug, "status_history"), csv(slug, "financing"));
        let processes = csv(slug, "processes");
        let (mut late, mut ruled) = (0, 0);
        for (number, row) in csv(slug, "projects") {
            let id = row["project_id"].as_str();
            let found = dossier(&package, id).unwrap().unwrap();
            assert_eq!(package.file_rows.projects.get(found.place), Some(number), "{id}");
            // The road, stage by stage and year by year.
            let mut expected: BTreeMap<(String, &str), Option<i64>> = BTreeMap::new();
            let mut rows = Vec::new();
            for (number, line) in lines.iter().filter(|(_, line)| line["project_id"] == id) {
                rows.push(Some(*number));
                for stage in [Stage::Pia, Stage::Pim, Stage::Certified, Stage::Committed, Stage::Accrued, Stage::Paid] {
                    let sum = expected.entry((line["fiscal_year"].clone(), stage.name())).or_default();
                    add(sum, minor(&line[stage.column()]));
                }
            }
            let of_years = found.road.steps.iter().filter_map(|step| match (&step.year, step.step) {
                (Some(year), Step::Stage(stage)) => Some(((year.clone(), stage.name()), step.tally.minor)),
                _ => None,
            });
            assert_eq!(of_years.collect::<BTreeMap<_, _>>(), expected, "{id}");
            let mut listed: Vec<Option<u32>> = found.lines.iter().map(|line| line.row).collect();
            listed.sort_unstable();
            rows.sort_unstable();
            assert_eq!(listed, rows, "{id}");
            for stage in [Stage::Accrued, Stage::Paid] {
                let mut whole = None;
                let of_stage = expected.iter().filter(|((_, name), _)| *name == stage.name());
                of_stage.for_each(|(_, amount)| add(&mut whole, *amount));
                assert_eq!(found.road.whole(stage).and_then(|step| step.tally.minor), whole, "{id} {stage}");
            }
            // Who pays.
            let own: Vec<_> = financing.iter().filter(|(_, one)| one["project_id"] == id).collect();
            let mut total = None;
            own.iter().for_each(|(_, one)| add(&mut total, minor(&one["amount"])));
            assert_eq!(found.cofinancing.total.map(|total| total.minor), total, "{id}");
            assert_eq!(found.cofinancing.contributions.len(), own.len());
            let cost = minor(&row["cost_estimate"]);
            let gap = cost.zip(total).map(|(cost, total)| cost - total);
            assert_eq!(found.cofinancing.secured.gap.map(|gap| gap.minor), gap, "{id}");
            let process = processes.iter().find(|(_, process)| process["fiscal_year"] == row["fiscal_year"]);
            let asked = process.and_then(|(_, process)| process["community_match_percent"].parse::<i64>().ok());
            assert_eq!(found.cofinancing.rule.is_some(), asked.is_some(), "{id}");
            if let (Some(rule), Some(asked), Some(cost)) =
                (&found.cofinancing.rule, asked, cost.filter(|cost| *cost > 0))
            {
                let mut community = Some(0);
                let of_community = own.iter().filter(|(_, one)| one["source"] == "community");
                of_community.for_each(|(_, one)| add(&mut community, minor(&one["amount"])));
                let given = community.filter(|_| !own.is_empty());
                let least = (asked * cost + 99).div_euclid(100);
                assert_eq!(rule.of.map(|whole| whole.minor), Some(cost), "{id}");
                assert_eq!(rule.is_met, given.map(|given| given >= least), "{id}");
                let lacking = given.map(|given| least - given).filter(|lacking| *lacking > 0);
                assert_eq!(rule.lacking.map(|lacking| lacking.minor), lacking, "{id}");
                ruled += 1;
            }
            // Its days.
            let day = |column: &str| row[column].parse::<yupay::budget::Date>().ok();
            if let (Some(planned), Some(ended)) = (day("planned_end"), day("actual_end")) {
                let days = i64::from(day_number(ended)) - i64::from(day_number(planned));
                let expected = if days > 0 { Deadline::Late(days) } else { Deadline::OnTime(-days) };
                assert_eq!(found.dates.deadline, expected, "{id}");
                late += i64::from(days > 0);
            }
            let of = |rows: &[(u32, BTreeMap<String, String>)]| {
                rows.iter().filter(|(_, one)| one["project_id"] == id).count()
            };
            assert_eq!((found.changes.len(), found.history.len()), (of(&changes), of(&history)), "{id}");
            // What is missing is named, and nothing else.
            for (column, gap) in
                [("votes", "votes"), ("beneficiaries", "beneficiaries"), ("planned_end", "planned_end")]
            {
                let is_named = found.gaps.iter().any(|one| one.column == gap);
                let is_due = column != "votes" || minor(&row["agreed_amount"]) != Some(0);
                assert_eq!(is_named, row[column].is_empty() && is_due, "{id} {column}");
            }
            assert_eq!(found.gaps.iter().any(|gap| gap.table == "budget"), rows.is_empty(), "{id}");
        }
        assert!(late > 0, "{slug}: no work ended late, so that nothing was tried");
        assert!(ruled > 0 || slug != "villa-el-salvador", "{slug}: no work under the rule");
        assert_eq!(dossier(&package, "no such work"), Ok(None));
    }
}

#[test]
fn the_community_owes_its_part_of_the_cost_and_of_what_is_secured_only_where_no_cost_is_known() {
    let processes = "fiscal_year,currency,community_match_percent\n2001,PEN,20\n2002,PEN,\n";
    let mut projects = "project_id,fiscal_year,title,currency,cost_estimate\n".to_owned();
    let mut financing = "financing_id,project_id,source,amount\n".to_owned();
    let cases = [
        // Round, cost, from the municipality, from the community; then of what, whether it is enough, and what is lacking.
        (2001, "100.00", "50.00", "15.00", Some("100.00"), Some(false), Some("5.00")),
        (2001, "100.00", "50.00", "20.00", Some("100.00"), Some(true), None),
        (2001, "", "50.00", "15.00", Some("65.00"), Some(true), None),
        // A fifth of an odd céntimo is rounded up: the part is not fallen short of.
        (2001, "100.01", "50.00", "20.00", Some("100.01"), Some(false), Some("0.01")),
        (2001, "100.00", "50.00", "", Some("100.00"), Some(false), Some("20.00")),
        (2001, "100.00", "", "", Some("100.00"), None, None),
    ];
    for (id, (round, cost, municipality, community, ..)) in cases.iter().enumerate() {
        projects += &format!("P{id},{round},T{id},PEN,{cost}\n");
        for (source, amount) in [("municipality", municipality), ("community", community)] {
            if !amount.is_empty() {
                financing += &format!("{source}{id},P{id},{source},{amount}\n");
            }
        }
    }
    projects += "none,2002,Sin regla,PEN,100.00\n";
    let package = package_of(&[("processes", processes), ("projects", &projects), ("financing", &financing)]);
    for (id, (.., of, is_met, lacking)) in cases.into_iter().enumerate() {
        let rule = dossier(&package, &format!("P{id}")).unwrap().unwrap().cofinancing.rule.unwrap();
        let plain = |money: Option<yupay::money::Money>| money.map(|money| money.to_plain());
        assert_eq!(plain(rule.of).as_deref(), of, "P{id}");
        assert_eq!((rule.is_met, plain(rule.lacking).as_deref()), (is_met, lacking), "P{id}");
    }
    assert_eq!(dossier(&package, "none").unwrap().unwrap().cofinancing.rule, None);
}

/// Days since 1 March of year 0, by the rule of the calendar itself.
fn day_number(date: yupay::budget::Date) -> i32 {
    let (month, year) = (i32::from(date.month()), date.year());
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i32::from(date.day()) - 1
}

#[test]
fn the_map_and_the_board_add_up_to_the_list() {
    for slug in PACKAGES {
        let package = package(slug);
        let spending = Spending::of(&package, Stage::Accrued).unwrap();
        for query in
            [&[][..], &[("status", "completion")], &[("q", "parque")], &[("section", "S2"), ("dimension", "urban")]]
        {
            let found = list(&package, query, ListChoice::default());
            let columns = groups(&package, &spending, &found.rows, Key::Status).unwrap();
            assert_eq!(columns.iter().map(|column| column.rows.len()).sum::<usize>(), found.rows.len());
            for total in &found.totals {
                let of = columns.iter().flat_map(|column| &column.totals).filter(|one| one.currency == total.currency);
                let sums = of.fold((0, 0), |sums, one| {
                    (sums.0 + one.agreed.minor.unwrap_or(0), sums.1 + one.spent.minor.unwrap_or(0))
                });
                assert_eq!(sums, (total.agreed.minor.unwrap_or(0), total.spent.minor.unwrap_or(0)), "{slug} {query:?}");
            }
            let selection = Selection::from_pairs(query.iter().copied());
            let map = places(&package, &spending, &selection).unwrap();
            let without: Vec<(&str, &str)> = query.iter().copied().filter(|(name, _)| *name != "section").collect();
            let all = list(&package, &without, ListChoice::default());
            assert_eq!(map.sections.iter().map(|place| place.group.rows.len()).sum::<usize>(), all.rows.len());
            assert_eq!(map.totals, all.totals);
            assert_eq!(map.sections.iter().filter(|place| place.is_a_section).count(), package.sections.len());
        }
    }
}

// -- properties --------------------------------------------------------------------------------------------------------

/// Section, status, round, currency by position; votes; agreed and spent in céntimos; letters of the title.
type Drawn = (usize, usize, usize, usize, Option<u16>, Option<i32>, Option<i32>, u8);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let amount = || proptest::option::of(-1_000i32..4_000);
    prop::collection::vec(
        (0..3usize, 0..3usize, 0..2usize, 0..2usize, proptest::option::of(0..9u16), amount(), amount(), 0..4u8),
        1..330,
    )
}

fn drawn_package(rows: &[Drawn]) -> Package {
    let mut projects = "project_id,fiscal_year,title,section_id,status,currency,agreed_amount,votes\n".to_owned();
    let mut budget = "budget_line_id,fiscal_year,project_id,devengado\n".to_owned();
    for (id, &(section, status, round, currency, votes, agreed, spent, letter)) in rows.iter().enumerate() {
        let votes = votes.map_or_else(String::new, |votes| votes.to_string());
        projects += &format!(
            "P{id},{},{},{},{},{},{},{votes}\n",
            ["2000", "2001"][round],
            ["Árbol", "arbol", "Ñandú", "zanja"][usize::from(letter)],
            ["S1", "S2", ""][section],
            ["done", "idea", ""][status],
            ["PEN", "USD"][currency],
            cents(agreed)
        );
        budget += &format!("L{id},2001,P{id},{}\n", cents(spent));
    }
    package_of(&[
        ("sections", "section_id,name\nS1,Uno\nS2,Dos\n"),
        ("statuses", "status_id,label_es\ndone,Hecho\nidea,Idea\n"),
        ("projects", &projects),
        ("budget", &budget),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pages_hold_each_row_once_and_their_sums_are_the_total(rows in drawn(), sort in 0..8usize, is_turned: bool) {
        let package = drawn_package(&rows);
        let choice = ListChoice { sort: SortBy::ALL[sort], is_turned, ..ListChoice::default() };
        let whole = list(&package, &[], choice);
        prop_assert_eq!(whole.pages, rows.len().div_ceil(100));
        let mut shown = Vec::new();
        let mut sums: BTreeMap<String, (u64, i64, i64)> = BTreeMap::new();
        for page in 1..=whole.pages {
            let part = list(&package, &[], ListChoice { page, ..choice });
            let (first, last) = part.span();
            prop_assert_eq!((first, last), (shown.len() + 1, shown.len() + part.shown().len()));
            shown.extend_from_slice(part.shown());
            for total in &part.page_totals {
                let sum = sums.entry(total.currency.to_string()).or_default();
                sum.0 += total.count;
                sum.1 += total.agreed.minor.unwrap_or(0);
                sum.2 += total.spent.minor.unwrap_or(0);
            }
        }
        prop_assert_eq!(&shown, &whole.rows);
        for total in &whole.totals {
            let sum = sums.remove(&total.currency.to_string()).unwrap();
            prop_assert_eq!(sum, (total.count, total.agreed.minor.unwrap_or(0), total.spent.minor.unwrap_or(0)));
        }
        prop_assert!(sums.is_empty());
        // A page past the end is the last one, and all at once are all.
        prop_assert_eq!(list(&package, &[], ListChoice { page: 999, ..choice }).page, whole.pages);
        prop_assert_eq!(list(&package, &[], ListChoice { shows_all: true, ..choice }).shown().len(), rows.len());
        let mut each = whole.rows.clone();
        each.sort_unstable();
        prop_assert_eq!(each, (0..rows.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn an_order_is_an_order_with_the_unknown_last_and_equals_as_in_the_file(rows in drawn(), is_turned: bool) {
        let package = drawn_package(&rows);
        type ValueOf = fn(&Drawn) -> Option<i64>;
        let orders: [(SortBy, ValueOf, bool); 5] = [
            (SortBy::Votes, |row| row.4.map(i64::from), true),
            (SortBy::Agreed, |row| row.5.map(i64::from), true),
            (SortBy::Spent, |row| row.6.map(i64::from), true),
            (SortBy::Round, |row| Some(row.2 as i64), true),
            (SortBy::Title, |row| Some([0, 0, 1, 2][usize::from(row.7)]), false),
        ];
        for (sort, value, is_greatest_first) in orders {
            let found = list(&package, &[], ListChoice { sort, is_turned, ..ListChoice::default() });
            let values: Vec<(Option<i64>, u32)> = found.rows.iter().map(|&row| (value(&rows[row as usize]), row)).collect();
            for pair in values.windows(2) {
                let ((left, left_row), (right, right_row)) = (pair[0], pair[1]);
                let is_in_order = match (left, right) {
                    (Some(left), Some(right)) if left == right => left_row < right_row,
                    (Some(left), Some(right)) => (left > right) == (is_greatest_first != is_turned),
                    (None, None) => left_row < right_row,
                    (left, _) => left.is_some(),
                };
                prop_assert!(is_in_order, "{sort:?} {pair:?}");
            }
        }
    }

    #[test]
    fn counts_beside_filters_are_what_choosing_them_lists(rows in drawn(), section in 0..3usize, status in 0..3usize) {
        let package = drawn_package(&rows);
        let (section, status) = (["S1", "S2", "-"][section], ["done", "idea", "-"][status]);
        for query in [vec![], vec![("section", section)], vec![("section", section), ("status", status)]] {
            let found = list(&package, &query, ListChoice::default());
            for facet in &found.facets {
                let name = facet.key.name();
                let others: Vec<(&str, &str)> = query.iter().copied().filter(|(key, _)| *key != name).collect();
                let whole = list(&package, &others, ListChoice::default());
                prop_assert_eq!(facet.values.iter().map(|value| value.count).sum::<u64>(), whole.rows.len() as u64);
                for value in &facet.values {
                    let mut chosen = others.clone();
                    chosen.push((name, value.value.as_deref().unwrap_or("-")));
                    let listed = list(&package, &chosen, ListChoice::default());
                    prop_assert_eq!(value.count, listed.rows.len() as u64, "{} {:?}", name, value);
                    let is_chosen = query.contains(&(name, value.value.as_deref().unwrap_or("-")));
                    prop_assert_eq!(value.is_chosen, is_chosen);
                }
            }
            let mut around = Vec::new();
            for &row in &found.rows {
                let (before, at, after) = found.around(row).unwrap();
                around.push((before, after));
                prop_assert_eq!(found.rows[at - 1], row);
            }
            for (pair, rows) in around.windows(2).zip(found.rows.windows(2)) {
                prop_assert_eq!((pair[0].1, pair[1].0), (Some(rows[1]), Some(rows[0])));
            }
        }
    }
}
