//! What a rule refuses, with the place and the numbers; and what it takes although it looks odd.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use yupay::allocation::{
    Bound, Direction, Floor, Form, Inputs, LARGEST_FUND_MINOR, Measure, Rule, RuleCriterion, RuleError, Weight,
    allocate,
};

fn inputs() -> Inputs {
    let column = |name: &str, figures: [Option<i64>; 3]| (name.to_owned(), figures.to_vec());
    Inputs {
        sections: ["S1", "S2", "S3"].map(str::to_owned).to_vec(),
        columns: vec![
            column("population", [Some(50), Some(30), Some(20)]),
            column("people_unserved", [Some(10), Some(20), Some(20)]),
            column("people_counted_twice", [Some(50), Some(31), Some(0)]),
            column("households", [Some(12), Some(7), Some(0)]),
            column("households_up_to_date", [Some(6), None, Some(0)]),
            column("households_behind", [Some(6), Some(0), Some(0)]),
            column("zeros", [Some(0), Some(0), Some(0)]),
            column("corrections", [Some(5), Some(-1), Some(0)]),
        ],
    }
}

fn weighing(weight: &str, column: &str, form: Form, direction: Direction) -> RuleCriterion {
    let measure = Measure::Figure { column: column.to_owned(), form, direction, base: None };
    RuleCriterion { id: format!("by {column}"), measure, weight: weight.parse().unwrap() }
}

fn count(weight: &str, column: &str) -> RuleCriterion {
    weighing(weight, column, Form::Count, Direction::Direct)
}

fn rule(criteria: Vec<RuleCriterion>) -> Rule {
    Rule { criteria, floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO }
}

fn by_people(floor: Floor, cap_minor: Option<i64>) -> Rule {
    Rule { floor, cap_minor, ..rule(vec![count("100", "population")]) }
}

#[track_caller]
fn check(fund_minor: i64, rule: &Rule, said: &str) {
    assert_eq!(allocate(fund_minor, rule, &inputs()).unwrap_err().to_string(), said);
}

#[test]
fn what_has_no_share_is_refused_with_its_cell() {
    let one = |column: &str, form, direction| rule(vec![weighing("100", column, form, direction)]);
    use Direction::{Direct, Inverse};
    use Form::{Count, Rate};
    for (rule, said) in [
        (
            one("households_up_to_date", Count, Direct),
            "criterion by households_up_to_date: section S2 has no figure in households_up_to_date",
        ),
        (one("people_abroad", Count, Direct), "criterion by people_abroad: the figures have no column people_abroad"),
        (one("zeros", Count, Direct), "criterion by zeros: zeros gives every section 0"),
        (one("zeros", Rate, Direct), "criterion by zeros: nothing says what zeros is a part of"),
        (one("population", Count, Inverse), "criterion by population: nothing says what population is a part of"),
        (
            one("households_behind", Rate, Direct),
            "criterion by households_behind: no rate in section S3, where households is 0",
        ),
        (
            one("people_counted_twice", Count, Inverse),
            "criterion by people_counted_twice: in section S2, people_counted_twice is 31 and population only 30",
        ),
        (
            one("people_counted_twice", Rate, Direct),
            "criterion by people_counted_twice: in section S2, people_counted_twice is 31 and population only 30",
        ),
        (one("corrections", Count, Direct), "criterion by corrections: in section S2, corrections is -1"),
    ] {
        check(100, &rule, said);
    }
}

#[test]
fn weights_that_do_not_total_a_hundred_are_refused() {
    let people = || count("60", "population");
    check(100, &rule(vec![people()]), "weights total 60 and not 100");
    check(100, &rule(vec![people(), count("40.01", "people_unserved")]), "weights total 100.01 and not 100");
    check(100, &rule(vec![people(), people()]), "criterion by population stands twice in the rule");
    check(100, &rule(vec![]), "the rule has no criteria");
    let nowhere = Inputs { sections: vec![], ..inputs() };
    assert_eq!(allocate(100, &by_people(Floor::None, None), &nowhere), Err(RuleError::NoSections));
}

#[test]
fn a_criterion_without_weight_takes_no_part() {
    let rule = rule(vec![count("100", "population"), count("0", "households_up_to_date")]);
    let allocated = allocate(100, &rule, &inputs()).unwrap();
    assert_eq!(
        allocated.sections.iter().map(|s| (s.amount_minor, s.terms.len())).collect::<Vec<_>>(),
        [(50, 1), (30, 1), (20, 1)]
    );
}

#[test]
fn floors_and_caps_that_cannot_be_met_are_refused_with_the_numbers() {
    for (floor, cap, said) in [
        (Floor::Flat(34), None, "34 for each of 3 sections is more than the 100 there are"),
        (Floor::Minimum(34), None, "34 for each of 3 sections is more than the 100 there are"),
        (Floor::Minimum(i64::MAX), None, "9223372036854775807 for each of 3 sections is more than the 100 there are"),
        (Floor::None, Some(33), "with a cap of 33, the sections may take 99 of the 100 there are"),
        (Floor::Minimum(20), Some(19), "a floor of 20 is above the cap of 19"),
        (Floor::Flat(20), Some(19), "a floor of 20 is above the cap of 19"),
        (Floor::Flat(-1), None, "a floor below zero: -1"),
        (Floor::None, Some(-1), "a cap below zero: -1"),
    ] {
        check(100, &by_people(floor, cap), said);
        check(-100, &by_people(floor, cap), said);
    }
    // Who has no share takes nothing, whatever the cap lets it take.
    let behind = Rule { cap_minor: Some(99), ..rule(vec![count("100", "households_behind")]) };
    check(100, &behind, "with a cap of 99, the sections may take 99 of the 100 there are");
    check(
        LARGEST_FUND_MINOR + 1,
        &by_people(Floor::None, None),
        "a fund of 1000000000000000001 minor units is too large: 1000000000000000000 at most",
    );
    check(
        i64::MIN,
        &by_people(Floor::None, None),
        "a fund of -9223372036854775808 minor units is too large: 1000000000000000000 at most",
    );
}

