//! Comparing, by properties over drawn packages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read its files fails there"
)]

mod package_support;

use package_support::{cents, package_of as package};
use proptest::prelude::*;
use yupay::budget::Stage;
use yupay::dataset::Package;
use yupay::engine::{Filter, Key, YearBasis};
use yupay::indicators::{
    ChainStep, CompareQuery, CompareSort, ComparedAs, Comparison, Selection, Shown, WhyDifferent, comparison,
    promise_chain,
};
use yupay::money::Currency;

/// Section, round, fiscal year after the round, agreed and spent in céntimos.
type Drawn = (usize, usize, usize, Option<i32>, Option<i32>);

const DRAWN_SECTIONS: [&str; 4] = ["S1", "S2", "S3", ""];

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let amount = || proptest::option::of(-1_000_000i32..100_000_000);
    prop::collection::vec((0..4usize, 0..3usize, 0..2usize, amount(), amount()), 1..30)
}

fn drawn_package(rows: &[Drawn]) -> Package {
    let mut projects = "project_id,fiscal_year,title,section_id,scope,status,agreed_amount,agreed_on\n".to_owned();
    let mut budget = "budget_line_id,fiscal_year,project_id,section_id,pia,pim,devengado\n".to_owned();
    for (id, &(section, round, later, agreed, spent)) in rows.iter().enumerate() {
        let (section, year) = (DRAWN_SECTIONS[section], 2000 + round);
        let status = if id % 2 == 0 { "done" } else { "idea" };
        projects += &format!("P{id},{year},T{id},{section},multi,{status},{},2000-01-01\n", cents(agreed));
        budget += &format!("L{id},{},P{id},{section},{},,{}\n", year + later, cents(agreed), cents(spent));
    }
    let prices = "year,index,base\n2000,100,x\n2001,101.97,x\n2002,120.5,x\n2003,150,x\n";
    let statuses = "status_id,label_es,oc4ids_status\ndone,Hecho,completion\nidea,Idea,identification\n";
    package(&[
        ("sections", "section_id,name\nS1,Uno\nS2,Dos\nS3,Tres\n"),
        ("statuses", statuses),
        ("processes", "fiscal_year,currency\n2000,PEN\n2001,PEN\n2002,PEN\n"),
        ("projects", &projects),
        ("budget", &budget),
        ("price_index", prices),
    ])
}

fn minor(shown: Option<Shown>) -> Option<i64> {
    match shown? {
        Shown::Money(money) => Some(money.minor),
        Shown::Percent(percent) => i64::try_from(percent.mantissa()).ok(),
    }
}

/// The whole amounts of a side's rows are its total, where it has one.
fn check_total(found: &Comparison) -> Result<(), TestCaseError> {
    for side in [0, 1] {
        let total = &found.total.sides[side];
        let sum: i64 = found.rows.iter().filter_map(|row| row.sides[side].minor).sum();
        if let Some(total) = total.minor {
            prop_assert_eq!(sum, total);
        }
        prop_assert_eq!(found.rows.iter().map(|row| row.sides[side].count).sum::<u64>(), total.count);
    }
    Ok(())
}

