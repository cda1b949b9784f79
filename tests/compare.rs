//! Comparing against values worked out apart from it (tests/independent/compare.py).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]

mod package_support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use package_support::{package as shipped, package_of as package};
use rust_decimal::Decimal;
use serde_json::Value;
use yupay::budget::Stage;
use yupay::dataset::Package;
use yupay::engine::YearBasis;
use yupay::indicators::{
    ChainStep, Change, CompareBy, CompareQuery, Compared, ComparedRow, EntitledBy, Lacking, Per, Refusal, Selection,
    Shown, TrendLineOf, WhyDifferent, YearChoice, comparison, promise_chain, trend,
};
use yupay::money::Currency;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `tests/independent/compare.py` says of the packages.
fn independent(folders: &[&str]) -> Value {
    let mut command = Command::new("python3");
    command.arg(root().join("tests/independent/compare.py"));
    command.args(folders.iter().map(|folder| root().join("data").join(folder)));
    let output = command.output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn texts(json: &Value) -> Vec<String> {
    json.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// As the script writes it: `-` for no rows, `None` for no data.
fn written(compared: &Compared) -> Option<String> {
    if compared.count == 0 { Some("-".to_owned()) } else { compared.shown.map(figure) }
}

fn figure(shown: Shown) -> String {
    match shown {
        Shown::Money(money) => money.to_plain(),
        Shown::Percent(percent) => percent.to_string(),
    }
}

fn same(found: Option<String>, expected: &Value) -> bool {
    match (found, expected.as_str()) {
        (None, None) => true,
        (Some(found), Some("-")) => found == "-",
        (Some(found), Some(expected)) => {
            found.parse::<Decimal>().is_ok_and(|found| found == expected.parse::<Decimal>().unwrap())
        }
        _ => false,
    }
}

fn check_row(place: &str, row: &ComparedRow, expected: &Value) {
    let found = [
        written(&row.sides[0]),
        written(&row.sides[1]),
        row.difference.map(figure),
        row.percent.map(|percent| percent.to_string()),
    ];
    for (at, found) in found.into_iter().enumerate() {
        assert!(same(found.clone(), &expected[at]), "{place} {at}: {found:?}, not {}", expected[at]);
    }
}

fn asked(question: &Value) -> (Selection, CompareQuery) {
    let text = |name: &str| question[name].as_str();
    let measure = text("measure").unwrap();
    let selection = Selection {
        basis: if text("basis") == Some("fiscal") { YearBasis::Fiscal } else { YearBasis::Round },
        stage: text("stage").unwrap().parse().unwrap(),
        per: if measure == "person" { Per::Person } else { Per::Total },
        year: text("year").map_or(YearChoice::Opening, |year| YearChoice::One(year.to_owned())),
        ..Selection::default()
    };
    let query = CompareQuery {
        by: if text("by") == Some("section") { CompareBy::Sections } else { CompareBy::Years },
        sides: [texts(&question["a"]), texts(&question["b"])],
        with: text("with").map(str::to_owned),
        rows: text("key").and_then(|key| key.parse().ok()),
        real: text("real").map(|year| year.parse().unwrap()),
        share: measure == "share",
        ..CompareQuery::default()
    };
    (selection, query)
}

fn check_differences(package: &Package, other: Option<&Package>, expected: &Value) -> usize {
    let questions = expected["differences"].as_array().unwrap();
    for question in questions {
        let place = format!(
            "{} {:?} {} to {} {} by {} in {} {:?}",
            question["basis"],
            question["year"],
            question["a"],
            question["b"],
            question["stage"],
            question["key"],
            question["measure"],
            question["real"]
        );
        let (selection, query) = asked(question);
        let other = other.filter(|_| query.with.is_some());
        let found = comparison(package, other, &selection, &query);
        let rows = question["rows"].as_object().unwrap();
        let found = match found {
            Ok(found) => found,
            Err(refusal) => panic!("{place}: {refusal}"),
        };
        assert_eq!(found.same_months.map(u64::from), question["months"].as_u64(), "{place}");
        assert_eq!(found.is_ranked, !question["partial"].as_bool().unwrap(), "{place}");
        let keys: BTreeSet<&str> = found.rows.iter().map(|row| row.value.as_deref().unwrap_or("-")).collect();
        assert_eq!(keys, rows.keys().map(String::as_str).collect(), "{place}");
        for row in &found.rows {
            let value = row.value.as_deref().unwrap_or("-");
            check_row(&format!("{place}: {value}"), row, &rows[value]);
        }
        check_row(&format!("{place}: total"), &found.total, &question["total"]);
    }
    questions.len()
}

fn check_chains(package: &Package, expected: &Value) {
    let chains = expected["chains"].as_object().unwrap();
    assert_eq!(chains.keys().map(String::as_str).collect::<Vec<_>>(), package.rounds());
    for (round, expected) in chains {
        let chain = promise_chain(package, round, Currency::PEN, true).unwrap();
        assert_eq!(chain.entitled_by, EntitledBy::Published, "{round}");
        let whole = [(&chain.whole, &expected["whole"])].into_iter();
        let sections =
            chain.sections.iter().map(|section| (section, &expected["sections"][section.section.as_deref().unwrap()]));
        for (found, expected) in whole.chain(sections) {
            let place = format!("{round} {:?}", found.section);
            for link in &found.links {
                let step = &expected["links"][link.step.name()];
                let place = format!("{place} {:?}", link.step);
                assert!(same(link.amount.map(|money| money.to_plain()), &step["amount"]), "{place}: {link:?} {step}");
                assert!(same(link.amount_gap.map(|money| money.to_plain()), &step["gap"]), "{place}: {link:?} {step}");
                assert_eq!(link.works, step["works"].as_u64(), "{place}");
                assert_eq!(link.works_gap, step["works_gap"].as_i64(), "{place}");
            }
            assert!(same(found.lost.map(|money| money.to_plain()), &expected["lost"]), "{place}");
            assert!(same(found.lost_percent.map(|percent| percent.to_string()), &expected["lost_percent"]), "{place}");
        }
        assert_eq!(chain.budget_year.unwrap().to_string(), expected["whole"]["budget_year"].as_str().unwrap());
        let losers: Vec<&str> = chain.losers().into_iter().map(|section| section.section.as_deref().unwrap()).collect();
        assert_eq!(losers, texts(&expected["losers"]), "{round}");
    }
}

#[test]
fn the_shipped_packages_compare_as_worked_out_apart() {
    let (villa, san_juan) = (shipped("villa-el-salvador"), shipped("san-juan-de-miraflores"));
    let expected = independent(&["villa-el-salvador", "san-juan-de-miraflores"]);
    assert!(check_differences(&villa, Some(&san_juan), &expected) > 3_000);
    check_chains(&villa, &expected);
    let expected = independent(&["san-juan-de-miraflores"]);
    assert!(check_differences(&san_juan, None, &expected) > 800);
    check_chains(&san_juan, &expected);
}

#[test]
fn years_that_are_not_over_are_marked_and_not_ranked() {
    let villa = shipped("villa-el-salvador");
    let query = CompareQuery { sides: [vec!["2001".to_owned()], vec!["2003".to_owned()]], ..CompareQuery::default() };
    let found = comparison(&villa, None, &Selection::default(), &query).unwrap();
    let [_, b] = &found.sides;
    assert_eq!(b.partial[0].month, Some(6));
    assert!(!found.is_ranked && found.rows.iter().all(|row| row.climbed.is_none() && row.percent.is_none()));
    assert!(found.rows.iter().all(|row| row.why.contains(&WhyDifferent::Partial { side: 1 })));
    // A promise is whole from the first day.
    let agreed = Selection { stage: Stage::Agreed, ..Selection::default() };
    assert!(comparison(&villa, None, &agreed, &query).unwrap().is_ranked);
    let san_juan = shipped("san-juan-de-miraflores");
    let fiscal = Selection { basis: YearBasis::Fiscal, ..Selection::default() };
    let query = CompareQuery { sides: [vec!["2004".to_owned()], vec!["2005".to_owned()]], ..CompareQuery::default() };
    let found = comparison(&san_juan, None, &fiscal, &query).unwrap();
    assert_eq!(found.sides[1].partial[0].month, Some(3));
    let trend = trend(&san_juan, None, &fiscal, &query).unwrap();
    let partial: Vec<bool> = trend.years.iter().map(|year| year.partial.is_some()).collect();
    assert_eq!(partial, [false, true]);
}

const PROCESSES: &str = "fiscal_year,currency\n2000,PEN\n2001,PEN\n2002,PEN\n";
const PROJECTS: &str = "project_id,fiscal_year,title,section_id,scope,dimension_id,agreed_amount,agreed_on
P1,2000,Uno,S1,section,D,100.00,2000-01-01
P2,2000,Dos,S2,section,D,60.01,2000-01-01
P3,2002,Tres,N1,section,D,150.00,2002-01-01
P4,2002,Cuatro,N2,section,D,30.00,2002-01-01
P5,2002,Cinco,N3,section,D,10.00,2002-01-01
P6,2000,Seis,S4,section,D,5.00,2000-01-01
P7,2002,Siete,S5,section,D,7.00,2002-01-01
";
const SECTIONS: &str = "section_id,name\nS1,Uno\nS2,Dos\nS4,Cuatro\nS5,Cinco\nN1,Norte\nN2,Sur\nN3,Este\n";

#[test]
fn renamed_and_split_sections_are_set_against_what_they_were() {
    let crosswalk = "table,from_id,from_year,to_id,to_year,share_percent,comparable
sections,S1,2000,N1,2002,100,true
sections,S2,2000,N2,2002,50,true
sections,S2,2000,N3,2002,50,true
sections,S4,2000,S5,2002,100,false
";
    let dimensions = "dimension_id,label_es\nD,D\n";
    let tables = [
        ("sections", SECTIONS),
        ("dimensions", dimensions),
        ("processes", PROCESSES),
        ("projects", PROJECTS),
        ("crosswalk", crosswalk),
    ];
    let found = package(&tables);
    let agreed = Selection { stage: Stage::Agreed, ..Selection::default() };
    let query = CompareQuery { sides: [vec!["2000".to_owned()], vec!["2002".to_owned()]], ..CompareQuery::default() };
    let compared = comparison(&found, None, &agreed, &query).unwrap();
    let row = |value: &str| compared.rows.iter().find(|row| row.value.as_deref() == Some(value)).unwrap();
    let of = |value: &str| [0, 1].map(|side| row(value).sides[side].shown.map(figure).unwrap_or_default());
    assert_eq!(of("N1"), ["100.00", "150.00"]);
    assert_eq!(row("N1").why, [WhyDifferent::Crossed(Change::Renamed { from: "S1".to_owned() })]);
    // 60.01 in two: the céntimo goes to the first.
    assert_eq!(
        (of("N2"), of("N3")),
        (["30.01".to_owned(), "30.00".to_owned()], ["30.00".to_owned(), "10.00".to_owned()])
    );
    assert_eq!(row("N3").why, [WhyDifferent::Crossed(Change::Split { from: "S2".to_owned() })]);
    assert_eq!(row("S5").why, [WhyDifferent::Crossed(Change::NotComparable)]);
    assert_eq!(
        (of("S5"), row("S5").difference, row("S5").climbed),
        (["5.00".to_owned(), "7.00".to_owned()], None, None)
    );
    let whole = [0, 1].map(|side| compared.total.sides[side].shown.map(figure).unwrap());
    assert_eq!(whole, ["165.01", "197.00"]);
    let lines = trend(&found, None, &agreed, &query).unwrap().lines;
    let renamed = lines.iter().find(|line| line.of == TrendLineOf::Row(Some("N1".to_owned()))).unwrap();
    let points: Vec<Option<String>> = renamed.points.iter().map(|point| point.shown.map(figure)).collect();
    assert_eq!(points, [Some("100.00".to_owned()), None, Some("150.00".to_owned())]);
    // Without the crosswalk they are other sections.
    let without = package(&tables[..4]);
    let compared = comparison(&without, None, &agreed, &query).unwrap();
    let told = |value: &str| compared.rows.iter().find(|row| row.value.as_deref() == Some(value)).unwrap().why.clone();
    assert_eq!(told("S1"), [WhyDifferent::Ended { side: 0 }]);
    assert_eq!(told("N1"), [WhyDifferent::New { side: 1 }]);
}

#[test]
fn a_running_year_is_set_against_the_same_months() {
    let budget = "budget_line_id,fiscal_year,project_id,section_id,pim,devengado,as_of
L1,2001,P1,S1,200.00,120.00,2001-12-31
L2,2002,P1,S1,200.00,50.00,2002-04-15
";
    let months = "fiscal_year,month,project_id,section_id,devengado
2001,1,P1,S1,10.00
2001,3,P1,S1,20.00
2001,4,P1,S1,40.00
2001,12,P1,S1,50.00
2002,2,P1,S1,33.00
2002,4,P1,S1,17.00
";
    let projects = "project_id,fiscal_year,title,section_id,scope,agreed_amount,agreed_on\nP1,2001,Uno,S1,section,100.00,2001-01-01\n";
    let sections = "section_id,name\nS1,Uno\n";
    let tables = [
        ("sections", sections),
        ("processes", PROCESSES),
        ("projects", projects),
        ("budget", budget),
        ("execution_months", months),
    ];
    let fiscal = Selection { basis: YearBasis::Fiscal, ..Selection::default() };
    let query = CompareQuery { sides: [vec!["2001".to_owned()], vec!["2002".to_owned()]], ..CompareQuery::default() };
    let found = comparison(&package(&tables), None, &fiscal, &query).unwrap();
    assert_eq!((found.same_months, found.is_ranked), (Some(3), true));
    let sides = [0, 1].map(|side| found.rows[0].sides[side].shown.map(figure).unwrap());
    assert_eq!(sides, ["30.00", "33.00"]);
    assert_eq!(found.rows[0].percent.unwrap().to_string(), "10.0");
    // Months have no opening budget, and a package without months has no same months.
    let pim = Selection { stage: Stage::Pim, ..fiscal.clone() };
    assert_eq!(comparison(&package(&tables), None, &pim, &query).unwrap().same_months, None);
    let found = comparison(&package(&tables[..4]), None, &fiscal, &query).unwrap();
    assert_eq!((found.same_months, found.is_ranked), (None, false));
    assert_eq!(found.rows[0].sides.each_ref().map(|side| side.shown.map(figure).unwrap()), ["120.00", "50.00"]);
}

#[test]
fn what_a_package_lacks_is_said_and_the_rest_is_shown() {
    let projects = "project_id,fiscal_year,title,currency,agreed_amount,agreed_on\nP1,2000,Uno,PEN,10.00,2000-01-01\nP2,2001,Dos,PEN,,2001-01-01\n";
    let found = package(&[("processes", PROCESSES), ("projects", projects)]);
    let query = CompareQuery { sides: [vec!["2000".to_owned()], vec!["2001".to_owned()]], ..CompareQuery::default() };
    let agreed = Selection { stage: Stage::Agreed, ..Selection::default() };
    let compared = comparison(&found, None, &agreed, &query).unwrap();
    assert_eq!(compared.total.sides[1].lacking, Some(Lacking::Amount));
    assert_eq!(compared.total.difference, None);
    let real = CompareQuery { real: "2000".parse().ok(), ..query.clone() };
    let compared = comparison(&found, None, &agreed, &real).unwrap();
    assert_eq!(compared.total.sides[0].lacking, Some(Lacking::Index("2000".parse().ok())));
    // Of money spent in two years, the prices of one alone are not given for the whole.
    let lines = "budget_line_id,fiscal_year,project_id,devengado\nL1,2001,P2,5.00\nL2,2002,P2,6.00\n";
    let prices = "year,index,base\n2000,100,x\n2001,102,x\n";
    let tables = [("processes", PROCESSES), ("projects", projects), ("budget", lines), ("price_index", prices)];
    let compared = comparison(&package(&tables), None, &Selection::default(), &real).unwrap();
    assert_eq!(compared.total.sides[1].lacking, Some(Lacking::Index("2002".parse().ok())));
    assert_eq!((compared.total.sides[1].shown, compared.total.difference), (None, None));
    let person = Selection { per: Per::Person, ..agreed.clone() };
    assert_eq!(comparison(&found, None, &person, &query).unwrap().total.sides[0].lacking, Some(Lacking::People));
    let nowhere = CompareQuery { sides: [vec!["1999".to_owned()], vec![]], ..CompareQuery::default() };
    assert_eq!(comparison(&found, None, &agreed, &nowhere), Err(Refusal::Empty { side: 0 }));
    let chain = promise_chain(&found, "2000", Currency::PEN, true).unwrap();
    assert_eq!((chain.entitled_by, chain.budget_year), (EntitledBy::Unknown, None));
    assert_eq!(chain.whole.link(ChainStep::Spent).unwrap().amount, None);
    assert_eq!(chain.whole.link(ChainStep::Built).unwrap().amount, None);
    // Another currency is never set against this one.
    let dollars = projects.replace("PEN", "USD");
    let other = package(&[("processes", "fiscal_year,currency\n2000,USD\n"), ("projects", &dollars)]);
    let with = CompareQuery { with: Some("other".to_owned()), ..CompareQuery::default() };
    let refused = comparison(&found, Some(&other), &agreed, &with);
    assert_eq!(refused, Err(Refusal::Currency { own: Currency::PEN, other: "USD".parse().unwrap() }));
}

#[test]
fn the_rule_says_what_was_due_where_the_amounts_are_not_published() {
    let sections = "section_id,name\nS1,Uno\nS2,Dos\n";
    let processes = "fiscal_year,currency,participatory_fund\n2000,PEN,100.01\n";
    let projects = "project_id,fiscal_year,title,section_id,scope,agreed_amount,agreed_on\nP1,2000,Uno,S1,section,10.00,2000-01-01\n";
    let rule =
        "fiscal_year,criterion_id,label_es,measure,direction,weight_percent\n2000,people,Gente,population,direct,100\n";
    let figures = "fiscal_year,section_id,population\n2000,S1,75\n2000,S2,25\n";
    let tables = [
        ("sections", sections),
        ("processes", processes),
        ("projects", projects),
        ("section_figures", figures),
        ("allocation_rule", rule),
    ];
    let chain = promise_chain(&package(&tables), "2000", Currency::PEN, true).unwrap();
    assert_eq!(chain.entitled_by, EntitledBy::Recomputed);
    let due: Vec<String> =
        chain.sections.iter().map(|one| one.link(ChainStep::Entitled).unwrap().amount.unwrap().to_plain()).collect();
    assert_eq!(due, ["75.01", "25.00"]);
    let chain = promise_chain(&package(&tables[..4]), "2000", Currency::PEN, true).unwrap();
    assert_eq!(chain.entitled_by, EntitledBy::Fund);
    assert_eq!(chain.whole.link(ChainStep::Entitled).unwrap().amount.unwrap().to_plain(), "100.01");
    assert!(chain.sections.iter().all(|one| one.link(ChainStep::Entitled).unwrap().amount.is_none()));
}