#[test]
fn bounds_hold_whom_they_must() {
    use Bound::{Cap, Minimum};
    type Held = [(i64, Option<Bound>); 3];
    let cases: [(Floor, Option<i64>, Held); 12] = [
        (Floor::None, None, [(50, None), (30, None), (20, None)]),
        (Floor::Minimum(25), None, [(47, None), (28, None), (25, Some(Minimum))]),
        (Floor::Minimum(30), None, [(40, None), (30, Some(Minimum)), (30, Some(Minimum))]),
        (Floor::None, Some(40), [(40, Some(Cap)), (36, None), (24, None)]),
        (Floor::None, Some(35), [(35, Some(Cap)), (35, Some(Cap)), (30, None)]),
        (Floor::Minimum(28), Some(40), [(40, Some(Cap)), (32, None), (28, Some(Minimum))]),
        (Floor::Flat(10), Some(40), [(40, Some(Cap)), (34, None), (26, None)]),
        (Floor::Minimum(0), Some(100), [(50, None), (30, None), (20, None)]),
        // Who would just get as much without counts as held.
        (Floor::Minimum(20), Some(50), [(50, Some(Cap)), (30, None), (20, Some(Minimum))]),
        (Floor::Flat(20), Some(40), [(40, Some(Cap)), (32, None), (28, None)]),
        // All stand at the one or the other, at a whole range of levels.
        (Floor::Minimum(33), Some(34), [(34, Some(Cap)), (33, Some(Minimum)), (33, Some(Minimum))]),
        (Floor::None, Some(34), [(34, Some(Cap)), (34, Some(Cap)), (32, None)]),
    ];
    for (floor, cap, expected) in cases {
        for sign in [1, -1] {
            let allocated = allocate(100 * sign, &by_people(floor, cap), &inputs()).unwrap();
            let held = allocated.sections.iter().map(|section| (section.amount_minor * sign, section.bound));
            assert_eq!(held.collect::<Vec<_>>(), expected, "{floor:?} {cap:?}");
        }
    }
}

#[test]
fn who_has_no_share_still_has_its_floor() {
    let behind = |floor| Rule { floor, ..rule(vec![count("100", "households_behind")]) };
    for (floor, expected) in
        [(Floor::None, [100, 0, 0]), (Floor::Flat(10), [80, 10, 10]), (Floor::Minimum(10), [80, 10, 10])]
    {
        let allocated = allocate(100, &behind(floor), &inputs()).unwrap();
        assert_eq!(allocated.sections.iter().map(|section| section.amount_minor).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_is_set_aside_comes_off_first() {
    let aside = |percent: &str, floor| Rule { set_aside: percent.parse().unwrap(), ..by_people(floor, None) };
    for (fund, percent, floor, set_aside, expected) in [
        (1000, "5", Floor::None, 50, [475, 285, 190]),
        (10, "25", Floor::None, 3, [4, 2, 1]),
        (-10, "25", Floor::None, -3, [-4, -2, -1]),
        (1000, "100", Floor::None, 1000, [0, 0, 0]),
        (1000, "70", Floor::Minimum(100), 700, [100, 100, 100]),
    ] {
        let allocated = allocate(fund, &aside(percent, floor), &inputs()).unwrap();
        let amounts: Vec<i64> = allocated.sections.iter().map(|section| section.amount_minor).collect();
        assert_eq!((allocated.set_aside_minor, amounts), (set_aside, expected.to_vec()), "{percent} % of {fund}");
    }
    check(1000, &aside("80", Floor::Minimum(67)), "67 for each of 3 sections is more than the 200 there are");
}

/// Thousands of rates have a common denominator of thousands of digits: the amounts must still be exact, and ties be found.
#[test]
fn thousands_of_rates_are_exact_and_alike_sections_get_alike() {
    let sections = 3000;
    let base = |at: usize| i64::try_from(30_011 + (at / 2) * 7).unwrap();
    let part = |at: usize| i64::try_from((at / 2) * 5 % 9_000).unwrap();
    let inputs = Inputs {
        sections: (0..sections).map(|at| format!("S{at}")).collect(),
        columns: vec![
            ("population".into(), (0..sections).map(|at| Some(base(at))).collect()),
            ("people_unserved".into(), (0..sections).map(|at| Some(part(at))).collect()),
        ],
    };
    let rule = rule(vec![weighing("100", "people_unserved", Form::Rate, Direction::Inverse)]);
    let allocated = allocate(987_654_321_987, &rule, &inputs).unwrap();
    let amounts: Vec<i64> = allocated.sections.iter().map(|section| section.amount_minor).collect();
    assert_eq!(amounts.iter().sum::<i64>(), 987_654_321_987);
    // Sections come in equal pairs: of a pair, at most the first gets a unit more, and at most one pair is parted.
    let parted = amounts.chunks(2).filter(|pair| pair[0] != pair[1]).collect::<Vec<_>>();
    assert!(parted.len() <= 1 && parted.iter().all(|pair| pair[0] == pair[1] + 1), "{parted:?}");
}