fn mirrored(why: &WhyDifferent) -> WhyDifferent {
    let other = |side: usize| 1 - side;
    match why {
        WhyDifferent::New { side } => WhyDifferent::New { side: other(*side) },
        WhyDifferent::Ended { side } => WhyDifferent::Ended { side: other(*side) },
        WhyDifferent::Only { side } => WhyDifferent::Only { side: other(*side) },
        WhyDifferent::Crossed(change) => WhyDifferent::Crossed(change.clone()),
        WhyDifferent::Lacking { side, what } => WhyDifferent::Lacking { side: other(*side), what: *what },
        WhyDifferent::Partial { side } => WhyDifferent::Partial { side: other(*side) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn b_against_a_is_a_against_b_turned_round(rows in drawn(), stage in 0..3usize, fiscal: bool, real: bool, share: bool, key in 0..2usize) {
        let package = drawn_package(&rows);
        let selection = Selection {
            basis: if fiscal { YearBasis::Fiscal } else { YearBasis::Round },
            stage: [Stage::Agreed, Stage::Pia, Stage::Accrued][stage],
            ..Selection::default()
        };
        let years: Vec<String> = package.facts.values(selection.basis.key()).into_iter().map(str::to_owned).collect();
        let (first, rest) = years.split_first().unwrap();
        let query = |sides: [Vec<String>; 2]| CompareQuery {
            sides, rows: Some([Key::Section, Key::Status][key]), real: real.then(|| "2001".parse().unwrap()), share, ..CompareQuery::default()
        };
        let rest = if rest.is_empty() { vec![first.clone()] } else { rest.to_vec() };
        let there = comparison(&package, None, &selection, &query([vec![first.clone()], rest.clone()])).unwrap();
        let back = comparison(&package, None, &selection, &query([rest, vec![first.clone()]])).unwrap();
        check_total(&there)?;
        prop_assert_eq!(there.rows.len(), back.rows.len());
        for (one, other) in there.rows.iter().chain([&there.total]).zip(back.rows.iter().chain([&back.total])) {
            prop_assert_eq!(&one.value, &other.value);
            prop_assert_eq!(one.sides[0], other.sides[1]);
            prop_assert_eq!(minor(one.difference), minor(other.difference).map(|minor| -minor));
            prop_assert_eq!(one.climbed, other.climbed.map(|places| -places));
            let mut turned: Vec<WhyDifferent> = other.why.iter().map(mirrored).collect();
            turned.sort_by_key(|why| format!("{why:?}"));
            let mut why = one.why.clone();
            why.sort_by_key(|why| format!("{why:?}"));
            prop_assert_eq!(why, turned);
        }
        // Differences of whole amounts add up to the difference of the totals.
        if !share && there.total.sides.iter().all(|side| side.lacking.is_none()) && there.rows.iter().all(|row| row.difference.is_some()) {
            let sum: i64 = there.rows.iter().filter_map(|row| minor(row.difference)).sum();
            prop_assert_eq!(Some(sum), minor(there.total.difference));
        }
    }

    #[test]
    fn shares_add_up_to_a_hundred_within_their_rounding(rows in drawn()) {
        let package = drawn_package(&rows);
        let selection = Selection { stage: Stage::Agreed, ..Selection::default() };
        let query = CompareQuery { sides: [vec!["2000".to_owned()], vec!["2000-2002".to_owned()]], share: true, ..CompareQuery::default() };
        let Ok(found) = comparison(&package, None, &selection, &query) else { return Ok(()) };
        prop_assert_eq!(found.measure, ComparedAs::Share);
        for side in [0, 1] {
            if found.total.sides[side].minor.is_none_or(|total| total <= 0) {
                prop_assert!(found.rows.iter().all(|row| row.sides[side].shown.is_none()));
                continue;
            }
            let tenths: i64 = found.rows.iter().filter_map(|row| minor(row.sides[side].shown)).sum();
            // Each row is off by half a tenth at most.
            prop_assert!((tenths - 1000).abs() * 2 <= found.rows.len() as i64, "{}", tenths);
            prop_assert_eq!(minor(found.total.sides[side].shown), Some(1000));
        }
    }

    #[test]
    fn the_steps_of_a_chain_hang_together(rows in drawn()) {
        let package = drawn_package(&rows);
        for round in package.rounds() {
            let chain = promise_chain(&package, round, Currency::PEN, true).unwrap();
            for step in ChainStep::ALL {
                let of = |section: &yupay::indicators::SectionChain| section.link(step).unwrap().amount.map(|money| money.minor);
                let sum: i64 = chain.sections.iter().filter_map(of).sum();
                prop_assert_eq!(sum, of(&chain.whole).unwrap_or_default());
                let works = |section: &yupay::indicators::SectionChain| section.link(step).unwrap().works;
                prop_assert_eq!(chain.sections.iter().filter_map(works).sum::<u64>(), works(&chain.whole).unwrap_or_default());
            }
            // The gaps lead from the first step that is known to the last.
            let known: Vec<i64> = chain.whole.links.iter().filter_map(|link| link.amount.map(|money| money.minor)).collect();
            let gaps: i64 = chain.whole.links.iter().filter_map(|link| link.amount_gap.map(|money| money.minor)).sum();
            if let (Some(first), Some(last)) = (known.first(), known.last()) {
                prop_assert_eq!(first + gaps, *last);
            }
            let lost = |section: &yupay::indicators::SectionChain| section.lost.map(|money| money.minor);
            prop_assert!(chain.losers().windows(2).all(|pair| lost(pair[0]) >= lost(pair[1])));
        }
    }

    /// In the prices of another year a total is the sum of its converted rows, and back in its own year what it was.
    #[test]
    fn prices_of_its_own_year_change_nothing(rows in drawn()) {
        let package = drawn_package(&rows);
        let fiscal = Selection { basis: YearBasis::Fiscal, ..Selection::default() };
        for year in package.facts.values(Key::FiscalYear) {
            let plain = CompareQuery { sides: [vec![year.to_owned()], vec![year.to_owned()]], sort: CompareSort::Gain, ..CompareQuery::default() };
            let real = CompareQuery { real: year.parse().ok(), ..plain.clone() };
            let (plain, real) = (comparison(&package, None, &fiscal, &plain), comparison(&package, None, &fiscal, &real));
            let (plain, real) = (plain.unwrap(), real.unwrap());
            prop_assert_eq!(&plain.rows, &real.rows);
            prop_assert!(plain.rows.iter().all(|row| minor(row.difference).is_none_or(|difference| difference == 0)));
        }
        let narrowed = Selection { filter: Filter::default().with(Key::Section, Some("S1")), ..fiscal };
        let query = CompareQuery { sides: [vec!["2000-2002".to_owned()], vec!["2003".to_owned()]], ..CompareQuery::default() };
        if let Ok(found) = comparison(&package, None, &narrowed, &query) {
            prop_assert!(found.rows.iter().all(|row| row.value.as_deref() == Some("S1")));
        }
    }
}
